"""Forms of the editors' side: every word is screened before it is stored, also in drafts."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.blocks import StreamValue

from community.core.errors import Refused
from community.core.screening import refuse_if_blocked


class ScreenedPageForm(WagtailAdminPageForm):  # type: ignore[misc]
    """Refuses a draft that names a patient: revisions keep everything for good.

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
        return cleaned


def words_of(value: object) -> str:
    """The plain words in a form value: a text, or everything in a stream."""
    if isinstance(value, str):
        return strip_tags(value)
    if isinstance(value, StreamValue):
        return "\n\n".join(" ".join(block.block.get_searchable_content(block.value)) for block in value)
    return ""
