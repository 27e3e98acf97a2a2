"""What a search server, where there is one, has to be told: written with the change, sent by the mirror."""

from collections.abc import Iterable

from search.engines import elastic
from search.models import Shipment

BATCH = 1000
Thing = tuple[str, int]


def queue(things: Iterable[Thing]) -> None:
    """Let these things be sent; in the transaction that changes them, and only where there is a server."""
    if elastic.is_on():
        Shipment.objects.bulk_create((Shipment(kind=kind, key=key) for kind, key in things), batch_size=BATCH)
