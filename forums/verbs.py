"""What happens in the forums, in words, and which of it members are told."""

from django.utils.translation import gettext_lazy as _

from community.core.notices import Notice

VERBS = {
    "forums.space.created": _("opened a space"),
    "forums.space.edited": _("changed a space"),
    "forums.space.archived": _("closed a space for writing"),
    "forums.space.reopened": _("opened a space for writing again"),
    "forums.group.joined": _("joined a private group"),
    "forums.group.left": _("left a private group"),
    "forums.thread.opened": _("opened a thread"),
    "forums.thread.edited": _("changed title or tags of a thread"),
    "forums.thread.locked": _("locked a thread"),
    "forums.thread.unlocked": _("unlocked a thread"),
    "forums.thread.pinned": _("pinned a thread"),
    "forums.thread.unpinned": _("unpinned a thread"),
    "forums.thread.moved": _("moved a thread"),
    "forums.thread.hidden": _("hid a thread"),
    "forums.thread.restored": _("showed a thread again"),
    "forums.thread.promoted": _("began a write-up out of a thread"),
    "forums.thread.followed": _("chose how to follow a thread"),
    "forums.thread.unfollowed": _("stopped following a thread"),
    "forums.post.published": _("published a post"),
    "forums.post.held": _("wrote a post that waits for a moderator"),
    "forums.post.edited": _("edited a post"),
    "forums.post.edit_held": _("edited a post; the edit waits for a moderator"),
    "forums.post.edit_refused": _("declined an edit"),
    "forums.post.withdrawn": _("withdrew a post"),
    "forums.post.restored": _("showed a post again"),
    "forums.post.hidden": _("hid a post"),
    "forums.post.refused": _("declined a post"),
    "forums.revision.erased": _("took an earlier version of a post away"),
    "forums.tag.created": _("added a tag"),
    "forums.tag.adopted": _("adopted a tag into the curated list"),
    "forums.tag.aliased": _("gave a tag another word"),
    "forums.tag.merged": _("merged a tag into another"),
    "forums.tag.dropped": _("took a tag away"),
}

NOTICES = {
    "forums.mention": Notice(
        label=_("Somebody mentions me"), title=_("You were mentioned in a discussion"), email="now"
    ),
    "forums.reply": Notice(label=_("Somebody answers me"), title=_("Somebody answered your post"), email="now"),
    "forums.quote": Notice(label=_("Somebody quotes me"), title=_("Somebody quoted your post"), email="daily"),
    "forums.following": Notice(
        label=_("New posts in threads that I follow"),
        title=_("There is a new post in a thread you follow"),
        email="daily",
    ),
}
