"""The sum of what one author tells of one patient over several posts. Categories only; the words are never kept.

The GMC's guidance (Doctors' use of social media, paragraph 19) warns of exactly this: each piece is harmless, the sum is not.
"""

from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from community.casefree.indirect import COURSE, EXAMPLE, LEANING, LIFE, PERSON, STAGES
from community.casefree.learned import KEPT_PARTS, OF_A_THREAD, is_too_much
from community.casefree.outcomes import Finding, Outcome, gravest
from community.casefree.rules.rule import TRIALS

#: The third category of one person is held, the fourth where nobody definite was spoken of.
THIRD, FOURTH = 3, 4
#: What nobody tells of an illness or of a ward.
OF_A_LIFE = frozenset({"age_sex", "ethnicity", "occupation", "household", "event", "superlative", "sensitive", LIFE})
WEAK = frozenset({"place", "time", "rare", COURSE, LEANING})
#: So many stages of one course over several posts are a story; one less beside a detail of a life.
STAGES_ENOUGH = 3


@dataclass(frozen=True)
class Told:
    """What an author has told so far, what else if it is all of one person, and whether of somebody who was there."""

    categories: frozenset[str] = frozenset()
    attached: frozenset[str] = frozenset()
    definite: bool = False
    #: How much the last posts read like parts of what is told of one person, the oldest first, and how many there were.
    parts: tuple[int, ...] = ()
    posts: int = 0

    def with_more(self, outcome: Outcome) -> "Told":
        return Told(
            self.categories | outcome.categories,
            self.attached | outcome.attached,
            self.definite
            or outcome.definite
            or (PERSON in outcome.attached and EXAMPLE not in self.attached | outcome.attached),
            (*self.parts, outcome.part)[-KEPT_PARTS:] if outcome.part else self.parts,
            self.posts + bool(outcome.part),
        )

    def adds_up(self, outcome: Outcome) -> bool:
        """The new words bring a category, and with it the sum says too much."""
        after = self.with_more(outcome)
        before = replace(self, definite=after.definite)
        tells_alone = len(outcome.attached & OF_A_LIFE) >= THIRD
        is_more = bool(after.details - before.details) and (bool(before.details) or tells_alone)
        return (is_more and after.says_too_much) or (after.tells_a_course and self.goes_on(after))

    @property
    def says_too_much(self) -> bool:
        """Three details of somebody; of nobody in particular four, or three that are of a life rather than of an illness."""
        if self.definite:
            return len(self.details) + (COURSE in self.details) >= THIRD
        return len(self.details) >= FOURTH or len(self.attached & OF_A_LIFE) >= THIRD

    def goes_on(self, after: "Told") -> bool:
        """A course was begun before, and the new words tell more of it or of the life it happened in."""
        more = (after.attached - self.attached) & (STAGES | OF_A_LIFE)
        return bool(self.attached & STAGES) and bool(more)

    @property
    def tells_a_course(self) -> bool:
        """Stages of one illness, enough to be one person's."""
        is_of_a_life = bool((self.attached | self.categories) & OF_A_LIFE)
        return len(self.attached & STAGES) + is_of_a_life >= STAGES_ENOUGH and EXAMPLE not in self.attached

    @property
    def details(self) -> frozenset[str]:
        """What counts: once somebody is known, all that was told may be of that person."""
        return (self.categories | self.attached) - {PERSON, EXAMPLE} - STAGES - (frozenset() if self.definite else WEAK)


def summed(outcome: Outcome, told: Told, text: str) -> Outcome:
    """The outcome with the thread before it in mind: held where it adds up to one person."""
    by_the_rules = told.adds_up(outcome)
    if not by_the_rules and not (outcome.part and is_too_much(told.parts, outcome.part)):
        return outcome
    kind = "mosaic" if by_the_rules else OF_A_THREAD
    reason = _(
        "With what you told before, this could tell who one patient is. Leave out what the answer does not need."
    )
    finding = Finding(0, max(1, len(text.rstrip())), kind, f"{reason} ({TRIALS}; GMC)")
    findings = (*outcome.findings, *([] if outcome.findings else [finding]))
    return replace(outcome, outcome=gravest([outcome.outcome, "hold"]), findings=findings)


def as_json(outcome: Outcome) -> dict[str, Any]:
    """The answer of the command and of the composer's address: outcome, findings, narrative."""
    findings = [vars(finding) for finding in outcome.findings]
    return {"outcome": outcome.outcome, "findings": findings, "narrative": outcome.narrative}
