"""The moderators' screens: who may open them, what they show, how they answer."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from community.core import limits
from community.core.models import Event
from community.members.models import EDITORS, MODERATORS, VERIFIERS, Member
from community.moderation.models import Review, Sanction
from community.moderation.operations import claim, decide, hold, impose_sanction, report
from community.moderation.registry import tabs_for
from tests.factories.members import MemberFactory
from tests.moderation.conftest import FINDING, WORDS, Desk

# What the frame of any page costs a moderator: session, member, groups, second factor, tokens, bar, foot, banners,
# and, once in ten seconds, whether a webinar is live, who is on duty, and what bulletins are severe.
FRAME = 14


def signed_in(member: Member) -> Client:
    client = Client()
    client.force_login(member)
    return client


def at(name: str, review: Review | None = None) -> str:
    return reverse(name, args=[review.public_id] if review else [])


@pytest.fixture
def held(desk: Desk, author: Member) -> Review:
    return hold(desk.written_by(author), by=author, words=WORDS, findings=[FINDING])


def test_members_get_the_same_answer_for_a_review_that_is_and_one_that_is_not(held: Review, reader: Member) -> None:
    client = signed_in(reader)
    there = client.get(at("review-detail", held))
    not_there = client.get(reverse("review-detail", args=["nothing"]))

    assert (there.status_code, not_there.status_code) == (403, 403)
    assert b"Anna" not in there.content


def test_visitors_are_sent_to_sign_in(held: Review) -> None:
    assert Client().get(at("review-detail", held)).status_code == 302
    assert Client().post(at("review-decide", held)).status_code == 302


def test_a_moderator_never_sees_the_review_of_their_own_words(desk: Desk, moderator: Member, reader: Member) -> None:
    own = report(desk.written_by(moderator), by=reader, reason="conduct")
    client = signed_in(moderator)

    assert client.get(at("review-detail", own)).status_code == 404
    assert own.public_id not in client.get(at("review-list")).content.decode()


def test_held_words_show_marked_only_after_a_claim(held: Review, moderator: Member) -> None:
    client = signed_in(moderator)
    before = client.get(at("review-detail", held)).content.decode()
    client.post(at("review-claim", held))
    after = client.get(at("review-detail", held)).content.decode()

    assert "Anna" not in before
    assert '<mark title="Looks like a name">Anna</mark>' in after
    assert Event.objects.filter(verb="moderation.review.words_read").count() == 1


def test_deciding_by_form_closes_the_review(held: Review, desk: Desk, moderator: Member) -> None:
    client = signed_in(moderator)
    answer = client.post(
        at("review-decide", held), {"version": held.version, "outcome": "refuse", "reason": "identifiers", "note": ""}
    )

    assert answer.url == at("review-list")  # type: ignore[attr-defined]
    assert [name for name, _pk in desk.acts] == ["refuse"]


def test_a_stale_form_decides_nothing(held: Review, desk: Desk, moderator: Member) -> None:
    claim(Review.objects.get(), by=moderator)
    answer = signed_in(moderator).post(
        at("review-decide", held), {"version": 1, "outcome": "refuse", "reason": "identifiers", "note": ""}
    )

    assert answer.url == at("review-detail", held)  # type: ignore[attr-defined]
    assert desk.acts == []


def test_a_note_that_identifies_comes_back_in_the_form(held: Review, moderator: Member) -> None:
    form = {"version": 1, "outcome": "refuse", "reason": "identifiers", "note": "See anna.berg@clinic.example"}
    answer = signed_in(moderator).post(at("review-decide", held), form)

    assert answer.status_code == 403
    assert "anna.berg@clinic.example" in answer.content.decode()
    assert Review.objects.get().is_waiting


def test_an_incomplete_form_explains_itself(held: Review, moderator: Member) -> None:
    assert signed_in(moderator).post(at("review-decide", held), {"version": 1}).status_code == 400


def test_take_the_next_one_opens_it(held: Review, moderator: Member) -> None:
    client = signed_in(moderator)

    assert client.post(at("review-next")).url == at("review-detail", held)  # type: ignore[attr-defined]
    claim(Review.objects.get(), by=moderator)
    assert client.post(at("review-unclaim", held)).status_code == 302
    assert Review.objects.get().state == "open"


def test_nothing_to_take_says_so(desk: Desk, moderator: Member) -> None:
    answer = signed_in(moderator).post(at("review-next"), follow=True)

    assert "Nothing is waiting for you." in answer.content.decode()


def test_a_moderator_sanctions_from_the_review_and_lifts(held: Review, author: Member, moderator: Member) -> None:
    client = signed_in(moderator)
    client.post(at("review-sanction", held), {"kind": "mute", "reason": "conduct", "days": "7"})
    sanction = Sanction.objects.get(member=author)
    page = client.get(at("review-detail", held)).content.decode()
    client.post(reverse("sanction-lift", args=[sanction.public_id]))

    assert reverse("sanction-lift", args=[sanction.public_id]) in page
    assert Sanction.objects.get().lifted_at is not None
    assert client.post(reverse("sanction-lift", args=["nothing"])).status_code == 404


def test_the_outcome_is_for_author_and_reporter(
    desk: Desk, author: Member, reader: Member, moderator: Member, second_moderator: Member
) -> None:
    review = report(desk.written_by(author), by=reader, reason="conduct")
    assert signed_in(author).get(at("review-outcome", review)).status_code == 404
    decide(review, by=moderator, outcome="hide", reason="conduct", note="Please stay polite.")
    pages = {who: signed_in(who).get(at("review-outcome", review)) for who in (author, reader, second_moderator)}

    assert [page.status_code for page in pages.values()] == [200, 200, 404]
    assert "Please stay polite." in pages[author].content.decode()
    assert "Reader Rossi" not in pages[author].content.decode()
    assert "Please stay polite." not in pages[reader].content.decode()


def test_the_hub_counts_what_waits(held: Review, moderator: Member, reader: Member) -> None:
    assert at("review-list") in signed_in(moderator).get(at("review-home")).content.decode()
    assert signed_in(reader).get(at("review-home")).status_code == 403


@pytest.mark.parametrize(
    ("group", "queues"), [(MODERATORS, ["queue", "guard"]), (VERIFIERS, ["verification"]), (EDITORS, ["words"])]
)
def test_each_finds_their_own_queues_on_the_hub(group: str, queues: list[str], db: None) -> None:
    """Editors come for the words of the search alone: nothing that is reviewed is theirs."""
    assert [tab.name for tab in tabs_for(MemberFactory(in_groups=[group]))] == queues


@pytest.mark.parametrize("items", [1, 3])
def test_the_queue_costs_the_same_at_any_length(
    items: int, desk: Desk, author: Member, reader: Member, moderator: Member, django_assert_max_num_queries: Any
) -> None:
    for number in range(items):
        report(desk.written_by(author, str(number)), by=reader, reason="conduct")
    client = signed_in(moderator)

    with django_assert_max_num_queries(FRAME + 2):
        page = client.get(at("review-list")).content.decode()
    assert [f"Contribution {number}" in page for number in range(items)] == [True] * items


@pytest.mark.parametrize("items", [1, 3])
def test_a_review_costs_the_same_with_any_history(
    items: int, desk: Desk, author: Member, reader: Member, moderator: Member, django_assert_max_num_queries: Any
) -> None:
    target = desk.written_by(author)
    review = report(target, by=reader, reason="conduct")
    for _turn in range(items):
        impose_sanction(author, by=moderator, kind="warn", reason="conduct")
    client = signed_in(moderator)

    with django_assert_max_num_queries(FRAME + 6):
        client.get(at("review-detail", review))


def test_filters_and_pages(desk: Desk, author: Member, reader: Member, moderator: Member) -> None:
    for number in range(32):
        report(desk.written_by(author, str(number)), by=reader, reason="conduct" if number else "identifiers")
        if number == 20:
            limits.forget_all()
    client = signed_in(moderator)
    first = client.get(at("review-list"))
    second = client.get(first.context["page"].next_url)

    shown = [review.subject_title for page in (first, second) for review in page.context["page"].reviews]
    assert shown == [f"Contribution {number}" for number in range(32)]
    urgent = client.get(at("review-list") + "?reason=identifiers").context["page"].reviews
    assert [review.subject_title for review in urgent] == ["Contribution 0"]
    assert client.get(at("review-list") + "?show=mine&after=nonsense").context["page"].reviews == []
