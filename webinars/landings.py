"""Webinars on the pages of regions and specialties (community.knowledge.landings): next ones and recordings."""

from collections import Counter
from collections.abc import Mapping

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.core.audiences import Viewer
from community.core.ui import Panel
from community.knowledge.landings import About, Found, Landing, Strand, register_strand
from webinars import queries
from webinars.models import Webinar

LINES = 3


def register() -> None:
    """Called once, when the models are ready."""
    begin = (gettext_lazy("See what is planned"), "webinar-list")
    register_strand(Strand("webinars", gettext_lazy("Webinars"), webinars_found, webinar_counts, order=30, begin=begin))


def webinars_found(viewer: Viewer, landing: Landing) -> Found:
    """Those of a specialty, or for countries of a region; what lies ahead first."""
    ahead, past = (_of(rows, landing) for rows in _both(viewer))
    panel = Panel(
        key="webinars",
        title=_("Webinars"),
        template="webinars/_landing.html",
        context={"ahead": list(ahead[:LINES]), "past": list(past[:LINES])},
        url=reverse("webinar-list"),
        url_label=_("All webinars"),
    )
    return Found(_number(ahead) + _number(past), panel)


def webinar_counts(viewer: Viewer, about: About) -> Mapping[str, int]:
    column = "countries__who_region" if about == "region" else "specialties__slug"
    found: Counter[str] = Counter()
    for rows in _both(viewer):
        shown = Webinar.objects.filter(pk__in=rows.order_by().values("pk"))
        found.update(dict(shown.order_by().values_list(column).annotate(n=Count("pk", distinct=True))))
    return {key: n for key, n in found.items() if key}


def _both(viewer: Viewer) -> "tuple[QuerySet[Webinar], QuerySet[Webinar]]":
    return queries.upcoming_webinars(viewer), queries.recordings(viewer)


def _of(rows: "QuerySet[Webinar]", landing: Landing) -> "QuerySet[Webinar]":
    """By a subquery: the rows carry counts, which a join would multiply."""
    through = (
        {"countries__who_region": landing.key} if landing.about == "region" else {"specialties__slug": landing.key}
    )
    return rows.filter(pk__in=Webinar.objects.filter(**through).values("pk"))


def _number(rows: "QuerySet[Webinar]") -> int:
    return Webinar.objects.filter(pk__in=rows.order_by().values("pk")).count()
