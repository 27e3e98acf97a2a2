"""Lines of the chat as rows of the room's log: finding one, and taking its words away wherever they stand."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from community.core.errors import Invalid, Missing
from community.core.screening import Context
from webinars.models import Gone, Room, RoomEvent
from webinars.roomlog import append, topic_of

# Not in any text: NUL, which databases refuse, and halves of surrogate pairs, which are no characters.
HOLES = {0, *range(0xD800, 0xE000)}
# Words of one author further apart than this many events of the room are not read together.
NEAR = 40
SPOKEN = ("chat.said", "chat.edited", "question.shown")
# As long as the guard's key of a thread may be.
LONGEST_KEY = 80


def checked(text: str, longest: int) -> str:
    """The words as they are kept: trimmed, not empty, not too long; Invalid otherwise."""
    words = text.strip()
    if not words:
        raise Invalid({"text": [_("Write something first.")]})
    if len(words) > longest:
        raise Invalid({"text": [_("This is too long: at most %(max)d characters.") % {"max": longest}]})
    if any(ord(character) in HOLES for character in words):
        raise Invalid({"text": [_("This holds something that is no character.")]})
    return words


def context_of(room: Room, author: Any, *, until: int | None = None) -> Context:
    """Where the guard adds up what an author tells in a room, with their own words just before; one query.

    `until` is the number of the line that is about to be replaced.
    """
    end = room.last_seq + 1 if until is None else until
    own = RoomEvent.objects.filter(room=room, seq__gte=end - NEAR, seq__lt=end, sender=author, verb__in=SPOKEN, gone="")
    last = own.order_by("-seq").values_list("body", flat=True).first() or {}
    return Context(author.pk, topic_of(room.webinar)[:LONGEST_KEY], str(last.get("text", "")))


def line_at(room: Room, seq: int) -> RoomEvent:
    """The line with this number, whatever became of it; Missing for anything that is no line."""
    line = RoomEvent.objects.filter(room=room, seq=seq, verb="chat.said").first()
    if line is None:
        raise Missing
    return line


def words_of(line: RoomEvent) -> str:
    """What the line says now, with the last change by its author; empty when it is gone."""
    if line.gone == Gone.EDITED:
        last = _changes(line).order_by("-seq").first()
        return str(last.body.get("text", "")) if last else ""
    return str(line.body.get("text", ""))


def take_words(line: RoomEvent, gone: Gone, *, keep: bool = False) -> None:
    """Take the words of a line out of the log, those of its changes as well; `keep` seals them for a second look."""
    line.sealed = words_of(line) if keep else ""
    for change in _changes(line).filter(gone=""):
        _empty(change, gone)
    _empty(line, gone)


def put_back(line: RoomEvent) -> str:
    """Unseal the words of a hidden line for the event that shows them again."""
    words = line.sealed
    line.gone, line.sealed = Gone.EDITED, ""
    line.save(update_fields=["gone", "sealed"])
    return str(words)


def _changes(line: RoomEvent) -> "QuerySet[RoomEvent]":
    return RoomEvent.objects.filter(Q(body__of=line.seq), room_id=line.room_id, verb="chat.edited")


def _empty(event: RoomEvent, gone: Gone) -> None:
    body: dict[str, Any] = {name: value for name, value in event.body.items() if name != "text"}
    event.body, event.gone = body, gone
    event.save(update_fields=["body", "gone", "sealed"])


def unpin_if(room: Room, seq: int) -> None:
    """A line that goes is no longer pinned."""
    last = RoomEvent.objects.filter(room=room, verb="chat.pinned").order_by("-seq").first()
    if last is not None and last.body.get("of") == seq:
        append(room, "chat.pinned", {"of": None})
