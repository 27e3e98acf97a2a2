"""Speakers, crew, files and series."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from webinars.models import CrewRole

HANDLE = _("The last part of the address of their profile, such as the-nurse.")


class CrewForm(forms.Form):
    """A part for a member."""

    handle = forms.SlugField(label=_("Handle of the member"), max_length=40, help_text=HANDLE)
    role = forms.ChoiceField(label=_("Part"), choices=CrewRole, initial=CrewRole.MODERATOR)


class SpeakerForm(forms.Form):
    """A speaker who is a member."""

    handle = forms.SlugField(label=_("Handle of the member"), max_length=40, help_text=HANDLE)


class GuestForm(forms.Form):
    """A speaker without an account, who is invited by mail."""

    name = forms.CharField(label=_("Name"), max_length=120)
    title = forms.CharField(label=_("Profession and institution"), max_length=160, required=False)
    email = forms.EmailField(label=_("E-mail address"), help_text=_("Only the invitation is sent there."))


class ConflictsForm(forms.Form):
    """What a speaker declares."""

    none = forms.BooleanField(label=_("I have no conflict of interest on this topic"), required=False)
    statement = forms.CharField(
        label=_("Conflicts of interest"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Payments, shares, advisory work, patents, family: whatever colleagues should know. Shown at the start."
        ),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("none") and data.get("statement", "").strip():
            self.add_error("none", _("Either there are none, or these: please choose one."))
        return data


class CoverForm(forms.Form):
    """A picture for the page."""

    guarded: ClassVar[tuple[str, ...]] = ("description",)
    cover = forms.ImageField(label=_("Picture"), help_text=_("JPEG, PNG or WebP, up to 8 MB. No patients, no screens."))
    description = forms.CharField(
        label=_("What does it show?"), max_length=255, help_text=_("Read out to those who do not see it.")
    )


class HandoutForm(forms.Form):
    """A PDF for those who attend."""

    guarded: ClassVar[tuple[str, ...]] = ("title",)
    file = forms.FileField(
        label=_("PDF"),
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf"}),
        help_text=_("Up to 8 MB. Names and comments in the file are taken out."),
    )
    title = forms.CharField(label=_("Title"), max_length=120)


class SeriesForm(forms.Form):
    """What a series is called."""

    title = forms.CharField(label=_("Title"), max_length=160)
    summary = forms.CharField(
        label=_("In one or two sentences"), max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
