"""Addresses of homes and of machines: street, postcode, web page, IP."""

import ipaddress
import re

from django.utils.translation import gettext_lazy as _

from community.casefree import gazetteers
from community.casefree.narrative import is_a_study
from community.casefree.rules.rule import SAFE_HARBOR, TRIALS, Candidate, Rule, words
from community.casefree.rules.ties import describes_somebody, is_of_many, tie_of

STREET_TYPE = r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Close|Court|Ct|Crescent|Cres|Terrace|Place|Pl|Boulevard|Blvd|Way|Square|Gardens|Grove|Hill|Mews|Parade|Highway|Hwy|Row|Walk|Park|Green|Rise|Vale|View|Bank|Quay|Wharf|Yard|Alley|Croft|Passage|Circle|Trail|Parkway|Plaza|Straße|straße|strasse|weg|gasse)"
SENTENCE_WORDS = frozenset(
    [
        "The",
        "A",
        "An",
        "In",
        "On",
        "At",
        "For",
        "From",
        "Of",
        "To",
        "By",
        "With",
        "And",
        "Or",
        "But",
        "If",
        "When",
        "What",
        "Which",
        "How",
        "Is",
        "Are",
        "Was",
        "Were",
        "Does",
        "Do",
        "Did",
        "Can",
        "Should",
        "Our",
        "My",
        "His",
        "Her",
        "This",
        "That",
        "These",
        "Those",
        "Dr",
        "Dr.",
        "Mr",
        "Mr.",
        "Mrs",
        "Ms",
        "Prof",
        "Patient",
        "Guidelines",
        "Management",
        "Recommended",
        "Treatment",
        "Best",
        "Latest",
        "Current",
        "Updated",
        "Since",
        "After",
        "Before",
        "During",
        "We",
        "I",
        "She",
        "He",
        "They",
        "It",
    ]
)
STREET = re.compile(
    rf"(?<![\w.,-])(?P<id>\d{{1,5}}[A-Za-z]?,?\s(?:[NSEW]\.?\s)?(?:[A-Z][\w'.-]{{1,20}}\s){{1,3}}{STREET_TYPE}\b\.?(?:,\s(?:Apt|Flat|Unit)\.?\s?\w{{1,5}})?(?:,\s[A-Z][a-zA-Z'.]{{1,20}}(?:\s[A-Z][a-z'.]{{1,20}}){{0,2}}){{0,2}})"
)
LIVES = re.compile(
    words(
        "lives?",
        "living",
        "resid(?:es|ing|ed|ence)",
        "home",
        "address",
        "found",
        "house",
        "flat",
        "apartment",
        "stays? (?:at|with)",
        "picked up",
        "collected",
    ),
    re.IGNORECASE,
)
POSTCODE = re.compile(
    rf"(?<!\w){words('post ?code', 'postal code', 'zip(?: code)?', 'lives (?:in|at)', 'resid(?:es|ing) (?:in|at)', 'home address', 'plz', 'code postal', 'cep', 'pin ?code')}"
    r"(?:\s{0,2}(?i:is|was|of)\b|\s{0,2}[:=#.,(]){0,3}\s{0,2}(?P<id>[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}|[A-Z]\d[A-Z]\s?\d[A-Z]\d|\d{5}-\d{3,4}|\d{3}\s?\d{3}|\d{4,5}(?:-\d{4})?|\d{4}\s?[A-Z]{2})(?![\w-])"
)
OFFICE = re.compile(r"\b(?:journal|office|college|library|society|venue|conference|congress)\b", re.IGNORECASE)
AREA_STUDY = re.compile(r"\b(?:areas?|level|data|deprivation|index|quintiles?|population|catchment)\b", re.IGNORECASE)

