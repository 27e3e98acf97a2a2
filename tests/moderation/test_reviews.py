"""How things enter the queue."""

import pytest
from django.db import connection

from community.core.errors import Invalid, Refused, TooMany
from community.core.models import Event
from community.members.models import Member
from community.moderation.models import HeldWords, Report, Review
from community.moderation.operations import decide, hold, report, withdraw
from community.moderation.operations.reviews import REPORTS_A_DAY
from tests.moderation.conftest import FINDING, WORDS, Desk


def verbs() -> list[str]:
    return list(Event.objects.filter(verb__startswith="moderation.").values_list("verb", flat=True))


def test_hold_seals_the_words_and_keeps_offsets_only(desk: Desk, author: Member) -> None:
    review = hold(desk.written_by(author), by=author, words=WORDS, findings=[FINDING])

    with connection.cursor() as cursor:
        cursor.execute("SELECT words, findings FROM moderation_heldwords WHERE review_id = %s", [review.pk])
        words, findings = cursor.fetchone()
    assert "Anna" not in words
    assert "Anna" not in str(findings)
    assert HeldWords.objects.get(review=review).findings == [
        {"field": "source", "start": 4, "end": 8, "kind": "name", "reason": "Looks like a name"}
    ]
    assert verbs() == ["moderation.review.opened"]


def test_a_second_hold_replaces_the_words_of_the_open_review(desk: Desk, author: Member) -> None:
    target = desk.written_by(author)
    first = hold(target, by=author, words=WORDS, findings=[FINDING])
    second = hold(target, by=author, words={"source": "Better"}, findings=[])

    assert first == second
    assert HeldWords.objects.get().words == '{"source": "Better"}'


def test_reports_join_one_open_review_and_count_each_reporter_once(
    desk: Desk, author: Member, reader: Member, moderator: Member
) -> None:
    target = desk.written_by(author)
    first = report(target, by=reader, reason="conduct", note="Rude")
    report(target, by=reader, reason="off_topic", note="")
    second = report(target, by=moderator, reason="identifiers", note="")

    assert first == second
    assert list(Report.objects.order_by("id").values_list("reporter", "reason")) == [
        (reader.pk, "off_topic"),
        (moderator.pk, "identifiers"),
    ]
    assert Review.objects.get().priority == Review.Priority.URGENT


def test_a_report_after_the_decision_opens_a_new_review(
    desk: Desk, author: Member, reader: Member, moderator: Member
) -> None:
    target = desk.written_by(author)
    first = report(target, by=reader, reason="conduct")
    decide(first, by=moderator, outcome="keep", reason="conduct")

    assert report(target, by=reader, reason="conduct") != first


def test_report_refuses_the_author_and_a_bad_reason(desk: Desk, author: Member, reader: Member) -> None:
    target = desk.written_by(author)

    with pytest.raises(Refused, match="cannot report yourself"):
        report(target, by=author, reason="conduct")
    with pytest.raises(Invalid):
        report(target, by=reader, reason="dislike")
    assert not Review.objects.exists()


def test_report_refuses_a_note_that_identifies(desk: Desk, author: Member, reader: Member) -> None:
    with pytest.raises(Refused) as caught:
        report(desk.written_by(author), by=reader, reason="conduct", note="Ask anna.berg@clinic.example")
    assert caught.value.code == "case_identifiers"
    assert not Report.objects.exists()


def test_reports_are_limited(desk: Desk, author: Member, reader: Member) -> None:
    target = desk.written_by(author)
    for _turn in range(int(REPORTS_A_DAY.partition("/")[0])):
        report(target, by=reader, reason="conduct")

    with pytest.raises(TooMany):
        report(target, by=reader, reason="conduct")


def test_withdraw_closes_the_review_and_deletes_the_words(desk: Desk, author: Member, reader: Member) -> None:
    target = desk.written_by(author)
    hold(target, by=author, words=WORDS, findings=[FINDING])

    with pytest.raises(Refused):
        withdraw(target, by=reader)
    withdraw(target, by=author)

    assert Review.objects.get().outcome == "withdraw"
    assert not HeldWords.objects.exists()
