"""Runs an operation for a form and puts what it refuses beside the field it is about."""

from collections.abc import Callable

from django import forms

from community.core.errors import Boundary, Invalid, Refused
from community.core.rewording import BUTTON, prose_of, reword_form

#: Codes, checked as such.
NO_PROSE = {"orcid", "subdivision"}


def applied(form: forms.Form, change: Callable[[], object]) -> bool:
    """Whether the change was made; if not, the form now says why, or holds the suggested wording to be read first."""
    if BUTTON in form.data:
        return _reworded(form)
    try:
        change()
    except Invalid as error:
        for field, sentences in error.errors.items():
            form.add_error(field if field in form.fields else None, sentences)
    except Refused as error:
        add_refusal(form, error)
        form.has_offers = any(finding.rewrite for finding in error.findings)  # type: ignore[attr-defined]
    return not form.errors


def _reworded(form: forms.Form) -> bool:
    """Never a change: what is written of oneself is sent by oneself."""
    try:
        reword_form(form, dict.fromkeys(set(prose_of(form)) - NO_PROSE, "profile"))
        form.is_reworded = True  # type: ignore[attr-defined]
    except Boundary as error:
        form.add_error(None, error.reason)
    return False


def add_refusal(form: forms.Form, error: Refused) -> None:
    """Put a refusal beside the fields whose words are in the way, or over the form."""
    marked = {finding.field: finding.reason for finding in error.findings if finding.field in form.fields}
    for field, reason in marked.items():
        form.add_error(field, f"{error.reason} ({reason})")
    if not marked:
        form.add_error(None, error.reason)
