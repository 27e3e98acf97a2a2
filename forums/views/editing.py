"""What editors and owners of groups do: spaces, seats, tags."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from community.core.errors import Boundary, Missing
from community.core.policies import Verdict, require
from forums import operations, queries
from forums.forms import InviteForm, SpaceForm
from forums.models import GroupRole, Space
from forums.policies import may_edit_spaces, may_invite
from forums.views.reading import ForumRequest, space_or_missing


@require_http_methods(["GET", "POST"])
@login_required
def space_create(request: ForumRequest) -> HttpResponse:
    require(may_edit_spaces(request.viewer))
    return _space_form(request, SpaceForm(request.POST or None), None)


@require_http_methods(["GET", "POST"])
@login_required
def space_edit(request: ForumRequest, space: str) -> HttpResponse:
    found = space_or_missing(request, space)
    require(may_edit_spaces(request.viewer))
    return _space_form(request, SpaceForm(request.POST or None, instance=found), found)


@require_POST
@login_required
def space_archive(request: ForumRequest, space: str) -> HttpResponse:
    found = space_or_missing(request, space)
    act = operations.reopen_space if found.is_archived else operations.archive_space
    return redirect(act(found, by=request.user))


@require_http_methods(["GET", "POST"])
@login_required
def group_members(request: ForumRequest, space: str) -> HttpResponse:
    found = space_or_missing(request, space)
    if not found.is_group:
        raise Missing
    verdict = _may_invite(request, found)
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        member = queries.member_called(form.cleaned_data["handle"])
        if member is None:
            form.add_error("handle", _("There is no member with this handle."))
        else:
            operations.add_member(found, by=request.user, member=member)
            messages.success(request, _("Added to the group."))
            return redirect("group-members", found.slug)
    context = {"space": found, "seats": queries.seats_of(found), "form": form, "may_invite": verdict}
    return render(request, "forums/group_members.html", context)


def _may_invite(request: ForumRequest, space: Space) -> Verdict:
    seat = queries.seat_of(space, request.user)
    return may_invite(request.viewer, space, is_owner=seat is not None and seat.role == GroupRole.OWNER)


def _space_form(request: ForumRequest, form: SpaceForm, space: Space | None) -> HttpResponse:
    status = 200
    if form.is_valid():
        try:
            return redirect(_save(request, form, space))
        except Boundary as error:
            form.add_error(None, error.reason)
            status = error.status
    return render(request, "forums/space_edit.html", {"form": form, "space": space}, status=status)


def _save(request: ForumRequest, form: SpaceForm, space: Space | None) -> Space:
    if space is None:
        return operations.create_space(by=request.user, words=form.words())
    return operations.edit_space(space, by=request.user, words=form.words())
