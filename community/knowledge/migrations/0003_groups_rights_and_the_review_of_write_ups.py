"""Editors write and publish pages, Reviewers approve them; Moderators and Verifiers have no door to the admin.

Write-ups have a workflow of their own: one step, two peers, for everything below /practices/.
"""

from django.contrib.auth.management import create_permissions
from django.contrib.contenttypes.management import create_contenttypes
from django.db import migrations

WORKFLOW = "Review of write-ups"
TASK = "Two peers agree"
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
                "view_specialty", "change_specialty", "add_specialty", "view_profession", "view_country",
                "add_duty", "change_duty", "delete_duty", "view_duty"),
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
                group=group,
                collection=collection,
                permission=_permission(apps, codename, app="wagtailimages" if "image" in codename else "wagtaildocs"),
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


def add_workflow(apps, schema_editor):
    kind = apps.get_model("contenttypes", "ContentType").objects.get(app_label="knowledge", model="peerreviewtask")
    shelf = apps.get_model("wagtailcore", "Page").objects.get(pk=_shelf(apps))
    task = apps.get_model("knowledge", "PeerReviewTask").objects.create(name=TASK, content_type=kind)
    workflow = apps.get_model("wagtailcore", "Workflow").objects.create(name=WORKFLOW)
    apps.get_model("wagtailcore", "WorkflowTask").objects.create(workflow=workflow, task_id=task.pk, sort_order=0)
    apps.get_model("wagtailcore", "WorkflowPage").objects.create(workflow=workflow, page=shelf)


def take_workflow_away(apps, schema_editor):
    apps.get_model("wagtailcore", "Workflow").objects.filter(name=WORKFLOW).delete()
    kind = {"content_type__app_label": "knowledge", "content_type__model": "peerreviewtask"}
    apps.get_model("wagtailcore", "Task").objects.filter(**kind).delete()


def _shelf(apps):
    return apps.get_model("knowledge", "WriteUpIndexPage").objects.values_list("pk", flat=True).get()


class Migration(migrations.Migration):
    replaces = [
        ("knowledge", "0003_groups_and_their_rights"),
        ("knowledge", "0008_myths_and_bulletins_have_shelves"),
        ("knowledge", "0009_write_ups_are_reviewed_by_two_peers"),
    ]
    dependencies = [
        ("knowledge", "0002_first_pages_shelves_and_navigation"),
        ("members", "0002_reference_data"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailimages", "0027_image_description"),
    ]
    operations = [
        migrations.RunPython(give_rights, keep_groups),
        migrations.RunPython(add_workflow, take_workflow_away),
    ]
