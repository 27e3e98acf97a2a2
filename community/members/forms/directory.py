"""The filters of the directory, in the address."""

from django import forms
from django.utils.translation import gettext_lazy as _

from community.members.forms.choices import NamedField, grouped_specialties, language_choices
from community.members.models import Country, Profession, Specialty, WhoRegion
from community.members.queries import DirectoryFilter


class DirectoryForm(forms.Form):
    """All optional. What is not understood is left out rather than refused: an address may be old."""

    words = forms.CharField(label=_("Name"), max_length=80, required=False, widget=forms.SearchInput())
    profession = forms.ModelChoiceField(
        Profession.objects.all(), label=_("Profession"), to_field_name="code", required=False, empty_label=_("All")
    )
    specialty = forms.ModelChoiceField(
        Specialty.objects.all(), label=_("Specialty"), to_field_name="slug", required=False, empty_label=_("All")
    )
    country = NamedField(
        Country.objects.all(), label=_("Country"), to_field_name="code", required=False, empty_label=_("All")
    )
    who_region = forms.ChoiceField(label=_("WHO region"), choices=[("", _("All")), *WhoRegion.choices], required=False)
    language = forms.ChoiceField(
        label=_("Language"), choices=lambda: [("", _("All")), *language_choices()], required=False
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["specialty"].choices = [("", _("All")), *grouped_specialties()]  # type: ignore[attr-defined]

    def wanted(self) -> DirectoryFilter:
        self.is_valid()
        return DirectoryFilter(**{name: value for name, value in self.cleaned_data.items() if value})
