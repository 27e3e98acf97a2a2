"""Registers of the Americas."""

import re
from datetime import date
from typing import Final

from django.utils.translation import gettext_lazy as _

from .adapter import Register, compact
from .checks import has_npi_check
from .professions import DOCTORS, EVERY_CLINICIAN

CHECKED: Final = date(2026, 11, 22)
BRAZILIAN_STATES: Final = "AC|AL|AM|AP|BA|CE|DF|ES|GO|MA|MG|MS|MT|PA|PB|PE|PI|PR|RJ|RN|RO|RR|RS|SC|SE|SP|TO"


def crm_number(raw: str) -> str:
    """A CRM registration as state and number: "CRM/SP 012345", "12345-SP" and "SP 12345" are the same."""
    number = re.sub(r"^CRM", "", compact(raw))
    form = re.fullmatch(r"(?P<before>[A-Z]{2})?0*(?P<digits>[0-9]{1,7})(?P<after>[A-Z]{2})?", number)
    if form is None or bool(form["before"]) == bool(form["after"]):
        return number
    return f"{form['before'] or form['after']}{form['digits']}"


REGISTERS: Final = (
    Register(
        slug="npi",
        name="National Provider Identifier (NPI)",
        authority="Centers for Medicare & Medicaid Services, NPPES",
        country="US",
        professions=EVERY_CLINICIAN,
        pattern=r"[12][0-9]{9}",
        example="1234567893",
        help_text=_("Ten digits, beginning with 1 or 2."),
        reading="import",
        last_checked=CHECKED,
        notes=(
            "Monthly and weekly dissemination file and monthly deactivation report. Luhn over 80840 and the number. "
            "Taxonomy and licence numbers are self-reported: an active NPI is not a licence."
        ),
        has_valid_check=has_npi_check,
        plausibility_only=False,
    ),
    Register(
        slug="cpso",
        name="Register of physicians and surgeons of Ontario",
        authority="College of Physicians and Surgeons of Ontario",
        country="CA",
        region="CA-ON",
        professions=DOCTORS,
        pattern=r"[0-9]{5,6}",
        example="00000",
        help_text=_("Five or six digits: your CPSO number."),
        reading="document",
        last_checked=CHECKED,
        notes="Form only. The other provinces have their own colleges and numbers.",
    ),
    Register(
        slug="crm",
        name="Conselho Regional de Medicina (CRM)",
        authority="Conselho Federal de Medicina",
        country="BR",
        professions=DOCTORS,
        pattern=rf"(?:{BRAZILIAN_STATES})[1-9][0-9]{{0,6}}",
        example="SP1",
        help_text=_("Your CRM number with the state, for example SP 12345."),
        reading="document",
        last_checked=CHECKED,
        notes="Form only: number of up to seven digits within one of the 27 federative units.",
        normalise=crm_number,
    ),
    Register(
        slug="cedula",
        name="Cédula profesional",
        authority="Dirección General de Profesiones, Secretaría de Educación Pública",
        country="MX",
        professions=EVERY_CLINICIAN,
        pattern=r"[0-9]{5,8}",
        example="00000000",
        help_text=_("Five to eight digits."),
        reading="document",
        last_checked=CHECKED,
        notes="Form only. Specialists hold a second cédula for the specialty.",
    ),
)
