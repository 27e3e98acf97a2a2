"""Forms of the editors' side: every word is screened before it is stored, also in drafts."""

import re
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.html import strip_tags
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.blocks import StreamValue

from community.core.errors import Refused
from community.core.screening import refuse_if_blocked
from community.knowledge.admin_words import refuse_words
from community.knowledge.practice.sections import words_in

HREF = re.compile(r'href="([^"]*)"')
#: What Wagtail sends along with a page and is no field of it.
BESIDE = ("comments-", "workflow-action-extra-data")


class ScreenedPageForm(WagtailAdminPageForm):  # type: ignore[misc]
    """Refuses a draft that names a patient: revisions keep everything for good. Comments beside the page and reasons
    in a workflow are sent with it, and read with it.

    `surfaces` names the fields that are screened as something other than practice.
    """

    surfaces: ClassVar[dict[str, str]] = {}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        words = {name: words_of(value) for name, value in cleaned.items() if words_of(value)}
        for name, text in words.items():
            try:
                refuse_if_blocked(self.surfaces.get(name, "practice"), **{name: text})
            except Refused as refusal:
                self.add_error(name, ValidationError(refusal.reason, code=refusal.code))
        beside = {key: self.data.getlist(key) for key in self.data if key.startswith(BESIDE)}
        try:
            refuse_words(MultiValueDict(beside))
        except Refused as refusal:
            self.add_error(None, ValidationError(refusal.reason, code=refusal.code))
        return cleaned


def words_of(value: object) -> str:
    """The plain words in a form value: a text, or everything in a stream."""
    if isinstance(value, str):
        return _said(value)
    if isinstance(value, StreamValue):
        return _said("\n\n".join(words_in(block["value"]) for block in value.get_prep_value()))
    if isinstance(value, list | tuple) and all(isinstance(each, str) for each in value):
        return "\n".join(value)  # tags
    return ""


def _said(text: str) -> str:
    """The words without their marks, and where the links among them lead."""
    return "\n".join([strip_tags(text), *HREF.findall(text)])
