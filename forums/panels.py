"""What the forums show on the home page."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from community.core.audiences import Viewer
from community.core.ui import Link, Panel, register_home_panel, register_links
from community.knowledge.discussions import register_discussion
from forums import queries
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


def unread_panel(viewer: Viewer) -> Panel | None:
    """The newest threads with something new for this member."""
    if viewer.member is None:
        return None
    threads = queries.with_lines(queries.unread_threads(viewer)).order_by("-last_posted_at", "-id")[:LINES]
    return Panel(
        key="unread",
        title=_("Unread"),
        template="forums/_home_threads.html",
        context={"threads": list(threads), "empty": _("You have read everything in the spaces you can see.")},
        order=10,
        url=reverse("unread-list"),
        url_label=_("All unread"),
    )


def questions_panel(viewer: Viewer) -> Panel | None:
    """Questions that wait for somebody of this member's specialties."""
    if viewer.member is None:
        return None
    threads = queries.questions_for(viewer).order_by("-last_posted_at", "-id")[:LINES]
    return Panel(
        key="questions",
        title=_("Questions for my specialty"),
        template="forums/_home_threads.html",
        context={"threads": list(threads), "empty": _("No question of your specialties waits for an answer.")},
        order=20,
        url=reverse("question-list"),
        url_label=_("All questions"),
    )


def public_panel(viewer: Viewer) -> Panel | None:
    """For visitors: what is discussed in public."""
    if viewer.member is not None:
        return None
    threads = list(queries.latest_threads(viewer).order_by("-last_posted_at", "-id")[:LINES])
    if not threads:
        return None
    return Panel(
        key="public",
        title=_("Discussed in public"),
        template="forums/_home_threads.html",
        context={"threads": threads},
        order=30,
        url=reverse("space-list"),
        url_label=_("All spaces"),
    )


def spaces_panel(viewer: Viewer) -> Panel | None:
    """For visitors: the spaces they can read."""
    if viewer.member is not None:
        return None
    spaces = list(queries.spaces_for(viewer)[:SPACES])
    if not spaces:
        return None
    title, context = _("Spaces open to everybody"), {"spaces": spaces}
    return Panel(key="spaces", title=title, template="forums/_home_spaces.html", context=context, order=40)
