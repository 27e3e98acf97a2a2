"""Identifiers as colleagues let them slip in plain talk: a name as the subject of a patient's sentence, a street or a
postcode of somebody's, a handle, a hashtag, the name of a file. A name or a number counts by what is said of it."""

import re
import unicodedata
from itertools import pairwise

from django.utils.translation import gettext_lazy as _

from community.casefree import gazetteers
from community.casefree.gist import WORD as SMALL_WORD
from community.casefree.narrative import is_a_study, is_fiction
from community.casefree.reading import Reading
from community.casefree.rules.frames import AGE_REASON, HOME_REASON, PAGE_REASON, PERSON
from community.casefree.rules.persons import (
    FORMS,
    NAME,
    NAME_REASON,
    NAME_SOURCE,
    PART,
    form_of,
    without_ordinary_words,
)
from community.casefree.rules.places import PLACE_REASON, STREET_TYPE
from community.casefree.rules.rule import SAFE_HARBOR, TRIALS, Candidate, Rule
from community.casefree.rules.ties import weigh_before


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


LAB = (
    r"(?:e?gfr|ck|tsh|glucose|sugars?|hba?1?c?|haemoglobin|hemoglobin|k\+?|na|potassium|sodium|calcium|phosphate|magnesium|urea|creatinine|crp|esr"
    r"|wcc|wbc|neutrophils?|platelets?|plts?|inr|d-dimer|lactate|ph|bic(?:arb)?|ketones|amylase|lipase|bilirubin|alt|ast|alp|ggt|albumin|ammonia"
    r"|ferritin|troponin|bnp|bp|blood pressure|pulse|hr|sats|spo2|gcs|temp(?:erature)?|weight|bmi|qtc|psa|abpi|level|trough|urine output|drain)"
)
NUMBER = r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a few|several)"
#: Words of treatment that the pack does not list: by how drugs end, by what is measured, by what is put in.
HOW_DRUGS_END = tuple(
    _set(
        "mab pril sartan olol statin cillin mycin floxacin azole parin xaban caine tidine setron zepam azepine oxetine apine idone arone olone asone xone dronate zide semide azine micin toin pram tamab oxin gliptin gliflozin glutide formin cycline penem vir tinib ectomy ostomy otomy plasty scopy itis aemia emia uria penia oma osis"
    )
)
CARE = re.compile(
    r"(?<!\w)(?:\d ?(?:mg|mcg|mmol|ml|kg|units|mmhg)(?!\w)|ostomy|ventilation|wean(?:ing|ed)?|trach(?:y|eostomy)?|veins?|vanc|midline|picc|amput\w{3,6}|anticoag\w{2,8}|biops\w{1,4}|wounds?|infusions?|vaccin\w{2,6}|immun\w{2,10}|globulin|rabies|infect\w{2,5}|opioids?|antibiotics?|steroids?|graft|tavi|valve|ng|veins|radiotherapy|physiotherapy|mri|ct|x-?ray|ultrasound|post-?op|nil by mouth|tpn|peg|ng tube|drains?|dressings?|stoma|sutures?|ulcers?|ablation|botox|rehab"
    r"|afebrile|pyrexial|nappy|breastfe\w{2,4}|weeks pregnant|arthroscopy|burns?|neuropathy|dysphagia|ppm|arb|nsaids?|ace inhibitor|whipple|heparin|insulin|colchicine)(?!\w)"
)
#: A measured value, a day of somebody's course, a bed: what one tells of a case.
OF_A_CASE = re.compile(
    rf"(?<!\w)(?:{LAB} (?:is |was |of |at |now |still |only ){{0,2}}\d[\d.,]{{0,6}}(?!\d| ?(?:%|mg/kg|or ))|day \d{{1,3}}|{NUMBER} (?:days|weeks|hours|months) (?:after|post|out|into)|(?:bed|bay|room) \d"
    r"|in situ|(?:still|getting|now) (?:macerating|draining|spiking|bleeding|febrile|drowsy|drooling|sedated)|afebrile|(?:for|after) (?:\w{3,6}|\d{1,2}) (?:days|weeks|months|years))(?!\w)"
)
#: Work, teaching and writing, which colleagues do.
AT_WORK = re.compile(
    r"\b(?:colleagues?|consultant|registrar|professors?|lectur\w{1,4}|taught|teach(?:es|ing)?|train(?:ed|er|ing|ee)|chairs?|chaired|director|authors?|wrote|writes|written"
    r"|published|papers?|podcast|journal|talks?|slides?|conference|congress|council|committee|panel|rota|holiday|retire[sd]?|fellowship|courses?|our (?:pharmacist|nurse|midwife|boss|lead)"
    r"|boss|mentor|invented|described|founded|manikin|simulation|mannequin|ventilator|fridge|exam|curriculum|syllabus|leave|maternity leave|guidelines?|worth following|pearls|teaching)\b",
    re.IGNORECASE,
)

