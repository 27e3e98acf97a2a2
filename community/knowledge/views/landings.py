"""The pages of regions and specialties, and the lists of them. Open to everybody; each sees what they may read."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from community.core.errors import Missing
from community.knowledge import landings
from community.knowledge.views.requests import KnowledgeRequest


@require_safe
def region_list(request: KnowledgeRequest) -> HttpResponse:
    """The six WHO regions."""
    context = {
        "title": _("Regions"),
        "lead": _("The same problem, met elsewhere: what is written, discussed and presented in each WHO region."),
        "lines": landings.counted(request.viewer, landings.regions()),
        "other": landings.ways()[1],
    }
    return render(request, "knowledge/landings/landing_list.html", context)


@require_safe
def specialty_list(request: KnowledgeRequest) -> HttpResponse:
    """All specialties, those first of which there is something."""
    lines = landings.counted(request.viewer, landings.specialties())
    context = {
        "title": _("Specialties"),
        "lead": _("What is written, discussed and presented in each specialty."),
        "lines": [line for line in lines if line.total],
        "empty_lines": [line for line in lines if not line.total],
        "other": landings.ways()[0],
    }
    return render(request, "knowledge/landings/landing_list.html", context)


@require_safe
def region_detail(request: KnowledgeRequest, slug: str) -> HttpResponse:
    return _landing(request, landings.region_called(slug), _("WHO region"))


@require_safe
def specialty_detail(request: KnowledgeRequest, slug: str) -> HttpResponse:
    return _landing(request, landings.specialty_called(slug), _("Specialty"))


def _landing(request: KnowledgeRequest, landing: landings.Landing | None, eyebrow: str) -> HttpResponse:
    if landing is None:
        raise Missing
    shelf = landings.ways()[0 if landing.about == "region" else 1]
    context = {
        "landing": landing,
        "eyebrow": eyebrow,
        "gathered": landings.gathered(request.viewer, landing),
        "crumbs": [shelf],
        "canonical": f"{settings.SITE_URL}{landing.url}",
    }
    return render(request, "knowledge/landings/landing_detail.html", context)
