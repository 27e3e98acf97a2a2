"""Language packs: the words by which people, places, encounters and stories are known. A pack is a file in `packs/`.

A new language is a new file; nothing here or in the rules knows a language by name.
"""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from community.casefree.phrases import Phrases, any_of, filled

FOLDER = Path(__file__).with_name("packs")
DEFAULT = "en"
#: Anywhere but inside a word: phrases may begin with a mark.
NOT_INSIDE = r"(?!\B\w)"


#: A town, region or country, by a word before it.
PLACED = r"(?<!\w)(?:{}) ?([A-ZÀ-ÖØ-Þ][\w'-]{{2,20}}(?: [A-ZÀ-ÖØ-Þ][\w'-]{{2,20}})?)"


@dataclass(frozen=True)
class Weighted:
    """Phrases that count together: `most` times at most."""

    weight: float
    pattern: Phrases
    most: int = 1


@dataclass(frozen=True)
class Following:
    """What may stand directly after a candidate, in capitals or small letters."""

    weight: float
    pattern: re.Pattern[str]


@dataclass(frozen=True)
class Ties:
    """What ties a candidate to one person, by what stands before it, after it and anywhere in its sentence."""

    #: The heaviest first.
    before: tuple[Weighted, ...]
    after: tuple[Following, ...]


@dataclass(frozen=True)
class Gist:
    """What stories are made of and what speaks against one: kinds of words, then patterns, then what both packs share.

    `weights` are in the order in which `gist.py` counts, each with how many count; `bias` is where a text begins.
    """

    bias: float
    words: tuple[frozenset[str], ...]
    patterns: tuple[Phrases, ...]
    weights: tuple[tuple[float, int], ...]
    #: Which pattern knows somebody.
    about: int
    #: Which counts are about a person; without any of them there is no story.
    of_somebody: tuple[int, ...]
    #: Which are of somebody where the text is clinical: he and she.
    spoken_of: tuple[int, ...]
    #: Which count is of clinical words.
    about_illness: int
    clinical: frozenset[str]
    #: How verbs of the past end, besides those in the list.
    regular: str


@dataclass(frozen=True)
class Pack:
    """One language, compiled."""

    code: str
    common: frozenset[str]
    described: Phrases
    definite: Phrases
    pronoun: Phrases
    encounter: Phrases
    population: Phrases
    generic: Phrases
    age: Phrases
    titles: Phrases
    clinician_titles: Phrases
    name: Ties
    clinician: Ties
    place: Ties
    heads: re.Pattern[str]
    lower_head: re.Pattern[str]
    #: A place by the words before it; None where those of the default language do.
    placed: re.Pattern[str] | None
    head_before: re.Pattern[str]
    headings: re.Pattern[str]
    cues: tuple[Weighted, ...]
    counters: tuple[Weighted, ...]
    indirect: dict[str, Phrases]
    #: Further phrases of these categories, which count for a person who is known from an earlier post.
    attached: dict[str, Phrases]
    #: None where the language has no such words yet.
    gist: Gist | None


@cache
def pack(code: str = DEFAULT) -> Pack:
    """The pack of a language; KeyError where there is none."""
    if code not in codes():
        raise KeyError(code)
    return _compiled(code, tomllib.loads((FOLDER / f"{code}.toml").read_text(encoding="utf-8")))


@cache
def codes() -> tuple[str, ...]:
    """Languages that have a pack."""
    return tuple(sorted(path.stem for path in FOLDER.glob("??.toml")))


