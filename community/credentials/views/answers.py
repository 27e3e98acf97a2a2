"""How a form answers: run one operation, and show what it refuses beside the field it is about."""

from collections.abc import Callable

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _

from community.core.errors import Boundary, Invalid, Refused, TooMany
from community.core.rewording import BUTTON, Tried, is_ready, rewording
from community.core.trying import Found
from community.members.models import Member


class MemberRequest(HttpRequest):
    """A request behind `login_required`."""

    user: Member


def carried_out(form: forms.Form, operation: Callable[[], object]) -> bool:
    """Whether the form is valid and the operation went through; otherwise the form says why not.

    A form that was sent with the button for the suggested wording is filled anew; `form.tried` tells the page so.
    """
    if BUTTON in form.data:
        return _reworded(form)
    if not form.is_valid():
        return False
    try:
        operation()
    except Invalid as error:
        _show(form, error)
    except (Refused, TooMany) as error:
        _show_refusal(form, error)
    return not form.errors


def _reworded(form: forms.Form) -> bool:
    """Never the operation: what is written of oneself is sent by oneself."""
    if is_ready(form):
        surfaces = dict.fromkeys(getattr(form, "guarded", ()), "application_note")
        form.tried = rewording(form, surfaces)  # type: ignore[attr-defined]
    return False


def _show(form: forms.Form, error: Invalid) -> None:
    for field, sentences in error.errors.items():
        for sentence in sentences:
            form.add_error(field if field in form.fields else None, sentence)


def _show_refusal(form: forms.Form, error: Boundary) -> None:
    """Words that could name a patient are said to be in a field; which words is not repeated."""
    findings = getattr(error, "findings", [])
    form.tried = Tried(found=[Found("", findings)])  # type: ignore[attr-defined]
    fields = {finding.field for finding in findings} & set(form.fields)
    for field in fields:
        form.add_error(field, _("This could identify a patient: please take it out."))
    if not fields:
        form.add_error(None, error.reason)
