"""Lists of phrases made into patterns that a text is searched with quickly.

A phrase may use the marks of a regular expression. Two things make the search quick, and change nothing about what is
found: the text is read in small letters, so that no letter has to be tried in two ways, and phrases are sorted by their
first letter, so that most of them need not be tried at all.
"""

import re
from collections.abc import Iterable, Mapping

#: What a phrase may grow to when it is opened; more would take long to compile.
LARGEST = 800
#: Marks after a letter that make it optional or repeat it.
REPEATS = ("?", "{", "*", "+")
#: So many letters of a word tell whether a phrase could begin with it.
BEGINNING = 3
#: Stands for words that begin with a figure.
FIGURE = "0"
WORD_START = re.compile(rf"(?<![^\W_])[^\W_]{{1,{BEGINNING}}}")
#: What a phrase is known to begin with: letters, and whether they are the whole word.
FIRST_LETTERS = re.compile(r"([^\W\d_]+)(?![?{*+])(\[\\s-\]\{1,3\}|$)?")


class Phrases:
    """Any of some phrases. Give it text in small letters: `Reading.small`."""

    __slots__ = ("beginnings", "finditer", "match", "search")

    def __init__(self, phrases: Iterable[str], *, before: str = r"(?<!\w)", after: str = r"(?!\w)") -> None:
        opened = [one for phrase in phrases for one in _opened(in_small_letters(phrase))]
        pattern = re.compile(f"{before}(?:{_sorted(opened)}){after}")
        self.search, self.match, self.finditer = pattern.search, pattern.match, pattern.finditer
        #: One of these must be among the beginnings of a text's words; None where a phrase may begin with anything.
        self.beginnings = _beginnings(opened, whole=bool(after))

    def may_be_in(self, beginnings: frozenset[str]) -> bool:
        """Whether a text could hold one of the phrases, by how its words begin."""
        return self.beginnings is None or not self.beginnings.isdisjoint(beginnings)


def cue_beginnings(*cues: str) -> frozenset[str] | None:
    """How the words begin of which one must be there for any of the cues to be; None where that cannot be told."""
    plain = (in_small_letters(cue.replace("(?-i:", "(?:")) for cue in cues)
    return _beginnings((one.removeprefix(r"\b") for cue in plain for one in _opened(cue)), whole=False)


def beginnings_of(text: str) -> frozenset[str]:
    """How the words of a text in small letters begin."""
    starts = set(WORD_START.findall(text))
    figures = {FIGURE} if any(start[0].isdecimal() for start in starts) else set()
    return frozenset(
        starts | figures | {start[:length] + "-" for start in starts for length in range(1, len(start) + 1)}
    )


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


def _beginnings(opened: Iterable[str], *, whole: bool) -> frozenset[str] | None:
    """What the phrases begin with: a whole short word, the first letters of a longer one with a dash, a figure."""
    known: set[str] = set()
    for phrase in opened:
        if phrase.startswith(r"\d"):
            known.add(FIGURE)
        elif first := FIRST_LETTERS.match(phrase):
            letters, is_whole = first.group(1)[:BEGINNING], whole and first.group(2) is not None
            known.add(letters if is_whole and len(letters) < BEGINNING else f"{letters}-")
        else:
            return None
    return frozenset(known)


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
