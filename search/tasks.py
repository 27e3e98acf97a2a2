"""The clock's part of search: it takes what no search has taken yet, and repairs what went wrong."""

import logging
from time import monotonic, sleep

from community.core.models import Attempt
from community.core.tasks import every, job
from search import alerts, asked, outbox, semantic
from search.engines import elastic
from search.semantic import learning

log = logging.getLogger(__name__)

# SQLite has one pen, and who waits for it looks every tenth of a second: short turns, and pauses longer than that.
AT_ONCE, PAUSE, FOR_SECONDS = 100, 0.12, 5.0


@every("1 second", held="20 seconds", when=outbox.is_behind)
def bring_index_up_to_date() -> None:
    """For a few seconds, so that the clock's other tasks have their turn; the pen is down as long as it was held."""
    began = monotonic()
    while (started := monotonic()) < began + FOR_SECONDS and outbox.drain(AT_ONCE) == AT_ONCE:
        sleep(max(PAUSE, monotonic() - started))


@every("5 seconds")
def have_texts_read() -> None:
    """Where the install searches by meaning: one job of the worker at a time, as long as texts wait."""
    if semantic.is_on() and learning.is_behind() and not _is_reading():
        read_texts.enqueue()


@every("5 minutes")
def enrol_older_texts() -> None:
    """What was there before the extra was."""
    if semantic.is_on():
        learning.enrol()


@job()
def read_texts() -> None:
    """A few seconds of reading, so that the worker's other jobs have their turn; the clock asks for the next."""
    learning.learn()


def _is_reading() -> bool:
    states = [Attempt.State.WAITING, Attempt.State.RUNNING]
    return Attempt.objects.filter(job=read_texts.path, state__in=states).exists()


@every("1 minute")
def tell_of_what_saved_searches_find() -> None:
    alerts.tell_of_new()


@every("1 day")
def drop_old_counts() -> None:
    asked.drop_old()


@every("1 day")
def repair_index() -> None:
    """Look at everything once: the worker does it part by part; what is on the search server when that is through."""
    look_at_part.enqueue(outbox.kinds()[0], 0)


@job()
def look_at_part(kind: str, after: int) -> None:
    """A few seconds of comparing and mending; then the next part is queued."""
    following = outbox.look(kind, after, FOR_SECONDS)
    if following is not None:
        look_at_part.enqueue(*following)
    elif elastic.is_on():
        look_at_the_search_server.enqueue()


@job(lease=3600)
def look_at_the_search_server() -> None:
    from search import mirror  # noqa: PLC0415 - the client is imported where it is used

    mirror.queue_differences()


def tell_the_search_server() -> None:
    """Send what has changed; a server that is away gets it when it is back."""
    from search import mirror  # noqa: PLC0415
    from search.engines.elastic.server import UNAVAILABLE  # noqa: PLC0415

    try:
        mirror.ship(meanwhile=outbox.drain)
    except (*UNAVAILABLE, mirror.Refused) as error:
        log.warning("the search server takes nothing", extra={"kind": type(error).__name__})


if elastic.is_on():
    every("1 second", held="20 seconds")(tell_the_search_server)
