"""Names and ages that point to one patient. A name counts by what it hangs on, never by being a name."""

import re

from django.utils.translation import gettext_lazy as _

from community.casefree import gazetteers
from community.casefree.gist import WORD as SMALL_WORD
from community.casefree.gist import is_clinical_by_its_end
from community.casefree.narrative import is_a_study, is_fiction
from community.casefree.phrases import Phrases
from community.casefree.rules.rule import SAFE_HARBOR, TRIALS, Candidate, Rule
from community.casefree.rules.ties import BY_ENCOUNTER, NEVER, speaks_of_somebody, tie_of, weigh_before

CAPITAL = r"[A-ZÀ-ÖØ-ÞŁŚŠŽČĐ]"
AFTER_CAPITAL = r"(?:'[A-Z])?[a-zß-öø-ÿœłńśšžčćđğışęąőű]{1,20}(?:'(?!s\b)[a-z]{1,6})?(?:[A-Z][a-z]{1,15})?(?:-[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿœ]{1,20})?"
#: A capitalised word of a name: `Anna`, `O'Neill`, `Jean-Luc`, `García`, `McDonald`.
PART = CAPITAL + AFTER_CAPITAL
LOUD = r"[A-Z]{3,15}"
INITIAL = r"[A-Z](?:\.|(?![\w&/+-]))"
PARTICLE = r"(?:(?:de|da|di|del|du|van|von|der|bin|bint|al|el|ben|dos|la|le|ter|ten)\s){0,2}"
WORD = rf"(?:{PART}|{INITIAL})"
#: The first letter stands before what must not be in front of it, so that the search leaps from capital to capital.
NAME = re.compile(
    rf"(?P<id>{CAPITAL}(?<![\w@#/&'-].)(?:{AFTER_CAPITAL}|(?<=[A-Z])(?:\.|(?![\w&/+-])))(?:\s{PARTICLE}{WORD}){{0,3}})(?!\w)"
)
LOUD_NAME = re.compile(rf"(?P<id>[A-Z](?<![\w@#/&'-].)[A-Z]{{2,14}}\s(?:{LOUD}|[A-Z]\b))(?![\w-])")
#: A quick look for figures and words of great age.
NEAR_OLD = re.compile(r"[19](?<!\w.)(?:(?<=9)\d|(?<=1)[0-2]\d)(?!\d)")
NEAR_SPELT_OLD = re.compile(r"[nNhH](?:[iI][nN][eE][tT][yY]|[uU][nN][dD][rR][eE][dD])")
#: Words of places and of saints, after which a name is not a patient's.
SAINT = re.compile(r"\b(?:St|Ste|Saint|Mount|Mt|San|Santa|Fort|Port|Lake|Queen|King|Prince|Princess|Pope)\.?\s$")
FACILITY = re.compile(
    r"(?:'s|s')?\s{1,2}(?:[A-Z][\w'&-]{1,20}\s){0,3}(?:Hospital|Clinic|Infirmary|Hospice|Medical|Med|Health|Cent|Ctr|Street|St\b|Road|Rd|Ave|Lane|University|College|Institute|School|Hopkins|Sinai|County|House|Ward|Unit|Foundation|Memorial|General|Trust|Building|Surgery|Practice)"
)
#: A quick look: without a title nobody is named as a clinician.
DOCTOR = re.compile(
    r"\b(?i:drs?|dra|docteure?|doctora?|prof|professor|professeure?|profesora?|pr|sister|nurse|midwife)\b"
)
CITED = re.compile(r"^,? (?:[A-Z]{1,3}[,.;]|et al)|^ [A-Z]{1,2}, [A-Z]|^,? ?\(?(?:19|20)\d\d")

#: Two names before this one, in a list.
LISTED = re.compile(
    r"\b([A-ZÀ-Þ][\w'-]{2,20}), (?:[A-ZÀ-Þ][\w'-]{2,20} (?:[a-z]{1,3} ){0,2})?([A-ZÀ-Þ][\w'-]{2,20})(?:,| and) $"
)

