"""Record, plan, account, licence, vehicle and device numbers: any form is enough once a cue word names what it is."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from stdnum import iban

from community.casefree.rules.rule import SAFE_HARBOR, Candidate, Rule
from community.casefree.rules.shelter import is_sheltered

Certainty = Callable[[Candidate], bool]

FILLER = r"(?:\s(?i:of|for|on|in)\s(?i:his|her|their|the|this|my)\s[\w-]{2,20}(?=\s(?i:is|was)))?(?:\s{0,2}(?i:is|was|=|end(?:ing|s)(?: in| with)?|under|of)\b|\s{0,2}[:=#.,()'\"-]){0,5}\s{0,2}"
NUMBER_WORD = (
    r"(?:\s{0,2}(?:\((?=id|no|nr))?(?i:numbers?|ref(?:erence)?\b|num\b|nos?\b|nr\b|id\b|identifier|code\b|#|n[°º]))"
)
#: Letters, digits and inner separators; the certainty check wants enough digits among them. A word without any is
#: not taken, for it may be the next cue ("record number MRN 0012").
VALUE = (
    r"(?P<id>(?=#?[A-Za-z/.-]{0,24}\d)#?[A-Za-z0-9]{1,20}(?:[-/.][A-Za-z0-9]{1,15}){0,4}(?:(?<=\d) \d{2,6}){0,3})(?!\w)"
)
#: Words that name any number; alone before a key they say nothing of whose it is.
NEVER_BARE = frozenset({r"\bid", r"\bref"})
#: What is a key by its form: five figures at least, with letters or in groups.
KEY = r"(?P<id>#?(?=[A-Z0-9/-]{7,24}(?!\w))(?=(?:[^\s\d]{0,6}\d){5})(?:[A-Z]{1,4}-?\d{2,8}|\d{2,6})(?:[-/][A-Z0-9]{1,8}){1,3})(?!\w)"
#: A key with letters in it needs three digits, one without needs four.
DIGITS_NEEDED = 4

YEAR = re.compile(r"#?(?:19|20)\d\d")
DATE = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)?\d\d|(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}")
AMOUNT = re.compile(
    r"\s?(?:mg|mcg|µg|g|kg|ml|l|mmol|iu|units?|%|patients|cases|records|women|men|children|people|beds|of|per)\b",
    re.IGNORECASE,
)
GENE_BANK = re.compile(
    r"(?i)#?(?:GSE|GSM|GDS|GPL|PRJ[A-Z]{2}|SR[APRXS]|ER[APRXS]|DR[APRXS]|SAM[ND]|N[CMGPRTWZ]_?|X[MPR]_?|E-M|EGA|phs|PXD|MN|MT|OM|ENS)"
)
NOT_OF_A_PERSON = re.compile(
    r"\b(?:product|marketing|drug|vaccine|import|export|grant|trial|study|protocol|ethics|irb|rec|batch|lot|model|part|software|form|trust|hospital"
    r"|nursing|infection|clinical|company|charity|geo|genbank|ncbi|sequence|genome|order|catalogue|tender|invoice template|award)[\s(]{1,3}(?:(?:authori[sz]ation|control|registration|approval)\s)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Cue:
    """`strong` cues need no word for "number" after them, `weak` ones do."""

    kind: str
    letter: str
    reason: str | Promise
    strong: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()


CUES: tuple[Cue, ...] = (
    Cue(
        "record_number",
        "H",
        _("This looks like a record number, which leads to one patient's file."),
        (
            r"mrns?",
            r"m\.r\.n\.?",
            r"med(?:ical)?\.? ?rec(?:ord)?s?",
            r"record(?= ?#)",
            r"record (?:no\.?|number)",
            r"(?:patient|pt)(?:'s)? (?:file|record|chart)",
            r"case ref(?:erence)?",
            r"hosp(?:ital)?\.? (?:number|num|no\.?|nr\.?|id|#)",
            r"unit (?:number|no\.?)",
            r"urn",
            r"patient(?:'s)? ?(?:id|identifier|number|no\.?|ref(?:erence)?)",
            r"pt ?(?:id|no\.?|#)",
            r"pid",
            r"ipp",
            r"nhc",
            r"num[ée]ro de dossier",
            r"n[°º] (?:de )?dossier",
            r"dossier (?:m[ée]dical )?n[°º]",
            r"(?:n[º°]|n[úu]mero) de historia(?: cl[íi]nica)?",
            r"historia cl[íi]nica(?: n[º°.]{1,2}o?)?",
            r"prontu[áa]rio",
            r"patientennummer",
            r"fallnummer",
            r"pati[ëe]ntnummer",
            r"cartella clinica",
            r"accession (?:number|no\.?|#)",
            r"study instance uid",
        ),
        (
            r"chart",
            r"specimen",
            r"lab(?:oratory)?(?: report)?",
            r"encounter",
            r"visit",
            r"admission",
            r"episode",
            r"case(?: file)?",
            r"file",
            r"referral",
            r"prescription",
            r"rx",
            r"biopsy",
            r"sample",
            r"barcode",
            r"wristband",
            r"card",
            r"\bid",
            r"\bref",
        ),
    ),
    Cue(
        "plan_number",
        "I",
        _("This looks like the number of a person's insurance or health plan."),
        (
            r"ins(?:urance)?\.?(?: (?:plan|policy|card|member))?",
            r"health ?plan(?: beneficiary)?",
            r"health ?(?:care )?card",
            r"medicaid",
            r"medicare",
            r"member ?id",
            r"subscriber ?id",
            r"beneficiary",
            r"policy ?(?:holder )?(?:number|no\.?|#|id)",
            r"hicn?",
            r"ehic",
            r"ohip",
            r"ramq",
            r"versichertennummer",
            r"mutuelle",
            r"philhealth",
            r"nhif",
            r"nhis",
        ),
        (r"member(?:ship)?", r"subscriber", r"policy", r"group", r"plan", r"claim", r"scheme", r"medical aid"),
    ),
    Cue(
        "account_number",
        "J",
        _("This looks like an account number of one person."),
        (r"acc(?:oun)?t\.? ?(?:number|num|no\.?|#|id)", r"iban", r"invoice ?(?:number|no\.?|#)"),
        (r"acc(?:oun)?t\.?", r"billing", r"bank", r"invoice", r"credit card"),
    ),
    Cue(
        "licence_number",
        "K",
        _("This looks like the number of a person's licence, certificate, passport or registration."),
        (
            r"passport",
            r"driver'?s? licen[cs]e",
            r"driving licen[cs]e",
            r"licen[cs]e ?(?:number|no\.?|#|id)",
            r"certificate ?(?:number|no\.?|#|id)",
            r"gmc",
            r"nmc pin",
            r"birth certificate",
            r"death certificate",
        ),
        (
            r"licen[cs]e",
            r"certificate",
            r"student",
            r"employee",
            r"staff",
            r"service",
            r"military",
            r"prison(?:er)?",
            r"inmate",
            r"badge",
            r"gphc",
            r"hcpc",
            r"nmc",
            r"ahpra",
            r"visa",
            r"ration card",
            r"voter",
        ),
    ),
    Cue(
        "device",
        "M",
        _("This looks like the serial number of a device that one person has or uses."),
        (r"serial ?(?:number|no\.?|#|id)", r"s/n", r"(?-i:SN)", r"imei", r"udi", r"device ?(?:id|identifier)"),
        (r"serial", r"device", r"implant", r"pacemaker", r"pump", r"prosthesis", r"stent"),
    ),
    Cue(
        "vehicle",
        "L",
        _("This looks like a vehicle's registration."),
        (
            r"(?:licen[cs]e|number|registration|car|vehicle) plates?",
            r"(?:his|her|their|the patient's) plate",
            r"(?:vehicle|car|van|taxi|motorcycle|motorbike|ambulance) (?:reg(?:istration)?|plate)",
            r"vin",
            r"plaque d'immatriculation",
            r"immatriculation",
            r"matr[íi]cula del? (?:coche|veh[íi]culo|carro)",
            r"kennzeichen",
            r"placa do (?:carro|ve[íi]culo)",
        ),
    ),
)


def is_a_persons_number(candidate: Candidate) -> bool:
    """Enough digits to be a key, and neither a date, an amount nor something of the literature or of a product."""
    text = candidate.text
    needed = DIGITS_NEEDED - any(c.isalpha() for c in text)
    if sum(c.isdigit() for c in text) < needed or YEAR.fullmatch(text) or DATE.fullmatch(text) or GENE_BANK.match(text):
        return False
    cue_starts = candidate.match.start()
    told_before = candidate.reading.text[max(0, cue_starts - 40) : cue_starts]
    return not (AMOUNT.match(candidate.after(12)) or NOT_OF_A_PERSON.search(told_before) or is_sheltered(candidate))


def is_a_plate(candidate: Candidate) -> bool:
    """Four to seventeen letters and digits, at least one of each, or a plain short number."""
    compact = re.sub(r"[\s.-]", "", candidate.text)
    return 4 <= len(compact) <= 17 and sum(c.isdigit() for c in compact) >= 2 and not YEAR.fullmatch(compact)


def rules_of(cue: Cue) -> list[Rule]:
    """One rule for the strong cues and one for the weak."""
    if cue.kind == "vehicle":
        plate = r"(?P<id>[A-Z0-9]{1,4}(?:[ -]?[A-Z0-9]{1,7}){1,3})(?!\w)"
        return [_rule(cue, cue.strong, NUMBER_WORD + "{0,2}", plate, is_a_plate, near=re.compile(r"\d"))]
    rules = [_rule(cue, cue.strong, NUMBER_WORD + "{0,2}", VALUE, is_a_persons_number)]
    if cue.weak:
        rules.append(_rule(cue, cue.weak, NUMBER_WORD + "{1,2}", VALUE, is_a_persons_number))
        bare = tuple(word for word in cue.weak if word not in NEVER_BARE)
        rules.append(_rule(cue, bare, "", KEY, is_a_persons_number))
    return rules


def _rule(
    cue: Cue,
    alternatives: tuple[str, ...],
    number_word: str,
    value: str,
    certain: Certainty,
    *,
    near: re.Pattern[str] | None = None,
) -> Rule:
    pattern = rf"(?<![^\W_])(?i:{'|'.join(alternatives)}){number_word}{FILLER}{value}"
    return Rule(
        cue.kind,
        re.compile(pattern),
        cue.reason,
        SAFE_HARBOR.format(cue.letter),
        certain,
        numeric=True,
        near=near,
    )


DICOM = Rule(
    "record_number",
    re.compile(r"(?<![\w.])(?P<id>(?:1\.2\.840|1\.3\.6\.1|2\.16\.840)(?:\.\d{1,20}){5,16})(?![\w.])"),
    _("This looks like the identifier of one imaging study (a DICOM UID)."),
    SAFE_HARBOR.format("H"),
    needs=re.compile(r"[12]\.[0-9]{1,2}\.[0-9]"),
)
MAC = Rule(
    "device",
    re.compile(r"(?<![\w:-])(?P<id>(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2})(?![\w:-])"),
    _("This looks like the network address of one device."),
    SAFE_HARBOR.format("M"),
    needs=re.compile(r"[:-](?<=[0-9A-Fa-f].)[0-9A-Fa-f]{2}[:-][0-9A-Fa-f]{2}[:-]"),
)

IBAN = Rule(
    "account_number",
    re.compile(r"(?<![\w-])(?P<id>[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?)(?![\w-])"),
    _("This looks like an account number of one person."),
    SAFE_HARBOR.format("J"),
    lambda candidate: bool(iban.is_valid(candidate.text)),
    needs=re.compile(r"[A-Z]{2}\d{2} ?[A-Z0-9]{4}"),
)

RULES: tuple[Rule, ...] = (*(rule for cue in CUES for rule in rules_of(cue)), DICOM, MAC, IBAN)
