"""What the pages of a room show: lines, questions and polls of its state, marked with what is this viewer's own."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime

from webinars.models import PollKind, QuestionState, Webinar
from webinars.room_acts import acts_on_question
from webinars.showing import slide_pages

LINES = 200
CLOSED = {QuestionState.ANSWERED, QuestionState.DISMISSED, QuestionState.MERGED}
NOT_SHOWN = {QuestionState.HIDDEN, QuestionState.WITHDRAWN, QuestionState.QUEUE}
RANKS = {QuestionState.LIVE: 0, QuestionState.VISIBLE: 2}

State = dict[str, Any]
Own = dict[str, Any]
May = frozenset[str]


def own_as_json(own: Own) -> str:
    """For the page's scripts, which mark the same until they have asked for more."""
    questions = [question["question"] for question in own["questions"]]
    return json.dumps({name: own[name] for name in ("votes", "answers", "hand")} | {"questions": questions})


def waiting_of(own: Own) -> list[dict[str, Any]]:
    """Own questions that the room does not show, with what became of them."""
    return [
        {**question, "label": QuestionState(question["state"]).label}
        for question in own["questions"]
        if question["state"] in {QuestionState.QUEUE, QuestionState.HIDDEN}
    ]


def lines_shown(state: State, sought: str = "", before: int = 0) -> tuple[list[dict[str, Any]], bool]:
    """The newest lines, those before a number, or those with the sought words, oldest first; and whether earlier ones
    are there. Answers know the line they answer."""
    lines, words = state["lines"], sought.casefold()
    found = [line for line in lines.values() if words in line.get("text", "").casefold()]
    found = [line for line in found if not before or line["seq"] < before]
    shown = [{**line, "answered": lines.get(line.get("reply_to")), "moment": _moment(line)} for line in found[-LINES:]]
    return shown, len(found) > LINES


def questions_shown(state: State, own: Own, may: May, by: str) -> list[dict[str, Any]]:
    """Sorted as room-state.js sorts: being answered, pinned, then by votes or newest first; closed ones last."""
    mine = {question["question"] for question in own["questions"]}
    return [_question(each, own, mine, may) for each in in_order(state["questions"].values(), by)]


def in_order(questions: Iterable[dict[str, Any]], by: str) -> list[dict[str, Any]]:
    """Those that the room shows, in the order of its pages."""
    shown = [each for each in questions if each["state"] not in NOT_SHOWN]
    if by == "time":
        return sorted(shown, key=lambda each: (_rank(each), -each["seq"]))
    return sorted(shown, key=lambda each: (_rank(each), -each["score"], each["seq"]))


def polls_shown(state: State, own: Own, may: May) -> list[dict[str, Any]]:
    """Newest first; each with its bars, and whether this viewer can answer it now."""
    return [_poll(each, own, may) for each in reversed(state["polls"].values())]


def slides_of(state: State, webinar: Webinar) -> list[dict[str, Any]]:
    """The pages of the deck that is shown."""
    deck = webinar.decks.filter(public_id=state["slide"].get("deck") or "", state="ready").first()
    return slide_pages(deck) if deck else []


# --- Inside ----------------------------------------------------------------------------------------------------


def _moment(line: dict[str, Any]) -> datetime:
    """In the reader's zone."""
    return localtime(datetime.fromisoformat(line["at"]))


def _question(each: dict[str, Any], own: Own, mine: set[str], may: May) -> dict[str, Any]:
    return {
        **each,
        "label": QuestionState(each["state"]).label,
        "voted": each["question"] in own["votes"],
        "is_own": each["question"] in mine,
        "closed": each["state"] in CLOSED,
        "acts": acts_on_question(each, may),
    }


def _rank(each: dict[str, Any]) -> int:
    if each["state"] in CLOSED:
        return 3
    return 1 if each.get("pinned") and each["state"] != QuestionState.LIVE else RANKS.get(each["state"], 2)


def _poll(each: dict[str, Any], own: Own, may: May) -> dict[str, Any]:
    scale = [{"n": n, "text": str(n)} for n in range(1, 6)]
    options = scale if each["kind"] == PollKind.SCALE else each.get("options", [])
    answered = each["id"] in own["answers"]
    is_open = each["state"] == "open"
    return {
        **each,
        "options": options,
        "is_open": is_open,
        "answered": answered,
        "choosing": is_open and not answered and "poll.vote" in may,
        "bars": [_bar(option, each) for option in options] if each.get("counts") is not None else [],
    }


def _bar(option: dict[str, Any], each: dict[str, Any]) -> dict[str, Any]:
    """One answer with its count; a count that is None stands for fewer than five."""
    counts, total = each["counts"], each.get("total") or 0
    count = counts.get(str(option["n"]), counts.get(option["n"], 0))
    share = round(100 * count / total) if count and total else 0
    return {**option, "count": count, "share": share, "correct": option["n"] in (each.get("correct") or [])}
