"""A thread on a socket: who may listen, and replying through it."""

import uuid

import pytest

from community.core.audiences import viewer_of
from community.core.errors import Missing, Refused
from community.live.models import Entry
from forums.commands import ReplyCommand, resolve, thread_reply
from forums.models import Post
from tests.factories.forums import make_thread, private_group, suspend, verified_member

pytestmark = pytest.mark.django_db


def test_each_post_rings_the_bell_of_its_thread_with_its_number_only() -> None:
    thread = make_thread(replies=1)

    entries = Entry.objects.filter(topic__name=f"thread:{thread.public_id}").order_by("seq")

    assert [(entry.verb, entry.body) for entry in entries] == [
        ("post.published", {"number": 1}),
        ("post.published", {"number": 2}),
    ]


def test_who_may_read_may_listen_and_nobody_else() -> None:
    insider = verified_member()
    thread = make_thread(private_group(insider), by=insider)

    granted = resolve(thread.public_id, viewer_of(insider))

    assert granted is not None
    assert (granted.topic, granted.may) == (f"thread:{thread.public_id}", ("thread.reply",))
    assert resolve(thread.public_id, viewer_of(verified_member())) is None


def test_thread_reply_is_the_same_post_for_the_same_ref() -> None:
    thread, member, ref = make_thread(), verified_member(), str(uuid.uuid4())

    answers = [thread_reply(member, thread.public_id, ReplyCommand(text="Yes."), ref) for _again in "ab"]

    assert answers == [{"seq": 2, "number": 2, "state": "published"}] * 2
    assert Post.objects.count() == 2


def test_thread_reply_asks_for_the_right_at_each_command() -> None:
    member, thread = verified_member(), make_thread()
    thread_reply(member, thread.public_id, ReplyCommand(text="Yes."), str(uuid.uuid4()))
    suspend(member)

    with pytest.raises((Refused, Missing)):
        thread_reply(member, thread.public_id, ReplyCommand(text="No."), str(uuid.uuid4()))