#: A place by name: `St. Luke's Hospital`, `NYU Langone`, `Brigham & Women's`, `Houston, TX`, `the Bronx`.
AFTER_CAPITAL = r"[\wÀ-ÿ']{0,24}(?:-[A-ZÀ-Þ][\wÀ-ÿ']{1,20}){0,3}"
WORD = rf"(?:(?:St|Ste|Mt|Ft|Med|Hosp|Ctr)\.|[A-ZÀ-Þ]{AFTER_CAPITAL})"
#: The first letter stands before what must not be in front of it, so that the search leaps from capital to capital.
PLACE = re.compile(
    rf"(?P<id>[A-ZÀ-Þ](?<![\w@#/.'-].)(?:(?:(?<=S)te?|(?<=[MF])t|(?<=M)ed|(?<=H)osp|(?<=C)tr)\.|{AFTER_CAPITAL})(?:\s(?:(?:of|the|and|&|de|del|da|do|du|des|la|les|el|los)\s|d'|l'){{0,2}}{WORD}){{0,5}}(?:,\s[A-Z]{{2}}\b|,\s[A-ZÀ-Þ][a-zà-ÿ]{{2,20}}(?=[\s,.?;)]))?)(?!-?\d)"
)
REGION = re.compile(r"(?:County|Province|State|District|Region|Territory|Oblast|Prefecture|Governorate|Canton)$")
NEEDS_REGION = re.compile(
    r"\s(?:County|Province|State|District|Region|Territory|Oblast|Prefecture|Governorate|Canton)\b"
)
#: Short forms after "at" that are parts of any hospital, or bodies that make rules.
ANYWHERE = frozenset(
    [
        "ICU",
        "ED",
        "ER",
        "AE",
        "OPD",
        "PICU",
        "NICU",
        "HDU",
        "CCU",
        "ITU",
        "OR",
        "OT",
        "PHC",
        "GP",
        "LD",
        "PACU",
        "SICU",
        "MICU",
        "SCBU",
        "EPU",
        "AMU",
        "SAU",
        "MAU",
        "CT",
        "MRI",
        "PET",
        "EEG",
        "ECG",
        "EKG",
        "GCS",
        "BMI",
        "NHS",
        "NICE",
        "WHO",
        "FDA",
        "EMA",
        "CDC",
        "AHA",
        "ACC",
        "ESC",
        "ADA",
        "ASCO",
        "ESMO",
        "NCCN",
        "GOLD",
        "GINA",
        "KDIGO",
        "BTS",
        "BNF",
        "USPSTF",
        "IDSA",
        "ATS",
        "UTC",
        "GMT",
        "BST",
        "EST",
        "CET",
        "PST",
        "AM",
        "PM",
        "ROSC",
        "CPR",
        "DOB",
        "MRN",
        "ART",
        "TB",
        "HIV",
        "BP",
        "HR",
        "II",
        "III",
        "IV",
        "VI",
        "T1",
        "T2",
        "T3",
        "T4",
        "S1",
        "L4",
        "L5",
        "C5",
        "C6",
    ]
)
#: Ordinary words that are a hospital's name all the same.
PLAIN_NAME = re.compile(
    r"(?:The )?(?:General|City|Memorial|Central|County|Regional|National|Royal|Community|University|District|Downtown|Children's|Women's|Emergency|Northern|Southern|Eastern|Western|North|South|East|West)(?: [A-Z][a-z']{2,12}){0,2} (?:Hospital|Clinic|Infirmary|Cent(?:er|re))|(?:City|County) General"
)
ENOUGH = 5.0
BY_PERSON, BY_ENCOUNTER, BY_HEAD, BY_TOWN, BY_STATE, BY_LOWER_HEAD, UNKNOWN = 2.0, 2.0, 2.5, 2.0, 1.0, 2.0, -0.5
OF_MANY, OF_ANYBODY = -3.0, -2.0

