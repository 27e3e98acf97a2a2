"""Makes /practices/ and has the database itself keep published versions as they were.

A version may be emptied, once it was found to hold what must not be kept, and changed in no other way.
"""

from django.db import migrations

from community.knowledge.first_pages.shelves import put_shelf, take_shelf_away

TABLE = "knowledge_version"
KEPT = ("id", "page_id", "number", "digest", "published_at")
SAME = " AND ".join(f"NEW.{name} = OLD.{name}" for name in KEPT)

SQLITE = (
    f"""
    CREATE TRIGGER {TABLE}_no_update BEFORE UPDATE ON {TABLE}
    WHEN NOT (NEW.content = '{{}}' AND {SAME})
    BEGIN SELECT RAISE(ABORT, '{TABLE} is append-only'); END
    """,
    f"""
    CREATE TRIGGER {TABLE}_no_delete BEFORE DELETE ON {TABLE}
    BEGIN SELECT RAISE(ABORT, '{TABLE} is append-only'); END
    """,
)
POSTGRES = (
    f"""
    CREATE TRIGGER {TABLE}_no_update BEFORE UPDATE ON {TABLE}
    FOR EACH ROW WHEN (NOT (NEW.content = '{{}}'::jsonb AND {SAME})) EXECUTE FUNCTION core_append_only()
    """,
    f"""
    CREATE TRIGGER {TABLE}_no_delete BEFORE DELETE ON {TABLE}
    FOR EACH STATEMENT EXECUTE FUNCTION core_append_only()
    """,
    f"""
    CREATE TRIGGER {TABLE}_no_truncate BEFORE TRUNCATE ON {TABLE}
    FOR EACH STATEMENT EXECUTE FUNCTION core_append_only()
    """,
)


def add_triggers(apps, schema_editor):
    for statement in POSTGRES if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def drop_triggers(apps, schema_editor):
    is_postgres = schema_editor.connection.vendor == "postgresql"
    for verb in ("update", "delete", *(["truncate"] if is_postgres else [])):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_no_{verb}{f' ON {TABLE}' if is_postgres else ''}")


def add_shelf(apps, schema_editor):
    put_shelf(
        apps,
        "WriteUpIndexPage",
        slug="practices",
        title="Best practice",
        intro="What colleagues tried for a problem in their region: what worked, what did not, and what to keep "
        "when you try it where you are.",
        link="Best practice",
    )


def take_away(apps, schema_editor):
    apps.get_model("knowledge", "Version").objects.all().delete()
    take_shelf_away(apps, slug="practices")


class Migration(migrations.Migration):
    dependencies = [("core", "0002_events_are_append_only"), ("knowledge", "0004_write_ups_and_their_versions")]
    operations = [
        migrations.RunPython(add_shelf, take_away),
        migrations.RunPython(add_triggers, drop_triggers),
    ]
