"""Uploads that never become a temporary file."""

from typing import Any

from django.core.files.uploadhandler import MemoryFileUploadHandler

from community.credentials.views.answers import MemberRequest

ROOM_FOR_FIELDS = 64 * 1024


class _InMemory(MemoryFileUploadHandler):
    """Keeps a file in memory whatever its size, within the limit; what is larger is not read at all."""

    limit = 0

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *args: Any) -> None:  # noqa: N803
        self.activated = content_length <= self.limit


def kept_in_memory(request: MemberRequest, max_bytes: int) -> MemberRequest:
    """The request with the one upload handler; call it before anything reads the form."""
    handler = _InMemory(request)
    handler.limit = max_bytes + ROOM_FOR_FIELDS
    request.upload_handlers = [handler]
    return request
