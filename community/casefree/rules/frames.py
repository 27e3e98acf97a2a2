"""Identifiers that are known by the frame of words they stand in, whatever they look like: `the … twins`, `LMP 12/8`,
`her page @…`, `specimen …`. Each frame says whose it is, so that the form alone need not."""

import re

from django.utils.translation import gettext_lazy as _

from community.casefree import gazetteers
from community.casefree.gist import WORD
from community.casefree.narrative import is_a_study
from community.casefree.reading import Reading
from community.casefree.rules import context
from community.casefree.rules.persons import (
    NAME_REASON,
    NAME_SOURCE,
    NEAR_OLD,
    NEAR_SPELT_OLD,
    PART,
    is_clinical,
)
from community.casefree.rules.records import AMOUNT, GENE_BANK, NOT_OF_A_PERSON, YEAR
from community.casefree.rules.rule import SAFE_HARBOR, Candidate, Rule
from community.casefree.rules.shelter import is_sheltered
from community.casefree.rules.ties import describes_somebody

#: `the … twins`: a family's name for its children.
FAMILY = re.compile(
    rf"\b[Tt]he (?P<id>{PART})(?=(?:'s)? (?:twins?|triplets|family|baby|boys?|girls?|brothers|sisters|child|children|kids?|siblings|newborn)\b)"
)
#: Somebody who is looked after, told by what they are and then by name.
CARED_FOR = re.compile(
    r"\b(?i:treating|treated|saw|seen|admitted|operated on|reviewing|reviewed|following|discharged|lost|transfused|scanned|intubated"
    r"|looking after|caring for|nursing|this (?:was|is)) (?i:(?:the|our|a|an|my|his|her) )?(?:[a-z][a-z-]{2,15} ){1,3}"
    rf"(?P<id>{PART} {PART})(?!\w)"
)
NICKNAMED = re.compile(rf"(?P<id>[\"']{PART}(?: {PART})?[\"'] {PART})(?!\w)")
BARE_INITIALS = re.compile(r"\b(?i:initials)(?::| are| is)? (?P<id>[A-Z]{2,4})(?!\w)")
FULL_NAME = re.compile(r"[a-z] [A-Z][a-z'-]{1,20} [A-Z][a-z]")
#: A child by name, as one speaks of it on the ward.
LITTLE = re.compile(
    rf"\b(?i:little|baby|wee|young|poor) (?P<id>{PART})(?= (?:went|goes|is|was|has|had|came|died|left|needs|got|can|cannot|will)\b)"
)
#: Somebody's relative, by name.
KIN = re.compile(
    r"\b(?i:my|his|her|their|our|(?:the|my|our) (?:patient|lady|man|woman|boy|girl)'s) (?i:late |elderly |own |older |younger |little ){0,2}"
    r"(?i:aunt|uncle|mother|father|mum|dad|sister|brother|wife|husband|son|daughter|grand(?:mother|father|ma|pa|son|daughter)|granny|nan"
    rf"|cousin|niece|nephew|partner|twin|boyfriend|girlfriend|neighbou?r),? (?P<id>{PART})(?!\w)"
)
#: Colleagues are called so as well.
AT_WORK = re.compile(
    r"\b(?:drs?|prof|professor|nurse|sister|colleague|consultant|registrar|midwife|pharmacist|speaker|author|teacher|trainer)\.? (?:[A-Z][a-z]{1,20} )?$",
    re.IGNORECASE,
)

