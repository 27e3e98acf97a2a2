from django.db import migrations, models
from django.db.models import Q

from search.engines.schema import find_as_before, find_in_time

NEWEST = ["-at", "-id"]
INDEXES = [
    models.Index(fields=["author_id", *NEWEST], name="documents_by_author"),
    models.Index(fields=["space", *NEWEST], name="documents_by_space"),
    models.Index(fields=["kind", *NEWEST], name="documents_by_kind"),
    models.Index(fields=["stance", *NEWEST], name="documents_by_stance"),
    models.Index(fields=NEWEST, name="documents_with_tags", condition=Q(tags__gt="")),
    models.Index(fields=NEWEST, name="documents_with_sources", condition=Q(sourced=True)),
    models.Index(fields=NEWEST, name="documents_answered", condition=Q(answered=True)),
    models.Index(fields=["lang", *NEWEST], name="documents_by_language", condition=Q(lang__gt="")),
]


def add(apps, schema_editor):
    """All in one step: Django would draw up every model anew for each."""
    for index in INDEXES:
        schema_editor.add_index(apps.get_model("search", "Document"), index)
    find_in_time(apps, schema_editor)


def remove(apps, schema_editor):
    find_as_before(apps, schema_editor)
    for index in INDEXES:
        schema_editor.remove_index(apps.get_model("search", "Document"), index)


class Migration(migrations.Migration):
    dependencies = [("search", "0007_titles_by_themselves")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.AddIndex("document", index) for index in INDEXES],
            database_operations=[migrations.RunPython(add, remove)],
        )
    ]
