"""How a member follows a thread."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from community.core.errors import Invalid
from community.core.events import record
from community.core.policies import require
from forums.access import thread_for
from forums.models import Follow, FollowLevel, Thread
from forums.policies import may_follow


@transaction.atomic
def follow_thread(thread: Thread, *, by: Any, level: str = FollowLevel.EVERY_POST) -> Follow:
    """Choose what one is told about a thread; a second choice replaces the first."""
    viewer, thread = thread_for(by, thread.pk)
    require(may_follow(viewer, thread))
    if level not in FollowLevel.values:
        raise Invalid({"level": [_("Choose one of the levels.")]})
    follow, _is_new = Follow.objects.update_or_create(thread=thread, member=by, defaults={"level": level})
    record("forums.thread.followed", by=by, target=thread, level=level)
    return follow


@transaction.atomic
def unfollow_thread(thread: Thread, *, by: Any) -> None:
    """Stop following."""
    # no-require: always allowed, also for what one may no longer read
    deleted, _rows = Follow.objects.filter(thread=thread, member=by).delete()
    if deleted:
        record("forums.thread.unfollowed", by=by, target=thread)