ELDER = r"(?:9\d|1[01]\d|12[0-5])"
SPELT_ELDER = r"ninety(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?"
PERSON = r"(?i:man|woman|lady|gentleman|gent|patient|pt|resident|person|mother|father|grandmother|grandfather|granny|chap|widow|widower|centenarian|nonagenarian)"
ELDERS = (
    re.compile(
        rf"\b{PERSON} (?:of|\(|aged |, )(?P<id>{ELDER})(?![\w.%]|,\d| ?(?i:mg|kg|ml|days|hours|minutes|beds|%))"
    ),
    re.compile(
        rf"\b[Aa]t (?P<id>{ELDER}|(?i:{SPELT_ELDER}|(?:a|one) hundred(?: and [a-z]{{3,8}})?)),? (?=(?:she|he|her|his) )"
    ),
    re.compile(
        rf"(?:,|\baged|\bis|\bwas|\bturned|\bof) (?P<id>(?i:{SPELT_ELDER}))(?= ?(?:[,.;)!?]|and\b|with\b|years))"
    ),
)

#: A day and a month without a year, directly after what happened.
HAPPENED = (
    r"(?i:lmp|edd|edc|dob|d/c'?d?|adm|admitted|readmitted|discharged|operated|op|surgery|died|born|delivered|intubated|extubated|seen"
    r"|leaked|relapsed|transfused|transferred|started|stopped|collapsed|presented|reviewed|scanned|biopsied|last seen|last dose|chemo|radiotherapy|cycle \d|dialysed|visit|scan|mri|ct)"
)
SHORT_DAY = re.compile(
    rf"\b{HAPPENED}\.?:? (?:on |the )?(?P<id>(?:0?[1-9]|[12]\d|3[01])(?:\.(?:0?[1-9]|1[0-2])\.|/(?:0?[1-9]|1[0-2])(?![\d/])))(?!\d| ?(?:mg|mmhg|%))"
)
WEEKDAY = re.compile(
    r"\b(?P<id>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? (?:the )?\d{1,2}(?:st|nd|rd|th))(?!\w| (?:of )?[A-Z])"
)

#: Letters, figures and marks between them, four figures at least.
KEY = r"(?P<id>(?=[^\n,;.]{0,24}?\d)[A-Z0-9]{1,10}(?:[ :/-][A-Z0-9]{1,10}){0,3})(?!\w)"
SAYS = r"(?i:(?: no\.?| numbers?| id| code| serial| ref(?:erence)?| is| says| reads| are| was| has| sn)){0,3}[:#.]{0,2} {0,2}#?"
CUES = (
    (
        "record_number",
        "H",
        r"accession|specimen|sample|histology|biopsy|request|study id|subject|participant|screening id|case (?:number|no\.?)|folder(?: number| no\.?)?|chart|file|episode"
        r"|on our system|on pacs|(?:the|his|her|hospital|record) number is|^number is|[.:;] number is",
        _("This looks like a record number, which leads to one patient's file."),
    ),
    ("plan_number", "I", r"claim|(?:insurance|health|plan|bupa) card|bupa|scheme|policy(?: with (?-i:[A-Z])[a-z]{1,20})?", _("This looks like the number of a person's insurance or health plan.")),
    (
        "licence_number",
        "K",
        r"driv(?:ing|er'?s) licen[cs]e|prisoner|inmate|detainee|soldier|service number|recruit|pupil number",
        _("This looks like the number of a person's licence, certificate, passport or registration."),
    ),
    (
        "device",
        "M",
        r"(?:pacemaker|icd|valve|pump|implant|prosthesis|stent|device|sensor|stimulator|lens)(?: [a-z]{2,12}){0,4}? (?:serial|sn|s/n)|serial",
        _("This looks like the serial number of a device that one person has or uses."),
    ),
    (
        "vehicle",
        "L",
        r"(?:reg(?:istration)?|number|licen[cs]e) plates?|plates? (?:of|on) (?:the|his|her|a) [^:\n]{3,30}?(?=:| was| is)",
        _("This looks like a vehicle's registration."),
    ),
)  # fmt: skip
#: A specimen or a donor as registers number them: letters, a year, a running number.
OF_A_YEAR = re.compile(r"(?<![\w./:-])(?P<id>[A-Z]{1,3}-?(?:20)?[012]\d[-/]\d{4,7})(?![\w-])")
NO_REGISTER = re.compile(r"(?:CVE|ISO|EN|DIN|NG|CG|TA|QS|RFC|EU|WHO|FDA|EMA)\b")
#: Where one person lives, whether any list knows the place or not.
LIVES_IN = re.compile(
    rf"\b(?i:lives|resides|lodges|farms) (?:alone |now |up |out |still ){{0,2}}(?i:in|on|at|near|outside) (?P<id>{PART}(?: {PART})?)(?!\w)"
)
ONE_FROM = re.compile(
    r"\b(?i:the|a|an|this|our|my) (?:[a-z-]{2,12} ){0,2}(?i:farmer|fisherman|miner|teacher|driver|student|baker|shepherd|boy|girl|man|woman|lady|gentleman|chap|lad|child|kid|baby|pensioner|tourist"
    rf"|hiker|climber|skier|sailor|priest|butcher|builder|gardener|mechanic|crofter|widow|widower) from (?P<id>{PART})(?!\w)"
)
#: A family name behind a bed.
BEHIND_A_BED = re.compile(rf"\b(?i:bed|bay|room|cubicle|chair) \d{{1,2}}[a-z]?,? (?P<id>{PART})(?=,)")
#: A key of any kind: what makes it one person's is that the sentence is about somebody.
ANY_KEY = re.compile(
    r"(?<![\w./:-])(?P<id>[A-Z]{1,5}-?\d{5,12}[A-Z]{0,2}|\d{2,4}[:/-][A-Z]\d{4,10}|[A-Z]\d{4,6}[A-Z]{2}|[A-Z]{2,4}\d{6,12})(?![\w-])"
)

