"""Writing together: inviting co-authors, answering, leaving, and remarks on a draft among its authors."""

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from community.core.audiences import viewer_of
from community.core.clock import now
from community.core.errors import Invalid, Missing
from community.core.events import record
from community.core.limits import spend
from community.core.policies import require
from community.core.screening import Context, refuse_if_not_clean
from community.knowledge.models import Authorship, AuthorState, DraftComment, WriteUpPage
from community.knowledge.operations.writeups import locked
from community.knowledge.policies.writeups import may_answer, may_comment, may_invite, may_leave
from community.knowledge.practice.sections import BY_NAME
from community.members.models import Member
from community.moderation.policies import may_speak

INVITATIONS_A_DAY = "30/day"
COMMENTS_AN_HOUR = "60/hour"
LONGEST_COMMENT = 2000


@transaction.atomic
def invite_author(page: WriteUpPage, *, by: Any, handle: str) -> Authorship:
    """Ask a member to write with one. Who has declined can be asked once more."""
    viewer, page = viewer_of(by), locked(page)
    require(may_invite(viewer, page))
    require(may_speak(by))
    spend("knowledge.author.invite", by.pk, INVITATIONS_A_DAY)
    member = Member.objects.filter(handle=handle.strip().lstrip("@").lower(), is_active=True).first()
    if member is None:
        raise Invalid({"handle": [_("There is no member with this handle.")]})
    found = Authorship.objects.filter(page=page, member=member).first()
    if found is not None and found.state != AuthorState.DECLINED:
        raise Invalid({"handle": [_("They are an author or invited already.")]})
    last = page.authorships.aggregate(last=Max("position"))["last"] or 0
    invited, _new = Authorship.objects.update_or_create(
        page=page,
        member=member,
        defaults={"state": AuthorState.INVITED, "position": last + 1, "invited_by": by, "invited_at": now()},
    )
    record("knowledge.author.invited", by=by, target=invited, page=page.pk)
    return invited


@transaction.atomic
def answer_invitation(page: WriteUpPage, *, by: Any, accept: bool) -> Authorship:
    """Accept, which makes one an author, or decline, after which the draft is out of sight."""
    viewer, page = viewer_of(by), locked(page)
    require(may_answer(viewer, page))
    authorship: Authorship = Authorship.objects.select_for_update().get(page=page, member=by)
    authorship.state = AuthorState.ACCEPTED if accept else AuthorState.DECLINED
    authorship.answered_at = now()
    authorship.save(update_fields=["state", "answered_at"])
    verb = "knowledge.author.accepted" if accept else "knowledge.author.declined"
    record(verb, by=by, target=authorship, page=page.pk)
    return authorship


@transaction.atomic
def leave_authors(page: WriteUpPage, *, by: Any, handle: str) -> None:
    """Leave a draft, or take back an invitation that is not answered yet."""
    viewer, page = viewer_of(by), locked(page)
    authorship = Authorship.objects.filter(page=page, member__handle=handle).first()
    if authorship is None:
        raise Missing
    authorship.page = page
    require(may_leave(viewer, authorship))
    record("knowledge.author.left", by=by, target=authorship, page=page.pk)
    authorship.delete()


@transaction.atomic
def comment_on_draft(page: WriteUpPage, *, by: Any, section: str, text: str) -> DraftComment:
    """Say something about a step of a draft; only its authors read it."""
    require(may_comment(viewer_of(by), page))
    require(may_speak(by))
    text = text.strip()
    if section not in BY_NAME:
        raise Missing
    if not text or len(text) > LONGEST_COMMENT:
        raise Invalid({"text": [_("Write something, at most %(limit)d characters.") % {"limit": LONGEST_COMMENT}]})
    spend("knowledge.comment", by.pk, COMMENTS_AN_HOUR)
    refuse_if_not_clean("practice", Context(by.pk, f"writeup:{page.pk}"), text=text)
    comment = DraftComment.objects.create(page=page, author=by, section=section, text=text)
    record("knowledge.comment.written", by=by, target=comment, page=page.pk, section=section)
    return comment


@transaction.atomic
def resolve_comment(page: WriteUpPage, *, by: Any, comment_id: int) -> DraftComment:
    """Mark a remark as done; a second time changes nothing."""
    require(may_comment(viewer_of(by), page))
    comment = DraftComment.objects.select_for_update().filter(page=page, pk=comment_id).first()
    if comment is None:
        raise Missing
    if comment.resolved_at is None:
        comment.resolved_at = now()
        comment.save(update_fields=["resolved_at"])
        record("knowledge.comment.resolved", by=by, target=comment, page=page.pk)
    return comment
