"""What members and those on duty type in about rumours, myth checks and bulletins. Rights and words: operations."""

from datetime import timedelta
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from community.core.clock import now
from community.knowledge.bulletin_forms import RegionsField
from community.knowledge.models import BulletinPage, Channel, ClaimVerdict, MythPage, Role, Severity
from community.knowledge.models.bulletins import USUAL_LIFE
from community.knowledge.models.pages import Audience
from community.members.forms.choices import ByName, NamedField, grouped_specialties
from community.members.models import Country, Profession

MAX_STEPS = 8


class RumourForm(forms.Form):
    text = forms.CharField(
        label=_("What is being said?"),
        max_length=300,
        help_text=_("In the words people use. Only the claim: nothing about a patient, and not who said it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    channel = forms.ChoiceField(label=_("Where did you hear it?"), choices=Channel.choices)
    country = NamedField(
        label=_("In which country?"), queryset=Country.objects.all(), required=False, empty_label=_("My own")
    )


class MythForm(forms.ModelForm):  # type: ignore[type-arg]
    """A myth check as its writers fill it in."""

    class Meta:
        model = MythPage
        fields = (
            "title", "fact", "claim", "verdict", "why", "practical", "sources", "heard", "first_seen", "short_text",
            "specialties",
        )  # fmt: skip
        widgets = {
            "specialties": forms.SelectMultiple(attrs={"size": 6}),
            "title": forms.TextInput,
            "fact": forms.Textarea(attrs={"rows": 3}),
            "claim": forms.Textarea(attrs={"rows": 2}),
            "why": forms.Textarea(attrs={"rows": 7}),
            "practical": forms.Textarea(attrs={"rows": 3}),
            "sources": forms.Textarea(attrs={"rows": 4}),
            "first_seen": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "short_text": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verdict"].choices = [("", _("Choose")), *ClaimVerdict.choices]  # type: ignore[attr-defined]
        self.fields["title"].help_text = _("A short heading that says the fact.")
        self.fields["specialties"].choices = grouped_specialties(by="pk")  # type: ignore[attr-defined]

    def _post_clean(self) -> None:
        """The operation checks the page as a whole; a form must not change the page it was opened with."""

    def values(self) -> dict[str, Any]:
        return {name: _one_line_ends(self.cleaned_data[name]) for name in self.Meta.fields}


class MythReviewForm(forms.Form):
    agrees = forms.ChoiceField(
        label=_("Do you agree to these words?"),
        choices=[("yes", _("I agree")), ("no", _("I disagree, and say why"))],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Reason, or a remark"),
        required=False,
        max_length=1500,
        help_text=_("Shown with the check under your name."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    no_conflict = forms.BooleanField(label=_("I have no conflict of interest in this matter"), required=False)
    conflict = forms.CharField(label=_("Otherwise: what it is"), required=False, max_length=300)

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "agrees": data["agrees"] == "yes",
            "note": _one_line_ends(data["note"]),
            "no_conflict": data["no_conflict"],
            "conflict": data["conflict"],
        }


class MomentInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class StepForm(forms.Form):
    """What one role does now."""

    role = forms.ChoiceField(label=_("For"), choices=Role.choices)
    do = forms.CharField(
        label=_("Do"),
        required=False,
        max_length=1500,
        help_text=_("A step to a line."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    dont = forms.CharField(label=_("Do not"), required=False, max_length=1500, widget=forms.Textarea(attrs={"rows": 2}))


StepFormSet = forms.formset_factory(StepForm, extra=0, min_num=1, max_num=MAX_STEPS, absolute_max=MAX_STEPS)


class BulletinForm(forms.ModelForm):  # type: ignore[type-arg]
    """A bulletin as its writers fill it in, in the order in which it is read. What to do stands in StepFormSet."""

    PARTS: ClassVar[dict[str, tuple[str, ...]]] = {
        "first": ("title", "severity", "is_drill"),
        "happened": ("known_since", "known", "unknown", "being_done"),
        "trusted": ("trust", "sources"),
        "after": ("consequences", "contacts"),
        "about": (
            "next_update_at", "expires_at", "who_regions", "countries", "professions", "audience", "supersedes",
        ),
    }  # fmt: skip

    who_regions = RegionsField(label=_("WHO regions"), help_text=_("None: everywhere."))
    audience = forms.ChoiceField(
        label=_("Who may read it"),
        choices=[(each.value, each.label) for each in (Audience.PUBLIC, Audience.MEMBERS, Audience.VERIFIED)],
    )

    class Meta:
        model = BulletinPage
        fields = (
            "title", "severity", "is_drill", "known_since", "known", "unknown", "being_done", "trust", "sources",
            "consequences", "contacts", "next_update_at", "expires_at", "who_regions", "countries", "professions",
            "audience", "supersedes",
        )  # fmt: skip
        help_texts = {"title": ""}
        widgets = {
            "title": forms.TextInput,
            "severity": forms.RadioSelect,
            "known_since": MomentInput,
            "next_update_at": MomentInput,
            "expires_at": MomentInput,
            "known": forms.Textarea(attrs={"rows": 4}),
            "unknown": forms.Textarea(attrs={"rows": 3}),
            "being_done": forms.Textarea(attrs={"rows": 3}),
            "trust": forms.Textarea(attrs={"rows": 3}),
            "sources": forms.Textarea(attrs={"rows": 3}),
            "consequences": forms.Textarea(attrs={"rows": 3}),
            "contacts": forms.Textarea(attrs={"rows": 2}),
            "countries": forms.SelectMultiple(attrs={"size": 6}),
            "professions": forms.SelectMultiple(attrs={"size": 6}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["severity"].choices = Severity.choices  # type: ignore[attr-defined]
        self.fields["countries"].iterator = ByName  # type: ignore[attr-defined]
        self.fields["countries"].queryset = Country.objects.all()  # type: ignore[attr-defined]
        self.fields["professions"].queryset = Profession.objects.all()  # type: ignore[attr-defined]
        others = BulletinPage.objects.live().exclude(pk=self.instance.pk).order_by("-first_released_at")
        self.fields["supersedes"].queryset = others[:50]  # type: ignore[attr-defined]
        if not self.instance.pk:
            moment = now()
            self.initial = {
                **self.initial,
                "severity": Severity.WARNING,
                "known_since": moment,
                "next_update_at": moment + timedelta(hours=12),
                "expires_at": moment + USUAL_LIFE,
            }

    def _post_clean(self) -> None:
        """The operation checks the page as a whole; a form must not change the page it was opened with."""

    def values(self) -> dict[str, Any]:
        return {name: _one_line_ends(self.cleaned_data[name]) for name in self.Meta.fields}


class AloneForm(forms.Form):
    """Breaking the glass."""

    reason = forms.CharField(
        label=_("Why it cannot wait for a second person"), max_length=200, help_text=_("Kept with the release.")
    )


def _one_line_ends(value: Any) -> Any:
    """Browsers send CRLF; stored words and the offsets of findings use LF."""
    return value.replace("\r\n", "\n").replace("\r", "\n") if isinstance(value, str) else value
