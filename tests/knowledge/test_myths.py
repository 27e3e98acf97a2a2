"""From a rumour to a published check: clusters, two reviewers, dissent shown, ClaimReview, and nothing of a patient."""

import json
import re
from typing import Any

import pytest
from django.test import Client
from wagtail.actions.publish_revision import PublishPermissionError

from community.core.errors import Refused
from community.core.models import Event
from community.knowledge import rumours
from community.knowledge.models import MythPage, Rumour
from community.knowledge.operations.myths import (
    draft_myth,
    hear_rumour,
    publish_myth,
    report_rumour,
    review_myth,
    save_myth,
    set_rumour_aside,
)
from community.notifications.models import Notification
from tests.factories.credentials import make_member, make_verified
from tests.factories.knowledge import MYTH, make_myth, on_duty

pytestmark = pytest.mark.django_db

# https://schema.org/ClaimReview, /Claim, /Rating, /CreativeWork, /Organization: the terms we may use of each.
TERMS = {
    "ClaimReview": {"url", "name", "datePublished", "dateModified", "inLanguage", "author", "claimReviewed",
                    "itemReviewed", "reviewBody", "reviewRating", "citation"},
    "Claim": {"text", "datePublished", "appearance", "firstAppearance", "author"},
    "Rating": {"ratingValue", "bestRating", "worstRating", "alternateName"},
    "CreativeWork": {"name", "url"},
    "Organization": {"name", "url"},
}  # fmt: skip


def unknown_terms(thing: Any) -> list[str]:
    """What schema.org does not know of a thing, all the way down."""
    if isinstance(thing, list):
        return [bad for each in thing for bad in unknown_terms(each)]
    if not isinstance(thing, dict):
        return []
    kind, own = thing["@type"], {key for key in thing if not key.startswith("@")}
    bad = [f"{kind}.{key}" for key in own - TERMS[kind]]
    return bad + [found for key in own for found in unknown_terms(thing[key])]


def test_rumours_that_say_the_same_are_one_and_the_widest_heard_stands_first() -> None:
    anna, ben, cleo = (make_member("Member", word) for word in ("Anna", "Ben", "Cleo"))
    lemon = report_rumour(by=anna, text="Drinking hot water with lemon prevents dengue", channel="messenger")
    magnet = report_rumour(by=anna, text="A magnet bracelet lowers blood pressure", channel="market")
    again = report_rumour(by=ben, text="They say hot lemon water prevents dengue!", channel="social")
    hear_rumour(lemon, by=cleo)
    hear_rumour(lemon, by=cleo)

    rows = rumours.inbox(ben)

    assert again == lemon
    assert [(row.rumour, row.count, row.is_mine) for row in rows] == [(lemon, 3, True), (magnet, 1, False)]
    assert rows[0].wordings == ["They say hot lemon water prevents dengue!"]
    assert Event.objects.filter(verb="knowledge.rumour.heard").count() == 1
    set_rumour_aside(magnet, by=on_duty())
    assert rumours.rumours_waiting() == 1


def test_a_rumour_that_tells_of_a_patient_is_not_stored() -> None:
    with pytest.raises(Refused) as refusal:
        report_rumour(
            by=make_member(), text="Mrs Jane Miller, record number MRN 4471199, drank garlic tea", channel="patients"
        )

    assert refusal.value.code == "case_identifiers"
    assert not Rumour.objects.exists()


def test_two_who_did_not_write_it_must_agree_to_the_words_as_they_stand(run_jobs: Any) -> None:
    writer, listener = make_verified(on_duty()).member, make_member("Hears", "It")
    rumour = report_rumour(by=listener, text="Artemisia tea cures malaria as well as tablets", channel="patients")
    page = draft_myth(by=writer, values=MYTH, rumour=rumour)
    first, second, third = (make_verified().member for _number in range(3))

    with pytest.raises(Refused):
        review_myth(page, by=writer, agrees=True, no_conflict=True)
    review_myth(page, by=first, agrees=True, no_conflict=True)
    save_myth(page, by=writer, values={"why": "Amounts in leaves vary a lot."})
    review_myth(page, by=second, agrees=True, no_conflict=True)
    review_myth(page, by=third, agrees=False, note="I would call it false.", conflict="I grow artemisia.")
    with pytest.raises(Refused) as refusal:
        publish_myth(page, by=writer)
    assert refusal.value.code == "reviewers_missing"
    with pytest.raises(PublishPermissionError):
        page.get_latest_revision().publish()
    review_myth(page, by=first, agrees=True, no_conflict=True)

    shown = publish_myth(page, by=writer)
    run_jobs()

    assert (shown.live, (shown.review_due - shown.checked_on).days) == (True, 365)
    answer = Client().get(shown.url).content.decode()
    assert "I would call it false." in answer
    assert "I grow artemisia." in answer
    assert Notification.objects.get(member=listener).kind == "knowledge.myth.published"
    rumour.refresh_from_db()
    assert rumour.state == "answered"


def test_the_page_says_the_fact_first_and_carries_claim_review(client: Client) -> None:
    page = make_myth(on_duty())

    html = client.get(page.url).content.decode()
    (script,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    data = json.loads(script)

    body = html[html.index("<main") :]
    assert body.index("holds no dependable dose") < body.index("Artemisia tea cures malaria")
    assert "<" not in script
    assert unknown_terms(data) == []
    assert data["claimReviewed"] == data["itemReviewed"]["text"] == MYTH["claim"]
    assert data["reviewRating"] == {
        "@type": "Rating", "alternateName": "Misleading", "ratingValue": 2, "bestRating": 5, "worstRating": 1,
    }  # fmt: skip
    assert data["url"] == f"http://testserver{page.url}"


def test_a_term_that_schema_org_does_not_know_is_found() -> None:
    assert unknown_terms({"@type": "ClaimReview", "verdict": 1, "reviewRating": {"@type": "Rating", "stars": 3}}) == [
        "ClaimReview.verdict",
        "Rating.stars",
    ]


def test_an_editor_cannot_publish_it_past_the_reviewers() -> None:
    writer = make_member("Edda", "Editor", in_groups=["Editors"], is_staff=True, is_superuser=True)
    page = draft_myth(by=writer, values=MYTH)

    permissions = page.permissions_for_user(writer)

    assert (permissions.can_edit(), permissions.can_publish(), permissions.can_submit_for_moderation()) == (
        True,
        False,
        False,
    )
    assert not page.get_parent().specific.permissions_for_user(writer).can_publish_subpage()
    assert MythPage.objects.live().count() == 0
