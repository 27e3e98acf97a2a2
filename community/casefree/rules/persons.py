"""Names and ages that point to one patient, only where the words round them leave no doubt."""

import re

from django.utils.translation import gettext_lazy as _

from community.casefree.rules import context
from community.casefree.rules.rule import SAFE_HARBOR, Candidate, Rule

#: A capitalised name: `Anna`, `O'Neill`, `Jean-Luc`, `García`; two or three of them, the last perhaps an initial.
PART = r"[A-ZÀ-ÖØ-ÞŁŚŠŽČĐ][a-zß-öø-ÿœłńśšžčćđğışęąőű']{1,20}(?:[-'][A-ZÀ-ÖØ-Þ][a-zß-öø-ÿœ]{1,20})?(?:[A-Z][a-z]{1,15})?"
PARTICLE = r"(?:(?:de|da|di|del|van|von|der|bin|al|el|ben|dos|le|la)\s){0,2}"
INITIAL = r"[A-Z](?:\.|\b)"
FULL_NAME = rf"{PART}(?:\s{INITIAL})?\s{PARTICLE}(?:{PART}|{INITIAL})"
ANY_NAME = rf"(?:{INITIAL}\s)?{PART}(?:\s{PARTICLE}(?:{PART}|{INITIAL})){{0,2}}"

#: What goes on after a patient's name: ", who was seen", " (MRN", ", admitted".
WENT_ON = (
    r"(?=,?\s\(?(?i:who|whose|seen|admitted|treated|diagnosed|presenting|presented|presents|referred|discharged|visited|attended|evaluated|undergoing|underwent|last seen"
    r"|currently|followed|mrn|dob|ssn|nhs|email|phone|contact|age|aged|an? \d{1,3}|\d{1,3}\s?y/?o)\b)"
)

#: Capitalised words that start no patient's name: tests, eponyms and sentence openers after a comma or a patient.
NOT_NAMES = frozenset(
    [
        "The",
        "This",
        "That",
        "These",
        "Those",
        "What",
        "Which",
        "When",
        "Where",
        "Who",
        "How",
        "Should",
        "Could",
        "Would",
        "Can",
        "May",
        "Do",
        "Does",
        "Did",
        "Is",
        "Are",
        "Was",
        "Were",
        "Has",
        "Have",
        "Any",
        "If",
        "In",
        "On",
        "At",
        "For",
        "From",
        "With",
        "And",
        "But",
        "Or",
        "Not",
        "No",
        "Yes",
        "Please",
        "Thanks",
        "Also",
        "After",
        "Before",
        "During",
        "Since",
        "Under",
        "Over",
        "Stage",
        "Grade",
        "Type",
        "Class",
        "Group",
        "Phase",
        "Level",
        "Crohn",
        "Parkinson",
        "Alzheimer",
        "Hodgkin",
        "Graves",
        "Hashimoto",
        "Cushing",
        "Addison",
        "Marfan",
        "Wilson",
        "Paget",
        "Down",
        "Turner",
        "Guillain",
        "Barre",
        "Sjogren",
        "Sjögren",
        "Behçet",
        "Kawasaki",
        "Raynaud",
        "Bell",
        "Huntington",
        "Lewy",
        "Lou",
        "Gehrig",
        "Safety",
        "Reported",
        "Centred",
        "Centered",
        "Centered",
        "Care",
        "Education",
        "Information",
        "Health",
        "Voice",
        "Experience",
        "Outcome",
        "Outcomes",
        "Advocacy",
        "Advice",
        "Group",
        "Groups",
        "Blood",
        "Pressure",
        "Access",
        "Charter",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "January",
        "February",
        "March",
        "April",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "Hispanic",
        "African",
        "American",
        "Asian",
        "Caucasian",
        "White",
        "Black",
        "Indian",
        "Chinese",
        "Latino",
        "Latina",
        "European",
        "British",
        "French",
        "Spanish",
        "Type",
        "Vitamin",
        "Child",
        "Childs",
        "Charlson",
        "Patient",
        "Patients",
        "Doctor",
        "Nurse",
        "Dr",
        "Prof",
        "Mr",
        "Mrs",
        "Ms",
        "Miss",
        "Sir",
        "Dear",
        "Hospital",
        "Clinic",
        "Ward",
        "Unit",
        "Centre",
        "Center",
        "New",
        "Old",
        "North",
        "South",
        "East",
        "West",
        "Emergency",
        "Intensive",
        "Medicare",
        "Medicaid",
        "Mayo",
        "National",
        "World",
        "United",
        "States",
        "Kingdom",
        "Group",
        "Family",
        "Status",
        "Assessment",
        "Management",
        "Treatment",
        "Plan",
        "Summary",
        "History",
        "Record",
        "Records",
        "Medical",
    ]
)
NAMED = (
    r"(?i:(?:named|name is|name's|called|by the name of|first name|last name|surname|full name|patient name|pt name|known as|nom du patient|nombre del paciente|"
    r"nome do paciente|patientenname|naam))(?:\s{1,2}|\s{0,2}[:=]\s{0,2})"
)
TITLE = (
    r"(?<!\w)(?i:mr|mrs|ms|miss|mx|master|mme|mlle|monsieur|madame|señora?|sra?|herr|frau|senhora?|signora?)\.?\s{1,2}"
)
DESCRIBED = rf"(?:\b(?i:{context.AGE})[\s,]{{1,3}}(?:[\w/-]{{1,20}}\s){{0,4}}?(?i:{context.PERSON_NOUN}),?\s(?:(?i:named|like|is)\s)?)"
SURGEON = re.compile(
    r"^.{0,60}\b(?:consultants?|surgeons?|frcs|mbbs|orthopaedic|urologist|gynaecologist|registrar|colleagues?|chair|lecturer|professor|president|author|et al)\b",
    re.IGNORECASE | re.DOTALL,
)
COLLEAGUE_BEFORE = re.compile(
    r"\b(?:colleagues?|surgeons?|consultants?|by|chair|president|minister|secretary|author|thanks to|thank you)[\s,:]{1,3}$",
    re.IGNORECASE,
)
EPONYM_AFTER = re.compile(
    r"^(?:'s)?\s(?:disease|syndrome|sign|criteria|score|scale|test|classification|palsy|fracture|lymphoma|index|procedure|method|trial|study|report|law)\b",
    re.IGNORECASE,
)


