"""What follows what happens to write-ups: authors are told."""

from collections.abc import Iterable
from typing import Any

from community.core.actors import SYSTEM
from community.core.events import on
from community.core.models import Event
from community.core.notices import tell
from community.knowledge.admin_log import forget_member
from community.knowledge.models import Authorship, AuthorState, DraftComment, WriteUpPage
from community.knowledge.operations.lineage import forget_facings
from community.members.models import Member

TOLD = {
    "knowledge.writeup.published": "knowledge.published",
    "knowledge.writeup.refused": "knowledge.sent_back",
    "knowledge.writeup.fell_due": "knowledge.due",
}


@on(*TOLD)
def tell_authors_of_page(event: Event) -> None:
    """Every author, also the one who did it: where a write-up stands is news to all of them."""
    page = WriteUpPage.objects.filter(pk=event.target_id).first()
    if page is not None:
        for member in authors_of(page):
            tell(member, TOLD[event.verb], target=page, event_id=event.pk)


@on("knowledge.author.invited")
def tell_invited(event: Event) -> None:
    row = Authorship.objects.filter(pk=event.target_id, state=AuthorState.INVITED).first()
    if row is not None:
        tell(row.member, "knowledge.invited", target=row, event_id=event.pk, actor=row.invited_by)


@on("knowledge.author.accepted", "knowledge.author.declined")
def tell_inviter(event: Event) -> None:
    row = Authorship.objects.filter(pk=event.target_id).select_related("member", "invited_by").first()
    if row is not None and row.invited_by is not None:
        tell(row.invited_by, "knowledge.answered", target=row, event_id=event.pk, actor=row.member)


@on("knowledge.comment.written")
def tell_co_authors(event: Event) -> None:
    comment = DraftComment.objects.filter(pk=event.target_id).select_related("page", "author").first()
    if comment is not None:
        for member in authors_of(comment.page, but=comment.author):
            tell(member, "knowledge.commented", target=comment, event_id=event.pk, actor=comment.author)


@on("members.member.erased")
def forget(event: Event) -> None:
    """What an erased member said that they face goes with them, and so do their name and picture in the admin."""
    member = Member.objects.filter(pk=event.target_id).first()
    if member is not None:
        forget_facings(member, by=SYSTEM)
        forget_member(member)


def authors_of(page: WriteUpPage, *, but: Any = None) -> Iterable[Member]:
    rows = Member.objects.filter(authorships__page=page, authorships__state=AuthorState.ACCEPTED, is_active=True)
    return rows.exclude(pk=but.pk) if but else rows
