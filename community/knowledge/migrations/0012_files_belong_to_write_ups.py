"""Pictures and hand-outs that members put into write-ups belong to these: who may read one may see them."""

import json

import django.db.models.deletion
from django.db import migrations, models


def link_files(apps, schema_editor):
    """Every figure or hand-out that a draft or a version has, to its write-up; it was that of a member."""
    models = {name: apps.get_model("knowledge", name) for name in ("Picture", "Handout")}
    for page, name, number in _files(apps):
        models[name].objects.filter(pk=number, write_up=None).update(write_up_id=page, audience="staff")


def _files(apps):
    of_write_ups = apps.get_model("wagtailcore", "Revision").objects.filter(content_type__model="writeuppage")
    for revision in of_write_ups.iterator():
        yield from _files_in(int(revision.object_id), json.loads(revision.content.get("body") or "[]"))
    for version in apps.get_model("knowledge", "Version").objects.iterator():
        yield from _files_in(version.page_id, version.content.get("body", []))


def _files_in(page, blocks):
    for block in blocks:
        value = block["value"]
        if block["type"] == "figure" and value.get("image"):
            yield page, "Picture", value["image"]["image"]
        if block["type"] == "handout" and value.get("document"):
            yield page, "Handout", value["document"]


def open_handouts_again(apps, schema_editor):
    """Before, a hand-out said by itself who may read it: it gets the audience of its write-up."""
    for handout in apps.get_model("knowledge", "Handout").objects.exclude(write_up=None).select_related("write_up"):
        handout.audience = handout.write_up.audience
        handout.save(update_fields=["audience"])


class Migration(migrations.Migration):
    dependencies = [
        ("knowledge", "0011_rumours_are_sorted_by_hand"),
    ]

    operations = [
        migrations.AddField(
            model_name="handout",
            name="write_up",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="knowledge.writeuppage",
            ),
        ),
        migrations.AddField(
            model_name="picture",
            name="audience",
            field=models.CharField(
                choices=[
                    ("public", "Everybody"),
                    ("members", "Members"),
                    ("verified", "Verified clinicians"),
                    ("staff", "Staff"),
                    ("roster", "Duty roster"),
                ],
                db_index=True,
                default="public",
                max_length=64,
                verbose_name="who may see this",
            ),
        ),
        migrations.AddField(
            model_name="picture",
            name="write_up",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="knowledge.writeuppage",
            ),
        ),
        migrations.RunPython(link_files, open_handouts_again),
    ]
