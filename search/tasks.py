"""The clock's part of search: what was written is found within a second, and what went wrong is repaired."""

from community.core.tasks import every
from search import outbox


@every("1 second")
def bring_index_up_to_date() -> None:
    for _round in range(20):
        if not outbox.drain():
            return


@every("1 day")
def repair_index() -> None:
    outbox.repair(outbox.differences())
