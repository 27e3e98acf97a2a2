"""What is somebody's: a street, a postcode, a handle, a hashtag, a file or a page with their name, a slide of theirs, their age.
Each counts by whose it is: he or she, or their people, are spoken of beside it, and nothing of work is."""

import re
from itertools import pairwise

from django.utils.translation import gettext_lazy as _

from community.casefree import gazetteers
from community.casefree.narrative import is_fiction
from community.casefree.reading import Reading
from community.casefree.rules.frames import AGE_REASON, HOME_REASON, PAGE_REASON, PERSON
from community.casefree.rules.persons import NAME_REASON, NAME_SOURCE, PART
from community.casefree.rules.places import PLACE_REASON, STREET_TYPE
from community.casefree.rules.rule import SAFE_HARBOR, TRIALS, Candidate, Rule
from community.casefree.rules.talk import ALSO_WORDS, AT_WORK, is_about_care, is_of_care, set_of

CORNER = re.compile(
    rf"\b(?i:corner|junction|crossing|end|top|bottom|foot) of (?P<id>[A-Z][\w'-]{{1,20}}(?: [A-Z][\w'-]{{1,20}})?(?: {STREET_TYPE})?(?: and (?:the )?[A-Z][\w'-]{{1,20}})? {STREET_TYPE}(?: in [A-Z][\w'-]{{2,20}})?)(?!\w)"
)
NUMBERED = re.compile(
    rf"(?:,|\b(?i:at|to|over|above|opposite|near|outside|on|in|from)) (?P<id>\d{{1,4}}[A-Za-z]?,? (?:[A-Z][\w'-]{{1,20}} ){{1,2}}{STREET_TYPE})(?!\w)"
)
#: Postcodes of Britain, Ireland, Canada and the Netherlands by their form.
POSTCODE = re.compile(
    r"(?<![\w.-])(?P<id>[A-Z]{1,2}\d[A-Z\d]? \d[ABD-HJLNP-UW-Z]{2}|[AC-FHKNPRTV-Y]\d[\dW] [\dAC-FHKNPRTV-Y]{4}|[ABCEGHJ-NPRSTVXY]\d[A-Z] ?\d[A-Z]\d"
    r"|[1-9]\d{3} (?!(?:MG|ML|IU|KG|MM|CM|AM|PM|HR|GP|ED|AD|BC|US|UK|UN|EU|RN|MD|PA|CE|IV|IM|SC|PO|OD|BD)\b)[A-Z]{2})(?![\w-])"
)
OF_AN_OFFICE = re.compile(
    r"\b(?:surgery|clinic|hospital|office|practice|forms?|department|course|conference|meeting|parking|venue|college|library|journal|send|post|moved|headquarters|our (?:unit|trust|centre))\b",
    re.IGNORECASE,
)
#: Somebody's own people, and where they live.
LIVE_IN = re.compile(
    rf"\b(?:they|both|who|all|couple|family|twins|brothers|sisters)(?: both| all| still| now)? (?:live|lives|lived|stay|farm) (?:(?:up|out|down|over|alone|together) )?(?:in|near|outside|on) (?P<id>{PART}(?: {PART})?)(?!\w)"
)
OF_KIN = re.compile(
    r"\b(?:mother|father|mum|dad|child|children|son|daughter|baby|couple|brothers?|sisters?|siblings|parents|twins?|family|husband|wife|grandm\w{2,5}|grandf\w{2,5}|boys?|girls?|toddler|old (?:boy|man|woman|lady))\b",
    re.IGNORECASE,
)

