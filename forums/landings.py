"""Threads on the pages of regions and specialties (community.knowledge.landings): those of the spaces for them."""

from collections import Counter
from collections.abc import Mapping

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.core.audiences import Viewer
from community.core.ui import Panel
from community.knowledge.landings import About, Found, Landing, Strand, register_strand
from forums import queries
from forums.lines import thread_lines
from forums.models import Space, Thread, ThreadState

LINES = 5


def register() -> None:
    """Called once, when the models are ready."""
    begin = (gettext_lazy("Ask in a space"), "space-list")
    register_strand(Strand("threads", gettext_lazy("Discussions"), threads_found, thread_counts, order=20, begin=begin))


def threads_found(viewer: Viewer, landing: Landing) -> Found:
    """The threads with the newest posts in the spaces of a region or a specialty."""
    spaces = list(Space.objects.visible_to(viewer).filter(_of(landing)))
    threads = _published(viewer).filter(space__in=spaces)
    newest = queries.with_reading(queries.with_lines(threads), viewer.member).order_by("-last_posted_at", "-id")
    only = spaces[0] if len(spaces) == 1 else None
    panel = Panel(
        key="threads",
        title=_("Discussions"),
        template="forums/_home_threads.html",
        context={"lines": thread_lines(newest[:LINES], with_space=True) if spaces else []},
        url=only.get_absolute_url() if only else reverse("space-list"),
        url_label=only.name if only else _("All spaces"),
    )
    return Found(threads.count() if spaces else 0, panel)


def thread_counts(viewer: Viewer, about: About) -> Mapping[str, int]:
    """How many threads there are for each region or specialty: two queries, few rows."""
    by_space = dict(_published(viewer).order_by().values_list("space").annotate(n=Count("pk")))
    columns = ("who_region", "country__who_region") if about == "region" else ("specialty__slug",)
    found: Counter[str] = Counter()
    for pk, *keys in Space.objects.visible_to(viewer).values_list("pk", *columns):
        for key in {key for key in keys if key}:
            found[key] += by_space.get(pk, 0)
    return +found


def _of(landing: Landing) -> Q:
    if landing.about == "region":
        return Q(who_region=landing.key) | Q(country__who_region=landing.key)
    return Q(specialty__slug=landing.key)


def _published(viewer: Viewer) -> "QuerySet[Thread]":
    return Thread.objects.visible_to(viewer).filter(state=ThreadState.PUBLISHED)
