"""The other process of the benchmark `suspension`: ends a right, and prints when it had committed."""

import tempfile
import time
from datetime import timedelta
from pathlib import Path

NUMBER = "1234567893"


def pull(trigger: str, number: int) -> None:
    """End the right of the benchmark's member `number`; the moment of the commit is printed in seconds of the epoch."""
    import django  # noqa: PLC0415 - settings are read in this process only after its environment is set

    django.setup()
    print(_moment(trigger, number), flush=True)  # noqa: T201 - read by the process that started this one


def _moment(trigger: str, number: int) -> float:
    from community.core.actors import SYSTEM  # noqa: PLC0415
    from community.core.clock import now  # noqa: PLC0415
    from community.credentials.models import Application  # noqa: PLC0415
    from community.credentials.operations import suspend_credential  # noqa: PLC0415
    from community.credentials.registers.importing.run import import_file  # noqa: PLC0415

    application = Application.objects.get(member__handle=f"bench-{number}")
    if trigger == "suspension":
        suspend_credential(application, reason="sanction", by=SYSTEM)
        return time.time()
    if trigger == "deactivation":
        Application.objects.filter(pk=application.pk).update(register_slug="npi", number=NUMBER)
        with tempfile.TemporaryDirectory() as folder:
            report = Path(folder) / "NPPES Deactivated NPI Report.csv"
            report.write_text(f"NPI,NPPES Deactivation Date\n{NUMBER},11/02/2026\n")
            import_file("nppes-deactivated", report, by=SYSTEM)
        return time.time()
    ends = now() + timedelta(seconds=3)
    begun = ends - timedelta(days=1)
    Application.objects.filter(pk=application.pk).update(expires_at=ends, verified_at=begun)
    time.sleep(3)
    return ends.timestamp()
