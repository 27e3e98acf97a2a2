"""Documents with their full-text tables for each database, the outbox, saved searches, and words."""

import community.core.clock
import community.core.models
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from community.core.tables import CreateModels
from search.engines.schema import add_full_text, remove_full_text


class Migration(migrations.Migration):
    replaces = [
        ("search", "0001_documents_and_their_outbox"),
        ("search", "0002_what_a_search_server_has_not_been_told"),
        ("search", "0003_saved_searches"),
        ("search", "0004_words_that_mean_the_same_and_what_is_asked"),
    ]

    initial = True

    dependencies = [
        ("core", "0003_unions_of_audiences"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Outbox",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                        "constraints": [
                            models.UniqueConstraint(fields=("kind", "key"), name="one_document_for_a_thing")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Shipment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=10)),
                        ("key", models.BigIntegerField()),
                        ("at", models.DateTimeField(default=community.core.clock.now)),
                    ],
                ),
                migrations.CreateModel(
                    name="SavedSearch",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "public_id",
                            models.CharField(
                                default=community.core.models.new_public_id, editable=False, max_length=16, unique=True
                            ),
                        ),
                        ("text", models.CharField(max_length=300, verbose_name="search")),
                        ("saved_at", models.DateTimeField(default=community.core.clock.now)),
                        ("seen", models.BigIntegerField(default=0)),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="saved_searches",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "saved search",
                        "verbose_name_plural": "saved searches",
                        "constraints": [
                            models.UniqueConstraint(fields=("member", "text"), name="one_saved_search_with_a_text")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SettledWords",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.CharField(max_length=80, unique=True)),
                        ("until", models.DateField()),
                    ],
                ),
                migrations.CreateModel(
                    name="AskedWords",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("week", models.DateField()),
                        ("text", models.CharField(max_length=80)),
                        ("asked", models.PositiveIntegerField(default=0)),
                        ("empty", models.PositiveIntegerField(default=0)),
                        ("picked", models.PositiveIntegerField(default=0)),
                        ("places", models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("week", "text"), name="one_count_of_words_in_a_week")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SynonymSet",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "public_id",
                            models.CharField(
                                default=community.core.models.new_public_id, editable=False, max_length=16, unique=True
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                choices=[("editors", "Editors"), ("mesh", "MeSH"), ("doid", "Disease Ontology")],
                                max_length=10,
                            ),
                        ),
                        ("code", models.CharField(max_length=40)),
                        ("preferred", models.CharField(max_length=120, verbose_name="term")),
                        ("is_on", models.BooleanField(default=True)),
                        ("digest", models.CharField(blank=True, max_length=40)),
                        ("reading", models.CharField(blank=True, max_length=40)),
                    ],
                    options={
                        "indexes": [models.Index(fields=["preferred"], name="synonym_sets_by_name")],
                        "constraints": [
                            models.UniqueConstraint(fields=("source", "code"), name="one_synonym_set_with_a_code")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SynonymTerm",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("shown", models.CharField(max_length=120, verbose_name="words")),
                        ("terms", models.CharField(db_index=True, max_length=160)),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="terms",
                                to="search.synonymset",
                            ),
                        ),
                    ],
                ),
            ],
        ),
        migrations.RunPython(add_full_text, remove_full_text),
    ]
