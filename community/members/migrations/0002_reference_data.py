"""Loads professions, specialties and countries, and makes the groups of staff."""

from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from community.members.reference import load_reference_data

GROUPS = ["Moderators", "Verifiers", "Editors", "Reviewers"]


def load(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    load_reference_data(apps.get_model)
    group: Any = apps.get_model("auth", "Group")
    for name in GROUPS:
        group.objects.get_or_create(name=name)


class Migration(migrations.Migration):
    dependencies = [("members", "0001_members_and_taxonomies"), ("auth", "0012_alter_user_first_name_max_length")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
