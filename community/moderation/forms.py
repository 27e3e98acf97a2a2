"""What moderators and reporters fill in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.moderation.models import Outcome, Reason, Review, Sanction


class ReportForm(forms.Form):
    """Why a member thinks that a human should look."""

    reason = forms.ChoiceField(label=_("What is wrong?"), choices=Reason.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Anything the moderators should know"),
        help_text=_("Do not repeat the words that worry you; the moderators see the contribution itself."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
        required=False,
    )


class DecisionForm(forms.Form):
    """A decision on the version of a review that the moderator saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect)
    reason = forms.ChoiceField(label=_("Reason"), choices=Reason.choices)
    note = forms.CharField(
        label=_("Note to the author"),
        help_text=_("One or two sentences that help them to do better; without what could identify a patient."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        required=False,
    )

    def __init__(self, *args: Any, review: Review, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"version": review.version, "reason": review.reason})
        super().__init__(*args, **kwargs)
        outcomes = review.outcomes if review.is_waiting else (Outcome.RESTORE,)
        self.fields["outcome"].choices = [(one.value, one.label) for one in outcomes]  # type: ignore[attr-defined]


class SanctionForm(forms.Form):
    """A ceiling on what an author may do, for some days or until it is lifted."""

    kind = forms.ChoiceField(label=_("Sanction"), choices=Sanction.Kind.choices)
    reason = forms.ChoiceField(label=_("Reason"), choices=Reason.choices)
    days = forms.IntegerField(
        label=_("For how many days"),
        help_text=_("Empty: until a moderator lifts it."),
        min_value=1,
        max_value=365,
        required=False,
    )


class QueueFilter(forms.Form):
    """Which part of the queue to show."""

    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("All kinds")), *Review.Kind.choices], required=False)
    reason = forms.ChoiceField(label=_("Reason"), choices=[("", _("All reasons")), *Reason.choices], required=False)
    show = forms.ChoiceField(
        label=_("Show"),
        choices=[("waiting", _("Waiting")), ("mine", _("Claimed by me")), ("decided", _("Decided"))],
        required=False,
    )
