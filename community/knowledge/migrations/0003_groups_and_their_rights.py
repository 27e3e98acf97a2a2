"""Editors write and publish pages, Reviewers approve them; Moderators and Verifiers have no door to the admin."""

from django.contrib.auth.management import create_permissions
from django.contrib.contenttypes.management import create_contenttypes
from django.db import migrations

GROUPS = ("Moderators", "Verifiers", "Editors", "Reviewers")
PAGE_RIGHTS = {
    "Editors": ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
    "Reviewers": ("change_page", "publish_page"),
}
# Wagtail asks for the rights of its own image and document models, also where others stand in for them.
MEDIA_RIGHTS = {
    "Editors": ("add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document"),
    "Reviewers": ("choose_image", "choose_document"),
}
MODEL_RIGHTS = {
    "Editors": ("add_banner", "change_banner", "delete_banner", "view_banner", "change_navigation", "change_siteoptions",
                "view_specialty", "change_specialty", "add_specialty", "view_profession", "view_country"),
    "Reviewers": ("view_banner",),
}  # fmt: skip


def give_rights(apps, schema_editor):
    for label in ("knowledge", "members", "wagtailcore"):
        _make_permissions(apps, label)
    Group = apps.get_model("auth", "Group")
    groups = {name: Group.objects.get_or_create(name=name)[0] for name in GROUPS}
    for group in groups.values():
        _strip(apps, group)
    root = apps.get_model("wagtailcore", "Page").objects.get(path="0001")
    collection = apps.get_model("wagtailcore", "Collection").objects.get(path="0001")
    for name in ("Editors", "Reviewers"):
        group = groups[name]
        group.permissions.add(_permission(apps, "access_admin"))
        group.permissions.add(*(_permission(apps, codename) for codename in MODEL_RIGHTS[name]))
        for codename in PAGE_RIGHTS[name]:
            apps.get_model("wagtailcore", "GroupPagePermission").objects.create(
                group=group, page=root, permission=_permission(apps, codename, app="wagtailcore")
            )
        for codename in MEDIA_RIGHTS[name]:
            apps.get_model("wagtailcore", "GroupCollectionPermission").objects.create(
                group=group, collection=collection, permission=_permission(apps, codename)
            )
    _approve_by(apps, groups["Reviewers"])


def _make_permissions(apps, label):
    """Permissions are usually made after all migrations; these rights need them now."""
    config = apps.get_app_config(label)
    config.models_module = True
    create_contenttypes(config, apps=apps, verbosity=0)
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None


def _permission(apps, codename, app=None):
    found = apps.get_model("auth", "Permission").objects.filter(codename=codename)
    return (found.filter(content_type__app_label=app) if app else found).get()


def _strip(apps, group):
    """Take away what Wagtail's own first data gave to groups of the same name."""
    group.permissions.clear()
    apps.get_model("wagtailcore", "GroupPagePermission").objects.filter(group=group).delete()
    apps.get_model("wagtailcore", "GroupCollectionPermission").objects.filter(group=group).delete()


def _approve_by(apps, reviewers):
    """Wagtail's first workflow asks its Moderators; ours asks the Reviewers."""
    for task in apps.get_model("wagtailcore", "GroupApprovalTask").objects.all():
        task.groups.set([reviewers])
    apps.get_model("wagtailcore", "Task").objects.update(name="Approval by a reviewer")
    apps.get_model("wagtailcore", "Workflow").objects.update(name="Review before publication")


def keep_groups(apps, schema_editor):
    """Groups may have members by now: they stay."""


class Migration(migrations.Migration):
    dependencies = [
        ("knowledge", "0002_first_pages_and_navigation"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailimages", "0027_image_description"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("members", "0002_reference_data"),
    ]
    operations = [migrations.RunPython(give_rights, keep_groups)]
