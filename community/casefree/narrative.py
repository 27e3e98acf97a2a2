"""How much a text reads like one person's story. Cues are data; the score is told, never decisive by itself."""

import re
from math import exp

from community.casefree.reading import Reading

#: Weight of each cue, counted once or twice: definite patient, described person, encounter in the past, course over days.
CUES: tuple[tuple[float, re.Pattern[str]], ...] = (
    (
        1.6,
        re.compile(
            r"\b(?:my|our|the|this) (?:patient|pt)\b(?! (?:population|group|safety|journey|record))", re.IGNORECASE
        ),
    ),
    (
        1.2,
        re.compile(
            r"\b(?:a|an|this|our) \d{1,3}[\s-]{0,2}(?:year|yr|month|week|day)s?[\s-]{0,2}old\b(?!s)", re.IGNORECASE
        ),
    ),
    (
        1.0,
        re.compile(
            r"\b(?:he|she|patient) (?:presented|was (?:admitted|seen|found|brought|discharged)|underwent|denies|reports|states|died|complained)\b",
            re.IGNORECASE,
        ),
    ),
    (
        0.8,
        re.compile(
            r"\b(?:on (?:post-?op )?day \d|last (?:night|week|month|monday|tuesday|wednesday|thursday|friday)|yesterday|this morning|two days later)\b",
            re.IGNORECASE,
        ),
    ),
    (
        0.7,
        re.compile(
            r"\b(?:his|her) (?:mother|father|wife|husband|daughter|son|job|employer|village|school)\b", re.IGNORECASE
        ),
    ),
    (0.6, re.compile(r"\b(?:she|he)\b", re.IGNORECASE)),
)
COUNTER: tuple[tuple[float, re.Pattern[str]], ...] = (
    (
        0.8,
        re.compile(
            r"\b(?:patients|participants|adults|women|men|children) (?:with|who|aged|receiving|were|in)\b",
            re.IGNORECASE,
        ),
    ),
    (
        0.7,
        re.compile(
            r"\bn\s?=\s?\d|\d\s?%|\b(?:randomi[sz]ed|cohort|meta-analysis|guideline|recommend(?:s|ed|ation)?)\b",
            re.IGNORECASE,
        ),
    ),
    (
        1.5,
        re.compile(
            r"\b(?:fictional|invented|hypothetical|simulated) (?:case|scenario|patient|example)\b", re.IGNORECASE
        ),
    ),
)
COUNTED_AT_MOST = 2
NEUTRAL = 2.6


def narrative_score(reading: Reading) -> float:
    """0.0 (about populations and practice) to 1.0 (one person's story)."""
    told = sum(_weigh(cues=CUES, text=reading.text))
    counter = sum(_weigh(cues=COUNTER, text=reading.text))
    if not told:
        return 0.0
    return round(1 / (1 + exp(NEUTRAL - told + counter)), 3)


def _weigh(*, cues: tuple[tuple[float, re.Pattern[str]], ...], text: str) -> list[float]:
    return [weight * min(COUNTED_AT_MOST, sum(1 for _ in pattern.finditer(text))) for weight, pattern in cues]
