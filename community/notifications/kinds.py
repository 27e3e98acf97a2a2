"""The kinds of notices that packages declare in their `verbs.NOTICES`, and what holds for a member of each."""

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps

from community.core.notices import Notice


@cache
def notices() -> dict[str, Notice]:
    """Every declared kind with its notice."""
    found: dict[str, Notice] = {}
    for config in apps.get_app_configs():
        name = f"{config.name}.verbs"
        if find_spec(name):
            found |= getattr(import_module(name), "NOTICES", {})
    return found


def notice(kind: str) -> Notice:
    """The notice of a kind; an undeclared kind is a programming error."""
    return notices()[kind]


def title(kind: str) -> Any:
    """What a list or a mail says of a kind, also of one that a newer version no longer declares."""
    known = notices().get(kind)
    return known.title if known else kind
