"""Collects events of the invented past and writes them in order of time, so that the log reads as a log.

The operations would stamp everything with the present moment and notify the whole community; the past is quiet.
"""

from datetime import datetime
from typing import Any

from django.db.models import Model

from community.core.models import Event


class Diary:
    """Events that are yet to be written."""

    def __init__(self) -> None:
        self._events: list[Event] = []

    def note(self, verb: str, at: datetime, *, by: Any, target: Model, **facts: object) -> None:
        """Keep one event; `target` must be saved already."""
        kind = target._meta.label_lower
        actor = by.pk if by is not None else None
        event = Event(verb=verb, actor_id=actor, target_type=kind, target_id=str(target.pk), facts=facts, at=at)
        self._events.append(event)

    def write(self) -> int:
        """Write what was kept, oldest first; returns how many."""
        self._events.sort(key=lambda event: event.at)
        Event.objects.bulk_create(self._events, batch_size=500)
        return len(self._events)
