"""Notifications, preferences, and what is sent."""

import community.core.clock
import community.core.models
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
                    name="Digest",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("day", models.DateField()),
                        ("queued_at", models.DateTimeField(default=community.core.clock.now)),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "digest",
                        "verbose_name_plural": "digests",
                        "constraints": [models.UniqueConstraint(fields=("member", "day"), name="one_digest_a_day")],
                    },
                ),
                migrations.CreateModel(
                    name="Notification",
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
                        ("kind", models.CharField(max_length=64)),
                        ("target_type", models.CharField(max_length=64)),
                        ("target_id", models.CharField(max_length=40)),
                        ("group", models.CharField(max_length=64)),
                        ("actor_id", models.BigIntegerField(blank=True, null=True)),
                        ("count", models.PositiveIntegerField(default=1)),
                        ("shown", models.BooleanField(default=True)),
                        (
                            "mail",
                            models.CharField(
                                choices=[("now", "At once"), ("daily", "Once a day"), ("never", "Never")],
                                default="never",
                                max_length=8,
                            ),
                        ),
                        ("created_at", models.DateTimeField(default=community.core.clock.now)),
                        ("changed_at", models.DateTimeField(default=community.core.clock.now)),
                        ("read_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="notifications",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "notification",
                        "verbose_name_plural": "notifications",
                        "indexes": [
                            models.Index(fields=["member", "-changed_at", "-id"], name="notification_list"),
                            models.Index(
                                condition=models.Q(("read_at", None), ("shown", True)),
                                fields=["member"],
                                name="notification_unread",
                            ),
                            models.Index(
                                condition=models.Q(("mail", "never"), _negated=True),
                                fields=["mail", "member"],
                                name="notification_mail_due",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("read_at", None)),
                                fields=("member", "kind", "group"),
                                name="one_unread_notification_for_a_group",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("count__gte", 1)), name="notification_counts_something"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Preference",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=64)),
                        ("in_app", models.BooleanField(default=True)),
                        (
                            "email",
                            models.CharField(
                                choices=[("now", "At once"), ("daily", "Once a day"), ("never", "Never")], max_length=8
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="notification_preferences",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "notification preference",
                        "verbose_name_plural": "notification preferences",
                        "constraints": [
                            models.UniqueConstraint(fields=("member", "kind"), name="one_preference_for_a_kind")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Told",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("event_id", models.BigIntegerField()),
                        ("at", models.DateTimeField(db_index=True, default=community.core.clock.now)),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "delivery",
                        "verbose_name_plural": "deliveries",
                        "constraints": [
                            models.UniqueConstraint(fields=("event_id", "member"), name="told_once_of_an_event")
                        ],
                    },
                ),
            ],
        ),
    ]
