"""The tabs over every review queue, also those of other packages: `{% review_tabs as tabs %}`."""

from typing import Any

from django import template
from django.urls import reverse

from community.moderation.registry import tabs_for

register = template.Library()


@register.simple_tag(takes_context=True)
def review_tabs(context: dict[str, Any]) -> list[dict[str, Any]]:
    """Label, address and whether it is the present page, for each queue that the signed-in person may open."""
    request = context["request"]
    return [
        {"label": tab.label, "url": reverse(tab.url_name), "current": request.path.startswith(reverse(tab.url_name))}
        for tab in tabs_for(request.user)
    ]
