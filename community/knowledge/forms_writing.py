"""The guided form: one step of a write-up as fields, groups of fields and lists of rows.

Forms check shape and say which figures are too small; rights and words are checked by the operations.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from community.core.audiences import MEMBERS, PUBLIC, VERIFIED
from community.core.text import listed
from community.knowledge.practice import blocks, facets
from community.knowledge.practice.figures import is_figure, small_cells
from community.knowledge.practice.labels import label_of
from community.knowledge.practice.sections import Section, digest_of, is_empty, part_of, rows_of, values_of
from community.knowledge.practice.words import WHEN
from community.members.forms.choices import grouped_specialties, language_choices
from community.members.models import Country

CASE_FREE = _("Groups of patients, never one. Markdown works: **bold**, - list.")
SEARCHABLE = {"size": "6", "data-searchable": _("Search in this list")}
MONTH = {"type": "month", "placeholder": "2026-03"}
AUDIENCES = [
    (PUBLIC, _("Everybody, also without an account")),
    (MEMBERS, _("Members")),
    (VERIFIED, _("Verified clinicians")),
]
SPARE_ROWS, MORE_ROWS, FIRST_ROWS = 1, 4, 2

HELP: dict[str, str | Promise] = {
    "result": _("What changed, by how much, in how long: one line that stands in lists."),
    "problem": _(
        "What went wrong or was missing, for whom, and how often. A colleague with the same problem finds you by it."
    ),
    "summary": _("What a busy colleague takes away: the problem, what you did, what came of it, what to keep."),
    "plain": _("For people without training: patients’ groups, a health committee, a newspaper."),
    "baseline": _("How it was before you began, with numbers where you have them."),
    "unintended": _("Good and bad: more work elsewhere, other services used less, new inequalities."),
    "not_worked": _("The most useful part for others. What you would not do again, and why."),
    "equity": _("Who gained and who was missed: by distance, money, language, sex, disability."),
    "cost": _("To start and to run, in money of the year, as far as you know."),
    "sustaining": _("Who carries it now, what it needs each month, what would end it."),
    "place": _("A town or a facility, if those who work there agree. It can be left out."),
    "population_band": _("How many people the service is for, not how many were treated."),
    "tags": _("With commas between them, such as: oxytocin, cold chain, triage."),
    "started_on": _("A month, such as 2025-03."),
    "ended_on": _("Leave it out while it goes on."),
    "audience": _("Who can read it once it is published. Drafts are read by their authors and reviewers only."),
}
LIST_HELP: dict[str, str | Promise] = {
    "timeline": _("One row for each step, in order."),
    "core": _("What must stay as it is, or it is another practice."),
    "adaptable": _("What others may change, and how you did it."),
    "team": _("Roles, not names."),
    "measures": _("Leave a number out if you do not have it. Write <5 for a count from 1 to 4."),
    "getting_started": _("The first three things somebody else would do."),
    "checklist": _("One action for each step. Mark those that must never be left out."),
    "sources": _("Guidelines, studies, reports. Only what you have read."),
}
ATTEMPT_HELP: dict[str, str | Promise] = {
    "result": _("What you hoped for, and what came instead."),
    "summary": _(
        "What you tried, how you noticed that it did not work, and why you think so. Others need not repeat it."
    ),
    "core": _("What it stood or fell with: a person, a supply, a rule."),
    "adaptable": _("What you would do differently."),
    "sustaining": _("Was it stopped, changed, or does it still run? Who decided?"),
}


class Row(forms.Form):
    """One row of a list. Nothing is required of an empty row; `main` is required of any other."""

    main: ClassVar[str] = ""
    use_required_attribute = False

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not is_empty(data) and not data.get(self.main) and self.main not in self.errors:
            self.add_error(self.main, _now("Fill this in, or empty the row."))
        return data


def _text(label: Any, longest: int, **attrs: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, required=False, widget=forms.TextInput(attrs=attrs))


def _area(label: Any, rows: int = 2, longest: int = 2000) -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, required=False, widget=forms.Textarea(attrs={"rows": rows}))


def _choice(label: Any, choices: Any, empty: Any = "—") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[("", empty), *choices], required=False)


class TimelineRow(Row):
    main = "what"
    when = _text(_("When"), 60, placeholder="2025-03")
    what = _text(_("What was done"), 160)
    detail = _area(_("More"))


class ElementRow(Row):
    main = "element"
    element = _text(_("Element"), 200)
    why = _area(_("Why, or how"))


class RoleRow(Row):
    main = "role"
    role = _text(_("Role"), 120)
    people = _text(_("How many"), 40)
    part = _area(_("What they did"))


class StepRow(Row):
    main = "title"
    title = _text(_("Step"), 200)
    text = _area(_("More"))


class CheckRow(Row):
    main = "step"
    step = _text(_("Step"), 240)
    who = _text(_("Who"), 80)
    note = _text(_("Note"), 240)
    critical = forms.BooleanField(label=_("Must not be left out"), required=False)


class SourceRow(Row):
    main = "citation"
    citation = _area(_("Source"), longest=600)
    url = forms.URLField(label=_("Address"), required=False, assume_scheme="https")
    doi = forms.RegexField(
        r"^10\.\d{4,9}/\S+$", label="DOI", required=False, error_messages={"invalid": _("A DOI starts with 10.")}
    )


class MeasureRow(Row):
    """Cells under 5 are refused, each with its reason beside it."""

    main = "name"
    name = _text(_("Measure"), 160, placeholder=_("Women given oxytocin within one minute of birth"))
    unit = forms.ChoiceField(label=_("Unit"), choices=blocks.UNITS, required=False)
    before = _text(_("Before"), 16, inputmode="decimal")
    after = _text(_("After"), 16, inputmode="decimal")
    n_before = forms.IntegerField(label=_("n before"), min_value=0, required=False)
    n_after = forms.IntegerField(label=_("n after"), min_value=0, required=False)
    better = _choice(
        _("Direction"), [("higher", _("Higher is better")), ("lower", _("Lower is better"))], _("Not said")
    )
    period = _text(_("Period"), 80, placeholder="2025-01 / 2025-06")
    design = forms.ChoiceField(label=_("Design"), choices=blocks.DESIGNS, required=False, initial="before_after")
    note = _text(_("Note"), 300)

    def has_changed(self) -> bool:
        """A row in which only the choices stand that it came with says nothing."""
        return not is_empty({name: value for name, value in self._sent().items() if name not in {"unit", "design"}})

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if is_empty({name: value for name, value in data.items() if name not in {"unit", "design"}}):
            return {}
        data = super().clean()
        for arm in ("before", "after"):
            if data.get(arm) and not is_figure(data[arm]):
                self.add_error(arm, _now("Write a number, or <5 for a count from 1 to 4."))
        for name, reason in small_cells(data).items():
            self.add_error(name, forms.ValidationError(reason, code="small_cell"))
        return data

    def _sent(self) -> dict[str, Any]:
        return {name: self[name].data for name in self.fields}


ROWS: dict[str, type[Row]] = {
    "timeline": TimelineRow,
    "core": ElementRow,
    "adaptable": ElementRow,
    "team": RoleRow,
    "measures": MeasureRow,
    "getting_started": StepRow,
    "checklist": CheckRow,
    "sources": SourceRow,
}
#: Parts that are a group of fields: each field of the form is called `<part>__<field>`.
GROUPS: dict[str, dict[str, Any]] = {
    "resources": {
        "money": lambda: _choice(_("Money to start"), blocks.MONEY, _("Not said")),
        "time": lambda: _choice(_("Staff time"), blocks.TIME, _("Not said")),
        "equipment": lambda: _area(_("Equipment")),
        "it": lambda: _area(_("Computers and data")),
        "training": lambda: _area(_("Training")),
    },
    "ethics": {
        "kind": lambda: _choice(_("Ethics or quality improvement"), blocks.ETHICS, _("Not said yet")),
        "text": lambda: _area(_("More about it")),
    },
    "conflicts": {
        "none": lambda: forms.BooleanField(label=_("No author has a conflict of interest"), required=False),
        "text": lambda: _area(_("Conflicts of interest"), 3),
    },
}


@dataclass
class RowList:
    """A list of rows with its heading."""

    name: str
    label: str
    help: str
    rows: Any


class Writing:
    """One step of a draft, filled or sent: `form` with its fields, `lists` with their rows."""

    def __init__(self, draft: Any, section: Section, data: Any = None, *, more: str = "") -> None:
        self.draft, self.section = draft, section
        self.form = self._form(data)
        self.lists = [self._list(name, data, more) for name in section.parts if name in ROWS]

    def is_valid(self) -> bool:
        return all([self.form.is_valid(), *(each.rows.is_valid() for each in self.lists)])

    @property
    def errors(self) -> int:
        """How many places need a second look."""
        return len(self.form.errors) + sum(bool(form.errors) for each in self.lists for form in each.rows)

    def values(self) -> dict[str, Any]:
        """What the operation takes: fields, texts, groups and rows by name."""
        data = self.form.cleaned_data
        values: dict[str, Any] = {name: data[name] for name in self._plain_names()}
        for name in self._groups():
            values[name] = {key: data[f"{name}__{key}"] for key in GROUPS[name]}
        for each in self.lists:
            rows = [form.cleaned_data for form in each.rows]
            values[each.name] = [row for row in rows if not is_empty(row)]
        return values

    def prose(self) -> dict[str, str]:
        """What was typed in words: the key of each field and its name."""
        rows = [form for each in self.lists for form in each.rows]
        return {
            form.add_prefix(name): name
            for form in [self.form, *rows]
            for name, field in form.fields.items()
            if type(field) is forms.CharField and not field.widget.is_hidden and name not in WHEN
        }

    def _plain_names(self) -> list[str]:
        parts = [name for name in self.section.parts if name not in ROWS and name not in GROUPS]
        return [*self.section.fields, *parts]

    def _groups(self) -> Iterator[str]:
        return (name for name in self.section.parts if name in GROUPS)

    def _form(self, data: Any) -> forms.Form:
        fields: dict[str, Any] = {name: field_for(name, self.draft.kind) for name in self._plain_names()}
        initial = {name: value or "" for name, value in values_of(self.draft, self.section).items() if name in fields}
        for name in self._groups():
            stored = part_of(self.draft, name) or {}
            for key, make in GROUPS[name].items():
                fields[f"{name}__{key}"] = make()
                initial[f"{name}__{key}"] = stored.get(key, "")
        initial["tags"] = ", ".join(initial.get("tags") or [])
        fields["seen"] = forms.CharField(widget=forms.HiddenInput, required=False)
        initial["seen"] = digest_of(self.draft, self.section)
        form: forms.Form = type("SectionForm", (SectionForm,), fields)(data, initial=initial)
        return form

    def _list(self, name: str, data: Any, more: str) -> RowList:
        stored = rows_of(part_of(self.draft, name))
        extra = MORE_ROWS if more == name else (SPARE_ROWS if stored or name == "measures" else FIRST_ROWS)
        factory = forms.formset_factory(ROWS[name], extra=extra, max_num=40, absolute_max=60)
        help_text = help_of(name, self.draft.kind)
        return RowList(
            name, str(label_of(name, self.draft.kind)), str(help_text), factory(data, initial=stored, prefix=name)
        )


class SectionForm(forms.Form):
    """The plain fields of a step."""

    use_required_attribute = False
    guarded: ClassVar[tuple[str, ...]] = ()

    def clean_tags(self) -> list[str]:
        return listed(self.cleaned_data["tags"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        started, ended = data.get("started_on"), data.get("ended_on")
        if started and ended and ended < started:
            self.add_error("ended_on", _now("It ends before it starts."))
        return data


def help_of(name: str, kind: str) -> Any:
    own = ATTEMPT_HELP.get(name) if kind == facets.Kind.ATTEMPT else None
    return own or HELP.get(name) or LIST_HELP.get(name, "")


def field_for(name: str, kind: str) -> forms.Field:
    """The form field of a column or a text part."""
    if name in FIELDS:
        field: forms.Field = FIELDS[name]()
    else:
        field = forms.CharField(
            max_length=20_000, required=False, strip=True, widget=forms.Textarea(attrs={"rows": 6, "data-grow": ""})
        )
    field.label = str(label_of(name, kind))
    field.help_text = help_of(name, kind)
    return field


def _countries() -> list[tuple[str, str]]:
    return [("", _now("Choose a country")), *Country.objects.all().names().items()]


def _month(name: str) -> forms.DateField:
    return forms.DateField(
        required=False, input_formats=["%Y-%m", "%Y-%m-%d"], widget=forms.DateInput(attrs=MONTH, format="%Y-%m")
    )


FIELDS: dict[str, Any] = {
    "title": lambda: forms.CharField(max_length=160),
    "result": lambda: forms.CharField(max_length=240, required=False),
    "problem": lambda: forms.CharField(
        max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 5, "data-grow": ""})
    ),
    "country": lambda: forms.ChoiceField(choices=_countries, required=False),
    "place": lambda: forms.CharField(max_length=160, required=False),
    "income_level": lambda: _choice("", facets.IncomeLevel.choices, _("Not said")),
    "locality": lambda: _choice("", facets.Locality.choices, _("Not said")),
    "facility_level": lambda: _choice("", facets.FacilityLevel.choices, _("Not said")),
    "staff_mix": lambda: _choice("", facets.StaffMix.choices, _("Not said")),
    "population_band": lambda: _choice("", facets.PopulationBand.choices, _("Not said")),
    "specialties": lambda: forms.MultipleChoiceField(
        choices=grouped_specialties, required=False, widget=forms.SelectMultiple(attrs=dict(SEARCHABLE))
    ),
    "tags": lambda: forms.CharField(max_length=360, required=False),
    "language": lambda: forms.ChoiceField(choices=language_choices),
    "started_on": lambda: _month("started_on"),
    "ended_on": lambda: _month("ended_on"),
    "audience": lambda: forms.ChoiceField(choices=AUDIENCES, widget=forms.RadioSelect),
}


class StartForm(forms.Form):
    """How a write-up begins: its kind and a title."""

    kind = forms.ChoiceField(label=_("What do you want to share?"), choices=facets.Kind, widget=forms.RadioSelect)
    title = forms.CharField(
        label=_("Title"),
        max_length=160,
        help_text=_("The problem and what you tried, as you would say it to a colleague. It can change later."),
    )


class InviteForm(forms.Form):
    handle = forms.CharField(
        label=_("Handle of the member"), max_length=41, help_text=_("As it stands on their profile.")
    )


class CommentForm(forms.Form):
    section = forms.ChoiceField(label=_("About"))
    text = forms.CharField(label=_("Comment"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, sections: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["section"].choices = [(each.name, each.title) for each in sections]  # type: ignore[attr-defined]


class FigureForm(forms.Form):
    surfaces: ClassVar[dict[str, str]] = {"description": "alt_text", "caption": "practice"}
    file = forms.FileField(label=_("Image"), help_text=_("JPEG, PNG or WebP, at most 10 MB. No patient on it."))
    description = forms.CharField(
        label=_("Description"),
        max_length=255,
        help_text=_("What it shows, for those who do not see it. Without it the image is not taken."),
    )
    caption = forms.CharField(label=_("Caption"), max_length=300, required=False)


class HandoutForm(forms.Form):
    surfaces: ClassVar[dict[str, str]] = {"title": "practice", "about": "practice"}
    file = forms.FileField(label="PDF", help_text=_("At most 10 MB. Scripts, forms and attachments in it are removed."))
    title = forms.CharField(label=_("Title"), max_length=120)
    about = forms.CharField(label=_("What it is for"), max_length=200, required=False)
