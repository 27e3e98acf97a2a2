"""The form for slides."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.core.errors import Boundary, Invalid
from webinars.media.slides import MAX_BYTES
from webinars.models import Webinar
from webinars.operations.slides import add_deck

TOO_LARGE = _("The file is larger than 8 MB. Please save it with smaller pictures.")


class DeckForm(forms.Form):
    """A title and a PDF. `status` is that of the answer after a try."""

    title = forms.CharField(label=_("Title"), max_length=120, help_text=_("Shown to the crew only."))
    file = forms.FileField(
        label=_("Slides as a PDF"),
        help_text=_("At most 8 MB and 200 pages. No patient may be named or shown on them."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
    )
    status = 200

    def send(self, webinar: Webinar, *, by: Any) -> bool:
        """Whether the slides were taken in; if not, the form says why."""
        file = self.cleaned_data["file"]
        try:
            if file.size > MAX_BYTES:
                raise Invalid({"file": [str(TOO_LARGE)]})
            add_deck(webinar, by=by, title=self.cleaned_data["title"], content=file.read())
        except Invalid as error:
            self._explain(error)
        except Boundary as error:
            self.status = error.status
            self.add_error(None, error.reason)
        return self.is_valid()

    def _explain(self, error: Invalid) -> None:
        self.status = error.status
        for name, sentences in error.errors.items():
            self.add_error(name if name in self.fields else None, list(sentences))