#: What is said of patients only: of their course, what is measured in them, how they are.
COURSE = (
    rf"(?:,| is| was|'s)(?: now| already| only| just| nearly)? (?:{NUMBER}(?: and a half)? (?:hours|days|weeks|months) (?:after|post|out|into|since|old|pregnant)"
    r"|(?:on )?(?:post-?op )?day \d{1,3}|pod ?#?\d|\d\d(?:\+\d)? weeks)(?!\w| (?:his|her|their|the) (?:job|rotation|leave|post|training))"
)
ADVERBS = (
    r"(?:(?:now|still|just|also|only|very|so|quite|getting|really|not|already|again|back|rather|too|pretty|all) ){0,3}"
)
ILL = (
    r"(?:unwell|septic|a?febrile|pyrexial|spiking|confused|drowsy|agitated|delirious|breathless|wheezy|jaundiced|vomiting|bleeding|itching|eating and drinking|mobili[sz]ing|weaning|ventilated|sedated"
    r"|intubated|extubated|pregnant|constipated|anuric|oliguric|bedbound|nil by mouth|nbm|hypotensive|hypoxic|tachycardic|in pain|in labou?r|in af|in theatre|in retention|on (?:the )?"
    r"(?:oxygen|o2|tpn|dialysis|cpap|bipap|ecmo|a ventilator|the ventilator|day \d{1,3}|warfarin|insulin|noradrenaline|morphine)|losing weight|allergic|discharged|readmitted|deteriorating|dying"
    r"|palliative|wheelchair-bound|incontinent|dehydrated|septicaemic|neutropenic|off (?:her|his) (?:food|legs|feet))"
)
LOOKS = r"(?: is| was|'s| looks| seems| feels| remains| became| got| has been)"
ILL_NOW = rf"{LOOKS} {ADVERBS}{ILL}(?!\w)"
MEASURED = rf"(?:'s? {LAB}(?: (?:is|was|went|has|rose|fell|dropped|came|again|of|at|now|keeps|won't|still)(?!\w)|[ ,:]{{1,2}}\d)| (?:has|had)(?: an?| the)?(?: [a-z]{{3,12}})? {LAB}(?: of)? \d| weighs \d| is \d\d weeks)"
KEEPS = (
    r" (?:keeps|kept|has stopped|stopped|started|has started) (?:pulling|vomiting|falling|bleeding|desaturating|spiking|refusing|coughing|choking|fitting|wandering|eating|drinking|breathing|taking (?:the|his|her|all)"
    r"|getting up|scratching|crying|spitting|removing|leaking|sleeping|passing)(?!\w)"
    r"| (?:won't|will not|can't|cannot|can not) (?:eat|swallow|sleep|walk|breathe|pee|stand|lie flat|keep anything)(?!\w)"
)
#: What one has, takes, needs or refuses: an illness, a treatment or a value must be among the words.
HAS = re.compile(
    r" (?:has|had|has had|got|developed|needs|needed|takes|gets|refuses|declines|won't have|will not have|does not want|doesn't want|wants|hates|pulled|pulls|lost|took off|has pulled)"
    r"(?: an?| no| the| his| her| another| any| more| out| all| new| had| severe| some| got| \d\d?){0,2} (?P<what>[a-z]{2,16}(?: [a-z]{2,16})?)(?!\w|-)"
)
ON_DRUG = re.compile(
    r" (?:has been|had been|is|was|went|goes|stays|still) (?:back )?(?:on|off) (?P<what>[a-z-]{3,16})(?!\w)"
)
#: What may be said of anybody; of somebody with a full name in a text about one case it is said of the patient.
FED_UP = (
    rf"(?:{LOOKS} {ADVERBS}(?:fed up|tired|scared|frightened|terrified|desperate|exhausted|miserable|in tears|well|better|worse|about to (?:walk out|leave|go home|self-discharge|give birth|have)|asking (?:to|for|when|whether)"
    r"|waiting for|refusing|keen to go|going home|home|due|booked)(?!\w)"
    rf"| has (?:an?|{NUMBER}|no) (?:[a-z]{{3,10}} )?(?:little ones|children|kids|daughters?|sons?|husband|wife|carer|dog|cat|family)(?!\w)"
    r"| (?:wants|needs|hates|begs|doesn't want|does not want|won't|will not|can't|cannot|lives|keeps|refuses|insists|wishes) (?!you |us |everybody |all )[a-z])"
)
SURELY = re.compile(f"(?:{COURSE}|{ILL_NOW}|{MEASURED}|{KEEPS})")
#: Said of nothing but people.
SINCE = re.compile(rf" is(?: now| only| already)? {NUMBER} (?:days|weeks|months) (?:post|after|out)(?!\w)")
TAKEN, A_LAB = re.compile(MEASURED), re.compile(LAB)
PERHAPS = re.compile(FED_UP)
#: Words of the ward that are also had by those who work there.
OF_THE_WARD = _set(
    "ward clinic hospital theatre resus icu itu nicu ambulance helicopter triage coroner hospice heart brain labour labor delivery wards leg arm section donation blind vision burn shock covid flu vaccine pulse scan"
)
SURE, MAYBE, CASE, TITLED, ENOUGH = 4.0, 2.0, 1.0, 2.0, 5.0
#: A month, a virtue: given names that are words.
ALSO_WORDS = _set(
    "April May June August Hope Grace Faith Joy Will Mark Rose Summer Dawn Patience Blessing Art Rich Drain"
)

