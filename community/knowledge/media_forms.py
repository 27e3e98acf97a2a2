"""The form of images. Apart from `forms` because Wagtail's image forms cannot be imported while models load."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.images.forms import BaseImageForm

from community.core.errors import Refused
from community.core.screening import refuse_if_not_clean


class DescribedImageForm(BaseImageForm):  # type: ignore[misc]
    """Asks for the description that screen readers read out; it and the title are screened."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["description"].required = True

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        words = {name: cleaned.get(name, "") for name in ("title", "description")}
        try:
            refuse_if_not_clean("practice", **words)
        except Refused as refusal:
            self.add_error(None, ValidationError(refusal.reason, code=refusal.code))
        return cleaned
