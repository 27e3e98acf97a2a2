"""One rule in two languages: what SQL shows is what the words of the rule say, for every state and every member."""

import uuid
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from community.core.audiences import members_in, viewer_of
from community.members.models import Member
from forums import queries
from forums.models import Post, PostState, Space, Thread, ThreadState
from forums.policies import audience_of_post, audience_of_thread
from tests.factories.forums import (
    PHYSICIAN,
    SpaceFactory,
    learner,
    make_thread,
    private_group,
    profession,
    suspend,
    verified_member,
)
from tests.factories.members import MemberFactory

PEOPLE = ("visitor", "unverified", "physician", "nurse", "learner", "suspended", "author", "moderator", "insider")
READERS = {
    "public": set(PEOPLE),
    "members": set(PEOPLE) - {"visitor"},
    "verified": {"physician", "nurse", "author", "moderator", "insider"},
    "profession": {"physician", "author", "moderator", "insider"},
    "group": {"author", "insider"},
}


def may_read(person: str, space: str, thread: str, post: str) -> bool:
    """The rule in words, written without looking at the program."""
    if thread != "published":
        thread_readers = {"hidden": {"moderator"}}.get(thread, {"author"})
    else:
        thread_readers = READERS[space]
    if post == "published":
        return person in thread_readers
    return person == "moderator" if post == "hidden" else person == "author"


@pytest.fixture
def people(db: None) -> dict[str, Member | None]:
    suspended = verified_member()
    suspend(suspended)
    return {
        "visitor": None,
        "unverified": MemberFactory.create(),
        "physician": verified_member(),
        "nurse": verified_member(code="2221"),
        "learner": learner(),
        "suspended": suspended,
        "author": verified_member(),
        "moderator": verified_member(in_groups=["Moderators"]),
        "insider": verified_member(),
    }


@pytest.fixture
def spaces(people: dict[str, Any]) -> dict[str, Space]:
    return {
        "public": SpaceFactory.create(audience="public"),
        "members": SpaceFactory.create(audience="members"),
        "verified": SpaceFactory.create(),
        "profession": SpaceFactory.create(audience=f"profession:{PHYSICIAN}", profession=profession()),
        "group": private_group(people["author"], people["insider"]),
    }


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    person=st.sampled_from(PEOPLE),
    space=st.sampled_from(sorted(READERS)),
    thread=st.sampled_from([state.value for state in ThreadState]),
    post=st.sampled_from([state.value for state in PostState]),
)
def test_visible_to_is_the_rule_in_words(
    people: dict[str, Any], spaces: dict[str, Space], person: str, space: str, thread: str, post: str
) -> None:
    row = _post_in_state(spaces[space], people["author"], thread, post)
    viewer, member = viewer_of(people[person]), people[person]

    expected = may_read(person, space, thread, post)
    assert Post.objects.visible_to(viewer).filter(pk=row.pk).exists() == expected
    assert row.is_visible_to(viewer) == expected
    if member is not None:
        assert members_in(row.audience).filter(pk=member.pk).exists() == expected


def _post_in_state(space: Space, author: Member, thread_state: str, post_state: str) -> Post:
    """A row as the operations leave it in this state; written straight, for a hundred cases in seconds."""
    moment = author.joined_at
    named = {} if thread_state == "held" else {"title": "Fluids", "slug": "fluids"}
    thread = Thread(
        space=space, author=author, stance="question", state=thread_state, created_at=moment,
        last_posted_at=moment, last_number=1, last_post_number=1, post_count=1, **named,
    )  # fmt: skip
    thread.audience = audience_of_thread(thread)
    thread.save()
    worded = {} if post_state in {"held", "refused"} else {"source": "S", "html": "S", "plain": "S", "number": 1}
    post = Post(
        thread=thread, author=author, client_key=uuid.uuid4(), state=post_state, stance="question",
        created_at=moment, published_at=moment, **worded,
    )  # fmt: skip
    post.audience = audience_of_post(post)
    post.save()
    return post


@pytest.mark.django_db
def test_nothing_of_a_private_group_leaks_through_any_page() -> None:
    insider, outsider = verified_member(), verified_member(in_groups=["Moderators"])
    group = private_group(insider, name="Tumour board", slug="tumour-board")
    thread = make_thread(group, by=insider, title="Quokka protocol", tags=("quokka",))
    post = thread.posts.get()
    client = Client()
    client.force_login(outsider)

    for path in (
        "/", "/forums/", "/forums/unread/", "/forums/questions/", "/forums/tags/quokka/",
        "/forums/tumour-board/", thread.get_absolute_url(), f"/forums/posts/{post.public_id}/",
        f"/forums/posts/{post.public_id}/history/", f"/forums/posts/{post.public_id}/edit/",
        f"/forums/posts/{post.public_id}/report/", "/api/v1/forums/spaces/",
        "/api/v1/forums/spaces/tumour-board/threads/", f"/api/v1/forums/threads/{thread.public_id}/posts/",
        f"/members/{insider.handle}/", "/notifications/",
    ):  # fmt: skip
        page = client.get(path).content.decode()
        assert "Quokka protocol" not in page and "Tumour board" not in page, path


@pytest.mark.django_db
def test_the_right_to_read_ends_with_the_next_request() -> None:
    reader, thread = verified_member(), make_thread()

    before = queries.thread_for_page(viewer_of(reader), thread.public_id)
    suspend(reader)

    assert before is not None
    assert queries.thread_for_page(viewer_of(reader), thread.public_id) is None
