"""The bar keeps what people come for; guidelines and help stand in the foot of every page, where help already is."""

from django.db import migrations


def move_down(apps, schema_editor):
    items = apps.get_model("knowledge", "NavigationItem").objects.filter(place="menu")
    items.filter(page__slug="guidelines").update(place="rules")
    items.filter(page__slug="help").delete()


def move_up(apps, schema_editor):
    Item = apps.get_model("knowledge", "NavigationItem")
    Item.objects.filter(place="rules", page__slug="guidelines").update(place="menu")
    below = Item.objects.filter(place="help", page__slug="help").first()
    if below:
        Item.objects.create(navigation=below.navigation, sort_order=1, place="menu", page_id=below.page_id, label="")


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0009_write_ups_are_reviewed_by_two_peers")]
    operations = [migrations.RunPython(move_down, move_up)]
