"""A write-up's way on the site: who sees it, what is kept, what is refused, what stays as it was."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.template import engines
from django.test import Client
from wagtail.test.utils import WagtailPageTestCase

from community.core.actors import SYSTEM
from community.core.audiences import Viewer, viewer_of
from community.core.errors import Conflict, Invalid, Missing, Refused
from community.core.models import Event
from community.knowledge.models import (
    AuthorState,
    HomePage,
    Version,
    WriteUpIndexPage,
    WriteUpPage,
)
from community.knowledge.operations.authors import (
    answer_invitation,
    comment_on_draft,
    invite_author,
    leave_authors,
    resolve_comment,
)
from community.knowledge.operations.files import add_figure, add_handout, files_of, remove_file
from community.knowledge.operations.holding import (
    empty_version,
    hide_write_up,
    refuse_write_up,
    release_write_up,
    restore_write_up,
)
from community.knowledge.operations.writeups import (
    discard_draft,
    draft_of,
    mark_due,
    publish_version,
    reaffirm,
    retire,
    save_section,
    send_for_review,
    start_write_up,
)
from community.knowledge.policies.writeups import may_edit, may_read_draft
from community.knowledge.practice.blocks import PARTS, PracticeStream
from community.knowledge.practice.facets import Stage, Standing
from community.knowledge.practice.sections import BY_NAME, digest_of, part_of
from community.moderation.models import Review
from tests.factories.credentials import make_member
from tests.factories.forums import verified_member
from tests.factories.writeups import MEASURE, make_draft, make_write_up
from tests.knowledge.test_media import paper, photo

PATIENT = "Mrs Jane Miller, MRN 4471199, born 12/03/1961, came twice."
HELD = "Sie kam an einem Montag mit starken Schmerzen in die Sprechstunde und wurde aufgenommen."


def signed_in(member: Any) -> Client:
    client = Client()
    client.force_login(member, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


WAY = {"started", "saved", "held", "released", "refused", "sent", "published"}
WAY |= {"fell_due", "reaffirmed", "hidden", "restored", "retired"}


def verbs_of(page: WriteUpPage) -> list[str]:
    """The steps of its way, without what reviews and levels add."""
    events = Event.objects.filter(target_type="knowledge.writeuppage", target_id=str(page.pk)).order_by("pk")
    verbs = [event.verb.removeprefix("knowledge.writeup.") for event in events]
    return [verb for verb in verbs if verb in WAY]


LIST_QUERIES = 21


class TestWhereWriteUpsStand(WagtailPageTestCase):
    def test_write_ups_stand_on_their_shelf_and_nothing_below_them(self) -> None:
        self.assertCanCreateAt(WriteUpIndexPage, WriteUpPage)
        self.assertCanNotCreateAt(HomePage, WriteUpPage)
        self.assertAllowedSubpageTypes(WriteUpIndexPage, {WriteUpPage})
        self.assertAllowedSubpageTypes(WriteUpPage, set())
        self.assertPageIsRoutable(WriteUpIndexPage.objects.get())


@pytest.mark.django_db
def test_a_draft_becomes_versions_that_nobody_can_change() -> None:
    author = verified_member()
    page = make_draft(author)
    stranger = Client()
    assert stranger.get(f"/practices/{page.slug}/").status_code == 404

    first = publish_version(page, by=SYSTEM)
    assert publish_version(page, by=SYSTEM) == first
    page = WriteUpPage.objects.get(pk=page.pk)
    save_section(page, by=author, section="results", values={"equity": "People far away gained less."})
    second = publish_version(page, by=SYSTEM)

    assert (first.number, second.number) == (1, 2)
    for change in ({"number": 9}, {"digest": "x"}, {"content": {"title": "Other"}}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Version.objects.filter(pk=first.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Version.objects.filter(pk=first.pk).delete()
    newest, old = stranger.get(f"/practices/{page.slug}/"), stranger.get(f"/practices/{page.slug}/v1/")
    assert b"gained less" in newest.content
    assert b"gained less" not in old.content
    changes = stranger.get(f"/practices/{page.slug}/changes/1..2/")
    assert [change["label"] for change in changes.context["changes"]] == ["Who gained, and who was missed"]
    assert b"application/ld+json" in newest.content
    assert verbs_of(page)[-4:] == ["saved", "published", "saved", "published"]
    assert Event.objects.filter(verb="knowledge.writeup.published", target_id=str(page.pk)).count() == 2


@pytest.mark.django_db
def test_an_emptied_version_keeps_its_number_and_loses_its_words() -> None:
    page = make_write_up(verified_member())
    moderator = make_member("Mo", "Derator")

    with pytest.raises(Refused):
        empty_version(page, 1, by=moderator)
    empty_version(page, 1, by=SYSTEM)

    assert page.versions.get().content == {}
    answer = Client().get(f"/practices/{page.slug}/v1/")
    assert (answer.status_code, b"was emptied" in answer.content) == (200, True)


@pytest.mark.django_db
def test_what_names_a_patient_is_not_kept_in_a_draft() -> None:
    author = verified_member()
    page = make_draft(author)
    before = page.latest_revision_id

    with pytest.raises(Refused) as refused:
        save_section(page, by=author, section="short", values={"result": PATIENT})

    assert {finding.field for finding in refused.value.findings} == {"result"}
    page = WriteUpPage.objects.get(pk=page.pk)
    assert page.latest_revision_id == before
    assert PATIENT not in str(page.get_latest_revision().content)


@pytest.mark.django_db
def test_figures_of_fewer_than_five_are_refused_with_the_reason() -> None:
    author = verified_member()
    page = make_draft(author)
    small = {**MEASURE, "n_after": 3}

    with pytest.raises(Invalid) as refused:
        save_section(page, by=author, section="results", values={"measures": [small]})
    block = PracticeStream().child_blocks["measures"]
    with pytest.raises(Exception, match=r"") as in_admin:
        block.clean(block.to_python([small]))

    assert "point to one person" in refused.value.errors["measures"][0]
    assert "point to one person" in str(in_admin.value.as_json_data())
    posted = {
        "measures-TOTAL_FORMS": "1", "measures-INITIAL_FORMS": "0", "measures-0-name": "Visits",
        "measures-0-n_after": "3", "measures-0-unit": "percent", "measures-0-design": "survey",
        "not_worked": "Kept in the form.",
    }  # fmt: skip
    answer = signed_in(author).post(f"/practices/{page.slug}/write/results/", posted)
    assert answer.status_code == 422
    assert b"point to one person" in answer.content
    assert b"Kept in the form." in answer.content


@pytest.mark.django_db
def test_two_authors_do_not_write_over_each_other() -> None:
    author, other = verified_member(), verified_member()
    page = make_draft(author)
    stranger = viewer_of(other)
    assert not may_read_draft(stranger, page)
    invite_author(page, by=author, handle=other.handle)
    answer_invitation(page, by=other, accept=True)
    page = WriteUpPage.objects.get(pk=page.pk)
    seen = digest_of(draft_of(page), BY_NAME["results"])

    save_section(page, by=other, section="results", values={"equity": "First."}, seen=seen)
    with pytest.raises(Conflict):
        save_section(page, by=author, section="results", values={"equity": "Second."}, seen=seen)

    draft = draft_of(WriteUpPage.objects.get(pk=page.pk))
    assert part_of(draft, "equity") == "First."
    assert page.authorships.get(member=other).state == AuthorState.ACCEPTED
    remark = comment_on_draft(page, by=other, section="results", text="Shall we say by how much?")
    resolve_comment(page, by=author, comment_id=remark.pk)
    with pytest.raises(Refused):
        comment_on_draft(page, by=other, section="results", text=PATIENT)
    leave_authors(page, by=other, handle=other.handle)
    assert not may_edit(viewer_of(other), WriteUpPage.objects.get(pk=page.pk))


@pytest.mark.django_db
def test_sending_asks_for_what_is_missing_and_holds_what_a_human_must_see() -> None:
    author = verified_member()
    empty = start_write_up(by=author, kind="attempt", title="Calls that nobody answered")
    with pytest.raises(Invalid) as lacks:
        send_for_review(empty, by=author)
    assert {"result", "not_worked", "conflicts"} <= set(lacks.value.errors)

    page = make_draft(author, title="Another way")
    save_section(page, by=author, section="results", values={"unintended": HELD})
    held = send_for_review(page, by=author)

    assert held.stage == Stage.HELD
    assert Review.objects.get(target_type="knowledge.writeuppage").target_id == str(page.pk)
    assert not may_edit(viewer_of(author), held)
    refuse_write_up(held, by=SYSTEM)
    assert WriteUpPage.objects.get(pk=page.pk).stage == Stage.REVISING
    send_for_review(page, by=author)
    release_write_up(page, by=SYSTEM)
    assert WriteUpPage.objects.get(pk=page.pk).stage == Stage.IN_REVIEW
    assert verbs_of(page)[-5:] == ["held", "refused", "held", "released", "sent"]
    told = Event.objects.filter(verb__in=["knowledge.writeup.refused", "knowledge.writeup.sent"])
    assert told.filter(target_id=str(page.pk)).count() == 2


@pytest.mark.django_db
def test_what_is_due_is_reaffirmed_or_retired_and_hidden_only_by_moderators() -> None:
    author = verified_member()
    page = make_write_up(author)
    WriteUpPage.objects.filter(pk=page.pk).update(review_due="2020-01-01")

    assert mark_due(by=SYSTEM) == 1
    assert b"Its review is due" in Client().get(f"/practices/{page.slug}/").content
    assert reaffirm(page, by=author).standing == Standing.CURRENT
    hide_write_up(page, by=SYSTEM)
    assert Client().get(f"/practices/{page.slug}/").status_code == 404
    restore_write_up(page, by=SYSTEM)
    retire(page, by=author, reason="The guideline has changed.")

    shown = Client().get(f"/practices/{page.slug}/")
    assert b"The guideline has changed." in shown.content
    assert page.slug.encode() not in Client().get("/practices/").content
    assert verbs_of(page)[-5:] == ["fell_due", "reaffirmed", "hidden", "restored", "retired"]


@pytest.mark.django_db
def test_publishing_an_old_draft_undoes_no_decision_about_the_whole() -> None:
    page = make_write_up(verified_member())
    old = page.get_latest_revision()
    WriteUpPage.objects.filter(pk=page.pk).update(evidence_level=4, literature_certainty="low", certainty_reason="Few.")

    old.publish(skip_permission_checks=True)

    page = WriteUpPage.objects.get(pk=page.pk)
    assert (page.evidence_level, page.literature_certainty, page.certainty_reason) == (4, "low", "Few.")
    assert page.versions.count() == 1


@pytest.mark.django_db
def test_the_list_narrows_counts_and_costs_the_same_with_one_and_with_three(
    django_assert_num_queries: Any,
) -> None:
    author = verified_member()
    make_write_up(author, title="The first")
    client = Client()
    client.get("/practices/")
    with django_assert_num_queries(LIST_QUERIES):
        client.get("/practices/")
    make_write_up(author, title="The second", kind="attempt")
    make_write_up(author, title="For members only", audience="members")
    make_write_up(author, title="The third", audience="public", facility_level="tertiary")
    client.get("/practices/")  # Publishing makes the frame forget its links and banners.

    with django_assert_num_queries(LIST_QUERIES):
        page = client.get("/practices/")

    assert [line.page.title for line in page.context["lines"]] == ["The third", "The second", "The first"]
    assert b"For members only" not in page.content
    assert {choice.value: choice.count for choice in page.context["choices"]["facility"]} == {
        "primary": 2,
        "tertiary": 1,
    }
    narrowed = client.get("/practices/?kind=attempt&tag=refills&measured=1")
    assert [line.page.title for line in narrowed.context["lines"]] == ["The second"]
    assert client.get("/practices/?region=NOWHERE&page=x").context["total"] == 0


@pytest.mark.django_db
def test_every_part_is_drawn_from_a_template_of_its_own() -> None:
    stream = PracticeStream()
    values = {
        "timeline": [{"when": "2025-01", "what": "Began", "detail": "**So**"}],
        "checklist": [{"step": "Call", "who": "Nurse", "note": "", "critical": True}],
        "core": [{"element": "One list", "why": "It is read."}],
        "adaptable": [{"element": "The hour", "why": ""}],
        "team": [{"role": "Nurse", "people": "2", "part": "Called"}],
        "resources": {"money": "none", "time": "weekly", "equipment": "A telephone", "it": "", "training": ""},
        "measures": [MEASURE, {**MEASURE, "before": "<5", "after": "", "n_after": None}],
        "ethics": {"kind": "improvement", "text": "Told."},
        "getting_started": [{"title": "Count", "text": ""}],
        "sources": [{"citation": "A guideline", "url": "", "doi": "10.1056/NEJMoa1701075"}],
        "conflicts": {"none": True, "text": ""},
        "more": {"heading": "Thanks", "text": "To the porters."},
        "figure": None,
        "handout": {"document": None, "about": ""},
    }
    drawn = {}
    for name in PARTS:
        block = stream.child_blocks[name]
        if values.get(name, "") is not None:
            drawn[name] = block.to_python(values.get(name, "Words with **weight**."))
            assert block.meta.template.startswith("knowledge/blocks/practice/")
            drawn[name] = block.render(drawn[name])

    assert "<strong>weight</strong>" in drawn["summary"]
    assert 'role="img"' in drawn["measures"]
    assert "Before 54 %; After 71 %" in drawn["measures"]
    assert "&lt;5" in drawn["measures"]
    assert "Must not be left out" in drawn["checklist"]
    assert "https://doi.org/10.1056/NEJMoa1701075" in drawn["sources"]
    assert [name for name, html in drawn.items() if name != "handout" and not html.strip()] == []
    assert engines["django"].get_template("knowledge/blocks/practice/picture.html")


@pytest.mark.django_db
def test_a_draft_is_gone_when_it_is_discarded_and_a_published_one_cannot_be() -> None:
    author = verified_member()
    draft, page = make_draft(author, title="To go"), make_write_up(author, title="To stay")

    discard_draft(draft, by=author)
    with pytest.raises(Refused):
        discard_draft(page, by=author)

    assert list(WriteUpPage.objects.values_list("pk", flat=True)) == [page.pk]
    with pytest.raises(Missing):
        save_section(draft, by=author, section="short", values={"result": "x"})
    assert WriteUpPage.objects.visible_to(Viewer.anonymous()).count() == 1


@pytest.mark.django_db
def test_a_figure_needs_a_description_and_files_can_be_taken_out() -> None:
    author = verified_member()
    page = make_draft(author)
    with pytest.raises(Invalid):
        add_figure(page, by=author, file=SimpleUploadedFile("a.jpg", photo()), description="")

    add_figure(page, by=author, file=SimpleUploadedFile("a.jpg", photo()), description="A board beside the well")
    add_handout(page, by=author, file=SimpleUploadedFile("a.pdf", paper()), title="Card for the box")
    remove_file(page, by=author, place=0)

    kept = files_of(draft_of(WriteUpPage.objects.get(pk=page.pk)))
    assert [block["type"] for block in kept] == ["handout"]
