"""With new rules all that is published is read again, in steps that can be resumed, and findings wait for a moderator."""

import pytest

from community.casefree import operations
from community.casefree.contents import contents
from community.casefree.models import Sweep
from community.core.actors import SYSTEM
from community.moderation.models import Outcome, Reason, Review
from community.moderation.operations import decide
from forums.models import Space
from tests.factories.credentials import make_member, make_verified
from tests.factories.forums import SpaceFactory
from tests.factories.webinars import webinar_with
from webinars.models import Caption, Deck, Poll, Slide, Webinar

pytestmark = pytest.mark.django_db

NUMBER = "Her MRN is 4471902."


def swept() -> set[tuple[str, str]]:
    """Sweep to the end; what waits for a moderator then."""
    while operations.sweep(by=SYSTEM):
        pass
    return set(Review.objects.filter(reason=Reason.IDENTIFIERS).values_list("target_type", "target_id"))


def test_every_package_that_publishes_words_has_them_read_again() -> None:
    assert {content.name for content in contents()} == {
        "forums.post",
        "forums.space",
        "webinars.roomevent",
        "webinars.webinar",
        "webinars.caption",
        "webinars.deck",
        "knowledge.writeuppage",
        "members.member",
    }


def test_findings_in_plans_polls_captions_slides_profiles_and_spaces_wait_for_a_moderator() -> None:
    plan, polled, captioned, clean = (webinar_with(slug=f"rounds-{number}") for number in range(4))
    Webinar.objects.filter(pk=plan.pk).update(summary=NUMBER)
    Poll.objects.create(webinar=polled, prompt=NUMBER)
    Caption.objects.create(webinar=captioned, language="en", media_from=1, media_to=2, text=NUMBER)
    deck = Deck.objects.create(webinar=clean, title="Slides", state=Deck.State.READY)
    Slide.objects.create(deck=deck, number=1, text=NUMBER)
    member, space = make_member("Ada", "Writer", bio=NUMBER), SpaceFactory.create(purpose=NUMBER)

    assert swept() == {
        *(("webinars.webinar", str(webinar.pk)) for webinar in (plan, polled, captioned)),
        ("webinars.deck", str(deck.pk)),
        ("members.member", str(member.pk)),
        ("forums.space", str(space.pk)),
    }
    assert Sweep.objects.filter(done_at=None).count() == 0


def test_a_moderator_empties_a_profile_and_a_space() -> None:
    member, space = make_member("Ada", "Writer", bio=NUMBER), SpaceFactory.create(purpose=NUMBER, audience="members")
    swept()
    moderator = make_verified(make_member("Mona", "Judge", in_groups=["Moderators"])).member
    for review in Review.objects.all():
        decide(review, by=moderator, outcome=Outcome.HIDE, reason=Reason.IDENTIFIERS)

    member.refresh_from_db()
    assert (member.bio, Space.objects.get(pk=space.pk).purpose) == ("", "")


def test_a_sweep_goes_on_where_it_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        make_member("Ada", f"Writer{number}", bio=NUMBER)
    monkeypatch.setattr(operations, "BATCH", 2)
    operations.sweep(by=SYSTEM)
    half = Sweep.objects.get(content="members.member")

    assert (half.found, half.done_at) == (2, None)
    assert len({target for kind, target in swept() if kind == "members.member"}) == 3


def test_what_was_let_through_for_its_language_is_not_asked_about_again() -> None:
    make_member("Ada", "Writer")
    space = SpaceFactory.create(purpose="Wir besprechen hier, wie man auf den Stationen mit Schmerzmitteln umgeht.")

    assert ("forums.space", str(space.pk)) not in swept()
