"""The words of a published version as pieces to be translated, and put back again. Pure.

Only words are pieces: numbers, dates in figures, choices from lists, sources and addresses stay those of the version,
so that a translation can never say another number than the original.
"""

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

#: The line of fields that are columns, in the order of reading, with the most letters that a translation may have.
FIELDS = {"title": 160, "result": 240, "problem": 6000}
#: Cells of rows that hold a person's words.
CELLS = frozenset(
    {"when", "what", "detail", "element", "why", "role", "people", "part", "equipment", "it", "training", "name"}
    | {"period", "note", "text", "title", "step", "who", "heading", "caption", "about", "alt_text"}
)
#: Parts that are cited, not said.
LEFT_OUT = frozenset({"sources"})
#: A translation may be longer than the words it stands for, but not without bounds.
LONGEST, TIMES_LONGER, ROOM = 12_000, 3, 200


@dataclass(frozen=True)
class Piece:
    """Some words of the original: `path` is where they stand, `part` the field or kind of block."""

    path: str
    part: str
    text: str

    @property
    def longest(self) -> int:
        """The most characters that a translation of it may have."""
        return FIELDS.get(self.path, min(LONGEST, TIMES_LONGER * len(self.text) + ROOM))

    @property
    def is_long(self) -> bool:
        return len(self.text) > 80 or "\n" in self.text


def pieces_of(content: Mapping[str, Any]) -> list[Piece]:
    """Everything of a version that can be translated, in the order of reading."""
    found = [Piece(name, name, str(content.get(name) or "")) for name in FIELDS]
    for number, block in enumerate(content.get("body", [])):
        if block["type"] not in LEFT_OUT:
            pairs = _words(block["value"], f"body/{number}", is_cell=True)
            found += [Piece(path, block["type"], text) for path, text in pairs]
    return [piece for piece in found if _says_something(piece.text)]


def translated(content: Mapping[str, Any], texts: Mapping[str, str], language: str) -> dict[str, Any]:
    """The version with these words in the places of its own; what has no translation stays as it was."""
    told = copy.deepcopy(dict(content))
    for piece in pieces_of(content):
        text = texts.get(piece.path, "").strip()
        if text:
            _put(told, _steps_to(piece.path), text)
    return {**told, "language": language}


def carried(before: Mapping[str, Any], texts: Mapping[str, str], after: Mapping[str, Any]) -> dict[str, str]:
    """The translations that still hold for a newer version: those of words that are the same, wherever they stand."""
    known = {piece.text: texts[piece.path] for piece in pieces_of(before) if texts.get(piece.path)}
    return {piece.path: known[piece.text] for piece in pieces_of(after) if piece.text in known}


def lacking(content: Mapping[str, Any], texts: Mapping[str, str]) -> list[Piece]:
    """The pieces that have no translation."""
    return [piece for piece in pieces_of(content) if not texts.get(piece.path, "").strip()]


def _words(value: Any, path: str, *, is_cell: bool) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        if is_cell:
            yield path, value
    elif isinstance(value, list):
        for number, row in enumerate(value):
            yield from _words(row, f"{path}/{number}", is_cell=is_cell)
    elif isinstance(value, Mapping):
        for key, each in value.items():
            # Rows that the admin stored are wrapped: {"type": "item", "value": …, "id": …}.
            if key == "value" and "type" in value:
                yield from _words(each, f"{path}/{key}", is_cell=True)
            elif not isinstance(each, str) or key in CELLS:
                yield from _words(each, f"{path}/{key}", is_cell=key in CELLS)


def _says_something(text: str) -> bool:
    """Words, not a number, a month or a dash."""
    return sum(letter.isalpha() for letter in text) > 1


def _steps_to(path: str) -> list[str]:
    """A place in the body is told without the step from a block to its value."""
    name, *rest = path.split("/")
    return [name, rest[0], "value", *rest[1:]] if rest else [name]


def _put(value: Any, steps: list[str], text: str) -> None:
    *way, last = steps
    for step in way:
        value = value[int(step) if isinstance(value, list) else step]
    value[int(last) if isinstance(value, list) else last] = text
