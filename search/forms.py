"""What members and editors write about search: a search to keep, words that mean the same."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from search.operations import LONGEST, LONGEST_SYNONYM


class SaveForm(forms.Form):
    """A search to keep."""

    q = forms.CharField(label=_("What are you looking for?"), widget=forms.TextInput(attrs={"maxlength": LONGEST}))

    def clean_q(self) -> str:
        return " ".join(self.cleaned_data["q"].split())


class SynonymForm(forms.Form):
    """Two ways to say the same."""

    word = forms.CharField(label=_("Words"), max_length=LONGEST_SYNONYM)
    means = forms.CharField(label=_("Means the same as"), max_length=LONGEST_SYNONYM)


class SettleForm(forms.Form):
    """Words that found nothing: done with, or what they mean."""

    text = forms.CharField(max_length=LONGEST_SYNONYM, widget=forms.HiddenInput)
    means = forms.CharField(label=_("Means the same as"), max_length=LONGEST_SYNONYM, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["means"].widget.attrs["class"] = "form-control-sm"
