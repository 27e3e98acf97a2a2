"""Editors see the list of webinars in the admin; changes go through the site's own screens."""

from django.contrib.auth.management import create_permissions
from django.contrib.contenttypes.management import create_contenttypes
from django.db import migrations


def give_rights(apps, schema_editor):
    config = apps.get_app_config("webinars")
    config.models_module = True
    create_contenttypes(config, apps=apps, verbosity=0)
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    group, _is_new = apps.get_model("auth", "Group").objects.get_or_create(name="Editors")
    rights = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="webinars", codename__in=["view_webinar", "view_series"]
    )
    group.permissions.add(*rights)


def keep(apps, schema_editor):
    """The right to look goes with the tables."""


class Migration(migrations.Migration):
    dependencies = [("webinars", "0007_segments_lose_their_files")]
    operations = [migrations.RunPython(give_rights, keep)]
