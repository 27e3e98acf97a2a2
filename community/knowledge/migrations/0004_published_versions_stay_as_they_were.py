"""The database itself keeps published versions of write-ups and released bulletins as they were.

A version may be emptied, once it was found to hold what must not be kept, and changed in no other way.
"""

from django.db import migrations

VERSIONS, BULLETINS = "knowledge_version", "knowledge_bulletinversion"
KEPT = ("id", "page_id", "number", "digest", "published_at")
SAME = " AND ".join(f"NEW.{name} = OLD.{name}" for name in KEPT)

SQLITE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
{when}BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
POSTGRES = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
FOR EACH {level} {when}EXECUTE FUNCTION core_append_only()
"""


def add_triggers(apps, schema_editor):
    is_postgres = schema_editor.connection.vendor == "postgresql"
    statement = POSTGRES if is_postgres else SQLITE
    for table, verb in kept(schema_editor):
        # Of a version, only an UPDATE that empties it passes.
        may_empty = (table, verb) == (VERSIONS, "update")
        emptied = f"NEW.content = '{{}}'{'::jsonb' if is_postgres else ''} AND {SAME}"
        when = f"WHEN (NOT ({emptied}))\n" if may_empty else ""
        schema_editor.execute(
            statement.format(table=table, verb=verb, when=when, level="ROW" if may_empty else "STATEMENT")
        )


def drop_triggers(apps, schema_editor):
    is_postgres = schema_editor.connection.vendor == "postgresql"
    for table, verb in kept(schema_editor):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}{f' ON {table}' if is_postgres else ''}")


def kept(schema_editor):
    verbs = ("update", "delete", *(["truncate"] if schema_editor.connection.vendor == "postgresql" else []))
    return [(table, verb) for table in (VERSIONS, BULLETINS) for verb in verbs]


class Migration(migrations.Migration):
    replaces = [
        ("knowledge", "0012_files_belong_to_write_ups"),
        ("knowledge", "0013_write_ups_in_other_languages"),
    ]
    dependencies = [
        ("core", "0002_events_are_append_only"),
        ("knowledge", "0003_groups_rights_and_the_review_of_write_ups"),
    ]
    operations = [migrations.RunPython(add_triggers, drop_triggers)]
