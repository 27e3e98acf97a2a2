"""Sources and lists as people type them in a plain box: one to a line. Pure; both ways."""

import re
from dataclasses import dataclass

ADDRESS = re.compile(r"\bhttps?://[^\s<>\"]+", re.IGNORECASE)
BULLET = re.compile(r"^\s*(?:[-*•–]|\d+[.)])\s+")
ENDS = " \t.,;:|–—-"


@dataclass(frozen=True)
class Source:
    """What a statement rests on: a title, and an address where there is one."""

    title: str
    url: str = ""

    def __str__(self) -> str:
        return f"{self.title} | {self.url}" if self.url else self.title


def sources_in(text: str) -> list[Source]:
    """One source to a line: a title, and anywhere in the line an address. A bare address is its own title."""
    return [_source(line) for line in points_in(text)]


def points_in(text: str) -> list[str]:
    """The lines that say something, without bullets and numbers in front."""
    return [line for raw in text.splitlines() if (line := BULLET.sub("", raw).strip())]


def as_text(sources: list[Source]) -> str:
    """The same, as it is typed."""
    return "\n".join(str(source) for source in sources)


def _source(line: str) -> Source:
    found = ADDRESS.search(line)
    if found is None:
        return Source(line)
    url = found.group().rstrip(".,;)")
    title = (line[: found.start()] + line[found.start() + len(url) :]).strip(ENDS)
    return Source(title or url, url)
