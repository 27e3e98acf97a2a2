"""The live topic of a member: the number on the bell changes without a reload. Only the member may join it."""

from community.core.audiences import Viewer
from community.live.registry import TopicAccess


def resolve(key: str, viewer: Viewer) -> TopicAccess | None:
    """Access to `member:<id>` for that member; None for anybody else."""
    member = viewer.member
    if member is None or key != str(member.pk):
        return None
    return TopicAccess(topic=f"member:{member.pk}")
