"""Reads `content/spaces/*.md`: what the invented people wrote, by space and thread.

A space begins with `name: value` lines, a thread with `## title` and `tags:`, a post with `handle/stance:`, where the
stance is q, e, p or o (question, evidence, practice, opinion). Other lines go on with the post.
"""

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from demo.people import CONTENT

STANCES = {"q": "question", "e": "evidence_summary", "p": "local_practice", "o": "opinion"}
POST = re.compile(r"(?P<handle>[a-z]{2,20})/(?P<stance>[qepo]): (?P<text>.*)")


@dataclass
class PostText:
    """One post; the first of a thread is always its question."""

    author: str
    stance: str
    text: str


@dataclass
class ThreadText:
    title: str
    tags: tuple[str, ...] = ()
    posts: list[PostText] = field(default_factory=list)


@dataclass
class SpaceText:
    slug: str
    fields: dict[str, str] = field(default_factory=dict)
    threads: list[ThreadText] = field(default_factory=list)


@cache
def spaces() -> tuple[SpaceText, ...]:
    """All spaces, by file name."""
    return tuple(_space(path) for path in sorted((CONTENT / "spaces").glob("*.md")))


def _space(path: Path) -> SpaceText:
    space = SpaceText(path.stem)
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            space.threads.append(ThreadText(line.removeprefix("## ")))
        elif not space.threads:
            _read_field(space, line)
        else:
            _read_line(space.threads[-1], line)
    return space


def _read_field(space: SpaceText, line: str) -> None:
    name, colon, value = line.partition(": ")
    if colon:
        space.fields[name] = value.strip()


def _read_line(thread: ThreadText, line: str) -> None:
    post = POST.fullmatch(line)
    if post:
        thread.posts.append(PostText(post["handle"], STANCES[post["stance"]], post["text"]))
    elif line.startswith("tags: "):
        thread.tags = tuple(line.removeprefix("tags: ").split(", "))
    elif thread.posts and line.strip():
        thread.posts[-1].text += f"\n\n{line}"
