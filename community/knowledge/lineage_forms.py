"""What readers type in when they face a problem, adapt a write-up, report on it, or look for one."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from community.knowledge.matching import Setting
from community.knowledge.models.lineage import (
    Adaptation,
    Decider,
    DeliveryLevel,
    Fidelity,
    Goal,
    Modified,
    Moment,
    Nature,
    OutcomeHere,
    Planning,
    Reason,
    ReportMonth,
)
from community.knowledge.operations.lineage import Found, Frame
from community.knowledge.practice.blocks import UNITS
from community.knowledge.practice.facets import FacilityLevel, IncomeLevel, Kind, Locality, PopulationBand, StaffMix
from community.members.forms.choices import NamedField
from community.members.models import Country, Specialty

NOT_SAID = _("Not said")
NO_PATIENT = _("Speak of groups of patients, never of one.")


def _either(choices: Any, empty: Any = NOT_SAID) -> list[Any]:
    return [("", empty), *choices]


def _country(label: Any, empty: Any = NOT_SAID) -> forms.ModelChoiceField:
    return NamedField(Country.objects.all(), label=label, to_field_name="code", required=False, empty_label=str(empty))


def _several(choices: Any, label: Any, help_text: Any = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        choices=choices, label=label, help_text=help_text, widget=forms.CheckboxSelectMultiple
    )


def _one(choices: Any, label: Any, help_text: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(choices=choices, label=label, help_text=help_text, widget=forms.RadioSelect)


class FacingForm(forms.Form):
    """Where a member meets the same problem."""

    country = _country(_("Country"))
    facility_level = forms.ChoiceField(label=_("Facility"), choices=_either(FacilityLevel.choices), required=False)
    locality = forms.ChoiceField(label=_("Town or country"), choices=_either(Locality.choices), required=False)


class AdaptForm(forms.Form):
    """The questions of FRAME, in the words of a ward."""

    guarded: ClassVar[tuple[str, ...]] = ("title", "what_changed")
    PARTS: ClassVar[list[tuple[Any, tuple[str, ...]]]] = [
        (_("Your setting"), ("title", "country", "facility_level", "locality", "started_on")),
        (_("What you change"), ("modified", "nature", "what_changed", "fidelity")),
        (_("When, and who decided"), ("moment", "planning", "decided_by", "delivery_level")),
        (_("What for, and why"), ("goals", "reasons")),
    ]

    title = forms.CharField(
        label=_("Title of your adaptation"), max_length=160, help_text=_("As it is done where you work. No patient.")
    )
    country = _country(_("Country"))
    facility_level = forms.ChoiceField(label=_("Facility"), choices=_either(FacilityLevel.choices), required=False)
    locality = forms.ChoiceField(label=_("Town or country"), choices=_either(Locality.choices), required=False)
    started_on = forms.DateField(
        label=_("In use since"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("About when you began. You are asked how it went 3, 6 and 12 months after this day."),
    )
    modified = _several(Modified.choices, _("What do you change?"))
    nature = _several(Nature.choices, _("How?"))
    what_changed = forms.CharField(
        label=_("In your own words"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=NO_PATIENT,
    )
    fidelity = _one(
        Fidelity.choices,
        _("Are the core elements kept?"),
        _("Only adaptations that kept all of them count as a replication."),
    )
    moment = _one(Moment.choices, _("When was it changed?"))
    planning = _one(Planning.choices, _("Was the change planned?"))
    decided_by = _several(Decider.choices, _("Who decided?"))
    delivery_level = _one(DeliveryLevel.choices, _("For whom is it changed?"))
    goals = _several(Goal.choices, _("What for?"))
    reasons = _several(Reason.choices, _("What made it necessary?"))

    def frame(self) -> Frame:
        return Frame(**{**self.cleaned_data, "title": " ".join(self.cleaned_data["title"].split())})

    def parts(self) -> list[tuple[Any, list[forms.BoundField]]]:
        return [(heading, [self[name] for name in names]) for heading, names in self.PARTS]


class ReportForm(forms.Form):
    """What came of an adaptation after some months."""

    guarded: ClassVar[tuple[str, ...]] = ("measure", "note")

    month = forms.TypedChoiceField(label=_("When"), choices=[], coerce=int, widget=forms.RadioSelect)
    outcome = _one(OutcomeHere.choices, _("Compared with before, the outcome here is"))
    measure = forms.CharField(
        label=_("Measured by"), max_length=160, required=False, help_text=_("Such as: seen again within 30 days.")
    )
    unit = forms.ChoiceField(label=_("Unit"), choices=_either(UNITS), required=False)
    before = forms.CharField(label=_("Before"), max_length=16, required=False)
    n_before = forms.IntegerField(label=_("People or observations before"), min_value=0, required=False)
    after = forms.CharField(label=_("After"), max_length=16, required=False)
    n_after = forms.IntegerField(
        label=_("People or observations after"),
        min_value=0,
        required=False,
        help_text=_("Counts under 5 can point to one person: take a longer period, or leave the figures out."),
    )
    note = forms.CharField(
        label=_("What should others know?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=NO_PATIENT,
    )

    def __init__(self, data: Any = None, *, adaptation: Adaptation, today: date) -> None:
        super().__init__(data, initial=_made(adaptation, today))
        due = [value for value in ReportMonth.values if adaptation.due_on(value) <= today]
        self.fields["month"].choices = [(value, ReportMonth(value).label) for value in due]  # type: ignore[attr-defined]

    def found(self) -> Found:
        return Found(**{name: value for name, value in self.cleaned_data.items() if name != "month"})


class MatchForm(forms.Form):
    """A problem and where it is met."""

    problem = forms.CharField(
        label=_("Your problem"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What goes wrong, for which group of patients, and what you have tried. No patient, not even one."),
    )
    specialty = NamedField(
        Specialty.objects.all(),
        label=_("Specialty"),
        to_field_name="slug",
        required=False,
        empty_label=NOT_SAID,  # type: ignore[arg-type]
    )
    country = _country(_("Country"))
    facility_level = forms.ChoiceField(label=_("Facility"), choices=_either(FacilityLevel.choices), required=False)
    income_level = forms.ChoiceField(label=_("Income level"), choices=_either(IncomeLevel.choices), required=False)
    locality = forms.ChoiceField(label=_("Town or country"), choices=_either(Locality.choices), required=False)
    staff_mix = forms.ChoiceField(label=_("Staff"), choices=_either(StaffMix.choices), required=False)
    population_band = forms.ChoiceField(
        label=_("People served"), choices=_either(PopulationBand.choices), required=False
    )
    kind = forms.ChoiceField(label=_("Show"), choices=_either(Kind.choices, _("Everything")), required=False)

    def setting(self) -> Setting:
        data, country = self.cleaned_data, self.cleaned_data["country"]
        names = ("income_level", "locality", "facility_level", "staff_mix", "population_band")
        return Setting(
            country=country.code if country else "",
            subregion=country.m49_subregion if country else "",
            region=country.who_region if country else "",
            **{name: data[name] for name in names},
        )


def _made(adaptation: Adaptation, today: date) -> dict[str, Any]:
    """The first report that is due and missing stands chosen, or else the newest, to be corrected."""
    made = {report.month for report in adaptation.reports.all()}
    due = [value for value in ReportMonth.values if adaptation.due_on(value) <= today]
    missing = [value for value in due if value not in made]
    return {"month": missing[0] if missing else due[-1] if due else None}
