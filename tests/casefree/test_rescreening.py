"""With new rules all that is published is read again, in steps that can be resumed, and findings wait for a moderator."""

import pytest
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, PageLogEntry, Revision

from community.casefree import operations
from community.casefree.contents import contents
from community.casefree.models import Sweep
from community.casefree.screening import RULES_VERSION
from community.core.actors import SYSTEM
from community.core.errors import Refused
from community.core.models import Event
from community.knowledge.models import (
    AudiencedPage,
    Banner,
    BulletinPage,
    DraftComment,
    GuidelinePage,
    Handout,
    HomePage,
    MythPage,
    PageInLanguage,
    PeerReview,
    Remark,
    Rumour,
    RumourState,
    WriteUpPage,
)
from community.knowledge.operations.withholding import (
    clear_draft,
    end_banner,
    hide_page,
    hide_rumour,
    remove_remark,
    restore_page,
    restore_rumour,
    withhold_file,
)
from community.knowledge.operations.writeups import draft_of, publish_version
from community.knowledge.practice.filling import put
from community.moderation.models import Outcome, Reason, Review
from community.moderation.operations import decide
from community.moderation.registry import handler_for, type_of
from forums.models import Space, Tag
from forums.operations import drop_tag
from tests.factories.credentials import make_member, make_verified
from tests.factories.forums import SpaceFactory
from tests.factories.knowledge import make_bulletin, make_myth, on_duty
from tests.factories.webinars import webinar_with
from tests.knowledge.practices import draft as written
from webinars.models import Caption, Deck, Poll, Slide, Webinar

pytestmark = pytest.mark.django_db

NUMBER = "Her MRN is 4471902."


@pytest.fixture(autouse=True)
def _first_pages_were_read(db: None) -> None:
    """What every site begins with is long, and the same in every test."""
    last = AudiencedPage.objects.order_by("pk").values_list("pk", flat=True).last()
    Sweep.objects.create(version=RULES_VERSION, content="knowledge.audiencedpage", reached=last)


def swept() -> set[tuple[str, str]]:
    """Sweep to the end; what waits for a moderator then."""
    while operations.sweep(by=SYSTEM):
        pass
    return set(Review.objects.filter(reason=Reason.IDENTIFIERS).values_list("target_type", "target_id"))


