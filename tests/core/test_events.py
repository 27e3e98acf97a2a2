"""What is recorded, who is woken, and that nobody can change it afterwards."""

import pytest
from django.db import DatabaseError, connection, transaction

from community.core.actors import SYSTEM
from community.core.events import declared_verbs, record
from community.core.models import Event
from tests.factories.members import MemberFactory

pytestmark = pytest.mark.django_db


def test_record_keeps_who_what_and_facts() -> None:
    member = MemberFactory()
    event = record("members.profile.updated", by=member, target=member, fields=3, kind="name")
    event.refresh_from_db()
    assert (event.verb, event.actor_id, event.target_type, event.target_id, event.facts) == (
        "members.profile.updated",
        member.pk,
        "members.member",
        str(member.pk),
        {"fields": 3, "kind": "name"},
    )


def test_record_refuses_prose() -> None:
    with pytest.raises(ValueError, match="note"):
        record("members.profile.updated", by=SYSTEM, target=MemberFactory(), note="a man of forty in bed 12")
    assert Event.objects.count() == 0


def test_record_refuses_an_undeclared_verb() -> None:
    with pytest.raises(ValueError, match="not declared"):
        record("members.profile.vanished", by=SYSTEM, target=MemberFactory())


def test_every_declared_verb_has_a_label() -> None:
    assert all(str(label).strip() for label in declared_verbs().values())


@pytest.mark.parametrize("statement", ["UPDATE core_event SET verb = 'x'", "DELETE FROM core_event"])
def test_database_refuses_to_change_events(statement: str) -> None:
    record("members.profile.updated", by=SYSTEM, target=MemberFactory())
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Event.objects.count() == 1
