"""The floors of the guard on texts written by hand: what it misses and what it stops wrongly, as shares of whole sets."""

from functools import cache

import pytest

from community.casefree.screening import screen, screen_after
from demo.texts import spaces
from tests.casefree.measuring import STOPPED, blocked, is_stopped, stopped
from tests.casefree.sets import batch, batch_threads, lines, ordinary_threads, surface_of, violating_threads
from tests.casefree.texts import FOUND, PASSES


@cache
def legitimate() -> list[str]:
    demo = [post.text for space in spaces() for thread in space.threads for post in thread.posts]
    return [*lines("legitimate"), *PASSES, *demo]


def test_sets_are_large_enough() -> None:
    violating = [
        *lines("direct"),
        *lines("stories"),
        *lines("adversarial"),
        *(t for texts in FOUND.values() for t in texts),
    ]

    assert len(legitimate()) + len(lines("settings")) >= 900
    assert len(violating) + len(violating_threads()) >= 600
    assert len(violating_threads()) >= 200 <= len(ordinary_threads())


def test_legitimate_posts_are_left_alone() -> None:
    posts = legitimate()

    assert len(blocked(posts)) <= 0.005 * len(posts), blocked(posts)
    assert len(stopped(posts)) <= 0.03 * len(posts), stopped(posts)


def test_settings_of_write_ups_name_towns_hospitals_authors_and_dates() -> None:
    assert stopped(lines("settings"), "practice_setting") == []


def test_direct_identifiers_are_stopped() -> None:
    texts = lines("direct")
    missed = set(texts) - set(stopped(texts))

    assert len(missed) <= 0.01 * len(texts), missed


def test_stories_of_one_patient_are_stopped() -> None:
    texts = lines("stories")
    missed = set(texts) - set(stopped(texts))

    assert len(missed) <= 0.05 * len(texts), missed


def test_disguise_does_not_help() -> None:
    texts = lines("adversarial")
    missed = [text for text in texts if screen(text, surface_of(text)).outcome not in STOPPED]

    assert len(missed) <= 0.05 * len(texts), missed


def test_details_of_one_patient_over_several_posts_are_held() -> None:
    threads = violating_threads()
    missed = [thread for thread in threads if not is_stopped(thread)]

    assert len(missed) <= 0.01 * len(threads), missed[:5]


def test_ordinary_threads_are_left_alone() -> None:
    threads = ordinary_threads()
    held = [thread for thread in threads if is_stopped(thread)]

    assert len(held) <= 0.01 * len(threads), held


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("her MRN is", "4471902 if you want to look"),
        ("the patient is called", "Agnes Pell"),
        ("NHS number 943 476", "5919"),
        ("DOB", "03/04/1967"),
        ("you can reach her on 07700", "900123"),
    ],
)
def test_what_is_split_over_two_messages_is_read_together(before: str, text: str) -> None:
    outcome = screen_after(before, text, "chat")

    assert outcome.outcome in STOPPED
    assert all(0 <= finding.start < finding.end <= len(text) for finding in outcome.findings)


#: Of the third to the ninth batch together, 377 identifiers, 403 stories, 894 legitimate texts, 214 and 284 threads: what
#: the rules may miss and stop after they were mended. `docs/casefree.md` tells what they did when nobody had seen them.
#: The sixth to the ninth have only served to mend what was plain, of the ninth one half; so they say more, and their
#: floors are higher.
FLOORS = [
    ("direct", (3, 4, 5), 0.04),
    ("stories", (3, 4, 5), 0.115),
    ("direct", (6, 7), 0.035),
    ("stories", (6, 7), 0.17),
    ("direct", (8,), 0.035),
    ("stories", (8,), 0.12),
    ("direct", (9,), 0.3),
    ("stories", (9,), 0.12),
]
#: Of threads, the share that may be missed and that may be held.
THREADS_OF = {(3, 4): (0.1, 0.045), (6, 7): (0.02, 0.035), (8,): (0.2, 0.02), (9,): (0.6, 0.02)}


@pytest.mark.parametrize(("name", "numbers", "share"), FLOORS)
def test_later_batches_are_stopped(name: str, numbers: tuple[int, ...], share: float) -> None:
    texts = [row for number in numbers for row in batch(number, name)]
    missed = [text for text, surface in texts if screen(text, surface).outcome not in STOPPED]

    assert len(missed) <= share * len(texts), missed


@pytest.mark.parametrize(("numbers", "share"), [((3, 4, 5), 0.035), ((6, 7), 0.041), ((8,), 0.03), ((9,), 0.075)])
def test_later_legitimate_texts_are_left_alone(numbers: tuple[int, ...], share: float) -> None:
    outcomes = [(screen(*row).outcome, row[0]) for number in numbers for row in batch(number, "legitimate")]

    blocks = 0.04 if numbers == (9,) else 0.005
    assert sum(outcome == "block" for outcome, _text in outcomes) <= blocks * len(outcomes)
    assert sum(outcome in STOPPED for outcome, _text in outcomes) <= share * len(outcomes)


@pytest.mark.parametrize(("name", "share"), [("collegial", 0.1), ("collegial_later", 0.15)])
def test_he_and_she_may_be_colleagues(name: str, share: float) -> None:
    texts = lines(name)

    assert len(stopped(texts)) <= share * len(texts), stopped(texts)
    assert len(stopped(texts, "chat")) <= share * len(texts), stopped(texts, "chat")


def test_identifiers_in_plain_talk_are_stopped_and_their_like_are_not() -> None:
    """Names as subjects, streets, postcodes, handles, hashtags, files, slides, ages: 91 texts, and 145 that look the same."""
    free, harmless = lines("direct_free"), lines("legitimate_free")
    missed = set(free) - set(stopped(free))

    assert len(missed) <= 0.05 * len(free), missed
    assert len(blocked(harmless)) <= 0.03 * len(harmless), blocked(harmless)
    assert len(stopped(harmless)) <= 0.07 * len(harmless), stopped(harmless)


@pytest.mark.parametrize("numbers", THREADS_OF)
def test_later_threads_add_up(numbers: tuple[int, ...]) -> None:
    missed, held = THREADS_OF[numbers]
    violating = [thread for number in numbers for thread in batch_threads(number, "violating")]
    ordinary = [thread for number in numbers for thread in batch_threads(number, "ordinary")]

    assert sum(not is_stopped(thread) for thread in violating) <= missed * len(violating)
    assert sum(is_stopped(thread) for thread in ordinary) <= held * len(ordinary)