PAGE_WORD = r"(?:instagram|insta|facebook|tiktok|twitter|youtube|blog|vlog|channel|profile|page|website|gofundme|snapchat|linkedin|handle|podcast|account)"
WHOSE = r"(?:his|her|their|(?:the )?(?:patient|pt|mother|father|mum|family|son|daughter|wife|husband)'s)"
OWN_PAGE = re.compile(
    rf"\b(?i:{WHOSE} (?:[\w-]{{1,20}} ){{0,2}}{PAGE_WORD})\b[^?!\n]{{0,60}}?(?P<id>@\w[\w.]{{2,30}}|https?://[^\s<>\"]{{3,300}}|www\.[^\s<>\"]{{3,300}})"
)
LINK = re.compile(r"(?P<id>(?:https?://|www\.)[^\s<>\"]{3,300})")
UPLOADED = re.compile(
    rf"\b{WHOSE} (?:[\w-]{{1,20}} ){{0,3}}(?:uploaded|posted|filmed|shared|put (?:it|this) (?:up|online)|wrote about)\b", re.IGNORECASE
)  # fmt: skip
#: A picture of somebody's body, to be had at a link.
PICTURED = re.compile(
    r"\b(?:photos?|pictures?|pics?|images?|videos?|films?|footage) of (?:the|his|her|this|my|our|a) (?:[a-z-]{2,15} ){0,2}"
    r"(?:patients?|wounds?|rash|ulcers?|lesions?|skin|scars?|burns?|stoma|incision|operation|limb|legs?|foot|feet|hands?|arm|eyes?|face"
    r"|mouth|back|chest|breast|abdomen|scans?|x-?rays?|baby|child|boy|girl|man|woman)\b",
    re.IGNORECASE,
)
SPOKEN_MAIL = re.compile(
    r"(?<![\w.+-])(?P<id>[a-z0-9_]{1,30}(?: (?:dot|underscore|dash) [a-z0-9_]{1,30}){1,3} at [a-z0-9-]{2,30}(?: dot [a-z]{2,12}){1,2})(?!\w)",
    re.IGNORECASE,
)

