"""Facing, adapting and reporting: what it does to levels, who sees it, and what is refused."""

from datetime import timedelta
from typing import Any

import pytest

from community.core.actors import SYSTEM
from community.core.audiences import Viewer, viewer_of
from community.core.clock import now
from community.core.errors import Invalid, Missing, Refused
from community.core.models import Event
from community.knowledge.models import Adaptation, Facing, WriteUpPage
from community.knowledge.operations.lineage import Found, adapt, face, remind_of_report, report_outcome, stop_facing
from community.knowledge.operations.writeups import publish_version
from community.knowledge.tasks import remind_of_reports
from community.knowledge.tracing import lineage_for, need_for
from community.members.models import Country
from community.notifications.models import Notification
from tests.factories.forums import verified_member
from tests.knowledge.practices import frame, published

pytestmark = pytest.mark.django_db


def country(code: str) -> Country:
    return Country.objects.get(code=code)


def adopted(page: WriteUpPage, code: str = "IN", **changes: Any) -> Adaptation:
    """An adaptation by a new member somewhere else, in use for a year."""
    return adapt(page, by=verified_member(country=country(code)), frame=frame(country=country(code), **changes))


def test_reports_from_two_regions_raise_the_level_and_tell_the_authors(run_jobs: Any) -> None:
    author = verified_member(country=country("KE"))
    page = published(author)
    assert page.evidence_level == 2
    far, farther = adopted(page, "IN"), adopted(page, "BR")

    report_outcome(far, by=far.by, month=3, found=Found("better"))
    page.refresh_from_db()
    assert page.evidence_level == 4
    report_outcome(farther, by=farther.by, month=3, found=Found("better"))
    page.refresh_from_db()
    assert page.evidence_level == 5
    report_outcome(far, by=far.by, month=6, found=Found("worse"))
    page.refresh_from_db()

    assert page.evidence_level == 4
    changes = Event.objects.filter(verb="knowledge.writeup.level_changed", target_id=str(page.pk)).order_by("id")
    assert [event.facts for event in changes] == [
        {"before": before, "after": after} for before, after in [(0, 2), (2, 4), (4, 5), (5, 4)]
    ]
    kinds = Notification.objects.filter(member=author).values_list("kind", flat=True)
    assert {"knowledge.adapted", "knowledge.reported"} <= set(kinds)


def test_a_grandchild_counts_for_both_above_it() -> None:
    page = published(verified_member(country=country("KE")))
    child = adopted(page, "IN")
    child_page = publish_version(child.child, by=SYSTEM).page
    grandchild = adopted(child_page, "BR")

    report_outcome(grandchild, by=grandchild.by, month=3, found=Found("better"))
    levels = dict(WriteUpPage.objects.values_list("pk", "evidence_level"))

    assert grandchild.root == page
    assert (levels[page.pk], levels[child_page.pk]) == (4, 2)


def test_small_cells_and_early_or_foreign_reports_are_refused() -> None:
    adoption = adopted(published(verified_member()))
    new = adopted(adoption.parent, started_on=now().date() - timedelta(days=20))

    with pytest.raises(Invalid) as small:
        report_outcome(
            adoption, by=adoption.by, month=3, found=Found("better", "Readmissions", "count", "12", "3", 40, 4)
        )
    with pytest.raises(Refused, match="from"):
        report_outcome(new, by=new.by, month=3, found=Found("better"))
    with pytest.raises(Refused, match="adapted it"):
        report_outcome(adoption, by=verified_member(), month=3, found=Found("better"))
    with pytest.raises(Refused) as words:
        report_outcome(adoption, by=adoption.by, month=3, found=Found("better", note="Mr John Smith, MRN 48151623"))

    assert set(small.value.errors) == {"after", "n_after"} or set(small.value.errors) == {"n_after"}
    assert words.value.code == "case_identifiers"
    assert not adoption.reports.exists()


def test_everybody_sees_fives_and_the_author_sees_all() -> None:
    author = verified_member(country=country("KE"))
    page = published(author)
    for code in ["IN"] * 6 + ["BR"]:
        face(page, by=verified_member(), country=country(code), facility_level="primary")

    everybody = need_for(Viewer.anonymous(), page, is_author=False)
    own = need_for(viewer_of(author), page, is_author=True)

    assert (everybody.total, everybody.regions) == (5, (("South-East Asia Region", 5),))
    assert (own.total, dict(own.regions)) == (7, {"South-East Asia Region": 6, "Region of the Americas": 1})
    with pytest.raises(Refused, match="You wrote this"):
        face(page, by=author)


def test_one_faces_a_problem_once_and_can_take_it_back() -> None:
    page, member = published(verified_member()), verified_member()
    face(page, by=member)
    face(page, by=member, facility_level="district")
    assert [row.facility_level for row in Facing.objects.filter(page=page)] == ["district"]

    stop_facing(page, by=member)

    assert not Facing.objects.filter(page=page).exists()
    verbs = Event.objects.filter(target_id=str(page.pk), verb__contains="faced").values_list("verb", flat=True)
    assert list(verbs.order_by("id")) == ["knowledge.writeup.faced", "knowledge.writeup.faced_no_more"]


def test_what_a_viewer_may_not_read_leaves_no_trace_in_the_lineage() -> None:
    page = published(verified_member(), audience="public")
    hidden = adopted(page)
    publish_version(hidden.child, by=SYSTEM)
    below = adopted(WriteUpPage.objects.get(pk=hidden.child_id), "BR")
    WriteUpPage.objects.filter(pk=below.child_id).update(audience="public")

    assert lineage_for(viewer_of(hidden.by), page).is_whole

    seen = lineage_for(Viewer.anonymous(), page)
    known = lineage_for(viewer_of(hidden.by), page)

    assert [(row.depth, row.place) for row in seen.rows] == [(0, ""), (1, "Brazil")]
    assert [(row.depth, row.place) for row in known.rows] == [(0, ""), (1, "India"), (2, "Brazil")]
    assert hidden.child.title not in str(seen.tree)
    assert not seen.is_whole
    with pytest.raises(Missing):
        face(WriteUpPage(pk=below.child_id), by=verified_member())


def test_the_clock_reminds_once_of_each_report_that_is_due() -> None:
    adoption = adopted(published(verified_member()), started_on=now().date() - timedelta(days=100))

    remind_of_reports()
    remind_of_reports()

    told = Notification.objects.filter(member=adoption.by, kind="knowledge.report_due")
    assert told.count() == 1
    with pytest.raises(Refused):
        remind_of_report(adoption, by=adoption.by, month=3)
