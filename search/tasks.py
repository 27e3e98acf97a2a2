"""The clock's part of search: it takes what no search has taken yet, and repairs what went wrong."""

from community.core.tasks import every
from search import outbox


@every("5 seconds")
def bring_index_up_to_date() -> None:
    for _round in range(20):
        if not outbox.drain():
            return


@every("1 day")
def repair_index() -> None:
    outbox.repair(outbox.differences())
