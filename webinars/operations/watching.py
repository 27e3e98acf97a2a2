"""Remembers how far a member has watched a recording. Nobody else may see it, so it leaves no event."""

import math
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from community.core.audiences import viewer_of
from community.core.clock import now
from community.core.errors import Invalid
from community.core.policies import require
from webinars.models import Progress, Webinar
from webinars.operations.attending import note_replay
from webinars.watching import may_watch

LONGEST = 24 * 3600.0


@transaction.atomic
def keep_place(webinar: Webinar, *, by: Any, seconds: float, duration: float) -> Progress:
    """Set the member's place, in seconds of the recording; it is clamped to `duration`. Invalid for no number."""
    # no-record: how far one watches is nobody's business
    require(may_watch(viewer_of(by), webinar))
    if not (math.isfinite(seconds) and math.isfinite(duration)):
        raise Invalid({"seconds": [_("This is no place in a recording.")]})
    length = min(max(0.0, duration), LONGEST)
    place = min(max(0.0, seconds), length)
    before = Progress.objects.filter(webinar=webinar, member=by).first()
    note_replay(webinar, by=by, before=before, seconds=place)
    found, _made = Progress.objects.update_or_create(
        webinar=webinar, member=by, defaults={"seconds": place, "duration": length, "at": now()}
    )
    return found


@transaction.atomic
def forget_place(webinar: Webinar, *, by: Any) -> None:
    """Take a recording off the member's list."""
    # no-record: how far one watches is nobody's business
    # no-require: members may forget their own place, whatever became of the webinar
    Progress.objects.filter(webinar=webinar, member=by).delete()
