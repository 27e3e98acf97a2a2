"""The room again beside its recording: lines and questions with their place in it, and chapters.

It reads the same log that served the live room, so whatever was deleted, hidden or cut is not there either.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from webinars.folding import fold
from webinars.models import Chapter, ChapterKind, RenditionName, Room, Segment, Slide, Webinar
from webinars.roomlog import entries_after, topic_of

LONGEST_TITLE = 110
LEFT_OUT = {"hidden", "withdrawn", "queue", "dismissed"}

Event = dict[str, Any]
Place = Callable[[Event], float]


@dataclass(frozen=True)
class Mark:
    """A place in the recording with a name, in seconds."""

    at: float
    title: str
    kind: str = ChapterKind.QUESTION


class Timeline:
    """Wall time to seconds of the recording, for many moments at once."""

    def __init__(self, webinar: Webinar) -> None:
        rows = Segment.objects.filter(broadcast__webinar=webinar, rendition__name=RenditionName.MAIN).order_by("seq")
        self.rows = list(rows.values_list("pdt", "media_start", "duration"))
        self.dates = [row[0] for row in self.rows]

    @property
    def duration(self) -> float:
        return float(self.rows[-1][1] + self.rows[-1][2]) if self.rows else 0.0

    def seconds_at(self, moment: datetime) -> float:
        """What was being recorded at this moment; between two takes the end of the earlier one."""
        index = bisect_right(self.dates, moment) - 1
        if index < 0:
            return 0.0
        pdt, start, duration = self.rows[index]
        return float(start + min((moment - pdt).total_seconds(), duration))


@dataclass
class Replay:
    """What stands beside a recording. `duration` is 0 where there is no video of our own."""

    duration: float = 0
    lines: list[Event] = field(default_factory=list)
    questions: list[Event] = field(default_factory=list)
    chapters: list[Mark] = field(default_factory=list)


def replay_of(webinar: Webinar) -> Replay:
    """Everything that is shown in step with the recording, in the order of the recording."""
    room = Room.objects.filter(webinar=webinar).first()
    events = entries_after(topic_of(webinar), 0, room.last_seq) if room else []
    timeline = Timeline(webinar)
    place = placer(timeline)
    state = fold(events)
    return Replay(
        duration=timeline.duration,
        lines=_in_order(_lines(state, place)),
        questions=_in_order(_questions(state, events, place)),
        chapters=_chapters(webinar, state, events, place),
    )


def placer(timeline: Timeline) -> Place:
    """Event → seconds: what its author was watching, else when it happened; always within the recording."""

    def place(event: Event) -> float:
        watched = event.get("media_at", event.get("body", {}).get("media_at"))
        if watched is None:
            watched = timeline.seconds_at(datetime.fromisoformat(event["at"]))
        return round(min(max(0.0, float(watched)), timeline.duration), 1)

    return place


def _lines(state: dict[str, Any], place: Place) -> Iterable[Event]:
    lines = state["lines"]
    for line in lines.values():
        if not line.get("gone"):
            yield {**line, "place": place(line), "answered": lines.get(line.get("reply_to"))}


def _questions(state: dict[str, Any], events: list[Event], place: Place) -> Iterable[Event]:
    """Questions stand where they were answered, or where they were asked."""
    taken_up = _taken_up(events, place)
    for question in state["questions"].values():
        if question["state"] not in LEFT_OUT and not question.get("gone") and question.get("text"):
            asked = place(question)
            answered = taken_up.get(question["question"], question.get("answered_media_at"))
            yield {**question, "asked_place": asked, "answered_place": answered, "place": asked}


def _taken_up(events: list[Event], place: Place) -> dict[str, float]:
    """Question → where the speakers took it up first."""
    found: dict[str, float] = {}
    for event in events:
        if event["verb"] == "question.changed" and event["body"].get("state") in {"live", "answered"}:
            found.setdefault(event["body"]["question"], place({**event, "body": {}}))
    return found


def _chapters(webinar: Webinar, state: dict[str, Any], events: list[Event], place: Place) -> list[Mark]:
    """What organisers have named; else slides when they were shown first, and questions when they were answered."""
    named = [Mark(row.media_at, row.title, row.kind) for row in Chapter.objects.filter(webinar=webinar)]
    marks = named or [*_slide_marks(webinar, events, place), *_question_marks(state, events, place)]
    return sorted(marks, key=lambda mark: mark.at)


def _question_marks(state: dict[str, Any], events: list[Event], place: Place) -> Iterable[Mark]:
    for question, at in _taken_up(events, place).items():
        shown = state["questions"].get(question, {})
        if shown.get("text") and not shown.get("gone") and shown["state"] not in LEFT_OUT:
            yield Mark(at, _short(shown["text"]))


def _slide_marks(webinar: Webinar, events: list[Event], place: Place) -> Iterable[Mark]:
    titles = {
        (deck, number): text
        for deck, number, text in Slide.objects.filter(deck__webinar=webinar).values_list(
            "deck__public_id", "number", "text"
        )
    }
    seen: set[tuple[str, int]] = set()
    for event in events:
        slide = (event["body"].get("deck"), event["body"].get("n")) if event["verb"] == "slide.shown" else None
        if slide and slide in titles and slide not in seen:
            seen.add(slide)
            first = next((line.strip() for line in titles[slide].splitlines() if line.strip()), "")
            title = _("Slide %(n)d") % {"n": slide[1]}
            yield Mark(place({**event, "body": {}}), f"{title}: {_short(first)}" if first else title, ChapterKind.SLIDE)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_TITLE else f"{text[:LONGEST_TITLE].rsplit(' ', 1)[0]} …"


def _in_order(events: Iterable[Event]) -> list[Event]:
    return sorted(events, key=lambda event: (event["place"], event["seq"]))
