"""What readers do with a write-up: say that they face the same problem, adapt it, report what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from community.core.actors import Actor
from community.core.audiences import Viewer, viewer_of
from community.core.clock import now
from community.core.errors import Invalid, Missing
from community.core.events import record
from community.core.limits import spend
from community.core.notices import tell
from community.core.policies import require
from community.core.screening import refuse_if_not_clean
from community.knowledge.levels import recompute_levels, root_id
from community.knowledge.models import Adaptation, AdopterReport, Facing, ReportMonth, WriteUpPage
from community.knowledge.operations.writeups import start_write_up
from community.knowledge.policies.lineage import (
    may_adapt,
    may_face,
    may_remind,
    may_report,
    may_report_month,
    may_withdraw_facing,
)
from community.knowledge.practice.figures import is_figure, small_cells
from community.members.models import Country
from community.moderation.policies import may_speak

ADAPTATIONS_A_DAY = "10/day"
FACINGS_A_DAY = "60/day"


@dataclass(frozen=True)
class Frame:
    """What was changed and why: the answers to FRAME's questions, as codes of `models.lineage`."""

    title: str
    started_on: date
    moment: str
    planning: str
    delivery_level: str
    fidelity: str
    country: Country | None = None
    facility_level: str = ""
    locality: str = ""
    decided_by: Sequence[str] = ()
    modified: Sequence[str] = ()
    nature: Sequence[str] = ()
    goals: Sequence[str] = ()
    reasons: Sequence[str] = ()
    what_changed: str = ""


@dataclass(frozen=True)
class Found:
    """What an adopter found; figures as text, as in a write-up's measures."""

    outcome: str
    measure: str = ""
    unit: str = ""
    before: str = ""
    after: str = ""
    n_before: int | None = None
    n_after: int | None = None
    note: str = ""


@transaction.atomic
def face(
    page: WriteUpPage, *, by: Any, country: Country | None = None, facility_level: str = "", locality: str = ""
) -> Facing:
    """Say that one has the same problem, and where; saying it again changes the setting."""
    viewer, page = page_for(by, page)
    require(may_face(viewer, page))
    spend("knowledge.facing", by.pk, FACINGS_A_DAY)
    setting = {"country": country, "facility_level": facility_level, "locality": locality}
    facing, is_new = Facing.objects.update_or_create(page=page, member=by, defaults=setting)
    if is_new:
        record("knowledge.writeup.faced", by=by, target=page)
    return facing


@transaction.atomic
def stop_facing(page: WriteUpPage, *, by: Any) -> None:
    viewer, page = page_for(by, page)
    require(may_withdraw_facing(viewer))
    if Facing.objects.filter(page=page, member=by).delete()[0]:
        record("knowledge.writeup.faced_no_more", by=by, target=page)


@transaction.atomic
def adapt(page: WriteUpPage, *, by: Any, frame: Frame) -> Adaptation:
    """Begin an own write-up from this one, with what was changed. The draft is the adopter's; the authors are told."""
    viewer, page = page_for(by, page)
    require(may_adapt(viewer, page))
    require(may_speak(by))
    spend("knowledge.adaptation", by.pk, ADAPTATIONS_A_DAY)
    refuse_if_not_clean("practice", title=frame.title, what_changed=frame.what_changed)
    _check_frame(frame)
    child = start_write_up(by=by, kind=page.kind, title=frame.title, parent=page)
    adaptation = Adaptation.objects.create(
        root_id=root_id(page),
        parent=page,
        child=child,
        parent_version=page.versions.order_by("-number").values_list("number", flat=True).first(),
        by=by,
        **_answers(frame),
    )
    event = record("knowledge.writeup.adapted", by=by, target=adaptation, parent=page.pk, fidelity=frame.fidelity)
    tell_authors(page, "knowledge.adapted", target=adaptation, event_id=event.pk, actor=by)
    return adaptation


