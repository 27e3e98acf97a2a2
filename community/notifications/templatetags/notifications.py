"""Words for kinds of notices: `{{ row.kind|notice_title }}`."""

from typing import Any

from django import template

from community.notifications.kinds import title

register = template.Library()


@register.filter
def notice_title(kind: str) -> Any:
    """What the list and the mail say of a kind, without words of the target."""
    return title(kind)
