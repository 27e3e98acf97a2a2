"""Some packages have one door. The order of layers is import-linter's (`make lint`)."""

import ast
import tomllib

from tests.architecture.source import ROOT, Module, imported, our_modules, sample

DOORS = {
    "subprocess": ("webinars.media.ffmpeg",),
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
