"""The clock of the guard: old content screened again when rules have changed, old categories forgotten."""

from community.casefree import operations
from community.core.actors import SYSTEM
from community.core.tasks import every


@every("1 minute")
def sweep() -> None:
    operations.sweep(by=SYSTEM)


@every("1 day")
def forget_old_categories() -> None:
    operations.forget_old_categories(by=SYSTEM)