#: A day of the course directly behind a name, as in a handover.
HANDED_OVER = re.compile(
    rf"(?:^|[\"'\n]|(?<=[.:;!?] ))(?P<id>{PART}(?: {PART})?), (?i:pod ?\d|(?:post-?op )?day \d|d\d{{1,2}}(?!\w)|bed \d|bay \d|room \d|side ?room|nil by mouth)"
)
#: Colleagues call somebody so.
CALLED = re.compile(
    rf"\b(?i:calls?|called|know|knows|nicknamed|nickname) (?:him|her|them)(?: as)? (?P<id>(?:[A-Z][a-z]{{1,12}} ){{0,2}}{PART})(?!\w)"
)
#: In a hurry, on a telephone: `for tomasz w in bay 2`.
IN_A_BED = re.compile(
    r"(?<![\w'-])(?P<id>[a-z]{3,15}(?:-[a-z]{2,12})?(?: [a-z]{1,14})?)(?= (?:in|from|on) (?:bed|bay|room|rm|cubicle|side ?room|sr|chair) ?\d)"
)
SMALL_TWINS = re.compile(
    r"(?:^|(?<=[.!?,;:(] )|(?<=the ))(?P<id>[a-z]{4,20})(?= (?:twins?|triplets|quads|quadruplets)(?!\w))"
)
TWINS = re.compile(rf"(?<![\w'-])(?P<id>{PART})(?= (?:twins|triplets|quads|quadruplets)(?!\w))")

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
RALLY = _set(
    "Pray For With Help Save Justice Team Fight Beat Beats Wont Love Find Remember Support Saving Get Rip Be Like Strong"
)
THEIR_OWN = re.compile(
    r"\b(?:his|her|their|he|she|classmates|team ?mates|school|family|friends|village|neighbours|parents|mother|father|sister|brother|patient(?:'s)?)\b",
    re.IGNORECASE,
)
FILE = re.compile(
    r"(?<![\w/.@-])(?P<id>[^\W_][\w-]{3,70}\.(?i:jpe?g|png|heic|gif|tiff?|pdf|docx?|xlsx?|pptx?|mp4|mov|dcm|zip|txt|csv|svg|webp|avi|m4a|wav))(?![\w/])"
)
OF_TEACHING = _set(
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


def is_about_care(reading: Reading) -> bool:
    """The text has words of illness and treatment."""
    words = reading.pack.gist
    said = set(SMALL_WORD.findall(reading.small))
    if words is not None and not (words.clinical - OF_THE_WARD).isdisjoint(said):
        return True
    return any(map(_is_a_drug, said)) or bool(CARE.search(reading.small))


def _is_a_drug(word: str) -> bool:
    """By how it ends; operations and illnesses too."""
    return len(word) > 6 and word.removesuffix("s").endswith(HOW_DRUGS_END)


def _is_of_care(word: str) -> bool:
    return _is_a_drug(word) or bool(CARE.fullmatch(word))


def tells_of_a_case(reading: Reading) -> bool:
    """A value, a day of a course, a bed."""
    return bool(OF_A_CASE.search(reading.small))


def a_name_alone(candidate: Candidate) -> Candidate | None:
    """The whole of what the pattern took, without ordinary words before it; None where one stands in it or where it is no name of a person."""
    words, ordinary = list(re.finditer(r"\S+", candidate.match["id"])), gazetteers.ordinary_words()
    while (
        words and words[0].group() in ordinary and (len(words) == 1 or words[0].group() not in gazetteers.given_names())
    ):
        words.pop(0)
    if (
        not words
        or any(w.group() in ordinary for w in words[1:])
        or (len(words) == 1 and words[0].group() in ALSO_WORDS)
    ):
        return None
    start = candidate.match.start("id")
    name = Candidate(candidate.match, candidate.reading, (start + words[0].start(), start + words[-1].end()))
    return None if _is_no_person(name.text) else name


def _is_no_person(name: str) -> bool:
    """An eponym, a town, a country."""
    first = name.split()[0].split("-")[0]
    if first in gazetteers.eponyms() and (" " not in name or first not in gazetteers.given_names()):
        return True
    plain = name in gazetteers.towns() and name not in gazetteers.given_names()
    return plain or name in gazetteers.wide_regions() or (" " in name and name in gazetteers.towns())


def is_a_patients_subject(candidate: Candidate) -> bool:
    """What is said of the name is said of patients."""
    tail = candidate.reading.small[candidate.end : candidate.end + 90]
    if not (SURELY.match(tail) or any(_is_bodily(candidate.reading, had.match(tail)) for had in (HAS, ON_DRUG))):
        return False
    sure = SURE + CASE * bool(SINCE.match(tail))
    return _weighs_enough(candidate, sure, is_care=bool(TAKEN.match(tail)))


def is_perhaps_a_patient(candidate: Candidate) -> bool:
    """Somebody by a full name, of whom a text about one case says what may be said of anybody."""
    if " " not in candidate.match["id"]:
        return False
    said = PERHAPS.match(candidate.reading.small[candidate.end : candidate.end + 90])
    return bool(said) and candidate.reading.remembered(tells_of_a_case) and _weighs_enough(candidate, MAYBE)


def _is_bodily(reading: Reading, had: re.Match[str] | None) -> bool:
    """Among what is had, needed or refused is an illness, a treatment or a value."""
    if had is None:
        return False
    clinical = reading.pack.gist.clinical - OF_THE_WARD if reading.pack.gist else frozenset()
    return any(
        word in clinical or word in GEAR or _is_of_care(word) or A_LAB.fullmatch(word) for word in had["what"].split()
    )


GEAR = _set(
    "ng veins access peg cannula line tube drain mask catheter stoma dressing cast splint colostomy surgery knee operation amputation transfusion"
)


def _weighs_enough(candidate: Candidate, said: float, *, is_care: bool = False) -> bool:
    reading, name = candidate.reading, a_name_alone(candidate)
    if name is None:
        return False
    form = form_of(_without_marks(name.text))
    named = 1.0 if form == "uu" else FORMS.get(form, 0.5)
    titled = TITLED * bool(reading.pack.titles.search(candidate.before(25)))
    if named + titled + said + CASE * reading.remembered(tells_of_a_case) < ENOUGH:
        return False
    if not (is_care or reading.remembered(is_about_care)):
        return False
    return not (_is_a_colleague(candidate) or is_fiction(reading) or is_a_study(reading))


def _without_marks(name: str) -> str:
    """`Siobhán` is `Siobhan` in most lists."""
    known = gazetteers.given_names()
    plain = (unicodedata.normalize("NFD", word).encode("ascii", "ignore").decode() for word in name.split())
    return " ".join(word if word in known else bare for word, bare in zip(name.split(), plain, strict=True))


def _is_a_colleague(candidate: Candidate) -> bool:
    """By title, by role, or by what the sentence is about."""
    words, before = candidate.reading.pack, candidate.before(70)
    low, high = candidate.reading.sentence(candidate.start, candidate.end)
    if words.clinician_titles.search(before[-25:]) or candidate.reading.mentions(AT_WORK, low, high):
        return True
    return weigh_before(words.name.before, before.lower().rstrip("\"'")) <= -3.0


def is_handed_over(candidate: Candidate) -> bool:
    """A family name with a day or a bed behind it."""
    if _is_no_person(candidate.text) or candidate.text.split()[-1] in gazetteers.ordinary_words():
        return False
    return candidate.reading.remembered(is_about_care) and not _is_a_colleague(candidate)


def is_called_so(candidate: Candidate) -> bool:
    """A nickname that is a name, of somebody who is treated."""
    words = candidate.text.split()
    named = [w for w in words if w not in gazetteers.ordinary_words()]
    if not named or words[0] in {"Dr", "Doctor", "Prof", "Professor", "Sister", "Matron", "Nurse"}:
        return False
    reading = candidate.reading
    return reading.remembered(is_about_care) and not _is_a_colleague(candidate) and not is_fiction(reading)


def the_name_in_small_letters(candidate: Candidate) -> Candidate | None:
    """Of two words before a bed the given name and what may follow it."""
    given, ordinary = gazetteers.given_names(), gazetteers.ordinary_words() | gazetteers.ordinary_in_small_letters()
    words, start = candidate.text.split(), candidate.match.start("id")
    for at, word in enumerate(words):
        if word.title() in given and word.title() not in ordinary | ALSO_WORDS and len(word) > 3:
            follows = words[at + 1] if at + 1 < len(words) else ""
            if len(follows) > 1 and follows.title() not in gazetteers.family_names() | given:
                return None
            begins = start + (len(words[0]) + 1 if at else 0)
            return Candidate(candidate.match, candidate.reading, (begins, candidate.match.end("id")))
    return None


def is_a_familys_name(candidate: Candidate) -> bool:
    """A family name before `twins`, and no word."""
    name = candidate.text.title()
    other = (
        gazetteers.ordinary_words()
        | gazetteers.ordinary_in_small_letters()
        | gazetteers.eponyms()
        | gazetteers.wide_regions()
    )
    return name in gazetteers.family_names() and name not in other and not candidate.sentence_has(AT_WORK)


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
            and not any(_is_of_care(w.lower()) for w in pair)
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
    return has_a_name([w for w in names if not _is_of_care(w.lower())])


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


def is_no_product(candidate: Candidate) -> bool:
    """Not of a course or an examination."""
    return not candidate.sentence_has(AT_WORK)


NEAR_AGE = re.compile(r"(?<!\d)(?:9\d|1[012]\d)(?!\d)")
RULES: tuple[Rule, ...] = (
    Rule("name", NAME, NAME_REASON, NAME_SOURCE, is_a_patients_subject, trim=without_ordinary_words),
    Rule("name", NAME, NAME_REASON, NAME_SOURCE, is_perhaps_a_patient, "hold", trim=without_ordinary_words),
    Rule(
        "name",
        HANDED_OVER,
        NAME_REASON,
        NAME_SOURCE,
        is_handed_over,
        needs=re.compile(r", (?i:pod|post|day|d\d|bed|bay|room|side|nil)"),
    ),
    Rule(
        "name",
        CALLED,
        NAME_REASON,
        NAME_SOURCE,
        is_called_so,
        "hold",
        needs=re.compile(r"(?:him|her|them) (?:as )?[A-Z]"),
    ),
    Rule(
        "name",
        IN_A_BED,
        NAME_REASON,
        NAME_SOURCE,
        trim=the_name_in_small_letters,
        near=re.compile(r" (?:bed|bay|room|rm|cubicle|side ?room|sr|chair) ?\d"),
    ),
    Rule("name", SMALL_TWINS, NAME_REASON, NAME_SOURCE, is_a_familys_name, needs=re.compile(r" (?:twin|triplet|quad)")),
    Rule("name", TWINS, NAME_REASON, NAME_SOURCE, is_a_familys_name, needs=re.compile(r" (?:twin|triplet|quad)")),
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
