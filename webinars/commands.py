"""What can be done in a room: for each command its name, its fields, who may give it, and the operation behind it.

A socket, the HTTP twin, a plain form and the API all come through `give`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from django.urls import reverse
from pydantic import Field

from community.core.audiences import Viewer, viewer_of
from community.core.errors import Missing
from community.live.registry import Command, command
from community.moderation.models import Reason
from webinars.lines import line_at, words_of
from webinars.models import CutReason, PollKind, ResultsRule, RoomLimit, Webinar
from webinars.operations import chat, cutting, hands, holding, moderating, polls, questions, running
from webinars.operations.hands import REACTIONS
from webinars.operations.polls import PollWords
from webinars.operations.reporting import report_line, report_question
from webinars.policies import Roles, may_present
from webinars.rights import may_ask, may_chat, may_moderate, may_run, may_take_part
from webinars.roomlog import Answer
from webinars.seats import Seat, seat_for

Id = Annotated[str, Field(min_length=1, max_length=16, pattern=r"^[a-z0-9]+$")]
Handle = Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[A-Za-z0-9_-]+$")]
Seq = Annotated[int, Field(ge=1, le=2**53)]
Seconds = Annotated[float, Field(ge=0, le=7 * 86400, allow_inf_nan=False)]
Text = Annotated[str, Field(max_length=8000)]

Why = Annotated[str, Field(pattern=f"^({'|'.join(Reason.values)})$")]
KindOfPoll = Annotated[str, Field(pattern=f"^({'|'.join(PollKind.values)})$")]
When = Annotated[str, Field(pattern=f"^({'|'.join(ResultsRule.values)})$")]
WhyCut = Annotated[str, Field(pattern=f"^({'|'.join(CutReason.values)})$")]
KindOfReaction = Annotated[str, Field(pattern=f"^({'|'.join(REACTIONS)})$")]


class Nothing(Command):
    """A command without fields."""


class Say(Command):
    text: Text
    media_at: Seconds | None = None
    reply_to: Seq | None = None
    announcement: bool = False


class Edit(Command):
    seq: Seq
    text: Text


class OfLine(Command):
    seq: Seq


class PinLine(Command):
    seq: Seq | None = None


class Hide(Command):
    seq: Seq
    reason: Why = Reason.OTHER.value


class Report(Command):
    reason: Why
    note: Annotated[str, Field(max_length=500)] = ""


class ReportLine(Report):
    seq: Seq


class ReportQuestion(Report):
    question: Id


class Ask(Command):
    text: Text
    anonymous: bool = False
    media_at: Seconds | None = None


class OfQuestion(Command):
    question: Id


class Answering(OfQuestion):
    media_at: Seconds | None = None


class Pin(OfQuestion):
    pinned: bool = True


class Merge(OfQuestion):
    into: Id


class HideQuestion(OfQuestion):
    reason: Why = Reason.OTHER.value


class MakePoll(Command):
    prompt: Text
    options: Annotated[list[Text], Field(max_length=20)] = []
    kind: KindOfPoll = PollKind.SINGLE.value
    results: When = ResultsRule.CLOSED.value
    correct: Annotated[list[int], Field(max_length=20)] = []
    explanation: Text = ""

    def words(self) -> PollWords:
        return PollWords(
            self.prompt, tuple(self.options), self.kind, self.results, tuple(self.correct), self.explanation
        )


class EditPoll(MakePoll):
    poll: Id


class OpenPoll(MakePoll):
    """A prepared poll by its `poll`, or a new one from its words."""

    poll: Id | None = None
    prompt: Text = ""


class OfPoll(Command):
    poll: Id


class Choose(OfPoll):
    options: Annotated[list[int], Field(max_length=20)] = []
    text: Text = ""


class Lower(Command):
    member: Handle | None = None


class React(Command):
    kind: KindOfReaction


class Limit(Command):
    member: Handle
    reason: Why = Reason.CONDUCT.value


class OfMember(Command):
    member: Handle


class SetRoom(Command):
    chat_open: bool | None = None
    slow_seconds: Annotated[int, Field(ge=0, le=600)] | None = None
    questions_queued: bool | None = None


class Panic(Command):
    reason: Why = Reason.OTHER.value


class OfHeld(Command):
    line: Id


class Slide(Command):
    n: Annotated[int, Field(ge=1, le=5000)]
    deck: Id | None = None


class CutVideo(Command):
    """The last `seconds`, and the take with them unless `stop` is false; or from `start` to `end` of the recording."""

    seconds: Annotated[int, Field(ge=1, le=600)] | None = None
    stop: bool = True
    start: Annotated[float, Field(ge=0)] | None = None
    end: Annotated[float, Field(ge=0)] | None = None
    reason: WhyCut = CutReason.OTHER.value


Data = Any
May = Callable[[Seat], Any]


@dataclass(frozen=True)
class RoomCommand:
    """`run(slug, data, by=…, ref=…)` calls the operation, which asks everything again."""

    name: str
    schema: type[Command]
    may: May
    run: Callable[..., Answer]


def _presents(seat: Seat) -> Any:
    return may_present(seat.viewer, seat.roles)


def _always(seat: Seat) -> Any:
    return True


def _plain(operation: Callable[..., Answer], **fixed: Any) -> Callable[..., Answer]:
    """The fields of the command are those of the operation; what was not sent is left to its defaults."""

    def run(slug: str, data: Command, *, by: Any, ref: str | None) -> Answer:
        given = {name: value for name, value in data.model_dump().items() if value is not None}
        return operation(slug, by=by, ref=ref, **given, **fixed)

    return run


def _follow_up(slug: str, data: Any, *, by: Any, ref: str | None) -> Answer:
    """Stores nothing: says where the line can be followed up in the forum."""
    seat = seat_for(viewer_of(by), slug)
    line = line_at(seat.room, data.seq) if seat.room else None
    if line is None or not words_of(line):
        raise Missing
    return {"seq": line.seq, "url": reverse("room-follow-up", args=[slug, line.seq])}


def _react(slug: str, data: Any, *, by: Any, ref: str | None) -> Answer:
    return hands.react(slug, by=by, kind=data.kind)


def _create_poll(slug: str, data: Any, *, by: Any, ref: str | None) -> Answer:
    return polls.create_poll(slug, by=by, words=data.words(), ref=ref)


def _edit_poll(slug: str, data: Any, *, by: Any, ref: str | None) -> Answer:
    return polls.edit_poll(slug, by=by, poll=data.poll, words=data.words(), ref=ref)


def _open_poll(slug: str, data: Any, *, by: Any, ref: str | None) -> Answer:
    if data.poll is not None:
        return polls.open_poll(slug, by=by, poll=data.poll, ref=ref)
    return polls.open_poll(slug, by=by, words=data.words(), ref=ref)


def _cut(slug: str, data: Any, *, by: Any, ref: str | None) -> Answer:
    if data.seconds is not None:
        return cutting.cut_last(slug, by=by, seconds=data.seconds, stop=data.stop, reason=data.reason, ref=ref)
    start, end = data.start or 0.0, data.end or 0.0
    return cutting.cut_between(slug, by=by, start=start, end=end, reason=data.reason, ref=ref)


MUTE, BAN = RoomLimit.Kind.MUTE.value, RoomLimit.Kind.BAN.value

COMMANDS: dict[str, RoomCommand] = {
    each.name: each
    for each in (
        RoomCommand("chat.say", Say, may_chat, _plain(chat.say)),
        RoomCommand("chat.edit", Edit, may_chat, _plain(chat.edit_line)),
        RoomCommand("chat.delete", OfLine, _always, _plain(chat.delete_line)),
        RoomCommand("chat.pin", PinLine, may_run, _plain(chat.pin_line)),
        RoomCommand("chat.hide", Hide, may_moderate, _plain(moderating.hide_line)),
        RoomCommand("chat.report", ReportLine, _always, _plain(report_line)),
        RoomCommand("chat.follow_up", OfLine, _always, _follow_up),
        RoomCommand("held.withdraw", OfHeld, _always, _plain(holding.withdraw_line)),
        RoomCommand("held.release", OfHeld, may_moderate, _plain(moderating.release_held)),
        RoomCommand("held.refuse", OfHeld, may_moderate, _plain(moderating.refuse_held)),
        RoomCommand("question.ask", Ask, may_ask, _plain(questions.ask)),
        RoomCommand("question.vote", OfQuestion, may_take_part, _plain(questions.vote)),
        RoomCommand("question.unvote", OfQuestion, may_take_part, _plain(questions.unvote)),
        RoomCommand("question.withdraw", OfQuestion, _always, _plain(questions.withdraw)),
        RoomCommand("question.report", ReportQuestion, _always, _plain(report_question)),
        RoomCommand("question.approve", OfQuestion, may_run, _plain(questions.approve)),
        RoomCommand("question.take", Answering, may_run, _plain(questions.take)),
        RoomCommand("question.answer", Answering, may_run, _plain(questions.answer)),
        RoomCommand("question.dismiss", OfQuestion, may_run, _plain(questions.dismiss)),
        RoomCommand("question.reopen", OfQuestion, may_run, _plain(questions.reopen)),
        RoomCommand("question.pin", Pin, may_run, _plain(questions.pin)),
        RoomCommand("question.merge", Merge, may_run, _plain(questions.merge)),
        RoomCommand("question.hide", HideQuestion, may_moderate, _plain(moderating.hide_question)),
        RoomCommand("poll.create", MakePoll, may_run, _create_poll),
        RoomCommand("poll.edit", EditPoll, may_run, _edit_poll),
        RoomCommand("poll.remove", OfPoll, may_run, _plain(polls.remove_poll)),
        RoomCommand("poll.open", OpenPoll, may_run, _open_poll),
        RoomCommand("poll.vote", Choose, may_take_part, _plain(polls.answer_poll)),
        RoomCommand("poll.close", OfPoll, may_run, _plain(polls.close_poll)),
        RoomCommand("hand.raise", Nothing, may_take_part, _plain(hands.raise_hand)),
        RoomCommand("hand.lower", Lower, may_take_part, _plain(hands.lower_hand)),
        RoomCommand("reaction", React, may_take_part, _react),
        RoomCommand("slide.show", Slide, may_run, _plain(running.show_slide)),
        RoomCommand("room.set", SetRoom, may_moderate, _plain(moderating.set_room)),
        RoomCommand("room.panic", Panic, may_moderate, _plain(moderating.panic)),
        RoomCommand("room.mute", Limit, may_moderate, _plain(moderating.limit_member, kind=MUTE)),
        RoomCommand("room.unmute", OfMember, may_moderate, _plain(moderating.lift_limit, kind=MUTE)),
        RoomCommand("room.ban", Limit, may_moderate, _plain(moderating.limit_member, kind=BAN)),
        RoomCommand("room.unban", OfMember, may_moderate, _plain(moderating.lift_limit, kind=BAN)),
        RoomCommand("media.cut", CutVideo, may_run, _cut),
        RoomCommand("webinar.live", Nothing, _presents, _plain(running.go_live)),
        RoomCommand("webinar.end", Nothing, _presents, _plain(running.end)),
    )
}


def give(name: str, member: Any, slug: str, data: Command, ref: str | None) -> Answer:
    """Run the command of this name; what it answers is what the acknowledgement says."""
    known = COMMANDS.get(name)
    if known is None:
        raise Missing
    return known.run(slug, data, by=member, ref=ref)


def may_of(seat: Seat) -> list[str]:
    """The commands this seat may give now; each rule is asked once."""
    answers = {rule: bool(rule(seat)) for rule in {each.may for each in COMMANDS.values()}}
    return [name for name, each in COMMANDS.items() if answers[each.may]]


def commands_for(viewer: Viewer, webinar: Webinar, roles: Roles, limits: frozenset[str]) -> list[str]:
    """The same for those who have asked for roles and limits already."""
    return may_of(Seat(viewer, webinar, roles, limits))


def register() -> None:
    """Called once, when the models are ready: sockets understand the same commands."""
    for each in COMMANDS.values():
        command(each.name, each.schema, asks_itself=True)(_handler(each))


def _handler(each: RoomCommand) -> Callable[[Any, str, Any, str], Answer]:
    def handle(member: Any, key: str, data: Command, ref: str) -> Answer:
        return each.run(key, data, by=member, ref=ref)

    return handle
