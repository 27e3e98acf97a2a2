"""A webinar for several professions and groups at once: who is let in, who is not, and how it is told."""

from typing import Any

import pytest

from community.core.audiences import members_in, viewer_of
from community.core.errors import Invalid
from community.core.unions import tokens_in, union_of
from community.members.models import Member
from search.documents.sources import source_of
from tests.factories.forums import private_group, verified_member
from tests.factories.members import MemberFactory
from tests.factories.webinars import register, webinar_with
from webinars.audience_words import audience_label, group_choices
from webinars.forms import AudienceForm
from webinars.joining import resolve, still_in
from webinars.models import Webinar
from webinars.operations.planning import duplicate_webinar, edit_webinar
from webinars.panels import live_count

pytestmark = pytest.mark.django_db
NURSES, MIDWIVES = "profession:2221", "profession:2222"


@pytest.fixture
def host() -> Member:
    return verified_member()


@pytest.fixture
def insider() -> Member:
    return verified_member()


@pytest.fixture
def group(host: Member, insider: Member) -> str:
    return private_group(host, insider).audience


@pytest.fixture
def open_to_both(host: Member, group: str) -> Webinar:
    webinar = webinar_with(slug="both", organiser=host)
    return edit_webinar(webinar, by=host, values={"for_whom": [NURSES, group]})


def test_whoever_belongs_to_one_of_them_is_in_and_nobody_else(
    open_to_both: Webinar, insider: Member, group: str
) -> None:
    nurse, physician, midwife = verified_member(code="2221"), verified_member(), verified_member(code="2222")
    plain = MemberFactory.create()
    people = [nurse, insider, physician, midwife, plain]
    for member in people:
        register(open_to_both, member)

    seen = [Webinar.objects.visible_to(viewer_of(member)).exists() for member in people]
    rooms = [resolve("both", viewer_of(member)) is not None for member in people]
    announced = [live_count(viewer_of(member)) for member in people]

    assert seen == rooms == [True, True, False, False, False]
    assert announced == [1, 1, 0, 0, 0]
    assert still_in("both", [member.pk for member in people]) == {nurse.pk, insider.pk}
    assert set(members_in(open_to_both.audience)) == {nurse, insider, open_to_both.organiser}
    assert tokens_in(open_to_both.audience) == sorted([NURSES, group])
    assert [each.audience for each in source_of("webinar").describe([open_to_both.pk])] == [open_to_both.audience]


def test_a_right_that_ends_ends_in_the_room(open_to_both: Webinar, insider: Member) -> None:
    register(open_to_both, insider)
    assert still_in("both", [insider.pk]) == {insider.pk}

    insider.space_seats.all().delete()

    assert still_in("both", [insider.pk]) == set()
    assert resolve("both", viewer_of(insider)) is None


def test_what_includes_another_stands_alone(host: Member, group: str) -> None:
    webinar = webinar_with(organiser=host)

    def kept(*tokens: str) -> list[str]:
        return tokens_in(edit_webinar(webinar, by=host, values={"for_whom": list(tokens)}).for_whom)

    assert kept(NURSES) == [NURSES]
    assert kept("public", NURSES, group) == ["public"]
    assert kept("members", group) == ["members"]
    assert kept("verified", NURSES, MIDWIVES) == ["verified"]
    assert kept("verified", group) == sorted([group, "verified"])
    assert kept(MIDWIVES, NURSES) == [NURSES, MIDWIVES]
    assert tokens_in(duplicate_webinar(webinar, by=host).for_whom) == [NURSES, MIDWIVES]


@pytest.mark.parametrize(
    "tokens", [[], ["space:4711"], ["staff"], ["profession:learner"], ["profession:9"], ["user:1"]]
)
def test_what_is_not_ones_to_choose_is_refused(host: Member, tokens: list[str]) -> None:
    with pytest.raises(Invalid):
        edit_webinar(webinar_with(organiser=host), by=host, values={"for_whom": tokens})


def test_a_private_group_is_named_to_its_own_only(open_to_both: Webinar, host: Member, group: str) -> None:
    outsider, insider = viewer_of(verified_member(code="2221")), viewer_of(host)

    told, known = audience_label(open_to_both.for_whom, outsider), audience_label(open_to_both.for_whom, insider)

    assert told.startswith("Verified: ") and told.endswith("; Members of a private group")
    assert "Members of the private group “" in known
    assert dict(group_choices(outsider, [group])) == {group: "A private group"}


def test_the_form_shows_and_takes_several(open_to_both: Webinar, host: Member, group: str) -> None:
    def form(**data: Any) -> AudienceForm:
        return AudienceForm(data or None, viewer=viewer_of(host), webinar=open_to_both)

    shown = form()
    assert shown["for_whom"].value() == "chosen"
    assert set(shown["professions"].value()) & set(dict(shown.fields["professions"].choices)) == {NURSES}
    sent = form(for_whom="chosen", professions=[NURSES, MIDWIVES], groups=[group])
    assert sent.is_valid() and sent.values()["for_whom"] == sorted([NURSES, MIDWIVES, group])
    assert "professions" in form(for_whom="chosen").errors
    assert form(for_whom="members").is_valid()


def test_a_union_is_the_same_in_any_order() -> None:
    assert union_of([NURSES, MIDWIVES]) == union_of([MIDWIVES, NURSES, NURSES])
    assert union_of([NURSES]) == NURSES
