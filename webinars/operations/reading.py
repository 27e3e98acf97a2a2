"""Plans that a person reads before others see them, and webinars that were reported: what moderators' decisions do."""

from typing import Any

from django.db import transaction

from community.core.clock import now
from community.core.errors import Missing
from community.core.events import record
from community.knowledge import admin_log
from community.moderation import operations as moderation
from webinars.access import locked, webinar_to_attend
from webinars.models import Webinar
from webinars.plans import missing_for_publishing, put_before_readers
from webinars.policies import audience_of


@transaction.atomic
def release_plan(target: Webinar, *, by: Any) -> Webinar:
    """A moderator finds nothing in it: it is published, or can be when what is lacking meanwhile is given."""
    # no-require: moderation has asked its policy about the moderator
    webinar = locked(target.pk)
    if webinar.held_at is None:
        return webinar
    webinar.held_at, webinar.is_read = None, True
    webinar.save(update_fields=["held_at", "is_read"])
    record("webinars.plan.released", by=by, target=webinar)
    if webinar.is_draft and not missing_for_publishing(webinar):
        put_before_readers(webinar)
        record("webinars.webinar.published", by=by, target=webinar, readers=webinar.audience)
    return webinar


@transaction.atomic
def refuse_plan(target: Webinar, *, by: Any) -> Webinar:
    """It stays a draft: its organisers are told why and can change it."""
    # no-require: moderation has asked its policy about the moderator
    webinar = locked(target.pk)
    if webinar.held_at is not None:
        webinar.held_at = None
        webinar.save(update_fields=["held_at"])
        record("webinars.plan.refused", by=by, target=webinar)
    return webinar


@transaction.atomic
def report_webinar(webinar: Webinar, *, by: Any, reason: str, note: str = "") -> None:
    """Ask the site's moderators to look at a webinar: its words, or what happens in it."""
    # no-require: moderation asks who may report; no-record: moderation records the report
    _viewer, found = webinar_to_attend(by, webinar.pk)
    if found.is_draft:
        raise Missing
    moderation.report(found, by=by, reason=reason, note=note)


@transaction.atomic
def hide_webinar(target: Webinar, *, by: Any) -> Webinar:
    """Only its crew sees it, from this moment; whoever is in its room leaves it within seconds."""
    # no-require: moderation has asked its policy about the moderator
    return _set_hidden(target, True, by)


@transaction.atomic
def show_webinar(target: Webinar, *, by: Any) -> Webinar:
    """Those whom it is for see it again: the decision of a second moderator."""
    # no-require: moderation has asked its policy about the moderator
    return _set_hidden(target, False, by)


def _set_hidden(target: Webinar, is_hidden: bool, by: Any) -> Webinar:
    webinar = locked(target.pk)
    if (webinar.hidden_at is not None) != is_hidden:
        webinar.hidden_at = now() if is_hidden else None
        webinar.audience = audience_of(webinar)
        webinar.save(update_fields=["hidden_at", "audience"])
        admin_log.call(webinar, admin_log.number_of(webinar) if is_hidden else webinar.title)
        record("webinars.webinar.hidden" if is_hidden else "webinars.webinar.restored", by=by, target=webinar)
    return webinar
