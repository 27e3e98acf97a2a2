"""Between discussions and write-ups: a published one gets its thread, an answered thread can become one."""

from typing import Any

import pytest

from community.core.audiences import Viewer, viewer_of
from community.core.errors import Refused
from community.core.models import Event
from community.knowledge.discussions import discussion_of
from community.knowledge.models import WriteUpPage
from community.knowledge.operations.writeups import draft_of
from community.knowledge.practice.sections import part_of, rows_of
from forums.models import Space, Thread, WriteUpThread
from forums.operations import discuss_write_up, promote_thread
from tests.factories.forums import SpaceFactory, make_reply, make_thread, private_group, verified_member
from tests.knowledge.practices import TITLE, published

pytestmark = pytest.mark.django_db


def test_a_published_write_up_is_discussed_once_where_its_readers_are(run_jobs: Any) -> None:
    author = verified_member()
    SpaceFactory.create(audience="public", position=1)
    page = published(author)
    specialty = page.specialties.first()
    SpaceFactory.create(audience="verified", position=1)
    own: Space = SpaceFactory.create(audience="verified", specialty=specialty, position=9)
    run_jobs()

    thread = Thread.objects.get()
    link = discussion_of(page, viewer_of(verified_member()))

    assert (thread.space, thread.author, thread.audience) == (own, author, page.audience)
    assert f"/practices/{page.slug}/" in thread.posts.get().html
    assert link is not None
    assert link.url == thread.get_absolute_url()
    assert discussion_of(page, Viewer.anonymous()) is None
    assert discuss_write_up(page, by=author) == thread


def test_an_answered_thread_becomes_a_draft_that_names_its_authors() -> None:
    member = verified_member(handle="ines-duarte")
    thread = make_thread(by=member, title="Refills in the rainy season")
    with pytest.raises(Refused, match="Nobody has answered"):
        promote_thread(thread, by=member, title=TITLE, kind="practice")
    make_reply(thread, by=verified_member(handle="owen-kato"))

    page = promote_thread(thread, by=member, title=TITLE, kind="practice")

    draft = draft_of(WriteUpPage.objects.get(pk=page.pk))
    [source] = rows_of(part_of(draft, "sources"))
    assert source["citation"] == "@ines-duarte, @owen-kato. Refills in the rainy season. Discussion in Collegium."
    assert WriteUpThread.objects.get(page=page).kind == "origin"
    assert Event.objects.filter(verb="forums.thread.promoted", target_id=str(thread.pk)).exists()
    assert not page.live


def test_what_a_closed_circle_says_is_not_written_up() -> None:
    member = verified_member()
    thread = make_thread(private_group(member), by=member)
    make_reply(thread, by=member)

    with pytest.raises(Refused, match="cannot grow"):
        promote_thread(thread, by=member, title=TITLE, kind="practice")
