"""The preferences page as a form: a tick and a pace for each kind that a member may choose."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.notifications.models import Pace
from community.notifications.queries import Choice
from community.notifications.subscriptions import Subscription


class PreferencesForm(forms.Form):
    """Three fields for each kind: `<kind>:in_app`, `<kind>:email` and `<kind>:push`."""

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
            self.fields[f"{choice.kind}:push"] = forms.BooleanField(
                label=_("On my devices"), initial=choice.push, required=False
            )

    def rows(self) -> list[dict[str, Any]]:
        """The kinds with their fields, for the table."""
        return [
            {
                "label": choice.notice.label,
                "in_app": self[f"{choice.kind}:in_app"],
                "email": self[f"{choice.kind}:email"],
                "push": self[f"{choice.kind}:push"],
            }
            for choice in self.choices
        ]

    def chosen(self) -> dict[str, tuple[bool, str, bool]]:
        """What `operations.set_preferences` takes."""
        data = self.cleaned_data
        return {
            choice.kind: (data[f"{choice.kind}:in_app"], data[f"{choice.kind}:email"], data[f"{choice.kind}:push"])
            for choice in self.choices
        }


class DeviceForm(forms.Form):
    """What a script fills in when a browser lets the site push to it."""

    endpoint = forms.CharField(max_length=1000)
    p256dh = forms.CharField(max_length=100)
    auth = forms.CharField(max_length=40)

    def subscription(self) -> Subscription:
        return Subscription(**self.cleaned_data)
