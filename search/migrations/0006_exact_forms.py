from django.db import migrations, models

from search.engines.schema import add_exact_forms, remove_exact_forms


class Migration(migrations.Migration):
    dependencies = [("search", "0005_vectors_of_meaning")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(add_exact_forms, remove_exact_forms)],
            state_operations=[migrations.AddField("document", "exact", models.TextField(blank=True, default=""))],
        ),
    ]
