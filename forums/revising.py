"""The versions of a post and what changed from one to the next."""

import difflib
import re
from dataclasses import dataclass
from datetime import datetime

from forums.models import Post

WORDS = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True)
class Change:
    """A run of words that stayed ("same"), came ("added") or went ("removed")."""

    kind: str
    text: str


@dataclass(frozen=True)
class Version:
    number: int
    until: datetime | None
    title: str
    changes: list[Change]


def versions_of(post: Post) -> list[Version]:
    """All versions that moderators have not hidden, newest first, each with its changes from the one before."""
    kept = [(r.number, r.replaced_at, r.title, r.source) for r in post.revisions.filter(hidden_at=None)]
    title = post.thread.title if post.is_opening else ""
    texts = [*kept, (post.revision, None, title, post.source)]
    versions = []
    before = texts[0][3]
    for number, until, name, text in texts:
        versions.append(Version(number, until, name, changes_between(before, text)))
        before = text
    return versions[::-1]


def changes_between(before: str, after: str) -> list[Change]:
    """Word by word, with the white space as it stands."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    changes: list[Change] = []
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            changes.append(Change("same", "".join(new[j1:j2])))
            continue
        if i2 > i1:
            changes.append(Change("removed", "".join(old[i1:i2])))
        if j2 > j1:
            changes.append(Change("added", "".join(new[j1:j2])))
    return changes
