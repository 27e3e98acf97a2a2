"""Who is told of a post: each person once, for the strongest reason, and only who may read it."""

from collections.abc import Callable

import pytest
from django.core import mail

from community.notifications.models import Notification
from forums.models import FollowLevel
from forums.operations import edit_post, follow_thread, unfollow_thread
from forums.writing import Words
from tests.factories.forums import make_reply, make_thread, suspend, verified_member

pytestmark = pytest.mark.django_db
Run = Callable[[], int]


def told() -> set[tuple[int, str]]:
    return set(Notification.objects.values_list("member_id", "kind"))


def test_followers_are_told_and_the_author_is_not(run_jobs: Run) -> None:
    thread, author = make_thread(), verified_member()

    make_reply(thread, by=author)
    run_jobs()

    assert told() == {(thread.author.pk, "forums.following")}


def test_a_mentioned_follower_is_told_once(run_jobs: Run) -> None:
    thread = make_thread()

    make_reply(thread, source=f"As @{thread.author.handle} says")
    run_jobs()

    assert told() == {(thread.author.pk, "forums.mention")}


def test_whoever_mutes_a_thread_hears_nothing(run_jobs: Run) -> None:
    thread = make_thread()
    follow_thread(thread, by=thread.author, level=FollowLevel.MUTED)

    make_reply(thread, source=f"As @{thread.author.handle} says")
    run_jobs()

    assert told() == set()


def test_unfollow_thread_ends_it(run_jobs: Run) -> None:
    thread = make_thread()
    unfollow_thread(thread, by=thread.author)

    make_reply(thread)
    run_jobs()

    assert told() == set()


def test_a_follower_who_lost_the_right_to_read_is_not_told(run_jobs: Run) -> None:
    thread, follower = make_thread(), verified_member()
    follow_thread(thread, by=follower)
    suspend(follower)

    make_reply(thread, by=thread.author)
    run_jobs()

    assert told() == set()


def test_an_edit_tells_only_who_is_newly_mentioned(run_jobs: Run) -> None:
    thread = make_thread()
    ada = verified_member(handle="ada-obi")
    post = make_reply(thread, by=thread.author)
    run_jobs()

    edit_post(post, by=thread.author, words=Words("See @ada-obi", post.stance), revision=1)
    run_jobs()

    assert told() == {(ada.pk, "forums.mention")}


def test_mail_about_a_post_holds_none_of_its_words(run_jobs: Run) -> None:
    thread = make_thread(title="Quokka protocol")

    make_reply(thread, source=f"@{thread.author.handle} wombat")
    run_jobs()

    words = " ".join(f"{message.subject} {message.body}" for message in mail.outbox)
    assert "Quokka" not in words and "wombat" not in words
