"""The frame of the organiser's screens: where one is among the steps of a plan."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from webinars.forms import STEPS
from webinars.models import Webinar


def framed(webinar: Webinar, here: str) -> dict[str, Any]:
    """The webinar, and the links to every screen about it with the present one marked."""
    slug = webinar.slug
    links = [("plan", _("Overview"), reverse("webinar-plan", args=[slug]))]
    for step, (title, _form) in STEPS.items():
        if step != "time" or webinar.is_draft:
            links.append((step, str(title), reverse("webinar-step", args=[slug, step])))
        elif webinar.is_upcoming:
            links.append(("move", _("Move it"), reverse("webinar-move", args=[slug])))
    links += [
        ("speakers", _("Speakers"), reverse("webinar-speakers", args=[slug])),
        ("crew", _("Crew"), reverse("webinar-crew", args=[slug])),
        ("slides", _("Slides"), reverse("deck-list", args=[slug])),
        ("files", _("Picture and hand-outs"), reverse("webinar-files", args=[slug])),
        ("captions", _("Captions"), reverse("webinar-captions", args=[slug])),
        ("people", _("Registrations"), reverse("webinar-people", args=[slug])),
    ]
    return {
        "webinar": webinar,
        "plan_links": [{"label": label, "url": url, "current": name == here} for name, label, url in links],
    }
