"""How notifications find what they are about: each package says what a viewer may see of its own rows."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from typing import Any

from django.db.models import Model

from community.core.audiences import Viewer
from community.notifications.models import Notification

# The title and the address of each visible id; an id that is left out is hidden or gone.
Lines = dict[str, tuple[str, str]]
Resolve = Callable[[Viewer, Collection[str]], Lines]

_resolvers: dict[str, Resolve] = {}
_groups: dict[str, Callable[[Any], str]] = {}


def register_target(target_type: str, resolve: Resolve, group: Callable[[Any], str] | None = None) -> None:
    """Say what a viewer may see of the rows of `target_type`; without a resolver nothing is shown.

    `group(row)` names what notices collapse by ("forums.thread:12"); without it each row stands for itself.
    """
    _resolvers[target_type] = resolve
    if group is not None:
        _groups[target_type] = group


def group_of(target: Model) -> str:
    """What notices about a row collapse by."""
    target_type = target._meta.label_lower
    own = f"{target_type}:{target.pk}"
    return _groups[target_type](target) if target_type in _groups else own


def lines_for(viewer: Viewer, notifications: Iterable[Notification]) -> dict[tuple[str, str], tuple[str, str]]:
    """Title and address by (type, id), as the viewer may see them now: one call for each type."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for row in notifications:
        wanted[row.target_type].add(row.target_id)
    return {
        (target_type, pk): line
        for target_type, ids in wanted.items()
        if target_type in _resolvers
        for pk, line in _resolvers[target_type](viewer, ids).items()
    }
