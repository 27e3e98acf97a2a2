"""Covers and hand-outs that organisers gave to their webinars stand in the collection of webinars."""

from django.db import migrations


def move_files(apps, schema_editor):
    kept = apps.get_model("wagtailcore", "Collection").objects.filter(name="Webinars", depth=2).get()
    of_webinars = apps.get_model("webinars", "Webinar").objects
    pictures = apps.get_model("knowledge", "Picture").objects.filter(audience="staff")
    pictures.filter(pk__in=of_webinars.filter(cover__isnull=False).values("cover")).update(collection=kept)
    handouts = apps.get_model("knowledge", "Handout").objects
    handouts.filter(audience__startswith="crew:").update(collection=kept)


def leave_them_there(apps, schema_editor):
    """The step before this one moves all files back to the root."""


class Migration(migrations.Migration):
    dependencies = [
        ("knowledge", "0015_files_are_kept_in_collections"),
        ("webinars", "0003_organisers_may_see_who_attended"),
    ]
    operations = [migrations.RunPython(move_files, leave_them_there)]
