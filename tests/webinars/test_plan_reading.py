"""Plans that a person should read, and webinars that are reported: moderators decide, organisers are told."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from community.core.audiences import viewer_of
from community.core.clock import now
from community.core.models import Event
from community.members.models import Member
from community.moderation import operations as moderation
from community.moderation.models import Reason, Review
from community.notifications.models import Notification
from tests.factories.forums import verified_member
from tests.factories.members import MemberFactory
from tests.factories.webinars import attendee, webinar_with
from webinars.crews import set_role
from webinars.joining import still_in
from webinars.models import CrewRole, Webinar, WebinarState
from webinars.operations.planning import edit_webinar, plan_webinar, publish_webinar
from webinars.operations.reading import report_webinar

pytestmark = pytest.mark.django_db

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
STORY = "I saw a 43-year-old woman last week who lost her baby."


@pytest.fixture
def host() -> Member:
    return verified_member(name="Host")


@pytest.fixture
def moderator() -> Member:
    return MemberFactory(in_groups=["Moderators"])


@pytest.fixture
def plan(host: Member) -> Webinar:
    starts = now() + timedelta(days=3)
    times = {"starts_at": starts, "ends_at": starts + timedelta(hours=1), "time_zone": "UTC"}
    words = {"title": "Rounds", "summary": "One hour.", "objectives": "Name three measures.", "description": STORY}
    return plan_webinar(by=host, values={**times, **words})


def decide(outcome: str, by: Member) -> None:
    review = Review.objects.waiting().get(target_type="webinars.webinar")
    moderation.claim(review, by=by)
    review.refresh_from_db()
    moderation.decide(review, by=by, outcome=outcome, reason=Reason.IDENTIFIERS)


def told(member: Member) -> set[str]:
    return set(Notification.objects.filter(member=member).values_list("kind", flat=True))


def test_a_held_plan_is_published_when_a_moderator_lets_it_through(
    host: Member, moderator: Member, plan: Webinar, run_jobs: Callable[[], int]
) -> None:
    second = verified_member(name="Second host")
    set_role(plan, second, CrewRole.ORGANISER)
    held = publish_webinar(plan, by=host)
    assert held.held_at is not None
    assert held.is_draft
    assert publish_webinar(held, by=host).is_draft
    assert Review.objects.waiting().filter(target_type="webinars.webinar").count() == 1

    decide("release", moderator)

    plan.refresh_from_db()
    assert (plan.state, plan.audience, plan.held_at) == (WebinarState.SCHEDULED, plan.for_whom, None)
    assert Event.objects.filter(verb="webinars.plan.released", actor_id=moderator.pk).count() == 1
    run_jobs()
    assert "moderation.decided" in told(host)
    assert "webinars.plan_decided" in told(second)


def test_a_refused_plan_stays_a_draft_and_changed_words_are_read_again(
    host: Member, moderator: Member, plan: Webinar
) -> None:
    publish_webinar(plan, by=host)
    decide("refuse", moderator)
    plan.refresh_from_db()
    assert (plan.state, plan.held_at) == (WebinarState.DRAFT, None)

    publish_webinar(plan, by=host)
    edit_webinar(plan, by=host, values={"description": "What we do in the first hour."})
    assert not Review.objects.waiting().exists()
    assert publish_webinar(plan, by=host).is_upcoming
    verbs = Event.objects.filter(verb__startswith="webinars.plan.").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["webinars.plan.held", "webinars.plan.refused", "webinars.plan.held"]


def test_a_reported_webinar_is_hidden_from_all_but_its_crew_and_shown_again(
    client: Client, moderator: Member, host: Member
) -> None:
    webinar = webinar_with(slug="rounds", organiser=host)
    ada = attendee(webinar)
    client.force_login(ada, backend=BACKEND)
    address = "/webinars/rounds/report/"
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "conduct"}).status_code == 302
    report_webinar(webinar, by=verified_member(), reason="conduct")
    log(webinar, "wagtail.edit", user=host)

    decide("hide", moderator)

    seen: Any = Webinar.objects.visible_to(viewer_of(ada)).filter(slug="rounds")
    assert not seen.exists()
    assert still_in("rounds", {ada.pk, host.pk}) == {host.pk}
    assert Webinar.objects.visible_to(viewer_of(host)).filter(slug="rounds").exists()
    assert ModelLogEntry.objects.get().label == f"#{webinar.pk}"
    other = MemberFactory(in_groups=["Moderators"])
    review = Review.objects.get(target_type="webinars.webinar")
    moderation.reverse(review, by=other, reason=Reason.CONDUCT)
    assert seen.exists() and ModelLogEntry.objects.get().label == webinar.title
    verbs = Event.objects.filter(verb__in=["webinars.webinar.hidden", "webinars.webinar.restored"])
    assert verbs.count() == 2
