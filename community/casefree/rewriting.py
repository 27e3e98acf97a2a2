"""What the author may write instead: each kind of finding has words that keep the clinical question."""

import re

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DECADES = ("", "teens", "twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties")
OLDEST = 90
AGED = re.compile(
    r"(?P<years>\d{1,2})(?:[ -]{0,2}(?:years?|yrs?)[ -]{0,2}old| ?-?y/?o| ?y\.o\.)(?: (?P<middle>(?:[\w-]{1,20} ){0,3}?)(?P<noun>woman|man|female|male|lady|gentleman|girl|boy|patient|pt|teacher|farmer))?",
    re.IGNORECASE,
)
YEAR = re.compile(r"(?:19|20)\d\d")
HERS, HIS = frozenset({"woman", "female", "lady", "girl"}), frozenset({"man", "male", "gentleman", "boy"})
FACILITY = re.compile(r"hospital|clinic|cent(?:er|re)|health|medical|infirmary|office|practice", re.IGNORECASE)

WORDS: dict[str, str | Promise] = {
    "name": _("the patient"),
    "clinician": _("a colleague"),
    "age": _("over 90"),
    "address": _("at home"),
    "postcode": _("their area"),
    "region": _("the region"),
    "time": _("recently"),
    "phone": _("[number removed]"),
    "fax": _("[number removed]"),
    "email": _("[address removed]"),
    "url": _("[link removed]"),
    "ip": _("[address removed]"),
}
NUMBERS = frozenset(
    {"national_number", "record_number", "plan_number", "account_number", "licence_number", "device", "vehicle"}
)
DEFINITE = re.compile(r"^(?:my|our|this|that)\b", re.IGNORECASE)


def rewrite_of(kind: str, text: str) -> str | None:
    """Words for the place of the marked ones; None where only the author can say it differently."""
    if kind in NUMBERS:
        return str(_("[number removed]"))
    if kind == "date":
        return _date(text)
    if kind == "place":
        return str(_("a hospital") if FACILITY.search(text) else _("a town"))
    if kind in {"indirect", "narrative"}:
        return _of_a_person(text)
    return str(WORDS[kind]) if kind in WORDS else None


def age_band(text: str) -> str | None:
    """`34-year-old woman` as `woman in her thirties`; None where no age in years is told."""
    match = AGED.search(text)
    if not match or int(match["years"]) < 10:
        return None
    noun = (match["noun"] or "person").lower()
    if int(match["years"]) >= OLDEST:
        return f"{match['middle'] or ''}{noun} over {OLDEST}"
    whose = "her" if noun in HERS else "his" if noun in HIS else "their"
    return f"{match['middle'] or ''}{noun} in {whose} {DECADES[int(match['years']) // 10]}"


def _date(text: str) -> str:
    year = YEAR.search(text)
    return str(_("a day in {year}")).format(year=year.group()) if year else str(_("a recent day"))


def _of_a_person(text: str) -> str | None:
    band = age_band(text)
    if band:
        return AGED.sub(lambda _match: band, text, count=1)
    return DEFINITE.sub("a", text) if DEFINITE.match(text) else None
