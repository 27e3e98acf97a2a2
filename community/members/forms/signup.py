"""The sign-up form: allauth's fields, and the name that verification will be about."""

from typing import Any

from allauth.account.forms import SignupForm as AllauthSignupForm
from django import forms
from django.utils.translation import gettext_lazy as _

from community.core.errors import Refused
from community.core.screening import refuse_if_not_clean
from community.members.forms.applying import add_refusal
from community.members.identifiers import time_zones


class SignupForm(AllauthSignupForm):
    """Used by both doors in, password and passkey."""

    given_name = forms.CharField(
        label=_("Given name"),
        max_length=80,
        help_text=_("As it stands in your professional register, in Latin letters if the register has them."),
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    family_name = forms.CharField(
        label=_("Family name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "family-name"})
    )
    time_zone = forms.CharField(required=False, widget=forms.HiddenInput(attrs={"data-zone-guess": ""}))
    conduct = forms.BooleanField(
        label=_("I take part under my own name, write about no individual patient, and treat peers with respect.")
    )

    field_order = ("given_name", "family_name", "email", "password1", "conduct")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._plain_fields()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        try:
            refuse_if_not_clean("profile", **{name: cleaned.get(name, "") for name in ("given_name", "family_name")})
        except Refused as error:
            add_refusal(self, error)
        return cleaned

    def profile(self) -> dict[str, str]:
        """What the operation `join` takes."""
        zone = self.cleaned_data.get("time_zone", "")
        return {
            "given_name": self.cleaned_data["given_name"],
            "family_name": self.cleaned_data["family_name"],
            "time_zone": zone if zone in time_zones() else "UTC",
        }

    def _plain_fields(self) -> None:
        # allauth hides its honeypot with an inline style, which our content policy forbids; a class does the same.
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name == "website":
                field.label = _("Leave this empty")
                field.widget = forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"})
