"""Destroys the bytes that must not be there any more: of segments that were cut out, of chunks of finished takes."""

from webinars.media import storage
from webinars.models import Broadcast, Chunk, Segment, SegmentState, TakeState


def destroy_redacted(broadcast: Broadcast | None = None) -> int:
    """Overwrite and remove; the rows forget their keys last, so that what is interrupted is done again."""
    segments = Segment.objects.filter(state=SegmentState.REDACTED).exclude(key="")
    chunks = Chunk.objects.filter(take__state__in=[TakeState.CLOSED, TakeState.FAILED]).exclude(key="")
    if broadcast is not None:
        segments, chunks = segments.filter(broadcast=broadcast), chunks.filter(take__broadcast=broadcast)
    found = [*segments.values_list("key", flat=True), *chunks.values_list("key", flat=True)]
    storage.destroy(*found)
    segments.filter(key__in=found).update(key="")
    chunks.filter(key__in=found).update(key="")
    return len(found)
