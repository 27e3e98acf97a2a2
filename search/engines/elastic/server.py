"""The server at ELASTICSEARCH_URL: the client, the names of our indexes, and the breaker that stops asking it.

The path of the address is the name of the index: http://search:9200/collegium, also where none is given.
"""

import logging
from dataclasses import dataclass
from functools import cache
from time import monotonic
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from elasticsearch import ApiError, Elasticsearch, TransportError

log = logging.getLogger(__name__)

UNAVAILABLE = (ApiError, TransportError)
ANSWER_WITHIN = 2.0
WRITE_WITHIN = 30.0
FAILURES, PAUSE = 3, 20.0


def client(within: float = ANSWER_WITHIN) -> Elasticsearch:
    """A client whose every request ends within so many seconds."""
    return _client(settings.ELASTICSEARCH_URL).options(request_timeout=within)


def index_name() -> str:
    """What searches read: an alias. `index_name()-write` is the alias of all generations that are fed."""
    return urlsplit(settings.ELASTICSEARCH_URL).path.strip("/") or "collegium"


@cache
def _client(url: str) -> Elasticsearch:
    parts = urlsplit(url)
    address = urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], "", "", ""))
    account = (parts.username, parts.password or "") if parts.username else None
    return Elasticsearch(_with_port(address), basic_auth=account, max_retries=0, retry_on_timeout=False)


def _with_port(address: str) -> str:
    """The client wants a port in every address."""
    parts = urlsplit(address)
    return address if parts.port else f"{address}:{443 if parts.scheme == 'https' else 80}"


@dataclass
class Breaker:
    """After FAILURES in a row nothing is asked for PAUSE seconds; then one request tries again."""

    failures: int = 0
    closed_again_at: float = 0.0

    @property
    def lets_through(self) -> bool:
        return self.failures < FAILURES or monotonic() >= self.closed_again_at

    def succeed(self) -> None:
        self.failures = 0

    def fail(self, error: Exception) -> None:
        self.failures += 1
        self.closed_again_at = monotonic() + PAUSE
        log.warning("the search server did not answer", extra={"kind": type(error).__name__})


breaker = Breaker()
