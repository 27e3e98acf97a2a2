"""Sending a form: the operation's result, or the form given back with every word kept and what stands in the way."""

from collections.abc import Callable
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


def attempt(form: BaseForm, act: Callable[[], Any]) -> Tried:
    """Call `act` for a valid form; what the operation refuses is said beside the field it is about."""
    if not form.is_valid():
        return Tried(status=422)
    try:
        return Tried(done=True, result=act())
    except Boundary as error:
        _explain(form, error)
        return Tried(status=error.status, found=_found(form, getattr(error, "findings", [])))


def posted(request: HttpRequest) -> Any:
    """What was sent, also where nothing was filled in; None for a page that is opened."""
    return request.POST if request.method == "POST" else None


def _explain(form: BaseForm, error: Boundary) -> None:
    if isinstance(error, Invalid):
        for name, sentences in error.errors.items():
            form.add_error(name if name in form.fields else None, list(sentences))
    else:
        form.add_error(None, error.reason)


def _found(form: BaseForm, findings: list[Finding]) -> list[Found]:
    names = dict.fromkeys(finding.field for finding in findings)
    return [Found(_words(form, name), [each for each in findings if each.field == name]) for name in names]


def _words(form: BaseForm, name: str) -> str:
    """What was sent in a field, as the guard saw it."""
    return str(form.cleaned_data.get(name, form.data.get(name, "")))
