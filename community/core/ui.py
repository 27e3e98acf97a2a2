"""What packages hand to the shared pages: home panels, counts, navigation, banners; and how forms are drawn.

The home page (knowledge) and the bar (base.html) know nothing of forums or review queues. Those packages register
here, in `apps.ready()`, what they have to show.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from django.forms.renderers import TemplatesSetting

from community.core.audiences import Viewer


@dataclass(frozen=True)
class Panel:
    """One part of the home page: `template` is rendered with what `context` holds; low `order` stands first.

    `place` is "main" or "aside". `url` and `url_label` give the way on, shown beside the title. `needs` names the entry
    of `context` without which there is nothing to show.
    """

    key: str
    title: str
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    order: int = 50
    place: str = "main"
    url: str = ""
    url_label: str = ""
    needs: str = ""

    @property
    def is_empty(self) -> bool:
        return bool(self.needs) and not self.context[self.needs]


@dataclass(frozen=True)
class Link:
    """One entry of a navigation: "menu" (the bar), "help" or "rules" (the foot)."""

    label: str
    url: str


@dataclass(frozen=True)
class Notice:
    """A banner above every page. `severity` is "info", "warning" or "critical"."""

    text: str
    severity: str = "info"
    url: str = ""
    url_label: str = ""


PartSource = Callable[[Viewer, Mapping[str, Any]], "Panel | None"]
LinkSource = Callable[[Viewer], list[Link]]
NoticeSource = Callable[[Viewer], list[Notice]]
PanelSource = Callable[[Viewer], Panel | None]
CountSource = Callable[[Viewer], int]

_panels: list[PanelSource] = []
_counts: dict[str, CountSource] = {}
_links: dict[str, list[LinkSource]] = {}
_notices: list[NoticeSource] = []
_parts: dict[str, list[PartSource]] = {}


def register_home_panel(source: PanelSource) -> PanelSource:
    """Add a part to the home page. The source sees the viewer and answers None where it has nothing to say."""
    if source not in _panels:
        _panels.append(source)
    return source


def for_members(source: PanelSource) -> PanelSource:
    """A part of the home page that visitors have not."""
    return wraps(source)(lambda viewer: source(viewer) if viewer.member else None)


def for_visitors(source: PanelSource) -> PanelSource:
    """A part of the home page that members have not."""
    return wraps(source)(lambda viewer: None if viewer.member else source(viewer))


def home_panels(viewer: Viewer) -> list[Panel]:
    """What the home page shows this viewer, first things first."""
    panels = [panel for source in _panels if (panel := source(viewer)) is not None and not panel.is_empty]
    return sorted(panels, key=lambda panel: panel.order)


def register_count(name: str, source: CountSource) -> None:
    """Give the bar a number: "notifications" (unread) and "review" (waiting) are shown where they are registered."""
    _counts[name] = source


def count_for(name: str, viewer: Viewer) -> int:
    """The number registered under `name` for this viewer; 0 where nothing is registered."""
    source = _counts.get(name)
    return source(viewer) if source else 0


def register_links(place: str, source: LinkSource) -> None:
    """Add entries to the navigation at `place`."""
    _links.setdefault(place, []).append(source)


def links_at(place: str, viewer: Viewer) -> list[Link]:
    """The entries of one navigation, in the order of registration."""
    return [link for source in _links.get(place, []) for link in source(viewer)]


def register_notices(source: NoticeSource) -> None:
    """Add a source of banners."""
    _notices.append(source)


def notices_for(viewer: Viewer) -> list[Notice]:
    """The banners this viewer sees now."""
    return [notice for source in _notices for notice in source(viewer)]


def register_part(place: str, source: PartSource) -> None:
    """Add something to a page of another package: "thread" and "thread.new" draw what is registered there."""
    _parts.setdefault(place, []).append(source)


def parts_at(place: str, viewer: Viewer, facts: Mapping[str, Any]) -> list[Panel]:
    """What packages have to show at a place, given what the page says of itself."""
    return [panel for source in _parts.get(place, []) if (panel := source(viewer, facts)) is not None]


class FormRenderer(TemplatesSetting):
    """Draws `{{ form }}` and `field.as_field_group` with our components; widgets stay Django's own."""

    form_template_name = "components/form_body.html"
    field_template_name = "components/field.html"
