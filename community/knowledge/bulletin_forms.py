"""The admin's form of a bulletin. Apart from the site's own forms: models load this one."""

from typing import Any, ClassVar

from django import forms

from community.knowledge.forms import ScreenedPageForm
from community.members.models import WhoRegion


class RegionsField(forms.MultipleChoiceField):
    """WHO regions as boxes to tick; stored as codes with spaces between."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=WhoRegion.choices, required=False, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return value.split() if isinstance(value, str) else value

    def clean(self, value: Any) -> str:  # type: ignore[override]
        return " ".join(super().clean(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (initial or "").split() != list(data or [])


class BulletinPageForm(ScreenedPageForm):
    """Contacts may hold an office's telephone number; everything else is screened as practice."""

    surfaces: ClassVar[dict[str, str]] = {"contacts": "practice_setting"}
    who_regions = RegionsField()
