"""What stands beside a write-up of ours: both kinds of evidence, who faces the problem, and where it was adapted."""

from typing import Any

from django.db.models import Q

from community.core.audiences import Viewer
from community.knowledge.discussions import discussion_of
from community.knowledge.models import Adaptation, WriteUpPage
from community.knowledge.policies.lineage import may_adapt, may_face
from community.knowledge.policies.reviews import may_set_certainty
from community.knowledge.practice.facets import Standing
from community.knowledge.practice.joining import Beside, register_beside
from community.knowledge.tracing import need_for


def register() -> None:
    """Called once, when the models are ready."""
    register_beside(evidence_beside)
    register_beside(lineage_beside)
    register_beside(discussion_beside)


def evidence_beside(page: WriteUpPage, viewer: Viewer) -> Beside | None:
    """Evidence from practice and certainty of the literature, side by side, never averaged."""
    if not page.live:
        return None
    context = {
        "writeup": page,
        "steps": range(1, 6),
        "may_rate": viewer.is_signed_in and bool(may_set_certainty(viewer, page)),
    }
    return Beside("knowledge/lineage/_evidence.html", context, order=10, place="head")


def lineage_beside(page: WriteUpPage, viewer: Viewer) -> Beside | None:
    if not page.live:
        return None
    return Beside("knowledge/lineage/_beside.html", face_context(page, viewer), order=20)


def discussion_beside(page: WriteUpPage, viewer: Viewer) -> Beside | None:
    """The thread about it, where the forums know of one that the viewer may read."""
    link = discussion_of(page, viewer)
    return Beside("knowledge/lineage/_discussion.html", {"link": link}, order=30) if link else None


def face_context(page: WriteUpPage, viewer: Viewer) -> dict[str, Any]:
    """Who faces the problem, how often it was adapted as far as the viewer may know, and what the viewer can do."""
    is_author = viewer.member is not None and viewer.member.pk in page.author_ids()
    known = Q(child__live=False) | Q(child__audience__in=viewer.tokens)
    adapted = Adaptation.objects.filter(known, parent=page)
    return {
        "writeup": page,
        "need": need_for(viewer, page, is_author=is_author),
        "is_author": is_author,
        "adapted": adapted.count(),
        "parent": _parent(page, viewer),
        "may_face": not is_author and (not viewer.is_signed_in or bool(may_face(viewer, page))),
        "may_adapt": page.standing != Standing.RETIRED and (not viewer.is_signed_in or bool(may_adapt(viewer, page))),
    }


def _parent(page: WriteUpPage, viewer: Viewer) -> WriteUpPage | None:
    """What it was adapted from, if the viewer may read that."""
    readable = WriteUpPage.objects.visible_to(viewer)
    return readable.filter(adaptations__child=page).first()  # type: ignore[no-any-return]
