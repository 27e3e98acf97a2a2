"""E-mail says that something happened; it carries no words, and one click ends it."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.core import mail
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext

from community.members.models import Member
from community.notifications import tasks
from community.notifications.links import unsubscribe_link
from community.notifications.models import Digest, Notification, Preference
from community.notifications.operations import mark_read, notify, set_preferences
from tests.factories.members import MemberFactory
from tests.notifications.conftest import DAILY, KIND, Shelf

Run = Callable[[], int]


def path_of(link: str) -> str:
    return link.removeprefix("http://testserver")


def at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    """Move the clock of the digest."""
    monkeypatch.setattr(tasks, "now", lambda: moment)


def test_a_mail_carries_a_link_and_no_title(member: Member, target: Member, shelf: Shelf, run_jobs: Run) -> None:
    row = notify(member, KIND, target=target, event_id=1)
    run_jobs()

    (message,) = mail.outbox
    html = message.alternatives[0][0]  # type: ignore[attr-defined]
    assert row is not None
    for body in (message.body, html):
        assert f"http://testserver/notifications/{row.public_id}/open/" in body
        assert "Title" not in body
        assert "The Target" not in body
    assert message.subject == "Somebody answered your post"
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_mail_speaks_the_language_of_whoever_gets_it(
    member: Member, target: Member, shelf: Shelf, run_jobs: Run
) -> None:
    member.interface_language = "ar"
    member.save()
    notify(member, KIND, target=target, event_id=1)
    run_jobs()

    (message,) = mail.outbox
    html = message.alternatives[0][0]  # type: ignore[attr-defined]
    with translation.override("ar"):
        assert message.subject == gettext("Somebody answered your post") != "Somebody answered your post"
        assert gettext("Open it on Collegium") in html and '<html lang="ar" dir="rtl">' in html
    assert translation.get_language() == "en"


def test_an_unread_row_mails_once(member: Member, target: Member, shelf: Shelf, run_jobs: Run) -> None:
    for event_id in (1, 2, 3):
        notify(member, KIND, target=target, event_id=event_id)
        run_jobs()

    assert len(mail.outbox) == 1


def test_what_was_read_or_hidden_meanwhile_is_not_mailed(
    member: Member, target: Member, shelf: Shelf, run_jobs: Run
) -> None:
    row = notify(member, KIND, target=target, event_id=1)
    assert row is not None
    mark_read(row, by=member)
    shelf.hidden.add(str(target.pk))
    notify(member, KIND, target=target, event_id=2)
    run_jobs()

    assert mail.outbox == []


def test_who_left_meanwhile_is_not_mailed(member: Member, target: Member, shelf: Shelf, run_jobs: Run) -> None:
    notify(member, KIND, target=target, event_id=1)
    Member.objects.filter(pk=member.pk).update(is_active=False)
    run_jobs()

    assert mail.outbox == []


def test_mail_on_ones_own_standing_has_no_unsubscribe(
    member: Member, target: Member, shelf: Shelf, run_jobs: Run
) -> None:
    notify(member, "moderation.decided", target=target)
    run_jobs()

    assert "List-Unsubscribe" not in mail.outbox[0].extra_headers


def test_one_click_ends_the_mails_of_a_kind_without_signing_in(
    member: Member, target: Member, shelf: Shelf, run_jobs: Run
) -> None:
    notify(member, KIND, target=target, event_id=1)
    run_jobs()
    link = path_of(mail.outbox[0].extra_headers["List-Unsubscribe"].strip("<>"))
    client = Client(enforce_csrf_checks=True)
    assert client.get(link).status_code == 200
    assert not Preference.objects.exists()
    answer = client.post(link, {"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200
    assert Preference.objects.get(member=member).email == "never"


def test_a_forged_link_is_missing(member: Member) -> None:
    link = path_of(unsubscribe_link(member.pk, KIND))

    assert Client().post(link[:-3] + "xx/").status_code == 404


@pytest.mark.parametrize(
    ("zone", "hour", "sent"),
    [("UTC", 6, 0), ("UTC", 7, 1), ("Asia/Tokyo", 21, 0), ("Asia/Tokyo", 22, 1), ("Not/AZone", 7, 1)],
)
def test_the_digest_waits_for_the_members_morning(
    zone: str, hour: int, sent: int, target: Member, shelf: Shelf, run_jobs: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    member = MemberFactory(time_zone=zone)
    notify(member, DAILY, target=target, event_id=1)
    at(monkeypatch, datetime(2026, 3, 3, hour, tzinfo=UTC))
    tasks.queue_digests()
    tasks.queue_digests()
    run_jobs()

    assert len(mail.outbox) == sent


def test_a_digest_lists_kinds_once_a_day_and_nothing_that_is_hidden(
    member: Member, target: Member, shelf: Shelf, run_jobs: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    hidden = MemberFactory()
    shelf.hidden.add(str(hidden.pk))
    for event_id, about in enumerate([target, target, hidden], start=1):
        notify(member, DAILY, target=about, event_id=event_id)
    at(monkeypatch, datetime(2026, 3, 3, 9, tzinfo=UTC))
    tasks.queue_digests()
    run_jobs()

    (message,) = mail.outbox
    assert "There is a new post in a thread you follow (2)" in message.body
    assert message.body.count("- ") == 1
    assert not Notification.objects.exclude(mail="never").exists()
    assert Digest.objects.count() == 1
    notify(member, DAILY, target=MemberFactory(), event_id=9)
    tasks.queue_digests()
    assert run_jobs() == 0
    at(monkeypatch, datetime(2026, 3, 4, 9, tzinfo=UTC))
    tasks.queue_digests()
    assert run_jobs() == 1


def test_changing_to_daily_moves_what_waits_into_the_digest(
    member: Member, target: Member, shelf: Shelf, run_jobs: Run
) -> None:
    notify(member, KIND, target=target, event_id=1)
    set_preferences(member, {KIND: (True, "daily", False)}, by=member)
    run_jobs()

    assert mail.outbox == []
    assert Notification.objects.get().mail == "daily"


def test_a_digest_link_ends_every_daily_mail(member: Member) -> None:
    Client().post(path_of(unsubscribe_link(member.pk, "digest")))

    assert Preference.objects.get(member=member, kind=DAILY).email == "never"
    assert not Preference.objects.filter(kind=KIND).exists()
