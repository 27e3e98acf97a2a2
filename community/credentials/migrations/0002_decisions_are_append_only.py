"""Makes the database itself refuse UPDATE and DELETE on verifiers' decisions."""

from django.db import migrations

TABLE = "credentials_decision"
SQLITE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
POSTGRES = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION core_append_only()
"""


def add_triggers(apps, schema_editor):
    template = POSTGRES if schema_editor.connection.vendor == "postgresql" else SQLITE
    for verb in ("update", "delete"):
        schema_editor.execute(template.format(table=TABLE, verb=verb))


def drop_triggers(apps, schema_editor):
    suffix = f" ON {TABLE}" if schema_editor.connection.vendor == "postgresql" else ""
    for verb in ("update", "delete"):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_no_{verb}{suffix}")


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0002_events_are_append_only"),
        ("credentials", "0001_applications_evidence_and_registers"),
    ]
    operations = [migrations.RunPython(add_triggers, drop_triggers)]
