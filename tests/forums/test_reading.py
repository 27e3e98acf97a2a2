"""How far one has read: never back, never beyond, and unread exactly where there is something new."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from community.core.actors import SYSTEM
from community.core.audiences import Viewer, viewer_of
from community.core.clock import now
from community.core.errors import Missing, Refused
from community.core.events import record
from community.members.models import Specialty
from forums import queries
from forums.models import FollowLevel, Reading, ReadMarker, Space, Thread
from forums.operations import (
    add_member,
    follow_thread,
    forget_bound,
    join_group,
    leave_group,
    mark_read,
    mark_space_read,
    refresh_bound,
    withdraw_post,
)
from forums.tasks import drop_old_markers, raise_bounds
from tests.factories.forums import SpaceFactory, make_reply, make_thread, private_group, verified_member
from tests.factories.members import MemberFactory

pytestmark = pytest.mark.django_db


def unread(member: object) -> list[Thread]:
    """By the query; what the rows of a list say of themselves must be the same."""
    found = list(queries.unread_threads(viewer_of(member)))
    assert [thread for thread in queries.latest_threads(viewer_of(member)) if thread.is_unread] == found
    return found


def test_mark_read_never_goes_back_and_never_beyond() -> None:
    thread, reader = make_thread(replies=4), verified_member()

    for number in (3, 2, 99, 4):
        mark_read(thread, by=reader, number=number)

    assert ReadMarker.objects.get(member=reader).last_read_number == 5


def test_a_new_post_makes_a_read_thread_unread_again() -> None:
    thread, reader = make_thread(), verified_member()
    mark_read(thread, by=reader, number=1)
    before = unread(reader)

    make_reply(thread)

    assert (before, unread(reader)) == ([], [thread])


def test_a_withdrawn_post_is_not_unread() -> None:
    thread, reader = make_thread(replies=1), verified_member()
    mark_read(thread, by=reader, number=1)

    withdraw_post(thread.posts.get(number=2), by=thread.author)

    assert unread(reader) == []


def test_one_s_own_post_is_read() -> None:
    thread, author = make_thread(), verified_member()

    make_reply(thread, by=author)

    assert unread(author) == []


def test_mark_space_read_reads_everything_until_now_and_drops_the_pointers() -> None:
    thread, reader = make_thread(), verified_member()
    mark_read(thread, by=reader, number=1)

    mark_space_read(thread.space, by=reader)
    pointers = ReadMarker.objects.filter(member=reader).count()
    make_reply(thread)

    assert (pointers, unread(reader)) == (0, [thread])


def test_mark_space_read_of_a_space_one_may_not_read_is_missing() -> None:
    with pytest.raises(Missing):
        mark_space_read(private_group(verified_member()), by=verified_member())


def test_after_mark_space_read_the_first_unread_post_is_the_new_one() -> None:
    thread, reader = make_thread(replies=3), verified_member()
    mark_space_read(thread.space, by=reader)
    make_reply(thread)

    page = queries.thread_for_page(viewer_of(reader), thread.public_id)

    assert page is not None
    assert queries.first_unread_number(page, viewer_of(reader)) == 5


def test_a_muted_thread_is_not_unread_and_nothing_is_for_a_visitor() -> None:
    muted, heard, reader = make_thread(), make_thread(), verified_member()
    follow_thread(muted, by=reader, level=FollowLevel.MUTED)
    follow_thread(heard, by=reader, level=FollowLevel.EVERY_POST)
    public = queries.latest_threads(Viewer(None, frozenset({heard.audience})))

    assert unread(reader) == [heard]
    assert (len(public), [thread.is_unread for thread in public]) == (2, [False, False])
    assert list(queries.only_unread(public)) == []


def test_the_address_of_a_thread_is_the_one_in_the_table() -> None:
    thread = Thread(space=Space(slug="sepsis"), public_id="bcdfgh", slug="a-word")

    assert thread.get_absolute_url() == reverse("thread-detail", args=["sepsis", "bcdfgh-a-word"])


def test_what_is_older_than_the_cutoff_is_read() -> None:
    reader = verified_member()
    with time_machine.travel(now() - timedelta(days=41)):
        make_thread()

    assert unread(reader) == []


def test_refresh_bound_never_hides_what_is_unread() -> None:
    thread, reader = make_thread(), verified_member()
    with time_machine.travel(now() + timedelta(days=3)):
        later = make_thread(thread.space)
        mark_read(later, by=reader, number=1)

        bound = refresh_bound(by=reader)

        assert (bound, unread(reader)) == (thread.last_posted_at, [thread])


def test_refresh_bound_rises_when_all_is_read_and_forget_bound_lowers_it() -> None:
    reader = verified_member()

    raised = refresh_bound(by=reader)
    forget_bound(by=reader)

    assert raised > now() - timedelta(minutes=6)
    assert Reading.objects.get(member=reader).first_unread_at < now() - timedelta(days=39)


def test_whoever_is_verified_looks_back_again(run_jobs: Callable[[], int]) -> None:
    reader = verified_member()
    raised = refresh_bound(by=reader)
    record("credentials.application.renewed", by=SYSTEM, target=reader.applications.get())
    run_jobs()

    assert Reading.objects.get(member=reader).first_unread_at < raised


def test_the_clock_raises_bounds_and_drops_old_pointers() -> None:
    thread, reader = make_thread(), verified_member()
    mark_read(thread, by=reader, number=1)

    raise_bounds()
    with time_machine.travel(now() + timedelta(days=100)):
        drop_old_markers()

    assert Reading.objects.filter(member=reader).exists()
    assert not ReadMarker.objects.exists()


def test_counts_are_by_space_and_the_badge_is_their_sum() -> None:
    reader, space = verified_member(), SpaceFactory.create()
    for _thread in range(2):
        make_thread(space)
    other = make_thread()

    viewer = viewer_of(reader)

    assert queries.unread_by_space(viewer) == {space.pk: 2, other.space_id: 1}
    assert queries.unread_count(viewer) == 3


def test_questions_for_my_specialty_are_open_ones_in_its_spaces() -> None:
    specialty = Specialty.objects.create(slug="testology", name="Testology")
    space, reader = SpaceFactory.create(specialty=specialty), verified_member()
    reader.specialties.add(specialty)
    wanted = make_thread(space)
    make_thread(space, replies=1)
    make_thread()

    assert list(queries.questions_for(viewer_of(reader))) == [wanted]


def test_join_group_gives_its_threads_and_leave_group_takes_them() -> None:
    owner, guest = verified_member(), verified_member()
    group = private_group(owner, open_join=True)
    thread = make_thread(group, by=owner)

    join_group(group, by=guest)
    inside = unread(guest)
    leave_group(group, by=guest)

    assert (inside, unread(guest)) == ([thread], [])


def test_add_member_needs_an_owner() -> None:
    member = verified_member()

    with pytest.raises(Refused):
        add_member(private_group(member), by=member, member=MemberFactory.create())
