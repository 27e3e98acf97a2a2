"""Filters of the list, reminders, and a question in advance."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class ListForm(forms.Form):
    """All optional: language and specialty, of those that occur. What is not understood is left out."""

    language = forms.ChoiceField(label=_("Language"), required=False)
    specialty = forms.ChoiceField(label=_("Specialty"), required=False)

    def __init__(self, *args: Any, languages: Any, specialties: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [("", _("All")), *languages]  # type: ignore[attr-defined]
        self.fields["specialty"].choices = [("", _("All")), *specialties]  # type: ignore[attr-defined]

    def wanted(self) -> dict[str, str]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class RemindersForm(forms.Form):
    day = forms.BooleanField(label=_("a day before"), required=False)
    hour = forms.BooleanField(label=_("an hour before"), required=False)
    ten = forms.BooleanField(label=_("ten minutes before"), required=False)


class QuestionForm(forms.Form):
    """A question before the start; `ref` makes a repeated submission the same question."""

    text = forms.CharField(
        label=_("Your question"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("To the speakers. About a group of patients, never about one."),
    )
    anonymous = forms.BooleanField(
        label=_("Show my profession and region only"),
        required=False,
        help_text=_("Peers do not see your name; moderators can look it up, and each look is recorded."),
    )
    ref = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
