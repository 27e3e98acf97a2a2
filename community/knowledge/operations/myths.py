"""Rumours come in and are heard by others; myth checks are written, reviewed by two and published."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from community.core.clock import now
from community.core.errors import Invalid, Missing, Refused
from community.core.events import record
from community.core.limits import spend
from community.core.policies import require
from community.core.screening import refuse_if_not_clean
from community.knowledge.models import (
    Channel,
    Hearing,
    MythIndexPage,
    MythPage,
    MythReview,
    Rumour,
    RumourState,
    Telling,
)
from community.knowledge.nearness import nearest
from community.knowledge.policies.myths import may_draft_myth, may_publish_myth, may_report_rumour, may_review_myth
from community.moderation.policies import may_speak

OPEN = (RumourState.WAITING, RumourState.TAKEN_UP)
RUMOURS_A_DAY = "20/day"
LONGEST_RUMOUR = 300
#: How long a myth check holds before two reviewers look again.
HOLDS_FOR = timedelta(days=365)
#: A rumour is compared with those heard in this time.
COMPARED = timedelta(days=365)


@transaction.atomic
def report_rumour(*, by: Any, text: str, channel: str, country: Any = None) -> Rumour:
    """Pass on what is being said, in the words in which it is said; what says the same joins an open rumour.

    Raises Refused where the words tell of a patient, Invalid, TooMany.
    """
    require(may_report_rumour(by))
    require(may_speak(by))
    text = " ".join(text.split())
    if not 10 <= len(text) <= LONGEST_RUMOUR:
        raise Invalid({"text": [_("Say it in one sentence: 10 to 300 characters.")]})
    if channel not in Channel.values:
        raise Invalid({"channel": [_("Choose where you heard it.")]})
    refuse_if_not_clean("practice", text=text)
    spend("knowledge.rumour", by.pk, RUMOURS_A_DAY)
    rumour = _same_rumour(text) or Rumour.objects.create(headline=text)
    Telling.objects.create(rumour=rumour, text=text, channel=channel, by=by)
    _hear(rumour, by, country)
    record("knowledge.rumour.reported", by=by, target=rumour, channel=channel)
    return rumour


@transaction.atomic
def hear_rumour(rumour: Rumour, *, by: Any, country: Any = None) -> Hearing:
    """Say “I heard this too”, once; the country is the member's own unless another is given."""
    require(may_report_rumour(by))
    hearing, is_new = _hear(rumour, by, country)
    if is_new:
        record("knowledge.rumour.heard", by=by, target=rumour)
    return hearing


@transaction.atomic
def set_rumour_aside(rumour: Rumour, *, by: Any) -> Rumour:
    """Close a rumour that needs no check: it tells nothing, or harms nobody."""
    require(may_draft_myth(by))
    rumour = Rumour.objects.select_for_update().get(pk=rumour.pk)
    if rumour.state != RumourState.WAITING:
        raise Refused("not_now", _("This rumour is not waiting any more."))
    _settle(rumour, RumourState.SET_ASIDE)
    record("knowledge.rumour.set_aside", by=by, target=rumour)
    return rumour


@transaction.atomic
def draft_myth(*, by: Any, values: Mapping[str, Any], rumour: Rumour | None = None) -> MythPage:
    """Begin a myth check, for a rumour or without one. `values` are fields by name."""
    require(may_draft_myth(by))
    refuse_if_not_clean("practice", **_words(values))
    shelf = MythIndexPage.objects.select_for_update(of=("self",)).first()
    if shelf is None:
        raise Missing
    page = MythPage(live=False, owner=by, audience="public", **values)
    try:
        shelf.add_child(instance=page)
        page.save_revision(user=by, log_action=True)
    except ValidationError as error:
        raise Invalid(error.message_dict) from error
    if rumour is not None:
        rumour.page = page
        _settle(rumour, RumourState.TAKEN_UP)
    record("knowledge.myth.drafted", by=by, target=page)
    return page


