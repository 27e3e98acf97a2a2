"""`manage.py demo`: a whole community, once, with doors that open and desks that are full."""

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import Max
from django.test import Client, override_settings
from django.urls import reverse

from community.core.clock import now
from community.core.models import Event
from community.credentials.models import Application, Evidence
from community.credentials.queries import standing
from community.knowledge.models import BulletinPage, Handout, MythPage, Rumour, Translation
from community.members.models import Member
from community.moderation.models import Review
from demo import accounts, bulk, community, webinars
from demo.people import PERSONAS
from forums.models import Post, Space, Thread
from webinars.models import Registration, Webinar


@pytest.fixture(scope="module", autouse=True)
def _community(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """One community for all tests of this module: writing it takes seconds."""
    with django_db_blocker.unblock(), override_settings(COLLEGIUM_DEMO=True), undone():
        community.seed()
        yield


@pytest.fixture(autouse=True)
def _unharmed(_community: None) -> Iterator[None]:
    with undone():
        yield


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_community_is_whole() -> None:
    assert Space.objects.count() == 12
    assert Thread.objects.filter(state="published").count() >= 150
    assert Post.objects.filter(state="published").count() >= 640
    assert set(Application.objects.values_list("state", flat=True)) >= {
        "draft", "submitted", "in_review", "more_info", "verified", "due", "expired", "suspended", "rejected",
    }  # fmt: skip
    assert Review.objects.waiting().filter(kind="hold").count() == 4
    assert Review.objects.waiting().filter(kind="report").count() == 3
    assert (
        Evidence.objects.with_file().count()
        == Application.objects.exclude(submitted_at=None)
        .filter(state__in=["submitted", "in_review", "more_info"])
        .count()
    )


def test_myth_checks_and_bulletins_are_there() -> None:
    assert MythPage.objects.live().count() == 12
    assert set(MythPage.objects.live().values_list("verdict", flat=True)) >= {"false", "outdated", "unproven"}
    assert list(BulletinPage.objects.filter(live=True, is_drill=True).values_list("audience", flat=True)) == ["roster"]
    assert BulletinPage.objects.live().count() == 4
    assert Rumour.objects.exclude(state="answered").count() == 4


def test_a_write_up_shows_its_figure_and_gives_its_hand_out(client: Client) -> None:
    page = client.get("/practices/triage-by-nurses-at-the-gate/").content.decode()
    handout = Handout.objects.get()

    assert "A plan of the corner at the gate" in page and handout.url in page
    assert client.get(handout.url).status_code == 200


def test_counters_agree_with_posts() -> None:
    for thread in Thread.objects.exclude(state="held"):
        published = thread.posts.filter(state="published")
        newest = published.latest("number")
        assert (thread.post_count, thread.last_post_number) == (published.count(), newest.number)
        assert (thread.last_posted_at, thread.last_poster_id) == (newest.published_at, newest.author_id)
    for space in Space.objects.all():
        assert space.thread_count == space.threads.filter(state="published").count()


def test_seeding_again_changes_nothing() -> None:
    before = [model.objects.count() for model in (Member, Post, Event, Review, Application)]

    assert community.seed() is False
    assert [model.objects.count() for model in (Member, Post, Event, Review, Application)] == before


def test_write_ups_are_translated_and_one_translation_is_old() -> None:
    rows = Translation.objects.annotate(newest=Max("page__versions__number")).order_by("language")

    assert [(row.language, row.shown_version, row.newest) for row in rows] == [("ar", 1, 1), ("es", 1, 2), ("fr", 1, 1)]


def test_not_everything_was_said_just_now() -> None:
    last = list(Thread.objects.filter(state="published").values_list("last_posted_at", flat=True)[:6])

    assert last[0] < now() - timedelta(minutes=15)
    assert len({moment.replace(minute=0, second=0, microsecond=0) for moment in last}) > 3


@pytest.mark.parametrize("handle", sorted(PERSONAS))
def test_persona_signs_in_with_a_form(client: Client, handle: str) -> None:
    words = {"login": f"{handle}@demo.example", "password": accounts.password()}

    answer = client.post(reverse("account_login"), words)

    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(Member.objects.get(handle=handle).pk)
    assert client.get(reverse("space-list")).status_code == 200


@pytest.mark.parametrize(
    ("handle", "may_post", "reason"),
    [
        ("member", True, ""),
        ("nurse", True, ""),
        ("presenter", True, ""),
        ("moderator", True, ""),
        ("applicant", False, "not_verified"),
        ("learner", False, "learner"),
        ("expired", False, "expired"),
        ("suspended", False, "suspended"),
    ],
)
def test_persona_may_what_the_persona_is_for(handle: str, may_post: bool, reason: str) -> None:
    now_held = standing(Member.objects.get(handle=handle))

    assert (now_held.may_post, now_held.reason) == (may_post, reason)


def test_past_events_lie_in_order() -> None:
    moments = list(Event.objects.filter(verb="forums.post.published").order_by("id").values_list("at", flat=True))

    assert moments == sorted(moments)
    assert (moments[-1] - moments[0]).days > 500


def test_accounts_are_printed() -> None:
    out = io.StringIO()

    call_command("demo", "--accounts", stdout=out)

    assert [handle for handle in PERSONAS if f"{handle}@demo.example" not in out.getvalue()] == []
    assert accounts.KNOWN_PASSWORD in out.getvalue()


def test_password_is_a_secret_where_this_is_no_demo() -> None:
    with override_settings(COLLEGIUM_DEMO=False):
        assert accounts.password() != accounts.KNOWN_PASSWORD
        assert len(accounts.password()) >= 32


def test_numbers_fill_up_and_no_further() -> None:
    sizes = bulk.Sizes(members=120, threads=200, posts=1_500, attendees=5)

    made = [step.count for step in bulk.fill(sizes)]
    again = [step.count for step in bulk.fill(sizes)]

    assert min(made) > 0
    assert again == [0, 0, 0]
    assert Thread.objects.count() == 200
    assert Post.objects.count() == 1_500
    test_counters_agree_with_posts()
    connection.check_constraints()


def test_sessions_sign_attendees_in(client: Client) -> None:
    out = io.StringIO()

    call_command("demo_sessions", "--count", "2", "--webinar", "case-free-sepsis-rounds", stdout=out)

    first, _second = [json.loads(line) for line in out.getvalue().splitlines()]
    client.cookies["sessionid"] = first["sessionid"]
    assert client.get(reverse("space-list")).wsgi_request.user.email == first["email"]
    attending = Registration.objects.filter(webinar__slug="case-free-sepsis-rounds", state="registered")
    assert attending.filter(member__email=first["email"]).exists()


def test_sessions_for_a_webinar_that_is_not_there_are_refused() -> None:
    with pytest.raises(CommandError):
        call_command("demo_sessions", "--count", "1", "--webinar", "nothing")


def test_webinars_are_there_and_stay_in_the_present() -> None:
    states = dict(Webinar.objects.values_list("slug", "state"))
    assert states["case-free-sepsis-rounds"] == "live"
    assert set(states.values()) == {"live", "scheduled", "ended", "draft"}
    Webinar.objects.filter(state="live").update(starts_at=now() - timedelta(days=3), ends_at=now() - timedelta(days=2))

    webinars.move_to_present()

    assert Webinar.objects.get(state="live").ends_at > now()


def test_sessions_are_refused_where_this_is_no_demo() -> None:
    with override_settings(COLLEGIUM_DEMO=False), pytest.raises(CommandError):
        call_command("demo_sessions", "--count", "1")
