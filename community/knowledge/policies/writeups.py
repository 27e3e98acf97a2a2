"""Who may write, publish and take down a write-up, with the reason a person can act on."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from community.core.actors import Actor, is_system
from community.core.audiences import VERIFIED, Viewer
from community.core.policies import ALLOWED, Verdict, deny
from community.credentials import policies as credentials
from community.knowledge.models import Authorship, AuthorState, WriteUpPage
from community.knowledge.practice.facets import Stage, Standing

EDITORS = "editors"
MODERATORS = "moderators"
MOST_AUTHORS = 20

#: Others who may read a draft, such as its reviewers: (member, page) → whether they may. Joined by `add_draft_readers`.
DraftReaders = Callable[[Any, WriteUpPage], bool]
_draft_readers: list[DraftReaders] = []


def add_draft_readers(may: DraftReaders) -> None:
    """Let others than authors and editors read drafts; asked once for each page view."""
    if may not in _draft_readers:
        _draft_readers.append(may)


def is_author(member: Any, page: WriteUpPage) -> bool:
    """Whether the member has accepted to be an author (or began the draft)."""
    return _state(member, page) == AuthorState.ACCEPTED


def is_invited(member: Any, page: WriteUpPage) -> bool:
    return _state(member, page) == AuthorState.INVITED


def may_write(viewer: Viewer) -> Verdict:
    """Verified clinicians; the right is derived from the credential at this moment."""
    return ALLOWED if viewer.has(VERIFIED) else credentials.may_post(viewer.member)


def may_read_draft(viewer: Viewer, page: WriteUpPage) -> Verdict:
    """Its authors, those invited to be one, editors, and whom a package has let in (reviewers)."""
    member = viewer.member
    if member is None:
        return deny("not_signed_in", _("Please sign in."))
    if _state(member, page) in {AuthorState.ACCEPTED, AuthorState.INVITED} or viewer.has(EDITORS):
        return ALLOWED
    if any(may(member, page) for may in _draft_readers):
        return ALLOWED
    return deny("not_author", _("Only the authors of a draft can read it."))


def may_edit(viewer: Viewer, page: WriteUpPage) -> Verdict:
    """Authors who may write now, while the draft is theirs; editors do it in the admin."""
    if not is_author(viewer.member, page):
        return deny("not_author", _("Only its authors can change a write-up."))
    if page.stage == Stage.HELD:
        return deny("held", _("A moderator is reading this. You can change it again when they have answered."))
    if page.stage == Stage.IN_REVIEW:
        return deny("in_review", _("Reviewers are reading this. You can change it when they have answered."))
    if page.standing == Standing.RETIRED:
        return deny("retired", _("This write-up is retired. It stays as it was."))
    return may_write(viewer)


def may_send(viewer: Viewer, page: WriteUpPage) -> Verdict:
    """Any author sends it for review; what is published and unchanged has nothing to review."""
    verdict = may_edit(viewer, page)
    if verdict and page.stage == Stage.PUBLISHED and not page.has_unpublished_changes:
        return deny("unchanged", _("Nothing has changed since it was published."))
    return verdict


def may_discard(viewer: Viewer, page: WriteUpPage) -> Verdict:
    if page.live or page.versions.exists():
        return deny("published", _("It was published, so it can be retired but not discarded."))
    return may_edit(viewer, page)


def may_invite(viewer: Viewer, page: WriteUpPage) -> Verdict:
    verdict = may_edit(viewer, page)
    if verdict and page.authorships.count() >= MOST_AUTHORS:
        return deny("too_many_authors", _("A write-up has at most %(most)d authors.") % {"most": MOST_AUTHORS})
    return verdict


def may_answer(viewer: Viewer, page: WriteUpPage) -> Verdict:
    """Those invited; to accept one must be able to write."""
    if not is_invited(viewer.member, page):
        return deny("not_invited", _("You are not invited to this write-up."))
    return ALLOWED


def may_leave(viewer: Viewer, authorship: Authorship) -> Verdict:
    """One's own authorship of a draft, or an invitation that an author made; the last author stays."""
    page, member = authorship.page, viewer.member
    if page.versions.exists() and authorship.state == AuthorState.ACCEPTED:
        return deny("published", _("It was published under these names; ask an editor."))
    if authorship.state == AuthorState.ACCEPTED and len(page.author_ids()) == 1:
        return deny("last_author", _("You are its only author: discard the draft instead."))
    if member is not None and member.pk == authorship.member_id:
        return ALLOWED
    if authorship.state == AuthorState.INVITED and is_author(member, page):
        return ALLOWED
    return deny("not_yours", _("Only they can leave the authors."))


def may_comment(viewer: Viewer, page: WriteUpPage) -> Verdict:
    """Authors and those invited, among themselves."""
    if _state(viewer.member, page) in {AuthorState.ACCEPTED, AuthorState.INVITED}:
        return may_write(viewer)
    return deny("not_author", _("Only its authors comment on a draft."))


def may_publish(by: Actor, viewer: Viewer) -> Verdict:
    """The site itself, when the reviewers have agreed, and editors."""
    if is_system(by) or viewer.has(EDITORS):
        return ALLOWED
    return deny("not_editor", _("It is published when two reviewers have agreed."))


def may_retire(by: Actor, viewer: Viewer, page: WriteUpPage) -> Verdict:
    """Authors and editors. It stays readable and citable under a banner."""
    if is_system(by) or viewer.has(EDITORS) or is_author(viewer.member, page):
        return ALLOWED if page.standing != Standing.RETIRED else deny("retired", _("It is retired already."))
    return deny("not_author", _("Only its authors and editors can retire a write-up."))


def may_reaffirm(by: Actor, viewer: Viewer, page: WriteUpPage) -> Verdict:
    """Authors and editors, for what is published and in force."""
    if page.standing == Standing.RETIRED or not page.live:
        return deny("retired", _("Only what is published and in force can be reaffirmed."))
    if is_system(by) or viewer.has(EDITORS) or is_author(viewer.member, page):
        return ALLOWED
    return deny("not_author", _("Only its authors and editors can reaffirm a write-up."))


def may_call_for_review(viewer: Viewer, page: WriteUpPage) -> Verdict:
    """Editors, before the date at which it would fall due by itself."""
    if not viewer.has(EDITORS):
        return deny("not_editor", _("Only editors can ask for a review before its date."))
    if not page.live or page.standing != Standing.CURRENT:
        return deny("not_current", _("Only what is published and in force can fall due."))
    return ALLOWED


def may_empty_version(by: Actor, viewer: Viewer) -> Verdict:
    if is_system(by) or viewer.has(MODERATORS):
        return ALLOWED
    return deny("not_moderator", _("Only moderators can do this."))


def may_report(viewer: Viewer, page: WriteUpPage) -> Verdict:
    if not viewer.is_signed_in:
        return deny("not_signed_in", _("Sign in to report this."))
    if is_author(viewer.member, page):
        return deny("own_writeup", _("This is your own write-up: you can change or retire it."))
    return ALLOWED


def _state(member: Any, page: WriteUpPage) -> str:
    """Where the member stands with the page; read once for a page that has been asked for."""
    if member is None:
        return ""
    known: dict[int, str] | None = getattr(page, "_author_states", None)
    if known is None:
        known = dict(page.authorships.values_list("member_id", "state"))
        page._author_states = known
    return known.get(member.pk, "")
