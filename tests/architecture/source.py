"""Our source files and what their syntax trees say; the rules read the code through this module only."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
TOPS = ("community", "forums", "webinars", "search", "demo")
FLAT = ("forums", "webinars", "search", "demo")


@dataclass(frozen=True)
class Module:
    """One Python file; `name` is dotted."""

    name: str
    text: str

    @classmethod
    def at(cls, path: Path) -> "Module":
        parts = path.relative_to(ROOT).with_suffix("").parts
        return cls(".".join(part for part in parts if part != "__init__"), path.read_text(encoding="utf-8"))

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def lines(self) -> list[str]:
        return self.text.splitlines()

    @property
    def package(self) -> str:
        """The slice it belongs to: `forums`, `community.members`."""
        parts = self.name.split(".")
        return parts[0] if parts[0] in FLAT else ".".join(parts[:2])

    @property
    def kind(self) -> str:
        """The first word after the slice: `operations`, `views`, `models` …"""
        rest = self.name.removeprefix(self.package).strip(".")
        return rest.partition(".")[0]

    def functions(self) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
        """The functions at the top of the module."""
        return [node for node in self.tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def sample(text: str, name: str = "forums.operations") -> Module:
    """A module made up to prove that a rule can fail."""
    return Module(name, text)


@lru_cache
def our_modules() -> tuple[Module, ...]:
    return tuple(Module.at(path) for top in TOPS for path in sorted((ROOT / top).rglob("*.py")))


@lru_cache
def test_modules() -> tuple[Module, ...]:
    return tuple(Module.at(path) for path in sorted((ROOT / "tests").rglob("*.py")))


test_modules.__test__ = False  # type: ignore[attr-defined]


def of_kind(*kinds: str) -> list[Module]:
    return [module for module in our_modules() if module.kind in kinds]


def templates() -> list[Path]:
    return sorted((ROOT / "templates").rglob("*.*"))


def calls(node: ast.AST) -> Iterator[ast.Call]:
    return (part for part in ast.walk(node) if isinstance(part, ast.Call))


def called_name(call: ast.Call) -> str:
    """The last word of what is called: `record` for `record(…)` and for `events.record(…)`."""
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def dotted(node: ast.AST) -> str:
    """`a.b.c` of an attribute chain, as far as it is one."""
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=name):
            return f"{dotted(value)}.{name}"
        case ast.Call(func=func):
            return f"{dotted(func)}()"
    return ""


def imported(node: ast.AST) -> list[str]:
    """What an import statement names, in full; nothing for any other node."""
    match node:
        case ast.Import(names=names):
            return [alias.name for alias in names]
        case ast.ImportFrom(module=str(name), level=0):
            return [name]
    return []
