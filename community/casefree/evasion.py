"""Words that are there in disguise: spaced out, spelt out, in look-alike digits, in capitals, encoded. A second reading shows them."""

import base64
import binascii
import html
import re
from collections.abc import Callable, Iterator
from functools import cache, partial

from community.casefree import gazetteers
from community.casefree.phrases import any_of
from community.casefree.reading import Reading

ENTITY = re.compile(r"&(?:#\d{2,6}|#x[0-9a-fA-F]{2,5}|[A-Za-z]{2,8});")
#: Marks of emphasis and tags inside a word; they vanish when the post is shown.
MARKS = re.compile(r"(?<=[^\W_])(?:\*{1,3}|_{2}|~~|`{1,2}|\\|<!--[^<>\n]{0,80}-->|</?[a-z]{1,10}/?>)(?=[^\W_])")
SPACED = re.compile(r"(?<![^\W_])(?:[^\W_][ .*|/:_-]{1,3}){3,60}[^\W_](?![^\W_])")
#: Three single characters in a row.
NEAR_SPACED = re.compile(r"[ .*|/:_-][^\W_][ .*|/:_-]{1,3}[^\W_][ .*|/:_-]")
#: `S.S.N.`, `M.R.N.`, `D/O/B`
DOTTED_CUE = re.compile(r"(?<!\w)(?:S[./]S[./]N|M[./]R[./]N|D[./]O[./]B|N[./]H[./]S)(?!\w)", re.IGNORECASE)
#: Tags that only dress words, and strokes for spaces between words.
TAG = re.compile(r"</?(?:b|i|u|em|strong|span|mark|small|font|p|br)\b[^<>\n]{0,80}>", re.IGNORECASE)
STROKE = re.compile(r"(?<=[A-Za-z0-9])_(?=[A-Za-z0-9])")
SMALL_TITLED = re.compile(
    r"(?<![\w@])(mr|mrs|ms|miss|mme|sra?|señora?|monsieur|madame)\.? ([a-zà-ÿ]{1,2}'[a-zà-ÿ]{2,20}|[a-zà-ÿ]{2,20})(?![\w@])"
)
SMALL_SEEN = re.compile(
    r"(?<![\w@])(?:saw|seen|met|admitted|discharged|reviewed) ([a-zà-ÿ]{3,20}) (?=today|again|yesterday|this|last|in (?:clinic|bed|ed|icu)|on )"
)
SMALL_IN_BED = re.compile(
    r"(?<![\w@])([a-zà-ÿ]{3,20}) (?=(?:in|from) (?:bed|bay|room|cubicle|resus|side room|theatre) ?\d)"
)
SMALL_AGED = re.compile(r"(?<![\w@])([a-zà-ÿ]{3,20}) ([a-z])(?=\.?,? \(?\d{1,2}(?:[,)]| ?yo\b| ?[mf]\b))")
SPACED_AGE = re.compile(r"(?<!\w)(\d) (?=\d[ -]{0,2}(?:year|yr|yo\b|y/o))")
SPELLED_DIGITS = {
    **dict.fromkeys(("zero", "oh", "nought", "cero", "zéro"), "0"), **dict.fromkeys(("one", "uno", "un"), "1"), **dict.fromkeys(("two", "dos", "deux"), "2"),
    **dict.fromkeys(("three", "tres", "trois"), "3"), **dict.fromkeys(("four", "cuatro", "quatre"), "4"), **dict.fromkeys(("five", "cinco", "cinq"), "5"),
    **dict.fromkeys(("six", "seis"), "6"), **dict.fromkeys(("seven", "siete", "sept"), "7"), **dict.fromkeys(("eight", "ocho", "huit"), "8"),
    **dict.fromkeys(("nine", "nueve", "neuf"), "9"),
}  # fmt: skip
_SPELLED = "|".join([*SPELLED_DIGITS, "double", "triple", "dash", "hyphen"])
SPELLED = re.compile(rf"(?<!\w)(?:(?:{_SPELLED})[\s,.-]{{1,3}}){{3,24}}(?:{_SPELLED})(?!\w)", re.IGNORECASE)
#: Two spelt figures in a row.
NEAR_SPELLED = re.compile(
    rf"[\s,.-](?=[A-Za-z])(?i:{any_of(_SPELLED.split('|'))})[\s,.-]{{1,3}}(?i:{any_of(_SPELLED.split('|'))})(?!\w)"
)
LEET = re.compile(
    r"(?<![\w@$!+/-])(?=[\w@$!]{0,16}[A-Za-z])(?=[\w@$!]{0,16}[013457@$!])[A-Za-z013457@$!]{3,16}(?![\w@+/-])"
)
LEET_LETTERS = str.maketrans("013457@$!", "oieastasi")
CUES = frozenset(
    ["patient", "name", "mrn", "admitted", "hospital", "named", "dob", "born", "phone", "ssn", "address", "discharged"]
)
NAMED_BEFORE = re.compile(r"\b(?:patient|patient is|pt|named|called|name:?)\s$", re.IGNORECASE)
AGED_AFTER = re.compile(r",? \(?\d{1,2}(?:[,)]| ?yo\b| ?[mf]\b)", re.IGNORECASE)
CAPITAL, SMALL = re.compile(r"[A-ZÀ-Þ]"), re.compile(r"[a-zß-ÿ]")
LOUD_SHARE, LOUD_LETTERS = 0.7, 20
#: So many small letters that the text cannot shout: with a share s of capitals, small ones are at most (1 - s) / s of them.
COMMON_ENOUGH = 1 + LOUD_SHARE / (1 - LOUD_SHARE)
SMALL_NAME = re.compile(r"(?<![\w@/.-])([a-zà-ÿ]{4,20})(?= ([a-zà-ÿ]{4,20}|[a-z]\.|[a-z](?=[,.;:]))(?![\w@]))")
SMALL_RUN = re.compile(r"[a-zà-ÿ]{4,1000}")
SMALL_PLACE = re.compile(
    r"(?<![\w-])(?:at|to|from|in) ((?:st\.? |saint |mount |mt\.? )?[a-z][a-z']{3,20}(?: [a-z']{3,20})?) (hospital|clinic|infirmary|medical cent(?:er|re)|health cent(?:er|re))(?!\w)"
)
SMALL_CITY = re.compile(
    r"(?<![\w-])(?:from|lives in|living in|resides in|residing in) ([a-z]{4,20}(?: [a-z]{4,20})?)(?!\w)"
)
NOT_A_PLACE = frozenset(
    [
        "the",
        "our",
        "your",
        "their",
        "this",
        "that",
        "another",
        "local",
        "nearby",
        "district",
        "general",
        "regional",
        "teaching",
        "private",
        "public",
        "rural",
        "urban",
        "same",
        "other",
        "each",
        "every",
        "any",
        "some",
        "one",
        "small",
        "large",
        "main",
        "referral",
        "university",
        "community",
        "mission",
        "primary",
    ]
)
ENCODED = re.compile(r"(?<![\w+/=-])(?:[A-Za-z0-9+/]{16,4000}={0,2}|[A-Za-z0-9_-]{16,4000}={0,2})(?![\w+/=-])")
HEX = re.compile(r"(?<![\w])(?:[0-9a-fA-F]{2}[ :]?){12,2000}(?![\w])")
PROSE = re.compile(r"[A-Za-z0-9 .,:;'\"/@()\n-]{10,4000}")

