"""Something to review: specialties stand for contributions, so that the queue is tested without the forums."""

from collections.abc import Iterator
from typing import Any

import pytest

from community.core.screening import Finding
from community.members.models import MODERATORS, Member, Specialty
from community.moderation import registry
from community.moderation.registry import Handler, register_reviewable
from tests.factories.members import MemberFactory

FINDING = Finding("source", 4, 8, "name", "Looks like a name")
WORDS = {"source": "For Anna, a question"}


class Desk:
    """The package that owns the contributions: who wrote them and what decisions did to them."""

    def __init__(self) -> None:
        self.authors: dict[int, Member] = {}
        self.acts: list[tuple[str, int]] = []

    def written_by(self, author: Member, slug: str = "one") -> Specialty:
        target = Specialty.objects.create(slug=f"target-{slug}", name=f"Contribution {slug}")
        self.authors[target.pk] = author
        return target

    def act(self, name: str) -> Any:
        return lambda target, *, by: self.acts.append((name, target.pk))


@pytest.fixture
def desk(db: None) -> Iterator[Desk]:
    """A registered kind of target that notes what is done to it."""
    desk = Desk()
    register_reviewable(
        "members.specialty",
        Handler(
            label="Contribution",
            rows=Specialty.objects.all,
            title=lambda target: target.name,
            url=lambda target: f"/there/{target.slug}/",
            preview=lambda target: f"Words of {target.name}",
            author=lambda target: desk.authors.get(target.pk),
            **{name: desk.act(name) for name in ("release", "refuse", "hide", "restore")},
        ),
    )
    yield desk
    registry._handlers.pop("members.specialty")


@pytest.fixture
def author(db: None) -> Member:
    return MemberFactory(name="Author Adeyemi")


@pytest.fixture
def moderator(db: None) -> Member:
    return MemberFactory(name="Moderator Mbeki", in_groups=[MODERATORS])


@pytest.fixture
def second_moderator(db: None) -> Member:
    return MemberFactory(name="Moderator Sato", in_groups=[MODERATORS])


@pytest.fixture
def reader(db: None) -> Member:
    return MemberFactory(name="Reader Rossi")
