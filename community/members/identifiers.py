"""Checks of what identifies a person or a place elsewhere: ORCID iDs, regions, languages, time zones."""

import zoneinfo
from functools import cache

import idutils
import pycountry
from babel import Locale
from django.utils.translation import get_language


def normal_orcid(text: str) -> str:
    """The iD as 0000-0000-0000-000X, from an iD or its address; ValueError if its ISO 7064 digit is wrong."""
    if not idutils.is_orcid(text.strip()):
        raise ValueError("not an ORCID iD")
    return str(idutils.normalize_orcid(text.strip()))


def languages() -> dict[str, str]:
    """ISO 639-1 code → its name in the language of the page (Unicode CLDR)."""
    return _languages_in(get_language() or "en")


@cache
def _languages_in(reader: str) -> dict[str, str]:
    coded = (language for language in pycountry.languages if hasattr(language, "alpha_2"))
    named = ((found.alpha_2, _language_name(found, reader)) for found in coded)
    return dict(sorted(named, key=lambda pair: pair[1].casefold()))


def language_name(code: str) -> str:
    return languages().get(code, code)


def _language_name(language: "pycountry.db.Country", reader: str) -> str:
    own = Locale.parse(reader, sep="-").languages.get(language.alpha_2)
    return own or language.name


@cache
def subdivisions(country: str) -> dict[str, str]:
    """ISO 3166-2 code → name, for one ISO 3166-1 country; empty where the standard has none."""
    found = pycountry.subdivisions.get(country_code=country) or []  # type: ignore[no-untyped-call]
    return dict(sorted(((part.code, part.name) for part in found), key=lambda pair: pair[1].casefold()))


def subdivision_name(code: str) -> str:
    return subdivisions(code.partition("-")[0]).get(code, code)


@cache
def time_zones() -> list[str]:
    """The zones of the IANA database that a place has: "Africa/Nairobi", not "EST5EDT"."""
    places = (
        "Africa/",
        "America/",
        "Antarctica/",
        "Asia/",
        "Atlantic/",
        "Australia/",
        "Europe/",
        "Indian/",
        "Pacific/",
    )
    return ["UTC", *sorted(name for name in zoneinfo.available_timezones() if name.startswith(places))]
