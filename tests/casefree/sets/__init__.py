"""Texts written by hand for measuring the guard, one a line; threads are lines of posts. No text is anybody's."""

import re
from itertools import combinations, product
from pathlib import Path

from tests.casefree.texts import PASSES

FOLDER = Path(__file__).parent
#: Written as escapes, so that an editor shows them.
ESCAPES = {rf"\u{ord(c):04x}": c for c in "\u200b\u200d\u00ad\u00a0\u2009\u2011\u202e"}
THREADS = 220


def lines(name: str) -> list[str]:
    """The texts of one file."""
    texts = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [_unescaped(text) for text in texts if text.strip()]


def batch(number: int, name: str) -> list[tuple[str, str]]:
    """Text and surface of a batch that was written before the guard saw it: lines may begin with `[chat]`."""
    found = (re.match(r"(?:\[(\w+)\] )?(.*)", line) for line in lines(f"blind_{number}/{name}"))
    return [(match[2], match[1] or "post") for match in found if match]


def batch_threads(number: int, name: str) -> list[list[str]]:
    """The threads of such a batch, as people write them."""
    return [line.split("\t") for line in lines(f"blind_{number}/{name}_threads")]


def surface_of(text: str) -> str:
    """Lines that look like file names are screened as such."""
    return "file_name" if "_" in text and " " not in text else "post"


def violating_threads() -> list[list[str]]:
    """Three posts of one author: as people write them, and further ones of an opening question and two details."""
    written = [line.split("\t") for line in lines("violating_threads")]
    details = [line.split("\t") for line in lines("thread_details")]
    pairs = [(a[1], b[1]) for a, b in combinations(details, 2) if a[0] != b[0]]
    step = max(1, len(pairs) * len(lines("thread_openings")) // THREADS)
    put_together = [[opening, *pair] for opening, pair in product(lines("thread_openings"), pairs)]
    return written + put_together[::step][:THREADS]


def ordinary_threads() -> list[list[str]]:
    """Threads as people write them, and further ones of harmless posts in a row."""
    written = [line.split("\t") for line in lines("ordinary_threads")]
    posts = [*lines("legitimate"), *PASSES]
    return (
        written
        + [posts[at : at + 4] for at in range(0, 4 * 200, 4) if len(posts[at : at + 4]) > 2]
        + [posts[at::61][:4] for at in range(61)]
        + [posts[at::53][:4] for at in range(53)]
    )


def _unescaped(text: str) -> str:
    for written, character in ESCAPES.items():
        text = text.replace(written, character)
    return text
