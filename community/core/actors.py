"""Who acts: a member, or the system (clock, worker, command)."""

from typing import Any, Final


class System:
    """Acts for nobody in particular. It has no primary key and may do what no person was asked for."""

    pk: None = None
    is_active = True

    def __str__(self) -> str:
        return "Collegium"

    def __bool__(self) -> bool:
        return True


SYSTEM: Final = System()

# The kernel knows no member model; `Any` stands for `members.Member`.
Actor = System | Any


def is_system(actor: Actor) -> bool:
    return isinstance(actor, System)
