"""What the invented people wrote: complete, case-free, and by people there are."""

import re
from typing import Any

import pytest

from community.casefree.screening import screen
from community.core.text import render
from demo import rooms, translations
from demo.desk import FRESH, HELD, REPORTED
from demo.people import PERSONAS, people
from demo.texts import PostText, SpaceText, ThreadText, spaces
from demo.verifications import WAITING
from demo.webinars import content

THREADS = [(space, thread) for space in spaces() for thread in space.threads]
NAMES = [f"{space.slug}: {thread.title}" for space, thread in THREADS]
HANDLES = {person.handle: person for person in people()}


def test_there_is_a_community() -> None:
    assert len(spaces()) == 12
    assert len(THREADS) >= 150
    assert len(people()) - len(PERSONAS) >= 60
    assert len({thread.title for _space, thread in THREADS}) == len(THREADS)


def test_every_persona_is_somebody() -> None:
    assert set(PERSONAS) <= set(HANDLES)


@pytest.mark.parametrize(("space", "thread"), THREADS, ids=NAMES)
def test_thread_is_case_free(space: SpaceText, thread: ThreadText) -> None:
    assert screen(thread.title, "title").findings == ()
    assert [screen(tag, "tag").outcome for tag in thread.tags] == ["pass"] * len(thread.tags)
    assert [finding for post in thread.posts for finding in screen(post.text).findings] == []


@pytest.mark.parametrize(("space", "thread"), THREADS, ids=NAMES)
def test_thread_is_a_discussion(space: SpaceText, thread: ThreadText) -> None:
    assert thread.posts[0].stance == "question"
    assert 3 <= len(thread.posts) <= 8
    assert 1 <= len(thread.tags) <= 5
    assert len({post.author for post in thread.posts}) >= 2


@pytest.mark.parametrize("person", people(), ids=lambda person: person.handle)
def test_profile_is_case_free_and_says_that_it_is_invented(person: object) -> None:
    words = f"{person.given} {person.family}. {person.institution}. {person.interests}. {person.conflicts}"  # type: ignore[attr-defined]

    assert screen(words, "profile").findings == ()
    assert person.handle == "learner" or "invented" in person.institution  # type: ignore[attr-defined]


def test_only_people_who_could_write_have_written() -> None:
    written = {(space.slug, post.author) for space, thread in THREADS for post in thread.posts}
    states = {(slug, author, HANDLES[author].state) for slug, author in written}

    assert {state for _slug, _author, state in states}.isdisjoint(WAITING | {"draft", "rejected"})
    assert {slug for slug, _author, state in states if state == "learner"} == {"learning-teaching"}


def test_mentions_lead_to_people() -> None:
    texts = [post.text for _space, thread in THREADS for post in thread.posts] + [text for _t, _a, text in FRESH]

    assert {handle for text in texts for handle in render(text).mentions} <= set(HANDLES)


def test_people_do_not_answer_themselves() -> None:
    following = [pair for _space, thread in THREADS for pair in zip(thread.posts, thread.posts[1:], strict=False)]

    assert [before.text for before, after in following if before.author == after.author] == []


def test_posts_vary() -> None:
    texts = [re.sub(r"\W+", " ", post.text.lower()) for _space, thread in THREADS for post in thread.posts]

    assert len(set(texts)) == len(texts) >= 640


def test_desk_holds_what_it_says() -> None:
    assert {screen(text).outcome for _title, _author, text in HELD} == {"hold"}
    assert {screen(text).outcome for _title, _author, text, _reports in REPORTED} == {"pass"}
    assert {screen(note, "report").outcome for *_rest, reports in REPORTED for _who, _why, note in reports} == {"pass"}


@pytest.mark.parametrize("told", content()["webinar"], ids=lambda told: told["slug"])
def test_webinar_is_case_free_and_by_people_there_are(told: dict[str, Any]) -> None:
    words = [told["title"], told["summary"], told["description"], *told["objectives"]]
    guests = [line for line in told["speakers"] if "|" in line]

    assert {finding.kind for text in words for finding in screen(text, "practice").findings} <= {"language"}
    assert [finding for line in guests for finding in screen(line.replace("|", ", "), "profile").findings] == []
    assert {told["organiser"], *told["moderators"], *told["registered"], *told["speakers"]} - set(guests) <= set(
        HANDLES
    )


@pytest.mark.parametrize("told", translations.content(), ids=lambda told: told["language"])
def test_translation_is_case_free_and_by_two_who_know_the_language(told: dict[str, Any]) -> None:
    found = [finding.kind for text in told["words"].values() for finding in screen(text, "practice").findings]

    assert set(found) <= {"language"}
    assert [told["language"] in HANDLES[handle].languages for handle in (told["by"], told["reader"])] == [True, True]


def test_text_of_several_paragraphs_is_one_post() -> None:
    thread = ThreadText("x", posts=[PostText("member", "question", "one")])

    assert thread.posts[0].text == "one"


@pytest.mark.parametrize("slug", sorted(rooms.content()))
def test_rooms_are_case_free_and_by_people_who_registered(slug: str) -> None:
    room = rooms.content()[slug]
    plan = next(told for told in content()["webinar"] if told["slug"] == slug)
    lines = [line.split("|", 2) for line in room["lines"]]
    questions = [line.split("|", 4) for line in room["questions"]]

    assert [finding for *_rest, text in lines for finding in screen(text, "chat").findings] == []
    assert [finding for *_rest, text in questions for finding in screen(text, "question").findings] == []
    assert [finding for text in room["slides"] for finding in screen(text.replace("|", "\n"), "slide").findings] == []
    crew = {plan["organiser"], *plan["moderators"], *plan["speakers"]}
    assert {handle for handle, *_rest in [*lines, *questions]} <= crew | set(plan["registered"])
