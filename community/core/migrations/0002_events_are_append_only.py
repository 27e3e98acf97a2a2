"""Makes the database itself refuse UPDATE and DELETE on events and seals, and makes the table of the cache."""

from django.core.management import call_command
from django.db import migrations

TABLES = ("core_event", "core_seal")

SQLITE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION core_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$
"""
POSTGRES = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION core_append_only()
"""


def add_triggers(apps, schema_editor):
    is_postgres = schema_editor.connection.vendor == "postgresql"
    if is_postgres:
        schema_editor.execute(POSTGRES_FUNCTION, params=None)  # Its % is not a placeholder.
    for table in TABLES:
        for verb in ("update", "delete", *(["truncate"] if is_postgres else [])):
            schema_editor.execute((POSTGRES if is_postgres else SQLITE).format(table=table, verb=verb))


def drop_triggers(apps, schema_editor):
    is_postgres = schema_editor.connection.vendor == "postgresql"
    for table in TABLES:
        for verb in ("update", "delete", *(["truncate"] if is_postgres else [])):
            suffix = f" ON {table}" if is_postgres else ""
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}{suffix}")
    if is_postgres:
        schema_editor.execute("DROP FUNCTION IF EXISTS core_append_only()")


def make_cache_table(apps, schema_editor):
    call_command("createcachetable", "core_cache", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("core", "0001_events_seals_and_jobs")]
    operations = [
        migrations.RunPython(add_triggers, drop_triggers),
        migrations.RunPython(make_cache_table, migrations.RunPython.noop),
    ]
