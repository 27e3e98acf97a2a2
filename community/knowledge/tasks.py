"""What the clock does for knowledge."""

from community.core.actors import SYSTEM
from community.core.clock import now
from community.core.tasks import every
from community.knowledge.operations.bulletins import withdraw_unseconded
from community.knowledge.operations.lineage import remind_of_report
from community.knowledge.operations.writeups import mark_due
from community.knowledge.tracing import due_reports


@every("1 day")
def mark_write_ups_due() -> None:
    """Write-ups whose review date has come are shown as due, and their authors are told."""
    mark_due(by=SYSTEM)


@every("30 seconds")
def withdraw_what_nobody_seconded() -> None:
    """Readers stop seeing it at the second hour itself; this writes it down and says so on open pages."""
    withdraw_unseconded(by=SYSTEM)


@every("1 day")
def remind_of_reports() -> None:
    """Adopters are asked how it went 3, 6 and 12 months after they began, once for each."""
    for adaptation, month in due_reports(now().date()):
        remind_of_report(adaptation, by=SYSTEM, month=month)
