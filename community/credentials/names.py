"""Whether two written names can be the same person's.

Pure functions over text, with no idea of registers or applicants. "strong" is given sparingly: together with an exact
number it lets a register match stand without a human. Everything else goes to one.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final, Literal, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Strength = Literal["strong", "weak", "none"]


def _listed_words(words: str) -> frozenset[str]:
    return frozenset(words.split())


TITLES: Final = _listed_words(
    "dr doctor doktor docteur dra drs dott dottssa prof professor professeur pr mr mrs ms miss mx mme mlle "
    "monsieur madame herr frau sir dame sister"
)
SUFFIXES: Final = _listed_words(
    "jr sr ii iii iv md mbbs mbchb mbbch phd dds dmd dvm rn np bsn msn pharmd frcp mrcp frcs mrcs mrcgp facp facs "
    "faap dpm od dc dnp crna cnm esq bsc msc"
)
PARTICLES: Final = _listed_words(
    "van der den de del della delle dello di da do dos das du des la las le les lo los von vom zu zum zur ter ten te "
    "t y e af av al el ul ur bin ibn bint ben bat abu abd d l"
)
# Letters that Unicode does not decompose. Only Latin ones: a Cyrillic or Greek lookalike must stay what it is.
PLAIN: Final = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŋ": "n", "ŧ": "t"}
)
# The second usual way to write these letters in ASCII: a register may hold MUELLER, MULLER or Müller.
EXPANDED: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
APOSTROPHES: Final = re.compile("['\u2018\u2019\u201b\u02bc\u02b9\u02bb`\u00b4\u2032.]")
HYPHENS: Final = re.compile("[-\u2010-\u2015\u2212]")
# Combining marks belong to their word: Yoruba and Vietnamese letters do not all have a composed form.
WORD_BREAKS: Final = re.compile("[^\\w\u0300-\u036f]+|_")
MAX_LENGTH: Final = 200


@dataclass(frozen=True)
class PersonName:
    """A name as somebody wrote it: all given names in one field, the whole family name in the other."""

    given: str
    family: str


class NameComparison(NamedTuple):
    """How well two names agree, and why, in words a reviewer can use."""

    strength: Strength
    reason: str | Promise


class _Folded(NamedTuple):
    """A name made comparable: the family name's possible spellings and the given names, one set of spellings each."""

    family: frozenset[str]
    family_words: frozenset[str]
    given: tuple[frozenset[str], ...]
    scripts: frozenset[str]
    hidden: bool


def normalise(text: str) -> str:
    """The plain comparable form of one name: lower case, no accents, apostrophes or hyphens, single spaces.

    Only Latin letters are transliterated, so a name written with lookalikes of another alphabet keeps them.
    """
    return " ".join(_plain(word) for word in _words(text))


def compare_names(
    applicant: PersonName | Sequence[PersonName], entry: PersonName | Sequence[PersonName]
) -> NameComparison:
    """Compare an applicant's name or names with a register entry's, former names included; the best pair counts."""
    pairs = list(product(_listed(applicant), _listed(entry)))
    if not pairs:
        return NameComparison("none", _("There is no name to compare."))
    best = max((_compare(ours, theirs) for ours, theirs in pairs), key=_rank)
    if best.strength == "strong" and _compare(*pairs[0]).strength != "strong":
        return NameComparison("strong", _("The name matches a former or other name."))
    return best


def _compare(ours: PersonName, theirs: PersonName) -> NameComparison:
    left, right = _fold(ours), _fold(theirs)
    if not (left.family and right.family):
        return NameComparison("none", _("A family name is missing."))
    verdict = _agreement(left, right)
    if verdict.strength == "strong" and (doubt := _doubt(left, right)):
        return NameComparison("weak", doubt)
    if verdict.strength == "none" and left.scripts != right.scripts:
        return NameComparison("none", _("The names use letters of different alphabets."))
    return verdict


def _agreement(left: _Folded, right: _Folded) -> NameComparison:
    same_family = bool(left.family & right.family)
    given = _given_agreement(left.given, right.given)
    if same_family and given.strength == "strong":
        return NameComparison("strong", _("Given and family name are the same."))
    if same_family:
        return NameComparison("weak", given.reason)
    if given.strength != "none" and left.family_words & right.family_words:
        return NameComparison("weak", _("Only part of the family name is the same."))
    if given.strength == "strong":
        return NameComparison("weak", _("The family name differs; ask for proof of a change of name."))
    if _exchanged(left, right):
        return NameComparison("weak", _("Given and family name are exchanged."))
    return NameComparison("none", _("The names differ."))


