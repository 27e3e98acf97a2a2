"""Professional registers: which there are and whose number can be whose. Pure data and checks.

Nothing here asks a network. Reading official files into the database is `importing`'s work.
"""

from typing import Final

from django.utils.translation import gettext_lazy as _

from . import africa_asia_pacific, americas, europe
from .adapter import NumberCheck, Reading, Register
from .professions import EVERY_CLINICIAN, professions_of

__all__ = [
    "OTHER",
    "REGISTERS",
    "NumberCheck",
    "Reading",
    "Register",
    "check_number",
    "find_register",
    "professions_of",
    "registers_for",
]

# The way in for every country and profession that has no adapter yet: documents, read by two people.
OTHER: Final = Register(
    slug="other",
    name=_("Another register"),
    authority="",
    country="",
    professions=EVERY_CLINICIAN,
    pattern=r"[A-Z0-9]{2,32}",
    example="AB1234",
    help_text=_("Letters and digits, as on your registration. Name the register in the note."),
    reading="document",
    last_checked=europe.CHECKED,
    notes=_("No form is known. Two reviewers read the documents."),
)

REGISTERS: Final[dict[str, Register]] = {
    register.slug: register
    for register in (*americas.REGISTERS, *europe.REGISTERS, *africa_asia_pacific.REGISTERS, OTHER)
}


def find_register(slug: str) -> Register | None:
    """The register of this slug, or None."""
    return REGISTERS.get(slug)


def registers_for(country: str, profession: str = "") -> list[Register]:
    """Registers of a country (ISO 3166-1 alpha-2) for a profession (ISCO-08), best readable first; "other" comes last.

    Without a profession, all registers of the country.
    """
    here = [
        register
        for register in REGISTERS.values()
        if register.country == country and (not profession or profession in register.professions)
    ]
    return [*sorted(here, key=lambda register: not register.can_be_read), OTHER] if country else [OTHER]


def check_number(register: Register | str, raw: str) -> NumberCheck:
    """Whether a number as typed can be one of this register. An unknown register slug raises KeyError."""
    return (REGISTERS[register] if isinstance(register, str) else register).check(raw)
