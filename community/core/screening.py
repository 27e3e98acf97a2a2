"""The seam to the guard. Every operation that takes words from a person calls one of these two functions.

The kernel does not know the rules. Without a guard, or when the guard fails, the write is refused.
"""

import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from community.core.errors import Refused

log = logging.getLogger(__name__)

Level = Literal["pass", "nudge", "hold", "block"]
LEVELS: tuple[Level, ...] = ("pass", "nudge", "hold", "block")
#: The source at the end of a reason, such as "(45 CFR 164.514(b)(2)(i)(H))".
SOURCE = re.compile(r"\((?:[^()]|\([^()]*\))*\)\Z")


@dataclass(frozen=True)
class Finding:
    """Where words stand that may identify a patient: offsets in characters, never the words."""

    field: str
    start: int
    end: int
    kind: str
    reason: str
    #: Words that may stand in the place of the marked ones; None where only the author can say it differently.
    rewrite: str | None = None


@dataclass(frozen=True)
class Screening:
    """The strictest outcome over all fields, with every finding."""

    outcome: Level
    findings: list[Finding] = field(default_factory=list)

    @property
    def is_held(self) -> bool:
        return self.outcome == "hold"


@dataclass(frozen=True)
class Context:
    """Where words belong, so that what one author tells over several messages can be added up.

    `thread` is any stable key (`thread:<id>`, `room:<slug>`); `before` is the same author's message just before, which
    is read together with the new one.
    """

    author: int
    thread: str
    before: str = ""


Span = tuple[int, int, str, str] | tuple[int, int, str, str, str | None]
Screener = Callable[[str, str], tuple[Level, Sequence[Span]]]

Rememberer = Callable[[str, str, Context], tuple[Level, Sequence[Span]]]


@dataclass(frozen=True)
class Guard:
    """What is installed: the screener, and the one that also remembers."""

    screener: Screener
    remembering: Rememberer


_installed: list[Guard] = []


def install_screener(screener: Screener, *, remembering: Rememberer | None = None) -> None:
    """Put the guard in place. `screener(text, surface)` gives the outcome and spans of
    (start, end, kind, reason) or (start, end, kind, reason, rewrite); `remembering` does so with the context of the
    words, and keeps what they add to it."""
    _installed[:] = [Guard(screener, remembering or (lambda text, surface, context: screener(text, surface)))]


def screen_words(surface: str, *, context: Context | None = None, **fields: str) -> Screening:
    """Screen each field. With a context the words also count with what their author told there before, and are
    remembered by category: give one inside the operation that stores them, not for previews.

    Raises `Refused("guard_failed")` when the guard cannot answer."""
    outcome: Level = "pass"
    findings: list[Finding] = []
    for name, text in fields.items():
        level, spans = _ask(text, surface, context)
        outcome = max(outcome, level, key=LEVELS.index)
        findings += [
            Finding(name, start, end, kind, readable(reason), *rewrite) for start, end, kind, reason, *rewrite in spans
        ]
    return Screening(outcome, findings)


def readable(reason: str) -> str:
    """A reason with its source in one piece: among words that run from right to left it would be torn apart."""
    return SOURCE.sub("\u2066\\g<0>\u2069", reason) if get_language_bidi() else reason


def refuse_if_blocked(surface: str, context: Context | None = None, /, **fields: str) -> Screening:
    """For surfaces where a human can look first: raises `Refused("case_identifiers")` only on a block."""
    return _refuse_from("block", screen_words(surface, context=context, **fields))


def refuse_if_not_clean(surface: str, context: Context | None = None, /, **fields: str) -> Screening:
    """For surfaces without a queue (profile, tags, file names): a hold is refused as well."""
    return _refuse_from("hold", screen_words(surface, context=context, **fields))


def _refuse_from(threshold: Level, screening: Screening) -> Screening:
    if LEVELS.index(screening.outcome) < LEVELS.index(threshold):
        return screening
    reason = _("This could identify a patient. Please take out what is marked and send it again; nothing was stored.")
    raise Refused("case_identifiers", reason, screening.findings)


def _ask(text: str, surface: str, context: Context | None = None) -> tuple[Level, Sequence[Span]]:
    if not text:
        return "pass", []
    try:
        [guard] = _installed
        return guard.remembering(text, surface, context) if context else guard.screener(text, surface)
    except Exception as error:  # The guard fails closed, whatever broke; the words stay out of the log.
        log.error("guard failed", extra={"kind": type(error).__name__, "surface": surface})
        reason = _("The check for patient details is not working just now, so nothing was stored. Please try again.")
        raise Refused("guard_failed", reason) from None
