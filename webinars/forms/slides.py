"""The form for slides."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.core.errors import Invalid
from webinars.media.slides import MAX_BYTES
from webinars.models import Deck, Webinar
from webinars.operations.slides import add_deck

TOO_LARGE = _("The file is larger than 8 MB. Please save it with smaller pictures.")


class DeckForm(forms.Form):
    """A title and a PDF."""

    title = forms.CharField(label=_("Title"), max_length=120, help_text=_("Shown to the crew only."))
    file = forms.FileField(
        label=_("Slides as a PDF"),
        help_text=_("At most 8 MB and 200 pages. No patient may be named or shown on them."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
    )

    def send(self, webinar: Webinar, *, by: Any) -> Deck:
        """Take the slides in. Raises Invalid for a file that is too large, and what the operation raises."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise Invalid({"file": [str(TOO_LARGE)]})
        return add_deck(webinar, by=by, title=self.cleaned_data["title"], content=file.read())
