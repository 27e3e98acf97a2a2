"""The words of the pages a new site begins with, piece by piece, so that each stands in the message catalogue.

An editor's change to one paragraph leaves the others as they were, and so translated. Pure: tools.messages reads this.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from community.knowledge.first_pages.guidelines import GUIDELINES
from community.knowledge.first_pages.help import HELP
from community.knowledge.first_pages.home import HOME

#: What holds no words: addresses, choices, numbers.
SILENT = frozenset({"type", "id", "slug", "version", "in_force_from", "verdict", "kind", "image"})
#: One paragraph, heading or entry of rich text, which is one message without its own tag.
PIECE = re.compile(r"(<(h[2-4]|p|li)\b[^>]*>)(.*?)(</\2>)", re.DOTALL)
#: Added by Wagtail's editor to every paragraph when a page is saved.
KEY = re.compile(r' data-block-key="\w+"')

#: Titles and introductions of the lists of pages, as migrations wrote them.
SHELVES = (
    "Guidelines",
    "What members agree to, how to write without a case, how people are verified, what happens to data.",
    "Help",
    "How the site works, in short pages. If something is missing, write to us.",
    "Best practice",
    "What colleagues tried for a problem in their region: what worked, what did not, and what to keep when you try it "
    "where you are.",
    "Myth checks",
    "Claims that clinicians hear, checked by clinicians: the fact first, then the verdict, why the claim misleads, and "
    "the sources. Free to share.",
    "Bulletins",
    "What happened, why trust this, what to do now, and what follows if one does not. Each bulletin is released by two "
    "people and is corrected in the open.",
)


def first_words() -> list[str]:
    """Every message of the first pages, once each, in their order."""
    found = [piece for page in (HOME, *HELP, *GUIDELINES) for piece in _pieces(page)]
    return list(dict.fromkeys([*found, *SHELVES]))


def reworded(value: Any, say: Callable[[str], str]) -> Any:
    """The same value with `say` applied to every piece of words in it; dicts and lists go through to any depth."""
    if isinstance(value, str):
        return _reworded_text(value, say)
    if isinstance(value, dict):
        return {key: each if key in SILENT else reworded(each, say) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [reworded(each, say) for each in value]
    return value


def _reworded_text(text: str, say: Callable[[str], str]) -> str:
    if not text.lstrip().startswith("<"):
        return say(text) if text else text
    return PIECE.sub(lambda found: f"{found[1]}{say(found[3]) if found[3] else ''}{found[4]}", KEY.sub("", text))


def _pieces(value: Any) -> Iterator[str]:
    found: list[str] = []
    reworded(value, lambda piece: found.append(piece) or piece)  # type: ignore[func-returns-value]
    yield from found
