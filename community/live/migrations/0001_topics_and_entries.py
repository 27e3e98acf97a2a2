"""Topics and their entries."""

import community.core.clock
import django.db.models.deletion
import uuid
from django.db import migrations, models

from community.core.tables import CreateModels


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Recheck",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("member_id", models.BigIntegerField(unique=True)),
                        ("at", models.DateTimeField(db_index=True, default=community.core.clock.now)),
                    ],
                    options={
                        "verbose_name": "recheck",
                        "verbose_name_plural": "rechecks",
                    },
                ),
                migrations.CreateModel(
                    name="Topic",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=80, unique=True)),
                        ("last_seq", models.PositiveBigIntegerField(default=0)),
                        ("epoch", models.UUIDField(default=uuid.uuid4, editable=False)),
                    ],
                    options={
                        "verbose_name": "topic",
                        "verbose_name_plural": "topics",
                    },
                ),
                migrations.CreateModel(
                    name="Entry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("seq", models.PositiveBigIntegerField()),
                        ("verb", models.CharField(max_length=64)),
                        ("body", models.JSONField(default=dict)),
                        ("sender_id", models.BigIntegerField(null=True)),
                        ("ref", models.UUIDField(null=True)),
                        ("at", models.DateTimeField(default=community.core.clock.now)),
                        (
                            "topic",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="entries", to="live.topic"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "entry",
                        "verbose_name_plural": "entries",
                        "ordering": ["topic_id", "seq"],
                        "constraints": [
                            models.UniqueConstraint(fields=("topic", "seq"), name="entry_seq_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("ref__isnull", False)),
                                fields=("sender_id", "ref"),
                                name="entry_ref_once",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
