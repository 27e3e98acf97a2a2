"""How often: one moving window for views, API and sockets, in Redis where there is one, else in this process."""

import time
from functools import cache

from django.conf import settings
from django.utils.translation import gettext as _
from limits import parse
from limits.storage import MemoryStorage, RedisStorage, Storage
from limits.strategies import MovingWindowRateLimiter

from community.core.errors import TooMany


def spend(name: str, key: object, rate: str, cost: int = 1) -> None:
    """Take `cost` from what `key` may do under `name`; `rate` reads like "20/hour". Raises TooMany when it is spent."""
    limit = parse(rate)
    if not _limiter().hit(limit, name, str(key), cost=cost):
        resets = _limiter().get_window_stats(limit, name, str(key)).reset_time
        raise TooMany(_("That was too often. Please wait a little and try again."), int(resets - time.time()) + 1)


def left(name: str, key: object, rate: str) -> int:
    """How many are left in the present window."""
    return int(_limiter().get_window_stats(parse(rate), name, str(key)).remaining)


def forget_all() -> None:
    """Start afresh; for tests."""
    _limiter().storage.reset()


@cache
def _limiter() -> MovingWindowRateLimiter:
    storage: Storage = RedisStorage(settings.REDIS_URL) if settings.REDIS_URL else MemoryStorage()
    return MovingWindowRateLimiter(storage)
