"""What an author can have been watching: never later than the newest picture that there is."""

from community.core.clock import now
from webinars.models import Broadcast, Webinar


def moment_in(webinar: Webinar, asked: float | None) -> float | None:
    """The second of the recording that a client names, clamped to the live edge; None where nothing was shown yet.

    Video from elsewhere has no rows here: it can be as long as the webinar has run.
    """
    if asked is None:
        return None
    end = Broadcast.objects.filter(webinar=webinar).values_list("media_end", flat=True).first()
    if end is None:
        end = max(0.0, (now() - (webinar.started_at or webinar.starts_at)).total_seconds())
    return min(asked, round(end, 3)) if end else None