@transaction.atomic
def report_outcome(adaptation: Adaptation, *, by: Any, month: int, found: Found) -> AdopterReport:
    """Report after 3, 6 or 12 months, or correct that report. Levels above and below change in the same transaction.

    Raises Invalid for figures that cannot be read or that count fewer than 5, Refused before the month has come.
    """
    viewer = viewer_of(by)
    adaptation = Adaptation.objects.select_for_update().select_related("child", "parent").get(pk=adaptation.pk)
    require(may_report(viewer, adaptation))
    require(may_speak(by))
    if month not in ReportMonth.values:
        raise Invalid({"month": [_("Reports are made after 3, 6 and 12 months.")]})
    require(may_report_month(adaptation, month, now().date()))
    _check_figures(found)
    refuse_if_not_clean("practice", measure=found.measure, note=found.note)
    values = {**vars(found), "by": by, "reported_at": now()}
    report, _is_new = AdopterReport.objects.update_or_create(adaptation=adaptation, month=month, defaults=values)
    event = record("knowledge.adaptation.reported", by=by, target=adaptation, month=month, outcome=found.outcome)
    recompute_levels(adaptation.parent, by=by)
    tell_authors(adaptation.parent, "knowledge.reported", target=adaptation, event_id=event.pk, actor=by)
    return report


@transaction.atomic
def remind_of_report(adaptation: Adaptation, *, by: Actor, month: int) -> None:
    """Tell the adopter once that a report can be made."""
    require(may_remind(by))
    changed = Adaptation.objects.filter(pk=adaptation.pk, reminded_month__lt=month).update(reminded_month=month)
    if changed:
        event = record("knowledge.adaptation.reminded", by=by, target=adaptation, month=month)
        tell(adaptation.by, "knowledge.report_due", target=adaptation, event_id=event.pk)


@transaction.atomic
def forget_facings(member: Any, *, by: Actor) -> None:
    """Take back everything an erased member faced; what they published or reported stays, without their name."""
    # no-record: the erasure of the member, which leads here, is the event
    require(may_remind(by))
    Facing.objects.filter(member=member).delete()


def page_for(by: Any, page: WriteUpPage) -> tuple[Viewer, WriteUpPage]:
    """Who acts, and the published page as they may see it now. Raises Missing."""
    viewer = viewer_of(by)
    found = WriteUpPage.objects.visible_to(viewer).filter(pk=page.pk).first()
    if found is None:
        raise Missing
    return viewer, found


def tell_authors(page: WriteUpPage, kind: str, *, target: Any, event_id: int | None, actor: Any = None) -> None:
    """Tell everybody who wrote a page, but not about what they did themselves."""
    rows = page.authorships.filter(state="accepted", member__is_active=True).select_related("member")
    for authorship in rows:
        if actor is None or authorship.member_id != actor.pk:
            tell(authorship.member, kind, target=target, event_id=event_id, actor=actor)


def _answers(frame: Frame) -> dict[str, Any]:
    lists = {name: list(getattr(frame, name)) for name in Adaptation.LISTS}
    names = ("country", "started_on", "moment", "planning", "delivery_level", "fidelity", "what_changed")
    return {**lists, **{name: getattr(frame, name) for name in names}}


def _check_frame(frame: Frame) -> None:
    errors = {}
    for name, choices in Adaptation.LISTS.items():
        if not set(getattr(frame, name)) <= set(choices.values):
            errors[name] = [_("Choose from the list.")]
    if frame.started_on > now().date():
        errors["started_on"] = [_("This day has not come yet.")]
    if errors:
        raise Invalid(errors)


def _check_figures(found: Found) -> None:
    row = vars(found)
    errors = {name: [reason] for name, reason in small_cells(row).items()}
    for name in ("before", "after"):
        if row[name] and not is_figure(row[name]):
            errors[name] = [_("Write a number, or “<5” for a count from 1 to 4.")]
    if any(row[name] for name in ("before", "after")) and not found.measure:
        errors["measure"] = [_("Say what was measured.")]
    if errors:
        raise Invalid(errors)
