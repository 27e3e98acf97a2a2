"""A member's own settings: profile, conflicts of interest, who sees what."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from community.members.forms import ConflictsForm, ProfileForm, VisibilityForm, applied
from community.members.forms.choices import region_choices
from community.members.operations import declare_conflicts, set_visibility, update_profile
from community.members.requests import MemberRequest


@login_required
def profile_edit(request: MemberRequest) -> HttpResponse:
    form = ProfileForm(request.POST or None, member=request.user)
    if form.is_valid() and applied(form, lambda: update_profile(request.user, by=request.user, **form.changes())):
        messages.success(request, _("Your profile is saved."))
        return redirect("profile-edit")
    return render(request, "members/profile_edit.html", _again(form), status=_status(request, form))


@login_required
@require_safe
def region_options(request: MemberRequest) -> HttpResponse:
    """The options of the region list for one country, for the script that keeps the two together."""
    choices = region_choices(request.GET.get("country", "")[:2])
    return render(request, "members/region_options.html", {"choices": choices})


@login_required
def conflicts_edit(request: MemberRequest) -> HttpResponse:
    member = request.user
    form = ConflictsForm(request.POST or None, initial={"statement": member.coi_statement, "none": member.coi_none})
    if form.is_valid() and applied(form, lambda: declare_conflicts(member, by=member, **form.cleaned_data)):
        messages.success(request, _("Your statement is saved with today's date."))
        return redirect("conflicts-edit")
    return render(request, "members/conflicts_edit.html", _again(form), status=_status(request, form))


@login_required
def visibility_edit(request: MemberRequest) -> HttpResponse:
    form = VisibilityForm(request.POST or None, member=request.user)
    if form.is_valid() and applied(form, lambda: _set_visibility(request, form)):
        messages.success(request, _("Saved. It holds from now on."))
        return redirect("visibility-edit")
    return render(request, "members/visibility_edit.html", _again(form), status=_status(request, form))


def _again(form: Form) -> dict[str, Any]:
    """The form as it is shown: opened, refused, or with the suggested wording in it."""
    return {"form": form, "tried": {name: getattr(form, name, False) for name in ("has_offers", "is_reworded")}}


def _set_visibility(request: MemberRequest, form: VisibilityForm) -> None:
    set_visibility(request.user, by=request.user, who_sees=form.who_sees(), listed=form.cleaned_data["listed"])


def _status(request: MemberRequest, form: Form) -> int:
    # A form that comes back after a POST was refused, unless it was only asked to be worded anew.
    return 400 if request.method == "POST" and not getattr(form, "is_reworded", False) else 200
