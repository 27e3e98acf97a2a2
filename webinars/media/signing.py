"""Addresses of video files: good for some minutes, for one broadcast, without asking the database.

Whoever may see the playlist gets them in it. The token stands in the path, so that a player can use relative
addresses and a playlist stays small: `<expires, base 36>-<HMAC-SHA-256, 26 characters>`.
"""

import base64
import hashlib
import hmac

from django.conf import settings

from community.core.clock import now

LIVE_FOR = 600  # seconds; a live playlist is fetched again long before
RECORDING_FOR = 6 * 3600  # the player fetches the playlist of a recording once
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def token_for(broadcast: str, seconds: int) -> str:
    """A token that holds for `seconds` at least, and for half as long again at most: all who ask within that step
    get the same one, so that caches can share what they keep."""
    step = seconds // 2
    expires = (int(now().timestamp()) // step + 1) * step + seconds
    return f"{base36(expires)}-{_sign(broadcast, expires)}"


def is_good(token: str, broadcast: str) -> bool:
    expires_text, _dash, signature = token.partition("-")
    try:
        expires = int(expires_text, 36)
    except ValueError:
        return False
    is_signed = hmac.compare_digest(signature.encode(), _sign(broadcast, expires).encode())
    return is_signed and expires > now().timestamp()


def _sign(broadcast: str, expires: int) -> str:
    message = f"webinars.media:{broadcast}:{expires}".encode()
    digest = hmac.new(settings.MEDIA_URL_SIGNING_KEY.encode(), message, hashlib.sha256).digest()
    return base64.b32encode(digest[:16]).decode("ascii").rstrip("=").lower()


def base36(number: int) -> str:
    """A number in digits and small letters, as `int(text, 36)` reads it."""
    text = ""
    while number:
        number, digit = divmod(number, 36)
        text = DIGITS[digit] + text
    return text or "0"
