"""Documents, their full-text tables for each database, and the outbox."""

import community.core.clock
import django.db.models.functions.datetime
from django.db import migrations, models

from search.engines.schema import add_full_text, remove_full_text


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Outbox",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=10)),
                ("key", models.BigIntegerField()),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), null=True)),
            ],
            options={
                "verbose_name_plural": "outbox",
            },
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("thread", "Discussions"),
                            ("post", "Replies"),
                            ("page", "Pages"),
                            ("webinar", "Webinars"),
                            ("question", "Questions in webinars"),
                            ("line", "Chat of webinars"),
                            ("member", "Members"),
                            ("space", "Spaces"),
                            ("tag", "Tags"),
                        ],
                        max_length=10,
                    ),
                ),
                ("key", models.BigIntegerField()),
                ("bundle", models.CharField(db_index=True, max_length=32)),
                ("audience", models.CharField(max_length=64)),
                ("title", models.TextField(blank=True)),
                ("body", models.TextField(blank=True)),
                ("names", models.TextField(blank=True)),
                ("space", models.CharField(blank=True, max_length=60)),
                ("tags", models.TextField(blank=True)),
                ("places", models.CharField(blank=True, max_length=64)),
                ("specialty", models.TextField(blank=True)),
                ("author_id", models.BigIntegerField(null=True)),
                ("stance", models.CharField(blank=True, max_length=20)),
                ("lang", models.CharField(blank=True, max_length=12)),
                ("answered", models.BooleanField(default=False)),
                ("sourced", models.BooleanField(default=False)),
                ("at", models.DateTimeField(default=community.core.clock.now)),
                ("indexed_at", models.DateTimeField(default=community.core.clock.now)),
            ],
            options={
                "indexes": [models.Index(fields=["-at", "-id"], name="documents_by_time")],
                "constraints": [models.UniqueConstraint(fields=("kind", "key"), name="one_document_for_a_thing")],
            },
        ),
        migrations.RunPython(add_full_text, remove_full_text),
    ]
