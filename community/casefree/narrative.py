"""How much a text reads like one person's story. The cues are data of the language's pack; counted here, no more."""

import re
from collections.abc import Iterable
from math import exp, log

from community.casefree.gist import SHORT, gist
from community.casefree.packs import Weighted
from community.casefree.reading import Reading

#: From here on a human looks; below it the score is only told.
HOLD = 0.58
#: A person spoken of as present, short of a story: worth a second thought, no more.
MENTIONED = 0.35
#: What the sum of cues must outweigh before a text leans to a story.
NEUTRAL = 2.6
#: One of these headings happens in any text, two make a clinical note.
HEADINGS_OF_A_NOTE = 2
NOTE = 4.5
DEFINITE = 3.0
#: Pronouns of one person, for each hundred words.
MANY_PRONOUNS, PRONOUNS = 4.0, 1.2
#: Of a text in small letters; the first letter stands before what tells more, so that the search leaps to it.
STATISTIC = re.compile(
    r"[\dnpcromesq±](?:(?<=±)|(?<=\d) ?%|(?<!\w.)(?:(?<=9)5 ?% ci\b|(?<=n) ?= ?\d|(?<=p) ?[<=>]|(?<=c)(?:i|ohort|ontrols)\b"
    r"|(?<=r)(?:andomi[sz]ed|etrospective(?:ly)?|egression)\b|(?<=p)(?:rospective(?:ly)?|articipants)\b|(?<=o)dds ratio\b"
    r"|(?<=m)e(?:an|dian)\b|(?<=e)nrolled\b|(?<=s)(?:ensitivity|urveyed)\b|(?<=q)uestionnaires?\b))"
)
STATISTICS_OF_A_STUDY = 3
FIRST_WORDS = re.compile(r"\w[^.?!\n]{0,60}")
DIGITS = re.compile(r"[\d ]")


def narrative_score(reading: Reading) -> float:
    """0.0 (about populations and practice) to 1.0 (one person's story)."""
    return reading.remembered(_score)


def _score(reading: Reading) -> float:
    return round(max(_by_phrases(reading), _by_gist(reading)), 3)


def _by_gist(reading: Reading) -> float:
    """HOLD where the gist is that of a story; nothing in reports of many and in what is invented."""
    if is_a_study(reading) or is_fiction(reading):
        return 0.0
    found = gist(reading, definite_people(reading))
    return 0.0 if found is None else 1 / (1 + exp(-found - log(HOLD / (1 - HOLD))))


def is_fiction(reading: Reading) -> bool:
    """The author says that the person is invented."""
    return any(w.weight >= 3.0 and reading.mentions(w.pattern, 0, len(reading.text)) for w in reading.pack.counters)


def _by_phrases(reading: Reading) -> float:
    """What the phrases alone say; of short texts in a language with a gist that knows more, only the note's headings."""
    words = reading.pack
    if words.gist and reading.small.count(" ") < SHORT:
        return 1 / (1 + exp(NEUTRAL - NOTE)) if _note(reading) else 0.0
    definite = DEFINITE * min(2, len(definite_people(reading)))
    told = definite + _weigh(reading, words.cues) + _note(reading) + _pronouns(reading)
    if not told:
        return 0.0
    return 1 / (1 + exp(NEUTRAL - told + _weigh(reading, words.counters)))


def definite_people(reading: Reading) -> list[tuple[int, int]]:
    """Where somebody is spoken of who was there, outside sentences about anybody; two are enough to know."""
    return reading.remembered(_definite)


def _definite(reading: Reading) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for match in reading.phrases_in(reading.pack.definite, 0, len(reading.text)):
        if not reading.mentions(reading.pack.generic, *reading.sentence(*match.span())):
            found.append(match.span())
        if len(found) == 2:
            break
    return found


def is_a_story(reading: Reading, score: float, threshold: float = HOLD) -> bool:
    """High enough, and about a person who was there rather than an age in a question."""
    if is_a_study(reading):
        return score >= threshold and _note(reading) > 0
    told = bool(definite_people(reading)) or _note(reading) > 0 or _pronouns(reading) > 0
    return score >= threshold and (told or _by_gist(reading) >= threshold)


def is_a_study(reading: Reading) -> bool:
    """The text reports numbers of many."""
    return reading.remembered(_statistics)


def _statistics(reading: Reading) -> bool:
    kinds = {DIGITS.sub("", match.group()) for match in _some(STATISTIC, reading.small, 30)}
    return len(kinds) >= STATISTICS_OF_A_STUDY


def first_cue(reading: Reading) -> tuple[int, int] | None:
    """Where the one person of the story first comes up; what the author is shown. The first words where nobody is named."""
    words = reading.pack
    if people := definite_people(reading):
        return people[0]
    match = words.described.search(reading.small)
    match = match or words.headings.search(reading.text) or words.pronoun.search(reading.small)
    if not match and words.gist:
        found = (pattern.search(reading.small) for pattern in words.gist.patterns[words.gist.about :])
        match = next(filter(None, found), None) or FIRST_WORDS.search(reading.small)
    return _without_marks(reading.small, *match.span()) if match else None


def _without_marks(text: str, low: int, high: int) -> tuple[int, int]:
    """What is marked begins with a word."""
    marks = len(text[low:high]) - len(text[low:high].lstrip(" ,;:.!?\n"))
    return (low + marks, high) if low + marks < high else (low, high)


def _weigh(reading: Reading, weights: Iterable[Weighted]) -> float:
    return sum(w.weight * min(w.most, reading.count(w.pattern, 0, len(reading.text))) for w in weights)


def _some(pattern: re.Pattern[str], text: str, most: int) -> Iterable[re.Match[str]]:
    for count, match in enumerate(pattern.finditer(text), 1):
        yield match
        if count == most:
            return


def _note(reading: Reading) -> float:
    found = {match.group().strip().lower() for match in _some(reading.pack.headings, reading.text, 12)}
    return NOTE if len(found) >= HEADINGS_OF_A_NOTE else 0.0


def _pronouns(reading: Reading) -> float:
    words = max(25, reading.text.count(" ") + 1)
    said = reading.count(reading.pack.pronoun, 0, len(reading.text))
    return PRONOUNS if said >= 2 and 100 * said / words >= MANY_PRONOUNS else 0.0
