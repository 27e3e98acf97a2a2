"""The state machine under random use: no path leads to the right to post without accepted evidence that is alive."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from community.credentials.proof import (
    LIFETIME_DAYS,
    Level,
    Proof,
    Seeks,
    holds_until,
    level_at,
)
from community.credentials.states import (
    APPROVED,
    BLOCKED,
    OPEN,
    REASONS,
    TRANSITIONS,
    Act,
    Forbidden,
    State,
    after,
    follows,
)
from tests.credentials.test_rule import TODAY

DAY = timedelta(days=1)


class Verification(RuleBasedStateMachine):
    """Acts in any order, evidence that comes and goes, days that pass; the oracle is the rule written out plainly."""

    @initialize(seeks=st.sampled_from(Seeks), readable=st.booleans())
    def begin(self, seeks: str, readable: bool) -> None:
        self.seeks, self.readable = seeks, readable
        self.state, self.today, self.expires = State.DRAFT, TODAY, None
        self.proofs: list[Proof] = []
        self.level: Level | None = None

    @rule(kind=st.sampled_from("ABCDE"), age=st.integers(0, 500))
    def accept(self, kind: str, age: int) -> None:
        self.proofs.append(Proof(kind, self.today + DAY * (LIFETIME_DAYS[kind] - age)))

    @rule()
    def lose(self) -> None:
        """Evidence is lost, and the approval weighed again at once."""
        if self.proofs:
            self.proofs.pop()
        if self.state in APPROVED and self._level() is None:
            self._take(Act.SUSPEND)
        elif self.state in APPROVED and self.expires:
            self.expires = min(self.expires, self._until() or self.expires)

    @rule(days=st.integers(1, 200))
    def wait(self, days: int) -> None:
        self.today += DAY * days

    @rule(act=st.sampled_from(Act))
    def attempt(self, act: Act) -> None:
        if act in {Act.VERIFY, Act.RENEW, Act.REINSTATE} and self._level() is None:
            return
        if act == Act.EXPIRE and self.expires and self.expires > self.today:
            return
        with suppress(Forbidden):
            self._take(act)
            if act in {Act.VERIFY, Act.RENEW, Act.REINSTATE}:
                self.expires, self.level = self._until(), self._level()

    @invariant()
    def posting_needs_living_evidence(self) -> None:
        if not self._may_post():
            return
        alive = {proof.kind for proof in self.proofs if proof.valid_until > self.today}
        with_register = "A" in alive and alive & {"B", "C", "D"}
        by_document = not self.readable and "C" in alive and alive & {"B", "D"}
        assert with_register or by_document

    @invariant()
    def a_blocked_one_never_posts(self) -> None:
        assert not (self.state in BLOCKED and self._may_post())

    def _may_post(self) -> bool:
        in_force = self.state in APPROVED and self.expires is not None and self.expires > self.today
        return in_force and self.level in {Level.VERIFIED, Level.VERIFIED_DOCUMENT}

    def _level(self) -> Level | None:
        return level_at(self.proofs, self.today, seeks=self.seeks, register_readable=self.readable)

    def _until(self) -> Any:
        return holds_until(self.proofs, self.today, seeks=self.seeks, register_readable=self.readable)

    def _take(self, act: Act) -> None:
        self.state = after(self.state, act)


TestVerification = Verification.TestCase
TestVerification.settings = settings(
    max_examples=60, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)


def paths_to(goal: State) -> Iterator[list[Act]]:
    """Every path without a loop from the draft to `goal`."""
    waiting: list[tuple[State, list[Act], frozenset[State]]] = [(State.DRAFT, [], frozenset({State.DRAFT}))]
    while waiting:
        state, path, seen = waiting.pop()
        if state == goal:
            yield path
            continue
        for act in Act:
            if follows(state, act) and (target := after(state, act)) not in seen:
                waiting.append((target, [*path, act], seen | {target}))


@pytest.mark.parametrize("goal", sorted(APPROVED))
def test_every_path_to_an_approval_passes_a_reviewers_decision(goal: State) -> None:
    found = list(paths_to(goal))

    assert found
    assert all(Act.VERIFY in path and Act.CLAIM in path for path in found)


def test_nothing_leaves_the_end_states() -> None:
    ends = {State.REVOKED, State.WITHDRAWN, State.ENTERED_IN_ERROR}
    leaving = {(state, act) for state in ends for act in Act if follows(state, act)}

    assert leaving == {(State.REVOKED, Act.ANNUL), (State.WITHDRAWN, Act.ANNUL)}


def test_the_table_is_the_published_one() -> None:
    edges = {(str(source), str(target)) for sources, target in TRANSITIONS.values() for source in sources}
    named = {edge for edge in edges if edge[1] not in {"withdrawn", "entered_in_error"}}

    assert named == {
        ("draft", "submitted"), ("submitted", "in_review"), ("in_review", "more_info"), ("more_info", "in_review"),
        ("in_review", "verified"), ("in_review", "rejected"), ("verified", "due"), ("due", "verified"),
        ("due", "expired"), ("verified", "suspended"), ("due", "suspended"), ("suspended", "verified"),
        ("suspended", "revoked"),
    }  # fmt: skip
    assert {source for source, target in edges if target == "entered_in_error"} == set(State) - {"entered_in_error"}
    assert {source for source, target in edges if target == "withdrawn"} >= {str(state) for state in OPEN | APPROVED}


def test_each_deciding_act_has_reasons() -> None:
    without = {act for act in Act if act not in REASONS}

    assert without == {Act.SUBMIT, Act.CLAIM, Act.ANSWER, Act.FALL_DUE}