HANDLE = re.compile(r"(?<![\w.@/+-])(?P<id>@[A-Za-z][\w.]{2,29}\w)(?![\w@])")
#: Of those who write for colleagues.
PROFESSIONAL = re.compile(
    r"^(?:dr|doc|nurse|prof)(?!ew|um|iv|aw|eam|ag|op|ink)|(?:^|[_.\d])(?:drs?|doc|doctor|nurse|prof|med|icu|em|gp|rn|md|ecg|us|foam)(?=$|[_.\d])|doctor|docs|foamed|medic|nurs|ortho|anaes|anes|surg|paed|peds|onc|pharm|health|clinic|hospital|journal|bmj|lancet|nejm|jama|nhs|society|college|univ|cochrane|care|research|ecg|rounds|pearls|guideline|trial|stat",
    re.IGNORECASE,
)
HASHTAG = re.compile(r"(?<![\w&/])#(?P<id>[A-Z]\w{5,60})")
CAMEL = re.compile(r"[A-ZÀ-Þ][a-zß-ÿ']{1,20}|[a-z]{2,20}|\d+|[A-Z]{2,}(?![a-z])")
RALLY = set_of(
    "Pray For With Help Save Justice Team Fight Beat Beats Wont Love Find Remember Support Saving Get Rip Be Like Strong"
)
THEIR_OWN = re.compile(
    r"\b(?:his|her|their|he|she|classmates|team ?mates|school|family|friends|village|neighbours|parents|mother|father|sister|brother|patient(?:'s)?)\b",
    re.IGNORECASE,
)
FILE = re.compile(
    r"(?<![\w/.@-])(?P<id>[^\W_][\w-]{3,70}\.(?i:jpe?g|png|heic|gif|tiff?|pdf|docx?|xlsx?|pptx?|mp4|mov|dcm|zip|txt|csv|svg|webp|avi|m4a|wav))(?![\w/])"
)
OF_TEACHING = set_of(
    "lecture talk slides slide cv poster paper consent template guideline guidelines protocol chapter thesis handout manual leaflet form policy book article review trial study programme agenda minutes rota"
)
PAGE = re.compile(r"(?<![\w@.:/-])(?P<id>(?:[a-z0-9-]{2,40}\.){1,3}[a-z]{2,12}/[\w./%~-]{3,120})", re.IGNORECASE)
LAMENT = re.compile(
    r"obituar|memorial|memoriam|tribute|funeral|mourning|legacy|condolence|death-?notice|fundrais|gofundme|crowdfund",
    re.IGNORECASE,
)
OF_A_COLLEGE = re.compile(
    r"\b(?:bmj|lancet|plarr|journal|college|professor|founder|society|pioneer|colleague)\b", re.IGNORECASE
)

SLIDES = re.compile(
    r"\b(?i:slides?|blocks?|cytology|histology|path(?:ology)?|smears?|biops(?:y|ies)|specimens?|sections?|pap|marrow|films?|case|reported as|report|lab(?: ref)?)[ :#]{1,2}(?i:no\.? |nr\.? |number |is |under |ref )?(?P<id>[A-Z]{1,3}-?\d{2}[-/.]\d{3,7}|\d{2,4}[-/.]?[A-Z]{1,3}[-/.]?\d{3,7})(?![\w-])"
)
REGISTERED = re.compile(
    r"(?<!\w)(?:UHID|MRD|CR ?(?i:no)|IP ?(?i:no)|OP ?(?i:no)|IPD|OPD|UMR|HN|NHC|HCN|PHN|CRN|URNO?|UR|KTP|NIK|MPI|EMPI|HRN|CPI|PAS|EPIC|RM)(?i: ?(?:no|nr|number|id))?\.?[ :#]{1,2}(?P<id>[A-Z]{0,4}-?\d(?:[-/ ]?\d){4,13})(?!\w|[.,]\d| ?(?:mg|ml|%))"
)

ELDER = r"(?:9\d|1[01]\d|12[0-5])"
NO_COUNT = r"(?![\w%/]|[.,:]\d|-\w| ?(?:%|percent|per cent|of|to|or|and (?:over|older)|mg|kg|ml|h(?:ou)?rs?|days?|min|minutes?|bpm|mmhg|cm|degrees|beats|units|patients|beds|points|weeks?|months?|pages?|th)(?!\w))"
AT_AN_AGE = re.compile(rf"\b[Aa]t (?P<id>{ELDER}){NO_COUNT}(?=\s?(?:[?.,;:!)]|$|and |but |with |who ))")
IS_AGED = re.compile(
    rf"(?<!\w)(?i:s?he(?:'s|s| is| was| will be| turns| has turned)|s?he(?:'ll| will) be)(?i: now| only| just| nearly| almost| already| about){{0,2}} (?P<id>{ELDER}){NO_COUNT}"
)
MEASURE_BEFORE = re.compile(
    r"\b(?:sats?|spo2|saturations?|oxygen|o2|temp(?:erature)?|hr|pulse|bp|rate|scores?|set|run|runs|sitting|stays?|target|aim(?:ing)?|keep|hover\w{0,3}|map|pressure|systolic|weight|hb|fixed|capped|starts?|starting|stopp?(?:ed|s)?|recall|sensitivity|accuracy|percentile|threshold|plateau\w{0,2}|page|km|bpm|fio2)\b[^.?!]{0,24}$",
    re.IGNORECASE,
)
#: How one goes on about somebody old, with or without a pronoun.
SOMEBODY_OLD = re.compile(
    rf"\b(?:she|he|her|his|him|hers|somebody|someone|{PERSON})\b|(?:^|[.?!,;] )(?i:otherwise|still|plays?|walks?|lives?|wants?|hates?|refuses?|takes?|drives?|gardens?|swims?|knits?|cooks?|reads?|fit|frail|well|sharp|independent|widowed|mobile|active|asked|asks)(?: |[,.])"
)


