"""Makes /myths/ and /bulletins/, keeps released bulletins as they were, and lets editors keep the duty roster."""

from django.contrib.auth.management import create_permissions
from django.contrib.contenttypes.management import create_contenttypes
from django.db import migrations

from community.knowledge.first_pages.shelves import put_shelf, take_shelf_away

TABLE = "knowledge_bulletinversion"
ROSTER_RIGHTS = ("add_duty", "change_duty", "delete_duty", "view_duty")

SQLITE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
POSTGRES = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION core_append_only()
"""


def verbs(schema_editor):
    return ("update", "delete", *(["truncate"] if schema_editor.connection.vendor == "postgresql" else []))


def add_triggers(apps, schema_editor):
    is_postgres = schema_editor.connection.vendor == "postgresql"
    for verb in verbs(schema_editor):
        schema_editor.execute((POSTGRES if is_postgres else SQLITE).format(table=TABLE, verb=verb))


def drop_triggers(apps, schema_editor):
    suffix = f" ON {TABLE}" if schema_editor.connection.vendor == "postgresql" else ""
    for verb in verbs(schema_editor):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_no_{verb}{suffix}")


def add_shelves(apps, schema_editor):
    put_shelf(
        apps,
        "MythIndexPage",
        slug="myths",
        title="Myth checks",
        intro="Claims that clinicians hear, checked by clinicians: the fact first, then the verdict, why the claim "
        "misleads, and the sources. Free to share.",
        link="Myths",
    )
    put_shelf(
        apps,
        "BulletinIndexPage",
        slug="bulletins",
        title="Bulletins",
        intro="What happened, why trust this, what to do now, and what follows if one does not. Each bulletin is "
        "released by two people and is corrected in the open.",
        link="Bulletins",
    )


def take_away(apps, schema_editor):
    for model in ("BulletinOpening", "BulletinVersion", "BulletinRelease"):
        apps.get_model("knowledge", model).objects.all().delete()
    take_shelf_away(apps, slug="bulletins")
    take_shelf_away(apps, slug="myths")


def give_rights(apps, schema_editor):
    config = apps.get_app_config("knowledge")
    config.models_module = True
    create_contenttypes(config, apps=apps, verbosity=0)
    create_permissions(config, apps=apps, verbosity=0)
    editors = apps.get_model("auth", "Group").objects.get(name="Editors")
    Permission = apps.get_model("auth", "Permission")
    editors.permissions.add(*Permission.objects.filter(codename__in=ROSTER_RIGHTS, content_type__app_label="knowledge"))


def take_rights(apps, schema_editor):
    editors = apps.get_model("auth", "Group").objects.get(name="Editors")
    Permission = apps.get_model("auth", "Permission")
    editors.permissions.remove(
        *Permission.objects.filter(codename__in=ROSTER_RIGHTS, content_type__app_label="knowledge")
    )


class Migration(migrations.Migration):
    dependencies = [("core", "0002_events_are_append_only"), ("knowledge", "0007_myths_and_bulletins")]
    operations = [
        migrations.RunPython(add_shelves, take_away),
        migrations.RunPython(give_rights, take_rights),
        migrations.RunPython(add_triggers, drop_triggers),
    ]
