"""What a socket understands in a thread."""

from typing import Any
from uuid import UUID

from community.core.audiences import VERIFIED, Viewer, viewer_of
from community.core.errors import Missing
from community.live.operations import seq_of
from community.live.registry import Command, TopicAccess, command
from forums.models import Stance, Thread
from forums.operations import reply
from forums.writing import Words


class ReplyCommand(Command):
    """`{"do": "thread.reply", "ref", "text"}`: the same as the reply form."""

    text: str
    stance: str = Stance.OPINION
    to: int | None = None


def resolve(key: str, viewer: Viewer) -> TopicAccess | None:
    """Whoever may read the thread may hear that something new is in it; the words come over HTTP."""
    if not Thread.objects.visible_to(viewer).filter(public_id=key).exists():
        return None
    may = ("thread.reply",) if viewer.has(VERIFIED) or viewer.has("learner") else ()
    return TopicAccess(f"thread:{key}", may)


@command("thread.reply", ReplyCommand)
def thread_reply(member: Any, key: str, data: ReplyCommand, ref: str) -> dict[str, Any]:
    """Answers with the number of the post; 0 while a moderator looks at it."""
    thread = Thread.objects.visible_to(viewer_of(member)).filter(public_id=key).first()
    if thread is None:
        raise Missing
    words = Words(data.text, data.stance)
    post = reply(thread, by=member, words=words, client_key=UUID(ref), reply_to=data.to)
    return {"seq": seq_of(member, ref) or 0, "number": post.number or 0, "state": post.state}
