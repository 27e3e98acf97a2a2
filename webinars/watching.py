"""Who may watch the video of a webinar: those who may be in its room, and visitors where a recording is public."""

from community.core.audiences import Viewer
from community.core.policies import Verdict, deny
from webinars.crews import roles_of
from webinars.joining import registration_of
from webinars.models import RoomLimit, Webinar
from webinars.policies import limits_of, may_enter


def may_watch(viewer: Viewer, webinar: Webinar) -> Verdict:
    """The same rule as for the room, also for those who were sent out of it."""
    if viewer.member is None:
        return may_enter(viewer, webinar, frozenset(), None)
    roles = roles_of(viewer.member, webinar)
    if not roles and RoomLimit.Kind.BAN in limits_of(viewer.member, webinar):
        return deny("no_right", "")
    return may_enter(viewer, webinar, roles, registration_of(viewer.member, webinar))
