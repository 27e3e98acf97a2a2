"""Indirect identifiers of one person: an age, a job, a place, a rare disease. One says little; three may say who it is.

The journals' rule (Hrynaszkiewicz et al., Trials 2010;11:9): with three or more a human looks before anything is published.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from community.casefree.gazetteers import is_a_place
from community.casefree.gist import WORD, leaning
from community.casefree.narrative import definite_people, is_a_study, is_fiction
from community.casefree.packs import DEFAULT
from community.casefree.phrases import Phrases
from community.casefree.reading import Reading

ENOUGH = 3
#: A question about nobody in particular may describe its example by one more.
ENOUGH_OF_NOBODY = 4
#: Somebody described in a hurry, without a verb: `Sailor, 29, from Manila`, `48, second kidney`; no question, no measure.
CLIPPED = re.compile(
    r"(?:^|(?<=[.!?] )|(?<=\n))(?:(?:[A-Z][a-z-]{2,15}(?: [a-z-]{2,15}){0,3}, (?:1[0-9]|[2-9]\d|[a-z]{4,7}(?:-[a-z]{3,5})?)|(?:1[0-9]|[2-9]\d)(?: and|,) [a-z]|\d\.\d\d m)(?=[\s,.;]|[a-z])"
    r"|(?:Lives?|Works?|Teaches|Sells|Restores|Divorced|Widow(?:er)?|Married|From [A-Z]\w+,|Refugee from|Was at|Adopted|Born) )"
)
#: Not a detail, but that somebody was brought in of whom later posts may tell.
PERSON = "person"
#: Something of a person's life that is of no other category.
LIFE = "life"
#: Who speaks of himself or of a team; who speaks of colleagues and what they do.
OWN, WORK = "own", "work"
#: An example that the author makes up.
EXAMPLE = "example"
#: How a language says he or she of a person alone, where its pronouns say it of things too.
SPOKEN = "spoken"
#: How it went with somebody; and what only sounds like it, with how much the gist of a later post must lean to a story.
COURSE, LEANING = "course", "leaning"
LEANS = {LEANING: -1.0, PERSON: 1.0}
#: What a clinical course is made of, told bit by bit: when, what was done, what went wrong, how it ended.
STAGES = frozenset({"since", "done", "worse", "outcome"})
#: The author speaking of himself.
I_MYSELF = re.compile(r"(?<!\w)(?:i|my|me)(?!\w)")
#: Who is what: `he's`, in a hurry `shes`.
CONTRACTED = re.compile(
    r"(?<!\w)(he|she|it|who|that|there|mum|mom|dad|wife|husband|mother|father|brother|sister|son|daughter|twin)(?:'s|(?<=he)s|(?<=it)s)(?!\w)"
)
#: Where a place may be named.
PLACED = re.compile(
    r"(?:(?:\b(?:[Ii]n|[Oo]n|[Ff]rom|[Nn]ear|[Oo]utside|[Oo]ff|[Aa]round|[Tt]o|of|left|here) (?:the |central |northern |southern |eastern |western |north |south |rural |upper |lower )?)"
    r"([A-Z][\w'-]{2,20}(?: (?:[A-Z][\w'-]{2,20}))?)|(?:^|(?<=[.!?,] )|(?<=\n))([A-Z][\w'-]{2,20}(?: [A-Z][\w'-]{2,20})?)(?=[.,;]|$))"
)
#: Sentences of a fragment, also where none begins with a capital.
FRAGMENT = re.compile(r"[\n.!?\u061f](?=\s|$)")
#: Categories whose words are about one person by themselves.
OF_ONE = frozenset({"superlative", "quote", "event"})

CATEGORIES: dict[str, str | Promise] = {
    "age_sex": _("exact age"),
    "ethnicity": _("origin or belief"),
    "occupation": _("work"),
    "household": _("family or household"),
    "multiple_birth": _("multiple birth or number of pregnancies"),
    "anthropometry": _("a measure or mark of the body"),
    "rare": _("rare disease"),
    "place": _("place"),
    "time": _("day or time"),
    "event": _("an event that others know of"),
    "superlative": _("something that sets one person apart"),
    "quote": _("a person's own words"),
    "sensitive": _("a sensitive detail"),
}


@dataclass(frozen=True)
class Mention:
    """One category, where it stands in the reading."""

    category: str
    start: int
    end: int


def mentions(reading: Reading) -> list[Mention]:
    """The first mention of each category, of a person rather than of many."""
    if is_a_study(reading):
        return []
    return sorted(_found(reading), key=lambda mention: mention.start)


def told_of_the_known(reading: Reading) -> frozenset[str]:
    """Categories that a text tells if it goes on about somebody whom a post before has brought in: every sentence
    counts that is not about many, also one without he or she, and `life` where a sentence is of no other category.

    With `person` where the text brings somebody in, by itself or with he or she, and `example` where it makes somebody up.
    """
    if is_a_study(reading) or is_fiction(reading):
        return frozenset()
    told = {category for low, high in _fragments(reading) for category in _told_in(reading, low, high)}
    return frozenset(told | (set() if EXAMPLE in told else _leaning(reading)))


def _fragments(reading: Reading) -> Iterator[tuple[int, int]]:
    """Its sentences; outside the default language they need not begin with a plain capital."""
    if reading.pack.code == DEFAULT:
        yield from _sentences(reading)
        return
    low = 0
    for high in [*(end.end() for end in FRAGMENT.finditer(reading.text)), len(reading.text)]:
        if low < high:
            yield low, high
        low = high


def _leaning(reading: Reading) -> set[str]:
    """What the gist says of the whole, if it is clinical: how it went with somebody, though it says nobody."""
    words = reading.pack
    length = len(reading.text)
    if (
        "?" in reading.text
        or not _is_of_an_illness(reading, 0, length)
        or reading.mentions(words.population, 0, length)
    ):
        return set()
    gist = leaning(reading, definite_people(reading))
    return {name for name, least in LEANS.items() if gist > least}


def _told_in(reading: Reading, low: int, high: int) -> set[str]:
    words = reading.pack
    sentence = CONTRACTED.sub(_opened, reading.small[low:high].strip())
    if _said(words.attached, sentence, EXAMPLE):
        return {EXAMPLE}
    spoken_of = words.attached.get(SPOKEN, words.pronoun).search(sentence) is not None
    of_many = reading.mentions(words.population, low, high)
    if of_many and not spoken_of:
        return set()
    told = _said(words.indirect, sentence, "rare") | _said(words.attached, sentence, PERSON)
    if _said(words.attached, sentence, WORK):
        return told
    if "place" in _said(words.attached, sentence, "place") or names_a_place(reading, low, high):
        told.add("place")
    if not spoken_of and PERSON not in told and _said(words.attached, sentence, OWN):
        return told | _said(words.attached, sentence, COURSE)
    told |= _said(words.attached, sentence, *(words.attached.keys() - {OWN, WORK, EXAMPLE, SPOKEN} - STAGES))
    if of_many or reading.mentions(words.generic, low, high):
        return told - {LIFE}
    told |= _said(words.indirect, sentence, *words.indirect)
    stages = set() if "?" in sentence else _said(words.attached, sentence, *STAGES)
    return _with_somebody(told, spoken_of, is_clinical=_is_of_an_illness(reading, low, high)) | stages


def _said(phrases: Mapping[str, Phrases], sentence: str, *names: str) -> set[str]:
    """Those of the categories whose phrases occur."""
    return {name for name in names if name in phrases and phrases[name].search(sentence)}


def _with_somebody(told: set[str], spoken_of: bool, *, is_clinical: bool) -> set[str]:
    """He, she or a verb alone bring somebody in; `life` is what they tell where they tell nothing else."""
    is_life, details = spoken_of or LIFE in told, told - {LIFE, PERSON}
    if not is_life or (is_clinical and not details):
        return told - {LIFE}
    return details | {PERSON} if details else told | {PERSON, LIFE}


def _is_of_an_illness(reading: Reading, low: int, high: int) -> bool:
    """Clinical, or a question."""
    words = reading.pack.gist
    return (
        "?" in reading.text[low:high]
        or not words
        or not words.clinical.isdisjoint(WORD.findall(reading.small[low:high]))
    )


def names_a_place(reading: Reading, low: int, high: int) -> bool:
    """A town, region or country after in, on, from …, or alone in its clause."""
    placed = reading.pack.placed or PLACED
    return any(is_a_place(match[1] or match[placed.groups]) for match in placed.finditer(reading.text, low, high))


def _opened(match: re.Match[str]) -> str:
    """`he's` as `he is`."""
    return f"{match[1]} is"


def speaks_of_a_definite_person(reading: Reading) -> bool:
    """Somebody was there: my patient, we saw a woman, she was admitted."""
    return bool(reading.people) or bool(definite_people(reading))


def _found(reading: Reading) -> Iterator[Mention]:
    stretches = list(_of_somebody(reading))
    for category, pattern in reading.pack.indirect.items():
        for low, high in [(0, len(reading.text))] if category in OF_ONE else stretches:
            match = pattern.search(reading.small, low, high)
            if match:
                yield Mention(category, *match.span())
                break


def _of_somebody(reading: Reading) -> Iterator[tuple[int, int]]:
    """Sentences that describe one person, or say he or she."""
    words = reading.pack
    for low, high in _sentences(reading):
        told = any(reading.mentions(p, low, high) for p in (words.pronoun, words.described, words.definite))
        if told or CLIPPED.search(reading.text, low, high):
            yield low, high


def _sentences(reading: Reading) -> Iterator[tuple[int, int]]:
    low = 0
    for high in [*reading.boundaries, len(reading.text)]:
        if low < high:
            yield low, high
        low = high
