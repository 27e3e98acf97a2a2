"""The steps of a plan, each a form of its own, and the forms that move, cancel and repeat a webinar."""

import zoneinfo
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from community.core.audiences import Viewer
from community.core.unions import tokens_in
from community.members.forms.choices import grouped_specialties, language_choices, zone_choices
from community.members.models import Specialty
from webinars.audience_words import group_choices, profession_choices
from webinars.hours import zone_of
from webinars.models import ForWhom, Series, VideoSource, Webinar
from webinars.plans import split_tags
from webinars.queries import series_of
from webinars.streaming import is_offered

SEARCHABLE = {"size": "6", "data-searchable": _("Search in this list")}
CASE_FREE = _("Speak of groups of patients, never of one.")
MINUTES = [(15 * n, _("%(n)d minutes") % {"n": 15 * n}) for n in range(1, 17)]
LONGEST = 480
CHOSEN = "chosen"


class StepForm(forms.Form):
    """One step of the plan. `values()` are what the operation takes; `guarded` fields are looked at while typing."""

    guarded: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, viewer: Viewer, webinar: Webinar | None = None, **kwargs: Any) -> None:
        self.viewer, self.webinar = viewer, webinar
        if webinar is not None:
            kwargs.setdefault("initial", self.initial_of(webinar))
        super().__init__(*args, **kwargs)

    def initial_of(self, webinar: Webinar) -> dict[str, Any]:
        return {name: getattr(webinar, name) for name in self.base_fields if hasattr(webinar, name)}

    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class WhenFields(forms.Form):
    """Date and time on the clock of a place, and how long."""

    begins = forms.DateTimeField(
        label=_("Begins"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "step": "300"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"],
        help_text=_("Date and time where you are, such as 2027-03-14 18:30."),
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=zone_choices,
        widget=forms.Select(attrs={"data-zone-guess": ""}),
        help_text=_("Everybody sees the time in their own zone; yours is shown beside it."),
    )
    minutes = forms.IntegerField(
        label=_("Minutes"), min_value=5, max_value=LONGEST, initial=60, help_text=_("With time for questions.")
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        begins, zone = data.get("begins"), data.get("time_zone")
        if begins and zone:
            data["begins"] = _moment(begins, zone)
            if data["begins"] is None:
                self.add_error("begins", _now("This hour does not exist there: the clocks are put forward."))
        return data

    def when(self) -> dict[str, Any]:
        starts, length = self.cleaned_data["begins"], timedelta(minutes=self.cleaned_data["minutes"])
        return {"starts_at": starts, "ends_at": starts + length, "time_zone": self.cleaned_data["time_zone"]}


def when_of(webinar: Webinar) -> dict[str, Any]:
    """What the fields of a time show for a webinar: the clock of its host."""
    here = webinar.starts_at.astimezone(zone_of(webinar.time_zone))
    return {"begins": here.replace(tzinfo=None), "time_zone": webinar.time_zone, "minutes": webinar.minutes}


class CreateForm(StepForm, WhenFields):
    """The first page: a name and a time. Everything else has its own step and can wait."""

    guarded = ("title",)
    title = forms.CharField(
        label=_("What is it called?"),
        max_length=160,
        help_text=_("As you would announce it on a ward: one topic, no patient."),
    )
    field_order = ["title", "begins", "minutes", "time_zone"]

    def values(self) -> dict[str, Any]:
        return {"title": _one_line(self.cleaned_data["title"]), **self.when()}


class AboutForm(StepForm):
    """What it is about."""

    guarded = ("title", "summary", "description", "objectives")
    title = forms.CharField(label=_("Title"), max_length=160)
    summary = forms.CharField(
        label=_("In one or two sentences"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Stands in lists and calendars."),
    )
    objectives = forms.CharField(
        label=_("Learning objectives"),
        max_length=1500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One on each line: what can people do afterwards?"),
    )
    description = forms.CharField(
        label=_("Description"),
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=CASE_FREE,
    )
    language = forms.ChoiceField(label=_("Language"), choices=language_choices)
    specialties = forms.ModelMultipleChoiceField(
        Specialty.objects.all(),
        label=_("Specialties"),
        to_field_name="slug",
        required=False,
        widget=forms.SelectMultiple(attrs=SEARCHABLE),
        help_text=_("Those for whom it matters most. Hold Ctrl or ⌘ to choose several."),
    )
    tags = forms.CharField(
        label=_("Tags"), required=False, max_length=240, help_text=_("Up to five, with commas between them.")
    )
    series = forms.ModelChoiceField(
        Series.objects.none(), label=_("Series"), to_field_name="slug", required=False, empty_label=_("None")
    )
    new_series = forms.CharField(
        label=_("Or begin a series"), required=False, max_length=160, help_text=_("Such as: Case-free rounds.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["specialties"].choices = grouped_specialties()  # type: ignore[attr-defined]
        self.fields["series"].queryset = series_of(self.viewer)  # type: ignore[attr-defined]

    def initial_of(self, webinar: Webinar) -> dict[str, Any]:
        words = super().initial_of(webinar)
        chosen = {"specialties": [found.slug for found in webinar.specialties.all()]}
        return {
            **words,
            **chosen,
            "tags": ", ".join(webinar.tags.names()),
            "series": webinar.series and webinar.series.slug,
        }

    def clean_tags(self) -> list[str]:
        tags = split_tags(self.cleaned_data["tags"])
        if len(tags) > 5 or any(len(tag) > 40 for tag in tags):
            raise forms.ValidationError(_("At most five tags, each of at most 40 characters."))
        return tags

    def values(self) -> dict[str, Any]:
        data = {**self.cleaned_data, "title": _one_line(self.cleaned_data["title"])}
        for name in ("description", "objectives", "summary"):
            data[name] = data[name].replace("\r\n", "\n")
        del data["new_series"]
        return data


class TimeForm(StepForm, WhenFields):
    """When, as long as nobody knows about it."""

    field_order = ["begins", "minutes", "time_zone"]

    def initial_of(self, webinar: Webinar) -> dict[str, Any]:
        return when_of(webinar)

    def values(self) -> dict[str, Any]:
        return self.when()


class AudienceForm(StepForm):
    """Who may attend: a wide audience, or any number of professions and private groups."""

    for_whom = forms.ChoiceField(
        label=_("Who may attend?"),
        choices=[*ForWhom.choices, (CHOSEN, _("Only those whom I choose below"))],
        widget=forms.RadioSelect,
        help_text=_("Others do not see that it exists. Taking part in chat and questions always needs a verification."),
    )
    professions = forms.MultipleChoiceField(
        label=_("Verified members of these professions"),
        choices=profession_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    groups = forms.MultipleChoiceField(
        label=_("Members of these private groups"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The groups to which you belong. A group may be added to verified clinicians as well."),
    )
    capacity = forms.IntegerField(
        label=_("Places"),
        required=False,
        min_value=1,
        max_value=100_000,
        help_text=_("Leave it empty for as many as come. When all are taken, a waiting list begins."),
    )
    needs_approval = forms.BooleanField(
        label=_("I approve each registration"), required=False, help_text=_("For workshops and small groups.")
    )
    names_attendance = forms.BooleanField(
        label=_("Organisers see who attended, and for how long"),
        required=False,
        help_text=_("Whoever registers is told so first. Without this you see numbers only."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        present = tokens_in(self.webinar.for_whom) if self.webinar else []
        groups = group_choices(self.viewer, present)
        self.fields["groups"].choices = groups  # type: ignore[attr-defined]
        if not groups:
            del self.fields["groups"]

    def initial_of(self, webinar: Webinar) -> dict[str, Any]:
        tokens = tokens_in(webinar.for_whom)
        wide = [token for token in tokens if token in ForWhom.values]
        chosen = {"for_whom": wide[0] if wide else CHOSEN, "professions": tokens, "groups": tokens}
        return {**super().initial_of(webinar), **chosen}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("for_whom") == CHOSEN and not self._ticked(data):
            self.add_error("professions", _now("Choose at least one profession or group."))
        return data

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        wide = {data["for_whom"]} - {CHOSEN}
        kept = {name: data[name] for name in ("capacity", "needs_approval", "names_attendance")}
        return {"for_whom": sorted(wide | self._ticked(data)), **kept}

    @staticmethod
    def _ticked(data: dict[str, Any]) -> set[str]:
        return {*data.get("professions", ()), *data.get("groups", ())}


class RoomForm(StepForm):
    """Video and the rules of the room."""

    video_source = forms.ChoiceField(
        label=_("Where does the video come from?"),
        choices=VideoSource,
        widget=forms.RadioSelect,
        help_text=_("From the browser needs nothing but camera and microphone, and makes the recording by itself."),
    )
    video_url = forms.URLField(
        label=_("Address of the video"),
        max_length=400,
        required=False,
        assume_scheme="https",
        help_text=_("Only for video from elsewhere. Those who registered see it while the room is open."),
    )
    broadcast_delay = forms.IntegerField(
        label=_("Broadcast delay in seconds"),
        min_value=0,
        max_value=60,
        help_text=_(
            "Gives moderators time to cut something out before anybody sees it. 0 for none. "
            "It holds for video from the browser and from OBS over RTMP, not for video from elsewhere."
        ),
    )
    chat_open = forms.BooleanField(label=_("Open the chat"), required=False)
    slow_seconds = forms.IntegerField(
        label=_("Seconds between two lines of one person"), min_value=0, max_value=300, help_text=_("0 for no limit.")
    )
    questions_queued = forms.BooleanField(
        label=_("A moderator looks at each question before others see it"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        present = self.webinar.video_source if self.webinar else ""
        if not is_offered() and present != VideoSource.INGEST:
            others = [choice for choice in VideoSource.choices if choice[0] != VideoSource.INGEST]
            self.fields["video_source"].choices = others  # type: ignore[attr-defined]


class WholePlanForm(AboutForm, AudienceForm, RoomForm):
    """All that can be changed at any time, on one page: for editors."""

    guarded = AboutForm.guarded
    field_order = [*AboutForm.base_fields, *AudienceForm.base_fields, *RoomForm.base_fields]

    def values(self) -> dict[str, Any]:
        told = AboutForm.values(self) | AudienceForm.values(self)
        return {name: value for name, value in told.items() if name not in {"professions", "groups"}}


STEPS: dict[str, tuple[Any, type[StepForm]]] = {
    "about": (_("What it is about"), AboutForm),
    "time": (_("When"), TimeForm),
    "audience": (_("Who may attend"), AudienceForm),
    "room": (_("Video and room"), RoomForm),
}


class MoveForm(WhenFields):
    """Another time for a webinar that people know about."""

    note = forms.CharField(
        label=_("What should those who registered know?"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Shown on the page. The mail says only that the time has changed."),
    )
    field_order = ["begins", "minutes", "time_zone", "note"]


class CancelForm(forms.Form):
    note = forms.CharField(
        label=_("What should those who registered know?"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class RepeatForm(forms.Form):
    """A recurring series: more drafts of the same plan."""

    rhythm = forms.ChoiceField(
        label=_("How often?"),
        choices=[
            ("weekly", _("Every week")),
            ("fortnightly", _("Every two weeks")),
            ("monthly", _("Every month, on the same weekday")),
        ],
        initial="monthly",
        widget=forms.RadioSelect,
    )
    times = forms.IntegerField(label=_("How many more?"), min_value=1, max_value=24, initial=3)


def _moment(begins: datetime, zone: str) -> datetime | None:
    """The moment at which a clock in `zone` shows this; None for an hour that it leaves out."""
    here = begins.replace(tzinfo=zoneinfo.ZoneInfo(zone))
    moment = here.astimezone(UTC)
    return moment if moment.astimezone(here.tzinfo).replace(tzinfo=None) == here.replace(tzinfo=None) else None


def _one_line(text: str) -> str:
    return " ".join(text.split())
