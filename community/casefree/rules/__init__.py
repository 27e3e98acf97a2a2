"""Every rule of the guard, most telling first: where two overlap, the earlier one gives the reason."""

from collections.abc import Iterator

from community.casefree.reading import Reading
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

#: Which rules may find something by how it begins, and which may by anything.
BY_BEGINNING: dict[str, list[int]] = {}
ALWAYS = frozenset(at for at, rule in enumerate(RULES) if rule.beginnings is None)
for at, rule in enumerate(RULES):
    for beginning in rule.beginnings or ():
        BY_BEGINNING.setdefault(beginning, []).append(at)


BEGINNINGS = frozenset(BY_BEGINNING)


def rules_for(reading: Reading) -> Iterator[Rule]:
    """The rules that could hold in a text, by how its words begin, in order."""
    possible = ALWAYS.union(*(BY_BEGINNING[one] for one in reading.beginnings & BEGINNINGS))
    return (RULES[at] for at in sorted(possible))


#: Every kind of finding there is, in the order of the rules.
KINDS: tuple[str, ...] = (
    *dict.fromkeys(rule.kind for rule in RULES),
    "encoded",
    "language",
    "indirect",
    "narrative",
    "mosaic",
    "learned_detail",
    "learned_story",
    "learned_thread",
    "too_long",
)
