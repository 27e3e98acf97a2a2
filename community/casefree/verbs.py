"""What the guard leaves in the log."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "casefree.sweep.ended": _("Old content was screened again with new rules"),
}
