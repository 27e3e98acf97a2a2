"""An operation is atomic, takes `by`, asks a policy and leaves an event; or it says why not."""

import ast
import re

from tests.architecture.source import Module, called_name, calls, dotted, of_kind, our_modules, sample

GUARDS = {"require"}
EVENTS = {"record"}
WRITES = {"save", "create", "bulk_create", "get_or_create", "update_or_create", "bulk_update", "record"}

REASON = re.compile(r"no-(require|record|atomic): ([^;]+)")

Function = ast.FunctionDef | ast.AsyncFunctionDef


def operations_of(module: Module, exported: set[str] | None = None) -> list[Function]:
    """The functions that the package offers and that act: they say who acts, open a transaction, or write."""
    return [
        function
        for function in module.functions()
        if (function.name in exported if exported is not None else not function.name.startswith("_"))
        and (_takes_by(function) or _is_atomic(function) or _writes(function))
    ]


def exported_by(package: str) -> set[str] | None:
    """`__all__` of a package of operations; its other functions are steps that operations share."""
    for module in of_kind("operations"):
        for node in module.tree.body:
            if (
                module.name == f"{package}.operations"
                and isinstance(node, ast.Assign)
                and dotted(node.targets[0]) == "__all__"
            ):
                return set(ast.literal_eval(node.value))
    return None


def violations(module: Module, exported: set[str] | None = None, neighbours: tuple[Module, ...] = ()) -> list[str]:
    """What each operation of `module` lacks. `neighbours` are the modules whose functions it may call on its way."""
    reach = {function.name: function for each in (*neighbours, module) for function in each.functions()}
    found = []
    for function in operations_of(module, exported):
        reasons = _reasons(module, function)
        lacks = {
            "is not @transaction.atomic": not _is_atomic(function) and "no-atomic" not in reasons,
            "takes no keyword `by`": not _takes_by(function),
            "asks no policy (require)": not _reaches(function, GUARDS, reach) and "no-require" not in reasons,
            "leaves no event (record)": not _reaches(function, EVENTS, reach) and "no-record" not in reasons,
        }
        found += [f"{module.name}.{function.name} {what}" for what, is_so in lacks.items() if is_so]
    return found


def _takes_by(function: Function) -> bool:
    return any(argument.arg == "by" for argument in function.args.kwonlyargs)


def _writes(function: Function) -> bool:
    return any(called_name(call) in WRITES for call in calls(function))


def _is_atomic(function: Function) -> bool:
    return any(dotted(decorator).startswith("transaction.atomic") for decorator in function.decorator_list)


def _reasons(module: Module, function: Function) -> set[str]:
    """Which rules a comment `# no-record: why` in or just above the function sets aside. The why is not optional."""
    start = min([function.lineno, *(decorator.lineno for decorator in function.decorator_list)]) - 2
    comments = [line.partition("# ")[2] for line in module.lines[max(start, 0) : function.end_lineno]]
    return {f"no-{rule}" for line in comments for rule, why in REASON.findall(line) if len(why.split()) > 2}


def _reaches(function: ast.AST, names: set[str], reach: dict[str, Function]) -> bool:
    todo, seen = [function], set()
    while todo:
        for call in calls(todo.pop()):
            name = called_name(call)
            if name in names:
                return True
            if name in reach and name not in seen:
                seen.add(name)
                todo.append(reach[name])
    return False


def test_every_operation_is_atomic_permitted_and_recorded() -> None:
    found = []
    for module in of_kind("operations"):
        same_slice = tuple(other for other in our_modules() if other.package == module.package)
        found += violations(module, exported_by(module.package), same_slice)
    assert not found, "\n".join(found)


def test_operations_exist_to_be_checked() -> None:
    assert sum(len(operations_of(module, exported_by(module.package))) for module in of_kind("operations")) > 40


def test_a_bare_function_breaks_all_four_rules() -> None:
    bad = sample("def lock_thread(thread):\n    thread.save()\n")

    assert violations(bad) == [
        "forums.operations.lock_thread is not @transaction.atomic",
        "forums.operations.lock_thread takes no keyword `by`",
        "forums.operations.lock_thread asks no policy (require)",
        "forums.operations.lock_thread leaves no event (record)",
    ]


def test_an_event_in_a_private_helper_counts() -> None:
    good = sample(
        "@transaction.atomic\n"
        "def lock_thread(thread, *, by):\n"
        "    require(may_lock(by, thread))\n"
        "    _lock(thread, by)\n"
        "def _lock(thread, by):\n"
        "    record('forums.thread.locked', by=by, target=thread)\n"
    )

    assert violations(good) == []


def test_an_exemption_needs_a_reason() -> None:
    text = (
        "@transaction.atomic\ndef mark_read(thread, *, by):\n    require(x)\n    # no-record: {}\n    thread.save()\n"
    )

    assert violations(sample(text.format(""))) == ["forums.operations.mark_read leaves no event (record)"]
    assert violations(sample(text.format("reading is nobody's business"))) == []
