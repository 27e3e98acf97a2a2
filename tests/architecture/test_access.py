"""Views, the API and sockets reach rows through queries or `.visible_to(viewer)`, never through a bare manager."""

import ast

from tests.architecture.source import Module, dotted, of_kind, sample

MANAGERS = {"objects", "_default_manager", "_base_manager"}


def violations(module: Module) -> list[str]:
    allowed = {
        id(node.value)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and node.attr == "visible_to"
    }
    return [
        f"{module.name}:{node.lineno} {dotted(node)}"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and node.attr in MANAGERS and id(node) not in allowed
    ]


def test_no_view_api_or_consumer_reaches_rows_past_the_audience() -> None:
    found = [line for module in of_kind("views", "api", "consumers") for line in violations(module)]
    assert not found, "\n".join(found)


def test_a_bare_manager_in_a_view_is_found() -> None:
    bad = sample("thread = Thread.objects.get(pk=1)\nmine = Thread.objects.visible_to(viewer)\n", "forums.views")

    assert violations(bad) == ["forums.views:1 Thread.objects"]
