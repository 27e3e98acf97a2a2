"""Forms of the applicant, the peer who vouches and the verifier. They check shapes; operations decide.

`guarded` are the fields whose words the guard reads, all of them as notes of an application.
"""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from community.credentials.documents import ACCEPT
from community.credentials.models import DOCUMENT_KINDS, Application, Kind, Known, ReviewedDomain
from community.credentials.operations import Claim, Upload
from community.credentials.proof import Seeks
from community.credentials.registers import registers_for
from community.members.forms.choices import NamedField, grouped_professions
from community.members.models import Country, Profession

REASON_LABELS = {
    "decide": _("To decide this application"),
    "second_opinion": _("As second reviewer"),
    "appeal": _("To decide an appeal"),
    "renewal": _("To decide a renewal"),
    "complaint": _("Because of a complaint"),
}


class ClaimForm(forms.Form):
    """Who the applicant says they are."""

    guarded: ClassVar[tuple[str, ...]] = ("given_name", "family_name", "note")
    seeks = forms.ChoiceField(label=_("How do you apply?"), choices=Seeks.choices, widget=forms.RadioSelect)
    given_name = forms.CharField(label=_("Given name"), max_length=80)
    family_name = forms.CharField(
        label=_("Family name"),
        max_length=80,
        help_text=_("Both exactly as they stand on your registration or enrolment."),
    )
    profession = forms.ModelChoiceField(Profession.objects.all(), label=_("Profession"), to_field_name="code")
    country = NamedField(
        Country.objects.all(),
        label=_("Country"),
        to_field_name="code",
        empty_label=_("Please choose"),
        help_text=_("Where you are registered or enrolled."),
    )
    note = forms.CharField(
        label=_("Note to the reviewer"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example a change of name. Never anything about a patient."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        profession: Any = self.fields["profession"]
        profession.choices = [("", _("Please choose")), *grouped_professions()]

    def claim(self) -> Claim:
        return Claim(**self.cleaned_data)


class RegistrationForm(forms.Form):
    """Register and number. The registers offered are those of the country, readable ones first."""

    register_slug = forms.ChoiceField(label=_("Register"), widget=forms.RadioSelect)
    number = forms.CharField(
        label=_("Registration number"), max_length=64, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        country = application.country.code if application.country else ""
        profession = application.profession.code if application.profession else ""
        found = registers_for(country, profession)
        choices: Any = self.fields["register_slug"]
        choices.choices = [(each.slug, each.name) for each in found]
        if len(found) == 1:
            self.initial["register_slug"] = found[0].slug
        known = [f"{each.name}: {each.help_text}" for each in found if each.slug != "other"]
        self.fields["number"].help_text = " ".join(known) if len(known) <= 2 else ""


class AddressForm(forms.Form):
    """An address that proves where one works or studies."""

    address = forms.EmailField(
        label=_("Your address at the institution"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("Of your hospital, practice network, health service or university. Private mail cannot be used."),
    )


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code from the mail"),
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        help_text=_("Eight digits. It can be entered for ten minutes."),
    )


class DocumentForm(forms.Form):
    """One document."""

    guarded: ClassVar[tuple[str, ...]] = ("issuer",)
    kind = forms.ChoiceField(
        label=_("What is it?"), choices=[(kind, Kind(kind).label) for kind in DOCUMENT_KINDS], widget=forms.RadioSelect
    )
    issuer = forms.CharField(label=_("Issued by"), max_length=120, required=False)
    ends_on = forms.DateField(
        label=_("Valid until"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    file = forms.FileField(
        label=_("The file"),
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPT}),
        help_text=_("A PDF or a photograph (JPEG, PNG, WebP, HEIC), at most 8 MB. No patient may be named in it."),
    )

    def upload(self) -> Upload:
        data = self.cleaned_data
        return Upload(data["kind"], data["file"].name, data["file"].read(), data["issuer"], data["ends_on"])


class PeerForm(forms.Form):
    handle = forms.CharField(
        label=_("Your colleague's handle"),
        max_length=41,
        help_text=_("As on their profile, for example @ada-obi. Ask them beforehand."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class VouchForm(forms.Form):
    guarded: ClassVar[tuple[str, ...]] = ("employer",)
    known = forms.ChoiceField(label=_("How do you know this person?"), choices=Known.choices, widget=forms.RadioSelect)
    employer = forms.CharField(label=_("Where do you work?"), max_length=160)
    certain = forms.BooleanField(
        label=_("I know this person myself, and I know that they practise the profession they claim.")
    )


class SubmitForm(forms.Form):
    truthful = forms.BooleanField(label=_("What I have given is true, and it is about me."))


class AppealForm(forms.Form):
    guarded: ClassVar[tuple[str, ...]] = ("note",)
    note = forms.CharField(
        label=_("What should the reviewer know?"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Never anything about a patient."),
    )


class DomainForm(forms.Form):
    """What a verifier decides about a mail domain."""

    guarded: ClassVar[tuple[str, ...]] = ("institution",)
    #: Nothing is chosen at first: a click on the button alone must not make all addresses of a domain count.
    verdict = forms.ChoiceField(
        label=_("Decision"), choices=[("", _("Please choose")), *ReviewedDomain.Verdict.choices[1:]]
    )
    institution = forms.CharField(label=_("Institution"), max_length=160, required=False)


class ContactForm(forms.Form):
    """A contact that a reviewer found published, for a code."""

    address = forms.EmailField(label=_("Address published by register or employer"))


class SuspendForm(forms.Form):
    reason = forms.ChoiceField(label=_("Reason"))

    def __init__(self, *args: Any, choices: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["reason"]
        field.choices = choices
