"""The ASGI entry point: pages over HTTP, live topics over WebSocket."""

import os
from contextlib import nullcontext

from django.core.asgi import get_asgi_application

from community.config.lean import without

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "community.config.settings")
# Wagtail's framework for APIs takes the client of PostgreSQL along wherever there is one.
with nullcontext() if os.environ.get("DATABASE_URL") else without("psycopg"):
    pages = get_asgi_application()

# Models are ready only after the lines above.
from channels.routing import ProtocolTypeRouter, URLRouter

from community.config.sockets import ROUTES
from community.live.authentication import SessionKey
from community.live.origins import ExactOrigin

application = ProtocolTypeRouter({"http": pages, "websocket": ExactOrigin(SessionKey(URLRouter(ROUTES)))})
