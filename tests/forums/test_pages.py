"""The pages, as forms and links without JavaScript."""

import uuid

import pytest
from django.test import Client

from forums.models import Follow, Post, ReadMarker, SpaceMarker, Thread
from tests.factories.forums import (
    SpaceFactory,
    learner,
    make_reply,
    make_thread,
    private_group,
    verified_member,
)
from tests.factories.members import MemberFactory

pytestmark = pytest.mark.django_db
PHONE = "Call her on 0151 496 0123, NHS number 943 476 5919."


def signed_in(member: object) -> Client:
    client = Client()
    client.force_login(member)  # type: ignore[arg-type]
    return client


def composed(**fields: str) -> dict[str, str]:
    return {"source": "What do you use?", "stance": "question", "client_key": str(uuid.uuid4()), **fields}


def test_space_list_shows_what_one_may_read_and_nothing_else() -> None:
    member = verified_member()
    SpaceFactory.create(name="Open ward", audience="public")
    SpaceFactory.create(name="Sepsis")
    private_group(verified_member(), name="Tumour board")

    visitor, reader = Client().get("/forums/").content.decode(), signed_in(member).get("/forums/").content.decode()

    assert "Open ward" in visitor and "Sepsis" not in visitor
    assert "Sepsis" in reader and "Tumour board" not in reader


def test_a_thread_is_opened_with_the_form() -> None:
    space, client = SpaceFactory.create(), signed_in(verified_member())

    page = client.get(f"/forums/{space.slug}/new/")
    sent = client.post(f"/forums/{space.slug}/new/", composed(title="Fluids", tags="sepsis, #Fluids"))

    thread = Thread.objects.get()
    assert page.status_code == 200
    assert sent.headers["Location"] == f"/forums/{space.slug}/{thread.public_id}-fluids/#post-1"
    assert "What do you use?" in client.get(thread.get_absolute_url()).content.decode()


def test_refused_words_come_back_in_the_form_with_what_was_found() -> None:
    space, client = SpaceFactory.create(), signed_in(verified_member())

    answer = client.post(f"/forums/{space.slug}/new/", composed(title="Fluids", source=PHONE))

    page = answer.content.decode()
    assert answer.status_code == 403
    assert page.count("943 476 5919") >= 2  # in the form, and marked in the findings
    assert not Thread.objects.exists()


def test_preview_renders_and_stores_nothing() -> None:
    space, client = SpaceFactory.create(), signed_in(verified_member())

    page = client.post(f"/forums/{space.slug}/new/", composed(title="Fluids", source="**Which**", preview="1"))

    assert page.status_code == 200
    assert "<strong>Which</strong>" in page.content.decode()
    assert not Thread.objects.exists()


def test_a_form_that_is_not_complete_keeps_the_words() -> None:
    space, client = SpaceFactory.create(), signed_in(verified_member())

    answer = client.post(f"/forums/{space.slug}/new/", composed(title=""))

    assert answer.status_code == 422
    assert "What do you use?" in answer.content.decode()


def test_a_reply_with_the_form_goes_to_its_place_once() -> None:
    thread, client = make_thread(), signed_in(verified_member())
    address, data = f"{thread.get_absolute_url()}reply/", composed(source="We use balanced fluid.")

    first, second = client.post(address, data), client.post(address, data)

    assert first.headers["Location"] == second.headers["Location"] == f"{thread.get_absolute_url()}#post-2"
    assert Post.objects.count() == 2


def test_a_reply_without_the_right_is_refused_with_the_words_kept() -> None:
    space = SpaceFactory.create(audience="members")
    thread, client = make_thread(space), signed_in(MemberFactory.create())

    answer = client.post(f"{thread.get_absolute_url()}reply/", composed(source="We use balanced fluid."))

    assert answer.status_code == 403
    assert "Only verified clinicians may write here" in answer.content.decode()