Origins = list[tuple[int, int]]
Change = Callable[[re.Match[str]], str]


def second_reading(reading: Reading) -> Reading | None:
    """The text with its disguises taken off, every character still knowing where it came from; None where there are none."""
    text, origins = reading.text, None
    for near, pattern, change in CHANGES:
        if near.search(text):
            text, origins = _changed(text, origins, pattern, change)
    text = _in_small_letters(text)
    text = SMALL_PLACE.sub(_with_capitals, SMALL_CITY.sub(_with_town, _with_names(text)))
    if text == reading.text:
        return None
    return Reading(reading.source, text, tuple(reading.span(*origin) for origin in origins or _own(text)))


def encoded(reading: Reading) -> Iterator[tuple[int, int, str]]:
    """Stretches that are prose in Base64 or in hexadecimal figures, with what they say."""
    for pattern, decode in ((ENCODED, _from_base64), (HEX, _from_hex)):
        for match in pattern.finditer(reading.text):
            words = decode(match.group())
            if words and PROSE.fullmatch(words) and " " in words.strip():
                yield *match.span(), words


def _own(text: str) -> Origins:
    return [(at, at + 1) for at in range(len(text))]


def _changed(
    text: str, origins: Origins | None, pattern: re.Pattern[str], change: Change
) -> tuple[str, Origins | None]:
    parts: list[str] = []
    moved: Origins = []
    at = 0
    for match in pattern.finditer(text):
        start, end = match.span()
        new = change(match)
        if new == match.group():
            continue
        origins = origins or _own(text)
        parts += [text[at:start], new]
        moved += origins[at:start]
        moved += [(origins[start][0], origins[end - 1][1])] * len(new)
        at = end
    if origins is None or not parts:
        return text, origins
    return "".join(parts) + text[at:], moved + origins[at:]


def _joined(match: re.Match[str]) -> str:
    words = re.sub(r"[ .*|_-]", "", re.sub(r" {2,3}", "\x00", match.group())).replace("\x00", " ")
    if words.isdigit() and len(words) < 5:
        return match.group()
    return re.sub(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])|(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])", " ", words)


def _in_digits(match: re.Match[str]) -> str:
    out, times = "", 1
    for word in re.findall(r"[^\W\d_]+", match.group().lower()):
        if word in {"double", "triple"}:
            times = 2 if word == "double" else 3
        elif word in {"dash", "hyphen"}:
            out += "-"
        else:
            out, times = out + SPELLED_DIGITS[word] * times, 1
    return out


