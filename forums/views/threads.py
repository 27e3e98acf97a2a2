"""A thread: reading it, replying in it, following it, and what moderators do with it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.core.errors import Boundary, Missing
from forums import operations, queries
from forums.forms import ComposerForm, FollowForm, MoveForm, PromoteForm, ThreadForm
from forums.lines import post_lines
from forums.models import FollowLevel, Post, PostState, Thread
from forums.models.posts import page_of, page_query
from forums.policies import may_moderate, may_open_thread, may_promote, may_reply
from forums.quoting import quote
from forums.tagging import suggested_tags
from forums.views.composing import Composing, compose
from forums.views.reading import ForumRequest, positive, space_or_missing, thread_or_missing
from forums.writing import MAX_TITLE

ACTS = {
    "lock": operations.lock_thread,
    "unlock": operations.unlock_thread,
    "pin": operations.pin_thread,
    "unpin": operations.unpin_thread,
}


@require_safe
def thread_detail(request: ForumRequest, space: str, thread: str) -> HttpResponse:
    found = thread_or_missing(request, thread)
    if (found.space.slug, found.path_part) != (space, thread):
        query = request.META.get("QUERY_STRING", "")
        return redirect(f"{found.get_absolute_url()}{'?' + query if query else ''}")
    wanted = _wanted_number(request, found)
    if wanted:
        return redirect(f"{found.get_absolute_url()}{page_query(wanted)}#post-{wanted}")
    return _thread_page(request, found, Composing(_reply_form(request, found)))


@require_http_methods(["GET", "POST"])
@login_required
def thread_reply(request: ForumRequest, space: str, thread: str) -> HttpResponse:
    found = thread_or_missing(request, thread)
    if request.method == "GET":
        return redirect(f"{found.get_absolute_url()}#reply")
    form = ComposerForm(request.POST)

    def send(words: Any) -> Post:
        data = form.cleaned_data
        return operations.reply(
            found, by=request.user, words=words, client_key=data["client_key"], reply_to=data["reply_to"]
        )

    post, state = compose(form, request, send)
    if post is None:
        return _thread_page(request, found, state)
    return _to_post(request, post)


@require_http_methods(["GET", "POST"])
@login_required
def thread_create(request: ForumRequest, space: str) -> HttpResponse:
    found = space_or_missing(request, space)
    verdict = may_open_thread(request.viewer, found)
    form = ThreadForm(request.POST or None, initial=_begun(request))
    state = Composing(form)
    if request.method == "POST":

        def send(words: Any) -> Post:
            key = form.cleaned_data["client_key"]
            return operations.open_thread(found, by=request.user, words=words, client_key=key)

        post, state = compose(form, request, send)
        if post is not None:
            return _to_post(request, post)
    context = {"space": found, "composing": state, "verdict": verdict, "suggestions": suggested_tags()}
    return render(request, "forums/thread_create.html", context, status=state.status)


@require_POST
@login_required
def thread_follow(request: ForumRequest, space: str, thread: str) -> HttpResponse:
    found = thread_or_missing(request, thread)
    form = FollowForm(request.POST)
    level = form.cleaned_data["level"] if form.is_valid() else FollowLevel.EVERY_POST
    if level == "none":
        operations.unfollow_thread(found, by=request.user)
        messages.success(request, _("You no longer follow this thread."))
    else:
        operations.follow_thread(found, by=request.user, level=level)
        messages.success(request, _("Saved: %(level)s") % {"level": FollowLevel(level).label})
    return redirect(found)


@require_http_methods(["GET", "POST"])
@login_required
def thread_promote(request: ForumRequest, space: str, thread: str) -> HttpResponse:
    """Begin a write-up out of what was found here."""
    found = thread_or_missing(request, thread)
    verdict = may_promote(request.viewer, found)
    form = PromoteForm(request.POST if request.method == "POST" else None, initial={"title": found.title})
    status = 403 if request.method == "POST" and not verdict else 200
    if verdict and form.is_valid():
        try:
            page = operations.promote_thread(found, by=request.user, **form.cleaned_data)
        except Boundary as error:
            form.add_error(None, error.reason)
            status = error.status
        else:
            messages.success(request, _("The draft is begun. Thread and authors stand in its sources."))
            return redirect("writeup-draft", page.slug)
    context = {"thread": found, "space": found.space, "form": form, "verdict": verdict}
    return render(request, "forums/thread_promote.html", context, status=status)


@require_POST
@login_required
def thread_moderate(request: ForumRequest, space: str, thread: str) -> HttpResponse:
    found = thread_or_missing(request, thread)
    act = ACTS.get(request.POST.get("act", ""))
    if act is None:
        raise Missing
    act(found, by=request.user)
    return redirect(found)


@require_http_methods(["GET", "POST"])
@login_required
def thread_move(request: ForumRequest, space: str, thread: str) -> HttpResponse:
    found = thread_or_missing(request, thread)
    if not may_moderate(request.viewer, found.space):
        raise Missing
    spaces = queries.spaces_for(request.viewer).exclude(pk=found.space_id).filter(archived_at=None)
    form = MoveForm(request.POST or None, spaces=spaces)
    if form.is_valid():
        return redirect(operations.move_thread(found, by=request.user, to=form.cleaned_data["to"]))
    return render(request, "forums/thread_move.html", {"thread": found, "form": form})


def _wanted_number(request: ForumRequest, thread: Thread) -> int:
    """The post that the address asks for by number or as "the first unread one"; 0 for a plain page."""
    if "unread" in request.GET and request.viewer.is_signed_in:
        return queries.first_unread_number(thread, request.viewer)
    return min(positive(request.GET.get("post")), thread.last_number)


def _thread_page(request: ForumRequest, thread: Thread, state: Composing) -> HttpResponse:
    last = page_of(thread.last_number)
    page = min(positive(request.GET.get("page"), 1) or 1, last)
    posts = list(queries.posts_on_page(thread, request.viewer, page))
    waiting = queries.own_waiting_posts(thread, request.viewer) if page == last else []
    for post in [*posts, *waiting]:
        post.thread = thread
    _mark_read(request, thread, posts)
    verdict = may_reply(request.viewer, thread)
    member = request.viewer.member
    composer = f"?page={last}" if verdict and member else ""
    context = {
        "thread": thread,
        "space": thread.space,
        "lines": post_lines(
            posts, thread, request.viewer.member, first_new=_first_new(thread, posts), composer=composer
        ),
        "waiting": waiting,
        "page": page,
        "last_page": last,
        "composing": state,
        "may_reply": verdict,
        "may_moderate": may_moderate(request.viewer, thread.space),
        "follow_levels": FollowLevel,
    }
    return render(request, "forums/thread_detail.html", context, status=state.status)


def _first_new(thread: Thread, posts: list[Post]) -> int:
    """The number of the first post on this page that came after the member's last visit; 0 where there is none."""
    if not (thread.is_unread and thread.last_read):  # type: ignore[attr-defined]
        return 0
    unseen = (post.number for post in posts if (post.number or 0) > thread.last_read)  # type: ignore[attr-defined]
    return next((number for number in unseen if number), 0)