def is_where_somebody_is(candidate: Candidate) -> bool:
    """Somebody's street or postcode: he or she is in the sentence, no office is."""
    words, reading = candidate.reading.pack, candidate.reading
    near = (max(0, candidate.start - BESIDE), candidate.end + BESIDE)
    told = any(reading.mentions(phrases, *near) for phrases in (words.pronoun, words.described, FOUND_THERE))
    return told and not candidate.sentence_has(OF_AN_OFFICE) and not candidate.sentence_has(AT_WORK)


#: How far off somebody may be spoken of whose street or postcode it is.
BESIDE = 100
FOUND_THERE = re.compile(
    r"\b(?:old (?:boy|man|woman|lady)|lives?|waved down|lay|found|collapsed|picked up|called (?:out )?to|ambulance|crew|home visits?|home birth|delivered at)\b",
    re.IGNORECASE,
)


def is_where_kin_live(candidate: Candidate) -> bool:
    """A place smaller than a state, where a family that is treated lives."""
    name = candidate.text
    small = name not in gazetteers.wide_regions() and name.split()[0] not in gazetteers.ordinary_words()
    reading = candidate.reading
    return small and candidate.sentence_has(OF_KIN) and reading.remembered(is_about_care) and not is_fiction(reading)


def is_somebodys_handle(candidate: Candidate) -> bool:
    """He or she is in the sentence, and nothing of work."""
    pronoun = candidate.sentence_has(candidate.reading.pack.pronoun)
    at_work = PROFESSIONAL.search(candidate.text[1:]) or candidate.sentence_has(AT_WORK)
    return pronoun and not at_work and candidate.reading.remembered(is_about_care)


def has_a_name(words: list[str]) -> bool:
    """A given name beside another name among the words of a hashtag or of a file."""
    given, family, ordinary = gazetteers.given_names(), gazetteers.family_names(), gazetteers.ordinary_words()
    for one, other in pairwise(words):
        pair = {one, other}
        if pair & ordinary or pair & RALLY or any(len(w) < 3 for w in pair):
            continue
        if (one in given and (other in family or other in given)) or (one in family and other in given):
            return True
        if (
            one[0].isupper()
            and other[0].isupper()
            and pair & (given | family)
            and not any(is_of_care(w.lower()) for w in pair)
        ):
            return True
    return False


def names_somebody_to_rally_for(candidate: Candidate) -> bool:
    """A hashtag with a full name that his or her own people use."""
    return has_a_name(CAMEL.findall(candidate.text)) and candidate.sentence_has(THEIR_OWN)


def is_a_file_of_somebody(candidate: Candidate) -> bool:
    """The name of a file with a person's name in it, and nothing of teaching."""
    words = CAMEL.findall(candidate.text.rpartition(".")[0].replace("_", " "))
    if any(w.lower() in OF_TEACHING or re.fullmatch(r"(?:19|20)\d\d", w) for w in words):
        return False
    small = gazetteers.ordinary_in_small_letters() | ALSO_WORDS
    known = (gazetteers.given_names() | gazetteers.family_names()) - small
    names = (w.title() if w.title() in known else w for w in words if not w.isdigit())
    return has_a_name([w for w in names if not is_of_care(w.lower())])


