"""Some packages have one door. The order of layers is import-linter's (`make lint`)."""

import ast
import tomllib
from collections.abc import Iterator

from tests.architecture.source import ROOT, Module, imported, our_modules, sample

DOORS = {
    "subprocess": ("webinars.media.ffmpeg", "community.core.dumps"),
    "channels": ("community.live", "community.config"),
    "channels_redis": ("community.live", "community.config"),
    "elasticsearch": ("search",),
    "daphne": ("community.config",),
    "redis": ("community.config", "community.core", "community.live"),
    "pickle": (),
    "marshal": (),
}


def violations(module: Module) -> list[str]:
    found = []
    for node in ast.walk(module.tree):
        for name in imported(node):
            top = name.partition(".")[0]
            if top in DOORS and not _stands_in(module.name, DOORS[top]):
                found.append(f"{module.name}:{node.lineno} imports {name}")  # type: ignore[attr-defined]
    return found


def _stands_in(name: str, doors: tuple[str, ...]) -> bool:
    return any(name == door or name.startswith(f"{door}.") for door in doors)


def test_guarded_packages_are_imported_behind_their_doors_only() -> None:
    found = [line for module in our_modules() for line in violations(module)]
    assert not found, "\n".join(found)


def test_an_import_outside_its_door_is_found() -> None:
    bad = sample("import subprocess\nfrom channels.layers import get_channel_layer\n", "forums.views")

    assert violations(bad) == ["forums.views:1 imports subprocess", "forums.views:2 imports channels.layers"]


def test_the_layers_name_every_package() -> None:
    configuration = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (contract,) = configuration["tool"]["importlinter"]["contracts"]
    named = {part.strip() for layer in contract["layers"] for part in layer.split("|")}

    assert {module.package for module in our_modules()} - {"community"} <= named


# The client of the search server, and what is imported where there is one only (inside functions).
BESIDE_THE_SERVER = ("search.mirror", "search.engines.elastic.")


def loads(package: str, modules: dict[str, Module]) -> set[str]:
    """Names of our modules that import `package` when they are imported, by themselves or through others of ours."""
    reached = {name: set(_at_the_top(module, modules)) for name, module in modules.items()}
    found = {name for name, others in reached.items() if any(other.partition(".")[0] == package for other in others)}
    while more := {name for name, others in reached.items() if name not in found and others & found}:
        found |= more
    return found


def _at_the_top(module: Module, modules: dict[str, Module]) -> Iterator[str]:
    """What the statements of a module import when it is imported, not what its functions import when called."""
    waiting: list[ast.AST] = list(module.tree.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        yield from imported(node)
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (full for each in node.names if (full := f"{node.module}.{each.name}") in modules)
        waiting += ast.iter_child_nodes(node)


def test_processes_without_a_search_server_do_not_import_its_client() -> None:
    modules = {module.name: module for module in our_modules()}

    found = loads("elasticsearch", modules)

    assert "search.engines.elastic.server" in found
    assert sorted(name for name in found if not name.startswith(BESIDE_THE_SERVER)) == []


def test_an_import_through_another_module_is_found() -> None:
    texts = {
        "search.client": "import elasticsearch\n",
        "search.tasks": "from search import client\n",
        "search.views": "def page():\n    from search import client\n",
    }

    assert loads("elasticsearch", {name: sample(text, name) for name, text in texts.items()}) == {
        "search.client",
        "search.tasks",
    }
