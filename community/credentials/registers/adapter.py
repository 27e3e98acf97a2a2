"""What the site knows about one professional register: whose it is, how its numbers look, how it can be read."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Reading = Literal["import", "api", "document"]
"""How an entry can be read: from an official file, from a live service, or only by a reviewer from a document."""

MAX_RAW_LENGTH: Final = 64
SEPARATORS: Final = re.compile(r"[\s./\\_\-\u2010-\u2015\u2212]+")


class NumberCheck(NamedTuple):
    """Whether a number can be of this register; the form it is stored and compared in; else what is wrong with it."""

    ok: bool
    normalised: str
    problem: str | Promise


def compact(raw: str) -> str:
    """Capital letters and digits of a number as typed, without separators."""
    return SEPARATORS.sub("", raw).upper()


def any_number(number: str) -> bool:
    """The check of a register whose numbers have no check digit that we are certain of."""
    return bool(number)


@dataclass(frozen=True)
class Register:
    """One register. `plausibility_only` says that a made-up number of the right form passes; never evidence by itself.

    Examples are constructed, not anybody's number. `professions` are ISCO-08 unit group codes.
    """

    slug: str
    name: str | Promise
    authority: str
    country: str
    professions: frozenset[str]
    pattern: str
    example: str
    help_text: str | Promise
    reading: Reading
    last_checked: date
    notes: str | Promise
    normalise: Callable[[str], str] = compact
    has_valid_check: Callable[[str], bool] = any_number
    plausibility_only: bool = True
    region: str = ""

    @property
    def can_be_read(self) -> bool:
        """Whether a register match (evidence class A) is possible at all."""
        return self.reading != "document"

    def check(self, raw: str) -> NumberCheck:
        """Normalise a number as typed and say whether it can be one of this register."""
        number = self.normalise(raw) if len(raw) <= MAX_RAW_LENGTH else ""
        if not number:
            return NumberCheck(False, "", _("Enter the number as it stands on your registration."))
        if not re.fullmatch(self.pattern, number, flags=re.ASCII):
            return NumberCheck(False, number, _("This is not the form of a number of this register."))
        if not self.has_valid_check(number):
            return NumberCheck(False, number, _("A digit seems to be wrong: the check digit does not fit."))
        return NumberCheck(True, number, "")
