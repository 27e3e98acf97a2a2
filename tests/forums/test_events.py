"""What is recorded while people talk: one event for each thing that happened, by whoever did it."""

from typing import Any

import pytest

from community.core.models import Event
from community.core.screening import install_screener
from tests.factories.forums import SpaceFactory, make_reply, make_thread, verified_member

pytestmark = pytest.mark.django_db


def hold_everything(text: str, surface: str) -> Any:
    return "hold", [(0, 1, "place", "a place in a hospital")]


def recorded_by(member: Any) -> list[str]:
    events = Event.objects.filter(verb__startswith="forums.", actor_id=member.pk)
    return list(events.order_by("pk").values_list("verb", flat=True))


def test_opening_and_replying_are_recorded_for_those_who_did_it() -> None:
    author, answerer = verified_member(), verified_member()
    thread = make_thread(SpaceFactory.create(), by=author)
    make_reply(thread, by=answerer)
    assert recorded_by(author) == ["forums.thread.opened", "forums.post.published"]
    assert recorded_by(answerer) == ["forums.post.published"]


def test_held_reply_is_recorded_as_held_and_not_as_published(monkeypatch: pytest.MonkeyPatch) -> None:
    author, thread = verified_member(), make_thread()
    monkeypatch.setattr("community.core.screening._installed", [])
    install_screener(hold_everything)
    make_reply(thread, by=author)
    assert recorded_by(author) == ["forums.post.held"]
