"""How a notice about a webinar reads: its title and address, for whoever may see it now."""

from collections.abc import Collection

from community.core.audiences import Viewer
from community.notifications.targets import register_target
from webinars.models import Webinar


def register() -> None:
    """Called once, when the models are ready."""
    register_target("webinars.webinar", lines_for, group=group_of)


def lines_for(viewer: Viewer, ids: Collection[str]) -> dict[str, tuple[str, str]]:
    webinars = Webinar.objects.visible_to(viewer).filter(pk__in=list(ids))
    return {str(webinar.pk): (webinar.title, webinar.get_absolute_url()) for webinar in webinars}


def group_of(webinar: Webinar) -> str:
    """Notices about another time are other notices: a reminder that nobody read must not swallow the next one."""
    return f"webinars.webinar:{webinar.pk}:{webinar.starts_at:%Y%m%d%H%M}"
