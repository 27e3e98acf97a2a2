"""One post: its permalink, editing it, its versions, taking it back, reporting it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.core.rewording import Tried, attempt
from community.moderation import operations as moderation
from forums import operations
from forums.forms import EditForm, ReportForm
from forums.models import Post
from forums.policies import may_edit_post, may_erase_revision, may_report
from forums.revising import versions_of
from forums.tagging import suggested_tags
from forums.views.composing import Composing, compose
from forums.views.reading import ForumRequest, post_or_missing


@require_safe
def post_detail(request: ForumRequest, public_id: str) -> HttpResponse:
    return redirect(post_or_missing(request, public_id))


@require_http_methods(["GET", "POST"])
@login_required
def post_edit(request: ForumRequest, public_id: str) -> HttpResponse:
    post = post_or_missing(request, public_id)
    verdict = may_edit_post(request.viewer, post)
    form = EditForm.of(post, request.POST or None)
    state = Composing(form)
    if request.method == "POST":

        def send(words: Any) -> Post:
            revision = form.cleaned_data["revision"]
            return operations.edit_post(post, by=request.user, words=words, revision=revision)

        edited, state = compose(form, request, send)
        if edited is not None:
            return _after_edit(request, edited)
    context = {"post": post, "thread": post.thread, "composing": state, "verdict": verdict}
    context["suggestions"] = suggested_tags() if post.is_opening else []
    return render(request, "forums/post_edit.html", context, status=state.status)


@require_safe
def post_history(request: ForumRequest, public_id: str) -> HttpResponse:
    post = post_or_missing(request, public_id)
    context = {"post": post, "thread": post.thread, "versions": versions_of(post)}
    context["may_erase"] = may_erase_revision(request.viewer, post)
    return render(request, "forums/post_history.html", context)


@require_POST
@login_required
def revision_erase(request: ForumRequest, public_id: str, number: int) -> HttpResponse:
    post = post_or_missing(request, public_id)
    operations.erase_revision(post, number, by=request.user)
    messages.success(request, _("Version %(number)d is gone from the history.") % {"number": number})
    return redirect("post-history", post.public_id)


@require_POST
@login_required
def post_withdraw(request: ForumRequest, public_id: str) -> HttpResponse:
    post = operations.withdraw_post(post_or_missing(request, public_id), by=request.user)
    messages.success(request, _("Your post is withdrawn. Only you see it, and you can bring it back."))
    return redirect(post if post.number else post.thread)


@require_POST
@login_required
def post_restore(request: ForumRequest, public_id: str) -> HttpResponse:
    post = operations.restore_post(post_or_missing(request, public_id), by=request.user)
    messages.success(request, _("Your post is visible again."))
    return redirect(post)


@require_http_methods(["GET", "POST"])
@login_required
def post_report(request: ForumRequest, public_id: str) -> HttpResponse:
    post = post_or_missing(request, public_id)
    verdict = may_report(request.viewer, post)
    form = ReportForm(request.POST or None)
    tried = Tried()
    if verdict and form.is_bound:
        tried = attempt(form, lambda: moderation.report(post, by=request.user, **form.cleaned_data), "report")
        if tried.done:
            messages.success(request, _("Thank you. A moderator will look at it, and you will be told."))
            return redirect(post)
    context = {"post": post, "thread": post.thread, "form": form, "verdict": verdict, "tried": tried}
    return render(request, "forums/post_report.html", context, status=tried.status)


def _after_edit(request: ForumRequest, post: Post) -> HttpResponse:
    if post.edit_held:
        messages.info(request, _("A moderator will read your edit first. Until then the post stays as it was."))
    return redirect(post)
