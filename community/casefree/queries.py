"""How the guard does in the field: holds by rule, overturned ones, and time to decision."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from community.casefree.models import Hold, Sweep
from community.casefree.names import CONTENTS, KINDS
from community.core.clock import now

SPAN = timedelta(days=90)
#: Moderators who release held words say that the rule was wrong.
RELEASED = "release"


@dataclass(frozen=True)
class Figure:
    """One rule. `precision` is the share of decided holds that moderators upheld."""

    kind: str
    held: int
    decided: int
    overturned: int
    hours: float | None

    @property
    def label(self) -> str:
        """What a moderator calls the rule."""
        return str(KINDS.get(self.kind, self.kind))

    @property
    def precision(self) -> int | None:
        """In per cent; None before the first decision."""
        return round(100 * (self.decided - self.overturned) / self.decided) if self.decided else None


def figures() -> list[Figure]:
    """Each rule that held something in the last 90 days, the busiest first."""
    rows = Hold.objects.filter(at__gt=now() - SPAN).values_list("kind", "at", "decided_at", "outcome")
    by_kind: dict[str, list[tuple[datetime, datetime | None, str]]] = {}
    for kind, at, decided_at, outcome in rows:
        by_kind.setdefault(kind, []).append((at, decided_at, outcome))
    return sorted((_figure(kind, holds) for kind, holds in by_kind.items()), key=lambda one: (-one.held, one.kind))


@dataclass(frozen=True)
class Swept:
    """How far the newest rules have been applied to old content: `telling` goes on or found something."""

    telling: list[tuple[str, Sweep]]
    quiet: int


def last_sweep() -> Swept:
    newest = Sweep.objects.order_by("-version").values("version")[:1]
    sweeps = Sweep.objects.filter(version=newest).order_by("content")
    telling = [(str(CONTENTS.get(each.content, each.content)), each) for each in sweeps if each.is_telling]
    return Swept(telling, len(sweeps) - len(telling))


def _figure(kind: str, holds: list[tuple[datetime, datetime | None, str]]) -> Figure:
    hours = [(decided_at - at).total_seconds() / 3600 for at, decided_at, _outcome in holds if decided_at]
    overturned = sum(outcome == RELEASED for _at, _decided_at, outcome in holds)
    return Figure(kind, len(holds), len(hours), overturned, round(median(hours), 1) if hours else None)