def _in_letters(match: re.Match[str]) -> str:
    word = match.group().translate(LEET_LETTERS).lower()
    for guess in (word, word.replace("i", "l")):
        is_known = guess.title() in gazetteers.given_names() or guess.title() in gazetteers.family_names()
        if guess in CUES or (len(guess) > 3 and is_known):
            return guess.title() if match.group()[0].isupper() or not match.group()[0].isalpha() else guess
    return match.group()


#: A quick look for what a disguise needs, then the disguise and what takes it off.
CHANGES: tuple[tuple[re.Pattern[str], re.Pattern[str], Change], ...] = (
    (re.compile("&"), ENTITY, lambda match: html.unescape(match.group())),
    (re.compile("<"), TAG, lambda match: ""),
    (re.compile(r"[*_~`\\<]"), MARKS, lambda match: ""),
    (re.compile("_"), STROKE, lambda match: " "),
    (re.compile(r"[./][A-Za-z][./]"), DOTTED_CUE, lambda match: re.sub(r"[./]", "", match.group())),
    (NEAR_SPACED, SPACED, _joined),
    (re.compile(r"\d(?<!\w.) \d"), SPACED_AGE, lambda match: match.group(1)),
    (NEAR_SPELLED, SPELLED, _in_digits),
    (re.compile(r"[013457@$!](?:(?<=[A-Za-z].)|(?=[A-Za-z]))"), LEET, _in_letters),
)


def _in_small_letters(text: str) -> str:
    """A text that shouts, in small letters; others as they are."""
    if COMMON_ENOUGH * sum(map(text.count, "etaoinsr")) > len(text):
        return text
    capitals, small = len(CAPITAL.findall(text)), len(SMALL.findall(text))
    loud = capitals + small >= LOUD_LETTERS and capitals > LOUD_SHARE * (capitals + small)
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text) if loud else text


def _with_names(text: str) -> str:
    """`john smith` as `John Smith`, where the first is a given name and the second could follow one."""
    for pattern, parts in ((SMALL_TITLED, (1, 2)), (SMALL_SEEN, (1,)), (SMALL_IN_BED, (1,)), (SMALL_AGED, (1, 2))):
        text = pattern.sub(partial(_capital_at, parts), text)
    if _given_in_small_letters().isdisjoint(SMALL_RUN.findall(text)):
        return text
    letters = list(text)
    for match in SMALL_NAME.finditer(text):
        given, family = match.group(1).title(), match.group(2).title()
        told = NAMED_BEFORE.search(text[max(0, match.start() - 16) : match.start()]) or AGED_AFTER.match(
            text, match.end(2)
        )
        is_family = family in gazetteers.family_names() or len(family) < 3 or told
        if given in gazetteers.given_names() and is_family and not _is_ordinary(given) and not _is_ordinary(family):
            letters[match.start(1)], letters[match.start(2)] = given[0], family[0]
    return "".join(letters)


def _capital_at(parts: tuple[int, ...], match: re.Match[str]) -> str:
    """Capitals for a name in a hurry, unless the word is an ordinary one."""
    name = match.group(parts[-1] if match.re is SMALL_TITLED else parts[0]).title()
    known = match.re is SMALL_TITLED or name in gazetteers.given_names()
    known = known or (match.re is SMALL_IN_BED and name in gazetteers.family_names())
    if not known or _is_ordinary(name):
        return match.group()
    letters = list(match.group())
    for part in parts:
        letters[match.start(part) - match.start()] = match.group(part)[0].upper()
    return "".join(letters)


@cache
def _given_in_small_letters() -> frozenset[str]:
    """Given names that are no ordinary words, as hurried people write them."""
    return frozenset(name.lower() for name in gazetteers.given_names() if not _is_ordinary(name.lower().title()))


def _is_ordinary(word: str) -> bool:
    return word in gazetteers.ordinary_words() or word in gazetteers.ordinary_in_small_letters()


def _with_capitals(match: re.Match[str]) -> str:
    first = match.group(1).split()[0]
    if first in NOT_A_PLACE or (first.title() in gazetteers.ordinary_words() and first not in {"st", "mount"}):
        return match.group()
    name = " ".join(word[0].upper() + word[1:] for word in f"{match.group(1)} {match.group(2)}".split(" "))
    return match.group()[: match.start(1) - match.start()] + name


def _with_town(match: re.Match[str]) -> str:
    name = " ".join(word.capitalize() for word in match.group(1).split(" "))
    for words in (name, name.split(" ")[0]):
        if words in gazetteers.towns() and words not in gazetteers.ordinary_words():
            head = match.group()[: match.start(1) - match.start()]
            return head + words + match.group(1)[len(words) :]
    return match.group()


def _from_base64(text: str) -> str | None:
    try:
        padded = text.rstrip("=").replace("-", "+").replace("_", "/")
        return base64.b64decode(padded + "=" * (-len(padded) % 4), validate=True).decode("ascii")
    except (binascii.Error, UnicodeDecodeError):
        return None


def _from_hex(text: str) -> str | None:
    try:
        return bytes.fromhex(re.sub(r"[ :]", "", text)).decode("ascii")
    except ValueError:
        return None
