"""Finds write-ups for a problem somewhere: like the problem first, near the setting second, and why each is shown.

Pure: candidates come in as plain values. `use_similarity` lets a package above compare words better than we do.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from community.knowledge.wording import Likeness, Similarity, compare

#: What is less alike than this is not shown, however near it is.
LEAST = 0.05
#: The farthest setting takes this part of the score away: it never outweighs the problem.
DISTANCE_COUNTS = 0.5
WORDS_SHOWN = 4

#: The facets that have an order, from one end to the other. A value that is not on its scale is far from all others.
FACILITY_LEVELS = ("community", "primary", "district", "regional", "tertiary")
INCOME_LEVELS = ("low", "lower_middle", "upper_middle", "high")
LOCALITIES = ("remote", "rural", "periurban", "urban")
STAFF_MIXES = ("community_workers", "nurses", "clinical_officers", "generalists", "specialists")
POPULATION_BANDS = ("under_1k", "under_10k", "under_100k", "under_1m", "over_1m")
#: Something of everything: half way to any other.
MIXED = "mixed"


@dataclass(frozen=True)
class Setting:
    """Where a problem is met. Codes of the write-up's facets; an empty one is not known and counts neither way."""

    country: str = ""
    subregion: str = ""
    region: str = ""
    income_level: str = ""
    locality: str = ""
    facility_level: str = ""
    staff_mix: str = ""
    population_band: str = ""


@dataclass(frozen=True)
class Candidate:
    """A write-up as matching sees it: `text` is title, result, problem and summary."""

    key: Hashable
    text: str
    setting: Setting = Setting()
    specialties: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Match:
    """A candidate with its score (0–1), what it is made of, and sentences that say why."""

    key: Hashable
    score: float
    likeness: float
    distance: float
    why: tuple[str, ...]


@dataclass(frozen=True)
class Facet:
    """One side of a setting: how far apart two values are (0–1), how much that counts, and how to say it."""

    name: str
    weight: float
    scale: tuple[str, ...]
    same: Callable[[], str]
    near: Callable[[], str]
    different: Callable[[], str]


FACETS = (
    Facet("facility_level", 3, FACILITY_LEVELS, lambda: _("same facility level"),
          lambda: _("similar facility level"), lambda: _("different facility level")),
    Facet("income_level", 2, INCOME_LEVELS, lambda: _("same income level"),
          lambda: _("similar income level"), lambda: _("different income level")),
    Facet("locality", 2, LOCALITIES, lambda: _("same kind of place"),
          lambda: _("similar kind of place"), lambda: _("different kind of place (town or country)")),
    Facet("staff_mix", 1, STAFF_MIXES, lambda: _("same mix of staff"),
          lambda: _("similar mix of staff"), lambda: _("different mix of staff")),
    Facet("population_band", 1, POPULATION_BANDS, lambda: _("about as many people served"),
          lambda: _("a similar number of people served"), lambda: _("a different number of people served")),
)  # fmt: skip
PLACE_WEIGHT = 2

_similarity: list[Similarity] = [compare]


def use_similarity(similarity: Similarity) -> None:
    """Let a package above say how alike texts are, for everybody who does not choose one."""
    _similarity[:] = [similarity]


def match(
    problem: str,
    setting: Setting,
    candidates: Iterable[Candidate],
    *,
    specialty: str = "",
    similarity: Similarity | None = None,
) -> list[Match]:
    """The candidates that speak of this problem, best first; of equal ones the nearer, then the first given.

    The score is likeness × (1 − distance ÷ 2). Likeness is that of the words, distance the weighted mean over the
    facets that both sides know (0 same, 1 farthest; ½ where they have none in common).
    """
    given = list(candidates)
    alike = (similarity or _similarity[0])(problem, [candidate.text for candidate in given])
    found = [
        _matched(candidate, setting, likeness, specialty)
        for candidate, likeness in zip(given, alike, strict=True)
        if likeness.score >= LEAST
    ]
    return sorted(found, key=lambda each: (-each.score, each.distance))


def distance(here: Setting, there: Setting) -> float:
    """How far apart two settings are, from 0 (the same in all that is known) to 1."""
    steps = [(facet.weight, _step(facet, here, there)) for facet in FACETS]
    known = [(weight, step) for weight, step in [*steps, (PLACE_WEIGHT, _place_step(here, there))] if step is not None]
    total = sum(weight for weight, _step in known)
    return sum(weight * step for weight, step in known) / total if total else 0.5


def _matched(candidate: Candidate, setting: Setting, likeness: Likeness, specialty: str) -> Match:
    far = distance(setting, candidate.setting)
    score = likeness.score * (1 - DISTANCE_COUNTS * far)
    why = [*_words_of(likeness), *_specialty_of(candidate, specialty), *_settings_of(setting, candidate.setting)]
    return Match(candidate.key, score, likeness.score, far, tuple(why))


def _words_of(likeness: Likeness) -> Sequence[str]:
    if not likeness.words:
        return []
    return [_("speaks of {words}").format(words=", ".join(likeness.words[:WORDS_SHOWN]))]


def _specialty_of(candidate: Candidate, specialty: str) -> Sequence[str]:
    return [_("same specialty")] if specialty and specialty in candidate.specialties else []


def _settings_of(here: Setting, there: Setting) -> list[str]:
    """What is alike first, then what is not: a reader has to know both."""
    said = [(step, facet) for facet in FACETS if (step := _step(facet, here, there)) is not None]
    near = [facet.same() if step == 0 else facet.near() for step, facet in said if step < 0.5]
    far = [facet.different() for step, facet in said if step >= 0.5]
    return [*_place_of(here, there), *near, *far]


def _step(facet: Facet, here: Setting, there: Setting) -> float | None:
    """How far apart on one facet, or None where either side does not say."""
    one, other = getattr(here, facet.name), getattr(there, facet.name)
    if not one or not other:
        return None
    if one == other:
        return 0.0
    if MIXED in (one, other):
        return 0.5
    if one not in facet.scale or other not in facet.scale:
        return 1.0
    return abs(facet.scale.index(one) - facet.scale.index(other)) / (len(facet.scale) - 1)


def _place_step(here: Setting, there: Setting) -> float | None:
    """Same country, same part of the world, same WHO region, elsewhere."""
    if not here.country or not there.country:
        return None if not here.region or not there.region else float(here.region != there.region)
    if here.country == there.country:
        return 0.0
    if here.subregion and here.subregion == there.subregion:
        return 1 / 3
    return 2 / 3 if here.region and here.region == there.region else 1.0


def _place_of(here: Setting, there: Setting) -> list[str]:
    step = _place_step(here, there)
    if step is None:
        return []
    if step == 0:
        return [_("same country") if here.country else _("same WHO region")]
    if step <= 1 / 3:
        return [_("a country in the same part of the world")]
    return [_("another country in the same WHO region")] if step < 1 else [_("another WHO region")]
