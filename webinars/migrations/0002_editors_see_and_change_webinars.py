"""Editors see and change webinars and series in the admin, through the same operations as on the site."""

from django.contrib.auth.management import create_permissions
from django.contrib.contenttypes.management import create_contenttypes
from django.db import migrations

RIGHTS = ["view_webinar", "change_webinar", "view_series", "change_series"]


def give_rights(apps, schema_editor):
    config = apps.get_app_config("webinars")
    config.models_module = True
    create_contenttypes(config, apps=apps, verbosity=0)
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    group, _is_new = apps.get_model("auth", "Group").objects.get_or_create(name="Editors")
    group.permissions.add(*_rights(apps))


def take_rights(apps, schema_editor):
    group = apps.get_model("auth", "Group").objects.filter(name="Editors").first()
    if group is not None:
        group.permissions.remove(*_rights(apps))


def _rights(apps):
    permissions = apps.get_model("auth", "Permission").objects
    return permissions.filter(content_type__app_label="webinars", codename__in=RIGHTS)


class Migration(migrations.Migration):
    replaces = [
        ("webinars", "0008_editors_see_webinars"),
        ("webinars", "0011_editors_change_webinars"),
        ("webinars", "0012_programs_send_video_with_a_key"),
    ]
    dependencies = [("webinars", "0001_webinars_rooms_and_recordings"), ("members", "0002_reference_data")]
    operations = [migrations.RunPython(give_rights, take_rights)]
