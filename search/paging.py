"""Cursors: where a page of results begins. Opaque to readers, and never a permission."""

import base64
import binascii
import json

from community.core.errors import Invalid

Place = tuple[float, int]


def write(place: Place) -> str:
    return base64.urlsafe_b64encode(json.dumps(list(place)).encode()).decode().rstrip("=")


def read(cursor: str) -> Place | None:
    """Raises Invalid for anything that `write` has not made."""
    if not cursor:
        return None
    try:
        score, key = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        return float(score), int(key)
    except (ValueError, TypeError, binascii.Error):
        raise Invalid({"after": ["This page does not exist."]}) from None
