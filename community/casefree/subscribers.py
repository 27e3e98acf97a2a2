"""Learns what humans decided about holds."""

from community.casefree import operations
from community.core.actors import SYSTEM
from community.core.events import on
from community.core.models import Event


@on("moderation.review.decided")
def settle_hold(event: Event) -> None:
    operations.settle_hold(int(event.target_id), str(event.facts.get("outcome", "")), by=SYSTEM)
