"""Spaces and tags, as editors change them."""

import pytest
from django.db import IntegrityError, transaction

from community.core.errors import Invalid, Refused
from forums.models import Post, ReadRule, Space, Tag, Thread
from forums.operations import (
    add_alias,
    adopt_tag,
    archive_space,
    clear_space_words,
    create_space,
    edit_space,
    merge_tag,
    reopen_space,
)
from forums.operations.spaces import SpaceWords
from forums.tagging import split_tags, tags_from
from tests.factories.forums import SpaceFactory, make_thread, verified_member

pytestmark = pytest.mark.django_db


def editor() -> object:
    return verified_member(in_groups=["Editors"])


def described(**values: object) -> dict[str, object]:
    return {"name": "Sepsis", "slug": "sepsis", "kind": "topic", "purpose": "Bundles of care", **values}


def test_create_space_for_a_private_group_makes_its_editor_the_owner() -> None:
    by = editor()

    space = create_space(by=by, words=SpaceWords(described(write_rule="group"), ReadRule.GROUP))

    assert (space.audience, space.seats.get().member, space.seats.get().role) == (f"space:{space.pk}", by, "owner")


def test_create_space_refuses_a_member() -> None:
    with pytest.raises(Refused):
        create_space(by=verified_member(), words=SpaceWords(described(), ReadRule.PUBLIC))

    assert not Space.objects.exists()


def test_edit_space_changes_who_reads_what_is_published() -> None:
    thread = make_thread(replies=1)

    edit_space(thread.space, by=editor(), words=SpaceWords({"purpose": "Wider"}, ReadRule.PUBLIC))

    assert set(Post.objects.values_list("audience", flat=True)) == {"public"}
    assert Thread.objects.get().audience == "public"


def test_archive_space_and_reopen_space() -> None:
    space, by = SpaceFactory.create(), editor()

    assert archive_space(space, by=by).is_archived
    assert not reopen_space(space, by=by).is_archived


def test_moderators_empty_what_a_space_says_of_itself_and_leave_its_name() -> None:
    space = create_space(by=editor(), words=SpaceWords(described(who_for="Nurses"), ReadRule.MEMBERS))

    with pytest.raises(Refused):
        clear_space_words(space, by=verified_member())
    clear_space_words(space, by=verified_member(in_groups=["Moderators"]))

    space.refresh_from_db()
    assert (space.name, space.purpose, space.who_for) == ("Sepsis", "", "")


@pytest.mark.parametrize("wrong", [{"audience": "user:1"}, {"slug": "unread"}, {"write_rule": "profession"}])
def test_the_database_refuses_a_space_that_cannot_be(wrong: dict[str, str]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        SpaceFactory.create(**wrong)


def test_tags_are_folded_and_aliases_followed() -> None:
    by = editor()
    tag = Tag.objects.create(name="Sepsis", curated=True)
    add_alias(tag, by=by, word="Blood  poisoning")

    assert split_tags("sepsis, #SEPSIS ,, blood poisoning") == ("sepsis", "SEPSIS", "blood poisoning")
    assert tags_from(["SEPSIS", "blood Poisoning"]) == [tag]


def test_add_alias_twice_is_invalid() -> None:
    by, tag = editor(), Tag.objects.create(name="Sepsis")
    add_alias(tag, by=by, word="septicaemia")

    with pytest.raises(Invalid):
        add_alias(tag, by=by, word="Septicaemia")


def test_adopt_tag_puts_it_on_the_list() -> None:
    assert adopt_tag(Tag.objects.create(name="Sepsis"), by=editor()).curated


def test_merge_tag_moves_threads_and_keeps_the_old_word_as_an_alias() -> None:
    both = make_thread(tags=("sepsis", "septic shock"))
    one = make_thread(tags=("septic shock",))
    sepsis, shock = Tag.objects.get(name="sepsis"), Tag.objects.get(name="septic shock")

    merge_tag(shock, by=editor(), into=sepsis)

    assert [list(thread.tags.names()) for thread in (both, one)] == [["sepsis"], ["sepsis"]]
    assert tags_from(["Septic Shock"]) == [sepsis]
