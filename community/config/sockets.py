"""Which socket answers at which address."""

from django.urls import path

from community.live.authentication import SessionAuthentication
from community.live.consumers import TopicConsumer
from community.live.ingest import IngestConsumer

ROUTES = [
    path("ws/topics/<slug:kind>/<slug:key>/", TopicConsumer.as_asgi()),
    path("ws/rooms/<slug:key>/", TopicConsumer.as_asgi(kind="room")),
    path("ws/ingest/<slug:key>/", SessionAuthentication(IngestConsumer.as_asgi())),  # type: ignore[arg-type]
]
