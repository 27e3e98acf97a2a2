"""The list of spaces, a space with its threads, and the lists that go across spaces."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.core.errors import Missing
from forums import queries
from forums.keyset import page_of_threads
from forums.lines import thread_lines
from forums.models import Space, SpaceKind
from forums.operations import join_group, leave_group, mark_space_read
from forums.policies import may_edit_spaces, may_open_thread
from forums.views.reading import ForumRequest, space_or_missing

TABS = ("latest", "unread", "unanswered")


@require_safe
def space_list(request: ForumRequest) -> HttpResponse:
    unread = queries.unread_by_space(request.viewer)
    spaces = list(queries.spaces_for(request.viewer))
    for space in spaces:
        space.unread = unread.get(space.pk, 0)  # type: ignore[attr-defined]
    context = {
        "sections": _sections(spaces),
        "groups": queries.open_groups(request.viewer),
        "unread_total": sum(unread.values()),
        "may_edit_spaces": may_edit_spaces(request.viewer),
    }
    return render(request, "forums/space_list.html", context)


@require_safe
def space_detail(request: ForumRequest, space: str) -> HttpResponse:
    found = space_or_missing(request, space)
    tab = request.GET.get("tab", "latest")
    threads = queries.latest_threads(request.viewer, found)
    if tab == "unread":
        threads = queries.only_unread(threads)
    elif tab == "unanswered":
        threads = queries.unanswered(threads)
    context = {
        "space": found,
        "tabs": _tabs(request, found, tab),
        "tab": tab,
        "may_open": may_open_thread(request.viewer, found),
        "may_edit_spaces": may_edit_spaces(request.viewer),
        **_page(request, threads, pinned_first=tab == "latest", with_space=False),
    }
    return render(request, "forums/space_detail.html", context)


@require_safe
@login_required
def unread_list(request: ForumRequest) -> HttpResponse:
    threads = queries.with_lines(queries.unread_threads(request.viewer))
    context = {"title": _("Unread"), "kind": "unread", **_page(request, threads)}
    return render(request, "forums/thread_list.html", context)


@require_safe
@login_required
def question_list(request: ForumRequest) -> HttpResponse:
    threads = queries.questions_for(request.viewer)
    context = {"title": _("Questions for my specialty"), "kind": "questions", **_page(request, threads)}
    return render(request, "forums/thread_list.html", context)


@require_safe
def tag_detail(request: ForumRequest, slug: str) -> HttpResponse:
    tag = queries.tag_called(slug)
    if tag is None:
        raise Missing
    page = _page(request, queries.tagged_threads(request.viewer, tag))
    if not (tag.curated or page["lines"]):  # A word that only hidden threads use is hidden, too.
        raise Missing
    context = {"title": tag.name, "lead": tag.description, "kind": "tag", **page}
    return render(request, "forums/thread_list.html", context)


@require_POST
@login_required
def space_read(request: ForumRequest, space: str) -> HttpResponse:
    found = space_or_missing(request, space)
    mark_space_read(found, by=request.user)
    messages.success(request, _("Everything in this space is marked as read."))
    return redirect(found)


@require_POST
@login_required
def group_join(request: ForumRequest, space: str) -> HttpResponse:
    found = queries.open_groups(request.viewer).filter(slug=space).first()
    if found is None:
        raise Missing
    join_group(found, by=request.user)
    messages.success(request, _("You are now a member of this group."))
    return redirect(found)


@require_POST
@login_required
def group_leave(request: ForumRequest, space: str) -> HttpResponse:
    leave_group(space_or_missing(request, space), by=request.user)
    messages.success(request, _("You have left the group. What you wrote there stays."))
    return redirect("space-list")


def _sections(spaces: list[Space]) -> list[dict[str, Any]]:
    """Spaces under the heading of their kind; headings without any are left out."""
    sections = [
        {"label": kind.label, "spaces": [space for space in spaces if space.kind == kind]} for kind in SpaceKind
    ]
    return [section for section in sections if section["spaces"]]


def _page(
    request: ForumRequest, threads: Any, *, pinned_first: bool = False, with_space: bool = True
) -> dict[str, Any]:
    page = page_of_threads(threads, request.GET.get("after", ""), pinned_first=pinned_first)
    query = request.GET.copy()
    query["after"] = page.next
    return {
        "lines": thread_lines(page.rows, with_space=with_space),
        "next_url": f"{request.path}?{query.urlencode()}" if page.next else "",
        "first_url": _first_url(request) if request.GET.get("after") else "",
    }


def _first_url(request: ForumRequest) -> str:
    query = request.GET.copy()
    query.pop("after", None)
    return f"{request.path}?{query.urlencode()}" if query else request.path


def _tabs(request: ForumRequest, space: Space, current: str) -> list[dict[str, Any]]:
    labels = {"latest": _("Latest"), "unread": _("Unread"), "unanswered": _("Unanswered")}
    address = reverse("space-detail", args=[space.slug])
    shown = TABS if request.viewer.is_signed_in else ("latest", "unanswered")
    return [
        {
            "label": labels[tab],
            "url": address if tab == "latest" else f"{address}?tab={tab}",
            "current": tab == current,
        }
        for tab in shown
    ]
