from django.db import migrations, models

import community.core.clock


class Migration(migrations.Migration):
    dependencies = [("webinars", "0003_places_in_recordings")]

    operations = [
        migrations.RemoveField(model_name="registration", name="reminded"),
        migrations.AddField(
            model_name="registration",
            name="reminded",
            field=models.PositiveSmallIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="webinar",
            name="change_note",
            field=models.CharField(blank=True, max_length=300, verbose_name="what those who registered should know"),
        ),
        migrations.AddField(
            model_name="webinar",
            name="changed_at",
            field=models.DateTimeField(default=community.core.clock.now, editable=False),
        ),
        migrations.AddField(
            model_name="webinar",
            name="moved_from",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
    ]
