"""What the pages of a room show: its folded state, and beside it what is only this viewer's own."""

import json
from dataclasses import dataclass, field
from typing import Any

from community.core.audiences import Viewer
from webinars.commands import commands_for
from webinars.crews import roles_of
from webinars.models import Hand, PollAnswer, PollKind, Question, QuestionState, QuestionVote, Room, Slide, Webinar
from webinars.policies import Roles, limits_of
from webinars.room_acts import acts_on_question
from webinars.roomlog import entries_after, topic_of

LINES = 200
FEW = 5
CLOSED = {QuestionState.ANSWERED, QuestionState.DISMISSED, QuestionState.MERGED, QuestionState.HIDDEN}
NOT_SHOWN = {QuestionState.HIDDEN, QuestionState.WITHDRAWN, QuestionState.QUEUE}
RANKS = {QuestionState.LIVE: 0, QuestionState.VISIBLE: 2}


@dataclass
class OwnPart:
    """What one member did in a room: for marking votes, answers and questions as theirs."""

    votes: set[str] = field(default_factory=set)
    answers: dict[str, list[int]] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)
    hand: bool = False

    def as_json(self) -> str:
        """For the page's scripts, which mark the same."""
        known = [question.public_id for question in self.questions]
        whole = {"votes": sorted(self.votes), "answers": self.answers, "questions": known, "hand": self.hand}
        return json.dumps(whole)

    @property
    def waiting(self) -> list[Question]:
        """Own questions that the room does not show: in the queue, set aside, withdrawn."""
        shown = {QuestionState.VISIBLE, QuestionState.LIVE, QuestionState.ANSWERED, QuestionState.MERGED}
        return [question for question in self.questions if question.state not in shown]


def own_part(member: Any, webinar: Webinar) -> OwnPart:
    votes = QuestionVote.objects.filter(voter=member, question__webinar=webinar)
    answers = PollAnswer.objects.filter(member=member, poll__webinar=webinar)
    return OwnPart(
        votes=set(votes.values_list("question__public_id", flat=True)),
        answers=dict(answers.values_list("poll__public_id", "choices")),
        questions=list(Question.objects.filter(webinar=webinar, author=member).order_by("asked_at")),
        hand=Hand.objects.filter(room__webinar=webinar, member=member).exists(),
    )


def may_in_room(viewer: Viewer, webinar: Webinar, roles: Roles) -> frozenset[str]:
    """The commands this viewer may give now."""
    return frozenset(commands_for(viewer, webinar, roles, limits_of(viewer.member, webinar)))


def roles_in(viewer: Viewer, webinar: Webinar) -> Roles:
    return roles_of(viewer.member, webinar)


def state_of(webinar: Webinar) -> dict[str, Any]:
    """The room as everybody in it sees it."""
    room = Room.objects.filter(webinar=webinar).first()
    return fold(entries_after(topic_of(webinar), 0, room.last_seq) if room else [])


def lines_shown(state: dict[str, Any], sought: str = "") -> list[dict[str, Any]]:
    """The newest lines, or those with the sought words, oldest first; answers know the line they answer."""
    lines = state["lines"]
    found = [line for line in lines.values() if sought.lower() in line.get("text", "").lower()]
    return [{**line, "answered": lines.get(line.get("reply_to"))} for line in found[-LINES:]]


def questions_shown(state: dict[str, Any], own: OwnPart, may: frozenset[str], by: str) -> list[dict[str, Any]]:
    """Sorted as room-state.js sorts: being answered, pinned, then by votes or newest first; closed ones last."""
    mine = {question.public_id for question in own.questions}
    shown = [each for each in state["questions"].values() if each["state"] not in NOT_SHOWN]
    marked = [_question(each, own, mine, may) for each in shown]
    if by == "time":
        return sorted(marked, key=lambda each: (_rank(each), -each["seq"]))
    return sorted(marked, key=lambda each: (_rank(each), -each["score"], each["seq"]))