def _mark_read(request: ForumRequest, thread: Thread, posts: list[Post]) -> None:
    """What was on screen is read. A browser that only fetches ahead shows nothing."""
    shown = max((post.number or 0 for post in posts), default=0)
    if not request.viewer.is_signed_in or "prefetch" in request.headers.get("Sec-Purpose", ""):
        return
    if shown > thread.last_read and thread.is_published:  # type: ignore[attr-defined]
        operations.mark_read(thread, by=request.user, number=shown)


def _begun(request: ForumRequest) -> dict[str, str]:
    """The beginning of a draft that another page brings, such as a line of a webinar's room."""
    longest = {"title": MAX_TITLE, "source": 4000}
    return {name: request.GET[name][:most] for name, most in longest.items() if name in request.GET}


def _reply_form(request: ForumRequest, thread: Thread) -> ComposerForm:
    """An empty composer, or one that begins with a quotation of the post that ?quote= names."""
    number = positive(request.GET.get("quote")) or positive(request.GET.get("answer"))
    if not number or not request.viewer.is_signed_in:
        return ComposerForm()
    posts = Post.objects.visible_to(request.viewer).filter(thread=thread, state=PostState.PUBLISHED)
    post = posts.filter(number=number).select_related("author").first()
    if post is None:
        return ComposerForm()
    post.thread = thread
    source = quote(post) if "quote" in request.GET else ""
    return ComposerForm(initial={"source": source, "reply_to": number})


def _to_post(request: ForumRequest, post: Post) -> HttpResponse:
    if post.state == PostState.HELD:
        messages.info(request, _("A moderator will read your post before anybody else does. You will be told."))
    return redirect(post)
