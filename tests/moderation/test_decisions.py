"""How reviews end, and who is told."""

from collections.abc import Callable

import pytest
from django.core import mail
from django.db import DatabaseError, transaction

from community.core.errors import Conflict, Invalid, Refused
from community.core.models import Event
from community.members.models import Member
from community.moderation.models import Decision, HeldWords, Review
from community.moderation.operations import decide, hold, report, reverse
from community.notifications.models import Notification
from tests.moderation.conftest import FINDING, WORDS, Desk


def told(member: Member) -> list[str]:
    return list(Notification.objects.filter(member=member).values_list("kind", flat=True))


@pytest.mark.parametrize("outcome", ["release", "refuse"])
def test_a_decision_on_a_hold_acts_deletes_the_words_and_is_kept(
    outcome: str, desk: Desk, author: Member, moderator: Member
) -> None:
    target = desk.written_by(author)
    review = hold(target, by=author, words=WORDS, findings=[FINDING])
    decide(review, by=moderator, outcome=outcome, reason="identifiers", note="Leave the name out.")

    assert desk.acts == [(outcome, target.pk)]
    assert not HeldWords.objects.exists()
    assert Review.objects.get().outcome == outcome
    assert Event.objects.get(verb="moderation.review.decided").facts == {
        "kind": "hold",
        "outcome": outcome,
        "reason": "identifiers",
    }


def test_a_report_can_hide_or_keep_but_not_release(
    desk: Desk, author: Member, reader: Member, moderator: Member
) -> None:
    target = desk.written_by(author)
    review = report(target, by=reader, reason="conduct")

    with pytest.raises(Invalid):
        decide(review, by=moderator, outcome="release", reason="conduct")
    decide(review, by=moderator, outcome="keep", reason="conduct")
    assert desk.acts == []


def test_decide_refuses_the_author_and_members(desk: Desk, moderator: Member, reader: Member) -> None:
    review = hold(desk.written_by(moderator), by=moderator, words=WORDS, findings=[])

    for who in (moderator, reader):
        with pytest.raises(Refused):
            decide(review, by=who, outcome="release", reason="other")
    assert desk.acts == []
    assert HeldWords.objects.exists()


def test_decide_on_a_version_that_has_changed_is_a_conflict(
    desk: Desk, author: Member, reader: Member, moderator: Member, second_moderator: Member
) -> None:
    target = desk.written_by(author)
    seen = report(target, by=reader, reason="conduct")
    report(target, by=second_moderator, reason="identifiers")

    with pytest.raises(Conflict):
        decide(seen, by=moderator, outcome="keep", reason="conduct")
    assert not Decision.objects.exists()


def test_nothing_is_decided_twice(desk: Desk, author: Member, reader: Member, moderator: Member) -> None:
    review = report(desk.written_by(author), by=reader, reason="conduct")
    decide(review, by=moderator, outcome="hide", reason="conduct")

    with pytest.raises(Refused):
        decide(review, by=moderator, outcome="keep", reason="conduct")


def test_a_note_that_identifies_is_refused(desk: Desk, author: Member, moderator: Member) -> None:
    review = hold(desk.written_by(author), by=author, words=WORDS, findings=[])

    with pytest.raises(Refused):
        decide(review, by=moderator, outcome="refuse", reason="identifiers", note="anna.berg@clinic.example")
    assert Review.objects.get().is_waiting


def test_the_database_refuses_to_change_or_delete_a_decision(
    desk: Desk, author: Member, reader: Member, moderator: Member
) -> None:
    review = report(desk.written_by(author), by=reader, reason="conduct")
    decision = decide(review, by=moderator, outcome="hide", reason="conduct")

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(outcome="keep")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).delete()


def test_a_second_moderator_reverses_and_the_first_cannot(
    desk: Desk, author: Member, reader: Member, moderator: Member, second_moderator: Member
) -> None:
    target = desk.written_by(author)
    review = report(target, by=reader, reason="conduct")
    decide(review, by=moderator, outcome="hide", reason="conduct")

    with pytest.raises(Refused) as caught:
        reverse(Review.objects.get(), by=moderator, reason="other")
    assert caught.value.code == "second_person"
    reverse(Review.objects.get(), by=second_moderator, reason="other")

    assert desk.acts == [("hide", target.pk), ("restore", target.pk)]
    assert list(Decision.objects.values_list("outcome", flat=True)) == ["hide", "restore"]


def test_author_and_reporter_are_told_without_words(
    desk: Desk, author: Member, reader: Member, moderator: Member, run_jobs: Callable[[], int]
) -> None:
    review = report(desk.written_by(author), by=reader, reason="conduct", note="Quite rude")
    decide(review, by=moderator, outcome="hide", reason="conduct", note="Please stay polite.")
    run_jobs()

    assert told(author) == ["moderation.decided"]
    assert told(reader) == ["moderation.report_decided"]
    assert [message.to for message in mail.outbox] == [[author.email]]
    assert "polite" not in mail.outbox[0].body


def test_the_author_never_learns_of_a_report_that_changed_nothing(
    desk: Desk, author: Member, reader: Member, moderator: Member, run_jobs: Callable[[], int]
) -> None:
    review = report(desk.written_by(author), by=reader, reason="conduct")
    decide(review, by=moderator, outcome="keep", reason="conduct")
    run_jobs()

    assert told(author) == []
    assert told(reader) == ["moderation.report_decided"]
