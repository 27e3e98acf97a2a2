"""Places: one click, approval, the waiting list, losing one's place, reminders and the calendar feed."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from community.core.actors import SYSTEM
from community.core.audiences import viewer_of
from community.core.clock import now
from community.core.errors import Missing, Refused
from community.core.models import Event
from community.live.models import Recheck
from community.members.models import Member
from community.notifications.models import Notification
from tests.factories.forums import verified_member
from tests.factories.webinars import register as give_place
from tests.factories.webinars import webinar_with
from webinars.models import RegistrationState, Webinar, WebinarState
from webinars.operations.calendars import renew_feed
from webinars.operations.registering import (
    approve_registration,
    cancel_registration,
    decline_registration,
    register,
    remove_registration,
    set_reminders,
)
from webinars.operations.reminding import due_reminders, remind
from webinars.queries import own_webinars
from webinars.tasks import remind_registered

RunJobs = Callable[[], int]
pytestmark = pytest.mark.django_db
State = RegistrationState


@pytest.fixture
def host() -> Member:
    return verified_member()


def upcoming(host: Member, *, hours: float = 72, **fields: object) -> Webinar:
    starts = now() + timedelta(hours=hours)
    return webinar_with(
        organiser=host, state=WebinarState.SCHEDULED, starts_at=starts, ends_at=starts + timedelta(hours=1), **fields
    )


def told(member: Member) -> list[str]:
    return list(Notification.objects.filter(member=member).order_by("pk").values_list("kind", flat=True))


def verbs() -> list[str]:
    found = Event.objects.filter(verb__startswith="webinars.registration").order_by("pk")
    return [verb.removeprefix("webinars.registration.") for verb in found.values_list("verb", flat=True)]


def test_one_click_and_a_second_changes_nothing(host: Member) -> None:
    webinar, guest = upcoming(host), verified_member()

    assert register(webinar, by=guest).state == State.REGISTERED
    assert register(webinar, by=guest).pk == webinar.registrations.get().pk
    cancel_registration(webinar, by=guest)
    assert register(webinar, by=guest).state == State.REGISTERED
    assert verbs() == ["made", "cancelled", "made"]


def test_who_may_not_see_it_cannot_register(host: Member) -> None:
    webinar = upcoming(host, for_whom="space:5", audience="space:5")

    with pytest.raises(Missing):
        register(webinar, by=verified_member())


def test_a_free_place_goes_to_whoever_waits_longest(host: Member, run_jobs: RunJobs) -> None:
    webinar = upcoming(host, capacity=1)
    first, second, third = (verified_member() for _ in range(3))
    assert [register(webinar, by=each).state for each in (first, second, third)] == ["registered", "waiting", "waiting"]

    cancel_registration(webinar, by=first)
    run_jobs()

    states = dict(webinar.registrations.values_list("member_id", "state"))
    assert states == {first.pk: "cancelled", second.pk: "registered", third.pk: "waiting"}
    assert (told(second), told(third)) == (["webinars.place"], [])
    assert verbs()[-2:] == ["moved_up", "cancelled"]
    assert Event.objects.filter(verb="webinars.registration.moved_up", actor_id=first.pk).count() == 1


def test_organisers_approve_or_decline(host: Member, run_jobs: RunJobs) -> None:
    webinar = upcoming(host, needs_approval=True)
    welcome, other = verified_member(), verified_member()
    asked = [register(webinar, by=each) for each in (welcome, other)]
    run_jobs()
    with pytest.raises(Refused):
        approve_registration(asked[0], by=welcome)

    approve_registration(asked[0], by=host)
    decline_registration(asked[1], by=host)
    run_jobs()

    assert (told(host), told(welcome), told(other)) == (["webinars.asked"], ["webinars.place"], ["webinars.no_place"])
    with pytest.raises(Refused):
        register(webinar, by=other)


def test_a_removed_place_ends_the_open_socket(host: Member) -> None:
    webinar, guest = upcoming(host), verified_member()
    place = register(webinar, by=guest)

    remove_registration(place, by=host)

    assert Recheck.objects.filter(member_id=guest.pk).exists()
    assert webinar.registrations.get().state == State.REMOVED
    assert verbs() == ["made", "removed"]


def test_each_reminder_comes_once_to_those_who_want_it(host: Member, run_jobs: RunJobs) -> None:
    webinar = upcoming(host, hours=0.9)
    wants, not_now, late = (verified_member() for _ in range(3))
    for member in (wants, not_now, late):
        give_place(webinar, member)
    webinar.registrations.exclude(member=late).update(registered_at=now() - timedelta(days=3))
    set_reminders(webinar, by=not_now, day=True, hour=False, ten=True)

    remind_registered()
    remind_registered()
    run_jobs()

    assert [told(member) for member in (wants, not_now, late)] == [["webinars.reminder_hour"], [], []]
    assert [message.to for message in mail.outbox] == [[wants.email]]
    assert webinar.title not in mail.outbox[0].body
    assert webinar.title not in mail.outbox[0].subject
    ((_same, ten),) = due_reminders(webinar.starts_at - timedelta(minutes=9))
    assert remind(webinar, ten, by=SYSTEM) == 3
    assert told(wants) == ["webinars.reminder_hour", "webinars.reminder_ten"]
    assert (told(not_now), told(late)) == (["webinars.reminder_ten"], ["webinars.reminder_ten"])
    assert Event.objects.filter(verb="webinars.webinar.reminded").count() == 2


def test_a_feed_follows_its_owner_and_only_at_its_newest_address(host: Member, client: Client) -> None:
    webinar, guest = upcoming(host), verified_member()
    register(webinar, by=guest)
    upcoming(host, title="Another")
    old = reverse("webinar-feed", args=[renew_feed(by=guest).key])
    page = client.get(old)
    assert page["Content-Type"].startswith("text/calendar")
    assert (webinar.title in page.content.decode(), b"Another" in page.content) == (True, False)

    new = reverse("webinar-feed", args=[renew_feed(by=guest).key])

    assert (client.get(old).status_code, client.get(new).status_code) == (404, 200)
    assert Event.objects.filter(verb="webinars.feed.renewed").count() == 2


def test_ones_own_webinars_begin_with_the_next_and_what_was_follows(host: Member) -> None:
    member = verified_member()
    days = {"later": 9, "next": 2, "last": -3, "long ago": -30}
    for title, ahead in days.items():
        give_place(upcoming(host, hours=24 * ahead, title=title), member)
    Webinar.objects.filter(ends_at__lt=now()).update(state=WebinarState.ENDED)

    assert [webinar.title for webinar in own_webinars(viewer_of(member))] == ["next", "later", "last", "long ago"]