def _compiled(code: str, data: dict[str, Any]) -> Pack:
    person, place, story = data["person"], data["place"], data["narrative"]
    parts = {"noun": person["noun"], "age": f"(?:{person['age']})"}
    parts["number"] = f"(?:{person.get('number', '(?!)')})"
    parts |= {name: f"(?:{person[name]})" for name in ("did", "state", "clin") if name in person}
    parts |= {name: any_of(words) for name, words in data.get("parts", {}).items()}
    for name in ("described", "definite"):
        parts[name] = "(?:" + "|".join(_put_in(phrase, parts) for phrase in person[name]) + ")"
    parts["encounter"] = "(?:" + "|".join(data["encounter"]["words"]) + ")"
    rare = tomllib.loads((FOLDER / "rare.toml").read_text(encoding="utf-8"))["diseases"]
    kinds = {**data["indirect"], "rare": [*data["indirect"].get("rare", ()), *rare]}

    def anywhere(phrases: list[str]) -> Phrases:
        return Phrases(filled(phrase, parts) for phrase in phrases)

    def in_a_story(phrases: list[str]) -> Phrases:
        return Phrases((filled(phrase, parts) for phrase in phrases), before=NOT_INSIDE)

    def before(phrases: list[str]) -> Phrases:
        return Phrases((filled(phrase, parts) for phrase in phrases), before=NOT_INSIDE, after=r"\s{0,2}$")

    def after(phrases: list[str]) -> re.Pattern[str]:
        return _loose("|".join(filled(phrase, parts) for phrase in phrases))

    def ties(table: dict[str, Any]) -> Ties:
        return Ties(
            tuple(sorted((Weighted(row["weight"], before(row["words"])) for row in table["before"]), key=_heaviest)),
            tuple(Following(row["weight"], after(row["words"])) for row in table["after"]),
        )

    def weighted(rows: list[dict[str, Any]]) -> tuple[Weighted, ...]:
        return tuple(Weighted(row["weight"], in_a_story(row["words"]), row.get("most", 1)) for row in rows)

    clinician = {side: [{"weight": 1.0, "words": data["clinician"][side]}] for side in ("before", "after")}
    headings = "|".join(filled(phrase, parts) for phrase in story["headings"])
    return Pack(
        code=code,
        common=frozenset(data["common"].split()),
        described=anywhere(person["described"]),
        definite=anywhere(person["definite"]),
        pronoun=anywhere([person["pronoun"]]),
        encounter=anywhere(data["encounter"]["words"]),
        population=anywhere(data["population"]["words"]),
        generic=anywhere(data["population"]["generic"]),
        age=anywhere(["{age}"]),
        titles=Phrases([data["name"]["titles"]], after=r"\.?\s{1,2}$"),
        clinician_titles=Phrases([data["name"]["clinician_titles"]], after=r"\.?\s{1,2}$"),
        name=ties(data["name"]),
        clinician=ties(clinician),
        place=ties(place),
        heads=re.compile(rf"(?<!\w)(?:{place['heads']})(?!\w)"),
        lower_head=re.compile(rf"\s{{1,2}}(?:[a-z]{{3,12}}\s)?(?:{place['lower_heads']})(?!\w)"),
        placed=re.compile(PLACED.format(place["named_after"])) if "named_after" in place else None,
        head_before=re.compile(rf"(?<!\w)(?i:{place.get('head_before', '(?!)')})\s{{1,2}}$"),
        headings=re.compile(rf"(?m)^[ \t#>*_-]{{0,6}}(?i:{headings})[ \t]{{0,3}}[:*_]{{0,3}}[ \t]{{0,3}}(?:$|(?<=:).)"),
        cues=weighted(story["cue"]),
        counters=weighted(story["counter"]),
        indirect={name: anywhere(phrases) for name, phrases in kinds.items()},
        attached={name: anywhere(phrases) for name, phrases in data.get("attached", {}).items()},
        gist=_gist(data["gist"], parts) if "gist" in data else None,
    )


def _heaviest(weighted: Weighted) -> float:
    return -weighted.weight


def _gist(data: dict[str, Any], known: dict[str, str]) -> Gist:
    parts = {**known, **data["parts"]}
    kinds, patterns, shared = data["words"], data["patterns"], data["shared"]
    rows = [*kinds.values(), shared["regular"], *patterns.values()]
    rows += [shared[name] for name in ("questions", "definite", "cues", "counters")]

    def words_of(words: str) -> frozenset[str]:
        known = _with_and_without_accents(words)
        return known | {before + word for before in data.get("joined", ()) for word in known}

    return Gist(
        data["bias"],
        tuple(words_of(kind["words"]) for kind in kinds.values()),
        tuple(Phrases([filled(kind["words"], parts)], before=NOT_INSIDE) for kind in patterns.values()),
        tuple((row["weight"], row["most"]) for row in rows),
        list(patterns).index("somebody"),
        tuple(at for at, row in enumerate(rows) if row.get("of_somebody")),
        tuple(at for at, row in enumerate(rows) if row.get("spoken_of")),
        list(kinds).index("clinical"),
        words_of(kinds["clinical"]["words"]),
        data["regular"],
    )


def _with_and_without_accents(words: str) -> frozenset[str]:
    """The words, and as they are written in a hurry."""
    plain = "".join(letter for letter in unicodedata.normalize("NFD", words) if not unicodedata.combining(letter))
    return frozenset(words.split()) | frozenset(plain.split())


def _put_in(phrase: str, parts: dict[str, str]) -> str:
    for name, pattern in parts.items():
        phrase = phrase.replace("{" + name + "}", pattern)
    return phrase


def _loose(pattern: str) -> re.Pattern[str]:
    """Without regard to case, but where a phrase looks ahead for a capital."""
    return re.compile(pattern.replace("[A-Z]", "(?-i:[A-Z])"), re.IGNORECASE)
