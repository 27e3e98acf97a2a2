"""What a member wrote here, for the download of their own data."""

from typing import Any

from community.knowledge.models import Authorship, DraftComment


def own_writing(member: Any) -> dict[str, Any]:
    """Write-ups with one's state as an author, and what one said about drafts."""
    rows = Authorship.objects.filter(member=member).select_related("page")
    comments = DraftComment.objects.filter(author=member)
    return {
        "write_ups": [
            {"title": row.page.draft_title, "address": row.page.slug, "state": row.state, "since": row.invited_at}
            for row in rows
        ],
        "comments": list(comments.values("page__slug", "section", "text", "created_at")),
    }
