"""The cover and the hand-outs of a webinar: cleaned of what cameras and office programs wrote into them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from community.core.audiences import STAFF
from community.core.errors import Invalid, Missing
from community.core.events import record
from community.core.screening import refuse_if_not_clean
from community.knowledge.collections import WEBINARS, collection_of
from community.knowledge.models import Handout, Picture
from webinars.access import webinar_to_plan
from webinars.crews import crew_token, is_crew_token
from webinars.models import Webinar
from webinars.plans import SURFACE

LARGEST = 8 * 1024 * 1024
MOST_HANDOUTS = 10


@transaction.atomic
def set_cover(webinar: Webinar, *, by: Any, file: File[Any], description: str) -> Webinar:
    """Give a webinar a picture; `description` is what those are told who do not see it."""
    _viewer, webinar = webinar_to_plan(by, webinar.pk)
    refuse_if_not_clean(SURFACE, description=description)
    _check_size(file)
    picture = Picture(
        title=f"{webinar.title} ({webinar.public_id})"[:255], description=description, file=file, audience=STAFF
    )
    _keep(picture)
    webinar.cover = picture
    webinar.save(update_fields=["cover"])
    record("webinars.cover.changed", by=by, target=webinar)
    return webinar


@transaction.atomic
def remove_cover(webinar: Webinar, *, by: Any) -> None:
    _viewer, webinar = webinar_to_plan(by, webinar.pk)
    webinar.cover = None
    webinar.save(update_fields=["cover"])
    record("webinars.cover.changed", by=by, target=webinar)


@transaction.atomic
def add_handout(webinar: Webinar, *, by: Any, file: File[Any], title: str) -> Handout:
    """Add a PDF. It is given out by the webinar's own page alone, to those who may see the webinar."""
    _viewer, webinar = webinar_to_plan(by, webinar.pk)
    refuse_if_not_clean(SURFACE, title=title)
    _check_size(file)
    if webinar.handouts.count() >= MOST_HANDOUTS:
        raise Invalid({"file": [_("At most %(most)d hand-outs.") % {"most": MOST_HANDOUTS}]})
    handout = Handout(title=title, file=file, audience=crew_token(webinar))
    _keep(handout)
    webinar.handouts.add(handout)
    record("webinars.handout.added", by=by, target=webinar, handout=handout.pk)
    return handout


@transaction.atomic
def remove_handout(webinar: Webinar, *, by: Any, handout_id: int) -> None:
    _viewer, webinar = webinar_to_plan(by, webinar.pk)
    handout = webinar.handouts.filter(pk=handout_id).first()
    if handout is None:
        raise Missing
    record("webinars.handout.removed", by=by, target=webinar, handout=handout.pk)
    webinar.handouts.remove(handout)
    if is_crew_token(handout.audience) and not Webinar.objects.filter(handouts=handout).exists():
        handout.delete()  # copies of this webinar gave it out too; now nobody does


def _check_size(file: File[Any]) -> None:
    if (file.size or 0) > LARGEST:
        raise Invalid({"file": [_("This file is too large: at most 8 MB.")]})


def _keep(row: Picture | Handout) -> None:
    """In the collection of webinars. Saving rebuilds the file without metadata, or says that it is none."""
    row.collection = collection_of(WEBINARS)
    try:
        row.save()
    except ValidationError as error:
        raise Invalid({"file": list(error.messages)}) from None