#: A quick look: what every address of a page has.
LINK = re.compile(r"[/wW](?:(?<=/)|[wW]{2}\.)")
URL = re.compile(
    r"(?<![\w@])(?P<id>(?:https?://|www\.|(?:facebook|instagram|tiktok|gofundme|caringbridge|justgiving|snapchat)\.(?=com/|org/))[^\s<>\"]{1,2000})",
    re.IGNORECASE,
)
PERSONAL_PART = re.compile(
    r"//[^/\s@]{1,80}@|[?&;#](?:patient|pt|mrn|nhs|dob|ssn|pid|person|first_?name|last_?name|surname|full_?name|record|case)(?:[_-]?(?:id|no|number|name|ref))?=[^&\s]"
    r"|/(?:patients?|patient-?records?|clients?|charts?|mrn|studies|dicom)/[\w-]{0,20}\d[\w-]{0,40}",
    re.IGNORECASE,
)
PERSONAL_PAGE = re.compile(
    r"(?:^|//)(?:[\w-]{1,20}\.){0,2}(?:facebook|instagram|tiktok|gofundme|caringbridge|justgiving|snapchat|vk)\.(?:com|org)/(?!$|help|policies|pages/?$)[\w.@/-]{2,}|(?:^|//)(?:www\.)?(?:legacy|findagrave)\.com/",
    re.IGNORECASE,
)
IP = re.compile(r"(?<![\w.-])(?P<id>\d{1,3}(?:\.\d{1,3}){3})(?![\w-]|\.\d)")
IPV6 = re.compile(r"(?<![\w:.])(?P<id>[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7})(?![\w:])")
SECTION = re.compile(
    r"(?:\b(?:section|version|ver|v|release|table|chapter|recommendations?|rec|clause|annex|para(?:graph)?|item|step|nice|oid)s?|§)[\s.:]{0,3}$",
    re.IGNORECASE,
)


def is_a_home(candidate: Candidate) -> bool:
    """Words about living or being found there stand before, or one person is spoken of and was somewhere."""
    words = candidate.reading.pack
    told = bool(re.search(r"\b(?:from|at|in|of|to)\s$", candidate.before(6)))
    somebody = candidate.sentence_has(words.described) or candidate.sentence_has(words.pronoun)
    return bool(LIVES.search(candidate.before(50))) or (told and somebody)


def is_a_home_code(candidate: Candidate) -> bool:
    """A postal code of somebody, not of an area under study."""
    if candidate.sentence_has(OFFICE) and not candidate.sentence_has(candidate.reading.pack.pronoun):
        return False
    return not AREA_STUDY.match(candidate.after(16).lstrip()) and not re.fullmatch(r"(?:19|20)\d\d", candidate.text)


def is_an_address_of_a_machine(candidate: Candidate) -> bool:
    """A valid IPv4 address that is no section or version number: named so, or too large for a numbering."""
    try:
        address = ipaddress.ip_address(candidate.text)
    except ValueError:
        return False
    if re.search(
        r"\b(?:ip|ipv4|address|host|server|logged in from)\b[\s:a-z]{0,12}$", candidate.before(30), re.IGNORECASE
    ):
        return True
    octets = [int(part) for part in str(address).split(".")]
    return not SECTION.search(candidate.before(20)) and octets[0] >= 10 and sum(octet > 30 for octet in octets) >= 2


def is_ipv6(candidate: Candidate) -> bool:
    """A valid IPv6 address with more to it than a time of day."""
    try:
        ipaddress.IPv6Address(candidate.text)
    except ValueError:
        return False
    return len(candidate.text) > 6 and (candidate.text.count(":") == 7 or bool(re.search(r"[A-Fa-f]", candidate.text)))


def without_ordinary_words(candidate: Candidate) -> Candidate | None:
    """Drop words such as `Guidelines` before the name of the place; None when nothing or a wide region is left."""
    words = list(re.finditer(r"[^\s]+", candidate.text))
    ordinary = gazetteers.ordinary_words()
    if len(words) > 1 and words[-2].group().endswith(",") and words[-1].group() in ordinary:
        words.pop()
    if all(word.group().strip(".,") in ordinary or word.group().islower() for word in words):
        return candidate if PLAIN_NAME.fullmatch(candidate.text) else None
    while len(words) > 1 and (words[-1].group() == "I" or words[-1].group().islower()):
        words.pop()
    while words[0].group() in SENTENCE_WORDS or words[0].group().islower():
        words.pop(0)
        if not words:
            return None
    start = candidate.match.start("id")
    return Candidate(candidate.match, candidate.reading, (start + words[0].start(), start + words[-1].end()))


def is_where_one_was(candidate: Candidate) -> bool:
    """A place by name where the one person of the sentence lives or was seen."""
    return not REGION.search(candidate.text) and _score(candidate) >= ENOUGH


def is_a_region(candidate: Candidate) -> bool:
    """The same of a county or province: larger, and below a State all the same."""
    return bool(REGION.search(candidate.text)) and " " in candidate.text and _score(candidate) >= ENOUGH


