"""The forms of the profile: who one is, conflicts of interest, who may see what."""

from typing import Any, cast

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from community.members.forms.choices import (
    NamedField,
    grouped_professions,
    grouped_specialties,
    language_choices,
    region_choices,
    zone_choices,
)
from community.members.identifiers import subdivisions
from community.members.models import Country, Member, Profession, Specialty
from community.members.operations.profile import ProfileChanges
from community.members.visibility import AUDIENCES, HIDEABLE

SEARCHABLE = {"size": "8", "data-searchable": _("Search in this list")}


class ProfileForm(forms.Form):
    """Who one is. The name is the one that is verified; changing it starts verification again."""

    given_name = forms.CharField(label=_("Given name"), max_length=80)
    family_name = forms.CharField(
        label=_("Family name"),
        max_length=80,
        help_text=_("Your name as your register has it. If you change a verified name, it is checked again."),
    )
    former_names = forms.CharField(
        label=_("Former names"),
        max_length=160,
        required=False,
        help_text=_("If your diploma or register shows another name. Only reviewers see this."),
    )
    profession = forms.ModelChoiceField(
        Profession.objects.all(), label=_("Profession"), to_field_name="code", empty_label=None
    )
    specialties = forms.ModelMultipleChoiceField(
        Specialty.objects.all(),
        label=_("Specialties"),
        to_field_name="slug",
        required=False,
        help_text=_("Choose up to five. Without the search box, hold Ctrl or ⌘ to choose several."),
        widget=forms.SelectMultiple(attrs=SEARCHABLE),
    )
    country = NamedField(
        Country.objects.all(), label=_("Country"), to_field_name="code", required=False, empty_label=_("Not given")
    )
    subdivision = forms.CharField(
        label=_("Region"),
        required=False,
        widget=forms.Select(attrs={"data-regions-of": "id_country"}),
        help_text=_("If the list does not follow the country you chose, save once and come back."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=language_choices,
        required=False,
        help_text=_("Those in which you can discuss your work."),
        widget=forms.SelectMultiple(attrs=SEARCHABLE),
    )
    institution = forms.CharField(label=_("Institution"), max_length=160, required=False)
    orcid = forms.CharField(
        label=_("ORCID iD"), max_length=40, required=False, help_text=_("Such as 0000-0002-1825-0097.")
    )
    interests = forms.CharField(
        label=_("Interests"), max_length=300, required=False, help_text=_("A few words, separated by commas.")
    )
    bio = forms.CharField(
        label=_("About me"),
        max_length=1500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Your work and what you would like to discuss. Nothing about individual patients."),
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"), choices=zone_choices, widget=forms.Select(attrs={"data-zone-guess": ""})
    )

    interface_language = forms.ChoiceField(
        label=_("Language of the site"),
        required=False,
        choices=lambda: [("", _("As the browser says; mails in English")), *settings.LANGUAGES],
        help_text=_("Pages and e-mails are in this language."),
    )

    def __init__(self, data: Any = None, *, member: Member) -> None:
        super().__init__(data, initial=_present(member))
        self.fields["profession"].choices = [("", _("Choose…")), *grouped_professions()]  # type: ignore[attr-defined]
        self.fields["specialties"].choices = grouped_specialties()  # type: ignore[attr-defined]
        country = self.data.get("country") or (member.country.code if member.country else "")
        self.fields["subdivision"].widget.choices = region_choices(country)  # type: ignore[attr-defined]

    def clean_specialties(self) -> list[Specialty]:
        chosen = list(self.cleaned_data["specialties"])
        if len(chosen) > 5:
            raise forms.ValidationError(_("Please choose at most five."))
        return chosen

    def clean_subdivision(self) -> str:
        """A region left over from the country before is dropped."""
        country = self.cleaned_data.get("country")
        region = str(self.cleaned_data["subdivision"])
        return region if country and region in subdivisions(country.code) else ""

    def changes(self) -> ProfileChanges:
        return cast(ProfileChanges, dict(self.cleaned_data))


class ConflictsForm(forms.Form):
    """What peers should know when they read a post."""

    statement = forms.CharField(
        label=_("Your statement"),
        max_length=1500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Payments, shares, advisory roles, grants and family ties in the last three years."),
    )
    none = forms.BooleanField(label=_("I have nothing to declare."), required=False)


class VisibilityForm(forms.Form):
    """One choice for each field that may be hidden, and the consent to be listed."""

    listed = forms.BooleanField(
        label=_("List me in the directory of members"),
        required=False,
        help_text=_("Members find you by name, profession and what you show below. You can leave at any time."),
    )

    def __init__(self, data: Any = None, *, member: Member) -> None:
        super().__init__(data, initial={"listed": member.listed, **member.who_sees})
        for field, label in HIDEABLE.items():
            self.fields[field] = forms.ChoiceField(label=label, choices=list(AUDIENCES.items()))

    def who_sees(self) -> dict[str, str]:
        return {field: self.cleaned_data[field] for field in HIDEABLE}


def _present(member: Member) -> dict[str, Any]:
    same = ("given_name", "family_name", "former_names", "subdivision", "languages", "institution", "orcid")
    present = {name: getattr(member, name) for name in (*same, "interests", "bio", "time_zone", "interface_language")}
    return present | {
        "profession": member.profession,
        "country": member.country,
        "specialties": list(member.specialties.all()),
    }
