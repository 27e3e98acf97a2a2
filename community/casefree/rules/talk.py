"""Names as colleagues let them slip in plain talk: as the subject of a patient's sentence, in a handover, before a bed.
A name counts by what is said of it; what else is somebody's stands in `belongings`."""

import re
import unicodedata

from community.casefree import gazetteers
from community.casefree.gist import WORD as SMALL_WORD
from community.casefree.narrative import is_a_study, is_fiction
from community.casefree.reading import Reading
from community.casefree.rules.persons import (
    FORMS,
    NAME,
    NAME_REASON,
    NAME_SOURCE,
    PART,
    form_of,
    is_titled,
    without_ordinary_words,
)
from community.casefree.rules.rule import Candidate, Rule
from community.casefree.rules.ties import BEFORE, weigh_before


def set_of(words: str) -> frozenset[str]:
    return frozenset(words.split())


LAB = (
    r"(?:e?gfr|ck|tsh|glucose|sugars?|hba?1?c?|haemoglobin|hemoglobin|k\+?|na|potassium|sodium|calcium|phosphate|magnesium|urea|creatinine|crp|esr"
    r"|wcc|wbc|neutrophils?|platelets?|plts?|inr|d-dimer|lactate|ph|bic(?:arb)?|ketones|amylase|lipase|bilirubin|alt|ast|alp|ggt|albumin|ammonia"
    r"|ferritin|troponin|bnp|bp|blood pressure|pulse|hr|sats|spo2|gcs|temp(?:erature)?|weight|bmi|qtc|psa|abpi|level|trough|urine output|drain)"
)
NUMBER = r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a few|several)"
#: Words of treatment that the pack does not list: by how drugs end, by what is measured, by what is put in.
HOW_DRUGS_END = tuple(
    set_of(
        "mab pril sartan olol statin cillin mycin floxacin azole parin xaban caine tidine setron zepam azepine oxetine apine azolam idone arone olone asone xone dronate zide semide azine micin toin pram tamab oxin gliptin gliflozin glutide formin cycline penem vir tinib ectomy ostomy otomy plasty scopy itis aemia emia uria penia oma osis"
    )
)
CARE = re.compile(
    r"(?<!\w)(?:\d ?(?:mg|mcg|mmol|ml|kg|units|mmhg)(?!\w)|ostomy|ventilation|wean(?:ing|ed)?|trach(?:y|eostomy)?|veins?|vanc|midline|picc|amput\w{3,6}|anticoag\w{2,8}|biops\w{1,4}|wounds?|infusions?|vaccin\w{2,6}|immun\w{2,10}|globulin|rabies|infect\w{2,5}|opioids?|antibiotics?|steroids?|graft|tavi|valve|ng|veins|radiotherapy|physiotherapy|mri|ct|x-?ray|ultrasound|post-?op|nil by mouth|tpn|peg|ng tube|drains?|dressings?|stoma|sutures?|ulcers?|ablation|botox|rehab"
    r"|afebrile|pyrexial|nappy|breastfe\w{2,4}|weeks pregnant|arthroscopy|burns?|neuropathy|dysphagia|ppm|arb|nsaids?|ace inhibitor|whipple|heparin|insulin|colchicine|ketamine|propofol|sedat\w{2,4}|analgesi\w|premed\w{0,8})(?!\w)"
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
#: An age behind the name, as in a referral: `(74)`, `, 66 with`.
AGED = r"(?: \((?:aged? )?[1-9]?\d(?: ?(?:y|yo|y/o|yrs?|years?))?\)|,? (?:aged |age )?[1-9]\d(?: ?(?:yo?|y/o|yrs?))?(?=[).;,?]| (?:with|has|is|who|on|post|from) ))"
#: What only the one who takes it may want of a drug.
OF_THEIR_TREATMENT = r" (?:wants|would like|hopes|is keen|is desperate|has decided|asks|refuses) to (?:switch|stop|come off|start|restart|try|go off|stay on|cut down|taper|reduce|swap|conceive|breastfeed|self-discharge|go home)(?!\w)[^.?!]{0,40}(?: (?:her|his|she|he)(?!\w)|[.?!]|$)"
SURELY = re.compile(f"(?:{COURSE}|{ILL_NOW}|{MEASURED}|{KEEPS}|{AGED}|{OF_THEIR_TREATMENT})")
#: Said of nothing but people.
SINCE = re.compile(rf" is(?: now| only| already)? {NUMBER} (?:days|weeks|months) (?:post|after|out)(?!\w)")
TAKEN, A_LAB = re.compile(MEASURED), re.compile(LAB)
#: The one whom a question is about, seen at work.
IN_MY_CARE = r" (?:is |who is )?(?:in|on|under) (?:my|our) (?:[a-z]{3,12} )?(?:clinic|list|ward|bay|care|unit)(?!\w)"
PERHAPS = re.compile(rf"(?: also| still| now| just| really)?{FED_UP}|{IN_MY_CARE}")
#: Words of the ward that are also had by those who work there.
OF_THE_WARD = set_of(
    "ward clinic hospital theatre resus icu itu nicu ambulance helicopter triage coroner hospice heart brain labour labor delivery wards leg arm section donation blind vision burn shock covid flu vaccine pulse scan"
)
SURE, MAYBE, CASE, TITLED, ENOUGH = 4.0, 2.0, 1.0, 2.0, 5.0
#: A month, a virtue: given names that are words.
ALSO_WORDS = set_of(
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


def is_of_care(word: str) -> bool:
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
    words = candidate.reading.pack
    if " " not in candidate.match["id"] and not is_titled(candidate, words.titles):
        return False
    said = PERHAPS.match(candidate.reading.small[candidate.end : candidate.end + 90])
    return bool(said) and candidate.reading.remembered(tells_of_a_case) and _weighs_enough(candidate, MAYBE)


def _is_bodily(reading: Reading, had: re.Match[str] | None) -> bool:
    """Among what is had, needed or refused is an illness, a treatment or a value."""
    if had is None:
        return False
    clinical = reading.pack.gist.clinical - OF_THE_WARD if reading.pack.gist else frozenset()
    return any(
        word in clinical or word in GEAR or is_of_care(word) or A_LAB.fullmatch(word) for word in had["what"].split()
    )


GEAR = set_of(
    "ng veins access peg cannula line tube drain mask catheter stoma dressing cast splint colostomy surgery knee operation amputation transfusion"
)


def _weighs_enough(candidate: Candidate, said: float, *, is_care: bool = False) -> bool:
    reading, name = candidate.reading, a_name_alone(candidate)
    if name is None:
        return False
    form = form_of(_without_marks(name.text))
    named = 1.0 if form == "uu" else FORMS.get(form, 0.5)
    titled = TITLED * bool(is_titled(candidate, reading.pack.titles))
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
    words = candidate.reading.pack
    low, high = candidate.reading.sentence(candidate.start, candidate.end)
    if is_titled(candidate, words.clinician_titles) or candidate.reading.mentions(AT_WORK, low, high):
        return True
    return weigh_before(words.name.before, candidate.reading, max(0, candidate.start - BEFORE), candidate.start) <= -3.0


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
)
