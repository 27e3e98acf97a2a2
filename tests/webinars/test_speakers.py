"""Crew and speakers: parts, a guest by mail without an account, and conflicts of interest."""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client

from community.core.errors import Invalid, Refused
from community.core.models import Event
from community.members.models import Member
from community.notifications.models import Notification
from tests.factories.forums import verified_member
from tests.factories.webinars import webinar_with
from webinars.crews import roles_of
from webinars.models import CrewRole, Speaker, Webinar, WebinarState
from webinars.operations.speakers import (
    add_speaker,
    add_to_crew,
    declare_conflicts,
    invite_again,
    invite_guest,
    remove_from_crew,
    remove_speaker,
)

RunJobs = Callable[[], int]
pytestmark = pytest.mark.django_db


@pytest.fixture
def host() -> Member:
    return verified_member(name="Host")


@pytest.fixture
def webinar(host: Member) -> Webinar:
    return webinar_with(organiser=host, state=WebinarState.SCHEDULED)


def told(member: Member) -> list[str]:
    return list(Notification.objects.filter(member=member).values_list("kind", flat=True))


def verbs() -> list[str]:
    found = Event.objects.filter(verb__startswith="webinars.").order_by("pk")
    return list(found.values_list("verb", flat=True))


def link() -> str:
    found = re.search(r"https?://[^/]+(/webinars/invitations/\S+)", str(mail.outbox[-1].body))
    assert found
    return found[1]


def test_parts_are_given_told_and_taken_away(host: Member, webinar: Webinar, run_jobs: RunJobs) -> None:
    helper = verified_member()
    add_to_crew(webinar, by=host, member=helper, role=CrewRole.MODERATOR)
    run_jobs()
    assert (roles_of(helper, webinar), told(helper)) == ({"moderator"}, ["webinars.crew"])
    with pytest.raises(Refused):
        add_to_crew(webinar, by=helper, member=helper, role=CrewRole.ORGANISER)

    remove_from_crew(webinar, by=host, member=helper, role=CrewRole.MODERATOR)

    assert roles_of(helper, webinar) == frozenset()
    with pytest.raises(Invalid):
        remove_from_crew(webinar, by=host, member=host, role=CrewRole.ORGANISER)
    assert verbs() == ["webinars.crew.joined", "webinars.crew.left"]


def test_a_member_who_speaks_declares_for_themselves(host: Member, webinar: Webinar, run_jobs: RunJobs) -> None:
    colleague = verified_member(name="Colleague")
    speaker = add_speaker(webinar, by=host, member=colleague)
    run_jobs()
    assert (told(colleague), roles_of(colleague, webinar)) == (["webinars.crew"], {"presenter"})
    with pytest.raises(Refused):
        declare_conflicts(speaker, by=host, none=True)
    with pytest.raises(Invalid):
        declare_conflicts(speaker, by=colleague, none=False, statement=" ")

    declare_conflicts(speaker, by=colleague, none=False, statement="Fees from a maker of pumps.")

    speaker.refresh_from_db()
    assert (speaker.has_declared, speaker.coi_statement) == (True, "Fees from a maker of pumps.")
    remove_speaker(speaker, by=host)
    assert roles_of(colleague, webinar) == frozenset()
    assert verbs() == ["webinars.speaker.added", "webinars.speaker.declared", "webinars.speaker.removed"]


def test_a_guest_accepts_and_declares_without_an_account(
    host: Member, webinar: Webinar, client: Client, run_jobs: RunJobs
) -> None:
    guest = invite_guest(webinar, by=host, name="Dr Guest", email="guest@clinic.example", title="Nurse")
    run_jobs()
    first = link()
    invite_again(guest, by=host)
    run_jobs()
    second = link()
    guest.refresh_from_db()

    assert first.rstrip("/").rpartition("/")[2] != guest.invitation
    assert (client.get(first).status_code, client.get(second).status_code) == (404, 200)
    assert client.post(second, {"statement": ""}).status_code == 400
    assert client.post(second, {"none": "on"}).status_code == 302
    guest.refresh_from_db()
    assert (guest.coi_none, bool(guest.accepted_at)) == (True, True)
    assert verbs() == [
        "webinars.speaker.added",
        "webinars.speaker.invited",
        "webinars.speaker.invited",
        "webinars.speaker.declared",
    ]


def test_a_guest_takes_the_part_with_an_account_or_declines(
    host: Member, webinar: Webinar, client: Client, run_jobs: RunJobs
) -> None:
    invite_guest(webinar, by=host, name="Dr Guest", email="guest@clinic.example")
    run_jobs()
    member = verified_member()
    client.force_login(member)
    client.post(link(), {"act": "claim"})
    assert (Speaker.objects.get().member, roles_of(member, webinar)) == (member, {"presenter"})

    invite_guest(webinar, by=host, name="Dr Other", email="other@clinic.example")
    run_jobs()
    Client().post(link(), {"act": "decline"})

    assert not Speaker.objects.filter(name="Dr Other").exists()
    assert verbs()[-1] == "webinars.speaker.declined"
