"""Registers of Europe. `notes` say where a form comes from and how far it can be trusted."""

import re
from datetime import date
from typing import Final

from django.utils.translation import gettext_lazy as _

from .adapter import Register, compact
from .checks import has_ean_check, has_lanr_check, has_luhn, has_npwz_check
from .professions import (
    ALLIED,
    DENTISTS,
    DOCTORS,
    EVERY_CLINICIAN,
    MIDWIVES,
    NURSES,
    PHARMACISTS,
    PHYSIOTHERAPISTS,
    PSYCHOLOGISTS,
)

CHECKED: Final = date(2026, 11, 22)


def gmc_number(raw: str) -> str:
    """A GMC reference number; NHS systems write a C before it, which is not part of it."""
    return re.sub(r"^C(?=\d{7}$)", "", compact(raw))


def hcpc_number(raw: str) -> str:
    """An HCPC number with its digits padded to six: PH95159 and PH095159 are the same registration."""
    number = compact(raw)
    form = re.fullmatch(r"([A-Z]{2,3})([0-9]{1,6})", number)
    return f"{form[1]}{form[2]:0>6}" if form else number


def rpps_number(raw: str) -> str:
    """An RPPS number; the national identifier writes an 8 before it, the type of the number."""
    return re.sub(r"^8(?=\d{11}$)", "", compact(raw))


REGISTERS: Final = (
    Register(
        slug="rpps",
        name="Répertoire partagé des professionnels intervenant dans le système de santé (RPPS)",
        authority="Agence du Numérique en Santé",
        country="FR",
        professions=EVERY_CLINICIAN,
        pattern=r"[0-9]{11}",
        example="10000000017",
        help_text=_("Eleven digits, as on your CPS card."),
        reading="import",
        last_checked=CHECKED,
        notes="Open data, daily, ps-libreacces-personne-activite.txt. Luhn over all eleven digits.",
        normalise=rpps_number,
        has_valid_check=has_luhn,
        plausibility_only=False,
    ),
    Register(
        slug="gmc",
        name="Medical register",
        authority="General Medical Council",
        country="GB",
        professions=DOCTORS,
        pattern=r"[0-9]{7}",
        example="0000000",
        help_text=_("Seven digits: your GMC reference number."),
        reading="document",
        last_checked=CHECKED,
        notes="NHS Data Dictionary. Form only, no check digit. The bulk list needs a paid licence.",
        normalise=gmc_number,
    ),
    Register(
        slug="nmc",
        name="Register of nurses, midwives and nursing associates",
        authority="Nursing and Midwifery Council",
        country="GB",
        professions=NURSES | MIDWIVES | {"3221"},
        pattern=r"[0-9]{2}[A-Z][0-9]{4}[A-Z]",
        example="00A0000A",
        help_text=_("Your NMC Pin: two digits, a letter, four digits, a letter."),
        reading="document",
        last_checked=CHECKED,
        notes="NHS Data Dictionary. Form only. The council asks not to rely on a Pin but to look into the register.",
    ),
    Register(
        slug="gphc",
        name="Register of pharmacists",
        authority="General Pharmaceutical Council",
        country="GB",
        professions=PHARMACISTS,
        pattern=r"2[0-9]{6}",
        example="2000000",
        help_text=_("Seven digits, the first is 2."),
        reading="document",
        last_checked=CHECKED,
        notes="HL7 UK Core: seven digits starting with 2 for pharmacists. Form only.",
    ),
    Register(
        slug="hcpc",
        name="Register of health and care professionals",
        authority="Health and Care Professions Council",
        country="GB",
        professions=ALLIED,
        pattern=r"[A-Z]{2,3}[0-9]{6}",
        example="PH000000",
        help_text=_("Two or three letters for the profession and up to six digits."),
        reading="document",
        last_checked=CHECKED,
        notes="HL7 UK Core: two letters and up to six digits; ODP and PYL have three letters. Form only.",
        normalise=hcpc_number,
    ),
    Register(
        slug="gdc",
        name="Register of dentists and dental care professionals",
        authority="General Dental Council",
        country="GB",
        professions=DENTISTS | {"3251"},
        pattern=r"[0-9]{4,6}",
        example="000000",
        help_text=_("Up to six digits."),
        reading="document",
        last_checked=CHECKED,
        notes="NHS Data Dictionary writes it as CD and six digits; the letters are not part of the number. Form only.",
        normalise=lambda raw: re.sub(r"^CD(?=\d)", "", compact(raw)),
    ),
    Register(
        slug="big",
        name="BIG-register",
        authority="CIBG, Ministerie van Volksgezondheid, Welzijn en Sport",
        country="NL",
        professions=DOCTORS | NURSES | MIDWIVES | DENTISTS | PHARMACISTS | PHYSIOTHERAPISTS | PSYCHOLOGISTS,
        pattern=r"[0-9]{11}",
        example="00000000000",
        help_text=_("Eleven digits."),
        reading="document",
        last_checked=CHECKED,
        notes="Form only: eleven digits. A public search exists, no open bulk file.",
    ),
    Register(
        slug="lanr",
        name="Lebenslange Arztnummer (LANR)",
        authority="Kassenärztliche Bundesvereinigung",
        country="DE",
        professions=DOCTORS | PSYCHOLOGISTS,
        pattern=r"[0-9]{9}",
        example="123456601",
        help_text=_("Nine digits; the last two stand for the specialty."),
        reading="document",
        last_checked=CHECKED,
        notes="KBV guideline, § 75 (7) SGB V: seventh digit is a check digit. A licence to bill, not the Approbation.",
        has_valid_check=has_lanr_check,
        plausibility_only=False,
    ),
    Register(
        slug="colegiado",
        name="Número de colegiado",
        authority="Organización Médica Colegial de España",
        country="ES",
        professions=DOCTORS,
        pattern=r"[0-9]{9}",
        example="000000000",
        help_text=_("Nine digits: two for each province, five for you."),
        reading="document",
        last_checked=CHECKED,
        notes="Form only. Older numbers of a provincial college are shorter: ask for the nine-digit form.",
    ),
    Register(
        slug="imc",
        name="Register of Medical Practitioners",
        authority="Irish Medical Council",
        country="IE",
        professions=DOCTORS,
        pattern=r"[0-9]{5,6}",
        example="000000",
        help_text=_("Five or six digits."),
        reading="document",
        last_checked=CHECKED,
        notes="Form only, from numbers in use; no published definition found.",
    ),
    Register(
        slug="gln",
        name="MedReg and NAREG (GLN)",
        authority="Bundesamt für Gesundheit / Schweizerisches Rotes Kreuz",
        country="CH",
        professions=EVERY_CLINICIAN,
        pattern=r"7601[0-9]{9}",
        example="7601000000002",
        help_text=_("Thirteen digits, beginning with 7601."),
        reading="document",
        last_checked=CHECKED,
        notes="Global Location Number with the Swiss health prefix and GS1 check digit. Given by Refdata.",
        has_valid_check=has_ean_check,
        plausibility_only=False,
    ),
    Register(
        slug="npwz",
        name="Numer prawa wykonywania zawodu (NPWZ)",
        authority="Naczelna Izba Lekarska",
        country="PL",
        professions=DOCTORS | DENTISTS,
        pattern=r"[1-9][0-9]{6}",
        example="6000001",
        help_text=_("Seven digits."),
        reading="document",
        last_checked=CHECKED,
        notes="First digit is a check digit: the others times 1 to 6, modulo 11. Doctors and dentists only.",
        has_valid_check=has_npwz_check,
        plausibility_only=False,
    ),
)
