"""Reciprocal rank fusion of what was found by words and by meaning (Cormack, Clarke and Büttcher, 2009): pure."""

from search.engines.plan import Candidate, Plan

# Measured on passages of abstracts (docs/search.md); between 10 and 60 little changes.
K, OF_MEANING = 20, 1.5
SCALE = 100.0
WORDS, MEANING, NEARNESS = "place by words", "place by meaning", "nearness"


def fused(by_words: list[Candidate], by_meaning: list[Candidate], most: int) -> list[Candidate]:
    """Both lists as one, best first; each candidate says at which place it stood in which list."""
    found = {each.id: each for each in by_words}
    scores = {}
    for place, each in enumerate(by_words, start=1):
        scores[each.id] = 1 / (K + place)
        each.reasons[WORDS] = place
    for place, near in enumerate(by_meaning, start=1):
        each = found.setdefault(near.id, near)
        scores[each.id] = scores.get(each.id, 0.0) + OF_MEANING / (K + place)
        each.reasons |= {MEANING: place, NEARNESS: near.score}
    for pk, score in scores.items():
        found[pk].score = SCALE * score
    return sorted(found.values(), key=lambda each: (-round(each.score, 6), -each.id))[:most]


def is_by_meaning_only(candidates: list[Candidate], plan: Plan) -> bool:
    """Nothing was found by words: what is shown is near, and named as such."""
    return bool(plan.meaning and candidates) and not any(WORDS in each.reasons for each in candidates)
