"""Whether a number belongs to the literature, a register of trials, a code system or a product."""

from bisect import bisect_right

from community.casefree.rules.rule import Candidate


def is_sheltered(candidate: Candidate) -> bool:
    """The candidate overlaps a number that is never a person's."""
    spans = candidate.reading.sheltered
    at = bisect_right(spans, (candidate.start, len(candidate.reading.text)))
    return any(start < candidate.end and candidate.start < end for start, end in spans[max(0, at - 1) : at + 1])
