"""The forms of images and hand-outs. Apart from `forms`: Wagtail's own cannot be imported while models load."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from community.core.errors import Refused
from community.core.screening import refuse_if_not_clean


class ScreenedWords:
    """Screens the named fields of a form on the surface "practice"."""

    screened_fields: tuple[str, ...] = ("title", "tags")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()  # type: ignore[misc]
        words = {name: _words(cleaned.get(name)) for name in self.screened_fields}
        try:
            refuse_if_not_clean("practice", **words)
        except Refused as refusal:
            self.add_error(None, ValidationError(refusal.reason, code=refusal.code))  # type: ignore[attr-defined]
        return cleaned


def _words(value: Any) -> str:
    return "\n".join(value) if isinstance(value, list | tuple) else str(value or "")


class DescribedImageForm(ScreenedWords, BaseImageForm):  # type: ignore[misc]
    """Asks for the description that screen readers read out."""

    screened_fields = ("title", "description", "tags")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["description"].required = True


class HandoutForm(ScreenedWords, BaseDocumentForm):  # type: ignore[misc]
    """A hand-out's title is screened; its file's name follows the title."""
