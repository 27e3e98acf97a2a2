from django.db import migrations

from search.engines.schema import find_as_before, find_in_time


class Migration(migrations.Migration):
    dependencies = [("search", "0007_titles_by_themselves")]

    operations = [migrations.RunPython(find_in_time, find_as_before)]
