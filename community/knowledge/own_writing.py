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
        "adaptations": list(member.adaptations.values("parent__slug", "child__slug", "made_at", "what_changed")),
        "reviews": list(member.peer_reviews.values("page__slug", "seat", "state", "verdict", "reason", "decided_at")),
        "faces": list(member.facings.values("page__slug", "country__code", "facility_level", "said_at")),
        "translations": list(member.translations.values("page__slug", "language", "state", "begun_at", "texts")),
        "comments": list(comments.values("page__slug", "section", "text", "created_at")),
    }