#: Names somewhere, and never meant here.
PRONOUNS = frozenset(["He", "She", "His", "Her", "Him", "They", "We", "You", "It", "My", "Our", "Me", "So", "An"])

ENOUGH, ENOUGH_BESIDE = 5.0, 2.0
#: What belongs to a patient: a spleen, a fistula, a fever.
OF_THEIR_BODY = 3.5
NEARBY = 120
#: What the form alone says: g a given name, f a family name, i an initial, u a word that may be either.
FORMS = {
    "gi": 3.0, "gf": 3.0, "gu": 2.5, "gg": 3.0, "ui": 1.5, "fi": 1.5, "if": 1.5, "iu": 1.0, "ig": 1.5, "uf": 1.5, "ug": 1.5,
    "ff": 1.5, "fg": 2.5, "fu": 1.0, "uu": 0.5, "g": 1.0, "f": 0.0, "u": -1.0, "i": -3.0, "ii": -3.0,
}  # fmt: skip


def without_ordinary_words(candidate: Candidate) -> Candidate | None:
    """Drop words such as `Guidelines` before and `Hospital` after the name; None when nothing is left."""
    if candidate.text in PRONOUNS:
        return None
    words = list(re.finditer(r"\S+", candidate.text))
    ordinary, given = gazetteers.ordinary_words(), gazetteers.given_names()
    while words and words[0].group() in ordinary and (len(words) == 1 or words[0].group() not in given):
        words.pop(0)
    if len(words) > 1 and _opens_a_sentence(candidate, words[0].start()) and words[0].group() not in given:
        words.pop(0)
    while words and words[-1].group().rstrip(".") in ordinary:
        words.pop()
    if not words or any(word.group() in ordinary and word.group() not in given for word in words):
        return None
    start = candidate.match.start("id")
    # A full stop after a whole word ends the sentence.
    last = words[-1].group()
    end = start + words[-1].end() - (last.endswith(".") and len(last) > 2)
    return Candidate(candidate.match, candidate.reading, (start + words[0].start(), end))


def _opens_a_sentence(candidate: Candidate, offset: int) -> bool:
    at = candidate.match.start("id") + offset
    return at == 0 or bool(
        re.search(
            r"(?<!\b[DMS][rsx])(?<!Mrs)(?<!Prof)(?:[.!?:]\s{1,2}|\n)$", candidate.reading.text[max(0, at - 8) : at]
        )
    )


def form_of(text: str) -> str:
    """The pattern of a name by the gazetteers, at most two signs."""
    given, family = gazetteers.given_names(), gazetteers.family_names()
    signs = ""
    for word in re.findall(r"[^\s]+", text):
        plain = word.rstrip(".").removesuffix("'s")
        plain = plain.title() if plain.isupper() and len(plain) > 2 else plain
        if plain[0].islower():
            continue
        first = plain.split("-")[0]
        signs += "i" if len(plain) == 1 else "g" if first in given else "f" if plain in family else "u"
    return signs[0] + signs[-1] if len(signs) > 1 else signs


def is_a_patient(candidate: Candidate) -> bool:
    """The form of the name and its tie to one person weigh enough together."""
    words = candidate.reading.pack
    clinician, title = is_titled(candidate, words.clinician_titles), is_titled(candidate, words.titles)
    titled = clinician or title
    start = titled.start() if titled else candidate.start
    if clinician and not _is_set_apart(candidate, start):
        return False
    if candidate.text.count(" ") > 1:
        title = title or words.titles.search(f"{candidate.text.split()[0]} ".lower())
    owned = OF_THEIR_BODY if _owns_something_clinical(candidate) else 0.0
    form = FORMS.get(form_of(candidate.text), 0.5)
    tie = tie_of(candidate, words.name, start=start, least=NEVER if title else ENOUGH - form - owned)
    beside = tie.beside + owned
    if beside < ENOUGH_BESIDE and not title:
        return False
    if names_something_else(candidate) or is_made_up(candidate):
        return False
    score = form + beside + tie.person + BY_ENCOUNTER * tie.encounter
    if title and tie.beside > -2.0 and not OFFICE.match(candidate.text):
        signed = form_of(candidate.text)[0] == "i"
        clinical = tie.person or tie.encounter or signed or is_clinical(candidate)
        clinical = clinical or candidate.sentence_has(words.pronoun)
        return clinical and not is_fiction(candidate.reading)
    return beside >= ENOUGH_BESIDE and score >= ENOUGH


