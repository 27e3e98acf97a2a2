"""What an error report may tell: where in the code it happened, never what a person typed.

Django's own reports show the fields of the form, the address with its query and the local variables of every frame, and
the message of an exception, in which PostgreSQL quotes the row. Any of these can hold words that the guard has stopped.
"""

from collections.abc import ItemsView
from types import FrameType
from typing import Any

from django.http import HttpRequest
from django.views.debug import ExceptionReporter, SafeExceptionReporterFilter

NOT_TOLD = "not told"
#: Headers in which the words of a search or a form can stand.
WITH_WORDS = frozenset({"QUERY_STRING", "HTTP_REFERER", "HTTP_COOKIE", "PATH_INFO", "REQUEST_URI", "RAW_URI"})


class ReportFilter(SafeExceptionReporterFilter):
    """Keeps the names of fields and variables, and none of their values."""

    def is_active(self, request: HttpRequest | None) -> bool:
        return True

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        return dict.fromkeys(request.POST, NOT_TOLD) if request is not None else {}

    def get_traceback_frame_variables(self, request: HttpRequest | None, tb_frame: FrameType) -> ItemsView[str, Any]:
        return dict.fromkeys(tb_frame.f_locals, NOT_TOLD).items()

    def get_safe_request_meta(self, request: HttpRequest) -> dict[str, Any]:
        meta = super().get_safe_request_meta(request)
        return {name: NOT_TOLD if name in WITH_WORDS else value for name, value in meta.items()}

    def get_safe_cookies(self, request: HttpRequest) -> dict[str, Any]:
        return dict.fromkeys(request.COOKIES, NOT_TOLD)


class Reporter(ExceptionReporter):
    """A report without the messages of exceptions and without the query of the address."""

    def get_traceback_data(self) -> dict[str, Any]:
        data = super().get_traceback_data()
        kind = getattr(self.exc_type, "__name__", "")
        told: dict[str, Any] = {
            "exception_value": kind,
            "exception_notes": "",
            "unicode_hint": "",
            "template_info": None,
        }
        if self.request is not None:
            told |= {
                "request_insecure_uri": NOT_TOLD,
                "request_GET_items": [(name, NOT_TOLD) for name in self.request.GET],
                "request_FILES_items": [(name, NOT_TOLD) for name in self.request.FILES],
            }
        return data | {name: value for name, value in told.items() if name in data}

    def get_traceback_frames(self) -> list[dict[str, Any]]:
        frames: list[dict[str, Any]] = super().get_traceback_frames()
        for frame in frames:
            cause = frame.get("exc_cause")
            frame["exc_cause"] = type(cause).__name__ if cause is not None else None
        return frames
