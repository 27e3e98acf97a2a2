"""What a published version keeps, its digest, and what changed between two of them. Pure but for reading the page."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from wagtail.blocks import StreamValue

from community.knowledge.practice.blocks import PARTS, PracticeStream
from community.knowledge.practice.sections import words_in

PLAIN = ("kind", "title", "result", "problem", "place", "income_level", "locality", "facility_level", "staff_mix",
         "population_band", "language")  # fmt: skip


def content_of(page: Any) -> dict[str, Any]:
    """The fields and the body of a page as JSON holds them; authors by number, never by name."""
    return {
        **{name: getattr(page, name) for name in PLAIN},
        "country": page.country.code if page.country else "",
        "specialties": sorted(each.slug for each in page.specialties.all()),
        "tags": sorted(each.name for each in page.tags.all()),
        "started_on": page.started_on.isoformat() if page.started_on else None,
        "ended_on": page.ended_on.isoformat() if page.ended_on else None,
        "body": [{"type": block["type"], "value": block["value"]} for block in page.body.raw_data],
        "authors": page.author_ids(),
    }


def digest_of(content: Mapping[str, Any]) -> str:
    """SHA-256, hexadecimal, over canonical JSON (keys sorted, no spaces, UTF-8)."""
    words = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(words.encode()).hexdigest()


def stream_of(content: Mapping[str, Any]) -> StreamValue:
    """The body of a kept version, ready to be drawn."""
    return StreamValue(PracticeStream(), list(content.get("body", [])), is_lazy=True)


@dataclass(frozen=True)
class Piece:
    """A run of words: `kind` is "same", "out" or "in"."""

    kind: str
    text: str


@dataclass(frozen=True)
class Change:
    """One field or part that differs."""

    name: str
    pieces: list[Piece]


def changes_between(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Change]:
    """What differs, in the order of reading; authors are left out."""
    before, after = _flat(old), _flat(new)
    names = [name for name in _order(before, after) if before.get(name, "") != after.get(name, "")]
    return [Change(name, pieces_of(before.get(name, ""), after.get(name, ""))) for name in names]


def pieces_of(old: str, new: str) -> list[Piece]:
    """Word by word; spaces and line ends belong to the word before them."""
    before, after = _words(old), _words(new)
    pieces: list[Piece] = []
    for verb, a1, a2, b1, b2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if verb == "equal":
            pieces.append(Piece("same", "".join(before[a1:a2])))
            continue
        pieces += [Piece("out", "".join(before[a1:a2]))] if a2 > a1 else []
        pieces += [Piece("in", "".join(after[b1:b2]))] if b2 > b1 else []
    return pieces


def _words(text: str) -> list[str]:
    words: list[str] = []
    for line in text.splitlines(keepends=True):
        words += [word + " " for word in line.rstrip("\n").split(" ")]
        words[-1] = words[-1].rstrip(" ") + ("\n" if line.endswith("\n") else "")
    return words


def _flat(content: Mapping[str, Any]) -> dict[str, str]:
    flat = {name: _text(value) for name, value in content.items() if name not in {"body", "authors"}}
    for block in content.get("body", []):
        words = words_in(block["value"])
        flat[block["type"]] = f"{flat[block['type']]}\n{words}" if block["type"] in flat else words
    return {name: text for name, text in flat.items() if text}


def _text(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")


def _order(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    names = dict.fromkeys([*before, *after])
    return sorted(names, key=lambda name: PARTS.index(name) + 1 if name in PARTS else 0)
