"""Whatever is done in whatever order: nothing is shown two hours after its release without a second person."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from community.knowledge.releasing import ALONE_FOR, NotNow, Release, after, follow, is_shown, sign

START = datetime(2031, 5, 6, 12, tzinfo=UTC)
PEOPLE = st.sampled_from([1, 2, 3])
ACTS = st.sampled_from(["release", "release_alone", "second", "withdraw", "supersede", "change"])
STEPS = st.lists(st.tuples(ACTS, PEOPLE, st.integers(0, 150)), max_size=12)


def run(steps: list[tuple[str, int, int]]) -> list[tuple[Release, datetime]]:
    """The states after each step, with the moment; minutes pass before each."""
    release, moment = sign(1), START
    seen = [(release, moment)]
    for act, by, minutes in steps:
        moment += timedelta(minutes=minutes)
        try:
            release = follow(release, act, by=by, at=moment)  # type: ignore[arg-type]
        except NotNow:
            release = after(release, moment)
        seen.append((release, moment))
    return seen


@given(steps=STEPS, later=st.integers(0, 300))
@example(steps=[("release_alone", 1, 0)], later=120)
@example(steps=[("release_alone", 1, 5), ("second", 1, 10), ("second", 2, 10)], later=300)
def test_nothing_is_shown_after_two_hours_without_a_second(steps: list[tuple[str, int, int]], later: int) -> None:
    for release, moment in run(steps):
        then = moment + timedelta(minutes=later)
        if is_shown(release, then):
            assert release.released_at is not None
            has_second = release.second is not None and release.second != release.signer
            assert has_second or then - release.released_at < ALONE_FOR


@given(steps=STEPS)
def test_the_second_is_never_the_first_and_what_is_over_stays_over(steps: list[tuple[str, int, int]]) -> None:
    states = [release for release, _moment in run(steps)]
    for earlier, later in pairwise(states):
        assert later.second != later.signer
        if earlier.state in {"withdrawn", "superseded", "void"}:
            assert later == earlier
        if later.state in {"released", "superseded"}:
            assert later.second is not None


def test_the_path_of_two_people_and_of_one() -> None:
    by_two = follow(sign(1), "release", by=2, at=START)
    alone = follow(sign(1), "release_alone", by=1, at=START)

    assert (by_two.state, by_two.second) == ("released", 2)
    assert follow(alone, "second", by=2, at=START + timedelta(minutes=119)).state == "released"
    assert after(alone, START + ALONE_FOR).state == "withdrawn"
    assert not is_shown(alone, START + ALONE_FOR)
