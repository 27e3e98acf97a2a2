"""Exact dates tied to a person: birth, death, admission, encounter. Years alone and dates of publications pass."""

import re

from django.utils.translation import gettext_lazy as _

from community.casefree.phrases import Phrases
from community.casefree.rules import context
from community.casefree.rules.persons import is_clinical
from community.casefree.rules.rule import SAFE_HARBOR, TRIALS, Candidate, Rule
from community.casefree.rules.shelter import is_sheltered
from community.casefree.rules.ties import describes_somebody, is_of_many, speaks_of_somebody

#: Names and abbreviations of months, by language.
MONTH_NAMES = {
    "en": "january february march april may june july august september october november december jan feb mar apr jun jul aug sept sep oct nov dec",
    "fr": "janvier février fevrier mars avril mai juin juillet août aout septembre octobre novembre décembre decembre janv févr avr juil",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre ene abr ago dic",
    "pt": "janeiro fevereiro março marco abril maio junho julho agosto setembro outubro novembro dezembro fev mai out dez",
    "de": "januar jänner februar märz april mai juni juli august september oktober november dezember okt dez",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december mrt",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "tr": "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
    "id": "januari februari maret april mei juni juli agustus september oktober november desember",
}
MONTHS = sorted({name for names in MONTH_NAMES.values() for name in names.split()}, key=lambda name: (-len(name), name))
MONTH = rf"(?P<month>(?i:{'|'.join(MONTHS)}))\b\.?"
DAY = r"(?:0?[1-9]|[12]\d|3[01])"


def _month_at(not_before: str) -> str:
    """A month by its first letter, which stands before what must not be in front of it: the search leaps to it."""
    letters = dict.fromkeys(month[0] for month in MONTHS)
    rests = {letter: "|".join(month[1:] for month in MONTHS if month[0] == letter) for letter in letters}
    either = "|".join(f"(?<=[{letter}{letter.upper()}])(?i:{rest})" for letter, rest in rests.items())
    first = "".join(letter + letter.upper() for letter in letters)
    return rf"(?P<month>[{first}](?<![{not_before}].)(?:{either}))\b\.?"


def _day_at(not_before: str) -> str:
    """The same for the figures of a day."""
    return rf"\d(?<![{not_before}].)(?:(?<=0)[1-9]|(?<=[1-9])|(?<=[12])\d|(?<=3)[01])"


DAY_FIRST, MONTH_FIRST, MONTH_ALONE = _day_at(r"\w./-"), _month_at(r"\w-"), _month_at(r"\w")
YEAR = r"(?:19|20)\d\d"
ORDINAL = r"(?:st|nd|rd|th|er|[ºª°.])?"
SPELT_DAY = (
    r"(?i:(?:twenty|thirty)[- ](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|first|second|third|fourth|fifth|sixth"
    r"|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth)"
)

NEAR_ROMAN = re.compile(r"\d[-/. ][IVX]{1,4}[-/. ]\d")
#: A quick look for months: their first three letters.
NEAR_MONTH = Phrases(sorted({name[:3] for name in MONTHS}), after="")
NEAR_DIGITS = re.compile(r"\d{1,4}[-/.年]\d|\d[ ./-]\d|\d\d")

FORMS = (
    rf"(?P<id>{DAY_FIRST}{ORDINAL}[\s-]{{0,2}}(?:(?:of|de|di|do|den)\s)?{MONTH}[\s,-]{{0,3}}(?:(?:de|del|di|of)\s)?(?P<year>{YEAR}|'\d\d)?)(?![\w])",
    rf"(?<![\w-])(?P<id>{SPELT_DAY}\s(?:of\s)?{MONTH}(?:[\s,]{{1,2}}(?P<year>{YEAR}|(?i:nineteen|twenty)[\w\s-]{{3,20}}))?)(?!\w)",
    rf"(?P<id>{DAY_FIRST}(?P<part>[-/. ])[IVX]{{1,4}}(?P=part)(?P<year>{YEAR}|\d\d))(?![\w/-])",
    rf"(?P<id>{MONTH_FIRST}[\s-]{{1,2}}{DAY}{ORDINAL}(?![\d%]|[.,]\d)(?:[\s,-]{{1,3}}(?P<year>{YEAR}|'\d\d))?)(?!\w)",
    rf"(?P<id>(?P<year>[12](?<![\w./-].)(?:(?<=1)9|(?<=2)0)\d\d)(?P<part>[-/.])(?:0?[1-9]|1[0-2])(?P=part){DAY})(?![\w/-])",
    rf"(?P<id>{DAY_FIRST}(?P<part>[-/.])(?:0?[1-9]|[12]\d|3[01])(?P=part)(?P<year>{YEAR}|\d\d))(?![\w/-])",
    r"(?<=\bon )(?P<id>(?P<year>)(?:\d\d/\d{1,2}|\d{1,2}/\d\d))(?![\d/]|\s?(?:mg|mcg|occasions|wards|sites|patients)\b)",
    rf"(?P<id>(?P<year>{YEAR})年(?:0?[1-9]|1[0-2])月{DAY}日)",
)
#: Month and year of a birth; safe harbor leaves only the year.
BIRTH_MONTH = rf"(?P<id>{MONTH_ALONE}[\s,]{{1,2}}(?P<year>{YEAR}))(?!\w)"
BIRTH_COMPACT = rf"(?<![\w./-])(?P<id>(?:{YEAR}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])|(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2]){YEAR}|{DAY}{ORDINAL} of the {DAY}{ORDINAL}\s'?(?:{YEAR}|\d\d)))(?![\w/-])"
#: `*11.07.1949`, as births are written from Scandinavia to Italy.
BIRTH_STARRED = rf"(?<![\w*])\*\s?(?P<id>{DAY}\.\s?(?:0?[1-9]|1[0-2])\.\s?(?P<year>(?:19|20)\d\d))(?![\w/*-])"
BIRTH_SHORT = rf"(?<![\w./-])(?P<id>{DAY}[ ./-]{{1,3}}(?:0?[1-9]|1[0-2])[ ./-]{{1,3}}(?:{YEAR}|\d\d))(?![\w/-])"

