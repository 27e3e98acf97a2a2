"""The guard: one pure function from a text and where it stands to an outcome. No storage, no logging, no clock."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from community.casefree.narrative import narrative_score
from community.casefree.outcomes import LEVELS, Finding, Level, Outcome, gravest
from community.casefree.reading import Reading, read
from community.casefree.rules import RULES
from community.casefree.rules.contacts import is_public_line
from community.casefree.rules.rule import Candidate, Rule
from community.casefree.surfaces import Tolerance, tolerance_of

PHONE_KINDS = frozenset({"phone", "fax"})


def screen(text: str, surface: str = "post") -> Outcome:
    """What in a text could identify a patient. Offsets are characters of `text`; never raises for any string."""
    tolerance = tolerance_of(surface)
    reading = read(text[: tolerance.longest], underscores=tolerance.underscores)
    levels: list[Level] = []
    findings: list[Finding] = []
    for level, finding in _without_overlap(_found(reading, tolerance)):
        levels.append(level)
        findings.append(finding)
    if len(text) > tolerance.longest:
        levels.append("block")
        findings.append(_too_long(text, tolerance))
    return Outcome(gravest(levels), tuple(sorted(findings)), narrative_score(reading))


def answer(text: str, surface: str) -> tuple[Level, list[tuple[int, int, str, str]]]:
    """The same, in the shape of the kernel's screening seam."""
    outcome = screen(text, surface)
    return outcome.outcome, [(f.start, f.end, f.kind, f.reason) for f in outcome.findings]


def _found(reading: Reading, tolerance: Tolerance) -> Iterator[tuple[Level, Finding]]:
    for rule in RULES:
        if rule.kind in tolerance.spared:
            continue
        for candidate in rule.candidates(reading):
            if not _is_tolerated(rule, candidate, tolerance):
                start, end = reading.span(candidate.start, candidate.end)
                level = min(rule.level, tolerance.softened.get(rule.kind, rule.level), key=LEVELS.index)
                yield level, Finding(start, end, rule.kind, rule.explanation)


def _is_tolerated(rule: Rule, candidate: Candidate, tolerance: Tolerance) -> bool:
    return tolerance.public_lines and rule.kind in PHONE_KINDS and is_public_line(candidate)


def _without_overlap(found: Iterator[tuple[Level, Finding]]) -> list[tuple[Level, Finding]]:
    """Of findings that overlap, keep the gravest, then the one whose rule comes first."""
    ranked = sorted(enumerate(found), key=lambda item: (-LEVELS.index(item[1][0]), item[0]))
    kept: list[tuple[Level, Finding]] = []
    taken = bytearray(max((f.end for _rank, (_level, f) in ranked), default=0))
    for _rank, (level, finding) in ranked:
        if not any(taken[finding.start : finding.end]):
            taken[finding.start : finding.end] = b"\x01" * (finding.end - finding.start)
            kept.append((level, finding))
    return kept


def _too_long(text: str, tolerance: Tolerance) -> Finding:
    reason = _("Only the first {count} characters can be checked. Please shorten the text.").format(
        count=tolerance.longest
    )
    return Finding(tolerance.longest, len(text), "too_long", reason)
