"""Writes to topics. They run inside a caller's transaction and take part in its fate; reactions are not kept."""

from typing import Any
from uuid import UUID

from django.db import transaction

from community.core.actors import Actor
from community.core.clock import now
from community.live import bells
from community.live.models import Entry, Recheck, Topic


@transaction.atomic
def publish(topic: str, verb: str, body: dict[str, Any], *, by: Actor, ref: str | UUID | None = None) -> int:
    """Append an entry to `topic` and ring after commit; returns its sequence number.

    The counter's row stays locked until commit, so numbers are dense and commit in order. A `ref` that its sender
    has used before stores nothing and returns the number it got then.
    """
    # no-require: the caller's operation has checked; no-record: the caller records what happened
    known = seq_of(by, ref)
    if known is not None:
        return known
    row = Topic.objects.select_for_update().get_or_create(name=topic)[0]
    row.last_seq += 1
    row.save(update_fields=["last_seq"])
    Entry.objects.create(topic=row, seq=row.last_seq, verb=verb, body=body, sender_id=by.pk, ref=ref)
    seq = row.last_seq
    ring(topic, seq)
    return seq


@transaction.atomic
def recheck(member: Any, *, by: Actor) -> None:
    """Ask every open socket of this member for its right again, at once."""
    # no-require: says nothing and gives nothing; no-record: the change of rights is the event
    Recheck.objects.update_or_create(member_id=member.pk, defaults={"at": now()})
    pk = member.pk
    transaction.on_commit(lambda: bells.ring({"member": pk}))


@transaction.atomic
def react(topic: str, kind: str, count: int = 1, *, by: Actor) -> None:
    """Add to the reactions that everybody in the topic sees within a second. Nothing is stored; some may be lost."""
    # no-require: the caller's command has checked, also that `kind` is a known one; no-record: a passing gesture
    transaction.on_commit(lambda: bells.ring({"topic": topic, "reaction": kind, "count": count}))


def seq_of(by: Actor, ref: str | UUID | None) -> int | None:
    """The number that this sender's `ref` got, if it was ever used."""
    if ref is None:
        return None
    return Entry.objects.filter(sender_id=by.pk, ref=ref).values_list("seq", flat=True).first()


def ring(topic: str, seq: int) -> None:
    """Ring for a topic after commit."""
    transaction.on_commit(lambda: bells.ring({"topic": topic, "seq": seq}))
