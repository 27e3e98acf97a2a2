"""A policy answers `may_<verb>(viewer, thing)` with a verdict that carries a reason a person can act on."""

from dataclasses import dataclass

from community.core.errors import Refused


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether something is allowed. `code` is stable for programs, `reason` is a sentence for people."""

    allowed: bool
    code: str = ""
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed


ALLOWED = Verdict(True)


def deny(code: str, reason: str) -> Verdict:
    return Verdict(False, code, str(reason))


def require(verdict: Verdict) -> None:
    """Raise `Refused` with the verdict's reason unless it allows."""
    if not verdict:
        raise Refused(verdict.code, verdict.reason)
