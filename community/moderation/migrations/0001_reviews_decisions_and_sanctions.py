"""Reviews, reports, decisions and sanctions."""

import community.core.clock
import community.core.models
import community.core.vault
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
                    name="Review",
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
                            "kind",
                            models.CharField(
                                choices=[("hold", "Held before publication"), ("report", "Reported by members")],
                                max_length=16,
                            ),
                        ),
                        ("target_type", models.CharField(max_length=64)),
                        ("target_id", models.CharField(max_length=64)),
                        (
                            "reason",
                            models.CharField(
                                choices=[
                                    ("identifiers", "Could identify a patient"),
                                    ("case", "Describes an individual case"),
                                    ("advice", "Asks for or gives advice on a patient"),
                                    ("unsafe", "Unsafe or misleading content"),
                                    ("promotion", "Promotion or undeclared interest"),
                                    ("conduct", "Disrespect or harassment"),
                                    ("off_topic", "Not in the right place"),
                                    ("other", "Something else"),
                                ],
                                max_length=16,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "Open"), ("claimed", "Being handled"), ("decided", "Decided")],
                                default="open",
                                max_length=16,
                            ),
                        ),
                        (
                            "priority",
                            models.SmallIntegerField(choices=[(0, "Normal"), (1, "High"), (2, "Urgent")], default=0),
                        ),
                        ("claimed_until", models.DateTimeField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("release", "Publish"),
                                    ("refuse", "Do not publish"),
                                    ("hide", "Hide"),
                                    ("keep", "Leave as it is"),
                                    ("restore", "Show again"),
                                    ("withdraw", "Withdrawn by the author"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("opened_at", models.DateTimeField(default=community.core.clock.now)),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "author",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="reviews_of_own",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "claimed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="reviews_claimed",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                models.OrderBy(models.F("priority"), descending=True),
                                models.F("id"),
                                condition=models.Q(("state", "decided"), _negated=True),
                                name="review_queue",
                            ),
                            models.Index(fields=["target_type", "target_id"], name="review_target"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "decided"), _negated=True),
                                fields=("target_type", "target_id"),
                                name="one_open_review_for_a_target",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("decided_at__isnull", False),
                                        ("state", "decided"),
                                        models.Q(("outcome", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("state", "decided"), _negated=True),
                                        ("decided_at__isnull", True),
                                        ("outcome", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="review_decided_has_outcome",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Report",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(
                                choices=[
                                    ("identifiers", "Could identify a patient"),
                                    ("case", "Describes an individual case"),
                                    ("advice", "Asks for or gives advice on a patient"),
                                    ("unsafe", "Unsafe or misleading content"),
                                    ("promotion", "Promotion or undeclared interest"),
                                    ("conduct", "Disrespect or harassment"),
                                    ("off_topic", "Not in the right place"),
                                    ("other", "Something else"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=500)),
                        ("created_at", models.DateTimeField(default=community.core.clock.now)),
                        (
                            "reporter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reports_made",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "review",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reports",
                                to="moderation.review",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("review", "reporter"), name="one_report_for_a_reporter")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HeldWords",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("words", community.core.vault.EncryptedTextField()),
                        ("findings", models.JSONField(default=list)),
                        (
                            "review",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE, related_name="held", to="moderation.review"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Decision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("release", "Publish"),
                                    ("refuse", "Do not publish"),
                                    ("hide", "Hide"),
                                    ("keep", "Leave as it is"),
                                    ("restore", "Show again"),
                                    ("withdraw", "Withdrawn by the author"),
                                ],
                                max_length=16,
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(
                                choices=[
                                    ("identifiers", "Could identify a patient"),
                                    ("case", "Describes an individual case"),
                                    ("advice", "Asks for or gives advice on a patient"),
                                    ("unsafe", "Unsafe or misleading content"),
                                    ("promotion", "Promotion or undeclared interest"),
                                    ("conduct", "Disrespect or harassment"),
                                    ("off_topic", "Not in the right place"),
                                    ("other", "Something else"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=1000)),
                        ("at", models.DateTimeField(default=community.core.clock.now)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="moderation_decisions",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "review",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decisions",
                                to="moderation.review",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="Sanction",
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
                            "kind",
                            models.CharField(
                                choices=[("warn", "Warning"), ("mute", "May read, may not write"), ("ban", "Excluded")],
                                max_length=8,
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(
                                choices=[
                                    ("identifiers", "Could identify a patient"),
                                    ("case", "Describes an individual case"),
                                    ("advice", "Asks for or gives advice on a patient"),
                                    ("unsafe", "Unsafe or misleading content"),
                                    ("promotion", "Promotion or undeclared interest"),
                                    ("conduct", "Disrespect or harassment"),
                                    ("off_topic", "Not in the right place"),
                                    ("other", "Something else"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("imposed_at", models.DateTimeField(default=community.core.clock.now)),
                        ("until", models.DateTimeField(blank=True, null=True)),
                        ("lifted_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "imposed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sanctions_imposed",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sanctions",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("lifted_at", None)), fields=["member"], name="sanction_not_lifted"
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
