"""The judge of the fault tests finds each fault, and none where there is none."""

import pytest

from tests.faults.history import Reader, Said, Verdict, judge

STORED = {1: None, 2: "a", 3: "b", 4: None}
SAID = [Said("a", 2), Said("b", 3), Said("never answered")]


def verdict_of(received: list[int], place: int = 1) -> Verdict:
    return judge([Reader(place, received)], SAID, STORED)


def test_a_sound_history_is_sound() -> None:
    assert verdict_of([2, 3, 4]).is_sound
    assert verdict_of([], place=4).is_sound
    assert judge([Reader()], SAID, STORED).is_sound  # who never came in has no place


@pytest.mark.parametrize(
    ("received", "faults"),
    [
        ([2, 3], {"lost": 1}),
        ([2, 4], {"lost": 1, "gaps": 1}),
        ([2, 2, 3, 4], {"twice": 1}),
        ([3, 2, 4], {"gaps": 2, "disorder": 1}),
    ],
)
def test_what_a_reader_missed_or_got_twice_is_counted(received: list[int], faults: dict[str, int]) -> None:
    assert verdict_of(received) == Verdict(**faults)


def test_what_the_store_lacks_or_has_twice_is_counted() -> None:
    assert judge([], [Said("a", 1)], {1: "b"}).false_acks == 1
    assert judge([], [], {1: "a", 2: "a"}).stored_twice == 1
    assert judge([], [], {1: None, 3: None}).holes_in_store == 1
