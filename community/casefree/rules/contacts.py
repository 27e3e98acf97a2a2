"""Telephone, fax and e-mail: ways to reach one person. Labelled public lines and role mailboxes are not."""

import re

from django.utils.translation import gettext_lazy as _

from community.casefree import gazetteers
from community.casefree.rules.rule import SAFE_HARBOR, Candidate, Rule, words
from community.casefree.rules.shelter import is_sheltered

PHONE_CUE = words(
    r"(?:tele)?phone",
    r"\btel",
    r"mobile",
    r"\bmob",
    r"cell ?phone",
    r"(?:his|her|my|their|patient's) cell",
    r"\bcell\b(?=\s?[:#(])",
    r"whats ?app",
    r"contact",
    r"(?:contesta|responde|atiende|ll[aá]mal[ao]s?|llamar) (?:en|al?)(?: el)?",
    r"(?:la|le) joindre au",
    r"landline",
    r"pager",
    r"bleep",
    r"call (?:me|him|her|them|us|mum|dad)",
    r"\b(?:call|ring|reach|text|phone)(?:ed)? (?:me|him|her|them|us)? ?(?:on|at)",
    r"t[ée]l[ée]phone",
    r"tel[ée]fono",
    r"telefone",
    r"telefon",
    r"handy(?:nummer)?",
    r"celular",
    r"m[óo]vil",
    r"portable",
)
FAX_CUE = words(r"\bfax", r"facsimile", r"t[ée]l[ée]copie")
#: Whose it is, and what else may stand between a cue and its number.
LINK = r"(?:\s(?i:of|for|de|du|del)\s(?i:his|her|their|the|su|sus|la|el|sa|son|leur)\s[\w'-]{2,20})?(?:\s{0,2}(?i:numbers?|num|no|nr|is|was|es|est|info|details?|are|on|at|of|for|n[°º])\b\.?|\s{0,2}[:=#.,()'-]){0,5}\s{0,2}"
LOOSE = r"(?P<id>\+?\(?\d(?:[ ().-]{0,2}\d){6,14})(?![\w-]|[.,/]\d)"

INTERNATIONAL = r"(?<![\w+.,/-])(?P<id>(?:\+|00 ?)[1-9](?:[ ().-]{0,3}\d){7,14})(?![\w-]|[.,/]\d)"
NORTH_AMERICAN = r"(?<![\w.,/+-])(?P<id>(?:1[-. ])?(?:\(\d{3}\)[ .-]?\d{3}[ .-]\d{4}|\d{3}-\d{3}-\d{4}|[2-9]\d\d\.[2-9]\d\d\.\d{4}))(?![\w-]|[.,/]\d)"
TRUNK = r"(?<![\w.,/+-])(?P<id>\(?0[1-9]\d{1,3}\)?[ -]\d{3,4}[ -]\d{3,4}|\(?0[1-9]\d{2,4}\)?[ -]\d{5,6}|07\d{9}|0[1-9](?: \d\d){4}|0[1-9][ -]\d{4}[ -]\d{4})(?![\w-]|[.,/]\d)"
PUBLIC_LINE = re.compile(
    r"\b(?:help ?lines?|hot ?lines?|life ?lines?|crisis (?:line|text|centre|center)|advice lines?|information (?:line|service)|support line|samaritans|childline"
    r"|poisons? (?:information|control|cent(?:re|er)|line)|toxicology (?:line|service)|public line|free ?phone|toll[- ]free|emergency (?:number|line|services)"
    r"|switchboard|walk-in|drop-in|opening hours|to book|bookings?|duty (?:line|desk)|reporting line|quit ?line|national (?:line|centre|center|helpline)|nhs 111|press office"
    r"|referrals by|informal (?:chat|enquir(?:y|ies)|discussion)|recruiting|vacanc(?:y|ies)|closing (?:on|date)"
    r"|centres? anti-?poisons?|numéro vert|(?:centro|instituto)(?: nacional)? de toxicolog[ií]a|línea (?:gratuita|de ayuda))\b",
    re.IGNORECASE,
)
VACANCY = re.compile(
    r"\binformal (?:chat|enquir(?:y|ies))|\brecruiting\b|\bvacanc(?:y|ies)\b|\bclosing (?:on|date)\b", re.IGNORECASE
)
FREE_PREFIX = re.compile(r"\(?(?:\+?44 ?\(?0?\)?|0)(?:800|808|300)|(?:\+?1[-. ]?)?\(?8(?:00|33|44|55|66|77|88)\)?[-. ]")
DATE_LIKE = re.compile(
    r"(?:0?[1-9]|[12]\d|3[01])[-. ](?:0?[1-9]|1[0-2])[-. ](?:19|20)\d\d|(?:19|20)\d\d[-. ](?:0?[1-9]|1[0-2])[-. ](?:0?[1-9]|[12]\d|3[01])"
)
MEASURE = re.compile(
    r"\s?(?:mg|mcg|µg|g|kg|ml|l|mmol|iu|units?|%|copies|cells|steps|kcal|usd|eur|gbp)\b", re.IGNORECASE
)

