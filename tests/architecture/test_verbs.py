"""Every event has a label, a place that records it, and a test of the operation that does."""

import ast
import re

from tests.architecture.source import Module, called_name, calls, of_kind, our_modules, sample, test_modules

VERB = re.compile(r"^[a-z]+(\.[a-z_]+){1,2}$")


def labelled(module: Module) -> set[str]:
    """The keys of VERBS in a `verbs.py`."""
    for node in module.tree.body:
        target, value = _assignment(node)
        if target == "VERBS" and isinstance(value, ast.Dict):
            return {key.value for key in value.keys if isinstance(key, ast.Constant) and isinstance(key.value, str)}
    return set()


def _assignment(node: ast.stmt) -> tuple[str, ast.expr | None]:
    match node:
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            return name, value
        case ast.AnnAssign(target=ast.Name(id=name), value=value):
            return name, value
    return "", None


def recorded(module: Module) -> dict[str, str]:
    """Verb → name of the top-level function that records it."""
    found = {}
    for function in module.functions():
        for call in calls(function):
            if called_name(call) == "record" and call.args:
                found |= dict.fromkeys(_verbs_in(call.args[0]), function.name)
    return found


def _verbs_in(argument: ast.expr) -> set[str]:
    """The verbs that an argument can be: a literal, or either branch of a conditional."""
    values = (node.value for node in ast.walk(argument) if isinstance(node, ast.Constant))
    return {value for value in values if isinstance(value, str) and VERB.match(value) and "." in value}


def beginnings(module: Module) -> set[str]:
    """What stands before the part of a verb that is filled in: `forums.x.` of `record(f"forums.x.{act}")`."""
    arguments = (call.args[0] for call in calls(module.tree) if called_name(call) == "record" and call.args)
    parts = (argument.values[0] for argument in arguments if isinstance(argument, ast.JoinedStr))
    return {part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)}


def heard(module: Module) -> set[str]:
    """The verbs that `@on(…)` waits for."""
    decorators = (each for function in module.functions() for each in function.decorator_list)
    found = (call for call in decorators if isinstance(call, ast.Call) and called_name(call) == "on")
    return {argument.value for call in found for argument in call.args if isinstance(argument, ast.Constant)}


def _labels() -> set[str]:
    return set().union(*(labelled(module) for module in of_kind("verbs")))


def _all_recorded() -> dict[str, str]:
    return {verb: name for module in our_modules() for verb, name in recorded(module).items()}


def test_every_recorded_verb_has_a_label() -> None:
    assert sorted(set(_all_recorded()) - _labels()) == []


def test_every_label_belongs_to_a_verb_that_is_recorded() -> None:
    """A verb that is chosen at run time stands as a literal somewhere, or its beginning does."""
    literals = {
        node.value
        for module in our_modules()
        if module.kind != "verbs"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    begun = tuple(set().union(*(beginnings(module) for module in our_modules())))

    assert sorted(label for label in _labels() - literals if not label.startswith(begun)) == []


def test_subscribers_wait_for_verbs_that_exist() -> None:
    waited_for = set().union(*(heard(module) for module in our_modules()))

    assert sorted(waited_for - _labels()) == []


def test_every_operation_that_records_is_exercised_by_a_test() -> None:
    """By the name of the operation or by the verb itself."""
    words = set(re.findall(r"[\w.]+", " ".join(module.text for module in test_modules())))
    missing = {verb: name for verb, name in _all_recorded().items() if name not in words and verb not in words}

    assert sorted(f"{verb} ({name})" for verb, name in missing.items() if not name.startswith("_")) == []


def test_the_readers_of_verbs_see_what_is_written() -> None:
    module = sample(
        'VERBS = {"forums.post.published": "published a post"}\n'
        '@on("forums.post.published")\ndef tell(event):\n    pass\n'
        'def close(x):\n    record("forums.x.closed" if x else "forums.x.ended", by=x)\n'
    )

    assert labelled(module) == {"forums.post.published"}
    assert heard(module) == {"forums.post.published"}
    assert beginnings(sample('record(f"forums.x.{act}", by=by)\n')) == {"forums.x."}
    assert recorded(module) == {"forums.x.closed": "close", "forums.x.ended": "close"}
