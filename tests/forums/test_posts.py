"""Replying, editing, taking back: what an author does with a post, and what moderators' decisions do to it."""

import uuid
from typing import Any

import pytest

from community.core.audiences import user_token, viewer_of
from community.core.errors import Conflict, Missing, Refused, TooMany
from community.core.models import Event
from community.core.screening import install_screener
from community.moderation.models import HeldWords, Review
from forums.models import Mention, Post, PostState, Revision, Tag, Thread, ThreadState
from forums.operations import (
    edit_post,
    erase_revision,
    hide_post,
    open_thread,
    refuse_post,
    release_post,
    reply,
    restore_post,
    unhide_post,
    withdraw_post,
)
from forums.policies import may_edit_post
from forums.revising import versions_of
from forums.writing import Words
from tests.factories.forums import (
    PHYSICIAN,
    SpaceFactory,
    make_reply,
    make_thread,
    profession,
    suspend,
    verified_member,
    words,
)

pytestmark = pytest.mark.django_db
IDENTIFYING = "Her NHS number is 943 476 5919."


@pytest.fixture
def held_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """A guard that holds what says "bed 12" and passes the rest."""

    def screener(text: str, surface: str) -> Any:
        at = text.find("bed 12")
        return ("hold", [(at, at + 6, "place", "a place in a hospital")]) if at >= 0 else ("pass", [])

    monkeypatch.setattr("community.core.screening._installed", [])
    install_screener(screener)


def test_reply_gets_the_next_number_and_moves_the_thread_up() -> None:
    thread, author = make_thread(), verified_member()

    post = make_reply(thread, by=author)

    thread.refresh_from_db()
    assert (post.number, thread.post_count, thread.last_post_number, thread.last_poster) == (2, 2, 2, author)
    assert thread.last_posted_at == post.published_at


def test_reply_with_a_used_key_gives_the_same_post_whatever_it_says() -> None:
    thread, author, key = make_thread(), verified_member(), uuid.uuid4()

    first = reply(thread, by=author, words=Words("One."), client_key=key)
    second = reply(thread, by=author, words=Words("Two."), client_key=key)

    assert (first.pk, second.source, Post.objects.count()) == (second.pk, "One.", 2)


def test_reply_that_repeats_costs_nothing_of_the_limit() -> None:
    thread, author, key = make_thread(), verified_member(), uuid.uuid4()

    for _again in range(70):
        reply(thread, by=author, words=Words("One."), client_key=key)

    with pytest.raises(TooMany):
        for number in range(70):
            make_reply(thread, by=author, source=f"Another {number}")


def test_reply_shows_declared_interests_and_no_others() -> None:
    thread, author = make_thread(), verified_member(coi_statement="Speaker for Acme", coi_declared_on="2026-01-01")

    assert make_reply(thread, by=author).coi == "Speaker for Acme"
    assert make_reply(thread, by=verified_member(coi_statement="Draft")).coi == ""


def test_reply_refuses_identifiers_and_keeps_the_key_free() -> None:
    thread, author, key = make_thread(), verified_member(), uuid.uuid4()

    with pytest.raises(Refused):
        reply(thread, by=author, words=Words(IDENTIFYING), client_key=key)

    assert reply(thread, by=author, words=Words("In general."), client_key=key).number == 2


def test_reply_is_refused_when_the_guard_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    thread = make_thread()
    monkeypatch.setattr("community.core.screening._installed", [])

    with pytest.raises(Refused) as refusal:
        make_reply(thread)

    assert (refusal.value.code, Post.objects.count()) == ("guard_failed", 1)


def test_reply_by_a_nurse_in_a_space_for_physicians_is_refused() -> None:
    space = SpaceFactory.create(write_rule="profession", profession=profession(PHYSICIAN))
    thread = make_thread(space)

    with pytest.raises(Refused) as refusal:
        make_reply(thread, by=verified_member(code="2221"))

    assert refusal.value.code == "not_this_profession"


def test_reply_to_a_number_that_is_not_there_is_missing() -> None:
    with pytest.raises(Missing):
        make_reply(make_thread(), reply_to=7)


def test_mention_before_reply_before_quote_each_person_once() -> None:
    thread = make_thread()
    mentioned, answered, quoted = verified_member(handle="ada-obi"), verified_member(), verified_member()
    make_reply(thread, by=answered)
    make_reply(thread, by=quoted)
    link = f"{thread.get_absolute_url()}#post-3"

    post = make_reply(thread, source=f"> @{quoted.handle} [wrote]({link}):\n> Yes\n\nSee @ada-obi", reply_to=2)

    found = set(Mention.objects.filter(post=post).values_list("member_id", "kind"))
    assert found == {(mentioned.pk, "mention"), (answered.pk, "reply"), (quoted.pk, "quote")}


