"""What a socket understands in a room, and who may say it: names, fields and the operation behind each."""

from community.core.audiences import Viewer
from webinars.models import Webinar
from webinars.policies import Roles


def commands_for(viewer: Viewer, webinar: Webinar, roles: Roles, limits: frozenset[str]) -> list[str]:
    """The commands this viewer may give in this room now."""
    return []
