"""Registers of Africa, Asia and the Pacific."""

import re
from datetime import date
from typing import Final

from django.utils.translation import gettext_lazy as _

from .adapter import Register, compact
from .professions import ALLIED, DENTISTS, DOCTORS, EVERY_CLINICIAN

CHECKED: Final = date(2026, 11, 22)

REGISTERS: Final = (
    Register(
        slug="ahpra",
        name="Register of practitioners (Ahpra)",
        authority="Australian Health Practitioner Regulation Agency",
        country="AU",
        professions=EVERY_CLINICIAN,
        pattern=r"[A-Z]{3}[0-9]{10}",
        example="MED0000000000",
        help_text=_("Three letters for the profession and ten digits."),
        reading="document",
        last_checked=CHECKED,
        notes="HL7 AU Base. Form only, no check digit. Bulk access (PIE) is for approved organisations.",
    ),
    Register(
        slug="mcnz",
        name="Register of doctors",
        authority="Medical Council of New Zealand",
        country="NZ",
        professions=DOCTORS,
        pattern=r"[0-9]{4,6}",
        example="00000",
        help_text=_("Four to six digits: your registration number."),
        reading="document",
        last_checked=CHECKED,
        notes="Form only, from numbers in use; no published definition found.",
    ),
    Register(
        slug="hpr",
        name="Healthcare Professionals Registry (HPR)",
        authority="National Health Authority",
        country="IN",
        professions=EVERY_CLINICIAN,
        pattern=r"[0-9]{14}",
        example="00000000000000",
        help_text=_("Fourteen digits: your Healthcare Professional ID."),
        reading="document",
        last_checked=CHECKED,
        notes="Form only. No bulk file. State councils have numbers of their own: use another register for those.",
    ),
    Register(
        slug="smc",
        name="Register of medical practitioners",
        authority="Singapore Medical Council",
        country="SG",
        professions=DOCTORS,
        pattern=r"M[0-9]{5}[A-Z]",
        example="M00000A",
        help_text=_("Your MCR number: M, five digits, a letter."),
        reading="document",
        last_checked=CHECKED,
        notes="Form only; the rule of the last letter is not published.",
    ),
    Register(
        slug="prc",
        name="Register of professionals",
        authority="Professional Regulation Commission",
        country="PH",
        professions=EVERY_CLINICIAN,
        pattern=r"[0-9]{7}",
        example="0000000",
        help_text=_("Seven digits, as on your PRC card."),
        reading="document",
        last_checked=CHECKED,
        notes="Form only. A number is unique within its profession, not over all professions.",
        normalise=lambda raw: compact(raw).zfill(7) if re.fullmatch(r"[0-9]{5,7}", compact(raw)) else compact(raw),
    ),
    Register(
        slug="hpcsa",
        name="HPCSA iRegister",
        authority="Health Professions Council of South Africa",
        country="ZA",
        professions=DOCTORS | DENTISTS | ALLIED,
        pattern=r"[A-Z]{2,4}[0-9]{7}",
        example="MP0000000",
        help_text=_("Two to four letters for the register and seven digits."),
        reading="document",
        last_checked=CHECKED,
        notes="Form only, from numbers in use: MP for medical practitioners, PT for physiotherapists and others.",
    ),
    Register(
        slug="mdcn",
        name="Register of medical and dental practitioners",
        authority="Medical and Dental Council of Nigeria",
        country="NG",
        professions=DOCTORS | DENTISTS,
        pattern=r"[0-9]{3,6}",
        example="00000",
        help_text=_("Your folio number: up to six digits."),
        reading="document",
        last_checked=CHECKED,
        notes="Form only: the folio number, also written MDCN/R/12345.",
        normalise=lambda raw: re.sub(r"^MDCNR?", "", compact(raw)),
    ),
)
