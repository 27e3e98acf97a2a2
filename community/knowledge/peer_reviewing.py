"""Joins review and lineage to the rest: a sent draft starts the workflow, reviewers may read it, pages show both."""

from collections.abc import Collection
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import WorkflowState
from wagtail.signals import task_submitted

from community.core.actors import SYSTEM
from community.core.audiences import Viewer
from community.knowledge import beside
from community.knowledge.models import Adaptation, PeerReview, WriteUpPage
from community.knowledge.models.reviews import PeerReviewTask
from community.knowledge.operations.reviews import open_round
from community.knowledge.policies.reviews import may_read_as_reviewer
from community.knowledge.policies.writeups import add_draft_readers
from community.knowledge.practice.facets import Stage
from community.knowledge.practice.joining import register_parents, register_review
from community.notifications.targets import register_target


def register() -> None:
    """Called once, when the models are ready."""
    register_review(start_workflow)
    add_draft_readers(may_read_as_reviewer)
    register_parents(addresses_of_parents)
    register_target("knowledge.peerreview", review_lines)
    register_target("knowledge.adaptation", adaptation_lines)
    task_submitted.connect(begin_round)
    beside.register()


def start_workflow(page: WriteUpPage, by: Any) -> None:
    """Submit the draft to Wagtail's workflow, or go on where changes had been asked for.

    Wagtail is told of no requester: its own mails lead into the admin, where most authors have no door.
    """
    state = page.current_workflow_state
    if state is None:
        page.get_workflow().start(page, None)
    elif state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        state.resume(user=None)


def begin_round(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Each time our step of the workflow starts, whoever started it, on the site or in the admin."""
    if not isinstance(instance.task.specific, PeerReviewTask):
        return
    page = instance.workflow_state.content_object.specific
    WriteUpPage.objects.filter(pk=page.pk).exclude(stage=Stage.IN_REVIEW).update(stage=Stage.IN_REVIEW)
    open_round(page, by=SYSTEM)


def addresses_of_parents(page: WriteUpPage) -> list[str]:
    """Where an adaptation came from, for its linked data, as long as anybody may know."""
    adaptation = Adaptation.objects.filter(child=page, parent__live=True).select_related("parent").first()
    if adaptation is None or adaptation.parent.audience != "public":
        return []
    return [adaptation.parent.url or ""]


def review_lines(viewer: Viewer, ids: Collection[str]) -> dict[str, tuple[str, str]]:
    """Id → title and address, for one's own reviews."""
    rows = PeerReview.objects.filter(pk__in=ids, reviewer=viewer.member).select_related("page")
    return {str(row.pk): (row.page.draft_title, reverse("peer-review", args=[row.public_id])) for row in rows}


def adaptation_lines(viewer: Viewer, ids: Collection[str]) -> dict[str, tuple[str, str]]:
    """Id → title and address of the parent's lineage, as far as the viewer may read the parent."""
    readable = WriteUpPage.objects.visible_to(viewer).values("pk")
    rows = Adaptation.objects.filter(pk__in=ids, parent__in=readable).select_related("parent", "country")
    return {str(row.pk): (_line(row), reverse("writeup-lineage", args=[row.parent.slug])) for row in rows}


def _line(row: Adaptation) -> str:
    if row.country is None:
        return str(row.parent.title)
    return _("{title}: {country}").format(title=row.parent.title, country=row.country)
