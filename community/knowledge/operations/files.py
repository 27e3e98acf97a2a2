"""Figures and hand-outs of a draft: bare files with words for those who do not see them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from community.core.audiences import STAFF, viewer_of
from community.core.errors import Invalid
from community.core.events import record
from community.core.limits import spend
from community.core.policies import require
from community.core.screening import refuse_if_not_clean
from community.knowledge.collections import WRITE_UPS, collection_of
from community.knowledge.models import Handout, Picture, WriteUpPage
from community.knowledge.operations.writeups import draft_of, keep_draft, locked
from community.knowledge.policies.writeups import may_edit
from community.knowledge.practice.sections import add_part, set_parts
from community.moderation.policies import may_speak

FILES_A_DAY = "40/day"
MOST_FILES = 12
LARGEST = 10 * 1024 * 1024


@transaction.atomic
def add_figure(page: WriteUpPage, *, by: Any, file: Any, description: str, caption: str = "") -> None:
    """Put an image into the draft. Without a description it is not taken; what a camera wrote into it goes."""
    page = _writable(page, by)
    description, caption = description.strip(), caption.strip()
    if not description:
        raise Invalid({"description": [_("Describe what the image shows, for those who do not see it.")]})
    _check_file(file, page)
    refuse_if_not_clean("alt_text", description=description)
    refuse_if_not_clean("practice", caption=caption)
    picture = Picture(title=description[:200], description=description[:255], file=file, audience=STAFF)
    _belongs_to(picture, page, by)
    _keep(picture)
    draft = draft_of(page)
    image = {"image": picture.pk, "alt_text": description, "decorative": False}
    add_part(draft, "figure", {"image": image, "caption": caption})
    keep_draft(draft, by=by)
    record("knowledge.writeup.file_added", by=by, target=page, picture=picture.pk)


@transaction.atomic
def add_handout(page: WriteUpPage, *, by: Any, file: Any, title: str, about: str = "") -> None:
    """Put a PDF into the draft; scripts, forms and attachments in it go."""
    page = _writable(page, by)
    title, about = title.strip(), about.strip()
    if not title:
        raise Invalid({"title": [_("Give the hand-out a title.")]})
    _check_file(file, page)
    refuse_if_not_clean("practice", title=title, about=about)
    handout = Handout(title=title[:255], file=file, audience=STAFF)
    _belongs_to(handout, page, by)
    _keep(handout)
    draft = draft_of(page)
    add_part(draft, "handout", {"document": handout.pk, "about": about})
    keep_draft(draft, by=by)
    record("knowledge.writeup.file_added", by=by, target=page, handout=handout.pk)


@transaction.atomic
def remove_file(page: WriteUpPage, *, by: Any, place: int) -> None:
    """Take the figure or hand-out at `place` (from 0, in the order of reading) out of the draft."""
    page = _writable(page, by)
    draft = draft_of(page)
    files = files_of(draft)
    if not 0 <= place < len(files):
        raise Invalid({"__all__": [_("This file is gone already.")]})
    files.pop(place)
    set_parts(draft, {"figure": None, "handout": None})
    for block in files:
        add_part(draft, block["type"], block["value"])
    keep_draft(draft, by=by)
    record("knowledge.writeup.saved", by=by, target=page, section="files")


def files_of(draft: WriteUpPage) -> list[dict[str, Any]]:
    """The raw blocks of figures and hand-outs, in the order of reading."""
    return [dict(block) for block in draft.body.raw_data if block["type"] in {"figure", "handout"}]


def _writable(page: WriteUpPage, by: Any) -> WriteUpPage:
    page = locked(page)
    require(may_edit(viewer_of(by), page))
    require(may_speak(by))
    spend("knowledge.file", by.pk, FILES_A_DAY)
    return page


def _belongs_to(kept: Any, page: WriteUpPage, by: Any) -> None:
    kept.write_up, kept.uploaded_by_user, kept.collection = page, by, collection_of(WRITE_UPS)


def _keep(kept: Any) -> None:
    """Saving makes the file bare, which fails for what is no such file."""
    try:
        kept.save()
    except ValidationError as error:
        raise Invalid({"file": error.messages}) from error


def _check_file(file: Any, page: WriteUpPage) -> None:
    if file is None:
        raise Invalid({"file": [_("Choose a file.")]})
    if file.size > LARGEST:
        raise Invalid({"file": [_("The file is too large: at most 10 MB.")]})
    if len(files_of(draft_of(page))) >= MOST_FILES:
        raise Invalid({"file": [_("A write-up has at most %(most)d figures and hand-outs.") % {"most": MOST_FILES}]})
