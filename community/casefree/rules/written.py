"""Identifiers that a pack writes out as patterns itself: section `direct` of its file.

Those of a script without capitals are looked for in every text that has letters of it, whatever its language, as
bilingual posts are common; the others in texts of their language that have a word which begins like one of their cues.
"""

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from community.casefree.packs import FOLDER, Pack, codes, pack
from community.casefree.phrases import cue_beginnings
from community.casefree.reading import Reading
from community.casefree.rules.rule import SAFE_HARBOR, Candidate, Rule
from community.casefree.rules.shelter import is_sheltered

#: The script by which a text is known to need the identifiers of a pack, whatever its language.
SCRIPTS = {"ar": re.compile("[\u0621-\u064a]")}
BEFORE = 24

REASONS: dict[str, str | Promise] = {
    "name": _("This names a patient or a relative. “The patient” says enough."),
    "date": _("This ties an exact date to one person. Keep the year, or say how long before or after."),
    "age": _("Ages over 89 are so rare that they identify. “Over 90” says enough."),
    "address": _("This tells where one person lives."),
    "place": _("This ties one person to a place. The kind of place says enough."),
    "device": _("This looks like the serial number of a device that one person has or uses."),
    "vehicle": _("This looks like a vehicle's registration."),
    "phone": _("This is a number by which one person can be reached."),
    "fax": _("This is a number by which one person can be reached."),
}
NUMBER = _("This is a number that belongs to one person.")


@dataclass(frozen=True)
class RuleOfALanguage(Rule):
    """A rule that reads only texts of one pack."""

    code: str = ""

    def candidates(self, reading: Reading) -> Iterator[Candidate]:
        """Every place where the rule holds, in its language."""
        return super().candidates(reading) if reading.pack.code == self.code else iter(())


def _rules(code: str) -> Iterator[Rule]:
    data = tomllib.loads((FOLDER / f"{code}.toml").read_text(encoding="utf-8")).get("direct", {"rules": []})
    parts = {"given": data.get("given", "(?!)"), **data.get("parts", {})}
    for row in data["rules"]:
        for pattern in row["patterns"]:
            for name, words in parts.items():
                pattern = pattern.replace("{" + name + "}", words)
            made, needs = (Rule, SCRIPTS[code]) if code in SCRIPTS else (partial(RuleOfALanguage, code=code), None)
            yield made(
                row["kind"],
                re.compile(pattern),
                REASONS.get(row["kind"], NUMBER),
                SAFE_HARBOR.format(row["law"]),
                _certainty(code, row),
                needs=re.compile(row["needs"]) if "needs" in row else needs,
                cues=cue_beginnings(*row["cues"]) if "cues" in row else None,
            )


def _certainty(code: str, row: dict[str, Any]) -> Callable[[Candidate], bool]:
    unless = re.compile(row["unless"]) if "unless" in row else None
    is_tied = row.get("tied", False)

    def is_certain(candidate: Candidate) -> bool:
        if is_sheltered(candidate) or (unless and unless.search(_before(candidate))):
            return False
        return not is_tied or _is_of_one_person(candidate, pack(code), needs_an_encounter=is_tied != "somebody")

    return is_certain


def _before(candidate: Candidate) -> str:
    """What stands before the whole pattern, and what the pattern took before the identifier."""
    text, start = candidate.reading.text, candidate.match.start()
    return text[max(0, start - BEFORE) : start].rstrip() + " "


def _is_of_one_person(candidate: Candidate, words: Pack, *, needs_an_encounter: bool) -> bool:
    """The sentence describes one person, and tells what happened to them; it is not about many."""
    if candidate.sentence_has(words.definite):
        return True
    told = candidate.sentence_has(words.described) or candidate.sentence_has(words.pronoun)
    told = told and (candidate.sentence_has(words.encounter) or not needs_an_encounter)
    return told and not candidate.sentence_has(words.generic)


RULES: tuple[Rule, ...] = tuple(rule for code in codes() for rule in _rules(code))
