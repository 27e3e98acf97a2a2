import django.db.models.deletion
from django.db import migrations, models

import community.core.vault


class Migration(migrations.Migration):
    dependencies = [
        ("webinars", "0005_slides_are_prepared_and_held"),
    ]

    operations = [
        migrations.AddField(
            model_name="question",
            name="shown_seq",
            field=models.PositiveBigIntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="room",
            name="deck",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="webinars.deck",
            ),
        ),
        migrations.AddField(
            model_name="room",
            name="told_hands",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="roomevent",
            name="sealed",
            field=community.core.vault.EncryptedTextField(blank=True, default=""),
        ),
        migrations.AlterField(
            model_name="roomevent",
            name="gone",
            field=models.CharField(
                blank=True,
                choices=[
                    ("edited", "Replaced by its author"),
                    ("deleted", "Deleted by its author"),
                    ("hidden", "Hidden by a moderator"),
                    ("cut", "Cut"),
                ],
                max_length=8,
            ),
        ),
    ]
