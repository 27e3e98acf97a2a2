"""Fills two rooms of the demo, so that nobody enters an empty one: lines, questions, votes, slides, a short recording.

The words stand in `content/rooms.toml`. What is written here has no act of a person behind it: rows and events only.
"""

import hashlib
import io
import tomllib
from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import cache
from typing import Any

from django.db import transaction
from PIL import Image

from community.core.clock import now
from community.members.models import Member
from demo.drawing import SIZE, drawn
from demo.people import CONTENT
from webinars.broadcasts import broadcast_of
from webinars.media import packaging, storage
from webinars.media.ffmpeg import silent_film
from webinars.models import (
    Chunk,
    Container,
    Deck,
    Question,
    QuestionState,
    QuestionVote,
    Room,
    RoomEvent,
    Slide,
    Take,
    TakeState,
    Webinar,
)
from webinars.operations.slides import key_of
from webinars.publishing import publish_line, show_question
from webinars.questioning import tell_change
from webinars.roomlog import append, locked_room
from webinars.seats import who_of

SMALL = (640, 360)


@cache
def content() -> dict[str, Any]:
    return tomllib.loads((CONTENT / "rooms.toml").read_text(encoding="utf-8"))


def fill_rooms(members: Mapping[str, Member]) -> int:
    """Fill those rooms of the content in which nobody has written yet; returns how many."""
    filled = 0
    for slug, told in content().items():
        room = Room.objects.filter(webinar__slug=slug).first()
        if room and not RoomEvent.objects.filter(room=room, verb__in=["chat.said", "question.shown"]).exists():
            _fill(slug, told, members)
            filled += 1
    return filled


@transaction.atomic
def _fill(slug: str, told: Mapping[str, Any], members: Mapping[str, Member]) -> None:
    room = locked_room(slug)
    pictures = [drawn(text) for text in told["slides"]]
    deck = _deck(room.webinar, told, pictures)
    happenings = [*_lines(room, told, members), *_questions(room, told, members), *_shown(room, deck, told)]
    for seconds, tell in sorted(happenings, key=lambda each: each[0]):
        first = room.last_seq + 1
        tell()
        moment = room.webinar.starts_at + timedelta(seconds=seconds)
        RoomEvent.objects.filter(room=room, seq__gte=first).update(at=moment)
    if told.get("video_seconds"):
        _record(room.webinar, pictures, told["video_seconds"])


# --- What was said and asked -----------------------------------------------------------------------------------


def _lines(room: Room, told: Mapping[str, Any], members: Mapping[str, Member]) -> list[tuple[float, Any]]:
    found = []
    for line in told["lines"]:
        handle, seconds, text = line.split("|", 2)
        found.append((float(seconds), _saying(room, members[handle], text)))
    return found


def _saying(room: Room, author: Member, text: str) -> Any:
    return lambda: publish_line(room, author, text)


def _questions(room: Room, told: Mapping[str, Any], members: Mapping[str, Member]) -> list[tuple[float, Any]]:
    found: list[tuple[float, Any]] = []
    voters = list(members.values())
    for line in told["questions"]:
        handle, seconds, state, votes, text = line.split("|", 4)
        asked = _asking(room, members[handle], text, state, voters[: int(votes)])
        found.append((float(seconds), asked))
    return found


def _asking(room: Room, author: Member, text: str, state: str, voters: Sequence[Member]) -> Any:
    """A question, asked, voted for, and where it is answered, answered: one happening after the other."""

    def ask() -> None:
        score = len(voters)
        question = Question.objects.create(
            webinar=room.webinar, author=author, text=text, who=who_of(author), anonymous="anonymous" in state,
            score=score, told_score=score,
        )  # fmt: skip
        show_question(room, question)
        QuestionVote.objects.bulk_create([QuestionVote(question=question, voter=voter) for voter in voters])
        append(room, "question.scores", {"scores": {question.public_id: score}})
        ends = QuestionState(state.rpartition(" ")[2])
        if ends != QuestionState.VISIBLE:
            question.state = ends
            question.save(update_fields=["state"])
            tell_change(room, question, by=room.webinar.organiser)

    return ask


# --- Slides ----------------------------------------------------------------------------------------------------


def _deck(webinar: Webinar, told: Mapping[str, Any], pictures: Sequence[Image.Image]) -> Deck:
    count = len(pictures)
    deck = Deck.objects.create(
        webinar=webinar, title=told["deck"], state=Deck.State.READY, page_count=count, done_count=count,
        uploaded_by=webinar.organiser,
    )  # fmt: skip
    for number, picture in enumerate(pictures, start=1):
        storage.put(key_of(deck.public_id, number, "large"), _webp(picture))
        storage.put(key_of(deck.public_id, number, "small"), _webp(picture.resize(SMALL)))
        text = told["slides"][number - 1].replace("|", "\n")
        Slide.objects.create(
            deck=deck, number=number, page=number, width=SIZE[0], height=SIZE[1], small_width=SMALL[0], text=text
        )
    return deck


def _shown(room: Room, deck: Deck, told: Mapping[str, Any]) -> list[tuple[float, Any]]:
    """Each slide at its time: over the length of the recording, or up to the one that is shown now."""
    last = told.get("shown", deck.page_count)
    step = told.get("video_seconds", 600) / max(1, last)
    return [(step * (n - 1), _showing(room, deck, n)) for n in range(1, last + 1)]


def _showing(room: Room, deck: Deck, number: int) -> Any:
    def show() -> None:
        Room.objects.filter(pk=room.pk).update(deck=deck, slide=number)
        append(room, "slide.shown", {"n": number, "deck": deck.public_id}, by=room.webinar.organiser)

    return show


def _webp(picture: Image.Image) -> bytes:
    target = io.BytesIO()
    picture.save(target, "WEBP", quality=70, method=2)
    return target.getvalue()


# --- A short recording -----------------------------------------------------------------------------------------


def _record(webinar: Webinar, pictures: Sequence[Image.Image], seconds: int) -> None:
    """The slides one after another, without a sound, cut like everything that a presenter's browser sends."""
    data = silent_film([_png(picture.resize(SMALL)) for picture in pictures], seconds)
    take = Take.objects.create(
        broadcast=broadcast_of(webinar), number=1, by=webinar.organiser, started_at=webinar.starts_at,
        container=Container.MP4, state=TakeState.ENDING, first_seq=1, next_seq=2, received=len(data),
        last_chunk_at=now(), ended_at=now(),
    )  # fmt: skip
    key = f"{packaging.folder_of(take)}/demo.part"
    storage.put(key, data)
    digest = hashlib.sha256(data).hexdigest()
    Chunk.objects.create(take=take, seq=1, offset=0, size=len(data), sha256=digest, key=key)
    packaging.advance(take.pk)


def _png(picture: Image.Image) -> bytes:
    target = io.BytesIO()
    picture.save(target, "PNG")
    return target.getvalue()
