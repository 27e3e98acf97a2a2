"""Every rule of the guard, most telling first: where two overlap, the earlier one gives the reason."""

from community.casefree.rules import (
    belongings,
    contacts,
    dates,
    frames,
    national,
    persons,
    places,
    records,
    talk,
    written,
)
from community.casefree.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    *national.RULES,
    *records.RULES,
    *contacts.RULES,
    *persons.RULES,
    *dates.RULES,
    *places.RULES,
    *frames.RULES,
    *talk.RULES,
    *belongings.RULES,
    *written.RULES,
)

#: Every kind of finding there is, in the order of the rules.
KINDS: tuple[str, ...] = (
    *dict.fromkeys(rule.kind for rule in RULES),
    "encoded",
    "language",
    "indirect",
    "narrative",
    "mosaic",
    "too_long",
)
