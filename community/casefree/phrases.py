"""Lists of phrases made into patterns that a text is searched with quickly.

A phrase may use the marks of a regular expression. Three things make the search quick, and change nothing about what is
found: the text is read in small letters, so that no letter has to be tried in two ways; phrases are sorted by their
first letter, so that most of them need not be tried at all; and it is known from a phrase how what it finds begins, so
that it is tried only where something begins so (`Reading.matches`).
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache

#: What a phrase may grow to when it is opened; more would take long to compile.
LARGEST = 800
#: Marks after a letter that make it optional or repeat it.
REPEATS = ("?", "{", "*", "+")
#: So many letters of a word tell whether a phrase could begin with it.
BEGINNING = 3
#: Stand for figures, for anything at all, for where the text begins.
FIGURE, ANY, OPENS = "0", "any", "^"
#: Words, and what else a phrase may begin with: figures, marks, ends of lines.
WORDS, OTHERS = re.compile(r"[^\W\d_]+"), re.compile(r"[\W\d_](?<![^\S\n])")
#: What a phrase is known to begin with: letters, and whether they are the whole word.
FIRST_LETTERS = re.compile(r"([^\W\d_]+)(?![?{*+])(\[\\s-\]\{1,3\}|$)?")
#: The first thing in a pattern, if it is no bracket; and how often it may be there.
SET, REPEAT = re.compile(r"\[(?:\\.|[^\]\\])+\]"), re.compile(r"(?:[?*+]|\{(\d*)(?:,\d*)?\})[?+]?")
#: Takes no character; the first of them stand before a word.
AT_A_WORD = (r"\b", r"(?<!\w", r"(?<![\w", r"(?<![^\W_]")
TAKES_NOTHING = (*AT_A_WORD, "(?<", "(?=", "(?!")
OPENING = re.compile(r"\((?:\?(?:[a-z]{0,3}-?[a-z]{0,3}:|p<\w+>)|(?!\?))")
KNOWN = {r"\d": FIGURE, r"\w": ANY, r"\s": ANY, r"\n": "\n", "^": OPENS}
IN_A_SET = re.compile(r"(?P<low>[^\\])-(?P<high>[^\\])|\\?(?P<one>.)")
#: A pattern that may begin with most letters is not found any sooner by them.
TOO_MANY_LETTERS = 10


class Phrases:
    """Any of some phrases. Give it text in small letters: `Reading.small`."""

    __slots__ = ("beginnings", "finditer", "match", "search")

    def __init__(self, phrases: Iterable[str], *, before: str = r"(?<!\w)", after: str = r"(?!\w)") -> None:
        opened = [one for phrase in phrases for one in _opened(in_small_letters(phrase))]
        pattern = re.compile(f"{before}(?:{_sorted(opened)}){after}")
        self.search, self.match, self.finditer = pattern.search, pattern.match, pattern.finditer
        #: One of these is where each phrase begins; None where a phrase may begin with anything.
        self.beginnings = _any_beginning(opened, is_word=True, is_whole=bool(after))


@cache
def beginnings_in(pattern: str) -> frozenset[str] | None:
    """What a match of a pattern can begin with, as `starts_in` names it; None where that cannot be told or tells too little."""
    found = _beginnings(in_small_letters(pattern), is_word=False, is_whole=False)
    if found is None or found & {ANY, OPENS, "-"} or sum(one[1:] == "-" for one in found) > TOO_MANY_LETTERS:
        return None
    return found


def cue_beginnings(*cues: str) -> frozenset[str] | None:
    """What any of some cue words begins with; None where that cannot be told."""
    return _any_beginning(map(in_small_letters, cues), is_word=True, is_whole=False)


def starts_in(text: str) -> dict[str, list[int]]:
    """Where figures, marks and words stand in a text in small letters: short words whole, all words by their first letters and a dash."""
    words: dict[str, list[int]] = {}
    for word in WORDS.finditer(text):
        words.setdefault(word.group()[:BEGINNING], []).append(word.start())
    found: dict[str, list[int]] = {}
    for start, places in words.items():
        whole = (start,) if len(start) < BEGINNING else ()
        for name in (*whole, *(f"{start[:length]}-" for length in range(1, len(start) + 1))):
            found.setdefault(name, []).extend(places)
    for other in OTHERS.finditer(text):
        found.setdefault(FIGURE if other.group().isdecimal() else other.group(), []).append(other.start())
    return found


def any_of(words: Iterable[str]) -> str:
    """A part of a phrase: any of the words, those that begin with the same letter together."""
    return f"(?:{_sorted(one for word in words for one in _opened(word))})"


def filled(phrase: str, parts: Mapping[str, str]) -> str:
    """The phrase with `{name}` replaced by the parts, and spaces as gaps."""
    for name, pattern in parts.items():
        phrase = phrase.replace("{" + name + "}", pattern)
    return _spaced(phrase)


def in_small_letters(pattern: str) -> str:
    """The pattern for a text in small letters; what stands after a backslash stays as it is."""
    return re.sub(
        r"\\.|[^\\]+", lambda part: part.group() if part.group()[0] == "\\" else part.group().lower(), pattern
    )


def _spaced(phrase: str) -> str:
    """A space outside brackets stands for a short gap, ` ?` for one that may be none, ` {0,2}` for what it says."""
    out, inside, at = [], False, 0
    while at < len(phrase):
        character = phrase[at]
        if character == "\\":
            out.append(phrase[at : at + 2])
            at += 2
            continue
        inside = (character == "[" or inside) and not (character == "]" and inside)
        if character == " " and not inside:
            ahead = phrase[at + 1 : at + 2]
            out.append(r"[\s-]{0,3}" if ahead == "?" else r"\s" if ahead == "{" else r"[\s-]{1,3}")
            at += ahead == "?"
        else:
            out.append(character)
        at += 1
    return "".join(out)


def _sorted(opened: Iterable[str]) -> str:
    """One pattern for all, those that begin with the same letter together; the others come first, as they are."""
    by_letter: dict[str, list[str]] = {}
    others: list[str] = []
    for phrase in opened:
        if phrase[:1].isalpha() and phrase[1:2] not in REPEATS:
            by_letter.setdefault(phrase[0], []).append(phrase[1:])
        else:
            others.append(phrase)
    return "|".join([*others, *(f"{letter}(?:{'|'.join(rests)})" for letter, rests in by_letter.items())])


def _any_beginning(patterns: Iterable[str], *, is_word: bool, is_whole: bool) -> frozenset[str] | None:
    """What any of the patterns begins with."""
    known: set[str] = set()
    for pattern in patterns:
        found = _beginnings(pattern, is_word=is_word, is_whole=is_whole)
        if found is None:
            return None
        known |= found
    return frozenset(known)


def _beginnings(pattern: str, *, is_word: bool, is_whole: bool) -> frozenset[str] | None:
    """A whole short word, the first letters of a longer one with a dash, a figure, a mark. Letters tell only where a word begins."""
    alternatives = _alternatives(pattern)
    if len(alternatives) > 1:
        return _any_beginning(alternatives, is_word=is_word, is_whole=is_whole)
    if is_word and (first := FIRST_LETTERS.match(pattern)):
        letters, is_short = first.group(1)[:BEGINNING], len(first.group(1)) < BEGINNING
        is_all = first.group(2) is not None and (is_whole or bool(first.group(2)))
        return frozenset({letters if is_all and is_short else f"{letters}-"})
    thing, rest = _first_thing(pattern)
    repeat = REPEAT.match(rest)
    found = _beginnings_of_thing(thing, is_word=is_word)
    if found is None or not (thing.startswith(TAKES_NOTHING) or (repeat and _may_be_none(repeat))):
        return found
    more = _beginnings(
        rest[repeat.end() if repeat else 0 :], is_word=is_word or thing.startswith(AT_A_WORD), is_whole=is_whole
    )
    return None if more is None else found | more


def _may_be_none(repeat: re.Match[str]) -> bool:
    return repeat.group()[0] in "?*" or repeat.group(1) in {"", "0"}


def _first_thing(pattern: str) -> tuple[str, str]:
    """The first character, escape, set or bracket of a pattern, and the rest."""
    if pattern.startswith("("):
        end = _closing(pattern) + 1
    elif found := SET.match(pattern):
        end = found.end()
    else:
        end = 1 + pattern.startswith("\\")
    return pattern[:end], pattern[end:]


def _beginnings_of_thing(thing: str, *, is_word: bool) -> frozenset[str] | None:
    if thing.startswith(TAKES_NOTHING):
        return frozenset()
    if thing.startswith("("):
        opening = OPENING.match(thing)
        return _beginnings(thing[opening.end() : -1], is_word=is_word, is_whole=False) if opening else None
    if thing in KNOWN:
        return frozenset({KNOWN[thing]})
    if not thing.startswith("["):
        return _beginnings_of_characters(thing.removeprefix("\\"), is_word=is_word) if _is_plain(thing) else None
    if thing.startswith("[^"):
        return None
    escapes = frozenset(re.findall(r"\\[^\W_]", thing))
    plain = _beginnings_of_characters(_characters(re.sub(r"\\[^\W_]", "", thing[1:-1])), is_word=is_word)
    if plain is None or not escapes <= KNOWN.keys():
        return None
    return plain | {KNOWN[escape] for escape in escapes}


def _characters(inside: str) -> str:
    """Those of a set, ranges written out."""
    return "".join(
        "".join(map(chr, range(ord(one["low"]), ord(one["high"]) + 1))) if one["low"] else one["one"]
        for one in IN_A_SET.finditer(inside)
    )


def _is_plain(thing: str) -> bool:
    """Stands for itself."""
    return (len(thing) == 1 and thing not in ".^$") or (thing.startswith("\\") and not thing[1:].isalnum())


def _beginnings_of_characters(characters: str, *, is_word: bool) -> frozenset[str] | None:
    if (not is_word and any(map(str.isalpha, characters))) or any(c.isspace() and c != "\n" for c in characters):
        return None
    return frozenset(FIGURE if c.isdecimal() else f"{c}-" if c.isalpha() else c for c in characters)


def _opened(phrase: str) -> list[str]:
    """A phrase that begins with alternatives as several phrases, so that each shows its first letter."""
    if phrase[1:2] == "?" and phrase[:1].isalpha() and phrase[2:3] != "?":
        return [*_opened(phrase[0] + phrase[2:]), *_opened(phrase[2:])]
    if not phrase.startswith("(?:"):
        return _alternatives(phrase) if "|" in phrase else [phrase]
    end = _closing(phrase)
    inside, rest = phrase[3:end], phrase[end + 1 :]
    is_optional = rest.startswith("?") and not rest.startswith("??")
    grown = len(_alternatives(inside)) * len(rest)
    if (
        (rest[:1] in REPEATS and not is_optional)
        or (is_optional and not rest[1:])
        or len(_alternatives(phrase)) > 1
        or grown > LARGEST
    ):
        return _alternatives(phrase)
    rest = rest.removeprefix("?") if is_optional else rest
    opened = [one for alternative in _alternatives(inside) for one in _opened(alternative + rest)]
    return opened + (_opened(rest) if is_optional else [])


def _alternatives(pattern: str) -> list[str]:
    """What stands between the bars outside all brackets."""
    parts, start, depth = [], 0, 0
    for at, mark in _marks(pattern):
        depth += (mark == "(") - (mark == ")")
        if mark == "|" and not depth:
            parts.append(pattern[start:at])
            start = at + 1
    return [*parts, pattern[start:]]


def _closing(pattern: str) -> int:
    """Where the bracket closes with which the pattern begins."""
    depth = 0
    for at, mark in _marks(pattern):
        depth += (mark == "(") - (mark == ")")
        if mark == ")" and not depth:
            return at
    raise ValueError(pattern)


def _marks(pattern: str) -> Iterable[tuple[int, str]]:
    """Round brackets and bars, but not escaped ones nor those in a set of characters."""
    at, inside = 0, False
    while at < len(pattern):
        character = pattern[at]
        if character == "\\":
            at += 1
        elif inside:
            inside = character != "]"
        elif character == "[":
            inside = True
        elif character in "()|":
            yield at, character
        at += 1
