"""What the forums show on the home page."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from community.core.audiences import Viewer
from community.core.ui import Link, Panel, for_members, for_visitors, register_home_panel, register_links
from community.knowledge.discussions import register_discussion
from forums import queries
from forums.lines import thread_lines
from forums.operations.writeups import thread_about
from forums.policies import may_open_thread

LINES = 5
SPACES = 6


def register() -> None:
    """Called once, when the models are ready."""
    for source in (unread_panel, questions_panel, public_panel, spaces_panel):
        register_home_panel(source)
    register_links("new_thread", places_to_write)
    register_discussion(discussion_link)


def discussion_link(page: Any, viewer: Viewer) -> Link | None:
    """The way from a write-up to the thread about it."""
    thread = thread_about(page, viewer)
    return (
        Link(_("{n} posts in “{title}”").format(n=thread.post_count, title=thread), thread.get_absolute_url())
        if thread
        else None
    )


def places_to_write(viewer: Viewer) -> list[Link]:
    """Where this viewer may open a thread; other packages lead there with the beginning of a draft."""
    spaces = queries.spaces_for(viewer).order_by("name")
    return [
        Link(space.name, reverse("thread-create", args=[space.slug]))
        for space in spaces
        if may_open_thread(viewer, space)
    ]


@for_members
def unread_panel(viewer: Viewer) -> Panel:
    """The newest threads with something new for this member."""
    return _threads(
        queries.with_lines(queries.unread_threads(viewer)),
        key="unread",
        title=_("Unread"),
        empty=_("You have read everything in the spaces you can see."),
        order=10,
        url=reverse("unread-list"),
        url_label=_("All unread"),
    )


@for_members
def questions_panel(viewer: Viewer) -> Panel:
    """Questions that wait for somebody of this member's specialties."""
    return _threads(
        queries.questions_for(viewer),
        key="questions",
        title=_("Questions for my specialty"),
        empty=_("No question of your specialties waits for an answer."),
        order=20,
        url=reverse("question-list"),
        url_label=_("All questions"),
    )


@for_visitors
def public_panel(viewer: Viewer) -> Panel:
    """For visitors: what is discussed in public."""
    return _threads(
        queries.latest_threads(viewer),
        key="public",
        title=_("Discussed in public"),
        order=30,
        url=reverse("space-list"),
        url_label=_("All spaces"),
    )


@for_visitors
def spaces_panel(viewer: Viewer) -> Panel:
    """For visitors: the spaces they can read."""
    return Panel(
        key="spaces",
        title=_("Spaces open to everybody"),
        template="forums/_home_spaces.html",
        context={"spaces": list(queries.spaces_for(viewer)[:SPACES])},
        needs="spaces",
        order=40,
    )


def _threads(found: Any, *, empty: str = "", **shown: Any) -> Panel:
    """The newest of these threads; where there are none `empty` is said, or nothing is shown."""
    lines = thread_lines(found.order_by("-last_posted_at", "-id")[:LINES], with_space=True)
    context = {"lines": lines, "empty": empty}
    return Panel(template="forums/_home_threads.html", context=context, needs="" if empty else "lines", **shown)
