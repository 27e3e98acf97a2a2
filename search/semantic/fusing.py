"""What was found by words and by meaning as one list: the weighted sum of both scores, each from 0 to 1 (Bruch, Gai and
Ingber, "An Analysis of Fusion Functions for Hybrid Retrieval", 2023): pure.

Reciprocal ranks were measured beside it and found less on every collection of ours (docs/search.md): places do not tell
how much nearer the first is than the second.
"""

from math import prod

from search.engines.plan import Candidate, Plan

# Measured on passages of abstracts; between 0.6 and 0.8 little changes.
OF_MEANING = 0.7
# What has no vector (people, tags, texts in other languages) is taken to be as near as what is just near enough.
UNREAD = 0.3
SCALE = 100.0
WORDS, MEANING, NEARNESS = "place by words", "place by meaning", "nearness"


def fused(
    by_words: list[Candidate], by_meaning: list[Candidate], cosines: dict[int, float], most: int
) -> list[Candidate]:
    """Best first; `by_words` holds all of `by_meaning`, with what their words are worth, and `cosines` all that are
    known. Each candidate says at which place it stood in which list."""
    best = max((each.score for each in by_words), default=0.0) or 1.0
    places = {each.id: place for place, each in enumerate(by_meaning, start=1)}
    for place, each in enumerate(by_words, start=1):
        cosine, words = cosines.get(each.id, UNREAD), each.score / best
        moved = prod(each.reasons.values()) ** 0.5  # Cosines lie close together: what moves a result counts half.
        each.score = SCALE * ((1 - OF_MEANING) * words + OF_MEANING * max(0.0, cosine) * moved)
        if words:
            each.reasons[WORDS] = place
        if each.id in places:
            each.reasons |= {MEANING: places[each.id], NEARNESS: cosine}
    return sorted(by_words, key=lambda each: (-round(each.score, 6), -each.id))[:most]


def is_by_meaning_only(candidates: list[Candidate], plan: Plan) -> bool:
    """Nothing was found by words: what is shown is near, and named as such."""
    return bool(plan.meaning and candidates) and not any(WORDS in each.reasons for each in candidates)
