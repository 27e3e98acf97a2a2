"""What plans compute without a database: recurring times, hours of regions, calendars, parsing."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from webinars.calendars import calendar_feed, calendar_file
from webinars.forms.planning import MoveForm
from webinars.hours import part_of_day, regional_hours
from webinars.models import Webinar, WebinarState
from webinars.operations.series import moments
from webinars.plans import split_tags

BERLIN = "Europe/Berlin"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def webinar(**fields: Any) -> Webinar:
    begins = fields.pop("starts_at", at("2026-11-28T18:00"))
    return Webinar(
        slug="rounds",
        public_id="bcdfghjkmnpq",
        title="Rounds",
        summary="What we do, where.",
        starts_at=begins,
        ends_at=begins + timedelta(hours=1),
        time_zone=BERLIN,
        changed_at=at("2026-11-01T08:00"),
        **fields,
    )


def test_weekly_keeps_the_hour_of_the_host_when_clocks_go_back() -> None:
    assert moments(at("2026-10-21T16:30"), BERLIN, "weekly", 2) == [at("2026-10-28T17:30"), at("2026-11-04T17:30")]


def test_fortnightly_keeps_it_when_clocks_go_forward() -> None:
    assert moments(at("2027-03-17T17:30"), BERLIN, "fortnightly", 2) == [at("2027-03-31T16:30"), at("2027-04-14T16:30")]


def test_monthly_keeps_the_weekday_and_takes_the_last_where_there_is_no_fifth() -> None:
    fifth_monday = at("2026-11-30T09:00")

    found = moments(fifth_monday, "UTC", "monthly", 3)

    assert found == [at("2026-12-28T09:00"), at("2027-01-25T09:00"), at("2027-02-22T09:00")]
    assert {moment.weekday() for moment in found} == {0}


def test_a_time_is_read_on_the_clock_of_its_zone() -> None:
    form = MoveForm({"begins": "2027-07-01T18:30", "time_zone": "America/Mexico_City", "minutes": "60", "note": ""})

    assert form.is_valid(), form.errors
    assert form.when()["starts_at"] == at("2027-07-02T00:30")


def test_an_hour_that_does_not_exist_is_said_to_be_missing() -> None:
    form = MoveForm({"begins": "2027-03-28T02:30", "time_zone": BERLIN, "minutes": "60", "note": ""})

    assert list(form.errors) == ["begins"]


def test_regions_with_few_people_are_not_shown_and_the_middle_stands_for_the_rest() -> None:
    rows = [
        ("AFR", "Africa/Nairobi", 4), ("AFR", "Africa/Accra", 2), ("EUR", BERLIN, 4), ("WPR", "Pacific/Auckland", 5),
        ("", "UTC", 9),
    ]  # fmt: skip

    found = [(row.count, f"{row.at:%H:%M}", row.part, row.days) for row in regional_hours(rows, webinar())]

    assert found == [(6, "21:00", "evening", 0), (5, "07:00", "morning", 1)]


@pytest.mark.parametrize(
    ("hour", "part"), [(0, "night"), (5, "night"), (6, "morning"), (9, "day"), (18, "evening"), (22, "night")]
)
def test_parts_of_the_day(hour: int, part: str) -> None:
    assert part_of_day(hour) == part


def test_a_calendar_entry_keeps_its_uid_and_counts_its_changes() -> None:
    (event,) = Calendar.from_ical(calendar_file(webinar(state=WebinarState.SCHEDULED, sequence=2))).walk("VEVENT")

    assert str(event["UID"]).startswith("bcdfghjkmnpq@")
    assert (event["SEQUENCE"], str(event["STATUS"]), event["DTSTART"].dt) == (2, "CONFIRMED", at("2026-11-28T18:00"))
    assert str(event["URL"]).endswith("/webinars/rounds/")


def test_a_cancelled_webinar_is_struck_out_in_file_and_feed() -> None:
    gone = webinar(state=WebinarState.CANCELLED, sequence=3)
    alone, feed = Calendar.from_ical(calendar_file(gone)), Calendar.from_ical(calendar_feed([gone]))

    assert (str(alone["METHOD"]), str(feed["METHOD"])) == ("CANCEL", "PUBLISH")
    assert [str(calendar.walk("VEVENT")[0]["STATUS"]) for calendar in (alone, feed)] == ["CANCELLED", "CANCELLED"]


def test_a_feed_says_how_often_to_look() -> None:
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT1H" in calendar_feed([])


def test_tags_are_words_between_commas() -> None:
    assert split_tags("sepsis,  few  tests, ,sepsis") == ["sepsis", "few tests"]