def _score(candidate: Candidate) -> float:
    # Somebody must be there; this costs least to know.
    if not describes_somebody(candidate):
        return 0.0
    form = _form(candidate)
    if form is None:
        return 0.0
    words = candidate.reading.pack
    tie = tie_of(candidate, words.place)
    # A place without a head must stand where places stand.
    if form < BY_TOWN and tie.beside < 1.0:
        return 0.0
    score = form + tie.beside + BY_PERSON * tie.person + BY_ENCOUNTER * tie.encounter
    if is_of_many(candidate) or is_a_study(candidate.reading):
        score += OF_MANY
    return score + (
        OF_ANYBODY if candidate.sentence_has(words.generic) and not candidate.sentence_has(words.definite) else 0.0
    )


def _form(candidate: Candidate) -> float | None:
    """What the words alone say; None for what is no place of one person."""
    text, words = candidate.text.removeprefix("The "), candidate.reading.pack
    name, _comma, state = text.partition(", ")
    if name in gazetteers.wide_regions() and not _has_lower_head(candidate):
        return None
    if (words.heads.search(text) and " " in text) or words.head_before.search(candidate.before(40)):
        return BY_HEAD
    known = name in gazetteers.towns() or (name.split()[0] in gazetteers.towns() and " " not in name)
    form = (BY_TOWN if known else 0.0) + (BY_STATE if re.fullmatch("[A-Z]{2}", state) else 0.0)
    if _has_lower_head(candidate):
        return form + BY_LOWER_HEAD
    if form:
        return form
    return None if _is_no_place(name) else UNKNOWN


def _has_lower_head(candidate: Candidate) -> bool:
    return bool(candidate.reading.pack.lower_head.match(candidate.after(30)))


def _is_no_place(name: str) -> bool:
    plain = name.removesuffix("'s")
    first = plain.split()[0].split("-")[0]
    if plain.isupper() and (len(plain) < 3 or len(plain) > 6 or plain in ANYWHERE or any(c.isdigit() for c in plain)):
        return True
    return (
        first in gazetteers.eponyms() or (first in gazetteers.ordinary_words() and " " not in plain) or len(plain) < 3
    )


PLACE_REASON = _(
    "Where one person lives or was treated narrows down who that is. “A district hospital” or “a small town” says what colleagues need."
)
REGION_REASON = _("A county or province narrows down who one person is. A country or a kind of region is enough.")
IP_REASON = _("This looks like the network address of one person's device.")

RULES: tuple[Rule, ...] = (
    Rule("address", STREET, _("This looks like a home address."), SAFE_HARBOR.format("B"), is_a_home),
    Rule(
        "place",
        PLACE,
        PLACE_REASON,
        f"{SAFE_HARBOR.format('B')}; {TRIALS}",
        is_where_one_was,
        "hold",
        trim=without_ordinary_words,
    ),
    Rule(
        "region",
        PLACE,
        REGION_REASON,
        SAFE_HARBOR.format("B"),
        is_a_region,
        "nudge",
        needs=NEEDS_REGION,
        trim=without_ordinary_words,
    ),
    Rule(
        "postcode",
        POSTCODE,
        _("This looks like the postcode of one person's home."),
        SAFE_HARBOR.format("B"),
        is_a_home_code,
        near=re.compile(r"\d"),
    ),
    Rule(
        "url",
        URL,
        _("This link carries details of one person."),
        SAFE_HARBOR.format("N"),
        lambda c: bool(PERSONAL_PART.search(c.text)),
        needs=LINK,
    ),
    Rule(
        "url",
        URL,
        _("This link leads to one person's page."),
        SAFE_HARBOR.format("N"),
        lambda c: bool(PERSONAL_PAGE.search(c.text)),
        "hold",
        needs=LINK,
    ),
    Rule(
        "ip", IP, IP_REASON, SAFE_HARBOR.format("O"), is_an_address_of_a_machine, needs=re.compile(r"\d\.\d{1,3}\.\d")
    ),
    Rule("ip", IPV6, IP_REASON, SAFE_HARBOR.format("O"), is_ipv6, needs=re.compile(r"[0-9A-Fa-f]:[0-9A-Fa-f]{0,4}:")),
)
