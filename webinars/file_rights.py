"""Who may see the picture of a webinar: whoever may see the webinar."""

from typing import Any

from community.core.audiences import Viewer
from community.knowledge.file_rights import register_file_rule
from community.knowledge.models import Picture
from webinars.models import Webinar


def register() -> None:
    """Called once, when the models are ready."""
    register_file_rule(rule_of_covers)


def rule_of_covers(viewer: Viewer, file: Any) -> bool | None:
    """None for what is no webinar's picture. Hand-outs have a page of their own."""
    if not isinstance(file, Picture):
        return None
    covered = Webinar.objects.filter(cover=file).values("pk")
    if not covered.exists():
        return None
    seen = Webinar.objects.visible_to(viewer).filter(pk__in=covered).exists()
    return seen or Webinar.objects.organised_by(viewer).filter(pk__in=covered).exists()
