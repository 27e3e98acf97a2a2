"""Putting rumours together and parting them by hand, where likeness of words decided wrongly; and undoing it."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import Max, Min
from django.utils.translation import gettext as _

from community.core.clock import now
from community.core.errors import Invalid, Missing
from community.core.events import record
from community.core.policies import require
from community.knowledge.models import Hearing, Rumour, RumourState, Sorting, SortingKind, Telling
from community.knowledge.policies.sorting import may_merge_rumours, may_split_rumour, may_undo_sorting


@transaction.atomic
def merge_rumours(rumour: Rumour, *, by: Any, into: Rumour) -> Sorting:
    """Put a waiting rumour together with an open one. Who heard both is counted once. Raises Refused."""
    rumour, into = _locked(rumour.pk, into.pk)
    require(may_merge_rumours(by, rumour, into))
    heard_both = into.hearings.values("member")
    sorting = Sorting.objects.create(
        kind=SortingKind.MERGED,
        source=rumour,
        target=into,
        tellings=list(rumour.tellings.values_list("pk", flat=True)),
        hearings=list(rumour.hearings.exclude(member__in=heard_both).values_list("pk", flat=True)),
        by=by,
    )
    _move(sorting, into)
    _set_state(rumour, RumourState.MERGED)
    _retime(into)
    record("knowledge.rumour.merged", by=by, target=into, source=rumour.pk, tellings=len(sorting.tellings))
    return sorting


@transaction.atomic
def split_rumour(rumour: Rumour, *, by: Any, tellings: Collection[int]) -> Sorting:
    """Make a rumour of its own of some tellings, with those who told only these. Raises Invalid for none or for all."""
    (rumour,) = _locked(rumour.pk)
    require(may_split_rumour(by, rumour))
    parted = list(rumour.tellings.filter(pk__in=tellings))
    left = rumour.tellings.exclude(pk__in=tellings)
    if not parted or len(parted) != len(set(tellings)) or not left.exists():
        raise Invalid({"tellings": [_("Choose some of the wordings, and leave at least one.")]})
    new = Rumour.objects.create(headline=parted[0].text, first_at=parted[0].at, last_at=parted[-1].at)
    moving = rumour.hearings.filter(member__in=[each.by_id for each in parted if each.by_id])
    sorting = Sorting.objects.create(
        kind=SortingKind.SPLIT,
        source=rumour,
        target=new,
        tellings=[each.pk for each in parted],
        hearings=list(moving.exclude(member__in=left.exclude(by=None).values("by")).values_list("pk", flat=True)),
        by=by,
    )
    _move(sorting, new)
    _retime(rumour)
    _retime(new)
    record("knowledge.rumour.split", by=by, target=rumour, part=new.pk, tellings=len(parted))
    return sorting


@transaction.atomic
def undo_sorting(sorting: Sorting, *, by: Any) -> Sorting:
    """Move back what this act moved, and end or reopen the rumour that it made or ended. Raises Refused."""
    found = Sorting.objects.select_for_update().filter(pk=sorting.pk).first()
    if found is None:
        raise Missing
    found.source, found.target = _locked(found.source_id, found.target_id)
    require(may_undo_sorting(by, found))
    if found.kind == SortingKind.SPLIT:
        _gather_newcomers(found)
    _move(found, found.source)
    _set_state(found.emptied, RumourState.WAITING if found.kind == SortingKind.MERGED else RumourState.MERGED)
    found.undone_at = now()
    found.save(update_fields=["undone_at", "tellings", "hearings"])
    _retime(found.source)
    _retime(found.target)
    record("knowledge.rumour.sorting_undone", by=by, target=found.source, kind=found.kind)
    return found


def _locked(*numbers: int) -> list[Rumour]:
    """The rumours in this order, locked in the order of their numbers so that two editors do not wait in a ring."""
    rows = {each.pk: each for each in Rumour.objects.select_for_update().filter(pk__in=numbers).order_by("pk")}
    if set(numbers) - set(rows):
        raise Missing
    return [rows[pk] for pk in numbers]


def _gather_newcomers(sorting: Sorting) -> None:
    """What reached a part since it was parted goes back with it; who is heard in both stays counted once."""
    here = sorting.source.hearings.values("member")
    sorting.tellings = list(sorting.target.tellings.values_list("pk", flat=True))
    sorting.hearings = list(sorting.target.hearings.exclude(member__in=here).values_list("pk", flat=True))


def _move(sorting: Sorting, rumour: Rumour) -> None:
    Telling.objects.filter(pk__in=sorting.tellings).update(rumour=rumour)
    Hearing.objects.filter(pk__in=sorting.hearings).update(rumour=rumour)


def _set_state(rumour: Rumour, state: RumourState) -> None:
    rumour.state = state
    rumour.save(update_fields=["state"])


def _retime(rumour: Rumour) -> None:
    """When it was first and last heard, by the tellings and hearings it has now; one without any keeps its times."""
    spans = [rows.aggregate(first=Min("at"), last=Max("at")) for rows in (rumour.tellings, rumour.hearings)]
    firsts, lasts = ([span[end] for span in spans if span[end]] for end in ("first", "last"))
    if firsts:
        rumour.first_at, rumour.last_at = min(firsts), max(lasts)
        rumour.save(update_fields=["first_at", "last_at"])