#: Words that may open a sentence or mean something else, and so need a year beside them.
AMBIGUOUS_MONTHS = frozenset(
    {
        "may",
        "mar",
        "march",
        "mart",
        "mars",
        "marco",
        "sep",
        "dec",
        "out",
        "set",
        "ago",
        "mai",
        "mei",
        "maj",
        "abr",
        "avr",
        "ene",
    }
)
CLOSE = 45
#: What stands before a month that tells when something happened.
MONTH_OF = re.compile(
    r"(?:\b(?:in|since|during|of|from|until|early|late|mid|en|de|depuis|desde)[\s-]|,\s)$", re.IGNORECASE
)
LAST_MONTH = rf"(?P<id>[lLtT](?<!\w.)(?i:(?<=l)ast|(?<=t)his past)\s{MONTH}(?P<year>))(?!\w)"


def is_birth(candidate: Candidate) -> bool:
    """A word for birth stands directly before."""
    return bool(context.BIRTH.search(candidate.before(40)))


def is_tied_to_a_person(candidate: Candidate) -> bool:
    """The date of one person's birth or encounter, by the words round it."""
    if is_sheltered(candidate) or _is_not_a_date(candidate) or _is_of_a_mentor(candidate):
        return False
    if is_birth(candidate):
        return True
    if context.is_of_a_publication(candidate):
        return describes_somebody(candidate) and _encounter_close(candidate)
    if context.speaks_of_many(candidate):
        return is_day_of_somebody(candidate) or (context.describes_one_person(candidate) and _has_encounter(candidate))
    if _is_a_range(candidate):
        return context.describes_one_person(candidate)
    if candidate.sentence_has(candidate.reading.pack.pronoun) and is_clinical(candidate):
        return not candidate.sentence_has(context.POPULATION)
    if not candidate.match["year"]:
        return _encounter_close(candidate) or (is_day_of_somebody(candidate) and not context.speaks_of_many(candidate))
    if is_day_of_somebody(candidate):
        return True
    return (
        context.describes_one_person(candidate)
        or _encounter_close(candidate)
        or (_has_encounter(candidate) and context.speaks_of_one_person(candidate))
    )


def is_day_of_somebody(candidate: Candidate) -> bool:
    """The sentence describes or names one person, and something happened to that person."""
    return describes_somebody(candidate) and candidate.sentence_has(candidate.reading.pack.encounter)


def is_in_a_story(candidate: Candidate) -> bool:
    """A full date of something clinical, in a text that describes one person elsewhere."""
    if is_sheltered(candidate) or context.is_of_a_publication(candidate) or context.speaks_of_many(candidate):
        return False
    clinical = candidate.sentence_has(candidate.reading.pack.encounter)
    return clinical and speaks_of_somebody(candidate) and not _is_a_range(candidate)


def is_month_of_somebody(candidate: Candidate) -> bool:
    """A month and year, or a month of last year, when something happened to one described person."""
    if is_sheltered(candidate) or context.is_of_a_publication(candidate) or is_of_many(candidate):
        return False
    return is_day_of_somebody(candidate) and bool(MONTH_OF.search(candidate.before(14)) or "last" in candidate.text)


def is_of_a_clipped_event(candidate: Candidate) -> bool:
    """A day of a treatment or a test, told without anybody, and of no service or rule."""
    if candidate.match["year"] or is_sheltered(candidate) or _is_not_a_date(candidate) or _is_a_range(candidate):
        return False
    told = DONE.search(candidate.before(CLOSE)) and is_clinical(candidate)
    return bool(told) and not (candidate.sentence_has(OF_A_SERVICE) or context.speaks_of_many(candidate))


def _is_of_a_mentor(candidate: Candidate) -> bool:
    """Who taught the author."""
    text = candidate.reading.text
    return bool(MENTOR.search(text[max(0, candidate.start - 200) : candidate.end + 60]))