def test_an_old_address_leads_to_the_present_one() -> None:
    thread, client = make_thread(), signed_in(verified_member())

    answer = client.get(f"/forums/elsewhere/{thread.public_id}-old-words/?page=1")

    assert answer.headers["Location"] == f"{thread.get_absolute_url()}?page=1"


def test_the_number_of_a_post_leads_to_its_page() -> None:
    thread = make_thread(replies=25)
    client = signed_in(verified_member())

    answer = client.get(f"{thread.get_absolute_url()}?post=22")

    assert answer.headers["Location"] == f"{thread.get_absolute_url()}?page=2#post-22"
    assert b'id="post-22"' in client.get(f"{thread.get_absolute_url()}?page=2").content


def test_reading_a_thread_marks_it_as_read_and_leads_to_the_first_unread_post() -> None:
    thread, reader = make_thread(replies=1), verified_member()
    client = signed_in(reader)

    client.get(thread.get_absolute_url())
    make_reply(thread)

    assert ReadMarker.objects.get(member=reader).last_read_number == 2
    assert client.get(f"{thread.get_absolute_url()}?unread=1").headers["Location"].endswith("#post-3")
    assert b"co-row--unread" in client.get("/forums/unread/").content


def test_a_page_fetched_ahead_is_not_read() -> None:
    thread, reader = make_thread(), verified_member()

    signed_in(reader).get(thread.get_absolute_url(), headers={"Sec-Purpose": "prefetch"})

    assert not ReadMarker.objects.filter(member=reader).exists()


def test_quote_fills_the_composer() -> None:
    thread, client = make_thread(), signed_in(verified_member())

    page = client.get(f"{thread.get_absolute_url()}?quote=1").content.decode()

    assert f"&gt; @{thread.author.handle} [wrote]({thread.get_absolute_url()}#post-1):" in page
    assert "&gt; Which fluid do you start with?" in page


def test_follow_level_is_chosen_with_the_form() -> None:
    thread, reader = make_thread(), verified_member()
    client = signed_in(reader)

    client.post(f"{thread.get_absolute_url()}follow/", {"level": "mentions"})
    first = Follow.objects.get(member=reader).level
    client.post(f"{thread.get_absolute_url()}follow/", {"level": "none"})

    assert first == "mentions"
    assert not Follow.objects.filter(member=reader).exists()


def test_edit_keeps_the_history_and_shows_what_changed() -> None:
    thread = make_thread()
    post, client = thread.posts.get(), signed_in(thread.author)
    address = f"/forums/posts/{post.public_id}/edit/"
    page = client.get(address).content.decode()

    sent = client.post(
        address,
        {"source": "Which fluid do you prefer?", "stance": "question", "title": "Fluids", "tags": "", "revision": "1"},
    )

    history = client.get(f"/forums/posts/{post.public_id}/history/").content.decode()
    assert "Which fluid do you start with?" in page
    assert sent.status_code == 302
    assert "<del>start with?</del>" in history and "<ins>prefer?</ins>" in history


def test_an_edit_that_comes_too_late_shows_both_texts() -> None:
    thread = make_thread()
    post, client = thread.posts.get(), signed_in(thread.author)
    data = {"stance": "question", "title": "Fluids in sepsis", "tags": "", "revision": "1"}
    address = f"/forums/posts/{post.public_id}/edit/"

    client.post(address, {**data, "source": "First."})
    answer = client.post(address, {**data, "source": "Second."})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "First." in page and "Second." in page


def test_withdraw_can_be_undone() -> None:
    thread = make_thread(replies=1)
    post, client = thread.posts.get(number=2), signed_in(thread.author)

    client.post(f"/forums/posts/{post.public_id}/withdraw/")
    hidden = signed_in(verified_member()).get(thread.get_absolute_url()).content.decode()
    client.post(f"/forums/posts/{post.public_id}/restore/")

    assert "Reply 2" not in hidden
    assert "Reply 2" in signed_in(verified_member()).get(thread.get_absolute_url()).content.decode()


