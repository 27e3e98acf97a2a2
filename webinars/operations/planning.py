"""Planning a webinar: writing the plan, publishing, moving, cancelling, and taking it as the pattern of another."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from community.core.audiences import viewer_of
from community.core.clock import now
from community.core.errors import Invalid
from community.core.events import record
from community.core.policies import require
from community.core.screening import refuse_if_not_clean
from webinars.access import webinar_to_plan
from webinars.crews import set_role
from webinars.drafting import copy_of, new_webinar, speaking
from webinars.models import CrewRole, Registration, Speaker, Webinar, WebinarState
from webinars.operations.copying import copy_decks
from webinars.places import move_up
from webinars.plan_reading import hold_plan, take_plan_back
from webinars.plans import (
    SURFACE,
    WORDS,
    check_values,
    found_in_plan,
    missing_for_publishing,
    put,
    put_before_readers,
    put_related,
    screen_plan,
)
from webinars.policies import EDITORS, audience_of, may_plan

TIMES = {"starts_at", "ends_at"}
SAID = set(WORDS)


@transaction.atomic
def plan_webinar(*, by: Any, values: Mapping[str, Any]) -> Webinar:
    """Begin a plan; a draft that its crew alone can see. Whoever plans is organiser and, to begin with, speaker."""
    viewer = viewer_of(by)
    require(may_plan(viewer))
    check_values(values, viewer)
    screen_plan(values, needs_no_reader=True)
    webinar = new_webinar(by, values)
    Speaker.objects.create(webinar=webinar, **speaking(by))
    set_role(webinar, by, CrewRole.PRESENTER)
    record("webinars.webinar.planned", by=by, target=webinar)
    return webinar


@transaction.atomic
def edit_webinar(webinar: Webinar, *, by: Any, values: Mapping[str, Any]) -> Webinar:
    """Change a plan. Who may see it follows at once; more places move people up from the waiting list.

    The time of a published webinar is changed with `postpone_webinar`, which tells those who registered.
    """
    viewer, webinar = webinar_to_plan(by, webinar.pk)
    check_values(values, viewer, webinar)
    screen_plan(values, needs_no_reader=webinar.is_draft or viewer.has(EDITORS))
    if not webinar.is_draft and TIMES & set(values):
        raise Invalid({"starts_at": [_("People know this time already: move the webinar instead.")]})
    if any(values[name] != getattr(webinar, name) for name in SAID & set(values)):
        take_plan_back(webinar)
    fields = put(webinar, values)
    webinar.audience = audience_of(webinar)
    webinar.sequence += 1
    webinar.save(update_fields=[*fields, "audience", "sequence"])
    put_related(webinar, values)
    move_up(webinar, by=by)
    record("webinars.webinar.edited", by=by, target=webinar, readers=webinar.audience)
    return webinar


@transaction.atomic
def publish_webinar(webinar: Webinar, *, by: Any) -> Webinar:
    """Show it to those whom it is for, and open registration. Raises Invalid with what is missing.

    What a person should read first waits for a moderator (`held_at`), unless an editor publishes it.
    """
    viewer, webinar = webinar_to_plan(by, webinar.pk)
    require(may_plan(viewer))
    if not webinar.is_draft:
        return webinar
    lacks = missing_for_publishing(webinar)
    if lacks:
        raise Invalid({"__all__": [sentence for _step, sentence in lacks]})
    findings = None if viewer.has(EDITORS) else found_in_plan(webinar)
    if findings is not None:
        if webinar.held_at is None:
            hold_plan(webinar, findings, by=by)
        return webinar
    take_plan_back(webinar)
    put_before_readers(webinar)
    record("webinars.webinar.published", by=by, target=webinar, readers=webinar.audience)
    return webinar


@transaction.atomic
def postpone_webinar(
    webinar: Webinar, *, by: Any, starts_at: datetime, minutes: int, time_zone: str = "", note: str = ""
) -> Webinar:
    """Move a webinar that has not begun; all who registered are told, and reminded afresh."""
    _viewer, webinar = webinar_to_plan(by, webinar.pk)
    if not webinar.is_upcoming:
        raise Invalid(_("Only a webinar that has not begun can be moved."))
    if starts_at <= now():
        raise Invalid({"starts_at": [_("Choose a time that lies ahead.")]})
    refuse_if_not_clean(SURFACE, note=note)
    webinar.moved_from, webinar.starts_at = webinar.starts_at, starts_at
    webinar.ends_at = starts_at + timedelta(minutes=minutes)
    webinar.time_zone = time_zone or webinar.time_zone
    _save_change(webinar, note, "moved_from", "starts_at", "ends_at", "time_zone")
    Registration.objects.filter(webinar=webinar).update(reminded=0)
    record("webinars.webinar.postponed", by=by, target=webinar, starts_at=starts_at.isoformat())
    return webinar


@transaction.atomic
def cancel_webinar(webinar: Webinar, *, by: Any, note: str = "") -> Webinar:
    """Call a webinar off; all who registered are told, and calendars strike it out."""
    _viewer, webinar = webinar_to_plan(by, webinar.pk)
    if webinar.state not in {WebinarState.DRAFT, WebinarState.SCHEDULED}:
        raise Invalid(_("Only a webinar that has not begun can be cancelled."))
    refuse_if_not_clean(SURFACE, note=note)
    was_published = webinar.is_upcoming
    take_plan_back(webinar)
    webinar.state = WebinarState.CANCELLED
    webinar.audience = audience_of(webinar)
    _save_change(webinar, note, "state", "audience")
    record("webinars.webinar.cancelled", by=by, target=webinar, told=was_published)
    return webinar


@transaction.atomic
def duplicate_webinar(webinar: Webinar, *, by: Any) -> Webinar:
    """A new draft with the same plan, crew, slides and hand-outs, a week later; without registrations, questions or
    the room's words."""
    viewer, webinar = webinar_to_plan(by, webinar.pk)
    require(may_plan(viewer))
    starts = max(webinar.starts_at, now()) + timedelta(days=7)
    copy = copy_of(webinar, by, starts)
    copy_decks(webinar, copy, by=by)
    record("webinars.webinar.planned", by=by, target=copy, copied_from=webinar.pk)
    return copy


def _save_change(webinar: Webinar, note: str, *fields: str) -> None:
    webinar.change_note, webinar.changed_at = note, now()
    webinar.sequence += 1
    webinar.save(update_fields=[*fields, "change_note", "changed_at", "sequence"])