def polls_shown(state: dict[str, Any], own: OwnPart, may: frozenset[str]) -> list[dict[str, Any]]:
    """Newest first; each with its bars, and whether this viewer can answer it now."""
    return [_poll(each, own, may) for each in reversed(state["polls"].values())]


def slides_of(state: dict[str, Any], webinar: Webinar) -> list[Slide]:
    """The pages of the deck that is shown."""
    deck = state["slide"].get("deck")
    return list(Slide.objects.filter(deck__webinar=webinar, deck__public_id=deck)) if deck else []


# --- Folding ---------------------------------------------------------------------------------------------------


def fold(events: list[dict[str, Any]]) -> dict[str, Any]:
    state: dict[str, Any] = {
        "seq": 0, "lines": {}, "pinned": None, "rules": {}, "questions": {}, "polls": {}, "hands": 0,
        "slide": {"n": 0, "deck": None}, "live": False, "ended": False,
    }  # fmt: skip
    for event in events:
        state["seq"] = event["seq"]
        _apply(state, event["verb"], event["body"], event)
    return state


def _apply(state: dict[str, Any], verb: str, body: dict[str, Any], event: dict[str, Any]) -> None:
    lines, questions, polls = state["lines"], state["questions"], state["polls"]
    match verb:
        case "chat.said":
            line = {**body, "seq": event["seq"], "at": event["at"], "by": event["by"]}
            lines[event["seq"]] = {**line, "gone": "" if body.get("gone") == "edited" else body.get("gone", "")}
        case "chat.edited" if body["of"] in lines and body.get("gone", "") in {"", "edited"}:
            lines[body["of"]].update(text=body.get("text", ""), edited=True, gone="")
        case "chat.deleted" | "chat.hidden" if body["of"] in lines:
            lines[body["of"]].update(text="", gone=verb.removeprefix("chat."))
        case "chat.pinned":
            state["pinned"] = body.get("of")
        case "room.changed":
            state["rules"].update(body)
        case "question.shown":
            fresh = {"score": 0, "pinned": False, "state": "visible", "at": event["at"], "seq": event["seq"]}
            questions[body["question"]] = {**fresh, **body}
        case "question.changed" if body["question"] in questions:
            questions[body["question"]].update(body)
        case "question.scores":
            for question, score in body["scores"].items():
                questions.get(question, {})["score"] = score
        case "poll.opened":
            polls[body["poll"]["id"]] = {**body["poll"], "state": "open"}
        case "poll.results" | "poll.closed" if body["poll"] in polls:
            known = {key: value for key, value in body.items() if key != "poll"}
            polls[body["poll"]].update(known, **({"state": "closed"} if verb == "poll.closed" else {}))
        case "hand.count":
            state["hands"] = body["count"]
        case "slide.shown":
            state["slide"] = {"n": body["n"], "deck": body.get("deck")}
        case "webinar.live" | "webinar.ended":
            state.update(live=verb == "webinar.live", ended=verb == "webinar.ended")


# --- Inside ----------------------------------------------------------------------------------------------------


def _question(each: dict[str, Any], own: OwnPart, mine: set[str], may: frozenset[str]) -> dict[str, Any]:
    return {
        **each,
        "label": QuestionState(each["state"]).label,
        "voted": each["question"] in own.votes,
        "is_own": each["question"] in mine,
        "closed": each["state"] in CLOSED,
        "acts": acts_on_question(each, may),
    }


def _rank(each: dict[str, Any]) -> int:
    if each["closed"]:
        return 3
    return 1 if each.get("pinned") and each["state"] != QuestionState.LIVE else RANKS.get(each["state"], 2)


def _poll(each: dict[str, Any], own: OwnPart, may: frozenset[str]) -> dict[str, Any]:
    scale = [{"n": n, "text": str(n)} for n in range(1, 6)]
    options = scale if each["kind"] == PollKind.SCALE else each.get("options", [])
    answered = each["id"] in own.answers
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
