"""The edges of rooms: many rights at once, moments beyond the picture, earlier lines, polls and speakers in order."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import RequestFactory, override_settings

from community.core.audiences import viewer_of
from community.core.clock import now
from community.core.errors import Refused
from community.core.models import Event
from tests.factories.forums import learner, verified_member
from tests.factories.members import MemberFactory
from tests.factories.webinars import attendee, ref, register, webinar_with
from webinars import reading
from webinars.joining import resolve, resolve_many
from webinars.media import serving
from webinars.models import Broadcast, Poll, Rendition, RoomEvent, Segment, Speaker, Take
from webinars.operations import chat, moderating, polls, questions
from webinars.operations.cutting import cut_between
from webinars.operations.polls import PollWords
from webinars.operations.speakers import move_speaker
from webinars.roomlog import entries_after
from webinars.seats import seat_for

pytestmark = pytest.mark.django_db

QUIZ = PollWords("Which fluid first?", ("", "Balanced", "Saline"), results="live", correct=(2,))


@pytest.fixture
def webinar() -> Any:
    return webinar_with(verified_member(name="Pia Presenter"), verified_member(name="Mo Moderator"), slug="rounds")


def test_many_are_told_what_each_would_be_told_alone(webinar: Any) -> None:
    ada, bo = attendee(webinar), attendee(webinar)
    muted, banned = attendee(webinar), attendee(webinar)
    moderator = webinar.crew.get(role="moderator").member
    moderating.limit_member("rounds", by=moderator, member=muted.handle, kind="mute", ref=ref())
    moderating.limit_member("rounds", by=moderator, member=banned.handle, kind="ban", ref=ref())
    reader, staff = learner(), MemberFactory(in_groups=["Editors"])
    for member in (reader, staff):
        register(webinar, member)
    everybody = [ada, bo, muted, banned, reader, staff, moderator, verified_member()]

    known = resolve_many("rounds", everybody)

    assert set(known) == {ada.pk, bo.pk}
    assert known == {member.pk: resolve("rounds", viewer_of(member)) for member in (ada, bo)}
    assert resolve_many("nowhere", everybody) == {}


def test_a_moment_is_never_later_than_the_newest_picture(webinar: Any) -> None:
    ada = attendee(webinar)
    chat.say("rounds", by=ada, text="Before the first picture.", media_at=99999.0, ref=ref())
    Broadcast.objects.create(webinar=webinar, media_end=0)
    chat.say("rounds", by=ada, text="Nothing was shown.", media_at=5.0, ref=ref())
    Broadcast.objects.update(media_end=61.5)
    chat.say("rounds", by=ada, text="At the edge.", media_at=70.0, ref=ref())
    chat.say("rounds", by=ada, text="A little behind.", media_at=58.25, ref=ref())
    asked = questions.ask("rounds", by=ada, text="Which fluid first?", media_at=1e6, ref=ref())

    said = list(RoomEvent.objects.filter(verb="chat.said").order_by("seq").values_list("media_at", flat=True))
    assert said[0] == pytest.approx(600, abs=30)  # minutes since the start, where no video of ours tells better
    assert said[1:] == [None, 61.5, 58.25]
    assert RoomEvent.objects.get(seq=asked["seq"]).media_at == 61.5


def test_a_cut_range_takes_the_words_about_it_and_unpins_them(webinar: Any) -> None:
    ada, presenter = attendee(webinar), webinar.crew.get(role="presenter").member
    with pytest.raises(Refused):
        cut_between("rounds", by=ada, start=10, end=20, reason="patient", ref=ref())
    before, inside, after = (
        chat.say("rounds", by=ada, text=f"A line about {place}.", media_at=place, ref=ref())["seq"]
        for place in _recorded(webinar)
    )
    chat.pin_line("rounds", by=presenter, seq=inside, ref=ref())

    answer = cut_between("rounds", by=presenter, start=10, end=20, reason="patient", ref=ref())

    state = reading.state_of(webinar.room)
    assert [state["lines"][seq].get("gone", "") for seq in (before, inside, after)] == ["", "cut", ""]
    assert state["lines"][inside]["text"] == ""
    assert state["pinned"] is None
    assert RoomEvent.objects.get(seq=answer["seq"]).body["lines"] == [inside]
    assert "about 15" not in json.dumps(entries_after("room:rounds", 0, 10**9))


def _recorded(webinar: Any) -> tuple[float, float, float]:
    """Half a minute of video of half an hour ago; what is written now is about these places in it."""
    broadcast = Broadcast.objects.create(webinar=webinar, media_end=30)
    began = now() - timedelta(minutes=30)
    take = Take.objects.create(broadcast=broadcast, number=1, started_at=began, state="closed")
    rendition = Rendition.objects.create(take=take, name="main", codecs="avc1", init_key="1.mp4")
    for second in range(30):
        Segment.objects.create(
            broadcast=broadcast, rendition=rendition, seq=second, media_start=second, take_start=second, duration=1,
            pdt=began + timedelta(seconds=second), size=1, sha256="0" * 64, key=f"{second}.m4s",
        )  # fmt: skip
    return 5.0, 15.0, 25.0


def test_earlier_lines_come_by_pages_and_by_words(webinar: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LINES", 2)
    ada = attendee(webinar)
    numbers = [chat.say("rounds", by=ada, text=text, ref=ref())["seq"] for text in ("One", "Two", "One more", "Last")]
    seat = seat_for(viewer_of(ada), "rounds")

    page = reading.earlier_lines(seat, numbers[3])
    assert ([line["seq"] for line in page["lines"]], page["earlier"]) == (numbers[1:3], True)
    found = reading.earlier_lines(seat, None, "ONE")
    assert ([line["text"] for line in found["lines"]], found["earlier"]) == (["One", "One more"], False)


def test_a_prepared_poll_is_changed_until_it_is_opened(webinar: Any) -> None:
    presenter, ada = webinar.crew.get(role="presenter").member, attendee(webinar)
    poll = polls.create_poll("rounds", by=presenter, words=QUIZ, ref=ref())["poll"]
    assert list(Poll.objects.get().options.values_list("number", "text", "is_correct")) == [
        (1, "Balanced", True),
        (2, "Saline", False),
    ]
    other = PollWords("Which gauge?", ("16 G", "18 G", "20 G"), kind="multiple", correct=(1, 3))
    with pytest.raises(Refused):
        polls.edit_poll("rounds", by=ada, poll=poll, words=other, ref=ref())
    polls.edit_poll("rounds", by=presenter, poll=poll, words=other, ref=ref())

    row = Poll.objects.get()
    assert (row.prompt, row.kind, row.options.filter(is_correct=True).count()) == ("Which gauge?", "multiple", 2)
    assert Event.objects.filter(verb="webinars.poll.edited").count() == 1
    polls.open_poll("rounds", by=presenter, poll=poll, ref=ref())
    with pytest.raises(Refused):
        polls.edit_poll("rounds", by=presenter, poll=poll, words=QUIZ, ref=ref())


def test_speakers_change_places(webinar: Any) -> None:
    first, second, third = (Speaker.objects.create(webinar=webinar, name=name) for name in "ABC")
    move_speaker(third, by=webinar.organiser, step=-1)
    move_speaker(first, by=webinar.organiser, step=-1)
    move_speaker(first, by=webinar.organiser, step=1)

    assert "".join(webinar.speakers.values_list("name", flat=True)) == "CAB"
    assert Event.objects.filter(verb="webinars.speaker.moved").count() == 2
    with pytest.raises(Refused):
        move_speaker(second, by=webinar.crew.get(role="presenter").member, step=-1)


def test_our_proxy_gets_the_name_of_the_file_and_nobody_else_does() -> None:
    asked = RequestFactory().get("/", headers={serving.BY_PROXY: "1", "Range": "bytes=0-9"})
    with override_settings(TRUSTED_PROXIES=1):
        answer = serving.file_response(asked, "abc/1/main/x.m4s", 100)
        assert (answer["X-Accel-Redirect"], answer["Content-Type"]) == ("/abc/1/main/x.m4s", "video/mp4")
        assert answer.content == b""  # type: ignore[attr-defined]
        plain = serving.file_response(RequestFactory().get("/"), "abc/1/main/x.m4s", 100)
        assert "X-Accel-Redirect" not in plain
    with override_settings(TRUSTED_PROXIES=0):
        answer = serving.file_response(asked, "abc/1/main/x.m4s", 100)
        assert answer.status_code == 206
        assert "X-Accel-Redirect" not in answer
