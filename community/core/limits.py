"""How often: one moving window for views, API and sockets, in Redis where there is one, else in this process."""

import logging
import time
from collections.abc import Callable
from functools import cache
from typing import TypeVar

from django.conf import settings
from django.utils.translation import gettext as _
from limits import parse
from limits.errors import StorageError
from limits.storage import MemoryStorage, RedisStorage
from limits.strategies import MovingWindowRateLimiter

from community.core.errors import TooMany

log = logging.getLogger(__name__)

#: Seconds that Redis may take to answer, and for how long a process counts for itself after it did not.
PATIENCE, COUNTS_ALONE = 0.5, 5.0
T = TypeVar("T")
_away = {"until": 0.0}


def spend(name: str, key: object, rate: str, cost: int = 1) -> None:
    """Take `cost` from what `key` may do under `name`; `rate` reads like "20/hour". Raises TooMany when it is spent."""
    limit = parse(rate)
    if not _ask(lambda limiter: limiter.hit(limit, name, str(key), cost=cost)):
        resets = _ask(lambda limiter: limiter.get_window_stats(limit, name, str(key)).reset_time)
        raise TooMany(_("That was too often. Please wait a little and try again."), int(resets - time.time()) + 1)


def left(name: str, key: object, rate: str) -> int:
    """How many are left in the present window."""
    return int(_ask(lambda limiter: limiter.get_window_stats(parse(rate), name, str(key)).remaining))


def forget_all() -> None:
    """Start afresh; for tests."""
    _alone().storage.reset()
    if settings.REDIS_URL:
        _shared().storage.reset()


def _ask(question: Callable[[MovingWindowRateLimiter], T]) -> T:
    """Of Redis; where there is none, or while it does not answer, of this process alone. Nobody waits for a count."""
    if settings.REDIS_URL and time.monotonic() >= _away["until"]:
        try:
            return question(_shared())
        except StorageError as error:
            _away["until"] = time.monotonic() + COUNTS_ALONE
            log.warning("the shared limits do not answer", extra={"code": type(error.storage_error).__name__})
    return question(_alone())


@cache
def _shared() -> MovingWindowRateLimiter:
    storage = RedisStorage(
        settings.REDIS_URL, wrap_exceptions=True, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE
    )
    return MovingWindowRateLimiter(storage)


@cache
def _alone() -> MovingWindowRateLimiter:
    return MovingWindowRateLimiter(MemoryStorage())
