"""Where a package above says that there is a discussion about a write-up. We know nothing of threads."""

from collections.abc import Callable
from typing import Any

from community.core.audiences import Viewer
from community.core.ui import Link

Source = Callable[[Any, Viewer], Link | None]

_sources: list[Source] = []


def register_discussion(source: Source) -> None:
    """`source(page, viewer)` gives the way to the discussion of a write-up, or None where the viewer sees none."""
    if source not in _sources:
        _sources.append(source)


def discussion_of(page: Any, viewer: Viewer) -> Link | None:
    return next((link for source in _sources if (link := source(page, viewer)) is not None), None)
