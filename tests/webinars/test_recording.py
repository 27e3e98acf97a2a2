"""The page of a recording: chat and questions at their places in the video, resuming, and what stays away."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from community.core.clock import now
from community.core.errors import Invalid, Refused
from tests.factories.webinars import attendee, webinar_with
from webinars.models import (
    Broadcast,
    Progress,
    Rendition,
    RoomEvent,
    RoomLimit,
    Segment,
    Speaker,
    Take,
    Webinar,
    WebinarState,
)
from webinars.operations.watching import keep_place
from webinars.replay import replay_of
from webinars.roomlog import append, locked_room
from webinars.stopping_places import place_in
from webinars.templatetags.video import clock

pytestmark = pytest.mark.django_db

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
WHO = {"profession": "Nurse", "region": "Africa"}


def recorded_webinar(seconds: int = 60, **fields: Any) -> Webinar:
    """An ended webinar with a minute of video in two takes, ten seconds of real time between them."""
    webinar = webinar_with(state=WebinarState.ENDED, started_at=now() - timedelta(minutes=5), **fields)
    broadcast = Broadcast.objects.create(webinar=webinar, media_end=seconds)
    began = now() - timedelta(minutes=4)
    for number, start in ((1, 0), (2, seconds // 2)):
        take = Take.objects.create(broadcast=broadcast, number=number, started_at=began, state="closed")
        rendition = Rendition.objects.create(take=take, name="main", codecs="avc1", init_key=f"{number}.mp4")
        for second in range(start, start + seconds // 2):
            pdt = began + timedelta(seconds=second + 10 * (number - 1))
            Segment.objects.create(
                broadcast=broadcast, rendition=rendition, seq=second, media_start=second, take_start=second - start,
                duration=1, pdt=pdt, size=1, sha256="0" * 64, key=f"{second}.m4s",
            )  # fmt: skip
    return webinar


def happen(webinar: Webinar, second: float, verb: str, body: dict[str, Any], by: Any = None, **more: Any) -> int:
    """Something in the room, so many seconds of wall time after the first moment of the video."""
    event = append(locked_room(webinar.slug), verb, body, by=by, **more)
    began = Segment.objects.filter(broadcast__webinar=webinar).order_by("seq")[0].pdt
    RoomEvent.objects.filter(pk=event.pk).update(at=began + timedelta(seconds=second))
    return event.seq


def said(webinar: Webinar, second: float, text: str, by: Any = None, **more: Any) -> int:
    return happen(webinar, second, "chat.said", {"text": text, "name": "Amara", "who": WHO}, by, **more)


@pytest.fixture
def webinar() -> Webinar:
    return recorded_webinar()


def test_lines_and_questions_stand_where_they_were_said_and_answered(webinar: Webinar) -> None:
    said(webinar, -30, "Before the first second")
    said(webinar, 12, "While watching", media_at=7.5)
    said(webinar, 35, "Between the takes")
    said(webinar, 45, "In the second take")
    said(webinar, 900, "Long after", media_at=4000.0)
    happen(
        webinar, 20, "question.shown", {"question": "q", "text": "Which fluid first?", "who": WHO, "anonymous": True}
    )
    happen(webinar, 50, "question.changed", {"question": "q", "state": "live", "pinned": False})

    replay = replay_of(webinar)

    assert replay.duration == 60
    assert [(line["text"], line["place"]) for line in replay.lines] == [
        ("Before the first second", 0.0),
        ("While watching", 7.5),
        ("Between the takes", 30.0),
        ("In the second take", 35.0),
        ("Long after", 60.0),
    ]
    (question,) = replay.questions
    assert (question["place"], question["answered_place"]) == (20.0, 40.0)
    assert [(mark.at, mark.title) for mark in replay.chapters] == [(40.0, "Which fluid first?")]


def test_what_was_taken_away_in_the_room_is_not_beside_the_recording(webinar: Webinar, client: Client) -> None:
    hidden = said(webinar, 5, "A name that must not stand here")
    happen(webinar, 6, "chat.hidden", {"of": hidden})
    happen(webinar, 7, "question.shown", {"question": "q", "text": "About somebody", "who": WHO, "anonymous": True})
    happen(webinar, 8, "question.changed", {"question": "q", "state": "hidden", "pinned": False})
    said(webinar, 9, "This stays")
    client.force_login(attendee(webinar), backend=BACKEND)

    page = client.get(webinar.get_absolute_url()).content.decode()

    assert "This stays" in page
    assert "must not stand here" not in page
    assert "About somebody" not in page


def test_the_page_begins_where_the_member_stopped_or_where_the_link_says(webinar: Webinar, client: Client) -> None:
    member = attendee(webinar)
    client.force_login(member, backend=BACKEND)
    address = f"{webinar.get_absolute_url()}progress/"

    saved = client.post(address, {"seconds": 21.5, "duration": 60}, content_type="application/json")

    assert saved.status_code == 204
    assert 'start="21.5"' in client.get(webinar.get_absolute_url()).content.decode()
    assert 'start="33.0"' in client.get(f"{webinar.get_absolute_url()}?t=33").content.decode()
    assert 'start="60.0"' in client.get(f"{webinar.get_absolute_url()}?t=9999").content.decode()
    assert webinar.title in client.get("/webinars/recordings/").content.decode()
    client.post(address, {"forget": "1"})
    assert not Progress.objects.exists()


def test_a_place_is_clamped_and_one_at_the_end_begins_anew(webinar: Webinar) -> None:
    member = attendee(webinar)

    assert keep_place(webinar, by=member, seconds=-5, duration=60).seconds == 0
    assert keep_place(webinar, by=member, seconds=500, duration=60).seconds == 60
    assert place_in(webinar, member) == 0.0
    with pytest.raises(Invalid):
        keep_place(webinar, by=member, seconds=float("nan"), duration=60)
    RoomLimit.objects.create(room=locked_room(webinar.slug), member=member, kind="ban", reason="conduct")
    with pytest.raises(Refused):
        keep_place(webinar, by=member, seconds=1, duration=60)


def test_visitors_see_a_public_recording_without_what_members_said(client: Client) -> None:
    public = recorded_webinar(10, audience="public", for_whom="public")
    said(public, 5, "Said among members")

    page = client.get(public.get_absolute_url()).content.decode()

    assert "live.m3u8" in page
    assert "Said among members" not in page


def test_going_live_waits_for_every_statement(client: Client) -> None:
    webinar = webinar_with(state=WebinarState.SCHEDULED)
    Speaker.objects.create(webinar=webinar, name="Dr Obi")
    client.force_login(webinar.organiser, backend=BACKEND)

    answer = client.get(f"{webinar.get_absolute_url()}golive/")

    page = answer.content.decode()
    assert "statement of Dr Obi is missing" in page
    assert " cleared" not in page.partition("<go-live")[2].partition(">")[0]
    assert answer["Permissions-Policy"].startswith("camera=(self), microphone=(self)")
    Speaker.objects.update(coi_declared_at=now(), coi_none=True)
    page = client.get(f"{webinar.get_absolute_url()}golive/").content.decode()
    assert " cleared" in page.partition("<go-live")[2].partition(">")[0]


def test_places_read_as_a_clock() -> None:
    assert [clock(seconds) for seconds in (None, 5, 83.9, 3723)] == ["0:00", "0:05", "1:23", "1:02:03"]
