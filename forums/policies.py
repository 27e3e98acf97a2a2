"""Who may do what in the forums, with the reason a person can act on."""

from django.utils.translation import gettext as _

from community.core.audiences import MEMBERS, PUBLIC, VERIFIED, Viewer, user_token
from community.core.policies import ALLOWED, Verdict, deny
from community.credentials import policies as credentials
from forums.models import Post, PostState, ReadRule, Space, Thread, ThreadState, WriteRule

MODERATORS = "moderators"
EDITORS = "editors"


def audience_of_space(space: Space, rule: ReadRule) -> str:
    """The token that a read rule stands for; a group's needs the saved space."""
    if rule == ReadRule.GROUP:
        return f"space:{space.pk}"
    if rule == ReadRule.PROFESSION and space.profession is not None:
        return f"profession:{space.profession.code}"
    return str({ReadRule.PUBLIC: PUBLIC, ReadRule.MEMBERS: MEMBERS}.get(rule, VERIFIED))


def audience_of_thread(thread: Thread) -> str:
    """What is published is read by the space, what is hidden by moderators, the rest by its author."""
    if thread.state == ThreadState.PUBLISHED:
        return thread.space.audience
    return MODERATORS if thread.state == ThreadState.HIDDEN else user_token(thread.author)


def audience_of_post(post: Post) -> str:
    if post.state == PostState.PUBLISHED:
        return audience_of_thread(post.thread)
    return MODERATORS if post.state == PostState.HIDDEN else f"user:{post.author_id}"


def may_open_thread(viewer: Viewer, space: Space) -> Verdict:
    if space.is_archived:
        return deny("archived", _("This space is closed for writing; it stays readable."))
    return may_write(viewer, space)


def may_reply(viewer: Viewer, thread: Thread) -> Verdict:
    if thread.state != ThreadState.PUBLISHED:
        return deny("closed", _("This thread is not published, so nobody can reply to it."))
    if thread.is_locked and not may_moderate(viewer, thread.space):
        return deny("locked", _("A moderator has locked this thread. You can open a new one."))
    return may_open_thread(viewer, thread.space)


def may_write(viewer: Viewer, space: Space) -> Verdict:
    """The right to post at this moment, then the rule of the space."""
    if space.write_rule == WriteRule.LEARNERS and viewer.has("learner"):
        return ALLOWED
    if not viewer.has(VERIFIED):
        return credentials.may_post(viewer.member)
    if space.write_rule == WriteRule.PROFESSION and not viewer.has(_profession_token(space)):
        return deny("not_this_profession", _("Only verified members of one profession write here."))
    if space.write_rule == WriteRule.GROUP and not viewer.has(f"space:{space.pk}"):
        return deny("not_in_group", _("Only members of this group write here."))
    return ALLOWED


def may_edit_post(viewer: Viewer, post: Post) -> Verdict:
    if not is_author(viewer, post):
        return deny("not_author", _("Only the author can change a post."))
    if post.state != PostState.PUBLISHED:
        return deny("not_published", _("This post is not published, so it cannot be edited now."))
    if post.edit_held:
        return deny("edit_held", _("Your last edit still waits for a moderator."))
    return may_reply(viewer, post.thread)


def may_erase_revision(viewer: Viewer, post: Post) -> Verdict:
    """The author, who may have said too much at first, and moderators."""
    if is_author(viewer, post):
        return ALLOWED
    return may_moderate(viewer, post.thread.space)


def may_withdraw_post(viewer: Viewer, post: Post) -> Verdict:
    """One's own words can always be taken back, also after the right to post has ended."""
    if not is_author(viewer, post):
        return deny("not_author", _("Only the author can withdraw a post."))
    if post.state not in {PostState.PUBLISHED, PostState.HELD}:
        return deny("not_published", _("This post is not published."))
    return ALLOWED


def may_restore_post(viewer: Viewer, post: Post) -> Verdict:
    if not is_author(viewer, post) or post.state != PostState.WITHDRAWN or post.number is None:
        return deny("not_withdrawn", _("Only the author can bring back a post that they withdrew."))
    return may_write(viewer, post.thread.space)


def may_report(viewer: Viewer, post: Post) -> Verdict:
    if not viewer.is_signed_in:
        return deny("not_signed_in", _("Sign in to report a post."))
    if is_author(viewer, post):
        return deny("own_post", _("This is your own post: you can edit or withdraw it."))
    if post.state != PostState.PUBLISHED:
        return deny("not_published", _("This post is not published."))
    return ALLOWED


def may_follow(viewer: Viewer, thread: Thread) -> Verdict:
    if not viewer.is_signed_in:
        return deny("not_signed_in", _("Sign in to follow a thread."))
    if thread.state != ThreadState.PUBLISHED:
        return deny("not_published", _("This thread is not published."))
    return ALLOWED


def may_promote(viewer: Viewer, thread: Thread) -> Verdict:
    """Whoever may write, out of an answered thread; what a closed circle says stays there."""
    if thread.state != ThreadState.PUBLISHED or thread.space.is_group:
        return deny("closed", _("A write-up cannot grow out of this thread."))
    if thread.post_count < 2:
        return deny("not_answered", _("Nobody has answered yet: there is nothing to write up."))
    return ALLOWED if viewer.has(VERIFIED) else credentials.may_post(viewer.member)


def may_moderate(viewer: Viewer, space: Space) -> Verdict:
    """Moderators, in what they may read themselves: a private group is closed to them as to everybody."""
    if viewer.has(MODERATORS) and (viewer.has(space.audience)):
        return ALLOWED
    return deny("not_moderator", _("Only moderators can do this."))


def may_edit_spaces(viewer: Viewer) -> Verdict:
    return ALLOWED if viewer.has(EDITORS) else deny("not_editor", _("Only editors can do this."))


def may_join(viewer: Viewer, space: Space) -> Verdict:
    if not viewer.has(VERIFIED):
        return credentials.may_post(viewer.member)
    if not space.is_group or not space.open_join or space.is_archived:
        return deny("not_open", _("This group takes members by invitation."))
    return ALLOWED


def may_invite(viewer: Viewer, space: Space, *, is_owner: bool) -> Verdict:
    if space.is_group and (is_owner or viewer.has(EDITORS)):
        return ALLOWED
    return deny("not_owner", _("Only owners of the group can invite."))


def is_author(viewer: Viewer, post: Post) -> bool:
    return viewer.member is not None and viewer.member.pk == post.author_id


def _profession_token(space: Space) -> str:
    return f"profession:{space.profession.code}" if space.profession is not None else "nobody"
