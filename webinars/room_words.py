"""The sentences that the scripts of a room show, in the language of the page; templates say the same themselves."""

from functools import cache
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from community.core.languages import speaking, spoken
from community.members.models import WhoRegion
from community.members.reference import rows_of
from community.moderation.models import Reason
from webinars.models import QuestionState


def room_words() -> dict[str, Any]:
    """Read by live-room.js and room-lines.js; `{n}` and `{name}` are filled there."""
    return {**_connection(), **_chat(), **_questions(), **_polls(), **_slides(), **_counts(), "facts": _facts()}


def _connection() -> dict[str, str]:
    return {
        "live": _("Connected"),
        "catching": _("Catching up"),
        "away": _("Away, trying again"),
        "twin": _("Connected, a little slower"),
        "ended_for_you": _("You are no longer in this room"),
        "reload": _("Load the page again"),
        "failed": _("This could not be done. Please try again."),
        "webinar_live": _("Live now"),
        "webinar_ended": _("The webinar has ended. Its recording will be at this address."),
    }


def _chat() -> dict[str, Any]:
    return {
        "somebody": _("Somebody"),
        "announcement": _("Announcement"),
        "edited": _("edited"),
        "gone": {
            "deleted": _("Deleted by its author."),
            "hidden": _("Hidden by a moderator."),
            "cut": _("Cut from the recording."),
        },
        "sending": _("Being sent"),
        "pending": _("Not sent yet; it goes out by itself."),
        "earlier_line": _("an earlier line"),
        "reply_to": _("In answer to"),
        "more_about": _("More about the line by {name}"),
        "replying": _("You answer {name}"),
        "editing": _("You change your line"),
        "wait": _("Slow mode: your next line in {n} s"),
        "held": _("A moderator reads this first. You will see it here when it is out."),
        "blocked": _(
            "Not sent: this could identify a patient. Your words are still here; please change what is marked."
        ),
        "new_lines": _("{n} new lines"),
        "new_line": _("1 new line"),
        "reply": _("Answer"),
        "edit": _("Change"),
        "delete": _("Delete"),
        "report": _("Report"),
        "follow_up": _("Follow up in the forum"),
        "hide": _("Hide for all"),
        "pin_line": _("Pin on top"),
        "mute": _("Mute the author"),
        "ban": _("Take the author out of the room"),
        "why": _("Why?"),
        "reasons": {str(reason): str(reason.label) for reason in Reason},
        "reported": _("Reported. A moderator looks at it."),
        "done": _("Done."),
        "hits": _("{n} lines found"),
        "no_hits": _("Nothing found."),
    }


def _questions() -> dict[str, Any]:
    return {
        "questions_of": _("{n} of {total} questions"),
        "more_questions": _("More questions"),
        "anonymous": _("Anonymous"),
        "yours": _("Yours"),
        "pinned": _("Pinned"),
        "in_advance": _("asked in advance"),
        "merged_into": _("Go to the question it was merged into"),
        "states": {str(state): str(state.label) for state in QuestionState},
        "votes": _("{n} votes"),
        "vote_for": _("votes. Vote for: {text}"),
        "approve": _("Let through"),
        "dismiss": _("Set aside"),
        "answer_now": _("Answer now"),
        "mark_answered": _("Answered"),
        "reopen": _("Back on the list"),
        "pin": _("Pin"),
        "unpin": _("Unpin"),
        "asked": _("Your question is in the list."),
        "queued": _("Your question waits for a moderator; then everybody sees it."),
        "new_question": _("New question: {text}"),
        "now_answering": _("Being answered now: {text}"),
        "none_next": _("No open question. Questions appear here by votes."),
    }


def _polls() -> dict[str, str]:
    return {
        "several": _("Several answers are possible."),
        "few_words": _("A few words"),
        "send_answer": _("Answer"),
        "answers": _("{n} answers"),
        "few": _("fewer than 5"),
        "correct": _("Correct"),
        "explanation": _("Why:"),
        "poll_open": _("Open"),
        "poll_closed": _("Closed"),
        "close_poll": _("Close the poll"),
        "answered_live": _("You have answered. The numbers change while others do."),
        "answered_later": _("You have answered. The results come when the poll is closed."),
        "poll_opened": _("A poll is open: {text}"),
    }


def _slides() -> dict[str, str]:
    return {
        "slide": _("Slide {n} of {total}"),
        "slide_alt": _("Slide {n}: {text}"),
        "own_pace": _("You are at your own pace. The presenter is at slide {n}."),
        "no_slides": _("No slides are shown."),
        "previous_slide": _("Previous"),
        "next_slide": _("Next"),
        "back_to_presenter": _("Back to the presenter"),
        "slide_text": _("Text of this slide"),
    }


def _counts() -> dict[str, str]:
    return {
        "present": _("{n} here"),
        "hands": _("{n} hands up"),
        "few_people": _("Groups of fewer than five are not shown."),
        "hand_up": _("Raise your hand"),
        "hand_down": _("Lower your hand"),
        "minutes_left": _("{n} min left"),
        "overtime": _("{n} min over"),
        "starts_in": _("Starts in {n} min"),
    }


def _facts() -> dict[str, str]:
    """Professions and regions of the room's log, which is the same for all, in the language of the page."""
    return _facts_in(get_language() or settings.LANGUAGE_CODE)


@cache
def _facts_in(language: str) -> dict[str, str]:
    with speaking(settings.LANGUAGE_CODE):
        kept = [row["name"] for row in rows_of("professions")] + [str(label) for label in WhoRegion.labels]
    with speaking(language):
        return {words: spoken(words) for words in kept if spoken(words) != words}
