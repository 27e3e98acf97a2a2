"""What reviewers and those who invite them type in."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from community.knowledge.models import Seat, Verdict, Weight
from community.knowledge.practice.facets import Certainty
from community.knowledge.practice.sections import sections_for

NO_PATIENT = _("Speak of groups of patients, never of one.")
WHOLE = "whole"


class InterestsForm(forms.Form):
    """The declaration that opens a review."""

    guarded: ClassVar[tuple[str, ...]] = ("coi_text",)
    seat = forms.ChoiceField(label=_("Seat"), choices=Seat.choices, widget=forms.RadioSelect)
    coi_none = forms.BooleanField(
        label=_("I have no conflict of interest with this write-up or its authors"), required=False
    )
    coi_text = forms.CharField(
        label=_("Or say which"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Money, a shared post, a shared project, a rivalry. The authors and editors read it."),
    )

    def __init__(self, data: Any = None, *, seats: list[str]) -> None:
        super().__init__(data, initial={"seat": seats[0] if seats else ""})
        self.fields["seat"].choices = [(seat, Seat(seat).label) for seat in seats]  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """What the second reader of a translation asks for."""

    guarded: ClassVar[tuple[str, ...]] = ("answer",)
    answer = forms.CharField(
        label=_("Or what should change"), max_length=600, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )


class RemarkForm(forms.Form):
    """One remark on one part."""

    guarded: ClassVar[tuple[str, ...]] = ("text",)
    section = forms.ChoiceField(label=_("About"))
    weight = forms.ChoiceField(label=_("It"), choices=Weight.choices, initial=Weight.SHOULD)
    text = forms.CharField(
        label=_("Remark"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}), help_text=NO_PATIENT
    )

    def __init__(self, data: Any = None, *, kind: str) -> None:
        super().__init__(data)
        self.fields["section"].choices = section_choices(kind)  # type: ignore[attr-defined]


class VerdictForm(forms.Form):
    """The end of a review, and the rating of the literature where the reviewer knows it."""

    guarded: ClassVar[tuple[str, ...]] = ("reason", "certainty_reason")
    verdict = forms.ChoiceField(label=_("Your verdict"), choices=Verdict.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Your reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}), help_text=NO_PATIENT
    )
    certainty = forms.ChoiceField(
        label=_("Certainty of the literature behind it (GRADE)"),
        choices=[("", _("I leave this open")), *Certainty.choices],
        required=False,
        help_text=_("About studies elsewhere, not about the results here: those are the other axis."),
    )
    certainty_reason = forms.CharField(
        label=_("Why this certainty"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class CertaintyForm(forms.Form):
    guarded: ClassVar[tuple[str, ...]] = ("reason",)
    certainty = forms.ChoiceField(label=_("Certainty of the literature (GRADE)"), choices=Certainty.choices)
    reason = forms.CharField(label=_("Why"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class InviteForm(forms.Form):
    """An editor asks somebody to take a seat."""

    handle = forms.CharField(label=_("Member"), max_length=41, help_text=_("The handle, such as @ada."))
    seat = forms.ChoiceField(label=_("Seat"), choices=Seat.choices)


def section_choices(kind: str) -> list[tuple[str, Any]]:
    """What a remark can be about: the steps in which it was written, or all of it."""
    return [(WHOLE, _("The whole")), *((section.name, section.title) for section in sections_for(kind))]
