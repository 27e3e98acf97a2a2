"""The chain finds any one altered, dropped or reordered event, and a chain that was cut off."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from community.core import audit
from community.core.models import Event, Seal

pytestmark = pytest.mark.django_db


@contextmanager
def without_triggers() -> Iterator[None]:
    """What an attacker with the database's own password can do."""
    with connection.cursor() as cursor:
        for table in ("core_event", "core_seal"):
            if connection.vendor == "sqlite":
                cursor.execute(f"DROP TRIGGER {table}_no_update")
                cursor.execute(f"DROP TRIGGER {table}_no_delete")
            else:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    yield


def many_events(count: int) -> list[Event]:
    return Event.objects.bulk_create(
        Event(verb="members.profile.updated", actor_id=n, target_type="members.member", target_id=str(n))
        for n in range(count)
    )


def test_sound_chain_verifies() -> None:
    many_events(2500)
    assert audit.seal_pending() == 2500
    report = audit.verify()
    assert (report.broken, report.seals, report.sealed, report.pending) == ("", 3, 2500, 0)


def test_late_event_is_sealed_by_a_later_seal() -> None:
    events = many_events(3)
    with without_triggers():
        Event.objects.filter(pk=events[1].pk).delete()
    audit.seal_pending()
    Event.objects.create(pk=events[1].pk, verb="members.profile.updated", target_type="members.member", target_id="9")
    assert audit.seal_pending() == 1
    assert audit.verify().broken == ""


@pytest.mark.parametrize("position", [0, 999, 1000, 1700, 2499])
@pytest.mark.parametrize("crime", ["alter", "drop", "swap"])
def test_one_broken_event_is_found(position: int, crime: str) -> None:
    events = many_events(2500)
    audit.seal_pending()
    first, other = events[position], events[(position + 7) % 2500]
    with without_triggers():
        if crime == "alter":
            Event.objects.filter(pk=first.pk).update(actor_id=77_777)
        elif crime == "drop":
            Event.objects.filter(pk=first.pk).delete()
        else:
            Event.objects.filter(pk=first.pk).update(actor_id=other.actor_id, target_id=other.target_id)
            Event.objects.filter(pk=other.pk).update(actor_id=first.actor_id, target_id=first.target_id)
    found = min(first.pk, other.pk) if crime == "swap" else first.pk
    assert audit.verify().broken == f"event {found}: {'dropped' if crime == 'drop' else 'altered'}"


def test_altered_seal_is_found_even_when_its_event_was_altered_to_match() -> None:
    event = many_events(10)[4]
    audit.seal_pending()
    many_events(10)
    audit.seal_pending()
    with without_triggers():
        Event.objects.filter(pk=event.pk).update(actor_id=5)
        row = Event.objects.filter(pk=event.pk).values(*audit.FIELDS).get()
        seal = Seal.objects.get(number=1)
        seal.entries[4][1] = audit.event_digest(row)
        seal.digest = audit.seal_digest(seal.previous, 1, seal.entries)
        Seal.objects.filter(pk=seal.pk).update(entries=seal.entries, digest=seal.digest)
    assert audit.verify().broken == "seal 2: missing or out of order"


def test_dropped_seal_is_found() -> None:
    for _ in range(3):
        many_events(5)
        audit.seal_pending()
    with without_triggers():
        Seal.objects.filter(number=2).delete()
    assert audit.verify().broken == "seal 2: missing or out of order"


@pytest.mark.django_db(transaction=True)
def test_cut_off_end_is_found_by_the_file_of_heads() -> None:
    for _ in range(2):
        last = many_events(5)
        audit.seal_pending()
    with without_triggers():
        Seal.objects.filter(number=2).delete()
        Event.objects.filter(pk__gte=last[0].pk).delete()
    try:
        with pytest.raises(CommandError, match="seal 2: cut off"):
            call_command("verify_audit")
    finally:
        audit._heads().unlink()


def test_command_prints_the_head(capsys: pytest.CaptureFixture[str]) -> None:
    many_events(3)
    audit.seal_pending()
    call_command("verify_audit")
    assert capsys.readouterr().out.startswith(Seal.objects.get().digest)