EMAIL = re.compile(r"(?<![\w.+%@-])(?P<id>[\w.+%-]{1,64}@(?:[\w-]{1,63}\.){1,6}[A-Za-z]{2,24})\b")
SPELT_EMAIL = re.compile(
    r"(?<![\w.+-])(?P<id>[\w.+-]{1,64}\s{0,2}[\[({]\s?(?i:at)\s?[\])}]\s{0,2}[\w-]{1,63}(?:\s{0,2}(?:[\[({]\s?(?i:dot)\s?[\])}]|\.)\s{0,2}[\w-]{1,63}){1,4})"
)
SPOKEN_EMAIL = re.compile(
    r"(?<![\w.+-])(?P<id>[a-z0-9_]{1,30}(?: (?:dot|underscore|dash) [a-z0-9_]{1,30}){0,3} at [a-z0-9-]{2,30}(?: dot (?:co|com|org|net|edu|uk|de|fr|es|in|za|ke|io|me)){1,2})(?!\w)",
    re.IGNORECASE,
)
ROLE_MAILBOX = re.compile(
    r"(?:info|information|contact|enquir(?:y|ies)|inquiries|support|help|helpdesk|office|admin|administration|editor(?:ial)?|editors|guidelines?|secretar(?:iat|y)"
    r"|press|media|feedback|events?|training|courses?|education|webinars?|registration|pharmacovigilance|yellowcard|safety|noreply|no-reply|publications?|library"
    r"|summit|congress|conference|symposium|meetings?|organi[sz]ers?|committee|board|chair|journal|submissions?|abstracts?|bookings?|orders|accounts|billing|welcome|talks?"
    r"|jornadas?|congresos?|cursos?|formaci[oó]n|docencia|secretar[ií]a|inscripci(?:ones|[oó]n)|biblioteca|calidad|prensa|comit[eé]|revista|res[uú]menes|talleres|becas|empleo|farmacovigilancia"
    r"|formations?|congr[eè]s|colloque|journ[eé]es?|secr[eé]tariat|inscriptions?|biblioth[eè]que|qualit[eé]|r[eé]daction|revue|recrutement|accueil|bourses|soci[eé]t[eé]|sociedad"
    r"|research|ethics|membership|team|service|reception|recruitment|jobs|bursar(?:y|ies)|grants?|awards?|scholarships?|fellowships?|quality|library|clinic|ward|privacy|dpo|abuse|webmaster|hello|mail)(?:[.+_-][a-z]{1,20})?@",
    re.IGNORECASE,
)


def is_a_number_to_call(candidate: Candidate) -> bool:
    """Seven to fifteen digits (ITU-T E.164 allows fifteen) that are no date, measure or literature number."""
    count = sum(c.isdigit() for c in candidate.text)
    if not 7 <= count <= 15 or DATE_LIKE.fullmatch(candidate.text) or MEASURE.match(candidate.after(12)):
        return False
    return not is_sheltered(candidate)


def is_public_line(candidate: Candidate) -> bool:
    """The number is labelled as a public line, or is a freephone number by its prefix."""
    nearby = candidate.before(80) + " " + candidate.after(50)
    return bool(FREE_PREFIX.match(candidate.text) or PUBLIC_LINE.search(nearby))


def is_private_mailbox(candidate: Candidate) -> bool:
    """Not the mailbox of an office, nor of one who has a post to give."""
    if VACANCY.search(candidate.before(100) + " " + candidate.after(60)):
        return False
    return not ROLE_MAILBOX.match(candidate.text) and not _is_an_office(candidate.text) and not is_sheltered(candidate)


def _is_an_office(address: str) -> bool:
    """The mailbox is called by ordinary words: `awards@`, `ward-round@`."""
    words = re.split(r"[._+-]", address.partition("@")[0])
    ordinary, given = gazetteers.ordinary_words(), gazetteers.given_names()
    return all(word.capitalize() in ordinary and word.capitalize() not in given for word in words)


PHONE_REASON = _("This looks like a telephone number of one person.")
PHONE_SOURCE = SAFE_HARBOR.format("D")

RULES: tuple[Rule, ...] = (
    Rule(
        "fax",
        re.compile(rf"(?<!\w)(?:{FAX_CUE}){LINK}{LOOSE}"),
        _("This looks like a fax number of one person."),
        SAFE_HARBOR.format("E"),
        is_a_number_to_call,
        numeric=True,
    ),
    Rule(
        "phone",
        re.compile(rf"(?<!\w)(?:{PHONE_CUE}){LINK}{LOOSE}"),
        PHONE_REASON,
        PHONE_SOURCE,
        is_a_number_to_call,
        numeric=True,
    ),
    *(
        Rule("phone", re.compile(p), PHONE_REASON, PHONE_SOURCE, is_a_number_to_call, numeric=True)
        for p in (INTERNATIONAL, NORTH_AMERICAN, TRUNK)
    ),
    Rule(
        "email",
        EMAIL,
        _("This is an e-mail address of one person."),
        SAFE_HARBOR.format("F"),
        is_private_mailbox,
        needs=re.compile("@"),
    ),
    Rule(
        "email",
        SPELT_EMAIL,
        _("This looks like an e-mail address of one person, spelt out."),
        SAFE_HARBOR.format("F"),
        lambda c: not ROLE_MAILBOX.match(c.text.replace(" ", "") + "@"),
        needs=re.compile(r"[\[({]\s?[aA][tT]"),
    ),
    Rule(
        "email",
        SPOKEN_EMAIL,
        _("This looks like an e-mail address of one person, spelt out."),
        SAFE_HARBOR.format("F"),
        needs=re.compile(r" dot ", re.IGNORECASE),
    ),
)