def is_a_name(candidate: Candidate) -> bool:
    """No part of it is a common word, and it is no eponym."""
    parts = re.split(r"[\s'.-]+", candidate.text)
    return not any(part in NOT_NAMES for part in parts if part) and not EPONYM_AFTER.match(candidate.after(20))


def is_titled_patient(candidate: Candidate) -> bool:
    """A title and a name beside words about one patient, not a surgeon and not a colleague."""
    colleague = SURGEON.match(candidate.after(70)) or COLLEAGUE_BEFORE.search(
        candidate.reading.text[max(0, candidate.match.start() - 30) : candidate.match.start()]
    )
    beside = candidate.sentence_has(context.DESCRIBED_PERSON) or candidate.sentence_has(context.ENCOUNTER)
    return is_a_name(candidate) and not colleague and beside


def is_single_elder(candidate: Candidate) -> bool:
    """One person of ninety or more, not a group and not an age limit."""
    before = candidate.before(30)
    after = candidate.reading.text[candidate.match.end() : candidate.match.end() + 40]
    limit = re.search(
        r"(?:[≥>≤<=-]|\b(?:over|above|under|below|than|least|to|or|and|mean|median|average|between|aged? of|until|beyond|up to))\s{0,2}(?:age\s|aged\s|ages\s|the age of\s)?$",
        before,
        re.IGNORECASE,
    )
    group = re.match(
        r"\s?(?:-|to\b|and (?:over|older|above)|or (?:over|older|more|above)|\+|s\b)|[\s,-]{0,2}(?:[\w-]{1,15}\s){0,2}(?:patients|people|adults|men|women|residents|participants|individuals|persons)\b",
        after,
        re.IGNORECASE,
    )
    return not limit and not group


def is_named_patient(candidate: Candidate) -> bool:
    """A full name set between commas beside a described person, or after "patient", with an encounter to follow."""
    return is_a_name(candidate) and context.describes_one_person(candidate)


NAME_REASON = _("This looks like the name of a patient.")
NAME_SOURCE = SAFE_HARBOR.format("A")
AGE_REASON = _("Ages over 89 identify, because so few people reach them. “Over 90” or “a very old adult” is enough.")
AGE_SOURCE = SAFE_HARBOR.format("C")
OLD = r"(?P<id>9\d|1[01]\d|12[0-5])"

RULES: tuple[Rule, ...] = (
    Rule(
        "name",
        re.compile(rf"(?<!\w){NAMED}(?P<id>{ANY_NAME})"),
        NAME_REASON,
        NAME_SOURCE,
        lambda c: is_a_name(c) and (context.speaks_of_one_person(c)),
    ),
    Rule(
        "name",
        re.compile(rf"(?<!\w)(?i:name|patient|pt)\s{{0,2}}[:=]\s{{0,2}}(?P<id>{FULL_NAME})"),
        NAME_REASON,
        NAME_SOURCE,
        is_a_name,
    ),
    Rule("name", re.compile(rf"{DESCRIBED}\(?(?P<id>{FULL_NAME})"), NAME_REASON, NAME_SOURCE, is_a_name),
    Rule(
        "name",
        re.compile(rf"(?<!\w)(?i:my|our|the|this|a|your)\s(?i:patient|pt|client)(?:\s|,\s|\s\()(?P<id>{FULL_NAME})"),
        NAME_REASON,
        NAME_SOURCE,
        is_a_name,
    ),
    Rule(
        "name",
        re.compile(rf"(?:,|\bpt|\bpatient|\blike|\bsimilar to|\bto|\bfor)\s(?P<id>{FULL_NAME}){WENT_ON}"),
        NAME_REASON,
        NAME_SOURCE,
        is_named_patient,
    ),
    Rule("name", re.compile(rf"{TITLE}(?P<id>{ANY_NAME})"), NAME_REASON, NAME_SOURCE, is_titled_patient),
    Rule(
        "age",
        re.compile(
            rf"(?<![\w.-]){OLD}(?i:\s{{0,2}}-?\s{{0,2}}(?:year|yr)s?[\s-]{{0,2}}old(?!s)|\s?-?\s?y/?o\b|\s?y\.o\.)"
        ),
        AGE_REASON,
        AGE_SOURCE,
        is_single_elder,
    ),
    Rule(
        "age",
        re.compile(
            rf"(?<!\w)(?i:(?:she|he|who|patient|man|woman|mother|father|lady|gentleman|grandmother|grandfather)(?:\s(?:is|was)|,)?\s(?:aged?\s)?){OLD}(?!\w|[.,%]\d|%|\s?(?:mg|kg|%|bpm|mmhg|minutes|days|hours))",
            re.IGNORECASE,
        ),
        AGE_REASON,
        AGE_SOURCE,
        is_single_elder,
    ),
)
