"""Names of people and towns, read once when first asked. The lists are text files; `tools/gazetteers.py` writes them.

Licences: given and family names from Faker (MIT) and the US census (public domain), towns from GeoNames (CC BY 4.0),
countries and their first divisions from pycountry (LGPL, not copied: asked at run time).
"""

from functools import cache
from pathlib import Path

import pycountry

FOLDER = Path(__file__).with_name("gazetteers")
#: Whose first divisions are large enough to say nothing about who somebody is (45 CFR 164.514(b)(2)(i)(B): a State).
STATES_OF = ("US", "CA", "AU", "IN", "BR", "MX", "NG", "DE")
#: A state and a city of one name: the city identifies.
CITIES_TOO = frozenset({"New York", "Washington", "Berlin", "Hamburg", "Delhi", "Lagos", "Bremen", "São Paulo"})
WIDE = frozenset(
    [
        "Africa",
        "America",
        "Asia",
        "Europe",
        "Oceania",
        "Antarctica",
        "Scandinavia",
        "Caribbean",
        "Balkans",
        "Maghreb",
        "Sahel",
        "England",
        "Scotland",
        "Wales",
        "Britain",
        "UK",
        "USA",
        "US",
        "EU",
        "UAE",
        "Midwest",
        "Northeast",
        "Southwest",
        "Northwest",
        "Southeast",
        "Ulster",
        "Catalonia",
        "Andalusia",
        "Bavaria",
        "Brittany",
        "Provence",
        "Normandy",
        "Turkey",
        "Iran",
        "Russia",
        "Syria",
        "Vietnam",
        "Korea",
        "Laos",
        "Bolivia",
        "Venezuela",
        "Tanzania",
        "Moldova",
        "Congo",
    ]
)


@cache
def given_names() -> frozenset[str]:
    return _entries("given_names.txt")


@cache
def family_names() -> frozenset[str]:
    return _entries("family_names.txt")


@cache
def towns() -> frozenset[str]:
    """Towns of more than 15,000 people, and short forms that people write."""
    return _entries("towns.txt") | _entries("town_short_forms.txt")


@cache
def wide_regions() -> frozenset[str]:
    """Countries, continents and states: too large to identify."""
    countries = {country.name for country in pycountry.countries}
    states = {s.name for code in STATES_OF for s in pycountry.subdivisions.get(country_code=code)}  # type: ignore[no-untyped-call]
    return frozenset(countries | states | WIDE) - CITIES_TOO


@cache
def regions() -> frozenset[str]:
    """Divisions of countries, also as they are called for short: `Orkney Islands` and `Orkney`."""
    names = {division.name for division in pycountry.subdivisions}
    return frozenset(names | {name.split(" ")[0].split("/")[0] for name in names}) - ordinary_words()


def is_a_place(name: str) -> bool:
    """A town, a region or a country; of two words also one of them."""
    known = (towns(), regions(), wide_regions())
    parts = {name, *name.split(" ")} - ordinary_words() - eponyms()
    return any(part in places for part in parts for places in known)


@cache
def ordinary_words() -> frozenset[str]:
    """Words that are written with a capital and name neither a person nor a place."""
    return _entries("ordinary_words.txt")


@cache
def ordinary_in_small_letters() -> frozenset[str]:
    """Family names that are ordinary words when written small."""
    return _entries("ordinary_in_small_letters.txt")


@cache
def eponyms() -> frozenset[str]:
    """People whose names are names of diseases, signs, tests and devices."""
    return _entries("eponyms.txt")


def warm() -> None:
    """Read every list now, so that nobody's first post waits for it."""
    for entries in (
        given_names,
        family_names,
        towns,
        regions,
        wide_regions,
        ordinary_words,
        ordinary_in_small_letters,
        eponyms,
    ):
        entries()


def _entries(name: str) -> frozenset[str]:
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return frozenset(entry for line in lines if not line.startswith("#") for entry in line.split("\t") if entry)
