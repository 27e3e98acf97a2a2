from django.db import migrations

from search.engines.schema import add_titles, remove_titles


class Migration(migrations.Migration):
    dependencies = [("search", "0006_exact_forms")]

    operations = [migrations.RunPython(add_titles, remove_titles)]
