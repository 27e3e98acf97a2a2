"""Database work for sockets, in small pools of its own.

Channels runs all consumers of a process on one database thread; a slow query there would stop every socket. Here those
who join cannot keep the hub from looking, nor commands from being answered, nor rights from being asked.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Literal, ParamSpec, TypeVar

from django.db import connections

P = ParamSpec("P")
T = TypeVar("T")
Work = Literal["command", "join", "look", "rights"]

_pools: dict[Work, ThreadPoolExecutor] = {
    "command": ThreadPoolExecutor(3, thread_name_prefix="live-command"),
    "join": ThreadPoolExecutor(2, thread_name_prefix="live-join"),
    "look": ThreadPoolExecutor(1, thread_name_prefix="live-look"),
    "rights": ThreadPoolExecutor(1, thread_name_prefix="live-rights"),
}


async def in_database(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a synchronous function that uses the database; never hold a transaction across the await."""
    return await to("command", function, *args, **kwargs)


async def to(work: Work, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """The same, in the pool for this kind of work."""
    return await asyncio.get_running_loop().run_in_executor(_pools[work], lambda: _fresh(function, *args, **kwargs))


def _fresh(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    _put_connections_in_order()
    try:
        return function(*args, **kwargs)
    finally:
        _put_connections_in_order()


def _put_connections_in_order() -> None:
    """As at the ends of a request; but SQLite's file stays open, for opening it costs more than most queries."""
    for connection in connections.all(initialized_only=True):
        if connection.vendor != "sqlite":
            connection.close_if_unusable_or_obsolete()
        elif connection.errors_occurred or connection.needs_rollback:
            connection.close()
