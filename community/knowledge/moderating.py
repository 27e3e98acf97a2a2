"""How moderation sees a write-up, and how notices about one read."""

from collections.abc import Collection
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.core.audiences import Viewer
from community.knowledge.editorial import preview_of_page
from community.knowledge.models import Authorship, AuthorState, DraftComment, WriteUpPage
from community.knowledge.operations import holding
from community.moderation.registry import Handler, register_reviewable
from community.notifications.targets import register_target


def register() -> None:
    """Called once, when the models are ready."""
    register_target("knowledge.writeuppage", write_up_lines)
    register_target("knowledge.authorship", author_lines)
    register_target("knowledge.draftcomment", comment_lines)
    register_reviewable(
        "knowledge.writeuppage",
        Handler(
            label=gettext_lazy("Write-up"),
            rows=rows,
            title=lambda page: page.draft_title or page.title,
            url=address_of,
            preview=preview_of_page,
            author=lambda page: page.owner,
            release=holding.release_write_up,
            refuse=holding.refuse_write_up,
            hide=holding.hide_write_up,
            restore=holding.restore_write_up,
        ),
    )


def rows() -> "QuerySet[WriteUpPage]":
    """All write-ups, whoever may read them; only moderation uses it."""
    return WriteUpPage.objects.select_related("owner__profession")  # type: ignore[no-any-return]


def address_of(page: WriteUpPage) -> str:
    """Where it is read: the page when it is published, its draft otherwise."""
    return page.get_url() or "" if page.live else _draft(page)


def write_up_lines(viewer: Viewer, ids: Collection[str]) -> dict[str, tuple[str, str]]:
    """Id → title and address, of those this viewer may read now, as a reader or as an author."""
    readable = Q(live=True, audience__in=viewer.tokens) | Q(pk__in=_mine(viewer))
    pages = WriteUpPage.objects.filter(readable, pk__in=list(ids))
    return {str(page.pk): (page.draft_title or page.title, address_of(page)) for page in pages}


def author_lines(viewer: Viewer, ids: Collection[str]) -> dict[str, tuple[str, str]]:
    rows = Authorship.objects.filter(pk__in=list(ids), page__in=_mine(viewer)).select_related("page", "member")
    return {str(row.pk): (_author_line(row, viewer), _draft(row.page)) for row in rows}


def comment_lines(viewer: Viewer, ids: Collection[str]) -> dict[str, tuple[str, str]]:
    rows = DraftComment.objects.filter(pk__in=list(ids), page__in=_mine(viewer)).select_related("page", "author")
    return {str(row.pk): (_comment_line(row), f"{_draft(row.page)}#comments") for row in rows}


def _mine(viewer: Viewer) -> Any:
    """The pages the viewer writes or is invited to."""
    rows = Authorship.objects.filter(member=viewer.member) if viewer.member else Authorship.objects.none()
    return rows.exclude(state=AuthorState.DECLINED).values("page")


def _author_line(row: Authorship, viewer: Viewer) -> str:
    if viewer.member is not None and viewer.member.pk == row.member_id:
        return str(row.page.draft_title)
    return _("{name}: “{title}”").format(name=str(row.member), title=row.page.draft_title)


def _comment_line(row: DraftComment) -> str:
    return _("{name} on “{title}”").format(name=str(row.author), title=row.page.draft_title)


def _draft(page: WriteUpPage) -> str:
    return reverse("writeup-draft", args=[page.slug])
