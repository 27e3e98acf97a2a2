"""From an idea to a published webinar: who may, what is missing, what moves, what others are told."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from pikepdf import Pdf

from community.core.audiences import viewer_of
from community.core.clock import now
from community.core.errors import Invalid, Missing, Refused
from community.core.models import Event
from community.members.models import Member
from community.notifications.models import Notification
from tests.factories.credentials import photo
from tests.factories.forums import learner, verified_member
from tests.factories.webinars import register, webinar_with
from webinars.models import CrewRole, Series, Webinar, WebinarState
from webinars.operations.files import add_handout, remove_cover, remove_handout, set_cover
from webinars.operations.planning import (
    cancel_webinar,
    duplicate_webinar,
    edit_webinar,
    plan_webinar,
    postpone_webinar,
    publish_webinar,
)
from webinars.operations.series import edit_series, open_series, repeat_webinar

RunJobs = Callable[[], int]
pytestmark = pytest.mark.django_db

WORDS = {
    "summary": "What we do in the first hour.",
    "objectives": "Name three measures.",
    "description": "**How** we do it.",
}


@pytest.fixture
def host() -> Member:
    return verified_member(name="Host", institution="Clinic")


@pytest.fixture
def draft(host: Member) -> Webinar:
    return plan_webinar(by=host, values=values())


@pytest.fixture
def published(host: Member, draft: Webinar) -> Webinar:
    edit_webinar(draft, by=host, values=WORDS)
    return publish_webinar(draft, by=host)


def values(**more: Any) -> dict[str, Any]:
    starts = now() + timedelta(days=10)
    when = {"starts_at": starts, "ends_at": starts + timedelta(hours=1), "time_zone": "Europe/Berlin"}
    return {"title": "Sepsis rounds", **when, **more}


def verbs() -> list[str]:
    return list(Event.objects.filter(verb__startswith="webinars.").order_by("pk").values_list("verb", flat=True))


def told(member: Member) -> list[str]:
    return list(Notification.objects.filter(member=member).order_by("pk").values_list("kind", flat=True))


def test_a_plan_is_its_crews_until_it_is_published(host: Member, draft: Webinar) -> None:
    reader = viewer_of(verified_member())
    assert not Webinar.objects.visible_to(reader).exists()
    with pytest.raises(Invalid) as lacks:
        publish_webinar(draft, by=host)
    assert len(lacks.value.errors["__all__"]) == 2

    edit_webinar(draft, by=host, values={**WORDS, "tags": ["sepsis"]})
    publish_webinar(draft, by=host)

    shown = Webinar.objects.visible_to(reader).get()
    assert (shown.state, shown.audience, shown.slug) == ("scheduled", "verified", "sepsis-rounds")
    assert shown.description_html == "<p><strong>How</strong> we do it.</p>\n"
    assert [speaker.name for speaker in shown.speakers.all()] == ["Host"]
    assert verbs() == ["webinars.webinar.planned", "webinars.webinar.edited", "webinars.webinar.published"]


def test_planning_is_for_the_verified_and_never_wider_than_oneself(host: Member, draft: Webinar) -> None:
    with pytest.raises(Refused):
        plan_webinar(by=learner(), values=values())
    with pytest.raises(Invalid):
        edit_webinar(draft, by=host, values={"for_whom": "space:4711"})
    with pytest.raises(Invalid):
        edit_webinar(draft, by=host, values={"organiser": 4})
    with pytest.raises(Missing):
        edit_webinar(draft, by=verified_member(), values={"title": "Mine"})


def test_words_that_point_to_a_patient_are_not_stored(host: Member, draft: Webinar) -> None:
    with pytest.raises(Refused) as refused:
        edit_webinar(draft, by=host, values={"summary": "Mrs Ada Example, born 3 May 1961, MRN 4482913, comes again."})

    assert {finding.field for finding in refused.value.findings} == {"summary"}
    draft.refresh_from_db()
    assert draft.summary == ""


def test_moving_tells_those_who_registered_and_counts_for_calendars(
    host: Member, published: Webinar, run_jobs: RunJobs
) -> None:
    guest, before = verified_member(), published.starts_at
    place = register(published, guest)
    place.reminded = 1
    place.save()
    sequence = Webinar.objects.get().sequence
    with pytest.raises(Invalid):
        edit_webinar(published, by=host, values=values())
    with pytest.raises(Invalid):
        postpone_webinar(published, by=host, starts_at=now() - timedelta(days=1), minutes=60)

    moved = postpone_webinar(published, by=host, starts_at=before + timedelta(days=1), minutes=45, note="Power cut.")
    run_jobs()

    place.refresh_from_db()
    assert (moved.moved_from, moved.minutes, moved.sequence, place.reminded) == (before, 45, sequence + 1, 0)
    assert (told(guest), told(host)) == (["webinars.postponed"], [])
    assert verbs()[-1] == "webinars.webinar.postponed"


def test_cancelling_tells_and_cannot_be_done_twice(host: Member, published: Webinar, run_jobs: RunJobs) -> None:
    guest = verified_member()
    register(published, guest)

    cancel_webinar(published, by=host)
    run_jobs()

    assert told(guest) == ["webinars.cancelled"]
    assert Webinar.objects.visible_to(viewer_of(guest)).get().state == WebinarState.CANCELLED
    assert verbs()[-1] == "webinars.webinar.cancelled"
    with pytest.raises(Invalid):
        cancel_webinar(published, by=host)


def test_a_copy_has_plan_and_crew_but_nobody_who_registered(host: Member, published: Webinar) -> None:
    helper = verified_member()
    published.crew.create(member=helper, role=CrewRole.MODERATOR)
    published.tags.set(["sepsis"])
    poll = published.polls.create(prompt="Lactate first?", state="closed")
    poll.options.create(number=1, text="Yes", is_correct=True)
    register(published, verified_member())

    copy = duplicate_webinar(published, by=host)

    assert (copy.state, copy.title, copy.for_whom) == ("draft", "Sepsis rounds", "verified")
    assert copy.starts_at == published.starts_at + timedelta(days=7)
    assert copy.slug != published.slug
    assert {(seat.member, seat.role) for seat in copy.crew.all()} >= {(host, "organiser"), (helper, "moderator")}
    assert list(copy.polls.values_list("prompt", "state", "options__text")) == [("Lactate first?", "draft", "Yes")]
    assert list(copy.tags.names()) == ["sepsis"]
    assert not copy.registrations.exists()
    assert [speaker.has_declared for speaker in copy.speakers.all()] == [False]


def test_a_series_repeats_a_plan(host: Member, draft: Webinar) -> None:
    series = open_series(by=host, title="Case-free rounds")
    edit_webinar(draft, by=host, values={"series": series})
    edit_series(series, by=host, title="Rounds", summary="One question a month.")

    copies = repeat_webinar(draft, by=host, rhythm="weekly", times=3)

    assert len(copies) == 3
    assert Series.objects.get().webinars.count() == 4
    with pytest.raises(Invalid):
        repeat_webinar(draft, by=host, rhythm="weekly", times=100)
    with pytest.raises(Refused):
        edit_series(series, by=verified_member(), title="Mine")
    assert {"webinars.series.opened", "webinars.series.edited"} <= set(verbs())


def test_files_lose_what_programs_wrote_into_them(host: Member, draft: Webinar) -> None:
    set_cover(draft, by=host, file=SimpleUploadedFile("IMG_2041.jpg", photo()), description="A cupboard with pumps")
    handout = add_handout(draft, by=host, file=ContentFile(pdf_by("Dr Nobody"), name="x.pdf"), title="One page")
    with pytest.raises(Invalid):
        add_handout(draft, by=host, file=ContentFile(b"not a PDF", name="x.pdf"), title="Another")

    draft.refresh_from_db()
    assert draft.cover is not None
    assert draft.cover.description == "A cupboard with pumps"
    assert handout.audience == f"crew:{draft.pk}"
    with handout.file.open("rb") as file:
        assert b"Nobody" not in file.read()
    remove_handout(draft, by=host, handout_id=handout.pk)
    remove_cover(draft, by=host)
    assert (draft.handouts.count(), Webinar.objects.get().cover) == (0, None)
    changes = ["webinars.cover.changed", "webinars.handout.added", "webinars.handout.removed", "webinars.cover.changed"]
    assert verbs()[1:] == changes


def test_organisers_screens_of_somebody_elses_webinar_are_refused() -> None:
    visible = webinar_with(state=WebinarState.SCHEDULED)

    with pytest.raises(Refused):
        cancel_webinar(visible, by=verified_member())


def pdf_by(author: str) -> bytes:
    out = io.BytesIO()
    with Pdf.new() as pdf:
        pdf.add_blank_page()
        pdf.docinfo["/Author"] = author
        pdf.save(out)
    return out.getvalue()