def is_titled(candidate: Candidate, titles: Phrases, reach: int = 25) -> re.Match[str] | None:
    """The title that stands directly before a name."""
    return candidate.reading.first(titles, max(0, candidate.start - reach), candidate.start)


def are_of_a_patient(candidate: Candidate) -> bool:
    """Initials with an age behind them, or after a word for a patient."""
    return bool(AGED.match(candidate.after(24)) or INITIALLED.search(candidate.before(24)))


def is_clinical(candidate: Candidate) -> bool:
    """A word of the ward stands near."""
    near = candidate.reading.small[max(0, candidate.start - NEARBY) : candidate.end + NEARBY]
    words, said = candidate.reading.pack.gist, SMALL_WORD.findall(near)
    if words is None or not words.clinical.isdisjoint(said) or not ABBREVIATED.isdisjoint(said):
        return True
    return any(is_clinical_by_its_end(word.removesuffix("s")) for word in said)


def _owns_something_clinical(candidate: Candidate) -> bool:
    """`Lars Eriksen's spleen`; eponyms never come here."""
    owned = OWNED.match(candidate.reading.small[candidate.end : candidate.end + 40])
    words = candidate.reading.pack.gist
    if not owned or not words or words.clinical.isdisjoint(owned.group(1).split()):
        return False
    return candidate.text in gazetteers.given_names() or len(form_of(candidate.text)) == 2


def is_a_treating_clinician(candidate: Candidate) -> bool:
    """A doctor by name, who saw the one person the text describes."""
    words, low = candidate.reading.pack, max(0, candidate.start - 90)
    title = is_titled(candidate, words.clinician_titles, reach=90)
    if (
        not title
        or names_something_else(candidate)
        or not (speaks_of_somebody(candidate) or candidate.sentence_has(words.pronoun))
        or any(w.weight < 0 and w.pattern.match(candidate.after(50)) for w in words.name.after)
    ):
        return False
    seen_by = weigh_before(words.clinician.before, candidate.reading, low, title.start())
    of_theirs = any(w.pattern.match(candidate.after(40)) for w in words.clinician.after)
    return bool(seen_by or of_theirs) and candidate.sentence_has(words.encounter)


def is_single_elder(candidate: Candidate) -> bool:
    """One person of ninety or more, not a group and not an age limit."""
    before = candidate.before(30)
    after = candidate.reading.text[candidate.match.end() : candidate.match.end() + 40]
    return not LIMIT.search(before) and not GROUP.match(after)


def is_born_long_ago(candidate: Candidate) -> bool:
    """One who is treated, not one who is honoured, and no group."""
    if candidate.sentence_has(HONOURED) or is_a_study(candidate.reading):
        return False
    return is_clinical(candidate) and not GROUP.match(candidate.after(30))


def _is_set_apart(candidate: Candidate, start: int) -> bool:
    """A doctor who is a patient: between commas, or called by name, and not after a word for treating."""
    before = candidate.reading.text[max(0, start - 12) : start]
    return (
        bool(re.search(r"(?:,|-|named|like|is)\s$", before))
        and candidate.after(1) == ","
        and candidate.before(6).strip().lower() != "with"
    )


def is_made_up(candidate: Candidate) -> bool:
    """A name in quotation marks beside words of teaching, or of a doll."""
    text = candidate.reading.text
    near = text[max(0, candidate.start - 90) : candidate.end + 60]
    if "manikin" in near or "mannequin" in near or "doll" in near:
        return bool(DOLL.search(near))
    return '"' in text[max(0, candidate.start - 6) : candidate.start] and bool(TAUGHT.search(near))


