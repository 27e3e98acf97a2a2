"""What knowledge itself gathers on the pages of regions and specialties: write-ups, checks, bulletins, people."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.core.audiences import Viewer
from community.core.ui import Panel
from community.knowledge.landings import About, Found, Landing, Strand, register_strand
from community.knowledge.models import BulletinPage, MythPage
from community.knowledge.shelf import newest_lines, readable
from community.members.models import Member, Specialty, WhoRegion
from community.members.panels import badges_for
from community.members.queries import DirectoryFilter, directory, place_of
from community.members.visibility import shown_q, shows

LINES = 4
PEOPLE = 6


def register() -> None:
    """Called once, when the models are ready."""
    register_strand(Strand("bulletins", gettext_lazy("Bulletins in force"), bulletins_found, bulletin_counts, order=5))
    register_strand(
        Strand(
            "practices",
            gettext_lazy("Best practice"),
            practices_found,
            practice_counts,
            order=10,
            begin=(gettext_lazy("Share what you tried"), "writeup-start"),
        )
    )
    register_strand(
        Strand(
            "myths",
            gettext_lazy("Myth checks"),
            myths_found,
            myth_counts,
            order=40,
            begin=(gettext_lazy("Report what you heard"), "rumour-list"),
        )
    )
    register_strand(
        Strand(
            "people",
            gettext_lazy("People"),
            people_found,
            people_counts,
            order=50,
            begin=(gettext_lazy("Let yourself be found"), "visibility-edit"),
        )
    )


# --- Write-ups -------------------------------------------------------------------------------------------------


def practices_found(viewer: Viewer, landing: Landing) -> Found:
    """The newest write-ups of a region or a specialty."""
    column = "country__who_region" if landing.about == "region" else "specialties__slug"
    rows = readable(viewer).filter(**{column: landing.key})
    panel = Panel(
        key="practices",
        title=_("Best practice"),
        template="knowledge/landings/_practices.html",
        context={"lines": newest_lines(rows, LINES)},
        url=f"/practices/?{landing.about}={landing.key}",
        url_label=_("All write-ups"),
    )
    return Found(rows.count(), panel)


def practice_counts(viewer: Viewer, about: About) -> Mapping[str, int]:
    return _grouped(readable(viewer), "country__who_region" if about == "region" else "specialties__slug")


# --- Myth checks -----------------------------------------------------------------------------------------------


MYTHS_BY = {"region": "rumours__hearings__country__who_region", "specialty": "specialties__slug"}


def myths_found(viewer: Viewer, landing: Landing) -> Found:
    """Checks of what was heard in a region, or in a specialty."""
    rows = _myths(viewer).filter(**{MYTHS_BY[landing.about]: landing.key}).distinct()
    panel = Panel(
        key="myths",
        title=_("Claims heard there, and checked"),
        template="knowledge/landings/_myths.html",
        context={"myths": list(rows.order_by("-checked_on", "-pk")[:LINES])},
        url="/myths/" if landing.about == "region" else f"/myths/?specialty={landing.key}",
        url_label=_("All checks"),
    )
    return Found(rows.count(), panel)


def myth_counts(viewer: Viewer, about: About) -> Mapping[str, int]:
    return _grouped(_myths(viewer), MYTHS_BY[about])


def _myths(viewer: Viewer) -> "QuerySet[MythPage]":
    return MythPage.objects.visible_to(viewer)  # type: ignore[no-any-return]


# --- Bulletins -------------------------------------------------------------------------------------------------


def bulletins_found(viewer: Viewer, landing: Landing) -> Found:
    """What is in force for a region (or everywhere), or for the professions that practise a specialty."""
    pages = [page for page in _in_force(viewer) if landing.key in _keys_of(page, landing.about, _isco([landing]))]
    panel = Panel(
        key="bulletins",
        title=_("Bulletins in force"),
        template="knowledge/landings/_bulletins.html",
        context={"bulletins": pages[:LINES]},
        url="/bulletins/",
        url_label=_("All bulletins"),
    )
    return Found(len(pages), panel)


def bulletin_counts(viewer: Viewer, about: About) -> Mapping[str, int]:
    pages = _in_force(viewer)
    practised = _practised_by(pages) if about == "specialty" else {}
    return Counter(key for page in pages for key in _keys_of(page, about, practised))


def _in_force(viewer: Viewer) -> list[BulletinPage]:
    """Never many; exercises are no news of a region."""
    rows = BulletinPage.objects.in_force().visible_to(viewer).filter(is_drill=False)
    return list(rows.prefetch_related("countries", "professions").order_by("-first_released_at"))


def _keys_of(page: BulletinPage, about: About, practised: Mapping[str, frozenset[str]]) -> set[str]:
    """The landings that a bulletin stands on; `practised` is specialty → ISCO codes of those who practise it."""
    if about == "region":
        named = {*page.who_regions.split(), *(country.who_region for country in page.countries.all())} - {""}
        return named or set(WhoRegion.values)
    codes = {profession.code for profession in page.professions.all()}
    return {slug for slug, isco in practised.items() if codes & isco}


def _practised_by(pages: list[BulletinPage]) -> dict[str, frozenset[str]]:
    if not any(page.professions.all() for page in pages):
        return {}
    return {slug: frozenset(isco.split()) for slug, isco in Specialty.objects.values_list("slug", "isco")}


def _isco(landings: Iterable[Landing]) -> dict[str, frozenset[str]]:
    return {each.key: frozenset(each.specialty.isco.split()) for each in landings if each.specialty}


# --- People ----------------------------------------------------------------------------------------------------


def people_found(viewer: Viewer, landing: Landing) -> Found | None:
    """Members who chose to be found and who show this viewer that they belong here; nobody for visitors."""
    if not viewer.is_signed_in:
        return None
    wanted = (
        DirectoryFilter(who_region=landing.key)
        if landing.about == "region"
        else DirectoryFilter(specialty=landing.specialty)
    )
    rows = directory(viewer, wanted)
    members = list(rows[:PEOPLE])
    badges = badges_for(members)
    panel = Panel(
        key="people",
        title=_("People"),
        template="knowledge/landings/_people.html",
        context={"rows": [_person(member, badges.get(member.pk), viewer) for member in members]},
        url=_directory_of(landing),
        url_label=_("All of them"),
    )
    return Found(rows.count(), panel)


def people_counts(viewer: Viewer, about: About) -> Mapping[str, int]:
    if not viewer.is_signed_in:
        return {}
    field, column = ("country", "country__who_region") if about == "region" else ("specialties", "specialties__slug")
    return _grouped(directory(viewer, DirectoryFilter()).filter(shown_q(field, viewer)), column)


def _person(member: Member, badge: Any, viewer: Viewer) -> dict[str, Any]:
    return {
        "member": member,
        "badge": badge,
        "place": place_of(member) if shows(member, "country", viewer) else "",
        "specialties": member.specialties.all() if shows(member, "specialties", viewer) else [],
    }


def _directory_of(landing: Landing) -> str:
    return f"{reverse('member-list')}?{'specialty' if landing.specialty else 'who_region'}={landing.key}"


def _grouped(rows: "QuerySet[Any]", column: str) -> dict[str, int]:
    """How many different rows there are for each value of a column; rows without one are left out."""
    counted = rows.order_by().values_list(column).annotate(n=Count("pk", distinct=True))
    return {value: n for value, n in counted if value}
