"""Records what happened and wakes those who react. One row is audit entry, notification, index and analytics fact."""

import re
import uuid
from collections.abc import Callable
from importlib import import_module
from typing import Any

from django.apps import apps
from django.db import models, transaction

from community.core.actors import Actor
from community.core.models import Event
from community.core.tasks import job

Subscriber = Callable[[Event], None]

# What a fact may be besides a number: an enum value, an identifier, a date. Prose has spaces and is refused.
FACT = re.compile(r"[A-Za-z0-9_.:/+-]{0,80}\Z")

_subscribers: dict[str, list[Subscriber]] = {}


def declared_verbs() -> dict[str, Any]:
    """Each verb with its label, from every package's `verbs.py`."""
    found: dict[str, Any] = {}
    for config in apps.get_app_configs():
        module = _verbs_of(config.name)
        found.update(getattr(module, "VERBS", {}))
    return found


def record(verb: str, *, by: Actor, target: models.Model, **facts: object) -> Event:
    """Write the event in the present transaction and queue its subscribers in the same one.

    `facts` are numbers, booleans, None, identifiers and enum values; anything that could be prose is a ValueError.
    """
    event = Event(
        verb=_declared(verb),
        actor_id=by.pk,
        target_type=target._meta.label_lower,
        target_id=str(target.pk),
        facts={name: _fact(name, value) for name, value in facts.items()},
    )
    event.save(force_insert=True)
    _queue(event)
    return event


def on(*verbs: str) -> Callable[[Subscriber], Subscriber]:
    """Run the function in the worker for each event of these verbs. It must be idempotent; order is not promised."""

    def register(subscriber: Subscriber) -> Subscriber:
        for verb in verbs:
            _subscribers.setdefault(verb, []).append(subscriber)
        return subscriber

    return register


def subscribers_of(verb: str) -> list[Subscriber]:
    return _subscribers.get(verb, [])


def subscriber_name(subscriber: Subscriber) -> str:
    return f"{subscriber.__module__}.{subscriber.__qualname__}"


@job(retries=8)
def deliver(event_id: int, name: str) -> None:
    """Run one subscriber for one event; the job behind `record`."""
    event = Event.objects.get(pk=event_id)
    for subscriber in subscribers_of(event.verb):
        if subscriber_name(subscriber) == name:
            with transaction.atomic():
                subscriber(event)


def _queue(event: Event) -> None:
    for subscriber in subscribers_of(event.verb):
        deliver.enqueue(event.pk, subscriber_name(subscriber))


def _declared(verb: str) -> str:
    package = verb.partition(".")[0]
    config = apps.get_app_config(package)
    if verb not in getattr(_verbs_of(config.name), "VERBS", {}):
        raise ValueError(f"{verb} is not declared in {config.name}.verbs")
    return verb


def _verbs_of(package: str) -> Any:
    try:
        return import_module(f"{package}.verbs")
    except ModuleNotFoundError:
        return None


def _fact(name: str, value: object) -> object:
    if value is None or isinstance(value, bool | int | float):
        return value
    text = str(value) if isinstance(value, str | uuid.UUID) else ""
    if not text or not FACT.match(text):
        raise ValueError(f"the fact {name} is not an identifier, an enum value or a number")
    return text
