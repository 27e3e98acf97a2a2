"""Sorting rumours by hand: one page that puts together, parts and undoes."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from community.core.errors import Missing
from community.core.policies import require
from community.core.trying import attempt
from community.knowledge import rumours
from community.knowledge.models import Rumour
from community.knowledge.operations import sorting as operations
from community.knowledge.policies.myths import may_draft_myth
from community.knowledge.policies.sorting import OPEN, may_undo_sorting
from community.knowledge.views.requests import KnowledgeRequest

DONE = {
    "merge": gettext_lazy("Put together."),
    "split": gettext_lazy("Parted."),
    "undo": gettext_lazy("Undone."),
}


class SortingForm(forms.Form):
    """Which act, and with what. The operations decide whether it can be done."""

    act = forms.ChoiceField(choices=[(name, name) for name in DONE])
    into = forms.CharField(label=gettext_lazy("The other rumour"), required=False, max_length=40)
    tellings = forms.TypedMultipleChoiceField(label=gettext_lazy("Wordings"), required=False, coerce=int)
    sorting = forms.CharField(required=False, max_length=40)

    def __init__(self, *args: Any, rumour: Rumour, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        numbers = [(str(each.pk), each.text) for each in rumour.tellings.all()]
        self.fields["tellings"].choices = numbers  # type: ignore[attr-defined]


@require_http_methods(["GET", "POST"])
@login_required
def rumour_sort(request: KnowledgeRequest, public_id: str) -> HttpResponse:
    """The wordings of a rumour, others like it, and what was sorted before."""
    require(may_draft_myth(request.user))
    rumour = rumours.rumour_to_sort(public_id)
    if rumour is None:
        raise Missing
    form = SortingForm(request.POST if request.method == "POST" else None, rumour=rumour)
    status = 200
    if form.is_bound:
        tried = attempt(form, lambda: _act(request, rumour, form.cleaned_data))
        if tried.done:
            messages.success(request, str(DONE[form.cleaned_data["act"]]))
            return redirect("rumour-sort", tried.result.public_id)
        status = tried.status
    return render(request, "knowledge/myths/rumour_sort.html", _context(request, rumour, form), status=status)


def _act(request: KnowledgeRequest, rumour: Rumour, values: dict[str, Any]) -> Rumour:
    """Do it; answers with the rumour to look at next."""
    if values["act"] == "merge":
        into = rumours.rumour_at(values["into"])
        if into is None:
            raise Missing
        return operations.merge_rumours(rumour, by=request.user, into=into).target
    if values["act"] == "split":
        operations.split_rumour(rumour, by=request.user, tellings=values["tellings"])
        return rumour
    sorting = rumours.sorting_at(rumour, values["sorting"])
    if sorting is None:
        raise Missing
    return operations.undo_sorting(sorting, by=request.user).source


def _context(request: KnowledgeRequest, rumour: Rumour, form: SortingForm) -> dict[str, Any]:
    acts = rumours.sortings_of(rumour)
    tellings = list(rumour.tellings.all())
    return {
        "rumour": rumour,
        "form": form,
        "tellings": tellings,
        "may_split": rumour.state in OPEN and len(tellings) > 1,
        "alike": rumours.alike(rumour) if rumour.state == "waiting" else [],
        "sortings": [(each, bool(may_undo_sorting(request.user, each))) for each in acts],
    }