def _is_not_a_date(candidate: Candidate) -> bool:
    groups = candidate.match.groupdict()
    month = (groups.get("month") or "").lower()
    return (
        month in AMBIGUOUS_MONTHS
        and groups.get("year") is None
        and not candidate.text.replace(" ", "")[0:1].isdigit()
        and not groups["month"].istitle()
    )


def _is_a_range(candidate: Candidate) -> bool:
    return bool(context.RANGE_BEFORE.search(candidate.before(20)) or context.RANGE_AFTER.match(candidate.after(12)))


def _encounter_close(candidate: Candidate) -> bool:
    return bool(context.ENCOUNTER.search(candidate.before(CLOSE).lower()))


def _has_encounter(candidate: Candidate) -> bool:
    return candidate.sentence_has(context.ENCOUNTER)


def is_lately_of_somebody(candidate: Candidate) -> bool:
    """A visit or an operation of one described person, told by the week or month."""
    return bool(VISIT.search(candidate.before(45))) and describes_somebody(candidate) and not is_of_many(candidate)


MENTOR = re.compile(
    r"\b(?:(?:professor|mentor|teacher|trainer|supervisor|chief|boss)s? of (?:mine|ours)|my (?:old |late |former |first ){0,2}(?:professor|mentor|teacher|trainer|supervisor|chief|boss)|obituary|in memoriam)\b",
    re.IGNORECASE,
)
#: What was done to somebody or began, directly before a day.
DONE = re.compile(
    r"\b(?:started|began|begun|taken|stopped|refused|declined|onset|biopsied|sampled|swabbed|last dose|first dose|switched|loaded|relapsed|spiked|transfused|extubated|tubed|listed|lp|tab|strike)\b[^.;?!]{0,24}$",
    re.IGNORECASE,
)
OF_A_SERVICE = re.compile(
    r"\b(?:we|our|us|pathway|clinic|service|campaign|course|trial|project|programme?|screening|season|pilot|audit|rollout|roll-out|ward|unit|hospital|guideline|policy|protocol|recruit\w{0,5}|webinar|conference|strike action|union|staff|shortage|outbreak|supply|vaccinations?)\b",
    re.IGNORECASE,
)
LATELY = r"(?<!\w)(?P<id>(?i:last (?:week|weekend|month|night|spring|summer|autumn|fall|winter|monday|tuesday|wednesday|thursday|friday|saturday|sunday)|yesterday|la semana pasada|el mes pasado|ayer|la semaine dernière|le mois dernier|hier))(?!\w)"
VISIT = re.compile(
    r"\b(?:seen|admitted|presented|came|visited|attended|evaluated|discharged|hospitali[sz]ed|operated|surgery|delivered|transferred|died|vist[oa]|atendid[oa]|ingresad[oa]|ingresó|vue?|admise?|opérée?)\b[^.;?!]{0,32}$",
    re.IGNORECASE,
)
LATELY_REASON = _("When exactly one person was seen helps others to recognise them. “Recently” says enough.")
REASON = _("This ties an exact date to one person. Keep the year, or say how long before or after.")
SOURCE = SAFE_HARBOR.format("C")
BIRTH_REASON = _("This is a date of birth. An age band such as “in their fifties” says what colleagues need.")


def _near(form: str) -> re.Pattern[str] | Phrases:
    return NEAR_MONTH if "<month>" in form else NEAR_ROMAN if "IVX" in form else NEAR_DIGITS


RULES: tuple[Rule, ...] = (
    *(Rule("date", re.compile(form), REASON, SOURCE, is_tied_to_a_person, near=_near(form)) for form in FORMS),
    *(
        Rule("date", re.compile(form), REASON, SOURCE, is_of_a_clipped_event, "hold", near=NEAR_MONTH)
        for form in (FORMS[0], FORMS[3])
    ),
    *(Rule("date", re.compile(form), REASON, SOURCE, is_in_a_story, near=NEAR_DIGITS) for form in FORMS[4:6]),
    Rule("time", re.compile(LATELY), LATELY_REASON, TRIALS, is_lately_of_somebody, "nudge"),
    *(
        Rule("date", re.compile(form), REASON, SOURCE, is_month_of_somebody, near=NEAR_MONTH)
        for form in (BIRTH_MONTH, LAST_MONTH)
    ),
    Rule("date", re.compile(BIRTH_MONTH), BIRTH_REASON, SOURCE, is_birth, near=NEAR_MONTH),
    Rule("date", re.compile(BIRTH_COMPACT), BIRTH_REASON, SOURCE, is_birth, near=NEAR_DIGITS),
    Rule("date", re.compile(BIRTH_SHORT), BIRTH_REASON, SOURCE, is_birth, near=NEAR_DIGITS),
    Rule("date", re.compile(BIRTH_STARRED), BIRTH_REASON, SOURCE, needs=re.compile(r"\*\s?\d")),
)
