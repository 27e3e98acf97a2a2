"""Write-ups of the world that are adapted and reviewed: one that everybody reads, drafts in review, and one draft."""

from typing import TYPE_CHECKING, Any

from community.core.clock import now
from community.knowledge.models import PeerReview, Remark, WriteUpPage
from community.knowledge.operations.lineage import adapt
from community.members.models import Member
from tests.knowledge.practices import draft, frame, published, sent

if TYPE_CHECKING:
    from tests.access.world import World

OF_A_WRITE_UP = "writeup-lineage writeup-face writeup-face-withdraw writeup-adapt writeup-certainty"
OF_A_REVIEW = "peer-review peer-review-give-up peer-review-remark peer-review-verdict"


def put_adaptations(world: "World", author: Member, other: Member) -> None:
    """The member has reviewed, reviews and is invited to review; with the nurse they are of the specialty."""
    member, nurse = world.personas["member"], world.personas["nurse"]
    shown, hidden = published(author, audience="public"), draft(author, title="A draft that nobody sees")
    world.put(OF_A_WRITE_UP, {"slug": shown.slug}, {"slug": hidden.slug})
    own, others = (adapt(shown, by=each, frame=frame()) for each in (member, other))
    world.put("adaptation-report", {"public_id": own.public_id}, {"public_id": others.public_id})
    waiting, read, asked = (sent(author, title=f"In review, {number}") for number in range(3))
    for each in (member, nurse):
        each.specialties.set(waiting.get_latest_revision_as_object().specialties.all())  # type: ignore[union-attr]
    world.put("peer-review-sit peer-review-invite", {"slug": waiting.slug}, {"slug": hidden.slug})
    _review(shown, member, state="done", verdict="accept", decided_at=now())
    mine, theirs = _review(read, member), _review(read, other, seat="region")
    world.put(OF_A_REVIEW, {"public_id": mine.public_id}, {"public_id": theirs.public_id})
    world.put("writeup-reviews", {"slug": read.slug}, {"slug": hidden.slug})
    remarks = [Remark.objects.create(review=each, section="whole", text="Say how.") for each in (mine, theirs)]
    world.put("peer-review-remark-remove", *({"public_id": r.review.public_id, "remark": r.pk} for r in remarks))
    invited = [_review(asked, member, state="invited"), _review(asked, other, seat="region", state="invited")]
    world.put("peer-review-begin", *({"public_id": each.public_id} for each in invited))


def _review(page: WriteUpPage, reviewer: Any, **fields: Any) -> PeerReview:
    return PeerReview.objects.create(page=page, reviewer=reviewer, **{"seat": "specialty", "coi_none": True, **fields})
