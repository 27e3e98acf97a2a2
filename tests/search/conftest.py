"""An index that is up to date when a test asks for something."""

from collections.abc import Callable
from typing import Any

import pytest

from community.core.audiences import viewer_of
from search import outbox
from search.models import Outbox
from search.searching import Request, Response, search, shown

Search = Callable[..., Response]


@pytest.fixture
def ask(db: None) -> Search:
    """Search as a member (None: a visitor) after what waits in the outbox has been done."""
    Outbox.objects.filter(kind="page").delete()

    def run(member: Any, text: str, **more: Any) -> Response:
        outbox.drain_all()
        return search(Request(text, viewer_of(member), **more))

    return run


@pytest.fixture
def titles(ask: Search) -> Callable[..., list[str]]:
    """What a search shows, title by title."""

    def run(member: Any, text: str, **more: Any) -> list[str]:
        viewer = viewer_of(member)
        found = [group.best for group in ask(member, text, **more).groups]
        words = shown(viewer, found)
        return [words[hit.kind, hit.key].title for hit in found if (hit.kind, hit.key) in words]

    return run
