"""Reads a claim against the registers: the entry, how well the names agree, and what a reviewer should know first."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.core.clock import now
from community.core.text import listed
from community.credentials.models import Application, Standing
from community.credentials.models.application import ANY_REGISTER
from community.credentials.models.register import RegisterEntry
from community.credentials.names import NameComparison, PersonName, compare_names
from community.credentials.proof import A, EvidenceClass
from community.credentials.registers import Register, find_register, professions_of
from community.credentials.states import ONCE_APPROVED, State

SEEN_BEFORE = 3  # approvals after which a register no longer counts as new
CONTESTING = ONCE_APPROVED - {State.EXPIRED} | {State.SUBMITTED, State.IN_REVIEW, State.MORE_INFO}


@dataclass(frozen=True)
class RegisterReading:
    """What the imported register says about a claim. `is_match` means number, active state and name all agree."""

    register: Register | None
    entry: RegisterEntry | None
    names: NameComparison
    profession_fits: bool

    @property
    def is_active(self) -> bool:
        return self.entry is not None and self.entry.status == RegisterEntry.Status.ACTIVE

    @property
    def is_other_profession(self) -> bool:
        return self.entry is not None and not self.profession_fits

    @property
    def is_match(self) -> bool:
        return self.is_active and self.names.strength == "strong" and self.profession_fits


def read_register(application: Application) -> RegisterReading:
    """Look the claimed number up in what was imported; two queries at most."""
    register = find_register(application.register_slug)
    entry = RegisterEntry.objects.at(application.register_slug, application.number) if register else None
    if entry is None:
        return RegisterReading(register, None, NameComparison("none", ""), False)
    names = compare_names(claimed_names(application), entry_names(entry))
    return RegisterReading(register, entry, names, _profession_fits(application, entry))


def claimed_names(application: Application) -> list[PersonName]:
    """The name the applicant gave, then what the account's former names allow."""
    former = listed(application.member.former_names)
    others = [PersonName(application.given_name, name.split()[-1]) for name in former]
    return [PersonName(application.given_name, application.family_name), *others]


def entry_names(entry: RegisterEntry) -> list[PersonName]:
    others = [PersonName(given, family) for given, family in entry.other_names]
    return [PersonName(entry.given_name, entry.family_name), *others]


def account_name_agrees(application: Application) -> bool:
    """Whether the name that peers see is the name that is claimed."""
    member = application.member
    shown = PersonName(member.given_name, member.family_name)
    return compare_names(shown, claimed_names(application)).strength == "strong"


def is_register_readable(application: Application) -> bool:
    register = find_register(application.register_slug)
    return register is not None and register.can_be_read


def is_new_register(application: Application) -> bool:
    """Whether fewer than three people were ever verified with this register."""
    if not application.number:
        return False
    approvals = Application.objects.filter(register_slug=application.register_slug, state__in=ONCE_APPROVED)
    return approvals.exclude(pk=application.pk)[:SEEN_BEFORE].count() < SEEN_BEFORE


def others_with_number(application: Application) -> list[Application]:
    """Episodes of other members that claim the same number and are decided or waiting, oldest first."""
    if not application.number:
        return []
    same = Q(register_slug=application.register_slug, number=application.number, state__in=CONTESTING)
    if application.register_slug == ANY_REGISTER:
        same &= Q(country=application.country_id)
    others = Application.objects.filter(same).exclude(member=application.member_id)
    return list(others.select_related("member").order_by("submitted_at", "pk"))


def warnings_about(application: Application, reading: RegisterReading) -> list[tuple[str, str]]:
    """What a reviewer must not overlook, as (code, sentence)."""
    found = [
        ("same_number", _("Another account claims this number."), bool(others_with_number(application))),
        ("inactive", _("The register says: not active."), reading.entry is not None and not reading.is_active),
        ("no_entry", _("The imported register has no such number."), _should_have_entry(application, reading)),
        ("name_mismatch", reading.names.reason, reading.entry is not None and reading.names.strength != "strong"),
        ("profession", _("The register names another profession."), reading.is_other_profession),
        ("account_name", _("Peers see another name than the one claimed."), not account_name_agrees(application)),
        ("new_register", _("The register is new here: two reviewers decide."), is_new_register(application)),
    ]
    return [(code, str(sentence)) for code, sentence, holds in found if holds]


def held_classes(application: Application) -> set[str]:
    """The classes of evidence that count now."""
    return set(application.evidence.counting().values_list("letter", flat=True))


def offered_classes(application: Application) -> set[str]:
    """The classes the applicant has offered or proved; a number given stands for the register until it is read."""
    live = Q(standing=Standing.OFFERED) | Q(standing=Standing.ACCEPTED, valid_until__gt=now())
    offered = set(application.evidence.filter(live).values_list("letter", flat=True)) - {EvidenceClass.REGISTER}
    return offered | {A} if application.number and is_register_readable(application) else offered


def _should_have_entry(application: Application, reading: RegisterReading) -> bool:
    return bool(application.number) and reading.entry is None and is_register_readable(application)


def _profession_fits(application: Application, entry: RegisterEntry) -> bool:
    """Whether the entry's own codes include the claimed profession. Codes that mean nothing to us fit none."""
    code = application.profession.code if application.profession else ""
    return code in professions_of(entry.register, entry.codes)
