"""The seam for what other packages know of a member: the verified badge, parts of the profile page, parts of the
own-data download. Members knows none of them; they register here in `apps.ready()`."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from community.core.audiences import Viewer
from community.members.models import Member


@dataclass(frozen=True)
class Badge:
    """What is said of a verified member in words. `label` is the whole sentence; the parts are for layouts."""

    label: str
    level: str = ""
    profession: str = ""
    register: str = ""
    verified_on: date | None = None
    is_current: bool = True


@dataclass(frozen=True)
class ProfilePanel:
    """A part of the profile page: `template` rendered with `context`; low `order` stands first."""

    title: str
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    order: int = 50


BadgeSource = Callable[[Iterable[Member]], Mapping[int, Badge]]
PanelSource = Callable[[Member, Viewer], ProfilePanel | None]
ExportSource = Callable[[Member], Any]

_badges: list[BadgeSource] = []
_panels: list[PanelSource] = []
_exports: dict[str, ExportSource] = {}


def install_badges(source: BadgeSource) -> None:
    """Say who is verified. `source` answers for many members at once, by primary key, in few queries."""
    _badges[:] = [source]


def badges_for(members: Iterable[Member]) -> Mapping[int, Badge]:
    return _badges[0](members) if _badges else {}


def register_profile_panel(source: PanelSource) -> PanelSource:
    """Add a part to every profile page; the source answers None where it has nothing to say or to show this viewer."""
    if source not in _panels:
        _panels.append(source)
    return source


def profile_panels(member: Member, viewer: Viewer) -> list[ProfilePanel]:
    found = [panel for source in _panels if (panel := source(member, viewer)) is not None]
    return sorted(found, key=lambda panel: panel.order)


def register_export(section: str, source: ExportSource) -> None:
    """Add a section to the own-data download: anything that JSON can hold, about this member only."""
    _exports[section] = source


def exported_sections(member: Member) -> dict[str, Any]:
    return {section: source(member) for section, source in sorted(_exports.items())}
