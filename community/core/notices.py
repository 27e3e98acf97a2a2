"""The seam to notifications: `tell` a member that something happened, without the words of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.functional import Promise


@dataclass(frozen=True)
class Notice:
    """A kind of notice: `label` for the preferences page, `title` for the list and the mail, and its defaults."""

    label: str | Promise
    title: str | Promise
    email: str = "now"  # "now", "daily" or "never" until the member chooses
    optional: bool = True  # False: about one's own standing, always delivered


Teller = Callable[..., object]

_installed: list[Teller] = []


def install(teller: Teller) -> None:
    _installed[:] = [teller]


def tell(member: Any, kind: str, *, target: models.Model, event_id: int | None = None, actor: Any = None) -> None:
    """Tell `member` about `target`; `kind` is declared in a package's `verbs.NOTICES`.

    With an `event_id`, the same event tells the same member once.
    """
    if _installed:
        _installed[0](member, kind, target=target, event_id=event_id, actor=actor)
