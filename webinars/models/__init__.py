"""Webinars, rooms, questions, polls and slides: one module for each."""

from webinars.models.polls import Poll, PollAnswer, PollKind, PollOption, PollState, ResultsRule
from webinars.models.questions import Question, QuestionState, QuestionVote
from webinars.models.rooms import Gone, Hand, HeldKind, HeldLine, Receipt, Room, RoomEvent, RoomLimit
from webinars.models.slides import Deck, Slide
from webinars.models.webinars import (
    CrewMember,
    CrewRole,
    FeedKey,
    ForWhom,
    Registration,
    RegistrationState,
    Series,
    Speaker,
    VideoSource,
    Webinar,
    WebinarState,
)

__all__ = [
    "CrewMember",
    "CrewRole",
    "Deck",
    "FeedKey",
    "ForWhom",
    "Gone",
    "Hand",
    "HeldKind",
    "HeldLine",
    "Poll",
    "PollAnswer",
    "PollKind",
    "PollOption",
    "PollState",
    "Question",
    "QuestionState",
    "QuestionVote",
    "Receipt",
    "Registration",
    "RegistrationState",
    "ResultsRule",
    "Room",
    "RoomEvent",
    "RoomLimit",
    "Series",
    "Slide",
    "Speaker",
    "VideoSource",
    "Webinar",
    "WebinarState",
]