def is_somebodys_page(candidate: Candidate) -> bool:
    """An obituary or an appeal for somebody, by what stands before it or in it."""
    lament = LAMENT.search(candidate.text) or LAMENT.search(candidate.before(80))
    if not lament or candidate.sentence_has(OF_A_COLLEGE):
        return False
    parts = re.findall(r"[a-z]{2,20}", candidate.text.lower().partition("/")[2])
    named = any(part.title() in gazetteers.given_names() or part.title() in gazetteers.family_names() for part in parts)
    return named or candidate.sentence_has(THEIR_OWN)


def is_an_age_over_89(candidate: Candidate) -> bool:
    """Of somebody, and nothing measured."""
    if MEASURE_BEFORE.search(candidate.before(50)) or candidate.sentence_has(candidate.reading.pack.population):
        return False
    if candidate.match.re is IS_AGED:
        return not candidate.sentence_has(AT_WORK)
    return bool(SOMEBODY_OLD.search(candidate.reading.text)) and candidate.reading.remembered(is_about_old_age)


def is_about_old_age(reading: Reading) -> bool:
    """Care, or a question of whether to treat."""
    return is_about_care(reading) or bool(
        re.search(
            r"\bwould (?:you|we|i|any\w{3,4})|do(?:es)? (?:you|any\w{3,4})|should (?:i|we|one)|is it (?:kind|fair|wise|right)|surgery|asa \d",
            reading.small,
        )
    )


NEAR_AGE = re.compile(r"(?<!\d)(?:9\d|1[012]\d)(?!\d)")
RULES: tuple[Rule, ...] = (
    Rule(
        "address",
        CORNER,
        HOME_REASON,
        SAFE_HARBOR.format("B"),
        is_where_somebody_is,
        needs=re.compile(rf" of [A-Z]\S{{1,20}} (?:\S{{1,20}} )?(?:and |{STREET_TYPE}(?!\w))"),
    ),
    Rule(
        "address",
        NUMBERED,
        HOME_REASON,
        SAFE_HARBOR.format("B"),
        is_where_somebody_is,
        near=re.compile(r"\d[a-z]?,? [A-Z]"),
    ),
    Rule(
        "postcode",
        POSTCODE,
        HOME_REASON,
        SAFE_HARBOR.format("B"),
        is_where_somebody_is,
        needs=re.compile(r"[A-Z\d] ?\d[A-Z]|\d{4} [A-Z]|\d[\dW] [A-Z\d]{4}"),
    ),
    Rule(
        "place",
        LIVE_IN,
        PLACE_REASON,
        f"{SAFE_HARBOR.format('B')}; {TRIALS}",
        is_where_kin_live,
        "hold",
        needs=re.compile(r"(?:live|lives|lived|stay|farm) (?:\w{1,12} )?(?:in|near|outside|on) [A-Z]"),
    ),
    Rule("url", HANDLE, PAGE_REASON, SAFE_HARBOR.format("N"), is_somebodys_handle, "hold", needs=re.compile("@")),
    Rule("name", HASHTAG, NAME_REASON, NAME_SOURCE, names_somebody_to_rally_for, needs=re.compile("#[A-Z]")),
    Rule(
        "name",
        FILE,
        NAME_REASON,
        NAME_SOURCE,
        is_a_file_of_somebody,
        needs=re.compile(
            r"\.(?i:jpe?g|png|heic|gif|tiff?|pdf|docx?|xlsx?|pptx?|mp4|mov|dcm|zip|txt|csv|svg|webp|avi|m4a|wav)(?!\w)"
        ),
    ),
    Rule(
        "url", PAGE, PAGE_REASON, SAFE_HARBOR.format("N"), is_somebodys_page, "hold", needs=re.compile(r"\.\w{2,12}/")
    ),
    Rule(
        "record_number",
        SLIDES,
        _("This looks like a record number, which leads to one patient's file."),
        SAFE_HARBOR.format("H"),
        near=re.compile(r"\d{3}"),
    ),
    Rule(
        "record_number",
        REGISTERED,
        _("This looks like a record number, which leads to one patient's file."),
        SAFE_HARBOR.format("H"),
        near=re.compile(r"\d{3}"),
    ),
    *(
        Rule("age", one, AGE_REASON, SAFE_HARBOR.format("C"), is_an_age_over_89, near=NEAR_AGE)
        for one in (AT_AN_AGE, IS_AGED)
    ),
)
