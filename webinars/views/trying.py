"""Sending a form of a plan or a room: as everywhere (core.trying), with plans' own names and the guard's rewording."""

from collections.abc import Callable, Mapping
from typing import Any

from django.forms import Form

from community.core import rewording as guard
from community.core.rewording import Tried

__all__ = ["Tried", "attempt", "rewording"]

#: Fields of rows that stand under another name in a form.
SHOWN_AS = {"starts_at": "begins", "ends_at": "minutes"}


def rewording(form: Form, surfaces: Mapping[str, str]) -> Tried:
    """Put the suggested wording in the form; `surfaces` maps its fields to where their words stand."""
    return guard.rewording(form, surfaces, shown_as=SHOWN_AS)


def attempt(form: Form, act: Callable[[], Any]) -> Tried:
    """Call `act` for a valid form; what the operation refuses is said beside the field it is about.

    What is looked at while one types is said of a webinar; everywhere else people write of themselves.
    """
    guarded: Mapping[str, str] = dict.fromkeys(getattr(form, "guarded", ()), "practice")
    return guard.attempt(form, act, guarded or "profile", shown_as=SHOWN_AS)
