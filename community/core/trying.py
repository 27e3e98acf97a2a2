"""Sending a form: the operation's result, or the form given back with every word kept and what stands in the way."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest

from community.core.errors import Boundary, Invalid
from community.core.screening import Finding


@dataclass(frozen=True)
class Found:
    """Findings in one field, with the person's own words they point into."""

    words: str
    findings: list[Finding]


@dataclass
class Tried:
    """What came of it. `status` is that of the page that shows the form again."""

    done: bool = False
    result: Any = None
    status: int = 200
    found: list[Found] = field(default_factory=list)


def attempt(form: BaseForm, act: Callable[[], Any], *, shown_as: Mapping[str, str] | None = None) -> Tried:
    """Call `act` for a valid form; what the operation refuses is said beside the field it is about.

    `shown_as` maps names of the operation to those of the form, where they differ.
    """
    if not form.is_valid():
        return Tried(status=422)
    try:
        return Tried(done=True, result=act())
    except Boundary as error:
        explain(form, error, shown_as or {})
        return Tried(status=error.status, found=_found(form, getattr(error, "findings", [])))


def posted(request: HttpRequest) -> Any:
    """What was sent, also where nothing was filled in; None for a page that is opened."""
    return request.POST if request.method == "POST" else None


def explain(form: BaseForm, error: Boundary, shown_as: Mapping[str, str]) -> None:
    """Say in the form what stands in the way."""
    if isinstance(error, Invalid):
        for name, sentences in error.errors.items():
            shown = shown_as.get(name, name)
            form.add_error(shown if shown in form.fields else None, list(sentences))
    else:
        form.add_error(None, error.reason)


def _found(form: BaseForm, findings: list[Finding]) -> list[Found]:
    names = dict.fromkeys(finding.field for finding in findings)
    return [Found(_words(form, name), [each for each in findings if each.field == name]) for name in names]


def _words(form: BaseForm, name: str) -> str:
    """What was sent in a field, as the guard saw it."""
    value = form.cleaned_data.get(name, form.data.get(name, ""))
    return ", ".join(value) if isinstance(value, list) else str(value).replace("\r\n", "\n")
