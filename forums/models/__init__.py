"""Spaces, threads, posts, tags and reading: one module for each."""

from forums.models.posts import Mention, MentionKind, Post, PostState, Revision, Stance
from forums.models.reading import Follow, Reading, ReadMarker, SpaceMarker
from forums.models.spaces import (
    GroupRole,
    ReadRule,
    Space,
    SpaceKind,
    SpaceMember,
    WriteRule,
)
from forums.models.tags import Tag, TagAlias, ThreadTag
from forums.models.threads import FollowLevel, Thread, ThreadState
from forums.models.writeups import WriteUpThread

__all__ = [
    "Follow",
    "FollowLevel",
    "GroupRole",
    "Mention",
    "MentionKind",
    "Post",
    "PostState",
    "ReadMarker",
    "ReadRule",
    "Reading",
    "Revision",
    "Space",
    "SpaceKind",
    "SpaceMarker",
    "SpaceMember",
    "Stance",
    "Tag",
    "TagAlias",
    "Thread",
    "ThreadState",
    "ThreadTag",
    "WriteRule",
    "WriteUpThread",
]
