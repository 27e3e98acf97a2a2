"""The broadcast of a webinar: found, made at first need, and locked while its video changes."""

from webinars.models import Broadcast, Webinar


def broadcast_of(webinar: Webinar) -> Broadcast:
    """The broadcast of a webinar; made at first need."""
    return Broadcast.objects.get_or_create(webinar=webinar)[0]


def locked(broadcast: Broadcast) -> Broadcast:
    """The row of the broadcast, locked until the transaction ends."""
    return Broadcast.objects.select_for_update().get(pk=broadcast.pk)