def test_every_package_that_publishes_words_has_them_read_again() -> None:
    assert {content.name for content in contents()} == {
        "forums.post",
        "forums.space",
        "forums.tag",
        "webinars.roomevent",
        "webinars.webinar",
        "webinars.caption",
        "webinars.deck",
        "knowledge.writeuppage",
        "knowledge.under_write_ups",
        "knowledge.mythpage",
        "knowledge.under_myths",
        "knowledge.bulletinpage",
        "knowledge.audiencedpage",
        "knowledge.draft",
        "knowledge.draftcomment",
        "knowledge.remark",
        "knowledge.rumour",
        "knowledge.banner",
        "knowledge.picture",
        "knowledge.handout",
        "members.member",
        "search.savedsearch",
        "search.askedwords",
        "search.synonymset",
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


def decided(outcome: Outcome, *labels: str) -> None:
    """A moderator decides so about all that waits of these kinds."""
    moderator = make_verified(make_member("Mona", "Judge", in_groups=["Moderators"])).member
    for review in Review.objects.filter(target_type__in=labels):
        decide(review, by=moderator, outcome=outcome, reason=Reason.IDENTIFIERS)


def test_published_pages_are_read_again_with_their_reviews_and_languages_and_hidden_until_they_are_changed() -> None:
    first, second = on_duty(), on_duty()
    myth, said, bulletin = make_myth(first), make_myth(first, title="Another check"), make_bulletin(first, second)
    page = GuidelinePage.objects.last()
    Sweep.objects.update(reached=page.pk - 1)
    MythPage.objects.filter(pk=myth.pk).update(why=NUMBER)
    said.reviews.update(note="My patient, a 34-year-old, was admitted last night and died on day 3.")
    BulletinPage.objects.filter(pk=bulletin.pk).update(known=NUMBER)
    PageInLanguage.objects.create(page=page, language="fr", intro=NUMBER)
    found = {("mythpage", myth), ("mythpage", said), ("bulletinpage", bulletin), ("guidelinepage", page)}

    assert swept() == {(f"knowledge.{kind}", str(each.pk)) for kind, each in found}
    decided(Outcome.HIDE, "knowledge.mythpage", "knowledge.bulletinpage", "knowledge.guidelinepage")
    assert not AudiencedPage.objects.live().filter(pk__in=[each.pk for _kind, each in found]).exists()
    restore_page(page, by=first)
    assert GuidelinePage.objects.live().filter(pk=page.pk).exists()


def test_a_page_that_carries_others_is_not_hidden() -> None:
    with pytest.raises(Refused):
        hide_page(HomePage.objects.get(), by=SYSTEM)


def test_what_is_blocked_in_drafts_is_taken_out_of_all_of_them_and_the_rest_stays() -> None:
    author = make_verified(make_member("Ada", "Writer")).member
    page, shown, clean = written(author), written(author, title="Shown"), written(author, title="Clean")
    publish_version(shown, by=SYSTEM)
    for each in (page, shown):
        words = draft_of(WriteUpPage.objects.get(pk=each.pk))
        put(words, {"problem": NUMBER, "core": [{"element": "Visits", "why": NUMBER}]})
        words.save_revision(clean=False, log_action=False)
    words = draft_of(clean)
    put(words, {"problem": "My patient, a 34-year-old, was admitted last night and died on day 3."})
    words.save_revision(clean=False, log_action=False)

    label = "knowledge.writeuppage"
    assert swept() == {(label, str(page.pk)), (label, str(shown.pk))}
    decided(Outcome.HIDE, label)
    for each in (page, shown):
        each.refresh_from_db()
        kept = draft_of(each)
        assert (kept.problem, {block["type"] for block in kept.body.raw_data} & {"core", "summary"}) == (
            "",
            {"summary"},
        )
        assert not Revision.objects.for_instance(each).filter(content__icontains="4471902").exists()
    assert (page.live, shown.live) == (False, True)
    assert Event.objects.filter(verb="knowledge.draft.cleared").count() == 2


def test_remarks_rumours_tags_banners_and_files_are_read_again() -> None:
    author = make_verified(make_member("Ada", "Writer")).member
    page = written(author)
    comment = DraftComment.objects.create(page=page, author=author, section="short", text=NUMBER)
    review = PeerReview.objects.create(page=page, seat="region", reviewer=author, coi_none=True)
    remark = Remark.objects.create(review=review, section="short", text=NUMBER)
    rumour = Rumour.objects.create(headline="Garlic tea cures malaria")
    rumour.tellings.create(text=NUMBER, channel="news")
    banner, tag = Banner.objects.create(text=NUMBER), Tag.objects.create(name="MRN 4471902", slug="x")
    handout = Handout.objects.create(title=NUMBER, file="x.pdf")
    rows = (comment, remark, rumour, banner, tag, handout)
    log(banner, "wagtail.create")

    assert swept() == {(type_of(row), str(row.pk)) for row in rows}
    acts = (remove_remark, remove_remark, hide_rumour, end_banner, drop_tag, withhold_file)
    assert tuple(handler_for(type_of(row)).hide for row in rows) == acts
    decided(Outcome.HIDE, *(type_of(row) for row in rows))
    assert [type(row).objects.filter(pk=row.pk).exists() for row in rows] == [False, False, True, False, False, True]
    assert list(ModelLogEntry.objects.filter(action="wagtail.create").values_list("label", flat=True)) == [""]
    assert Rumour.objects.get().state == RumourState.SET_ASIDE
    assert Handout.objects.get().audience == "staff"
    restore_rumour(rumour, by=author)
    assert Rumour.objects.get().state == RumourState.WAITING


def test_a_title_that_is_taken_out_of_a_draft_leaves_the_log_of_the_admin_too() -> None:
    author = make_verified(make_member("Ada", "Writer")).member
    page = written(author)
    draft = draft_of(page)
    draft.title = NUMBER
    draft.save_revision(clean=False, log_action=True)
    log(draft, "wagtail.rename", data={"title": {"old": "Visits", "new": NUMBER}, "revision": {"id": 1}})

    assert clear_draft(WriteUpPage.objects.get(pk=page.pk), by=SYSTEM)

    entries = PageLogEntry.objects.filter(page=page.pk)
    assert "4471902" not in str(list(entries.values_list("label", "data")))
    assert entries.get(action="wagtail.rename").data == {"revision": {"id": 1}}


def test_a_hidden_page_leaves_its_name_in_no_log_of_the_admin_also_when_it_is_shown_under_another() -> None:
    page = GuidelinePage.objects.last()
    log(page, "wagtail.rename", data={"title": {"old": NUMBER, "new": page.title}, "revision": {"id": 1}})
    told = PageLogEntry.objects.filter(page=page.pk)

    hide_page(page, by=SYSTEM)
    assert set(told.values_list("label", flat=True)) == {f"#{page.pk}"}
    assert NUMBER not in str(list(told.values_list("data", flat=True)))

    log(page, "wagtail.rename", data={"title": {"old": NUMBER, "new": "Visits"}, "revision": {"id": 2}})
    restore_page(page, by=SYSTEM)
    assert set(told.values_list("label", flat=True)) == {page.title}
    assert [entry.data for entry in told] == [{"revision": {"id": 2}}, {"revision": {"id": 1}}]
