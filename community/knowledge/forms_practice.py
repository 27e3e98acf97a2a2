"""The forms of readers of write-ups: retiring and reporting."""

from django import forms
from django.utils.translation import gettext_lazy as _

from community.moderation.models import Reason


class RetireForm(forms.Form):
    reason = forms.CharField(
        label=_("Why is it retired?"),
        max_length=300,
        help_text=_("Readers see this in a banner. Name what replaces it, if there is something."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReportForm(forms.Form):
    reason = forms.ChoiceField(label=_("What is wrong with it?"), choices=Reason, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("More for the moderators"),
        required=False,
        max_length=500,
        help_text=_("Do not repeat the words that could identify somebody."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
