"""The evidence rule and its clocks, over every combination there is."""

from datetime import UTC, datetime, timedelta
from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.credentials.proof import (
    LIFETIME_DAYS,
    Level,
    Proof,
    Seeks,
    holds_until,
    level_at,
    level_of,
    lifetime_of,
    missing_from,
    needs_second_reviewer,
    vouchers_lost,
    vouches_suffice,
)

CLASSES = "ABCDE"
EVERY_SET = [frozenset(found) for found in chain.from_iterable(combinations(CLASSES, size) for size in range(6))]
TODAY = datetime(2026, 3, 1, 12, tzinfo=UTC)

proofs = st.lists(
    st.builds(Proof, st.sampled_from(CLASSES), st.integers(-30, 400).map(lambda days: TODAY + timedelta(days=days))),
    max_size=6,
)


@pytest.mark.parametrize("held", EVERY_SET, ids="".join)
def test_clinician_with_a_readable_register(held: frozenset[str]) -> None:
    expected = Level.VERIFIED if "A" in held and held & set("BCD") else None

    assert level_of(held, seeks=Seeks.CLINICIAN, register_readable=True) == expected


@pytest.mark.parametrize("held", EVERY_SET, ids="".join)
def test_clinician_where_no_register_can_be_read(held: frozenset[str]) -> None:
    if "A" in held and held & set("BCD"):
        expected = Level.VERIFIED
    elif "C" in held and held & set("BD"):
        expected = Level.VERIFIED_DOCUMENT
    else:
        expected = None

    assert level_of(held, seeks=Seeks.CLINICIAN, register_readable=False) == expected


@pytest.mark.parametrize("held", EVERY_SET, ids="".join)
def test_learner_needs_document_or_control(held: frozenset[str]) -> None:
    assert level_of(held, seeks=Seeks.LEARNER, register_readable=False) == (Level.LEARNER if held & set("BC") else None)


def test_a_register_match_alone_never_verifies() -> None:
    assert [level_of(held, seeks=seeks, register_readable=readable)
            for held in ({"A"}, {"A", "E"}, {"E"})
            for seeks in Seeks
            for readable in (True, False)] == [None] * 12  # fmt: skip


@pytest.mark.parametrize("seeks", Seeks)
@pytest.mark.parametrize("readable", [True, False])
@pytest.mark.parametrize("held", EVERY_SET, ids="".join)
def test_nothing_is_missing_exactly_when_a_level_is_reached(held: frozenset[str], readable: bool, seeks: str) -> None:
    reached = level_of(held, seeks=seeks, register_readable=readable)
    gaps = missing_from(held, seeks=seeks, register_readable=readable)

    assert bool(gaps) == (reached is None)
    completed = held | {gap[0] for gap in gaps}
    assert level_of(completed, seeks=seeks, register_readable=readable)


def test_lifetimes() -> None:
    assert LIFETIME_DAYS == {"A": 365, "B": 365, "C": 365, "D": 180, "E": 365}
    assert lifetime_of("D", TODAY) == TODAY + timedelta(days=180)
    assert lifetime_of("C", TODAY, TODAY + timedelta(days=20)) == TODAY + timedelta(days=20)
    assert lifetime_of("C", TODAY, TODAY + timedelta(days=900)) == TODAY + timedelta(days=365)


def test_two_proofs_hold_until_the_earlier_ends() -> None:
    held = [Proof("A", TODAY + timedelta(days=365)), Proof("D", TODAY + timedelta(days=180))]

    assert holds_until(held, TODAY, seeks=Seeks.CLINICIAN, register_readable=True) == TODAY + timedelta(days=180)


def test_a_further_proof_does_not_shorten() -> None:
    held = [Proof("A", TODAY + timedelta(days=300)), Proof("B", TODAY + timedelta(days=300))]
    added = [*held, Proof("D", TODAY + timedelta(days=10))]

    assert holds_until(added, TODAY, seeks=Seeks.CLINICIAN, register_readable=True) == TODAY + timedelta(days=300)


@given(proofs, st.sampled_from(Seeks), st.booleans())
def test_a_level_holds_until_just_before_its_end(found: list[Proof], seeks: Seeks, readable: bool) -> None:
    level = level_at(found, TODAY, seeks=seeks, register_readable=readable)
    end = holds_until(found, TODAY, seeks=seeks, register_readable=readable)

    assert (end is None) == (level is None)
    if end:
        before = end - timedelta(seconds=1)
        assert level_at(found, before, seeks=seeks, register_readable=readable) == level
        assert level_at(found, end, seeks=seeks, register_readable=readable) != level


@pytest.mark.parametrize(
    ("held", "contested", "new", "expected"),
    [("AB", False, False, False), ("ACD", False, False, False), ("BC", False, False, True), ("C", False, False, True),
     ("B", False, False, False), ("AB", True, False, True), ("AB", False, True, True)],
)  # fmt: skip
def test_when_two_reviewers_decide(held: str, contested: bool, new: bool, expected: bool) -> None:
    assert needs_second_reviewer(set(held), contested=contested, new_register=new) is expected


@pytest.mark.parametrize(
    ("employers", "expected"),
    [(["North clinic"], False), (["North clinic", "north  CLINIC"], False), (["North clinic", "South clinic"], True),
     (["North clinic", "", ""], False), (["a", "b", "a"], True), ([], False)],
)  # fmt: skip
def test_vouches_come_from_more_than_one_employer(employers: list[str], expected: bool) -> None:
    assert vouches_suffice(employers) is expected


@pytest.mark.parametrize(
    ("given", "left", "lost"), [(2, 2, False), (2, 1, True), (3, 2, False), (4, 2, True), (0, 0, False)]
)
def test_half_of_the_vouchers_lost(given: int, left: int, lost: bool) -> None:
    assert vouchers_lost(given, left) is lost
