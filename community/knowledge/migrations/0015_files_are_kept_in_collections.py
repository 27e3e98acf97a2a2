"""Editors hold their rights in a collection of their own media, no longer at the root of all files.

The files of write-ups and of webinars get collections in which only administrators have rights. What an administrator
had sorted into other collections stays there, and editors keep the rights they had in those.
"""

from django.db import migrations
from django.utils.http import base36_to_int, int_to_base36

ROOT = "0001"
EDITORS_MEDIA, WRITE_UPS, WEBINARS = "Editors’ media", "Write-ups", "Webinars"
GROUPS = ("Editors", "Reviewers")


def move_rights_and_files(apps, schema_editor):
    sorted_by_hand = list(_below_root(apps))
    media, write_ups, _webinars = (_add(apps, name) for name in (EDITORS_MEDIA, WRITE_UPS, WEBINARS))
    Right = apps.get_model("wagtailcore", "GroupCollectionPermission")
    for right in _rights(apps, ROOT):
        for collection in (media, *sorted_by_hand):
            Right.objects.get_or_create(group=right.group, permission=right.permission, collection=collection)
        right.delete()
    for files in _files(apps):
        at_root = files.filter(collection__path=ROOT)
        at_root.filter(write_up__isnull=False).update(collection=write_ups)
        at_root.filter(write_up__isnull=True).update(collection=media)


def move_back_to_the_root(apps, schema_editor):
    root = _collections(apps).get(path=ROOT)
    media = _below_root(apps).filter(name=EDITORS_MEDIA).first()
    for right in _rights(apps, media.path) if media else []:
        right.collection = root
        right.save(update_fields=["collection"])
    emptied = _below_root(apps).filter(name__in=[EDITORS_MEDIA, WRITE_UPS, WEBINARS], numchild=0)
    for files in _files(apps):
        files.filter(collection__in=emptied).update(collection=root)
    root.numchild -= emptied.count()
    emptied.delete()
    root.save(update_fields=["numchild"])


def _collections(apps):
    return apps.get_model("wagtailcore", "Collection").objects


def _below_root(apps):
    return _collections(apps).filter(path__startswith=ROOT, depth=2).order_by("path")


def _rights(apps, path):
    rights = apps.get_model("wagtailcore", "GroupCollectionPermission").objects
    return list(rights.filter(group__name__in=GROUPS, collection__path=path))


def _files(apps):
    return [apps.get_model("knowledge", model).objects for model in ("Picture", "Handout")]


def _add(apps, name):
    """A collection below the root, after the last one there; paths count in base 36, four characters a level."""
    root, last = _collections(apps).get(path=ROOT), _below_root(apps).last()
    number = base36_to_int(last.path[-4:]) + 1 if last else 1
    path = f"{ROOT}{int_to_base36(number).upper():0>4}"
    root.numchild += 1
    root.save(update_fields=["numchild"])
    return _collections(apps).create(name=name, path=path, depth=2, numchild=0)


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0014_pages_in_other_languages")]
    operations = [migrations.RunPython(move_rights_and_files, move_back_to_the_root)]