def test_a_mention_of_somebody_who_may_not_read_is_no_mention() -> None:
    thread, outsider = make_thread(), verified_member(handle="bea-lindt")
    suspend(outsider)

    make_reply(thread, source="What does @bea-lindt think?")

    assert not Mention.objects.exists()


def test_edit_post_keeps_the_words_before_and_counts_the_revision() -> None:
    thread = make_thread(replies=1)
    post = thread.posts.get(number=2)

    edited = edit_post(post, by=thread.author, words=Words("Better.", "opinion"), revision=1)

    kept = Revision.objects.get(post=post)
    assert (edited.source, edited.revision, edited.html) == ("Better.", 2, "<p>Better.</p>\n")
    assert (kept.number, kept.source, kept.stance) == (1, "Reply 2", "local_practice")


def test_erase_revision_takes_the_words_out_for_everybody_and_only_for_who_may() -> None:
    thread = make_thread()
    post = make_reply(thread, by=thread.author, source="Ask for Room 12.")
    edit_post(post, by=thread.author, words=Words("Ask at the desk.", post.stance), revision=1)

    with pytest.raises(Refused):
        erase_revision(post, 1, by=verified_member())
    erase_revision(post, 1, by=thread.author)

    assert [(r.source, r.html) for r in post.revisions.all()] == [("", "")]
    assert [version.number for version in versions_of(Post.objects.get(pk=post.pk))] == [2]
    with pytest.raises(Missing):
        erase_revision(post, 1, by=thread.author)


def test_edit_post_of_an_older_revision_is_a_conflict_with_the_present_words() -> None:
    thread = make_thread(replies=1)
    post = thread.posts.get(number=2)
    edit_post(post, by=thread.author, words=Words("First.", "opinion"), revision=1)

    with pytest.raises(Conflict) as conflict:
        edit_post(post, by=thread.author, words=Words("Second.", "opinion"), revision=1)

    assert (conflict.value.theirs, Post.objects.get(pk=post.pk).source) == ("First.", "First.")


def test_edit_post_sent_twice_is_one_edit() -> None:
    thread = make_thread(replies=1)
    post = thread.posts.get(number=2)

    for _again in range(2):
        edit_post(post, by=thread.author, words=Words("Better.", "opinion"), revision=1)

    assert Post.objects.get(pk=post.pk).revision == 2


def test_edit_post_refuses_identifiers_and_keeps_no_trace_of_them() -> None:
    thread = make_thread(replies=1)
    post = thread.posts.get(number=2)

    with pytest.raises(Refused):
        edit_post(post, by=thread.author, words=Words(IDENTIFYING, "opinion"), revision=1)

    assert not Revision.objects.exists()
    assert not Event.objects.filter(verb="forums.post.edited").exists()
    assert Post.objects.get(pk=post.pk).source == "Reply 2"


def test_edit_post_after_the_credential_ended_is_refused() -> None:
    thread = make_thread()
    suspend(thread.author)
    thread.space.audience = "members"
    Post.objects.update(audience="members")

    with pytest.raises(Refused) as refusal:
        edit_post(thread.posts.get(), by=thread.author, words=words("Later."), revision=1)

    assert refusal.value.code == "suspended"


def test_edit_post_by_somebody_else_is_refused() -> None:
    post = make_thread().posts.get()

    assert may_edit_post(viewer_of(verified_member()), post).code == "not_author"


def test_edit_of_the_first_post_changes_title_and_tags() -> None:
    thread = make_thread(tags=("sepsis",))

    edit_post(
        thread.posts.get(), by=thread.author, words=words("Which?", title="Balanced fluids", tags=("ICU",)), revision=1
    )

    thread.refresh_from_db()
    assert (thread.title, thread.slug) == ("Balanced fluids", "balanced-fluids")
    assert list(thread.tags.names()) == ["ICU"]
    assert Revision.objects.get().title == "Fluids in sepsis"


def test_an_edit_that_drops_a_mention_takes_it_back() -> None:
    thread = make_thread()
    verified_member(handle="ada-obi")
    post = make_reply(thread, source="See @ada-obi")

    edit_post(post, by=post.author, words=Words("See above.", post.stance), revision=1)

    assert not Mention.objects.exists()


def test_withdraw_post_hides_it_from_others_and_restore_post_brings_it_back() -> None:
    thread = make_thread(replies=2)
    post, reader = thread.posts.get(number=3), viewer_of(verified_member())

    withdraw_post(post, by=thread.author)
    thread.refresh_from_db()
    counts = (thread.post_count, thread.last_post_number, thread.last_number)
    hidden = Post.objects.visible_to(reader).filter(pk=post.pk).exists()
    restore_post(post, by=thread.author)

    thread.refresh_from_db()
    assert (counts, hidden) == ((2, 2, 3), False)
    assert (thread.post_count, thread.last_post_number) == (3, 3)


