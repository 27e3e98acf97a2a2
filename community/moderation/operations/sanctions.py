"""Ceilings on what a member may do: warned, muted, excluded; and the end of it."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from community.core.clock import now
from community.core.errors import Conflict, Invalid
from community.core.events import record
from community.core.policies import require
from community.live.operations import recheck
from community.moderation.models import Reason, Sanction
from community.moderation.policies import may_moderate, may_sanction


@transaction.atomic
def impose_sanction(member: Any, *, by: Any, kind: str, reason: str, until: datetime | None = None) -> Sanction:
    """Warn, mute or exclude a member; without `until` it binds until it is lifted."""
    require(may_sanction(by, member))
    if kind not in Sanction.Kind.values or reason not in Reason.values:
        raise Invalid({"kind": [_("Choose a sanction and a reason.")]})
    if until is not None and until <= now():
        raise Invalid({"until": [_("Choose a day to come.")]})
    sanction = Sanction.objects.create(member=member, kind=kind, reason=reason, until=until, imposed_by=by)
    recheck(member, by=by)
    record("moderation.sanction.imposed", by=by, target=sanction, member=member.pk, kind=kind, reason=reason)
    return sanction


@transaction.atomic
def lift_sanction(sanction: Sanction, *, by: Any) -> Sanction:
    """End a sanction before its time."""
    require(may_moderate(by))
    if sanction.lifted_at is not None:
        raise Conflict(_("This sanction has been lifted."))
    sanction.lifted_at = now()
    sanction.save(update_fields=["lifted_at"])
    recheck(sanction.member, by=by)
    record("moderation.sanction.lifted", by=by, target=sanction, member=sanction.member_id)
    return sanction
