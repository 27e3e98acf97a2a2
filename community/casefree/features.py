"""What the learned reader sees of a text: its tokens, their shapes and classes, and what stands beside what."""

import re
from collections.abc import Iterable, Iterator
from math import sqrt
from typing import NamedTuple

from community.casefree import gazetteers
from community.casefree.gist import is_clinical_by_its_end
from community.casefree.indirect import CLIPPED
from community.casefree.narrative import definite_people
from community.casefree.reading import Reading

#: Sentences that are weighed together, in words; a longer text is as telling as its most telling stretch.
STRETCH = 90
#: What a feature of a text weighs is lessened by the root of the number of tokens.
LEAST_TOKENS, SCALE = 3, 3.0
#: So many characters are read, some 3,000 words.
LONGEST = 20_000

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
DAYS = frozenset([
    "january", "february", "march", "april", "june", "july", "august", "september", "october", "november",
    "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "monday",
    "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon", "tue", "tues", "wed", "thu",
    "thur", "thurs", "fri", "sat", "sun", "christmas", "easter", "diwali", "eid", "ramadan", "hogmanay",
    "thanksgiving", "epiphany", "pentecost", "whitsun", "lent", "passover", "yom", "hanukkah", "michaelmas",
    "candlemas", "halloween", "xmas"
])  # fmt: skip
OLD = frozenset(
    ["ninety", "nineties", "ninetieth", "hundred", "hundredth", "centenarian", "nonagenarian", "supercentenarian"]
)
ENDS = ("ing", "ed", "ly", "tion", "ment", "ist", "er", "s")
#: Who is in the nineties or older; who was born so long ago.
OF_AGE, BORN = range(90, 120), range(1900, 1937)


class Token(NamedTuple):
    """A word, a figure, a link or a mark: where it stands, as it is written and in small letters."""

    start: int
    end: int
    text: str
    small: str
    #: What stands for it: its own word where that is a common one, otherwise its class.
    sort: str


# --- What a text is made of ------------------------------------------------------------------------------------


def tokens_of(reading: Reading, common: frozenset[str]) -> list[list[Token]]:
    """Its tokens, sentence by sentence; of a long text the beginning."""
    clinical = reading.pack.gist.clinical if reading.pack.gist else frozenset[str]()
    sentences, low, text = [], 0, reading.text[:LONGEST]
    for high in [*(end for end in reading.boundaries if end < LONGEST), len(text)]:
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


def features_of_post(reading: Reading, score: float, told: Iterable[str], common: frozenset[str]) -> dict[str, float]:
    """Words and classes, what the rules know of the whole, and what the ledger keeps of it."""
    sentences = tokens_of(reading, common)
    less = lessened(sum(len(tokens) for tokens in sentences))
    found: dict[str, float] = {}
    for tokens in sentences:
        for name in words_of_sentence(tokens):
            found[name] = found.get(name, 0.0) + less
    return found | features_of_text(reading, score) | {f"=told {category}": 1.0 for category in told}


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
