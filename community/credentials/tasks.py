"""The clocks of credentials: due and expired, reminders, registers read again, files deleted in time."""

from community.core.actors import SYSTEM
from community.core.tasks import every
from community.credentials import operations, storage
from community.credentials.models import Evidence
from community.credentials.operations.keeping import to_recheck


@every("1 minute")
def pass_dates() -> None:
    operations.pass_dates(by=SYSTEM)


@every("1 hour")
def remind_of_end() -> None:
    operations.remind_of_end(by=SYSTEM)


@every("1 minute")
def suspend_departed() -> None:
    operations.suspend_departed(by=SYSTEM)


@every("1 hour")
def recheck_registers() -> None:
    for application in to_recheck():
        operations.recheck_register(application, by=SYSTEM)


@every("1 hour")
def purge_documents() -> None:
    operations.purge_documents(by=SYSTEM)


@every("1 day")
def sweep_strays() -> None:
    """Files whose transaction was rolled back after they were written: no row knows them."""
    known = set(Evidence.objects.exclude(stored_name="").values_list("stored_name", flat=True))
    for name in storage.names_older_than_a_day() - known:
        storage.discard(name)
