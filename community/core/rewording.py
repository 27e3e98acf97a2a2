"""Puts offered rewordings in the place of the marked words, for those whose browser runs no script."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm, CharField, FileField
from django.http import QueryDict

from community.core import trying
from community.core.errors import Boundary
from community.core.screening import Finding, screen_words

#: The name of the button that asks for it.
BUTTON = "reword"
#: A rewording can itself be looked at again, but not without end.
ROUNDS = 3


@dataclass
class Tried(trying.Tried):
    """Also whether the form holds the suggested wording now, which its author has not read yet."""

    is_reworded: bool = False

    @property
    def has_offers(self) -> bool:
        return offers(self.found)


def attempt(
    form: BaseForm,
    act: Callable[[], Any],
    surfaces: str | Mapping[str, str],
    *,
    shown_as: Mapping[str, str] | None = None,
) -> Tried:
    """As `core.trying.attempt`; a form that was sent with the button is filled anew instead.

    `surfaces` maps the form's fields to where their words stand, or is where all of its prose does.
    """
    if BUTTON in form.data and is_ready(form):
        found = dict.fromkeys(prose_of(form), surfaces) if isinstance(surfaces, str) else surfaces
        return rewording(form, found, shown_as=shown_as)
    tried = trying.attempt(form, act, shown_as=shown_as)
    return Tried(tried.done, tried.result, tried.status, tried.found)


def rewording(form: BaseForm, surfaces: Mapping[str, str], *, shown_as: Mapping[str, str] | None = None) -> Tried:
    """Put the suggested wording in the form; `surfaces` maps its fields to where their words stand."""
    try:
        reword_form(form, surfaces)
    except Boundary as error:
        trying.explain(form, error, shown_as or {})
        return Tried(status=error.status)
    return Tried(is_reworded=True)


def is_ready(form: BaseForm) -> bool:
    """Whether its words can be reworded: all is well with it but for files, which no browser sends a second time."""
    return form.is_valid() or form.errors.keys() <= _files_of(form)


def prose_of(form: BaseForm) -> list[str]:
    """The fields of a form that take words."""
    return [name for name, field in form.fields.items() if type(field) is CharField and not field.widget.is_hidden]


def reworded(text: str, surface: str) -> str:
    """The text with every rewording that the guard offers; nothing is stored. Raises Refused when the guard fails."""
    for _round in range(ROUNDS):
        changed = put_in(text, screen_words(surface, text=text).findings)
        if changed == text:
            break
        text = changed
    return text


def put_in(text: str, findings: Sequence[Finding]) -> str:
    """Each marked place as it was offered, from the last to the first so that offsets stay true."""
    for finding in sorted(findings, key=lambda each: each.start, reverse=True):
        if finding.rewrite:
            text = text[: finding.start] + finding.rewrite + text[finding.end :]
    return text


def reword_data(data: QueryDict, surfaces: Mapping[str, str]) -> QueryDict:
    """A copy of what was sent with its words reworded; `surfaces` maps its keys to where their words stand."""
    changed = data.copy()
    for key, surface in surfaces.items():
        words = changed.get(key)
        if words:
            changed[key] = reworded(str(words), surface)
    return changed


def reword_form(form: BaseForm, surfaces: Mapping[str, str]) -> BaseForm:
    """Fill the bound form anew with its own words reworded; `surfaces` maps its fields to where their words stand."""
    form.data = reword_data(form.data, {form.add_prefix(name): surface for name, surface in surfaces.items()})  # type: ignore[arg-type]
    form.full_clean()
    for name in _files_of(form):
        form.errors.pop(name, None)  # It is asked for beside the wording (components/reword.html), not as a mistake.
    return form


def offers(groups: Iterable[Any]) -> bool:
    """Whether any finding in these groups (of `findings`) comes with words for its place."""
    return any(finding.rewrite for group in groups for finding in group.findings)


def _files_of(form: BaseForm) -> set[str]:
    return {name for name, field in form.fields.items() if isinstance(field, FileField)}
