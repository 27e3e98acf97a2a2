"""The preferences page as a form: a tick and a pace for each kind that a member may choose."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.notifications.models import Pace
from community.notifications.queries import Choice


class PreferencesForm(forms.Form):
    """Two fields for each kind: `<kind>:in_app` and `<kind>:email`."""

    def __init__(self, *args: Any, choices: Iterable[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices = [choice for choice in choices if choice.notice.optional]
        for choice in self.choices:
            self.fields[f"{choice.kind}:in_app"] = forms.BooleanField(
                label=_("On the site"), initial=choice.in_app, required=False
            )
            self.fields[f"{choice.kind}:email"] = forms.ChoiceField(
                label=_("By e-mail"), choices=Pace.choices, initial=choice.email
            )

    def rows(self) -> list[dict[str, Any]]:
        """The kinds with their two fields, for the table."""
        return [
            {
                "label": choice.notice.label,
                "in_app": self[f"{choice.kind}:in_app"],
                "email": self[f"{choice.kind}:email"],
            }
            for choice in self.choices
        ]

    def chosen(self) -> dict[str, tuple[bool, str]]:
        """What `operations.set_preferences` takes."""
        data = self.cleaned_data
        return {choice.kind: (data[f"{choice.kind}:in_app"], data[f"{choice.kind}:email"]) for choice in self.choices}
