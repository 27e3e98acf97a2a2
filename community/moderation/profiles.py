"""Profiles in the queue: screened again under new rules of the guard, and emptied by a moderator where they must be."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy

from community.casefree.contents import Content, Row, register_content
from community.core.actors import SYSTEM, Actor
from community.members.models import Member
from community.members.operations import clear_profile_words
from community.moderation.operations import flag
from community.moderation.registry import Handler, register_reviewable

WORDS = ("institution", "interests", "bio", "coi_statement")


def register() -> None:
    """Called once, when the models are ready."""
    register_content(Content("members.member", profiles_after, flag_profile))
    register_reviewable(
        "members.member",
        Handler(
            label=gettext_lazy("Profile"),
            rows=rows,
            title=str,
            url=lambda member: reverse("member-detail", args=[member.handle]),
            preview=lambda member: "\n\n".join(filter(None, (getattr(member, name) for name in WORDS))),
            author=lambda member: member,
            release=leave,
            refuse=clear_profile_words,
            hide=clear_profile_words,
            restore=leave,
        ),
    )


def rows() -> "QuerySet[Member]":
    return Member.objects.select_related("profession")


def profiles_after(pk: int, limit: int) -> Iterable[Row]:
    """The next members by key, with what they say of themselves."""
    for member in Member.objects.filter(pk__gt=pk, is_active=True).order_by("pk")[:limit]:
        for name in WORDS:
            yield member.pk, "profile", getattr(member, name)


def flag_profile(pk: int) -> None:
    """Ask a moderator to look at a profile."""
    flag(Member.objects.get(pk=pk), by=SYSTEM)


def leave(target: Any, *, by: Actor) -> None:
    """Nothing to do: a profile is not hidden, its words are emptied for good."""
