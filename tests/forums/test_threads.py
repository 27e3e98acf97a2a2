"""Opening a thread, and what moderators do with one."""

import uuid

import pytest

from community.core.audiences import viewer_of
from community.core.errors import Invalid, Missing, Refused
from community.core.models import Event
from forums.models import Post, PostState, Thread, ThreadState
from forums.operations import (
    lock_thread,
    move_thread,
    open_thread,
    pin_thread,
    reply,
    unlock_thread,
    unpin_thread,
    withdraw_post,
)
from forums.writing import Words
from tests.factories.forums import (
    SpaceFactory,
    make_reply,
    make_thread,
    private_group,
    suspend,
    verified_member,
    words,
)
from tests.factories.members import MemberFactory

pytestmark = pytest.mark.django_db
IDENTIFYING = "Call her on 0151 496 0123, NHS number 943 476 5919."


def test_open_thread_publishes_title_tags_and_first_post() -> None:
    author, space = verified_member(), SpaceFactory.create()

    post = open_thread(
        space, by=author, words=words(title="Fluids in sepsis", tags=("sepsis", "Fluids")), client_key=uuid.uuid4()
    )

    thread = Thread.objects.get()
    assert (thread.title, thread.slug, thread.state) == ("Fluids in sepsis", "fluids-in-sepsis", "published")
    assert (thread.post_count, thread.last_post_number, thread.last_poster) == (1, 1, author)
    assert sorted(tag.name for tag in thread.tags.all()) == ["Fluids", "sepsis"]
    assert (post.number, post.audience, post.state) == (1, "verified", "published")
    assert post.html == "<p>Which fluid do you start with?</p>\n"
    space.refresh_from_db()
    assert space.thread_count == 1


def test_open_thread_stores_the_credential_of_the_moment() -> None:
    author = verified_member()

    thread = make_thread(by=author)

    snapshot = Post.objects.get(thread=thread).credential
    assert (snapshot["level"], snapshot["profession"]) == ("verified", "2211")


def test_open_thread_twice_with_one_key_is_one_thread() -> None:
    author, space, key = verified_member(), SpaceFactory.create(), uuid.uuid4()

    first = open_thread(space, by=author, words=words(title="Fluids"), client_key=key)
    second = open_thread(space, by=author, words=words(title="Fluids"), client_key=key)

    assert (first.pk, Thread.objects.count()) == (second.pk, 1)


def test_open_thread_refuses_an_unverified_member() -> None:
    space = SpaceFactory.create(audience="members")

    with pytest.raises(Refused) as refusal:
        open_thread(space, by=MemberFactory.create(), words=words(title="Fluids"), client_key=uuid.uuid4())

    assert (refusal.value.code, Thread.objects.count()) == ("not_verified", 0)


def test_open_thread_refuses_a_suspended_member() -> None:
    author, space = verified_member(), SpaceFactory.create(audience="members")
    suspend(author)

    with pytest.raises(Refused) as refusal:
        open_thread(space, by=author, words=words(title="Fluids"), client_key=uuid.uuid4())

    assert refusal.value.code == "suspended"


def test_open_thread_in_a_group_of_others_is_missing() -> None:
    group = private_group(verified_member())

    with pytest.raises(Missing):
        open_thread(group, by=verified_member(), words=words(title="Fluids"), client_key=uuid.uuid4())


def test_open_thread_refuses_identifiers_in_the_title_and_stores_nothing() -> None:
    author, space = verified_member(), SpaceFactory.create()

    with pytest.raises(Refused) as refusal:
        open_thread(space, by=author, words=words(title=IDENTIFYING), client_key=uuid.uuid4())

    assert refusal.value.code == "case_identifiers"
    assert {finding.field for finding in refusal.value.findings} == {"title"}
    assert not Thread.objects.exists()
    assert not Event.objects.filter(verb__startswith="forums.").exists()


def test_open_thread_names_what_is_missing() -> None:
    with pytest.raises(Invalid) as invalid:
        open_thread(SpaceFactory.create(), by=verified_member(), words=Words(" ", "rumour"), client_key=uuid.uuid4())

    assert set(invalid.value.errors) == {"source", "stance", "title"}


def test_lock_thread_keeps_members_out_and_unlock_thread_lets_them_in() -> None:
    moderator, thread = verified_member(in_groups=["Moderators"]), make_thread()

    lock_thread(thread, by=moderator)
    with pytest.raises(Refused) as refusal:
        make_reply(thread)
    unlock_thread(thread, by=moderator)

    assert refusal.value.code == "locked"
    assert make_reply(thread).number == 2


def test_lock_thread_refuses_stranger() -> None:
    thread = make_thread()

    with pytest.raises(Refused):
        lock_thread(thread, by=verified_member())

    thread.refresh_from_db()
    assert not thread.is_locked


def test_pin_thread_and_unpin_thread() -> None:
    moderator, thread = verified_member(in_groups=["Moderators"]), make_thread()

    assert pin_thread(thread, by=moderator).pinned
    assert not unpin_thread(thread, by=moderator).pinned


def test_move_thread_takes_its_readers_along() -> None:
    moderator = verified_member(in_groups=["Moderators"])
    thread, public = make_thread(replies=1), SpaceFactory.create(audience="public")

    move_thread(thread, by=moderator, to=public)

    assert set(Post.objects.values_list("audience", flat=True)) == {"public"}
    assert Thread.objects.get().audience == "public"


def test_move_thread_refuses_a_moderator_who_may_not_read_the_group() -> None:
    moderator, thread = verified_member(in_groups=["Moderators"]), make_thread()

    with pytest.raises(Missing):
        move_thread(thread, by=moderator, to=private_group(verified_member()))


def test_nobody_replies_in_an_archived_space() -> None:
    thread = make_thread()
    thread.space.archived_at = thread.created_at
    thread.space.save()

    with pytest.raises(Refused) as refusal:
        reply(thread, by=thread.author, words=words(), client_key=uuid.uuid4())

    assert refusal.value.code == "archived"


def test_the_only_post_withdrawn_withdraws_the_thread() -> None:
    thread = make_thread()

    withdraw_post(thread.posts.get(), by=thread.author)

    thread.refresh_from_db()
    assert (thread.state, thread.post_count) == (ThreadState.WITHDRAWN, 0)
    assert not Thread.objects.visible_to(viewer_of(verified_member())).exists()
    assert Post.objects.get().state == PostState.WITHDRAWN
