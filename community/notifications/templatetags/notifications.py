"""The number on the bell, for any page: `{% unread_count as unread %}` costs one query."""

from typing import Any

from django import template

from community.notifications import queries
from community.notifications.kinds import title

register = template.Library()


@register.simple_tag(takes_context=True)
def unread_count(context: dict[str, Any]) -> int:
    """How many notifications the signed-in member has not opened; 0 for anybody else."""
    user = getattr(context.get("request"), "user", None)
    return queries.unread_count(user) if user is not None and user.is_authenticated else 0


@register.filter
def notice_title(kind: str) -> Any:
    """What the list and the mail say of a kind, without words of the target."""
    return title(kind)
