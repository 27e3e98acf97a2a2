"""Who sorts rumours, and which can be put together, parted or undone."""

from typing import Any

from django.utils.translation import gettext as _

from community.core.policies import ALLOWED, Verdict, deny
from community.knowledge.models import Rumour, RumourState, Sorting, SortingKind
from community.knowledge.policies.myths import may_draft_myth

OPEN = (RumourState.WAITING, RumourState.TAKEN_UP)


def may_merge_rumours(member: Any, rumour: Rumour, into: Rumour) -> Verdict:
    """Those who check rumours, while the first waits and the second is open."""
    drafting = may_draft_myth(member)
    if not drafting:
        return drafting
    if rumour.pk == into.pk:
        return deny("same", _("These are one rumour already."))
    if rumour.state != RumourState.WAITING:
        return deny("not_waiting", _("Somebody is checking this one: put the other together with it instead."))
    if into.state not in OPEN:
        return deny("not_open", _("That rumour is not open any more."))
    return ALLOWED


def may_split_rumour(member: Any, rumour: Rumour) -> Verdict:
    drafting = may_draft_myth(member)
    if not drafting:
        return drafting
    if rumour.state not in OPEN:
        return deny("not_open", _("This rumour is not open any more."))
    return ALLOWED


def may_undo_sorting(member: Any, sorting: Sorting) -> Verdict:
    """The newest act between open rumours; what came after it is undone first."""
    drafting = may_draft_myth(member)
    if not drafting:
        return drafting
    if sorting.is_undone:
        return deny("undone", _("This was undone already."))
    if not _can_go_back(sorting):
        return deny("not_open", _("These rumours are being checked or closed by now."))
    if _has_successor(sorting):
        return deny("not_newest", _("Undo first what was sorted after it."))
    return ALLOWED


def _can_go_back(sorting: Sorting) -> bool:
    """A merged rumour comes back from an open one; a part goes back while nobody has taken it up."""
    if sorting.kind == SortingKind.MERGED:
        return sorting.source.state == RumourState.MERGED and sorting.target.state in OPEN
    return sorting.target.state == RumourState.WAITING and sorting.source.state in OPEN


def _has_successor(sorting: Sorting) -> bool:
    both = [sorting.source_id, sorting.target_id]
    later = Sorting.objects.filter(pk__gt=sorting.pk, undone_at=None)
    return later.filter(source__in=both).exists() or later.filter(target__in=both).exists()
