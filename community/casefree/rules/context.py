"""Words round an identifier that say whom it belongs to: one person, a population, or a publication."""

import re

from community.casefree.phrases import Phrases
from community.casefree.rules.rule import Candidate, words

PERSON_NOUN = (
    r"(?:man|woman|male|female|boy|girl|gentleman|lady|child|infant|baby|newborn|neonate|toddler|teenager|adolescent"
    r"|patient|pt|resident|mother|father|primigravida|m|f)"
)
AGE = r"\d{1,3}(?:\s{0,2}-?\s{0,2}(?:year|yr|month|week|day)s?[\s-]{0,2}old(?!s)|\s{0,2}-?y/?o|\s?y\.o\.|-year-old)"


def _any_of(*alternatives: str) -> Phrases:
    return Phrases(alternatives, before=r"\b", after=r"\b")


#: One definite person, described.
ONE_PERSON = _any_of(
    rf"{AGE}|(?:the|this|my|our|a|an|one|another|that|index)\s(?:[\w-]{{1,20}}\s)?{PERSON_NOUN}|pt|pt's|patient's"
    r"|his|her|he|she|him|hers|mr|mrs|ms|miss|named"
    r"|le patient|la patiente|el paciente|la paciente|o paciente|a paciente|der patient|die patientin|il paziente|la paziente"
)
#: The same without pronouns, which may as well mean an author or a colleague.
DESCRIBED_PERSON = _any_of(
    rf"{AGE}|(?:the|this|my|our|a|an|one|that)\s(?:[\w-]{{1,20}}\s)?{PERSON_NOUN}|pt|pt's|patient's|named"
    r"|le patient|la patiente|el paciente|la paciente|o paciente|a paciente|der patient|die patientin|il paziente|la paziente"
)
POPULATION = Phrases(
    [
        r"(?:patients|participants|subjects|women|men|children|adults|infants|neonates|newborns|individuals|people|persons"
        r"|cases|controls|families|residents|pregnancies|deliveries|births|admissions|episodes|records|specimens|samples|all"
        r"|cohort|consecutive|enrolled|recruited|eligible|practices|hospitals|centres|centers|clinics|units|wards|staff)\b",
        r"n\s?=",
    ],
    before=r"\b",
    after="",
)
#: An encounter, as one says it of somebody who was there.
ENCOUNTER = _any_of(
    r"(?:re-?)?admitted|(?:re-?)?admission|discharged|seen|saw|presented|presents|attended|visited|visit|evaluated|examined|assessed"
    r"|hospitali[sz]ed|transferred|referred|operated|delivered|diagnosed|dx'?d|died|death|deceased|passed away|underwent|treated|tx'?d"
    r"|received care|receiving care|follow-?up|f/u|appointment|appt|consult(?:ed|ation)?|encounter|intubated|extubated|tested positive"
    r"|transplant(?:ed)?|chemo(?:therapy)?|stent(?:ed)?|implant(?:ed)?|stroke|infarct|seizure|transfusion|infusion|endoscopy|radiotherapy|caesarean|miscarried|gave birth"
    r"|came (?:in|to)|brought (?:in|to)|started on|vaccinated|collapsed|was found|fell|lmp|edd|due date|last menstrual period|surgery"
    r"|(?:in|into|left) hospital|biops(?:y|ied)|dialysis|procedure|scan|mri|ct|x-ray|injured|assaulted|arrested|counselled"
    r"|admise?|hospitalisée?|vue? le|opérée?|décédée?|sortie? le|consulté"
    r"|ingresó|ingresad[oa]|atendid[oa]|operad[oa]|falleció|fallecid[oa]|dad[oa] de alta"
    r"|internad[oa]|faleceu|operad[oa]|aufgenommen|vorgestellt|operiert|entlassen|verstorben"
    r"|ricoverat[oa]|decedut[oa]|operat[oa]|dimess[oa]|opgenomen|overleden|geopereerd",
)
BIRTH = re.compile(
    words(
        r"\bd\.?o\.?b\b\.?",
        "date of birth",
        "birth ?date",
        "birthday",
        r"\bborn",
        r"\bb\.",
        r"\bnée? le",
        "date de naissance",
        "nacid[oa] el",
        "fecha de nacimiento",
        "nascid[oa] em",
        "data de nascimento",
        "data di nascita",
        r"\bnat[oa] il",
        "geboren",
        "geburtsdatum",
        "geb\\.",
        "geboortedatum",
        "urodzon[ya]",
        "data urodzenia",
        "doğum tarihi",
    )
    + r"[\s:.,=()#-]{0,4}(?:(?:on|is|was|the|am|le|el|em|il|op)\s){0,2}$"
)
#: A date of a text, a rule or an event in public.
PUBLICATION = _any_of(
    r"published|publication|guidelines?|guidance|updated?|version|accessed|retrieved|downloaded|issued|effective|released|revised"
    r"|thesis|thèse|mémoire|dissertation|tesis|diploma|degree|graduat\w{2,4}|revision|announced|approved|approval|withdrawn|launched|launch|in force|expires|deadline|webinar|conference|congress|meeting|lecture"
    r"|talk|poster|paper|article|journal|press|statement|circular|alert|recall|bulletin|registered|protocol|policy(?! (?:n|id|#))|law|act|regulation"
    r"|declared|amendment|edition|posted|committee|training|workshop|course|exam|world \w{1,12} day|database|searched|inception"
    r"|search(?:es)?|trial|study|survey|audit|pandemic|outbreak|election|strike|holiday|session on",
)
RANGE_BEFORE = re.compile(
    r"\b(?:between|from|since|until|before|after|during|through|and|to)\s{1,3}(?:the\s)?$", re.IGNORECASE
)
RANGE_AFTER = re.compile(
    r"^\s{0,3}(?:(?:to|until|through|till|-|onwards?)\s{0,3}(?=\w)|and\s(?:the\s)?(?=\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))",
    re.IGNORECASE,
)


def speaks_of_one_person(candidate: Candidate) -> bool:
    """The sentence describes one person, by age, role or pronoun."""
    return candidate.sentence_has(ONE_PERSON)


def describes_one_person(candidate: Candidate) -> bool:
    """The sentence describes one person, by more than a pronoun."""
    return candidate.sentence_has(DESCRIBED_PERSON)


def speaks_of_many(candidate: Candidate) -> bool:
    """The sentence is about a population."""
    return candidate.sentence_has(POPULATION)


def is_of_a_publication(candidate: Candidate) -> bool:
    """What is dated or numbered is a text, a rule or a public event."""
    low, high = candidate.reading.sentence(candidate.start, candidate.end)
    before = candidate.reading.small[max(low, candidate.start - 60) : candidate.start]
    after = candidate.reading.small[candidate.end : min(high, candidate.end + 30)]
    return bool(PUBLICATION.search(before) or PUBLICATION.search(after))
