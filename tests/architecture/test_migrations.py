"""Migrations read as changelog lines, can be undone, and agree with the models."""

import re
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.migrations import Migration, RunPython, RunSQL, SeparateDatabaseAndState
from django.db.migrations.loader import MigrationLoader

from tests.architecture.source import our_modules

NAMELESS = re.compile(r"^\d{4}_(initial|auto_.*|alter_.*_and_more|.*_and_more|migration)$")


def our_migrations() -> dict[str, Migration]:
    labels = {config.label for config in apps.get_app_configs() if config.name in {m.package for m in our_modules()}}
    disk = MigrationLoader(None).disk_migrations
    return {f"{label}.{name}": migration for (label, name), migration in disk.items() if label in labels}


def irreversible(migration: Migration) -> list[str]:
    operations = list(migration.operations)
    for operation in migration.operations:
        if isinstance(operation, SeparateDatabaseAndState):
            operations += operation.database_operations
    return [type(operation).__name__ for operation in operations if not operation.reversible]


def test_migrations_are_there() -> None:
    assert len(our_migrations()) >= 8


def test_names_read_as_changelog_lines() -> None:
    assert [name for name in our_migrations() if NAMELESS.match(name.partition(".")[2])] == []
    assert NAMELESS.match("0001_initial")
    assert NAMELESS.match("0002_alter_post_body_and_more")
    assert not NAMELESS.match("0001_spaces_threads_posts_and_tags")


def test_every_migration_can_be_undone() -> None:
    assert {name: bad for name, each in our_migrations().items() if (bad := irreversible(each))} == {}


def test_a_one_way_migration_is_found() -> None:
    migration = Migration("0002_words", "forums")
    migration.operations = [RunPython(lambda *_: None), RunSQL("SELECT 1", reverse_sql="SELECT 1")]

    assert irreversible(migration) == ["RunPython"]


@pytest.mark.django_db
def test_models_have_no_change_without_a_migration() -> None:
    out = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=out)
    except SystemExit:
        pytest.fail(out.getvalue())
