"""A small learned reader beside the rules: two linear models of English whose weights are a file of whole numbers.

One weighs whole texts: do they tell of one actual patient? The other weighs single tokens: is this a name, a day, a place
or a number of a patient? They know words, the shapes of words and of figures, and whether a word is in the lists of names
and towns; nothing is stored and nothing is random. They add what the rules did not find, hold at most, and lower nothing.
`manage.py bench casefree_learned` trains them and writes the file; docs/casefree.md tells how well they carry.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from math import sqrt
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from community.casefree import gazetteers
from community.casefree.gist import WORD, is_clinical_by_its_end
from community.casefree.indirect import CLIPPED
from community.casefree.narrative import definite_people, is_a_study, is_fiction
from community.casefree.outcomes import Finding, Level
from community.casefree.packs import DEFAULT
from community.casefree.reading import Reading
from community.casefree.rules.rule import SAFE_HARBOR, TRIALS

LANGUAGE = DEFAULT
FILE = Path(__file__).with_name("learned.txt")
#: The kinds of what it finds, so that moderators see how often it was right.
DETAIL, STORY, OF_A_THREAD = "learned_detail", "learned_story", "learned_thread"
KINDS = frozenset({DETAIL, STORY, OF_A_THREAD})
#: Weights are hundredths.
UNIT = 100
#: Sentences that are weighed together, in words; a longer text is as telling as its most telling stretch.
STRETCH = 90
#: What a feature of a text weighs is lessened by the root of the number of tokens.
LEAST_TOKENS, SCALE = 3, 3.0
#: What the models know is sentences: of so many words, and so many of them common.
LEAST_WORDS, LEAST_COMMON = 4, 2
#: Far below anything.
NOTHING = -100_000
#: Tokens that weigh a little less than one that is held are marked with it; those so close together are marked as one.
BESIDE, GAP = 100, 2

LINKED = (
    r"(?:https?://|www\.)[^\s<>\"]{1,300}|[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,6}|[@#]\w{2,60}"
    r"|[\w-]{1,80}\.(?i:jpe?g|png|pdf|docx?|xlsx?|pptx?|mp[34]|mov|dcm|zip|heic|tiff?|wav|avi|csv|txt|m4a)\b"
    r"|[\w-]{1,60}(?:\.[\w-]{1,60}){1,5}/[^\s<>\"]{1,200}|(?:[^\W_]{1,40}_){1,12}[^\W_]{1,40}"
)
CODE = r"(?:(?<![^\W_])[A-Za-z]{1,4}[-/]?)?\d{1,40}(?:[.,:/-]?[^\W_]{1,24}){0,12}%?"
TOKEN = re.compile(rf"{LINKED}|{CODE}|[^\W\d_]{{1,40}}(?:'[^\W\d_]{{1,3}})?|[^\w\s]")
DIGITS = re.compile(r"\d+")
LETTERS = re.compile(r"[^\W\d_]+")
PARTS = re.compile(r"[^\W_]+")
YEAR = re.compile(r"(?:19|20)\d\d$")
DAYS = frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "mon",
        "tue",
        "tues",
        "wed",
        "thu",
        "thur",
        "thurs",
        "fri",
        "sat",
        "sun",
        "christmas",
        "easter",
        "diwali",
        "eid",
        "ramadan",
        "hogmanay",
        "thanksgiving",
        "epiphany",
        "pentecost",
        "whitsun",
        "lent",
        "passover",
        "yom",
        "hanukkah",
        "michaelmas",
        "candlemas",
        "halloween",
        "xmas",
    ]
)
OLD = frozenset(
    ["ninety", "nineties", "ninetieth", "hundred", "hundredth", "centenarian", "nonagenarian", "supercentenarian"]
)
ENDS = ("ing", "ed", "ly", "tion", "ment", "ist", "er", "s")
#: Who is in the nineties or older; who was born so long ago.
OF_AGE, BORN = range(90, 120), range(1900, 1937)

DETAIL_REASON = _(
    "A program that learnt from examples takes this for something that points to one patient: a name, a day, a place or a number. If it does, leave it out."
)
STORY_REASON = _(
    "A program that learnt from examples takes this for what happened to one patient. Ask about patients of this kind, without what happened to this one."
)


#: Of a thread's last posts that read like parts, the three most telling are added up; the newest must weigh so much.
KEPT_PARTS, WEIGHED_PARTS, LEAST_PART = 6, 3, 30


class Token(NamedTuple):
    """A word, a figure, a link or a mark: where it stands, as it is written and in small letters."""

    start: int
    end: int
    text: str
    small: str
    #: What stands for it: its own word where that is a common one, otherwise its class.
    sort: str


class Weights(NamedTuple):
    """What the file holds, in hundredths."""

    common: frozenset[str]
    #: As a story, and as anything of one patient.
    texts: dict[str, tuple[int, int]]
    tokens: dict[str, int]
    #: Of a post as a part of what is told of one person in a thread.
    posts: dict[str, int]
    #: From where on a text, a token, and both together are held; how much of a text's weight its tokens borrow.
    settings: dict[str, int]


@cache
def weights() -> Weights:
    """The weights of this version, read once."""
    sections: dict[str, list[list[str]]] = {name: [] for name in Weights._fields}
    rows = sections["settings"]
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            rows = sections[line[3:]]
        elif line and not line.startswith("#"):
            rows.append(line.split("\t"))
    return Weights(
        frozenset(word for row in sections["common"] for word in row),
        {name: (int(story), int(anything)) for story, anything, name in sections["texts"]},
        {name: int(weight) for weight, *names in sections["tokens"] for name in names},
        {name: int(weight) for weight, *names in sections["posts"] for name in names},
        {name: int(weight) for weight, name in sections["settings"]},
    )


# --- What a text is made of ------------------------------------------------------------------------------------


def tokens_of(reading: Reading, common: frozenset[str]) -> list[list[Token]]:
    """Its tokens, sentence by sentence."""
    clinical = reading.pack.gist.clinical if reading.pack.gist else frozenset[str]()
    sentences, low, text = [], 0, reading.text
    for high in [*reading.boundaries, len(text)]:
        tokens: list[Token] = []
        for match in TOKEN.finditer(text, low, high):
            word = match.group()
            small = word.lower()
            sort = small if small in common else _class_of(word, small, clinical, is_first=not tokens)
            tokens.append(Token(match.start(), match.end(), word, small, sort))
        if tokens:
            sentences.append(tokens)
        low = high
    return sentences


def _class_of(word: str, small: str, clinical: frozenset[str], *, is_first: bool) -> str:
    """A coarse class of a word that is not common."""
    if not small[0].isalpha() or small[-1].isdigit() or "_" in small or "/" in small or "." in small:
        return shape_of(small)
    if word[0].isupper() and (len(word) > 1 and word.isupper()):
        return "ABC"
    if word[0].isupper() and not is_first:
        return "Cap"
    if small in clinical or is_clinical_by_its_end(small):
        return "+c"
    if not small.endswith(ENDS):
        return "~"
    return next(("-" + end for end in ENDS if small.endswith(end) and len(small) > len(end) + 2), "~")


def shape_of(small: str) -> str:
    """The shape of a figure, a code or a link; a mark is itself."""
    if len(small) == 1 and not small.isdigit():
        return small
    if "@" in small[1:]:
        return "%mail"
    if small[0] in "@#":
        return "%tag"
    if "//" in small or small.startswith("www."):
        return "%url"
    if small.isdigit():
        return _shape_of_number(small)
    if "_" in small or not any(c.isdigit() for c in small):
        return "%path" if "/" in small else "%file"
    if len(small) > 20:
        return "%long"
    shape = DIGITS.sub(_zeros, small)
    return "#" + (shape if sum(c.isalpha() for c in shape) < 4 and len(shape) <= 8 else LETTERS.sub("a", shape)[:12])


def _shape_of_number(digits: str) -> str:
    number = int(digits) if len(digits) < 5 else 0
    if number in OF_AGE:
        return "#9x"
    if number in BORN:
        return "#born"
    if len(digits) == 4 and YEAR.match(digits):
        return "#year"
    return "#" + "0" * min(5, len(digits))


def _zeros(match: re.Match[str]) -> str:
    digits = match.group()
    return "Y" if len(digits) == 4 and YEAR.match(digits) else "0" * min(5, len(digits))


# --- Whole texts -----------------------------------------------------------------------------------------------


def features_of_sentence(tokens: list[Token]) -> Iterator[str]:
    """Words, classes, and what stands beside what."""
    before, earlier = "^", "^"
    for token in tokens:
        sort = token.sort
        yield sort
        if sort is not token.small and token.small.isalpha():
            yield "w " + token.small
        yield f"{before}|{sort}"
        yield f"{earlier}|{before}|{sort}"
        earlier, before = before, sort
    yield f"{before}|$"


def words_of_sentence(tokens: list[Token]) -> Iterator[str]:
    """The same without what stands beside what."""
    for token in tokens:
        yield token.sort
        if token.sort is not token.small and token.small.isalpha():
            yield "w " + token.small


def features_of_text(reading: Reading, score: float) -> dict[str, float]:
    """What the rules know of the whole, in ones and halves."""
    people = len(definite_people(reading))
    found = {"=story": score, "=near": float(score > 0.35), "=leaning": float(score > 0.2), "=people": people / 2}
    found["=clipped"] = float(bool(CLIPPED.search(reading.text)))
    found["=asks"] = float("?" in reading.text)
    return {name: count for name, count in found.items() if count}


def stretches(sentences: list[list[Token]]) -> Iterator[tuple[int, int]]:
    """Neighbouring sentences of some ninety tokens, each beginning in the middle of the one before; a short text is one."""
    lengths = [len(tokens) for tokens in sentences]
    low = 0
    while low < len(lengths):
        high, held = low, 0
        while high < len(lengths) and (held == 0 or held + lengths[high] <= STRETCH):
            held += lengths[high]
            high += 1
        yield low, high
        if high == len(lengths):
            return
        low = max(low + 1, (low + high) // 2)


def lessened(count: int) -> float:
    """What each feature of so many tokens weighs."""
    return SCALE / sqrt(max(LEAST_TOKENS, count))


# --- Posts of a thread -----------------------------------------------------------------------------------------


def features_of_post(reading: Reading, score: float, told: Iterable[str], common: frozenset[str]) -> dict[str, float]:
    """Words and classes, what the rules know of the whole, and what the ledger keeps of it."""
    sentences = tokens_of(reading, common)
    less = lessened(sum(len(tokens) for tokens in sentences))
    found: dict[str, float] = {}
    for tokens in sentences:
        for name in words_of_sentence(tokens):
            found[name] = found.get(name, 0.0) + less
    return found | features_of_text(reading, score) | {f"=told {category}": 1.0 for category in told}


def part_of_a_thread(reading: Reading, score: float, told: Iterable[str]) -> int:
    """How much a post reads like a part of what is told of one person bit by bit, in hundredths; nought or less: it does not.

    `told` are the categories that it tells by the rules.
    """
    if reading.language != LANGUAGE or is_fiction(reading) or is_a_study(reading):
        return 0
    learned = weights()
    known, found = learned.posts, features_of_post(reading, score, told, learned.common)
    return learned.settings["bias of a post"] + round(
        sum(known[name] * count for name, count in found.items() if name in known)
    )


def is_too_much(parts: Sequence[int], part: int) -> bool:
    """Whether a post of this weight, after others that read like parts too, lets the thread tell of one person."""
    settings = weights().settings
    return bool(parts) and part >= LEAST_PART and sum(sorted((*parts, part))[-WEIGHED_PARTS:]) > settings[OF_A_THREAD]


# --- Single tokens ---------------------------------------------------------------------------------------------


def candidates(
    tokens: list[Token], common: frozenset[str], clinical: frozenset[str]
) -> Iterator[tuple[int, list[str]]]:
    """Tokens of a sentence that could be an identifier, by their place in it, each with its features."""
    kinds = {at: kind for at, token in enumerate(tokens) if (kind := _kind_of(token, common, is_first=at == 0))}
    if not kinds:
        return
    sorts = ["^", "^", "^", *(token.sort for token in tokens), "$", "$"]
    said = {token.small for token in tokens if token.sort is token.small}
    is_clinical = any(token.sort == "+c" or token.small in clinical for token in tokens)
    length = min(len(tokens), 29) // 6
    for at, kind in kinds.items():
        token, group = tokens[at], _group_of(kind)
        third, second, before, after, later = (sorts[at], sorts[at + 1], sorts[at + 2], sorts[at + 4], sorts[at + 5])
        found = [
            kind,
            "g " + group,
            f"{before}<",
            f">{after}",
            f"{second}<<",
            f">>{later}",
            f"{third}<<<",
            f"{second} {before}<",
            f">{after} {later}",
            f"{before}<{group}",
            f"{group}>{after}",
            f"{before}<{kind}",
            f"{kind}>{after}",
            f"{before}<{group}>{after}",
            f"{before}<>{after}",
            f"{second} {before}<{group}",
            f"{group}>{after} {later}",
            f"{'c' if is_clinical else 'n'} {group}",
            f"l{length} {group}",
        ]
        if token.sort is token.small or token.small in DAYS:
            found.append("w " + token.small)
        for name, near in (("b ", at - 1), ("a ", at + 1)):
            if 0 <= near < len(tokens):
                beside = tokens[near]
                if beside.sort is not beside.small and beside.small.isalpha():
                    found += [f"{name}{beside.small}", f"{name}{beside.small} {group}"]
                if near in kinds:
                    found.append(f"{name}{kinds[near]} {kind}")
        found += [f"s {word} {group}" for word in said]
        found += _of_its_parts(token, kind)
        yield at, found


def _kind_of(token: Token, common: frozenset[str], *, is_first: bool) -> str:
    """What sort of identifier a token could be; empty where it is none."""
    word, small = token.text, token.small
    first = small[0]
    if small in DAYS or (small == "may" and word != "may" and not is_first):
        return "day"
    if small in OLD:
        return "#9w"
    if not first.isalpha() or small[-1].isdigit() or "_" in small or "/" in small or "." in small or "@" in small:
        return shape_of(small) if len(small) > 1 or first.isdigit() else ""
    if word[0].isupper():
        return "" if (is_first and small in common) or small.startswith("i'") or small == "i" else _named(word)
    if small in common:
        return ""
    is_name = small.title() in gazetteers.given_names() and small not in gazetteers.ordinary_in_small_letters()
    return "small" if is_name else ""


def _named(word: str) -> str:
    """By the lists of names and places."""
    base = word[:-2] if word.endswith("'s") else word
    for name, known in (("Ord", gazetteers.ordinary_words), ("Epo", gazetteers.eponyms)):
        if base in known():
            return name
    if len(base) == 1:
        return "I"
    if base.isupper():
        return "ABC"
    given, family = base in gazetteers.given_names(), base in gazetteers.family_names()
    town = base in gazetteers.towns()
    kind = "GivF" if given and family else "Giv" if given else "FamT" if family and town else "Fam" if family else ""
    kind = kind or ("Twn" if town else "")
    kind = kind or ("Wid" if base in gazetteers.wide_regions() else "Reg" if base in gazetteers.regions() else "Cap")
    return kind + ("'s" if base is not word else "")


def _group_of(kind: str) -> str:
    """Names, figures, days and links apart."""
    if kind[0] == "#":
        return kind if kind in {"#9x", "#9w", "#born", "#year"} else "#a" if any(c.isalpha() for c in kind) else "#"
    return kind[:4] if kind[0] == "%" else kind[:3]


def _of_its_parts(token: Token, kind: str) -> Iterator[str]:
    """What files, links and tags are called."""
    if kind[0] != "%":
        return
    parts = PARTS.findall(token.small)[:12]
    for part in parts:
        if part.isdigit():
            yield "part " + "0" * min(6, len(part))
        else:
            yield "part " + part
            if len(part) > 2 and part.title() in gazetteers.given_names():
                yield "part given"
            if len(part) > 2 and part.title() in gazetteers.family_names():
                yield "part family"


# --- Reading ---------------------------------------------------------------------------------------------------


class Weighed(NamedTuple):
    """What the models say of a text, in hundredths."""

    #: Of its most telling stretch: as a story, and as anything of one patient.
    story: int
    anything: int
    #: Bounds of the most telling sentence of that stretch.
    telling: tuple[int, int]
    #: Weight and bounds of every token that could be an identifier.
    tokens: list[tuple[int, int, int]]


def beyond_the_rules(reading: Reading, score: float) -> Iterator[tuple[Level, Finding]]:
    """What the rules did not find: marks the tokens or the sentence that weigh most. `score` is the narrative score.

    Only English is read, and neither what is invented nor a report of many.
    """
    if reading.language != LANGUAGE or is_fiction(reading) or is_a_study(reading):
        return
    learned = weights()
    if not is_prose(reading, learned.common):
        return
    weighed = weigh(reading, score, learned)
    yield from _details(reading, weighed, learned.settings)
    if weighed.story > learned.settings[STORY]:
        span = reading.span(*weighed.telling)
        yield "hold", Finding(*span, STORY, f"{STORY_REASON} ({TRIALS})")


def is_prose(reading: Reading, common: frozenset[str]) -> bool:
    """A few words, and common ones among them: of lists, code and headings the models know nothing."""
    words = WORD.findall(reading.small)
    return len(words) >= LEAST_WORDS and sum(word in common for word in words) >= LEAST_COMMON


def _details(reading: Reading, weighed: Weighed, settings: dict[str, int]) -> Iterator[tuple[Level, Finding]]:
    least = settings[DETAIL] - weighed.anything * settings["borrowed"] // UNIT
    if not any(weight > least for weight, _start, _end in weighed.tokens):
        return
    spans: list[tuple[int, int]] = []
    for weight, start, end in weighed.tokens:
        if weight > least - BESIDE:
            joined = bool(spans) and start - spans[-1][1] <= GAP
            spans.append((spans.pop()[0] if joined else start, end))
    for span in spans:
        yield "hold", Finding(*reading.span(*span), DETAIL, f"{DETAIL_REASON} ({SAFE_HARBOR.format('R')})")


def detail_of(weighed: Weighed, borrowed: int) -> int:
    """How much the most telling token weighs with what it borrows of its text."""
    most = max((weight for weight, _start, _end in weighed.tokens), default=NOTHING)
    return most + weighed.anything * borrowed // UNIT


def weigh(reading: Reading, score: float, learned: Weights) -> Weighed:
    """Both models over one text; `score` is its narrative score."""
    sentences = tokens_of(reading, learned.common)
    story, anything, telling = _weigh_text(reading, score, sentences, learned)
    clinical = reading.pack.gist.clinical if reading.pack.gist else frozenset[str]()
    found, known, bias = [], learned.tokens, learned.settings["bias of a token"]
    for tokens in sentences:
        for at, features in candidates(tokens, learned.common, clinical):
            weight = bias + sum(known[name] for name in features if name in known)
            if not is_sheltered(reading, tokens[at]):
                found.append((weight, tokens[at].start, tokens[at].end))
    return Weighed(story, anything, telling, found)


def is_sheltered(reading: Reading, token: Token) -> bool:
    """A figure that belongs to the literature, a register or a product."""
    spans = reading.sheltered
    at = bisect_right(spans, (token.start, len(reading.text)))
    return token.sort[0] == "#" and any(
        low < token.end and token.start < high for low, high in spans[max(0, at - 1) : at]
    )


def _weigh_text(
    reading: Reading, score: float, sentences: list[list[Token]], learned: Weights
) -> tuple[int, int, tuple[int, int]]:
    """By its most telling stretch: as a story, as anything of one patient, and where its most telling sentence stands."""
    known, nothing = learned.texts, (0, 0)
    whole = [learned.settings["bias of a story"], learned.settings["bias of anything"]]
    for name, count in features_of_text(reading, score).items():
        for at, weight in enumerate(known.get(name, nothing)):
            whole[at] += round(weight * count)
    sums = [_sum_of_sentence(tokens, known) for tokens in sentences]
    best, anything, telling = NOTHING, NOTHING, (0, len(reading.text))
    for low, high in stretches(sentences):
        less = lessened(sum(len(tokens) for tokens in sentences[low:high]))
        story = round(less * sum(each[0] for each in sums[low:high])) + whole[0]
        anything = max(anything, round(less * sum(each[1] for each in sums[low:high])) + whole[1])
        if story > best:
            best, most = story, max(range(low, high), key=lambda at: sums[at][0])
            telling = (sentences[most][0].start, sentences[most][-1].end)
    return best, anything, telling


def _sum_of_sentence(tokens: list[Token], known: dict[str, tuple[int, int]]) -> tuple[int, int]:
    story = anything = 0
    for name in features_of_sentence(tokens):
        if name in known:
            weight = known[name]
            story += weight[0]
            anything += weight[1]
    return story, anything
