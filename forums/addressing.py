"""Whom a post speaks to: the mentioned, the answered, the quoted. Each person once, by the strongest reason."""

import re

from community.core.audiences import members_in
from community.core.text import render
from forums.models import Mention, MentionKind, Post

MAX_ADDRESSED = 10
POST_LINK = re.compile(r"#post-(\d{1,9})$")


def address(post: Post) -> None:
    """Make the stored addressees those of the present words: an edit that drops a mention withdraws it."""
    wanted = addressees(post)
    post.mentions.exclude(member_id__in=wanted).delete()
    known = set(post.mentions.values_list("member_id", flat=True))
    Mention.objects.bulk_create(
        [Mention(post=post, member_id=pk, kind=kind) for pk, kind in wanted.items() if pk not in known]
    )


def addressees(post: Post) -> dict[int, MentionKind]:
    """Member id → reason, for those who may read the post; never its own author."""
    by_reason = {
        **dict.fromkeys(_quoted(post), MentionKind.QUOTE),
        **dict.fromkeys(_answered(post), MentionKind.REPLY),
        **dict.fromkeys(_mentioned(post), MentionKind.MENTION),
    }
    by_reason.pop(post.author_id, None)
    if not by_reason:
        return {}
    readers = members_in(post.audience).filter(pk__in=by_reason).values_list("pk", flat=True)
    return {pk: by_reason[pk] for pk in readers}


def _mentioned(post: Post) -> list[int]:
    """Handles in the author's own lines; the line "@handle wrote" above a quotation is not a mention."""
    own = "\n".join(line for line in post.source.splitlines() if not line.lstrip().startswith(">"))
    handles = render(own).mentions[:MAX_ADDRESSED]
    if not handles:
        return []
    return list(members_in(post.audience).filter(handle__in=handles).values_list("pk", flat=True))


def _answered(post: Post) -> list[int]:
    return [post.reply_to.author_id] if post.reply_to is not None else []


def _quoted(post: Post) -> list[int]:
    """Authors of the posts of this thread that quotation lines link to."""
    quoting = "\n".join(line for line in post.source.splitlines() if line.lstrip().startswith(">"))
    found = [POST_LINK.search(link) for link in render(quoting).links if post.thread.public_id in link]
    numbers = {int(match[1]) for match in found if match}
    if not numbers:
        return []
    quoted = Post.objects.filter(thread=post.thread, number__in=sorted(numbers)[:MAX_ADDRESSED])
    return list(quoted.values_list("author_id", flat=True))
