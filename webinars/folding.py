"""The state of a room, folded from its events in order. Pure; static/webinars/room-state.js does the same in browsers.

Folding the log as it is stored gives what a client has that took in each event when it came: words that went away
are gone from both.
"""

from collections.abc import Callable, Iterable
from typing import Any

State = dict[str, Any]
Body = dict[str, Any]
Event = dict[str, Any]


def empty_room() -> State:
    """Before anything happened."""
    return {
        "seq": 0,
        "lines": {},
        "pinned": None,
        "rules": {"chat_open": True, "slow_seconds": 0, "questions_queued": False},
        "questions": {},
        "polls": {},
        "hands": 0,
        "slide": {"n": 0, "deck": None},
        "live": False,
        "video": False,
        "ended": False,
        "cuts": [],
    }


def fold(events: Iterable[Event], start: State | None = None) -> State:
    """The state after these events, which follow upon `start`; `start` stays as it was."""
    state = dict(start or empty_room())
    for name in ("lines", "questions", "polls"):
        state[name] = dict(state[name])
    for event in events:
        state["seq"] = event["seq"]
        apply = _CHANGES.get(event["verb"])
        if apply:
            apply(state, event["body"], event)
    return state


def _said(state: State, body: Body, event: Event) -> None:
    line = {"text": "", **body, "seq": event["seq"], "at": event["at"], "by": event["by"]}
    if line.get("gone") == "edited":
        del line["gone"]
    state["lines"][event["seq"]] = line


def _edited(state: State, body: Body, event: Event) -> None:
    """A change whose own words are gone says nothing: the line says what became of them."""
    line = state["lines"].get(body["of"])
    if line is None or "text" not in body:
        return
    known = {name: value for name, value in line.items() if name != "gone"}
    state["lines"][body["of"]] = {**known, "text": body["text"], **({} if body.get("restored") else {"edited": True})}


def _gone(why: str) -> Callable[[State, Body, Event], None]:
    def change(state: State, body: Body, event: Event) -> None:
        _empty(state, body["of"], why)

    return change


def _empty(state: State, seq: int, why: str) -> None:
    line = state["lines"].get(seq)
    if line is not None:
        known = {name: value for name, value in line.items() if name != "edited"}
        state["lines"][seq] = {**known, "text": "", "gone": why}


def _pinned(state: State, body: Body, event: Event) -> None:
    state["pinned"] = body["of"]


def _rules(state: State, body: Body, event: Event) -> None:
    state["rules"] = {**state["rules"], **body}


def _question(state: State, body: Body, event: Event) -> None:
    fresh = {"score": 0, "pinned": False, "state": "visible"}
    known = state["questions"].get(body["question"], fresh)
    shown = {name: value for name, value in body.items() if name != "gone"}
    place = {"seq": event["seq"], "at": event["at"], "by": event["by"]}
    state["questions"][body["question"]] = {**known, "text": "", **shown, **place}


def _question_changed(state: State, body: Body, event: Event) -> None:
    question = state["questions"].get(body["question"])
    if question is None:
        return
    is_gone = body["state"] in {"hidden", "withdrawn"}
    state["questions"][body["question"]] = {**question, **body, **({"text": ""} if is_gone else {})}


def _scores(state: State, body: Body, event: Event) -> None:
    for public_id, score in body["scores"].items():
        if public_id in state["questions"]:
            state["questions"][public_id] = {**state["questions"][public_id], "score": score}


def _poll(state: State, body: Body, event: Event) -> None:
    state["polls"][body["poll"]["id"]] = {**body["poll"], "state": "open", "seq": event["seq"]}


def _poll_changed(state: State, body: Body, event: Event) -> None:
    poll = state["polls"].get(body["poll"])
    if poll is None:
        return
    told = {name: value for name, value in body.items() if name != "poll"}
    closed = {"state": "closed"} if event["verb"] == "poll.closed" else {}
    state["polls"][body["poll"]] = {**poll, **told, **closed}


def _hands(state: State, body: Body, event: Event) -> None:
    state["hands"] = body["count"]


def _slide(state: State, body: Body, event: Event) -> None:
    state["slide"] = {"n": body["n"], "deck": body["deck"]}


def _course(state: State, body: Body, event: Event) -> None:
    state["live"], state["ended"] = event["verb"] == "webinar.live", event["verb"] == "webinar.ended"


def _video(state: State, body: Body, event: Event) -> None:
    state["video"] = True


def _cut(state: State, body: Body, event: Event) -> None:
    """The words that were cut with a piece of the video are named, lines and questions."""
    state["cuts"] = [*state["cuts"], {"from": body["from"], "to": body["to"]}]
    for seq in body.get("lines", ()):
        _empty(state, seq, "cut")
    for public_id in body.get("questions", ()):
        if public_id in state["questions"]:
            state["questions"][public_id] = {**state["questions"][public_id], "text": ""}


_CHANGES: dict[str, Callable[[State, Body, Event], None]] = {
    "chat.said": _said,
    "chat.edited": _edited,
    "chat.deleted": _gone("deleted"),
    "chat.hidden": _gone("hidden"),
    "chat.pinned": _pinned,
    "room.changed": _rules,
    "question.shown": _question,
    "question.changed": _question_changed,
    "question.scores": _scores,
    "poll.opened": _poll,
    "poll.results": _poll_changed,
    "poll.closed": _poll_changed,
    "hand.count": _hands,
    "slide.shown": _slide,
    "webinar.live": _course,
    "webinar.ended": _course,
    "video.begun": _video,
    "media.cut": _cut,
}
