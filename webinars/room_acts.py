"""What can be done with a line or a question: for pages without scripts, for presenters and for moderators."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from webinars.models import QuestionState

May = frozenset[str]


@dataclass(frozen=True)
class Act:
    """A button: the command, its fields, and whether a reason is asked for."""

    do: str
    label: str
    fields: dict[str, Any] = field(default_factory=dict)
    needs_reason: bool = False
    is_grave: bool = False


def acts_on_line(line: dict[str, Any], may: May, handle: str, *, pinned: bool) -> list[Act]:
    """In the order of the menu that room-chat.js shows."""
    own, of = line["by"] == handle, {"seq": line["seq"]}
    member = {"member": line["by"]}
    offered = [
        (own, Act("chat.delete", _("Delete"), of, is_grave=True)),
        (not own, Act("chat.report", _("Report"), of, needs_reason=True)),
        (True, Act("chat.pin", _("Unpin"), {}) if pinned else Act("chat.pin", _("Pin on top"), of)),
        (True, Act("chat.hide", _("Hide for all"), of, needs_reason=True, is_grave=True)),
        (not own, Act("room.mute", _("Mute the author"), member, needs_reason=True, is_grave=True)),
        (not own, Act("room.ban", _("Take the author out of the room"), member, needs_reason=True, is_grave=True)),
    ]
    return [act for fits, act in offered if fits and act.do in may and not line.get("gone")]


def acts_on_question(question: dict[str, Any], may: May) -> list[Act]:
    """What the crew does next with a question in its state."""
    pinned = bool(question.get("pinned"))
    dismiss, reopen = Act("question.dismiss", _("Set aside")), Act("question.reopen", _("Back on the list"))
    offered: dict[str, list[Act]] = {
        QuestionState.QUEUE: [Act("question.approve", _("Let through")), dismiss],
        QuestionState.VISIBLE: [
            Act("question.take", _("Answer now")),
            Act("question.pin", _("Unpin") if pinned else _("Pin"), {"pinned": str(not pinned).lower()}),
            dismiss,
        ],
        QuestionState.LIVE: [Act("question.answer", _("Answered")), reopen],
        QuestionState.ANSWERED: [reopen],
        QuestionState.DISMISSED: [reopen],
    }
    return [act for act in offered.get(question["state"], []) if act.do in may]