CALLED = re.compile(
    r"\b(?i:call|ring|phone|text|reach|contact|page)(?i:ed)? (?:[a-z]{2,12} ){1,4}?(?i:on|at) (?P<id>\(?\+?\d(?:[ ().-]{0,2}\d){6,14})(?![\w-]|[.,/]\d)"
)
VISITED = re.compile(
    r"\b(?i:home visit|visit|visited|ambulance|crew|called) (?i:to|at) (?P<id>[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2})(?!\w)"
)
HOUSE = re.compile(
    r"\b(?i:lives?|living|home|house|flat|address|resides?|room \d{1,3} at|addr)[^.?!\n]{0,30}?(?P<id>(?i:number |no\.? |flat )?\d{1,4}[a-z]?,? [A-Z][\w'-]{1,20}(?: [A-Z][\w'-]{1,20}){0,2} (?:Cottages?|House|Flats|Court|Farm|Villas?|Mansions|Buildings|Estate|Lane|Road|Rd|Street|St|Close|Way|Avenue|Drive|Terrace)\b)"
)


def is_a_family(candidate: Candidate) -> bool:
    """A family's name, neither a town, a nation nor an eponym, where something clinical is told."""
    name = candidate.text
    other = name in gazetteers.ordinary_words() or name in gazetteers.eponyms() or name in gazetteers.wide_regions()
    return not other and (name in gazetteers.family_names() or is_clinical(candidate))


def is_named_for(candidate: Candidate) -> bool:
    """A given name and a family name of nobody at work."""
    first, last = candidate.text.split(" ")[:2]
    is_name = first in gazetteers.given_names() and last not in gazetteers.ordinary_words()
    return is_name and is_clinical(candidate) and not AT_WORK.search(candidate.before(40))


def is_a_little_one(candidate: Candidate) -> bool:
    """A given name that is not a word."""
    return candidate.text in gazetteers.given_names() and candidate.text not in gazetteers.ordinary_words()


def is_kin(candidate: Candidate) -> bool:
    """Any name; of the author's own family a given name, and only where something clinical is told of them."""
    if not candidate.match.group().lower().startswith(("my ", "our ")):
        return candidate.text not in gazetteers.ordinary_words()
    return is_a_little_one(candidate) and (is_clinical(candidate) or bool(HAD_IT.search(candidate.after(40))))


HAD_IT = re.compile(r"^,? (?:who )?(?:also )?(?:has|had|got|suffers?|suffered) (?:from )?(?:this|it|that|the same)\b")


def is_nicknamed(candidate: Candidate) -> bool:
    """A quoted name before a family name."""
    return candidate.text.split()[-1] in gazetteers.family_names() and (
        is_clinical(candidate) or describes_somebody(candidate)
    )


def is_of_one_elder(candidate: Candidate) -> bool:
    """One person, and no share or limit."""
    words = candidate.reading.pack
    population, spelt = words.population, not candidate.text.isdigit()
    if SHARE.search(candidate.before(24)) or (spelt and is_a_study(candidate.reading)):
        return False
    if spelt and not (candidate.sentence_has(words.pronoun) or describes_somebody(candidate) or is_clinical(candidate)):
        return False
    return not candidate.sentence_has(population) and not re.match(
        r"\s?(?:per ?cent|%|-|to\b|or (?:over|older|more))", candidate.after(12)
    )


#: `four of ninety-six`, `a total of ninety`: a count of many.
SHARE = re.compile(
    r"(?:\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w{3,5}teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
    r"|none|all|most|some|any|each|out|half|total|sum|mean|median|average|range|rest|score|dose|maximum|minimum|limit))(?:\s?\))? of $",
    re.IGNORECASE,
)


def is_a_day_of_somebody(candidate: Candidate) -> bool:
    """Not of a text or a public event."""
    return not context.is_of_a_publication(candidate) and not candidate.sentence_has(context.POPULATION)


def is_a_weekday_of_somebody(candidate: Candidate) -> bool:
    """Directly after what happened to one person."""
    return bool(context.ENCOUNTER.search(candidate.before(45).lower())) and is_a_day_of_somebody(candidate)


