"""Numbers that a state or a health service gives to one person. The table is `national.toml`; this file checks."""

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from stdnum import luhn

from community.casefree.rules.rule import SAFE_HARBOR, Candidate, Rule
from community.casefree.rules.shelter import is_sheltered

TABLE = Path(__file__).with_name("national.toml")

#: What may stand between a cue word and its number.
LINK = (
    r"(?:\s{0,2}(?i:numbers?|num|no|nr|id|code|n[°º]|card|is|was|es|est|of|ending|with|under|de|del|da)\b\.?"
    r"|\s{0,2}[:=#.,()'-]){0,4}\s{0,2}"
)
EDGE, END = r"(?<![\w.,/+-])", r"(?![\w-]|[.,/]\d)"

#: Five figures in one run; shorter runs hold no national number but the few marked so in the table.
LONG_NUMBER = re.compile(r"\d(?:[ ./+-]?[A-Za-z]{0,4}[ ./+-]?\d){4}")

#: A count, an amount or a page: `n = 123 456 7890`, `£123 456 7890`, `12345678901 copies`.
COUNT_BEFORE = re.compile(
    r"(?:\bn\s?=|[£$€¥=<>≥≤~±]|\b(?:total|sum|total of|approximately|about|copies|pages?|pp)\.?)\s{0,2}$", re.IGNORECASE
)
COUNT_AFTER = re.compile(
    r"\s?(?:copies|cells|reads|iu|units?|%|patients|people|usd|eur|gbp|dollars)(?!\w)", re.IGNORECASE
)


@dataclass(frozen=True)
class Number:
    """One row of the table; its head says what the fields mean."""

    name: str
    cues: str
    loose: str
    shape: str = ""
    check: tuple[str, ...] = ()
    cue_suffices: bool = False
    kind: str = "national_number"
    letter: str = "R"
    short: bool = False

    def is_valid(self, text: str) -> bool:
        """One of the checks agrees, or there is none to ask."""
        return not self.check or any(_validator(check)(text.replace(".", "")) for check in self.check)


def rules_of(number: Number) -> list[Rule]:
    """One rule for the number after its cue word and, where its form is certain, one without."""
    reason = format_lazy(_("This looks like a personal number ({name}). It points to one person."), name=number.name)
    source = SAFE_HARBOR.format(number.letter)

    def cued_is_certain(candidate: Candidate) -> bool:
        return number.cue_suffices or number.is_valid(candidate.text)

    def bare_is_certain(candidate: Candidate) -> bool:
        return not is_sheltered(candidate) and not _counts(candidate) and number.is_valid(candidate.text)

    cued = re.compile(rf"(?i:(?<!\w)(?:{number.cues})){LINK}(?P<id>(?i:{number.loose})){END}")
    near = None if number.short else LONG_NUMBER
    rules = [Rule(number.kind, cued, reason, source, cued_is_certain, numeric=True, near=near)]
    if number.shape:
        bare = re.compile(rf"{EDGE}(?P<id>{number.shape}){END}")
        rules.append(Rule(number.kind, bare, reason, source, bare_is_certain, numeric=True, near=near))
    return rules


def npi(text: str) -> bool:
    """US National Provider Identifier: Luhn with the prefix 80840 (45 CFR 162.406)."""
    return bool(luhn.is_valid("80840" + re.sub(r"\D", "", text)))


def medicare_au(text: str) -> bool:
    """Australian Medicare card number: ten or eleven digits, weighted check digit (Services Australia)."""
    n = [int(c) for c in text if c.isdecimal()]
    weights = (1, 3, 7, 9, 1, 3, 7, 9)
    return len(n) in {10, 11} and 2 <= n[0] <= 6 and sum(w * d for w, d in zip(weights, n, strict=False)) % 10 == n[8]


def kvnr(text: str) -> bool:
    """German health insurance number: a letter and nine digits, modulo 10 over the letter's place (§ 290 SGB V)."""
    compact = re.sub(r"[ .-]", "", text).upper()
    figures = f"{ord(compact[0]) - 64:02d}{compact[1:]}"
    products = [int(d) * (1 + i % 2) for i, d in enumerate(figures[:-1])]
    return sum(p // 10 + p % 10 for p in products) % 10 == int(figures[-1])


OWN_CHECKS: dict[str, Callable[[str], bool]] = {"npi": npi, "medicare_au": medicare_au, "kvnr": kvnr}


def _validator(check: str) -> Callable[[str], bool]:
    if check in OWN_CHECKS:
        return OWN_CHECKS[check]
    validator: Callable[[str], bool] = import_module(f"stdnum.{check}").is_valid
    return validator


def _counts(candidate: Candidate) -> bool:
    return bool(COUNT_BEFORE.search(candidate.before(16)) or COUNT_AFTER.match(candidate.after(12)))


def _read_table() -> tuple[Number, ...]:
    rows = tomllib.loads(TABLE.read_text(encoding="utf-8"))["number"]
    return tuple(Number(**{**row, "check": tuple(row.get("check", ()))}) for row in rows)


NUMBERS: tuple[Number, ...] = _read_table()
RULES: tuple[Rule, ...] = tuple(rule for number in NUMBERS for rule in rules_of(number))
