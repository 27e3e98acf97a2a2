"""Sending a form of a plan or a room: as everywhere (core.trying), with plans' own names and the guard's rewording."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.forms import Form

from community.casefree.rewording import offers, reword_form
from community.core import trying
from community.core.errors import Boundary

#: Fields of rows that stand under another name in a form.
SHOWN_AS = {"starts_at": "begins", "ends_at": "minutes"}


@dataclass
class Tried(trying.Tried):
    """Also whether the form holds the suggested wording now, which its author has not read yet."""

    is_reworded: bool = False

    @property
    def has_offers(self) -> bool:
        return offers(self.found)


def rewording(form: Form, surfaces: Mapping[str, str]) -> Tried:
    """Put the suggested wording in the form; `surfaces` maps its fields to where their words stand."""
    try:
        reword_form(form, surfaces)
    except Boundary as error:
        trying.explain(form, error, SHOWN_AS)
        return Tried(status=error.status)
    return Tried(is_reworded=True)


def attempt(form: Form, act: Callable[[], Any]) -> Tried:
    """Call `act` for a valid form; what the operation refuses is said beside the field it is about."""
    tried = trying.attempt(form, act, shown_as=SHOWN_AS)
    return Tried(tried.done, tried.result, tried.status, tried.found)
