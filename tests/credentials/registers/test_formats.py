"""Number formats of all registers. All numbers are constructed."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.credentials.registers import OTHER, REGISTERS, check_number, find_register, professions_of, registers_for

VALID = [
    ("npi", "1234567893", "1234567893"),
    ("npi", "123-456 7893", "1234567893"),
    ("rpps", "10000000017", "10000000017"),
    ("rpps", "8 10000000017", "10000000017"),
    ("gmc", "1234567", "1234567"),
    ("gmc", "C1234567", "1234567"),
    ("nmc", "71a2998e", "71A2998E"),
    ("gphc", "2033467", "2033467"),
    ("hcpc", "PH95159", "PH095159"),
    ("hcpc", "pyl 012345", "PYL012345"),
    ("gdc", "CD012345", "012345"),
    ("ahpra", "med 0000 000000", "MED0000000000"),
    ("big", "1234.5678.901", "12345678901"),
    ("lanr", "123456601", "123456601"),
    ("colegiado", "28/28/12345", "282812345"),
    ("gln", "7601 0000 0000 2", "7601000000002"),
    ("npwz", "5425740", "5425740"),
    ("imc", "123456", "123456"),
    ("hpr", "12-3456-7890-1234", "12345678901234"),
    ("cpso", "12345", "12345"),
    ("hpcsa", "MP 0123456", "MP0123456"),
    ("mcnz", "12345", "12345"),
    ("crm", "CRM/SP 012345", "SP12345"),
    ("crm", "12345-SP", "SP12345"),
    ("mdcn", "MDCN/R/12345", "12345"),
    ("smc", "m12345a", "M12345A"),
    ("prc", "12345", "0012345"),
    ("cedula", "12345678", "12345678"),
    ("other", "AB-1234", "AB1234"),
]
INVALID = [
    ("npi", "1234567890"),
    ("npi", "3234567893"),
    ("npi", "12345678930"),
    ("npi", "١٢٣٤٥٦٧٨٩٣"),
    ("rpps", "10000000016"),
    ("rpps", "1000000001"),
    ("gmc", "123456"),
    ("gmc", "D1234567"),
    ("nmc", "71AA998E"),
    ("gphc", "3033467"),
    ("hcpc", "P1"),
    ("hcpc", "PH1234567"),
    ("gdc", "CDX1"),
    ("ahpra", "MED000000000"),
    ("big", "1234567890"),
    ("lanr", "123456701"),
    ("colegiado", "12345"),
    ("gln", "7601000000003"),
    ("gln", "7612000000002"),
    ("npwz", "5425741"),
    ("npwz", "0000000"),
    ("crm", "12345"),
    ("crm", "XX 12345"),
    ("hpcsa", "0123456"),
    ("smc", "12345A"),
    ("mdcn", "R"),
]


@pytest.mark.parametrize(("slug", "raw", "stored"), VALID)
def test_a_number_of_the_register_is_taken(slug: str, raw: str, stored: str) -> None:
    assert check_number(slug, raw) == (True, stored, "")


@pytest.mark.parametrize(("slug", "raw"), INVALID)
def test_a_number_that_cannot_be_one_is_refused_with_a_reason(slug: str, raw: str) -> None:
    check = check_number(slug, raw)
    assert (check.ok, bool(str(check.problem))) == (False, True)


@pytest.mark.parametrize("slug", REGISTERS)
def test_every_register_describes_itself_and_takes_its_own_example(slug: str) -> None:
    register = REGISTERS[slug]
    assert register.check(register.example).ok
    assert register.name and register.notes and str(register.help_text) and register.professions
    assert register is OTHER or re.fullmatch("[A-Z]{2}", register.country)
    assert len(slug) <= 16


@pytest.mark.parametrize("slug", REGISTERS)
def test_empty_and_endless_numbers_are_refused(slug: str) -> None:
    assert [check_number(slug, raw).ok for raw in ("", "   ", "1" * 10_000, "\0")] == [False] * 4


@pytest.mark.parametrize("slug", ["npi", "rpps", "lanr", "gln", "npwz"])
def test_most_single_wrong_digits_are_found(slug: str) -> None:
    number = REGISTERS[slug].example
    wrong = {number[:6] + digit + number[7:] for digit in "0123456789"} - {number}
    assert not any(check_number(slug, text).ok for text in wrong)


@given(st.sampled_from(sorted(REGISTERS)), st.text(max_size=70))
def test_what_is_accepted_is_accepted_again_as_stored(slug: str, raw: str) -> None:
    check = check_number(slug, raw)
    if check.ok:
        assert check_number(slug, check.normalised) == check


def test_registers_for_a_country_and_profession_end_with_the_document_route() -> None:
    assert [register.slug for register in registers_for("GB", "2212")] == ["gmc", "other"]
    assert [register.slug for register in registers_for("US", "2221")] == ["npi", "other"]
    assert [register.slug for register in registers_for("VU", "2212")] == ["other"]
    assert [register.slug for register in registers_for("")] == ["other"]


def test_an_unknown_register_is_not_found() -> None:
    assert find_register("astrology") is None


def test_register_codes_stand_for_professions() -> None:
    assert professions_of("npi", "207Q00000X") == {"2211", "2212"}
    assert professions_of("npi", "163W00000X 1835P0018X") == {"2221", "2262"}
    assert professions_of("rpps", "60 10/SM26") == {"2221", "2211", "2212"}
    assert professions_of("npi", "101Y00000X") == frozenset()
    assert professions_of("gmc", "207Q00000X") == frozenset()
