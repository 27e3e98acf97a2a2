"""Sending a form: the operation's result, or the form given back with every word kept and what stands in the way."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.forms import Form

from community.casefree.rewording import offers, reword_form
from community.core.errors import Boundary, Invalid
from community.core.screening import Finding

#: Fields of rows that stand under another name in a form.
SHOWN_AS = {"starts_at": "begins", "ends_at": "minutes"}


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
    #: The form holds the suggested wording now, which its author has not read yet.
    is_reworded: bool = False

    @property
    def has_offers(self) -> bool:
        return offers(self.found)


def rewording(form: Form, surfaces: Mapping[str, str]) -> Tried:
    """Put the suggested wording in the form; `surfaces` maps its fields to where their words stand."""
    try:
        reword_form(form, surfaces)
    except Boundary as error:
        _explain(form, error)
        return Tried(status=error.status)
    return Tried(is_reworded=True)


def attempt(form: Form, act: Callable[[], Any]) -> Tried:
    """Call `act` for a valid form; what the operation refuses is said beside the field it is about."""
    if not form.is_valid():
        return Tried(status=422)
    try:
        return Tried(done=True, result=act())
    except Boundary as error:
        _explain(form, error)
        return Tried(status=error.status, found=_found(form, getattr(error, "findings", [])))


def _explain(form: Form, error: Boundary) -> None:
    if isinstance(error, Invalid):
        for name, sentences in error.errors.items():
            shown = SHOWN_AS.get(name, name)
            form.add_error(shown if shown in form.fields else None, list(sentences))
    else:
        form.add_error(None, error.reason)


def _found(form: Form, findings: list[Finding]) -> list[Found]:
    names = dict.fromkeys(finding.field for finding in findings)
    return [Found(_words(form, name), [each for each in findings if each.field == name]) for name in names]


def _words(form: Form, name: str) -> str:
    """What was sent in a field, as the guard saw it."""
    value = form.cleaned_data.get(name, form.data.get(name, ""))
    return ", ".join(value) if isinstance(value, list) else str(value).replace("\r\n", "\n")
