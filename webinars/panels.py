"""What webinars show on the home page and in the bar: what is live now, and what comes next."""

from django.core.cache import caches
from django.urls import reverse
from django.utils.translation import gettext as _

from community.core.audiences import Viewer
from community.core.ui import Panel, for_members, register_count, register_home_panel
from webinars import queries
from webinars.stopping_places import unfinished_recordings

#: Every page asks whether something is live, so a page view must not pay a query for it.
KEPT_SECONDS = 10
LIVE_KEY = "webinars:live"
LINES = 3


def register() -> None:
    """Called once, when the models are ready."""
    register_count("webinars.live", live_count)
    for source in (live_panel, next_panel, recordings_panel):
        register_home_panel(source)


def live_count(viewer: Viewer) -> int:
    """How many webinars that are for this viewer are live."""
    cache = caches["process"]
    audiences = cache.get(LIVE_KEY)
    if audiences is None:
        audiences = queries.live_audiences()
        cache.set(LIVE_KEY, audiences, KEPT_SECONDS)
    return sum(audience in viewer.tokens for audience in audiences)


def live_panel(viewer: Viewer) -> Panel | None:
    """First thing on the page while something is live."""
    if not live_count(viewer):
        return None
    webinars = [webinar for webinar in queries.upcoming_webinars(viewer)[:20] if webinar.is_live]
    return Panel(
        key="live",
        title=_("Live now"),
        template="webinars/_home_live.html",
        context={"webinars": webinars},
        needs="webinars",
        order=1,
    )


def next_panel(viewer: Viewer) -> Panel:
    """What comes next; beside the page for members, on it for visitors."""
    webinars = [webinar for webinar in queries.upcoming_webinars(viewer)[: LINES + 3] if not webinar.is_live]
    return Panel(
        key="webinar",
        title=_("Next webinars"),
        template="webinars/_home_next.html",
        context={"webinars": webinars[:LINES]},
        order=90 if viewer.member else 35,
        place="aside" if viewer.member else "main",
        url=reverse("webinar-list"),
        url_label=_("All webinars"),
    )


@for_members
def recordings_panel(viewer: Viewer) -> Panel:
    """Where the member stopped in recordings; nothing for whoever has begun none."""
    return Panel(
        key="recordings",
        title=_("Go on where you stopped"),
        template="webinars/_home_recordings.html",
        context={"begun": list(unfinished_recordings(viewer)[:LINES])},
        needs="begun",
        order=30,
        place="aside",
        url=reverse("recording-list"),
        url_label=_("My recordings"),
    )