def names_something_else(candidate: Candidate) -> bool:
    """An eponym, a town, a saint's hospital, an author."""
    text = candidate.text.rstrip(".")
    first = text.split()[0].split("-")[0].removesuffix("'s")
    if " " in text and candidate.reading.pack.heads.search(text.split()[-1]):
        return True
    if _is_listed_with_an_eponym(candidate):
        return True
    if SAINT.search(candidate.before(12)) or FACILITY.match(candidate.after(60)) or CITED.match(candidate.after(16)):
        return True
    if first in gazetteers.eponyms() and (" " not in text or first not in gazetteers.given_names()):
        return True
    return text in gazetteers.wide_regions() or (" " in text and text in gazetteers.towns())


def _is_listed_with_an_eponym(candidate: Candidate) -> bool:
    """`Charcot, Babinski, Pierre Marie`: the history of medicine."""
    listed = LISTED.search(candidate.before(60))
    return bool(listed) and listed[1] in gazetteers.eponyms() and listed[2] in gazetteers.eponyms()  # type: ignore[index]


#: Short words of the ward that are no words of a story.
ABBREVIATED = frozenset(
    [
        "af",
        "svt",
        "vt",
        "vf",
        "mi",
        "stemi",
        "cva",
        "tia",
        "ckd",
        "ards",
        "gbs",
        "mnd",
        "als",
        "sle",
        "ibd",
        "ivig",
        "tpn",
        "peg",
        "vbac",
        "pph",
        "hellp",
        "iugr",
        "gdm",
        "amio",
        "norad",
        "abx",
        "ivf",
        "bka",
        "aka",
        "lad",
        "cabg",
        "pci",
    ]
)
DOLL = re.compile(r"\b(?:mann?e?quins?|manikins?|dolls?)\b", re.IGNORECASE)
TAUGHT = re.compile(
    r"\b(?:imagine|picture|suppose|actors?|actress(?:es)?|slides?|vignettes?|viñetas?|scenario|role-?play|invent\w{1,4}|fictional|ficticia?|fictive|exam|osce|diapositivas?)\b",
    re.IGNORECASE,
)
OWNED = re.compile(r"'s? ((?:[a-z-]{2,15} )?[a-z]{2,16})(?![a-z])")
OFFICE = re.compile(
    r"(?:Justice|Doktor|Doctora?|Docteur|Dottore(?:ssa)?|Professor|Professeur|Profesora?|Speaker|President|Chair(?:man|woman)?|Mayor|Secretary)\b"
)
AGED = re.compile(
    r",? \(?(?:an? )?(?:aged? )?\d{1,3}(?:[ -]?(?:years?|yrs?|y/?o)\b|[),]| ?[MFmf]\b)|, (?:the|our|a|my) (?:[\w-]{1,20} ){0,2}(?:girl|boy|man|woman|patient|lady|baby|child|gentleman)\b"
)
INITIALLED = re.compile(r"\b(?:patient|pt|initials|named?|called)(?: is|:)?\s$", re.IGNORECASE)
LIMIT = re.compile(
    r"(?:[≥>≤<=-]|\b(?:over|above|under|below|than|least|to|or|and|mean|median|average|between|aged? of|until|beyond|up to))\s{0,2}(?:age\s|aged\s|ages\s|the age of\s)?$",
    re.IGNORECASE,
)
GROUP = re.compile(
    r"\s?(?:-|to\b|and (?:over|older|above)|or (?:over|older|more|above)|\+|s\b)|[\s,-]{0,2}(?:[\w-]{1,15}\s){0,2}(?:patients|people|adults|men|women|residents|participants|individuals|persons|building|hospital|house|college|school|wing|ward|tradition|law|institution|idea|debate)\b",
    re.IGNORECASE,
)
#: The year of birth of somebody of ninety or more (in 2026), on their papers or told of them.
BORN = re.compile(
    r"(?<!\w)(?i:(?:born|dob|yob|d\.o\.b\.?|birth year|year of birth)(?: in| is| was|:)?) (?P<id>19(?:0\d|1\d|2\d|3[0-6]))(?![\w%]|[.,/-]\d|\s?[-–])"
)
HONOURED = re.compile(
    r"\b(?:pioneer\w*|founder|founded|professor|anniversary|died in|biograph\w+|history|invented|discovered|described|medal|prize|first (?:woman|man|black)|cohorts?|adults|people|those|everybody|everyone|anyone|individuals|or (?:before|after|earlier|later))\b",
    re.IGNORECASE,
)
NAME_REASON = _("This looks like the name of a patient. Leave it out, or say “a patient”.")
CLINICIAN_REASON = _("Naming who treated one patient narrows down who that is. “A colleague” says what is needed.")
NAME_SOURCE = SAFE_HARBOR.format("A")
AGE_REASON = _("Ages over 89 identify, because so few people reach them. “Over 90” or “a very old adult” is enough.")
AGE_SOURCE = SAFE_HARBOR.format("C")
OLD = r"(?P<id>9\d|1[01]\d|12[0-5])"
SPELT_OLD = r"(?P<id>ninety(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?|(?:a )?hundred(?: and \w{3,6})?)"
#: Initials of a name, with full stops: `J.K.`, `R. T.`
INITIALS = re.compile(r"(?<![\w.])(?P<id>[A-Z]\.\s?[A-Z]\.?)(?!\w)")