@transaction.atomic
def save_myth(page: MythPage, *, by: Any, values: Mapping[str, Any]) -> MythPage:
    """Change the draft. Reviews hold for the words they were given to: changed words are reviewed again."""
    require(may_draft_myth(by))
    refuse_if_not_clean("practice", **_words(values))
    draft = latest_myth(page)
    for name, value in values.items():
        setattr(draft, name, value)
    try:
        draft.full_clean()
    except ValidationError as error:
        raise Invalid(error.message_dict) from error
    draft.save_revision(user=by, log_action=True)
    record("knowledge.myth.saved", by=by, target=page)
    return draft


@transaction.atomic
def review_myth(
    page: MythPage, *, by: Any, agrees: bool, note: str = "", no_conflict: bool = False, conflict: str = ""
) -> MythReview:
    """Agree, or disagree with a reason that is shown. A second review of the same words replaces the first."""
    draft = latest_myth(page)
    require(may_review_myth(by, draft, writers_of(page)))
    note, conflict = note.strip(), conflict.strip()
    missing = {}
    if not agrees and not note:
        missing["note"] = [_("Say why you disagree: it is shown with the check.")]
    if no_conflict == bool(conflict):
        missing["conflict"] = [_("Declare a conflict of interest, or that there is none.")]
    if missing:
        raise Invalid(missing)
    refuse_if_not_clean("practice", note=note)
    refuse_if_not_clean("profile", conflict=conflict)
    review, _is_new = MythReview.objects.update_or_create(
        page=page, reviewer=by, digest=draft.digest,
        defaults={"agrees": agrees, "note": note, "no_conflict": no_conflict, "conflict": conflict, "at": now()},
    )  # fmt: skip
    record("knowledge.myth.reviewed", by=by, target=page, agrees=agrees)
    return review


@transaction.atomic
def publish_myth(page: MythPage, *, by: Any) -> MythPage:
    """Show the words that two reviewers agree to; whoever heard the rumour is told. Due for review in a year."""
    MythPage.objects.select_for_update(of=("self",)).get(pk=page.pk)
    draft = latest_myth(page)
    require(may_publish_myth(by, draft))
    today = now().date()
    MythPage.objects.filter(pk=page.pk).update(checked_on=today, review_due=today + HOLDS_FOR)
    draft.get_latest_revision().publish(user=by, skip_permission_checks=True)
    for rumour in page.rumours.exclude(state=RumourState.ANSWERED):
        _settle(rumour, RumourState.ANSWERED)
    record("knowledge.myth.published", by=by, target=page, verdict=draft.verdict)
    return MythPage.objects.get(pk=page.pk)  # type: ignore[no-any-return]


def latest_myth(page: MythPage) -> MythPage:
    """The page as it was last saved by anybody, whether shown or not."""
    return MythPage.objects.get(pk=page.pk).get_latest_revision_as_object()  # type: ignore[no-any-return]


def writers_of(page: MythPage) -> frozenset[int]:
    """Everybody who saved a version of it."""
    writers = page.revisions.exclude(user=None).values_list("user_id", flat=True)
    return frozenset({*writers, *([page.owner_id] if page.owner_id else [])})


def _words(values: Mapping[str, Any]) -> dict[str, str]:
    return {name: text for name, text in values.items() if isinstance(text, str)}


def _same_rumour(text: str) -> Rumour | None:
    """The open rumour that says the same, locked so that two who report it at once join one."""
    since = now() - COMPARED
    open_ones = (
        Rumour.objects.select_for_update().filter(state__in=OPEN, last_at__gte=since).prefetch_related("tellings")
    )
    known = {rumour: [each.text for each in rumour.tellings.all()] for rumour in open_ones}
    return nearest(text, known)


def _hear(rumour: Rumour, by: Any, country: Any) -> tuple[Hearing, bool]:
    rumour.last_at = now()
    rumour.save(update_fields=["last_at"])
    return Hearing.objects.get_or_create(rumour=rumour, member=by, defaults={"country": country or by.country})


def _settle(rumour: Rumour, state: RumourState) -> None:
    rumour.state = state
    rumour.save(update_fields=["state", "page"])
