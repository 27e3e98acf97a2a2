"""Redis as a cache that nobody waits for: while it does not answer, nothing is known and nothing is kept."""

import logging
import time
from collections.abc import Callable
from typing import Any, ClassVar

from django.core.cache.backends.redis import RedisCache

log = logging.getLogger(__name__)

#: Seconds for which Redis is left alone after an answer that did not come.
LEFT_ALONE = 5.0


class PatientRedisCache(RedisCache):
    """Django's, for a process that goes on while Redis is away or hangs.

    What is kept in a cache can be made again. Codes that are used once are not found meanwhile, and have to be asked
    for anew.
    """

    away_until: ClassVar[float] = 0.0

    def add(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask(super().add, False, *args, **kwargs)

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return self._ask(super().get, default, key, default, version)

    def set(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask(super().set, None, *args, **kwargs)

    def touch(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask(super().touch, False, *args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask(super().delete, False, *args, **kwargs)

    def get_many(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask(super().get_many, {}, *args, **kwargs)

    def has_key(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask(super().has_key, False, *args, **kwargs)

    def set_many(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask(super().set_many, [], *args, **kwargs)

    def delete_many(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask(super().delete_many, None, *args, **kwargs)

    def _ask(self, act: Callable[..., Any], otherwise: Any, *args: Any, **kwargs: Any) -> Any:
        from redis import RedisError  # noqa: PLC0415  the library is large, and not every install has Redis

        if time.monotonic() < PatientRedisCache.away_until:
            return otherwise
        try:
            return act(*args, **kwargs)
        except RedisError as error:
            PatientRedisCache.away_until = time.monotonic() + LEFT_ALONE
            log.warning("the cache does not answer", extra={"code": type(error).__name__})
            return otherwise
