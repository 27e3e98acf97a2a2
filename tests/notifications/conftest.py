"""Something to be told about: members stand for targets, and a switch hides them."""

from collections.abc import Collection, Iterator

import pytest

from community.core.audiences import Viewer
from community.members.models import Member
from community.notifications import targets
from tests.factories.members import MemberFactory

KIND = "forums.reply"
DAILY = "forums.following"


class Shelf:
    """What may be seen of the targets, and what they collapse by."""

    def __init__(self) -> None:
        self.hidden: set[str] = set()

    def resolve(self, viewer: Viewer, ids: Collection[str]) -> dict[str, tuple[str, str]]:
        return {pk: (f"Title {pk}", f"/there/{pk}/") for pk in ids if pk not in self.hidden}


@pytest.fixture
def shelf() -> Iterator[Shelf]:
    shelf = Shelf()
    targets.register_target("members.member", shelf.resolve)
    yield shelf
    targets._resolvers.pop("members.member")
    targets._groups.pop("members.member", None)


@pytest.fixture
def member(db: None) -> Member:
    return MemberFactory(name="Ada Obi")


@pytest.fixture
def target(db: None) -> Member:
    return MemberFactory(name="The Target")