def is_a_key(candidate: Candidate) -> bool:
    """Four figures at least, and no year, date, amount, gene, product or entry of the literature."""
    text = candidate.text
    if sum(c.isdigit() for c in text) < 4 or YEAR.fullmatch(text) or DATE.fullmatch(text) or GENE_BANK.match(text):
        return False
    before = candidate.reading.text[max(0, candidate.match.start() - 40) : candidate.match.start()]
    return not (AMOUNT.match(candidate.after(12)) or NOT_OF_A_PERSON.search(before) or is_sheltered(candidate))


def is_of_a_register(candidate: Candidate) -> bool:
    """Of something clinical, and of no trial, rule or product."""
    before = candidate.before(30)
    other = NO_REGISTER.match(candidate.text) or PRODUCT.search(before) or NOT_OF_A_PERSON.search(before)
    return not other and not is_sheltered(candidate) and is_clinical(candidate)


def is_a_small_place(candidate: Candidate) -> bool:
    """No country or state, no word, and where something clinical is told of one person."""
    name = candidate.text
    wide = name in gazetteers.wide_regions() or name.split()[0] in gazetteers.ordinary_words()
    generic = candidate.sentence_has(candidate.reading.pack.generic)
    return not (wide or generic) and candidate.reading.remembered(_is_clinical_anywhere)


def _is_clinical_anywhere(reading: Reading) -> bool:
    words = reading.pack.gist
    return words is None or not words.clinical.isdisjoint(WORD.findall(reading.small))


def lies_in_a_bed(candidate: Candidate) -> bool:
    """A name and no word; beds are of patients."""
    name = candidate.text
    return name not in gazetteers.ordinary_words() | gazetteers.eponyms() and is_clinical(candidate)


def is_a_plate(candidate: Candidate) -> bool:
    """Letters and figures."""
    return any(c.isdigit() for c in candidate.text) and any(c.isalpha() for c in candidate.text)


def is_somebodys_key(candidate: Candidate) -> bool:
    """The sentence tells of one person, by more than the number."""
    words = candidate.reading.pack
    told = candidate.sentence_has(words.described) or (candidate.sentence_has(words.pronoun) and is_clinical(candidate))
    return is_a_key(candidate) and told and not PRODUCT.search(candidate.before(30))


PRODUCT = re.compile(
    r"\b(?:model|type|version|cat(?:alogue)?|order|part|batch|lot|pump|ventilator|isbn|pmid|doi|trial|protocol|grant|standard|iso|form)\b[^.]{0,12}$",
    re.IGNORECASE,
)
DIGITS = re.compile(r"\d{2}")
#: Figures that can be a day; records use the same marks.
DATE = re.compile(
    r"(?:0?[1-9]|[12]\d|3[01])[-/.](?:0?[1-9]|[12]\d|3[01])[-/.](?:19|20)?\d\d|(?:19|20)\d\d[-/.](?:0?[1-9]|1[0-2])[-/.]\d{1,2}"
)
AGE_REASON = _("Ages over 89 identify, because so few people reach them. “Over 90” or “a very old adult” is enough.")
DATE_REASON = _("This ties an exact date to one person. Keep the year, or say how long before or after.")
PLACE_REASON = _("This ties one person to a place. The kind of place says enough.")
PLACE_SOURCE = SAFE_HARBOR.format("B")
RECORD_REASON = _("This looks like a record number, which leads to one patient's file.")
PAGE_REASON = _("This link leads to one person's page.")
HOME_REASON = _("This looks like a home address.")

