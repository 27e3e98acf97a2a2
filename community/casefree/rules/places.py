"""Addresses of homes and of machines: street, postcode, web page, IP."""

import ipaddress
import re

from django.utils.translation import gettext_lazy as _

from community.casefree.rules import context
from community.casefree.rules.rule import SAFE_HARBOR, Candidate, Rule, words

STREET_TYPE = r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Close|Court|Ct|Crescent|Cres|Terrace|Place|Pl|Boulevard|Blvd|Way|Square|Gardens|Grove|Hill|Mews|Parade|Highway|Hwy|Straße|straße|strasse|weg|gasse)"
STREET = re.compile(
    rf"(?<![\w.,-])(?P<id>\d{{1,5}}[A-Za-z]?,?\s(?:[NSEW]\.?\s)?(?:[A-Z][\w'.-]{{1,20}}\s){{1,3}}{STREET_TYPE}\b\.?(?:,\s(?:Apt|Flat|Unit)\.?\s?\w{{1,5}})?(?:,\s[A-Z][\w'. -]{{1,25}}){{0,2}})"
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
AREA_STUDY = re.compile(r"\b(?:areas?|level|data|deprivation|index|quintiles?|population|catchment)\b", re.IGNORECASE)

FACILITY = re.compile(
    r"\b(?i:seen|saw|admitted|admission|treated|diagnosed|evaluated|discharged|transferred|referred|attended|visited|presented|presenting|underwent|surgery|bypass|care|follow-?up|visit"
    r"|dialysis|resid(?:es|ing)|session|received|treatment|operated|delivered|hospitali[sz]ed|dx'd|tx'd|receiving care)\b"
    r"(?:\s[a-z][\w-]{0,15}){0,4}?\s(?:at|to|from|in|by|@)\s(?:the\s|our\s)?"
    r"(?P<id>(?:(?:[A-Z][\w'.&-]{1,20}|of|the|and|for|de)\s){1,5}(?:Hospital|Clinic|Infirmary|Hospice|Sanatorium|Nursing Home|Care Home|(?:(?:Medical|Health|Cancer|Surgical|Rehabilitation|Rehab|Heart|Birth|Dialysis)\s)"
    r"(?:Cent(?:er|re)|Institute)|Surgery|Polyclinic|Hôpital|Klinikum))\b"
    r"(?<!the Hospital)(?<!the Clinic)"
)

URL = re.compile(r"(?<![\w@])(?P<id>(?:https?://|www\.)[^\s<>\"]{1,2000})", re.IGNORECASE)
PERSONAL_PART = re.compile(
    r"//[^/\s@]{1,80}@|[?&;#](?:patient|pt|mrn|nhs|dob|ssn|pid|person|first_?name|last_?name|surname|full_?name|record|case)(?:[_-]?(?:id|no|number|name|ref))?=[^&\s]"
    r"|/(?:patients?|patient-?records?|clients?|charts?|mrn|studies|dicom)/[\w-]{0,20}\d[\w-]{0,40}",
    re.IGNORECASE,
)
PERSONAL_PAGE = re.compile(
    r"//(?:[\w-]{1,20}\.){0,2}(?:facebook|instagram|tiktok|gofundme|caringbridge|justgiving|snapchat|vk)\.com/(?!$|help|policies|pages/?$)[\w.@/-]{2,}|//(?:www\.)?(?:legacy|findagrave)\.com/",
    re.IGNORECASE,
)
IP = re.compile(r"(?<![\w.-])(?P<id>\d{1,3}(?:\.\d{1,3}){3})(?![\w-]|\.\d)")
IPV6 = re.compile(r"(?<![\w:.])(?P<id>[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7})(?![\w:])")
SECTION = re.compile(
    r"(?:\b(?:section|version|ver|v|release|table|chapter|recommendations?|rec|clause|annex|para(?:graph)?|item|step|nice|oid)s?|§)[\s.:]{0,3}$",
    re.IGNORECASE,
)


def is_a_home(candidate: Candidate) -> bool:
    """Words about living or being found there stand before."""
    return bool(LIVES.search(candidate.before(50)))


def is_a_home_code(candidate: Candidate) -> bool:
    """A postal code of somebody, not of an area under study."""
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


def is_where_one_was_treated(candidate: Candidate) -> bool:
    """One described person's encounter at a named place of care."""
    return context.describes_one_person(candidate) and not context.speaks_of_many(candidate)


IP_REASON = _("This looks like the network address of one person's device.")

RULES: tuple[Rule, ...] = (
    Rule("address", STREET, _("This looks like a home address."), SAFE_HARBOR.format("B"), is_a_home),
    Rule(
        "place_of_care",
        FACILITY,
        _(
            "A named place of treatment narrows down who one person is. “A district hospital” says what colleagues need."
        ),
        "Hrynaszkiewicz et al., Trials 2010;11:9",
        is_where_one_was_treated,
        "hold",
    ),
    Rule(
        "postcode",
        POSTCODE,
        _("This looks like the postcode of one person's home."),
        SAFE_HARBOR.format("B"),
        is_a_home_code,
    ),
    Rule(
        "url",
        URL,
        _("This link carries details of one person."),
        SAFE_HARBOR.format("N"),
        lambda c: bool(PERSONAL_PART.search(c.text)),
    ),
    Rule(
        "url",
        URL,
        _("This link leads to one person's page."),
        SAFE_HARBOR.format("N"),
        lambda c: bool(PERSONAL_PAGE.search(c.text)),
        "hold",
    ),
    Rule("ip", IP, IP_REASON, SAFE_HARBOR.format("O"), is_an_address_of_a_machine),
    Rule("ip", IPV6, IP_REASON, SAFE_HARBOR.format("O"), is_ipv6),
)
