"""The ASGI entry point: pages over HTTP, live topics over WebSocket."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "community.config.settings")
pages = get_asgi_application()

# Models are ready only after the line above.
from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402

from community.config.sockets import ROUTES  # noqa: E402
from community.live.authentication import SessionKey  # noqa: E402
from community.live.origins import ExactOrigin  # noqa: E402

application = ProtocolTypeRouter({"http": pages, "websocket": ExactOrigin(SessionKey(URLRouter(ROUTES)))})
