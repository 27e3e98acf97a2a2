"""One JSON object a line, from an allow-list of keys: ids only, never words, bodies or query strings."""

import json
import logging
import traceback

KEYS = ("request_id", "kind", "surface", "job", "topic", "event_id", "status", "path_name", "code", "count")


class JsonLines(logging.Formatter):
    """Formats a record; of an exception it keeps the type and the places in the code, not its message."""

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, object] = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.msg if record.args else record.getMessage(),
        }
        entry |= {key: getattr(record, key) for key in KEYS if hasattr(record, key)}
        if record.exc_info and record.exc_info[0]:
            entry["error"] = record.exc_info[0].__name__
            entry["trace"] = [f"{f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(record.exc_info[2])][
                -12:
            ]
        return json.dumps(entry, default=str)
