"""Lines of the chat as rows of the room's log: finding one, and taking its words away wherever they stand."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from community.core.errors import Invalid, Missing
from webinars.models import Gone, Question, Room, RoomEvent
from webinars.roomlog import append

# Not in any text: NUL, which databases refuse, and halves of surrogate pairs, which are no characters.
HOLES = {0, *range(0xD800, 0xE000)}


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


def cut_words(room: Room, first: float, last: float) -> dict[str, list[Any]]:
    """Take away, for good, what was written about a piece of the video: for the `media.cut` that the caller appends."""
    about = RoomEvent.objects.filter(room=room, media_at__gte=first, media_at__lte=last)
    lines = list(about.filter(verb="chat.said").exclude(gone__in=[Gone.DELETED, Gone.CUT]))
    for line in lines:
        take_words(line, Gone.CUT)
        unpin_if(room, line.seq)
    shown = list(about.filter(verb="question.shown", gone=""))
    for event in shown:
        _empty(event, Gone.CUT)
    asked = [event.body["question"] for event in shown]
    Question.objects.filter(webinar_id=room.webinar_id, public_id__in=asked).update(text="")
    return {"lines": [line.seq for line in lines], "questions": asked}


def unpin_if(room: Room, seq: int) -> None:
    """A line that goes is no longer pinned."""
    last = RoomEvent.objects.filter(room=room, verb="chat.pinned").order_by("-seq").first()
    if last is not None and last.body.get("of") == seq:
        append(room, "chat.pinned", {"of": None})
