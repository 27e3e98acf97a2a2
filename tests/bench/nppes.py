"""Writes a made-up NPPES dissemination file in its full column shape, for the benchmark and the importer's tests.

The header is the published one (NPPES Data Dissemination Readme v.2, exhibit 2-1; 330 columns). All names, numbers and
addresses are made up from syllables; NPIs have a right check digit.
"""

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from community.credentials.registers.checks import NPI_PREFIX_SUM, luhn_sum

_ADDRESS: Final = [
    "Provider First Line Business {} Address",
    "Provider Second Line Business {} Address",
    "Provider Business {} Address City Name",
    "Provider Business {} Address State Name",
    "Provider Business {} Address Postal Code",
    "Provider Business {} Address Country Code (If outside U.S.)",
    "Provider Business {} Address Telephone Number",
    "Provider Business {} Address Fax Number",
]
_TAXONOMY: Final = [
    "Healthcare Provider Taxonomy Code_{}",
    "Provider License Number_{}",
    "Provider License Number State Code_{}",
    "Healthcare Provider Primary Taxonomy Switch_{}",
]
_IDENTIFIER: Final = [
    "Other Provider Identifier_{}",
    "Other Provider Identifier Type Code_{}",
    "Other Provider Identifier State_{}",
    "Other Provider Identifier Issuer_{}",
]
HEADER: Final = [
    "NPI",
    "Entity Type Code",
    "Replacement NPI",
    "Employer Identification Number (EIN)",
    "Provider Organization Name (Legal Business Name)",
    "Provider Last Name (Legal Name)",
    "Provider First Name",
    "Provider Middle Name",
    "Provider Name Prefix Text",
    "Provider Name Suffix Text",
    "Provider Credential Text",
    "Provider Other Organization Name",
    "Provider Other Organization Name Type Code",
    "Provider Other Last Name",
    "Provider Other First Name",
    "Provider Other Middle Name",
    "Provider Other Name Prefix Text",
    "Provider Other Name Suffix Text",
    "Provider Other Credential Text",
    "Provider Other Last Name Type Code",
    *[name.format("Mailing") for name in _ADDRESS],
    *[name.format("Practice Location") for name in _ADDRESS],
    "Provider Enumeration Date",
    "Last Update Date",
    "NPI Deactivation Reason Code",
    "NPI Deactivation Date",
    "NPI Reactivation Date",
    "Provider Sex Code",
    "Authorized Official Last Name",
    "Authorized Official First Name",
    "Authorized Official Middle Name",
    "Authorized Official Title or Position",
    "Authorized Official Telephone Number",
    *[name.format(slot) for slot in range(1, 16) for name in _TAXONOMY],
    *[name.format(slot) for slot in range(1, 51) for name in _IDENTIFIER],
    "Is Sole Proprietor",
    "Is Organization Subpart",
    "Parent Organization LBN",
    "Parent Organization TIN",
    "Authorized Official Name Prefix Text",
    "Authorized Official Name Suffix Text",
    "Authorized Official Credential Text",
    *[f"Healthcare Provider Taxonomy Group_{slot}" for slot in range(1, 16)],
    "Certification Date",
]
PLACE: Final = {name: place for place, name in enumerate(HEADER)}

SYLLABLES: Final = re.findall(
    "[A-Z]+", "BA BEL COR DA DRI EN FAL GAR HU IL JO KAR LEN MO NAR OS PEL QUI RO SAN TOR UL VEN"
)
STATES: Final = re.findall("[A-Z]+", "AL AZ CA CO FL GA IL MA MI NC NJ NY OH PA TX VA WA WI")
TAXONOMIES: Final = ["207Q00000X", "207R00000X", "208000000X", "163W00000X", "363LF0000X", "183500000X", "122300000X"]
CREDENTIALS: Final = ["M.D.", "MD", "DO", "RN", "NP", "PharmD", "DDS", ""]


def npi(serial: int) -> str:
    """The NPI with this serial number (0 … 199,999,999) and its right check digit."""
    body = str(100_000_000 + serial)
    return body + str(-(luhn_sum(body + "0") + NPI_PREFIX_SUM) % 10)


def line(values: dict[str, str]) -> str:
    """One row of the file, every field quoted as in the published one, from the fields that are not empty."""
    fields = [""] * len(HEADER)
    for name, value in values.items():
        fields[PLACE[name]] = value.replace('"', '""')
    return '"' + '","'.join(fields) + '"\n'


