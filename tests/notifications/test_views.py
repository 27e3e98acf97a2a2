"""The screens of notifications, all without JavaScript."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from community.members.models import Member
from community.notifications.models import Notification, Preference
from community.notifications.operations import notify
from community.notifications.queries import unread_count
from tests.factories.members import MemberFactory
from tests.notifications.conftest import DAILY, KIND, Shelf

# What the frame of any page costs a member: session, member, groups, second factor, tokens, bar, foot, banners,
# and, once in ten seconds, whether a webinar is live, who is on duty, and what bulletins are severe.
FRAME = 12


@pytest.fixture
def client(member: Member) -> Client:
    client = Client()
    client.force_login(member)
    return client


def told(member: Member, target: Member, event_id: int = 1) -> Notification:
    row = notify(member, KIND, target=target, event_id=event_id)
    assert row is not None
    return row


def test_the_list_is_empty_at_first(client: Client) -> None:
    assert "Nothing new" in client.get(reverse("notification-list")).content.decode()


def test_opening_leads_to_the_target_and_marks_as_read(
    client: Client, member: Member, target: Member, shelf: Shelf
) -> None:
    row = told(member, target)
    answer = client.get(reverse("notification-open", args=[row.public_id]))

    assert answer.url == f"/there/{target.pk}/"  # type: ignore[attr-defined]
    assert unread_count(member) == 0


def test_the_title_of_what_is_hidden_now_never_shows(
    client: Client, member: Member, target: Member, shelf: Shelf
) -> None:
    row = told(member, target)
    assert f"Title {target.pk}" in client.get(reverse("notification-list")).content.decode()
    shelf.hidden.add(str(target.pk))
    page = client.get(reverse("notification-list")).content.decode()

    assert f"Title {target.pk}" not in page
    assert "No longer available to you" in page
    assert client.get(reverse("notification-open", args=[row.public_id])).url == reverse(  # type: ignore[attr-defined]
        "notification-list"
    )


def test_a_target_that_nobody_resolves_shows_nothing(client: Client, member: Member, target: Member) -> None:
    told(member, target)

    assert "The Target" not in client.get(reverse("notification-list")).content.decode()


@pytest.mark.parametrize(("name", "method"), [("notification-open", "get"), ("notification-read", "post")])
def test_somebody_elses_notification_is_missing(
    name: str, method: str, client: Client, target: Member, shelf: Shelf
) -> None:
    other = told(MemberFactory(), target)
    theirs = getattr(client, method)(reverse(name, args=[other.public_id]))
    nobodys = getattr(client, method)(reverse(name, args=["nothing"]))

    assert (theirs.status_code, nobodys.status_code) == (404, 404)
    assert Notification.objects.get().read_at is None


def test_marking_one_and_all_as_read(client: Client, member: Member, shelf: Shelf) -> None:
    rows = [told(member, MemberFactory(), number) for number in range(3)]
    client.post(reverse("notification-read", args=[rows[0].public_id]))
    assert unread_count(member) == 2
    client.post(reverse("notification-read-all"))

    assert unread_count(member) == 0


def test_choosing_how_to_be_told(client: Client, member: Member) -> None:
    page = client.get(reverse("notification-settings"))
    form = page.context["form"]
    data = {name: form[name].initial for name in form.fields if form[name].initial}
    data |= {f"{KIND}:email": "never", f"{DAILY}:email": "now"}
    data.pop(f"{KIND}:in_app")
    client.post(reverse("notification-settings"), data)

    chosen = dict(Preference.objects.filter(kind__in=[KIND, DAILY]).values_list("kind", "email"))
    assert chosen == {KIND: "never", DAILY: "now"}
    assert not Preference.objects.get(kind=KIND).in_app
    assert not Preference.objects.filter(kind="moderation.decided").exists()


def test_a_bad_choice_stores_nothing(client: Client) -> None:
    assert client.post(reverse("notification-settings"), {f"{KIND}:email": "hourly"}).status_code == 200
    assert not Preference.objects.exists()


@pytest.mark.parametrize("items", [1, 3])
def test_the_list_costs_the_same_at_any_length(
    items: int, client: Client, member: Member, shelf: Shelf, django_assert_max_num_queries: Any
) -> None:
    for number in range(items):
        told(member, MemberFactory(), number)

    with django_assert_max_num_queries(FRAME + 2):
        page = client.get(reverse("notification-list")).content.decode()
    assert page.count("Mark as read") == items


def test_pages_follow_each_other_without_gap_or_repeat(client: Client, member: Member, shelf: Shelf) -> None:
    targets = MemberFactory.create_batch(35)
    for number, target in enumerate(targets):
        told(member, target, number)
    first = client.get(reverse("notification-list"))
    second = client.get(first.context["page"].next_url)

    shown = [line.about for page in (first, second) for line in page.context["page"].lines]
    assert shown == [f"Title {target.pk}" for target in reversed(targets)]
    assert second.context["page"].next_url == ""
    assert client.get(reverse("notification-list") + "?after=nonsense~1").status_code == 200
