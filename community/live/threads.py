"""Database work for sockets, in a small pool of its own.

Channels runs all consumers of a process on one database thread; a slow query there would stop every socket.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from django.db import close_old_connections

P = ParamSpec("P")
T = TypeVar("T")

_pool = ThreadPoolExecutor(max_workers=4, thread_name_prefix="live-db")


async def in_database(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a synchronous function that uses the database; never hold a transaction across the await."""
    return await asyncio.get_running_loop().run_in_executor(_pool, lambda: _fresh(function, *args, **kwargs))


def _fresh(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    close_old_connections()
    try:
        return function(*args, **kwargs)
    finally:
        close_old_connections()