def person(serial: int, chance: random.Random) -> dict[str, str]:
    """A made-up person with two addresses, one to three taxonomies and some other identifiers."""
    state, day = chance.choice(STATES), f"{1 + serial % 12:02}/{1 + serial % 28:02}/"
    values = {
        "NPI": npi(serial),
        "Entity Type Code": "1",
        "Provider Last Name (Legal Name)": _word(chance, 3),
        "Provider First Name": _word(chance, 2),
        "Provider Middle Name": chance.choice(["", "", _word(chance, 1), "Q"]),
        "Provider Credential Text": chance.choice(CREDENTIALS),
        "Provider Enumeration Date": f"{day}{2005 + serial % 18}",
        "Last Update Date": f"{day}{2024 + serial % 2}",
        "Provider Sex Code": chance.choice("MF"),
        "Is Sole Proprietor": chance.choice("NYX"),
        "Certification Date": f"{day}{2024 + serial % 2}",
        **_address("Mailing", state, chance),
        **_address("Practice Location", state, chance),
    }
    if chance.random() < 0.08:
        values["Provider Other Last Name"], values["Provider Other First Name"] = _word(chance, 3), _word(chance, 2)
        values["Provider Other Last Name Type Code"] = "1"
    for slot in range(1, chance.choice((2, 2, 2, 3, 4))):
        values[f"Healthcare Provider Taxonomy Code_{slot}"] = chance.choice(TAXONOMIES)
        values[f"Provider License Number_{slot}"] = f"L{serial % 999_983}"
        values[f"Provider License Number State Code_{slot}"] = state
        values[f"Healthcare Provider Primary Taxonomy Switch_{slot}"] = "Y" if slot == 1 else "N"
    for slot in range(1, chance.choice((1, 1, 1, 3))):
        values[f"Other Provider Identifier_{slot}"] = f"{serial:012}"
        values[f"Other Provider Identifier Type Code_{slot}"] = "05"
        values[f"Other Provider Identifier State_{slot}"] = state
    return values


def organisation(serial: int, chance: random.Random) -> dict[str, str]:
    """A made-up organisation, which the importer passes over."""
    state = chance.choice(STATES)
    return {
        "NPI": npi(serial),
        "Entity Type Code": "2",
        "Provider Organization Name (Legal Business Name)": f"{_word(chance, 3)} CLINIC LLC",
        "Provider Enumeration Date": "05/23/2006",
        "Last Update Date": "07/08/2025",
        "Healthcare Provider Taxonomy Code_1": "261QM0801X",
        **_address("Mailing", state, chance),
        **_address("Practice Location", state, chance),
    }


def deactivated(serial: int, _chance: random.Random) -> dict[str, str]:
    """A deactivated number: the published file blanks everything else."""
    return {"NPI": npi(serial), "NPI Deactivation Date": "03/04/2024"}


def lines(rows: int, seed: int = 7) -> Iterator[str]:
    """Header and rows: of 100, 76 are persons, 20 organisations and 4 deactivated, as in the published file."""
    chance = random.Random(seed)
    yield '"' + '","'.join(HEADER) + '"\n'
    for serial in range(rows):
        share = chance.random()
        make = person if share < 0.76 else organisation if share < 0.96 else deactivated
        yield line(make(serial, chance))


def write(path: Path, rows: int, seed: int = 7) -> None:
    """Write a file of this many rows."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(lines(rows, seed))


def _address(kind: str, state: str, chance: random.Random) -> dict[str, str]:
    return {
        f"Provider First Line Business {kind} Address": f"{chance.randrange(1, 9999)} {_word(chance, 2)} ST",
        f"Provider Business {kind} Address City Name": _word(chance, 3),
        f"Provider Business {kind} Address State Name": state,
        f"Provider Business {kind} Address Postal Code": f"{chance.randrange(10**9):09}",
        f"Provider Business {kind} Address Country Code (If outside U.S.)": "US",
        f"Provider Business {kind} Address Telephone Number": f"555{chance.randrange(10**7):07}",
    }


def _word(chance: random.Random, syllables: int) -> str:
    return "".join(chance.choices(SYLLABLES, k=syllables))
