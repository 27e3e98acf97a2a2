"""The README's table and what the settings read are the same list."""

import ast
import re

from tests.architecture.source import ROOT, Module, called_name, calls, dotted, our_modules, sample

READERS = {"str", "bool", "int", "list", "float", "url", "path", "json", "dict"}
ROW = re.compile(r"^\|\s*`([A-Z][A-Z0-9_]+)`\s*\|", re.M)


def variables_read(module: Module) -> set[str]:
    """Names of environment variables: `env.str("X")`, `os.environ["X"]`, `os.environ.get("X")`."""
    found = set()
    for call in calls(module.tree):
        through_env = dotted(call.func).startswith("env.") and called_name(call) in READERS
        through_os = dotted(call.func) in {"os.environ.get", "os.getenv"}
        if (through_env or through_os) and call.args and isinstance(call.args[0], ast.Constant):
            found.add(str(call.args[0].value))
    for node in ast.walk(module.tree):
        if (
            isinstance(node, ast.Subscript)
            and dotted(node.value) == "os.environ"
            and isinstance(node.slice, ast.Constant)
        ):
            found.add(str(node.slice.value))
    return found


def variables_documented(readme: str) -> list[str]:
    return ROW.findall(readme)


def test_the_table_of_the_readme_is_what_the_settings_read() -> None:
    read = set().union(*(variables_read(module) for module in our_modules() if module.package == "community.config"))
    documented = variables_documented((ROOT / "README.md").read_text(encoding="utf-8"))

    assert sorted(documented) == sorted(read - {"DJANGO_SETTINGS_MODULE"})


def test_only_the_settings_read_the_environment() -> None:
    elsewhere = {module.name: names for module in our_modules() if (names := variables_read(module))}

    assert {name: names for name, names in elsewhere.items() if not name.startswith("community.config")} == {}


def test_each_way_of_reading_is_seen() -> None:
    text = 'a = env.str("A_ONE", "")\nb = os.environ["B_TWO"]\nc = os.environ.get("C_THREE")\nd = other.str("D")\n'

    assert variables_read(sample(text)) == {"A_ONE", "B_TWO", "C_THREE"}


def test_the_example_file_names_known_variables_only() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    named = set(re.findall(r"^#?\s?([A-Z][A-Z0-9_]+)=", example, re.M))
    documented = set(variables_documented((ROOT / "README.md").read_text(encoding="utf-8")))

    assert {name.removesuffix("_FILE") for name in named} <= documented
