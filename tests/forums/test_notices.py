"""What the bell says of a thread: one line however many posts, and none once the thread was read."""

from collections.abc import Callable

import pytest
from django.test import Client

from community.notifications.models import Notification
from community.notifications.queries import unread_count
from forums.operations import follow_thread, unfollow_thread
from tests.factories.forums import make_reply, make_thread, verified_member

pytestmark = pytest.mark.django_db


def test_posts_of_a_thread_are_one_notice_that_reading_ends(run_jobs: Callable[[], int]) -> None:
    reader, thread = verified_member(), make_thread()
    follow_thread(thread, by=reader, level="every_post")
    first = make_reply(thread)
    make_reply(thread)
    run_jobs()
    row = Notification.objects.get(member=reader)
    assert (row.target_id, row.count, unread_count(reader)) == (str(first.pk), 2, 1)

    client = Client()
    client.force_login(reader)
    client.get(thread.get_absolute_url())

    assert unread_count(reader) == 0


def test_who_no_longer_follows_hears_nothing_more(run_jobs: Callable[[], int]) -> None:
    reader, thread = verified_member(), make_thread()
    follow_thread(thread, by=reader, level="every_post")
    unfollow_thread(thread, by=reader)
    make_reply(thread)
    run_jobs()

    assert not Notification.objects.filter(member=reader).exists()
