"""Two moderators never handle one thing."""

from datetime import timedelta

import pytest

from community.core.clock import now
from community.core.errors import Conflict, Refused
from community.core.models import Event
from community.members.models import Member
from community.moderation.models import Review
from community.moderation.operations import claim, claim_next, decide, hold, open_words, release_claim, report
from tests.moderation.conftest import FINDING, WORDS, Desk


@pytest.fixture
def review(desk: Desk, author: Member) -> Review:
    return hold(desk.written_by(author), by=author, words=WORDS, findings=[FINDING])


def again(review: Review) -> Review:
    """The row as another moderator loads it."""
    return Review.objects.get(pk=review.pk)


def lapse(review: Review) -> None:
    Review.objects.filter(pk=review.pk).update(claimed_until=now() - timedelta(seconds=1))


def test_the_slower_moderator_gets_a_conflict(review: Review, moderator: Member, second_moderator: Member) -> None:
    seen_by_both = again(review)
    claim(review, by=moderator)

    with pytest.raises(Conflict):
        claim(seen_by_both, by=second_moderator)
    with pytest.raises(Conflict):
        claim(again(review), by=second_moderator)
    assert again(review).claimed_by == moderator


def test_a_lapsed_claim_is_free_and_the_first_moderator_cannot_decide_on_it(
    review: Review, moderator: Member, second_moderator: Member
) -> None:
    claim(review, by=moderator)
    lapse(review)
    claim(again(review), by=second_moderator)

    with pytest.raises(Conflict):
        decide(review, by=moderator, outcome="release", reason="other")
    assert again(review).claimed_by == second_moderator


def test_release_claim_gives_the_review_back(review: Review, moderator: Member, second_moderator: Member) -> None:
    release_claim(claim(review, by=moderator), by=moderator)

    assert claim(again(review), by=second_moderator).claimed_by == second_moderator


def test_claim_refuses_members_and_authors(desk: Desk, moderator: Member, reader: Member) -> None:
    own = hold(desk.written_by(moderator), by=moderator, words=WORDS, findings=[])

    for who in (reader, moderator):
        with pytest.raises(Refused):
            claim(own, by=who)


def test_claim_refuses_who_reported(desk: Desk, author: Member, moderator: Member) -> None:
    with pytest.raises(Refused) as caught:
        claim(report(desk.written_by(author), by=moderator, reason="conduct"), by=moderator)
    assert caught.value.code == "own_report"


def test_claim_next_takes_the_most_urgent_then_the_oldest(
    desk: Desk, author: Member, reader: Member, moderator: Member, second_moderator: Member
) -> None:
    calm = report(desk.written_by(author, "calm"), by=reader, reason="conduct")
    urgent = report(desk.written_by(author, "urgent"), by=reader, reason="identifiers")
    report(desk.written_by(moderator, "own"), by=reader, reason="identifiers")

    assert claim_next(by=moderator) == urgent
    assert claim_next(by=second_moderator) != urgent
    assert again(calm).state == "open"


def test_claim_next_without_work_is_none(desk: Desk, moderator: Member) -> None:
    assert claim_next(by=moderator) is None


def test_held_words_open_only_under_a_claim_and_leave_an_event(review: Review, moderator: Member) -> None:
    with pytest.raises(Refused):
        open_words(review, by=moderator)
    claim(review, by=moderator)

    assert open_words(review, by=moderator) == WORDS
    event = Event.objects.get(verb="moderation.review.words_read")
    assert (event.actor_id, event.target_id) == (moderator.pk, str(review.pk))
