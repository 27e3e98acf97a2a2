"""The figure and the hand-out of a write-up of the demo: drawn, so that nothing of anybody's is in them."""

from collections.abc import Mapping
from typing import Any

from django.core.files.base import ContentFile

from community.core.audiences import STAFF
from community.knowledge.collections import WRITE_UPS, collection_of
from community.knowledge.models import Handout, Picture, WriteUpPage
from community.knowledge.practice.sections import add_part
from demo.drawing import as_file, drawn


def put_files(page: WriteUpPage, told: Mapping[str, Any]) -> None:
    """Add what the content tells of files to the page's words, before a version is made of them."""
    if "figure" in told:
        _figure(page, told["figure"])
    if "handout" in told:
        _handout(page, told["handout"])


def _figure(page: WriteUpPage, told: Mapping[str, str]) -> None:
    file = ContentFile(as_file(drawn(told["text"]), "PNG"), name="figure.png")
    kept = Picture(title=told["alt"][:200], description=told["alt"], file=file)
    _keep(kept, page)
    image = {"image": kept.pk, "alt_text": told["alt"], "decorative": False}
    add_part(page, "figure", {"image": image, "caption": told["caption"]})


def _handout(page: WriteUpPage, told: Mapping[str, str]) -> None:
    file = ContentFile(as_file(drawn(told["text"]), "PDF"), name="handout.pdf")
    kept = Handout(title=told["title"], file=file)
    _keep(kept, page)
    add_part(page, "handout", {"document": kept.pk, "about": told["about"]})


def _keep(kept: Picture | Handout, page: WriteUpPage) -> None:
    kept.audience, kept.write_up, kept.uploaded_by_user = STAFF, page, page.owner
    kept.collection = collection_of(WRITE_UPS)
    kept.save()
