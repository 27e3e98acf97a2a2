from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("webinars", "0004_plans_tell_what_changed"),
    ]

    operations = [
        migrations.AddField(
            model_name="deck",
            name="findings",
            field=models.JSONField(default=list, editable=False),
        ),
        migrations.AlterField(
            model_name="deck",
            name="state",
            field=models.CharField(
                choices=[
                    ("working", "Being prepared"),
                    ("ready", "Ready"),
                    ("held", "Waiting for a moderator"),
                    ("refused", "Not to be shown"),
                    ("failed", "Could not be read"),
                ],
                default="working",
                max_length=8,
            ),
        ),
        migrations.RemoveField(model_name="slide", name="key"),
        migrations.RemoveField(model_name="slide", name="small_key"),
        migrations.AddField(
            model_name="slide",
            name="page",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="slide",
            name="small_width",
            field=models.PositiveSmallIntegerField(default=0),
        ),
    ]