def test_report_reaches_the_moderators() -> None:
    thread, client = make_thread(), signed_in(verified_member())
    address = f"/forums/posts/{thread.posts.get().public_id}/report/"

    page, sent = client.get(address), client.post(address, {"reason": "advice", "note": ""})

    assert (page.status_code, sent.status_code) == (200, 302)


def test_one_s_own_post_is_not_reported() -> None:
    thread = make_thread()

    page = signed_in(thread.author).get(f"/forums/posts/{thread.posts.get().public_id}/report/")

    assert "This is your own post" in page.content.decode()


def test_space_read_marks_everything_as_read() -> None:
    thread, reader = make_thread(), verified_member()
    client = signed_in(reader)

    client.post(f"/forums/{thread.space.slug}/read/")

    assert SpaceMarker.objects.filter(member=reader).exists()
    assert b"You have read everything" in client.get("/forums/unread/").content


def test_moderators_lock_pin_and_move_with_forms() -> None:
    moderator, thread, other = verified_member(in_groups=["Moderators"]), make_thread(), SpaceFactory.create()
    client = signed_in(moderator)

    client.post(f"{thread.get_absolute_url()}moderate/", {"act": "lock"})
    client.post(f"{thread.get_absolute_url()}moderate/", {"act": "pin"})
    page = client.get(f"{thread.get_absolute_url()}move/")
    client.post(f"{thread.get_absolute_url()}move/", {"to": other.slug})

    thread.refresh_from_db()
    assert page.status_code == 200
    assert (thread.is_locked, thread.pinned, thread.space) == (True, True, other)


def test_a_member_does_not_find_the_moderators_page() -> None:
    assert signed_in(verified_member()).get(f"{make_thread().get_absolute_url()}move/").status_code == 404


def test_learners_write_where_the_space_lets_them() -> None:
    space = SpaceFactory.create(audience="members", write_rule="learners")
    thread, client = make_thread(space), signed_in(learner())

    answer = client.post(f"{thread.get_absolute_url()}reply/", composed(source="May I ask why?"))

    assert answer.status_code == 302


def test_editors_open_and_change_spaces_with_the_form() -> None:
    client = signed_in(verified_member(in_groups=["Editors"]))
    data = {
        "name": "Sepsis",
        "slug": "sepsis",
        "kind": "topic",
        "purpose": "Bundles",
        "write_rule": "verified",
        "position": "5",
    }

    made = client.post("/forums/spaces/new/", {**data, "read_rule": "members"})
    changed = client.post("/forums/sepsis/edit/", {**data, "purpose": "Care bundles", "read_rule": "verified"})
    reserved = client.post("/forums/spaces/new/", {**data, "slug": "unread", "name": "U", "read_rule": "members"})

    assert (made.status_code, changed.status_code, reserved.status_code) == (302, 302, 200)
    assert client.get("/forums/sepsis/edit/").status_code == 200


def test_owners_invite_into_their_group() -> None:
    owner, guest = verified_member(), verified_member()
    group = private_group(owner)
    group.seats.update(role="owner")
    client = signed_in(owner)

    page = client.get(f"/forums/{group.slug}/members/")
    client.post(f"/forums/{group.slug}/members/", {"handle": guest.handle})

    assert page.status_code == 200
    assert signed_in(guest).get(f"/forums/{group.slug}/").status_code == 200


def test_a_group_that_is_open_is_joined_and_left() -> None:
    group, client = private_group(open_join=True), signed_in(verified_member())

    listed = client.get("/forums/").content.decode()
    client.post(f"/forums/{group.slug}/join/")
    inside = client.get(f"/forums/{group.slug}/").status_code
    client.post(f"/forums/{group.slug}/leave/")

    assert group.name in listed
    assert (inside, client.get(f"/forums/{group.slug}/").status_code) == (200, 404)


@pytest.mark.parametrize("path", ["/forums/unread/", "/forums/questions/"])
def test_lists_of_one_s_own_need_a_sign_in(path: str) -> None:
    assert Client().get(path).headers["Location"].startswith("/accounts/login/")
