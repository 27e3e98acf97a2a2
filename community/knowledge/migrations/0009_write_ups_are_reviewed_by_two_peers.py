"""The workflow of write-ups: one step, two peers, for everything below /practices/."""

from django.contrib.contenttypes.management import create_contenttypes
from django.db import migrations

WORKFLOW = "Review of write-ups"
TASK = "Two peers agree"


def add_workflow(apps, schema_editor):
    config = apps.get_app_config("knowledge")
    config.models_module = True
    create_contenttypes(config, apps=apps, verbosity=0)
    config.models_module = None
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
    dependencies = [("knowledge", "0008_myths_and_bulletins_have_shelves")]
    operations = [migrations.RunPython(add_workflow, take_workflow_away)]