RULES: tuple[Rule, ...] = (
    Rule("name", FAMILY, NAME_REASON, NAME_SOURCE, is_a_family, needs=re.compile(r"[Tt]he [A-Z]")),
    Rule("name", BEHIND_A_BED, NAME_REASON, NAME_SOURCE, lies_in_a_bed, needs=re.compile(r" \d{1,2}[a-z]?,? [A-Z]")),
    Rule("place", LIVES_IN, PLACE_REASON, PLACE_SOURCE, is_a_small_place, "hold", needs=re.compile(r"(?:lives|resides|lodges|farms) ")),
    Rule("place", ONE_FROM, PLACE_REASON, PLACE_SOURCE, is_a_small_place, "hold", needs=re.compile(r" from [A-Z]")),
    Rule("record_number", OF_A_YEAR, RECORD_REASON, SAFE_HARBOR.format("H"), is_of_a_register, "hold", needs=re.compile(r"\d[-/]\d{4}")),
    Rule("name", CARED_FOR, NAME_REASON, NAME_SOURCE, is_named_for, near=FULL_NAME),
    Rule("name", LITTLE, NAME_REASON, NAME_SOURCE, is_a_little_one, needs=re.compile(r"(?i:little|baby|wee|young|poor) [A-Z]")),
    Rule("name", KIN, NAME_REASON, NAME_SOURCE, is_kin, needs=re.compile(r"[a-z],? [A-Z]")),
    Rule("name", NICKNAMED, NAME_REASON, NAME_SOURCE, is_nicknamed, needs=re.compile(r"[a-z][\"'] [A-Z]")),
    Rule("name", BARE_INITIALS, NAME_REASON, NAME_SOURCE, needs=re.compile(r"(?i:initials)")),
    *(
        Rule("age", one, AGE_REASON, SAFE_HARBOR.format("C"), is_of_one_elder, needs=needs)
        for one, needs in zip(ELDERS, (NEAR_OLD, re.compile(f"{NEAR_OLD.pattern}|{NEAR_SPELT_OLD.pattern}"), NEAR_SPELT_OLD), strict=True)
    ),
    Rule("date", SHORT_DAY, DATE_REASON, SAFE_HARBOR.format("C"), is_a_day_of_somebody, near=re.compile(r"\d[./]\d")),
    Rule("date", WEEKDAY, DATE_REASON, SAFE_HARBOR.format("C"), is_a_weekday_of_somebody, needs=re.compile(r"day,? ")),
    *(
        Rule(
            kind,
            re.compile(rf"(?<![^\W_])(?i:{cues}){SAYS}{KEY}" ),
            reason,
            SAFE_HARBOR.format(letter),
            is_a_plate if kind == "vehicle" else is_a_key,
            near=DIGITS,
        )
        for kind, letter, cues, reason in CUES
    ),
    Rule(
        "record_number",
        ANY_KEY,
        _("This looks like a number that belongs to one person."),
        SAFE_HARBOR.format("R"),
        is_somebodys_key,
        "hold",
        needs=re.compile(r"\d{4}"),
    ),
    Rule("url", OWN_PAGE, PAGE_REASON, SAFE_HARBOR.format("N"), level="hold", needs=re.compile(r"@|://|www")),
    Rule(
        "url",
        LINK,
        PAGE_REASON,
        SAFE_HARBOR.format("N"),
        lambda candidate: candidate.sentence_has(UPLOADED) or candidate.sentence_has(PICTURED),
        "hold",
        needs=re.compile(r"://|www"),
    ),
    Rule(
        "email",
        SPOKEN_MAIL,
        _("This looks like an e-mail address of one person, spelt out."),
        SAFE_HARBOR.format("F"),
        needs=re.compile(r" dot ", re.IGNORECASE),
    ),
    Rule(
        "phone",
        CALLED,
        _("This looks like a telephone number of one person."),
        SAFE_HARBOR.format("D"),
        lambda candidate: not is_sheltered(candidate),
        numeric=True,
    ),
    Rule("postcode", VISITED, HOME_REASON, SAFE_HARBOR.format("B"), near=DIGITS),
    Rule("address", HOUSE, HOME_REASON, SAFE_HARBOR.format("B"), near=re.compile(r"\d[a-z]?,? [A-Z]")),
)  # fmt: skip
