"""Runs an operation for a form and puts what it refuses beside the field it is about."""

from collections.abc import Callable

from django import forms

from community.core.errors import Invalid, Refused


def applied(form: forms.Form, change: Callable[[], object]) -> bool:
    """Whether the change was made; if not, the form now says why."""
    try:
        change()
    except Invalid as error:
        for field, sentences in error.errors.items():
            form.add_error(field if field in form.fields else None, sentences)
    except Refused as error:
        add_refusal(form, error)
    return not form.errors


def add_refusal(form: forms.Form, error: Refused) -> None:
    """Put a refusal beside the fields whose words are in the way, or over the form."""
    marked = {finding.field: finding.reason for finding in error.findings if finding.field in form.fields}
    for field, reason in marked.items():
        form.add_error(field, f"{error.reason} ({reason})")
    if not marked:
        form.add_error(None, error.reason)
