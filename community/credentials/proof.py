"""What proves that somebody is the clinician they say: the classes of evidence, the rule and its clocks.

Pure Python, no database. A register match alone never verifies: in 2007 a network was entered by people who had
copied a physician's public register entry. Evidence that has run out counts for nothing.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class EvidenceClass(TextChoices):
    REGISTER = "A", _("Register match")
    CONTROL = "B", _("Proof of control")
    DOCUMENT = "C", _("Document")
    VOUCHING = "D", _("Peers who vouch")
    SUPPORTING = "E", _("Supporting")


class Level(TextChoices):
    VERIFIED = "verified", _("Verified against a register")
    VERIFIED_DOCUMENT = "verified_document", _("Verified by document")
    LEARNER = "learner", _("Learner")


class Seeks(TextChoices):
    CLINICIAN = "clinician", _("I practise, and my profession is registered")
    LEARNER = "learner", _("I am a student of a health profession")


A, B, C, D = EvidenceClass.REGISTER, EvidenceClass.CONTROL, EvidenceClass.DOCUMENT, EvidenceClass.VOUCHING

POLICY_VERSION = 1  # of the rule below; each decision says under which it was made

LIFETIME_DAYS: dict[str, int] = {A: 365, B: 365, C: 365, D: 180, EvidenceClass.SUPPORTING: 365}
REMINDER_DAYS = (60, 30, 7)
DUE_DAYS = REMINDER_DAYS[0]
KEEP_FILES_DAYS = 30
RECHECK_DAYS = 7

VOUCHERS_NEEDED = 2
VOUCHER_SENIORITY = timedelta(days=90)
VOUCH_WINDOW = timedelta(days=90)
VOUCHES_PER_WINDOW = 3


@dataclass(frozen=True, slots=True)
class Proof:
    """One accepted piece of evidence and the moment until which it counts."""

    kind: str
    valid_until: datetime


def lifetime_of(kind: str, since: datetime, ends: datetime | None = None) -> datetime:
    """Until when evidence of this class counts: its lifetime, or the end of the licence or document if earlier."""
    lapses = since + timedelta(days=LIFETIME_DAYS[kind])
    return min(lapses, ends) if ends else lapses


def level_of(classes: Collection[str], *, seeks: str, register_readable: bool) -> Level | None:
    """The level these classes reach, or None.

    Verified = A + (B or C or D). Verified by document = C + (B or D), only where no register can be read.
    Learner = C or B. E is never counted.
    """
    held = set(classes)
    if seeks == Seeks.LEARNER:
        return Level.LEARNER if held & {B, C} else None
    if A in held and held & {B, C, D}:
        return Level.VERIFIED
    if not register_readable and C in held and held & {B, D}:
        return Level.VERIFIED_DOCUMENT
    return None


def level_at(proofs: Collection[Proof], moment: datetime, *, seeks: str, register_readable: bool) -> Level | None:
    """The level that the proofs still valid at `moment` reach."""
    live = {proof.kind for proof in proofs if proof.valid_until > moment}
    return level_of(live, seeks=seeks, register_readable=register_readable)


def holds_until(proofs: Collection[Proof], moment: datetime, *, seeks: str, register_readable: bool) -> datetime | None:
    """The moment at which the level held at `moment` is lost, or None if none is held.

    For two proofs it is the earlier end. A further proof can only prolong it: an added peer does not shorten what
    register and document carry.
    """
    held = level_at(proofs, moment, seeks=seeks, register_readable=register_readable)
    if held is None:
        return None
    for end in sorted(proof.valid_until for proof in proofs if proof.valid_until > moment):
        if level_at(proofs, end, seeks=seeks, register_readable=register_readable) != held:
            return end
    return None


def missing_from(classes: Collection[str], *, seeks: str, register_readable: bool) -> list[tuple[str, ...]]:
    """What is still missing: each entry lists classes of which one is enough. Empty when the rule is met."""
    held = set(classes)
    if level_of(held, seeks=seeks, register_readable=register_readable):
        return []
    if seeks == Seeks.LEARNER:
        return [(B, C)]
    first, others = (A, (B, C, D)) if register_readable else (C, (B, D))
    gaps: list[tuple[str, ...]] = [] if first in held else [(first,)]
    return gaps if held & set(others) else [*gaps, others]


def needs_second_reviewer(classes: Collection[str], *, contested: bool = False, new_register: bool = False) -> bool:
    """Two reviewers decide where a document stands for the register, a number is contested, or a register is new."""
    held = set(classes)
    return (C in held and A not in held) or contested or new_register


def vouches_suffice(employers: Collection[str]) -> bool:
    """Whether vouches by peers of these employers count: two or more peers, not all of one employer.

    An employer left blank could be any of the others, so at least two must be named and differ.
    """
    named = {" ".join(employer.casefold().split()) for employer in employers if employer.strip()}
    return len(employers) >= VOUCHERS_NEEDED and len(named) >= 2


def vouchers_lost(given: int, standing: int) -> bool:
    """Whether half or more of those who vouched no longer stand."""
    return given > 0 and (given - standing) * 2 >= given
