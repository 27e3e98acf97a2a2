"""Pages of a long list by key instead of by offset: page 5,000 costs what page 1 costs.

A cursor is opaque to clients. It holds only sort keys of a row, never a permission.
"""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from django.db.models import Q, QuerySet

from community.core.errors import Invalid
from forums.models import Thread

LIST_SIZE = 30
Row = TypeVar("Row")


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Rows of one page and the cursor of the next one; empty on the last."""

    rows: Sequence[Row]
    next: str = ""


@dataclass(frozen=True)
class Place:
    """Where a page of threads begins: after this row."""

    pinned: bool
    at: datetime
    id: int

    @classmethod
    def of(cls, thread: Thread) -> "Place":
        return cls(thread.pinned, thread.last_posted_at, thread.pk)

    @classmethod
    def read(cls, cursor: str) -> "Place":
        """Raises Invalid for anything that `write` has not made."""
        try:
            pinned, at, pk = json.loads(base64.urlsafe_b64decode(cursor.encode()))
            return cls(bool(pinned), datetime.fromisoformat(at), int(pk))
        except (ValueError, TypeError):
            raise Invalid({"after": ["This page does not exist."]}) from None

    def write(self) -> str:
        keys = [int(self.pinned), self.at.isoformat(), self.id]
        return base64.urlsafe_b64encode(json.dumps(keys, separators=(",", ":")).encode()).decode()

    def after(self, *, pinned_first: bool) -> Q:
        older = Q(last_posted_at__lt=self.at) | Q(last_posted_at=self.at, id__lt=self.id)
        if not pinned_first:
            return older
        return Q(pinned=True) & older | Q(pinned=False) if self.pinned else Q(pinned=False) & older


def page_of_threads(
    threads: "QuerySet[Thread]", cursor: str = "", *, pinned_first: bool = False, size: int = LIST_SIZE
) -> Page[Thread]:
    """The threads after the cursor, newest activity first, pinned ones before all where asked."""
    order = ["-pinned"] if pinned_first else []
    if cursor:
        threads = threads.filter(Place.read(cursor).after(pinned_first=pinned_first))
    rows = list(threads.order_by(*order, "-last_posted_at", "-id")[: size + 1])
    more = len(rows) > size
    return Page(rows[:size], Place.of(rows[size - 1]).write() if more else "")
