"""What changes a member: joining, the profile, follows, sessions, leaving."""

from community.members.operations.exporting import export_data
from community.members.operations.following import follow_member, unfollow_member
from community.members.operations.joining import join
from community.members.operations.leaving import erase_member, request_erasure, withdraw_erasure
from community.members.operations.profile import (
    choose_language,
    clear_profile_words,
    declare_conflicts,
    remind_of_conflicts,
    set_visibility,
    update_profile,
)
from community.members.operations.sessions import end_session

__all__ = [
    "choose_language",
    "clear_profile_words",
    "declare_conflicts",
    "end_session",
    "erase_member",
    "export_data",
    "follow_member",
    "join",
    "remind_of_conflicts",
    "request_erasure",
    "set_visibility",
    "unfollow_member",
    "update_profile",
    "withdraw_erasure",
]
