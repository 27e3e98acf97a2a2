"""The five errors that cross a boundary. Views, API and sockets translate them; nothing else is caught."""

from collections.abc import Mapping, Sequence
from typing import Any


class Boundary(Exception):
    """Something a person can be told. `code` is stable, `reason` is a sentence."""

    code = "error"
    status = 400

    def __init__(self, reason: str = "") -> None:
        super().__init__(reason)
        self.reason = str(reason)


class Refused(Boundary):
    """You may not, and this is why. `findings` name the words that stand in the way, by span, never by copy."""

    status = 403

    def __init__(self, code: str, reason: str = "", findings: Sequence[Any] = ()) -> None:
        super().__init__(reason)
        self.code = code
        self.findings = list(findings)


class Missing(Boundary):
    """Not there, or not yours: the two look the same."""

    code = "missing"
    status = 404


class Invalid(Boundary):
    """What was sent cannot be used. `errors` maps a field (or `__all__`) to sentences."""

    code = "invalid"
    status = 400

    def __init__(self, errors: Mapping[str, Sequence[str]] | str) -> None:
        self.errors = (
            {"__all__": [errors]} if isinstance(errors, str) else {k: [str(v) for v in vs] for k, vs in errors.items()}
        )
        super().__init__(" ".join(sentence for sentences in self.errors.values() for sentence in sentences))


class Conflict(Boundary):
    """Somebody else was first. `theirs` is what stands there now, so that nobody's words are lost."""

    code = "conflict"
    status = 409

    def __init__(self, reason: str = "", theirs: str = "") -> None:
        super().__init__(reason)
        self.theirs = theirs


class TooMany(Boundary):
    """Too often. `retry_after` is in seconds."""

    code = "too_many"
    status = 429

    def __init__(self, reason: str = "", retry_after: int = 60) -> None:
        super().__init__(reason)
        self.retry_after = max(1, int(retry_after))
