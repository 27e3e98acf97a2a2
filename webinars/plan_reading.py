"""Plans on their way to a moderator and back: steps of the operations that publish, edit and cancel."""

from collections.abc import Iterable
from typing import Any

from community.core.clock import now
from community.core.events import record
from community.moderation import operations as moderation
from webinars.models import Webinar
from webinars.plans import WORDS


def hold_plan(webinar: Webinar, findings: Iterable[Any], *, by: Any) -> None:
    """Hand the words of a plan to the moderators; a step of publishing, which has asked who may."""
    webinar.held_at = now()
    webinar.save(update_fields=["held_at"])
    words = {name: getattr(webinar, name) for name in WORDS if getattr(webinar, name)}
    moderation.hold(webinar, by=by, words=words, findings=findings)
    record("webinars.plan.held", by=by, target=webinar)


def take_plan_back(webinar: Webinar) -> None:
    """The organisers change their words: nobody need read the old ones. A step of editing and cancelling."""
    if webinar.held_at is not None:
        moderation.withdraw(webinar, by=webinar.organiser)
    webinar.held_at, webinar.is_read = None, False
    webinar.save(update_fields=["held_at", "is_read"])