def _given_agreement(left: tuple[frozenset[str], ...], right: tuple[frozenset[str], ...]) -> NameComparison:
    if not left or not right:
        return NameComparison("none", _("A given name is missing."))
    if _joined(left) & _joined(right):
        return NameComparison("strong" if _longest(left) > 1 else "weak", _("Only initials are given."))
    if _initial_only(left[0], right[0]):
        return NameComparison("weak", _("The first given name is only an initial."))
    if not left[0] & right[0]:
        return NameComparison("none", _("The given name differs."))
    if _longest(left[:1]) == 1:
        return NameComparison("weak", _("Only initials are given."))
    if not _further_names_agree(left[1:], right[1:]):
        return NameComparison("weak", _("The further given names contradict each other."))
    return NameComparison("strong", "")


def _further_names_agree(left: tuple[frozenset[str], ...], right: tuple[frozenset[str], ...]) -> bool:
    """Further names agree when they run in step; one side may leave some out at the end or write initials."""
    return all(ours & theirs or _initial_only(ours, theirs) for ours, theirs in zip(left, right, strict=False))


def _initial_only(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    initials = {word for word in ours | theirs if len(word) == 1}
    return bool(initials) and any(
        {word[:1] for word in ours} & {word[:1] for word in theirs} & {initial} for initial in initials
    )


def _exchanged(left: _Folded, right: _Folded) -> bool:
    return bool(_joined(left.given) & right.family and _joined(right.given) & left.family)


def _doubt(left: _Folded, right: _Folded) -> str | Promise:
    """Why names that read the same still deserve a human's look, or an empty string."""
    if left.hidden or right.hidden:
        return _("A name contains invisible, decorative or too many characters.")
    if left.scripts != right.scripts or len(left.scripts) != 1:
        return _("The names mix letters of different alphabets.")
    return ""


def _fold(name: PersonName) -> _Folded:
    family_words = _without_suffixes(_words(name.family))
    core = [word for word in family_words if _plain(word) not in PARTICLES] or family_words
    written = name.given + name.family
    return _Folded(
        family=_spellings(core) | _spellings(family_words),
        family_words=frozenset(_plain(word) for word in core),
        given=_given_names(name.given),
        scripts=_scripts(written),
        hidden=_hides_something(written) or max(len(name.given), len(name.family)) > MAX_LENGTH,
    )


def _given_names(text: str) -> tuple[frozenset[str], ...]:
    """Given names in order. "Jean-Pierre" is one name, so that it is not taken for "Jean" with a further name."""
    words = _without_suffixes(_words(HYPHENS.sub("", _composed(text))))
    while len(words) > 1 and _plain(words[0]) in TITLES:
        words = words[1:]
    further = [word for word in words[1:] if _plain(word) not in PARTICLES or len(word) == 1]
    return tuple(_spellings([word]) for word in words[:1] + further)


def _without_suffixes(words: list[str]) -> list[str]:
    while len(words) > 1 and _plain(words[-1]) in SUFFIXES:
        words = words[:-1]
    return words


def _words(text: str) -> list[str]:
    composed = APOSTROPHES.sub("", _composed(text))
    return [word for word in WORD_BREAKS.split(composed) if _plain(word)]


def _composed(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text[:MAX_LENGTH]).casefold()
    visible = "".join(char for char in folded if unicodedata.category(char) not in {"Cf", "Cc", "Co", "Cn", "Cs"})
    return unicodedata.normalize("NFC", visible)


def _plain(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word.translate(PLAIN))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _spellings(words: list[str]) -> frozenset[str]:
    """The ways these words may be written as one ASCII-like word, for example {"muller", "mueller"}."""
    written = "".join(words)
    return frozenset({_plain(written), _plain(written.translate(EXPANDED))} - {""})


def _joined(names: tuple[frozenset[str], ...]) -> frozenset[str]:
    """All given names run together; each spelling is used for every name or for none."""
    shortest = "".join(min(name, key=len) for name in names)
    longest = "".join(max(name, key=len) for name in names)
    return frozenset({shortest, longest} - {""})


def _longest(names: tuple[frozenset[str], ...]) -> int:
    return max((len(word) for name in names for word in name), default=0)


def _scripts(text: str) -> frozenset[str]:
    """The alphabets of all letters, by the first word of their Unicode names ("LATIN", "CYRILLIC" …)."""
    letters = (char for char in unicodedata.normalize("NFKD", text[:MAX_LENGTH]) if char.isalpha())
    return frozenset(unicodedata.name(char, "UNKNOWN").split()[0] for char in letters)


def _hides_something(text: str) -> bool:
    """Whether text holds invisible characters or letters that only decompose to Latin (mathematical bold, circled)."""
    return any(
        unicodedata.category(char) in {"Cf", "Co", "Cn", "Cs"} or unicodedata.decomposition(char).startswith("<")
        for char in text
        if char != "\u00a0"
    )


def _listed(names: PersonName | Sequence[PersonName]) -> Sequence[PersonName]:
    return [names] if isinstance(names, PersonName) else names


def _rank(comparison: NameComparison) -> int:
    return ("none", "weak", "strong").index(comparison.strength)
