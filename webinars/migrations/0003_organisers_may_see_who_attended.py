"""A webinar says, before anybody registers, whether its organisers see who attended."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("webinars", "0002_editors_see_and_change_webinars")]

    operations = [
        migrations.AddField(
            model_name="webinar",
            name="names_attendance",
            field=models.BooleanField(default=False, verbose_name="organisers see who attended"),
        ),
    ]
