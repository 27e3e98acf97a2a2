"""Everything that changes the forums, one module for each kind of thing that changes."""

from forums.operations.following import follow_thread, unfollow_thread
from forums.operations.groups import add_member, join_group, leave_group
from forums.operations.holds import hide_post, refuse_post, release_post, unhide_post
from forums.operations.posts import edit_post, erase_revision, reply, restore_post, withdraw_post
from forums.operations.reading import forget_bound, mark_read, mark_space_read, refresh_bound
from forums.operations.spaces import archive_space, clear_space_words, create_space, edit_space, reopen_space
from forums.operations.tags import add_alias, adopt_tag, drop_tag, merge_tag
from forums.operations.threads import (
    lock_thread,
    move_thread,
    open_thread,
    pin_thread,
    unlock_thread,
    unpin_thread,
)
from forums.operations.writeups import discuss_write_up, promote_thread

__all__ = [
    "add_alias",
    "add_member",
    "adopt_tag",
    "archive_space",
    "clear_space_words",
    "create_space",
    "discuss_write_up",
    "drop_tag",
    "edit_post",
    "edit_space",
    "erase_revision",
    "follow_thread",
    "forget_bound",
    "hide_post",
    "join_group",
    "leave_group",
    "lock_thread",
    "mark_read",
    "mark_space_read",
    "merge_tag",
    "move_thread",
    "open_thread",
    "pin_thread",
    "promote_thread",
    "refresh_bound",
    "refuse_post",
    "release_post",
    "reopen_space",
    "reply",
    "restore_post",
    "unfollow_thread",
    "unhide_post",
    "unlock_thread",
    "unpin_thread",
    "withdraw_post",
]
