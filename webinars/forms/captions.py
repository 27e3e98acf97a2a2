"""The form for captions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.members.forms.choices import language_choices


class CaptionsForm(forms.Form):
    """A language and a WebVTT file; `values()` are what the operation takes."""

    guarded: tuple[str, ...] = ()
    language = forms.ChoiceField(label=_("Language"), choices=language_choices)
    file = forms.FileField(
        label=_("Captions as a WebVTT file"),
        help_text=_("At most 2 MB. They take the place of those in the same language."),
        widget=forms.FileInput(attrs={"accept": "text/vtt,.vtt"}),
    )

    def values(self) -> dict[str, Any]:
        return {"language": self.cleaned_data["language"], "content": self.cleaned_data["file"].read()}
