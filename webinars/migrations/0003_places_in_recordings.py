import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import community.core.clock


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("webinars", "0002_takes_segments_and_uploads"),
    ]

    operations = [
        migrations.CreateModel(
            name="Progress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seconds", models.FloatField(default=0)),
                ("duration", models.FloatField(default=0)),
                ("at", models.DateTimeField(default=community.core.clock.now)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="webinar_progress",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "webinar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="progress", to="webinars.webinar"
                    ),
                ),
            ],
            options={
                "verbose_name": "place in a recording",
                "verbose_name_plural": "places in recordings",
                "ordering": ["-at"],
                "indexes": [models.Index(fields=["member", "-at"], name="progress_by_member")],
                "constraints": [
                    models.UniqueConstraint(fields=("webinar", "member"), name="one_place_in_a_recording"),
                    models.CheckConstraint(
                        condition=models.Q(("seconds__gte", 0), ("duration__gte", 0)),
                        name="place_in_recording_not_before_it",
                    ),
                ],
            },
        ),
    ]
