"""Who attended: stretches joined over devices and processes, minutes for members, counts for organisers."""

from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from community.core.actors import SYSTEM
from community.core.audiences import viewer_of
from community.core.clock import now
from community.core.errors import Invalid
from community.live import stays as staying
from community.live.stays import Stay, Stays
from tests.factories.webinars import attendee, webinar_with
from webinars.attended import Minutes, Report, minutes_of, names_of, own_attendance, report_of
from webinars.models import AttendanceInterval, Webinar, WebinarState
from webinars.operations.attending import note_live, note_replay, note_stays
from webinars.operations.forgetting import forget_member
from webinars.operations.watching import keep_place
from webinars.plans import check_values
from webinars.stretches import length, merged, within

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SECONDS = st.integers(0, 60)
STRETCHES = st.lists(st.tuples(SECONDS, SECONDS), max_size=12)


@given(STRETCHES)
def test_the_union_covers_each_second_once_and_nothing_else(stretches: list[tuple[int, int]]) -> None:
    """Against a set of seconds, which is slow and plainly right."""
    covered = {second for start, end in stretches for second in range(start, end)}
    found = merged(stretches)

    assert {second for start, end in found for second in range(int(start), int(end))} == covered
    assert length(stretches) == len(covered)
    assert all(before[1] < after[0] for before, after in pairwise(found))
    assert merged(found) == found
    assert length(within(found, 20, 40)) == len([second for second in covered if 20 <= second < 40])


def test_stretches_a_short_gap_apart_are_one() -> None:
    assert merged([(0, 10), (14, 20), (26, 30)], gap=5) == [(0, 20), (26, 30)]


class Clock:
    """Time that stands until it is moved."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, moment: float = 1_000.0) -> None:
        self.moment = moment
        monkeypatch.setattr("time.time", lambda: self.moment)


def test_stays_are_told_once_a_minute_over_all_sockets(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, stays = Clock(monkeypatch), Stays()
    assert staying.time.time() == 1_000
    stays.came("room:a", 7)
    clock.moment = 1_010
    stays.came("room:a", 7)  # another tab of the same member
    stays.came("room:a", 8)
    clock.moment = 1_030
    stays.left("room:a", 8)
    clock.moment = 1_060
    assert stays.take() == {"room:a": [Stay(8, 1_010, 1_030), Stay(7, 1_000, 1_060)]}
    clock.moment = 1_090
    stays.left("room:a", 7)
    told = stays.take()
    assert told == {"room:a": [Stay(7, 1_060, 1_090)]}
    stays.give_back("room:a", told["room:a"])  # the database was away
    assert stays.take() == told
    assert stays.take() == {}


def live_webinar(minutes: int = 60, **fields: Any) -> tuple[Webinar, float]:
    """A webinar that began so long ago, and that moment in seconds since 1970."""
    began = now() - timedelta(minutes=minutes)
    return webinar_with(state=WebinarState.LIVE, started_at=began, **fields), began.timestamp()


@pytest.mark.django_db
def test_minutes_of_two_devices_and_a_torn_line_are_counted_once(django_assert_max_num_queries: Any) -> None:
    webinar, began = live_webinar()
    member, other = attendee(webinar), attendee(webinar)

    note_live(webinar, [Stay(member.pk, began - 300, began + 60)], by=SYSTEM)  # the lobby does not count
    with django_assert_max_num_queries(8):
        first = [Stay(member.pk, began + 62, began + 120), Stay(member.pk, began + 90, began + 130)]
        note_stays(f"room:{webinar.slug}", [*first, Stay(other.pk, began + 600, began + 660)])
    note_live(webinar, [Stay(member.pk, began + 600, began + 1_200)], by=SYSTEM)

    rows = AttendanceInterval.objects.filter(member=member).order_by("media_from")
    assert [(round(row.media_from), round(row.media_to)) for row in rows] == [(0, 130), (600, 1_200)]
    assert minutes_of(webinar, member) == Minutes(12, 0)
    assert own_attendance(other) == [{"webinar": webinar.slug, "live": 1, "replay": 0}]

    forget_member(member, by=SYSTEM)
    assert not AttendanceInterval.objects.filter(member=member).exists()


@pytest.mark.django_db
def test_a_page_without_sockets_counts_between_its_visits(monkeypatch: pytest.MonkeyPatch, client: Client) -> None:
    webinar, began = live_webinar()
    member = attendee(webinar)
    client.force_login(member, backend=BACKEND)
    for second in (1_000, 1_045, 1_090, 1_400):  # the last after it was closed for a while
        monkeypatch.setattr("time.time", lambda second=second: began + second)
        assert client.get(f"/webinars/{webinar.slug}/room/events/").status_code == 200

    [row] = AttendanceInterval.objects.filter(member=member)
    assert (round(row.media_from), round(row.media_to)) == (1_000, 1_090)


@pytest.mark.django_db
def test_a_recording_counts_what_time_allows(monkeypatch: pytest.MonkeyPatch) -> None:
    webinar = webinar_with(state=WebinarState.ENDED, started_at=now() - timedelta(hours=2), ended_at=now())
    member, began = attendee(webinar), now()

    def at(second: int, place: float) -> None:
        moment: datetime = began + timedelta(seconds=second)
        for module in ("webinars.operations.attending", "webinars.operations.watching"):
            monkeypatch.setattr(f"{module}.now", lambda: moment)
        keep_place(webinar, by=member, seconds=place, duration=3_600)

    at(0, 0)
    at(10, 10)
    at(20, 30)  # twice as fast
    at(30, 3_000)  # a leap is not watched
    at(40, 3_010)
    at(400, 3_020)  # the page slept

    rows = AttendanceInterval.objects.filter(member=member).order_by("media_from")
    assert [(row.source, row.media_from, row.media_to) for row in rows] == [("replay", 0, 30), ("replay", 3_000, 3_010)]
    note_replay(webinar, by=member, before=None, seconds=9)
    assert minutes_of(webinar, member) == Minutes(0, 1)


@pytest.mark.django_db
def test_organisers_see_counts_and_names_only_where_it_was_said(client: Client) -> None:
    webinar, began = live_webinar(60)
    ended = {"state": WebinarState.ENDED, "ended_at": now()}
    Webinar.objects.filter(pk=webinar.pk).update(**ended)
    webinar.refresh_from_db()
    members = [attendee(webinar) for _number in range(5)]
    stays = [Stay(member.pk, began, began + (3_600 if at < 4 else 600)) for at, member in enumerate(members)]
    note_live(webinar, stays, by=SYSTEM)

    assert report_of(webinar) == Report(live=5, mostly=None, replay=0, median=60)
    client.force_login(webinar.organiser, backend=BACKEND)
    address = f"/webinars/{webinar.slug}/attendance.csv"
    assert client.get(address).status_code == 404
    assert "&lt; 5" in client.get(f"/webinars/{webinar.slug}/people/").content.decode()

    with pytest.raises(Invalid):
        check_values({"names_attendance": True}, viewer_of(webinar.organiser), webinar)
    Webinar.objects.filter(pk=webinar.pk).update(names_attendance=True)
    webinar.refresh_from_db()
    told = {member.pk: minutes.live for member, minutes in names_of(webinar)}
    assert told == {member.pk: 60 if at < 4 else 10 for at, member in enumerate(members)}
    assert client.get(address).content.decode().count("\r\n") == 6
