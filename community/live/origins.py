"""Only pages of this very site may open a socket here."""

from collections.abc import Awaitable, Callable
from typing import Any

from channels.security.websocket import WebsocketDenier
from django.conf import settings

Application = Callable[[dict[str, Any], Any, Any], Awaitable[None]]


class ExactOrigin:
    """Refuses a handshake (HTTP 403) whose Origin is not one of SOCKET_ORIGINS, letter for letter."""

    def __init__(self, application: Application) -> None:
        self.application = application

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        origins = [value.decode("latin-1") for name, value in scope.get("headers", []) if name == b"origin"]
        if len(origins) == 1 and origins[0] in settings.SOCKET_ORIGINS:
            await self.application(scope, receive, send)
        else:
            await WebsocketDenier()(scope, receive, send)