RULES: tuple[Rule, ...] = (
    Rule("name", NAME, NAME_REASON, NAME_SOURCE, is_a_patient, trim=without_ordinary_words),
    Rule("name", LOUD_NAME, NAME_REASON, NAME_SOURCE, lambda c: form_of(c.text)[0] == "g" and is_a_patient(c)),
    Rule("name", INITIALS, NAME_REASON, NAME_SOURCE, are_of_a_patient),
    Rule(
        "clinician",
        NAME,
        CLINICIAN_REASON,
        TRIALS,
        is_a_treating_clinician,
        "hold",
        needs=DOCTOR,
        trim=without_ordinary_words,
    ),
    Rule(
        "age",
        re.compile(
            rf"(?<![\w.-]){OLD}(?i:\s{{0,2}}-?\s{{0,2}}(?:year|yr)s?[\s-]{{0,2}}old(?!s)|\s?-?\s?y/?o\b|\s?y\.o\.|\s(?:años|ans)\b)"
        ),
        AGE_REASON,
        AGE_SOURCE,
        is_single_elder,
        needs=NEAR_OLD,
    ),
    Rule(
        "age",
        re.compile(
            rf"(?<!\w)(?i:(?:she|he|who|(?:in)?patient|resident|man|woman|mother|father|lady|gentleman|grandmother|grandfather)(?:\s(?:is|was)|,)?\s(?:aged?\s)?){OLD}(?!\w|[.,%]\d|%|\s?(?:mg|kg|%|bpm|mmhg|minutes|days|hours))",
            re.IGNORECASE,
        ),
        AGE_REASON,
        AGE_SOURCE,
        is_single_elder,
        needs=NEAR_OLD,
    ),
    Rule(
        "age",
        re.compile(rf"(?i:\b(?:turn(?:s|ed)|just had (?:his|her))\s){OLD}(?![\w%.,]\d|\w)"),
        AGE_REASON,
        AGE_SOURCE,
        is_single_elder,
        needs=NEAR_OLD,
    ),
    Rule(
        "age",
        re.compile(
            rf"(?<![\w.-])(?<!\btemp )(?<!\bof ){OLD}(?=\s?[MFmf](?:,|\s(?:with|who|on|in|from|c/o|s/p|presents|presented|admitted|brought|seen|came|fell)\b))"
        ),
        AGE_REASON,
        AGE_SOURCE,
        is_single_elder,
        needs=NEAR_OLD,
    ),
    Rule("age", BORN, AGE_REASON, AGE_SOURCE, is_born_long_ago, "hold", needs=re.compile(r" 19[0-3]\d")),
    Rule(
        "age",
        re.compile(rf"(?i:(?<!\w){SPELT_OLD}[\s-]{{1,2}}years?[\s-]{{1,2}}old(?!s))"),
        AGE_REASON,
        AGE_SOURCE,
        is_single_elder,
        needs=NEAR_SPELT_OLD,
    ),
)