def test_withdraw_post_of_somebody_else_is_refused() -> None:
    with pytest.raises(Refused):
        withdraw_post(make_thread().posts.get(), by=verified_member())


def test_a_number_is_never_given_twice() -> None:
    thread = make_thread(replies=1)

    withdraw_post(thread.posts.get(number=2), by=thread.author)

    assert make_reply(thread).number == 3


def test_a_held_reply_has_neither_words_nor_number_and_only_its_author_sees_it(held_words: None) -> None:
    thread, author = make_thread(), verified_member()

    post = make_reply(thread, by=author, source="As in bed 12")

    assert (post.state, post.number, post.source, post.html, post.plain) == ("held", None, "", "", "")
    assert post.audience == user_token(author)
    assert HeldWords.objects.get().review.target_id == str(post.pk)
    thread.refresh_from_db()
    assert (thread.post_count, thread.last_number) == (1, 1)


def test_release_post_publishes_at_the_end_of_the_thread(held_words: None) -> None:
    thread = make_thread()
    post = make_reply(thread, source="As in bed 12")
    make_reply(thread)

    release_post(post, by=verified_member(in_groups=["Moderators"]))

    post.refresh_from_db()
    assert (post.state, post.number, post.source, post.audience) == ("published", 3, "As in bed 12", "verified")


def test_refuse_post_leaves_nothing_but_the_fact(held_words: None) -> None:
    post = make_reply(make_thread(), source="As in bed 12")

    refuse_post(post, by=verified_member(in_groups=["Moderators"]))

    post.refresh_from_db()
    assert (post.state, post.source) == (PostState.REFUSED, "")


def test_a_held_thread_keeps_title_and_tags_from_everybody_until_release(held_words: None) -> None:
    author, space = verified_member(), SpaceFactory.create()
    post = open_thread(
        space, by=author, words=words("Why?", title="What bed 12 needs", tags=("rare-tag",)), client_key=uuid.uuid4()
    )
    held = Thread.objects.get()

    before = (held.title, held.slug, held.state, held.audience, Tag.objects.count())
    release_post(post, by=verified_member(in_groups=["Moderators"]))

    thread = Thread.objects.get()
    assert before == ("", "", ThreadState.HELD, user_token(author), 0)
    assert (thread.title, thread.audience, list(thread.tags.names())) == ("What bed 12 needs", "verified", ["rare-tag"])


def test_withdraw_post_that_is_held_deletes_the_words(held_words: None) -> None:
    post = make_reply(make_thread(), source="As in bed 12")

    withdraw_post(post, by=post.author)

    assert not HeldWords.objects.exists()
    assert not Review.objects.waiting().exists()


def test_a_held_edit_leaves_the_post_as_it_was_until_release(held_words: None) -> None:
    thread = make_thread(replies=1)
    post = thread.posts.get(number=2)

    edited = edit_post(post, by=thread.author, words=Words("As in bed 12", "opinion"), revision=1)
    before = (edited.edit_held, edited.source, edited.revision)
    release_post(edited, by=verified_member(in_groups=["Moderators"]))

    post.refresh_from_db()
    assert before == (True, "Reply 2", 1)
    assert (post.edit_held, post.source, post.stance, post.revision) == (False, "As in bed 12", "opinion", 2)


def test_refuse_post_of_a_held_edit_keeps_the_published_words(held_words: None) -> None:
    thread = make_thread(replies=1)
    post = edit_post(thread.posts.get(number=2), by=thread.author, words=Words("As in bed 12", "opinion"), revision=1)

    refuse_post(post, by=verified_member(in_groups=["Moderators"]))

    post.refresh_from_db()
    assert (post.edit_held, post.state, post.source) == (False, "published", "Reply 2")


def test_hide_post_and_unhide_post_of_a_reply() -> None:
    thread = make_thread(replies=1)
    post, moderator = thread.posts.get(number=2), verified_member(in_groups=["Moderators"])

    hide_post(post, by=moderator)
    post.refresh_from_db()
    hidden = (post.state, post.audience)
    unhide_post(post, by=moderator)

    post.refresh_from_db()
    assert hidden == ("hidden", "moderators")
    assert (post.state, post.audience, post.number) == ("published", "verified", 2)


def test_hide_post_of_the_first_one_hides_the_whole_thread() -> None:
    thread, moderator = make_thread(replies=1), verified_member(in_groups=["Moderators"])
    post = thread.posts.get(number=1)

    hide_post(post, by=moderator)
    hidden = set(Post.objects.values_list("audience", flat=True)) | set(
        Thread.objects.values_list("audience", flat=True)
    )
    unhide_post(post, by=moderator)

    assert hidden == {"moderators"}
    assert set(Post.objects.values_list("audience", flat=True)) == {"verified"}
    assert Thread.objects.get().state == "published"
