"""Categories of findings, holds and sweeps."""

import community.core.clock
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from community.core.tables import CreateModels


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0003_unions_of_audiences"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Hold",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("review", models.PositiveBigIntegerField(db_index=True)),
                        ("kind", models.CharField(max_length=24)),
                        ("at", models.DateTimeField(db_index=True, default=community.core.clock.now)),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        ("outcome", models.CharField(blank=True, max_length=16)),
                    ],
                    options={
                        "verbose_name": "hold",
                        "verbose_name_plural": "holds",
                        "constraints": [
                            models.UniqueConstraint(fields=("review", "kind"), name="casefree_one_hold_per_rule")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Sweep",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("version", models.PositiveIntegerField()),
                        ("content", models.CharField(max_length=64)),
                        ("reached", models.PositiveBigIntegerField(default=0)),
                        ("found", models.PositiveIntegerField(default=0)),
                        ("done_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "verbose_name": "sweep",
                        "verbose_name_plural": "sweeps",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("version", "content"), name="casefree_one_sweep_per_version"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Telling",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("thread", models.CharField(max_length=80)),
                        ("category", models.CharField(max_length=20)),
                        ("definite", models.BooleanField(default=False)),
                        ("at", models.DateTimeField(db_index=True, default=community.core.clock.now)),
                        (
                            "author",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "category told",
                        "verbose_name_plural": "categories told",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("author", "thread", "category"), name="casefree_one_telling_per_category"
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
