"""What happens to webinars and in their rooms, with the words under which it is shown."""

from django.utils.translation import gettext_lazy as _

# Before: plans, people, places.
PLANNING = {
    "webinars.webinar.planned": _("planned a webinar"),
    "webinars.webinar.published": _("published a webinar"),
}

VERBS = {**PLANNING}
