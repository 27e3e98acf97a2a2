"""Names and sizes. A module that outgrows its size wants to be two; a name that says nothing hides two ideas."""

import ast

from tests.architecture.source import Module, our_modules, sample

EMPTY_WORDS = {"utils", "util", "helpers", "helper", "services", "service", "managers", "signals", "misc", "common"}
LONGEST_MODULE = 500
LONG_MODULE = 330
LONG_FUNCTION = 43
# Tables of words and numbers; length says nothing about them.
DATA: dict[str, str] = {}


def empty_names(modules: list[Module]) -> list[str]:
    return [module.name for module in modules if EMPTY_WORDS & set(module.name.split("."))]


def percentile_95(sizes: list[int]) -> int:
    return sorted(sizes)[int(len(sizes) * 0.95)]


def function_lengths(module: Module) -> dict[str, int]:
    """Lines of each function or method, without its decorators."""
    nodes = (node for node in ast.walk(module.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return {f"{module.name}.{node.name}:{node.lineno}": (node.end_lineno or 0) - node.lineno + 1 for node in nodes}


def undocumented(module: Module) -> bool:
    return bool(module.text.strip()) and ast.get_docstring(module.tree) is None


def _code() -> list[Module]:
    return [module for module in our_modules() if ".migrations" not in module.name and module.name not in DATA]


def test_no_module_has_an_empty_name() -> None:
    assert empty_names(list(our_modules())) == []
    assert empty_names([sample("", "forums.utils"), sample("", "forums.threads")]) == ["forums.utils"]


def test_modules_stay_short() -> None:
    sizes = {module.name: len(module.lines) for module in _code()}

    assert {name: size for name, size in sizes.items() if size > LONGEST_MODULE} == {}
    assert percentile_95(list(sizes.values())) <= LONG_MODULE


def test_functions_stay_short() -> None:
    lengths = [length for module in _code() for length in function_lengths(module).values()]

    assert percentile_95(lengths) <= LONG_FUNCTION


def test_a_function_is_measured_to_its_last_line() -> None:
    assert function_lengths(sample("@decorated\ndef f():\n    a = 1\n    return a\n")) == {"forums.operations.f:2": 3}


def test_every_module_says_what_lives_in_it() -> None:
    assert [module.name for module in _code() if undocumented(module)] == []
    assert undocumented(sample("x = 1\n"))


def test_listed_data_modules_exist() -> None:
    assert set(DATA) <= {module.name for module in our_modules()}
