"""A write-up's words and the guard: which tolerance applies to which field, and what a look at all of it says."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from community.core.errors import Refused
from community.core.screening import LEVELS, Level, Screening, screen_words
from community.knowledge.practice.sections import SECTIONS, rows_of, values_of, words_in

WORDS = "practice"
SETTING = "practice_setting"
#: The setting may be named: a place, a facility.
SETTING_FIELDS = frozenset({"place"})
#: Chosen from lists; no words of a person.
CHOSEN = frozenset(
    {"country", "income_level", "locality", "facility_level", "staff_mix", "population_band", "specialties"}
    | {"language", "started_on", "ended_on", "audience"}
)


#: Cells of rows that say when something was. Beside prose a month looks like a number of a record.
WHEN = frozenset({"when", "period"})
OF_TIME = "_when"


def surface_of(name: str) -> str:
    return SETTING if name in SETTING_FIELDS or name.endswith(OF_TIME) else WORDS


def words_by_name(values: Mapping[str, Any]) -> dict[str, str]:
    """Field or part → its words, for those that hold words; what says when stands by itself."""
    words: dict[str, str] = {}
    for name, value in values.items():
        if name in CHOSEN:
            continue
        rows = rows_of(value) if isinstance(value, list) and value and isinstance(value[0], Mapping) else []
        times = [words_in(row[cell]) for row in rows for cell in sorted(WHEN & row.keys())]
        told = [{cell: each for cell, each in row.items() if cell not in WHEN} for row in rows] if rows else value
        words[name] = words_in(told)
        words[f"{name}{OF_TIME}"] = "\n".join(filter(None, times))
    return {name: text for name, text in words.items() if text.strip()}


def words_of_page(page: Any) -> dict[str, str]:
    """All the words of a draft by field and part, with its further sections and captions."""
    values = {name: value for section in SECTIONS for name, value in values_of(page, section).items()}
    known = {name for section in SECTIONS for name in section.parts}
    for place, block in enumerate(block for block in page.body.raw_data if block["type"] not in known):
        values[f"{block['type']}-{place}"] = block["value"]
    return words_by_name(values)


def look_at(words: Mapping[str, str]) -> Screening:
    """The strictest outcome over all of it; raises Refused when the guard cannot answer."""
    each = [screen_words(surface_of(name), context=None, **{name: text}) for name, text in words.items()]
    outcome: Level = max((screening.outcome for screening in each), key=LEVELS.index, default="pass")
    return Screening(outcome, [finding for screening in each for finding in screening.findings])


def look_at_and_refuse(words: Mapping[str, str]) -> Screening:
    """The same; raises Refused for what the guard blocks, before anything keeps it."""
    screening = look_at(words)
    if screening.outcome == "block":
        reason = _("This could identify a patient. Please take out what is marked; nothing of it was stored.")
        raise Refused("case_identifiers", reason, screening.findings)
    return screening
