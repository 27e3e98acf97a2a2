"""Is the process alive, is what it depends on there, and how is it doing: for proxies and monitors."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from community.core.clock import now
from community.core.lazily import Lazily
from community.core.models import Attempt, Event, Lease
from community.live.hub import open_sockets
from search import outbox
from search.models import Shipment

if TYPE_CHECKING:
    import redis
else:
    redis = Lazily("redis")

STALE_CLOCK = timedelta(minutes=5)


def process(request: HttpRequest) -> HttpResponse:
    """Alive; touches nothing."""
    return HttpResponse("ok", content_type="text/plain")


def ready(request: HttpRequest) -> JsonResponse:
    """200 when the database and, where set, Redis answer; 503 and the names of what does not."""
    parts = {"database": _database_answers(), "redis": _redis_answers()}
    return JsonResponse({"ready": all(parts.values()), **parts}, status=200 if all(parts.values()) else 503)


def metrics(request: HttpRequest) -> HttpResponse:
    """Gauges in the Prometheus text format; no ids in labels. The proxy keeps this address from the outside."""
    beat = Lease.objects.order_by("-last_started").values_list("last_started", flat=True).first()
    gauges = {
        "collegium_events_total": Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0,
        "collegium_jobs_waiting": Attempt.objects.filter(state=Attempt.State.WAITING).count(),
        "collegium_jobs_failed": Attempt.objects.filter(state=Attempt.State.FAILED).count(),
        "collegium_clock_late": int(beat is None or beat < now() - STALE_CLOCK),
        "collegium_sockets_open": open_sockets(),
        "collegium_search_lag_seconds": round(outbox.lag()),
        "collegium_search_shipments_waiting": Shipment.objects.count(),
    }
    text = "".join(f"# TYPE {name} gauge\n{name} {value}\n" for name, value in gauges.items())
    return HttpResponse(text, content_type="text/plain; version=0.0.4")


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _redis_answers() -> bool:
    if not settings.REDIS_URL:
        return True
    try:
        with redis.Redis.from_url(settings.REDIS_URL, socket_timeout=2) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False
