"""Questions of a room a page at a time. Votes go on while somebody turns pages, so the order stands still.

The first page says at which number of the room's log it was put in order (`at`); the pages after it use that order,
with the words, votes and states of now. The log gives the order of any number again, so nothing needs to be kept.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.cache import caches

from webinars.folding import fold
from webinars.models import Room
from webinars.room_reading import in_order
from webinars.roomlog import entries_after, topic_of

PER_PAGE = 50
KEPT_SECONDS = 300
LONGEST_SOUGHT = 80
ORDERS = ("votes", "time")

State = dict[str, Any]
Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Asked:
    """What a page of questions is asked with: order, number of the page, place in the log, words that are sought."""

    by: str = "votes"
    page: int = 1
    at: int = 0
    sought: str = ""

    @classmethod
    def of(cls, given: Any) -> "Asked":
        """From the fields of an address; what makes no sense counts as not given."""
        by, sought = given.get("sort", "votes"), given.get("find", "").strip()[:LONGEST_SOUGHT]
        page, at = (_number(given.get(name)) for name in ("page", "at"))
        return cls(by if by in ORDERS else "votes", max(1, page), at, sought)


@dataclass(frozen=True)
class QuestionPage:
    """One page. `fresh` counts questions that came after the order was made: they stand on a new first page."""

    rows: Rows
    asked: Asked
    total: int
    pages: int
    page: int
    at: int
    fresh: int = 0

    @property
    def previous_url(self) -> str:
        return self._url(self.page - 1) if self.page > 1 else ""

    @property
    def next_url(self) -> str:
        return self._url(self.page + 1) if self.page < self.pages else ""

    @property
    def first_url(self) -> str:
        """The first page in the order of now."""
        return f"?{urlencode(self._words())}#questions"

    def _url(self, page: int) -> str:
        place = {"page": page, "at": self.at} if page > 1 else {}
        return f"?{urlencode(self._words() | place)}#questions"

    def _words(self) -> dict[str, Any]:
        find = {"find": self.asked.sought} if self.asked.sought else {}
        return {"sort": self.asked.by} | find


def page_of(room: Room | None, state: State, rows: Rows, asked: Asked, *, per_page: int = PER_PAGE) -> QuestionPage:
    """The page that is asked for, of `rows`, which are questions in the order of `state`."""
    order = _order_at(room, state, asked)
    fresh = [row for row in rows if order is not None and row["question"] not in order]
    if order is not None:
        rows = sorted((row for row in rows if row["question"] in order), key=lambda row: order[row["question"]])
    words = asked.sought.casefold()
    found = [row for row in rows if words in row.get("text", "").casefold()] if words else rows
    pages = max(1, -(-len(found) // per_page))
    page = min(asked.page, pages)
    shown = found[(page - 1) * per_page : page * per_page]
    at = asked.at if order is not None else state["seq"]
    return QuestionPage(shown, asked, len(found), pages, page, at, len(fresh))


def _order_at(room: Room | None, state: State, asked: Asked) -> dict[str, int] | None:
    """The place of each question at an earlier number of the log; None for the order of now."""
    if room is None or asked.page == 1 or not 0 < asked.at < state["seq"]:
        return None
    key = f"webinars.order:{room.pk}:{room.epoch}:{asked.at}:{asked.by}"
    cache = caches["process"]
    order: dict[str, int] | None = cache.get(key)
    if order is None:
        then = fold(entries_after(topic_of(room.webinar), 0, asked.at))
        ordered = in_order(then["questions"].values(), asked.by)
        order = {each["question"]: place for place, each in enumerate(ordered)}
        cache.set(key, order, KEPT_SECONDS)
    return order


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 12 else 0
