"""The address of a member's calendar feed, which is its only key."""

import uuid
from typing import Any

from django.db import transaction

from community.core.events import record
from webinars.models import FeedKey


@transaction.atomic
def renew_feed(*, by: Any) -> FeedKey:
    """Give a member's feed an address, or a new one; the old one stops working at once."""
    # no-require: everybody has their own feed
    key, _is_new = FeedKey.objects.update_or_create(member=by, defaults={"key": uuid.uuid4()})
    record("webinars.feed.renewed", by=by, target=key)
    return key
