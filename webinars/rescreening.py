"""Words of webinars for the guard to read again when its rules change: lines and questions of rooms."""

from collections.abc import Iterable

from community.casefree.contents import Content, Row, register_content
from community.core.actors import SYSTEM
from community.moderation import operations as moderation
from webinars.lines import words_of
from webinars.models import Gone, RoomEvent

SURFACES = {"chat.said": "chat", "question.shown": "question"}


def register() -> None:
    """Called once, when the models are ready."""
    register_content(Content("webinars.roomevent", events_after, flag_event))


def events_after(pk: int, limit: int) -> Iterable[Row]:
    """The next lines and questions by key, with what they say now."""
    spoken = RoomEvent.objects.filter(verb__in=SURFACES, pk__gt=pk).exclude(
        gone__in=[Gone.DELETED, Gone.CUT, Gone.HIDDEN]
    )
    for event in spoken.order_by("pk")[:limit]:
        yield event.pk, SURFACES[event.verb], words_of(event)


def flag_event(pk: int) -> None:
    """Ask a moderator to look at a line or a question."""
    moderation.flag(RoomEvent.objects.get(pk=pk), by=SYSTEM)
