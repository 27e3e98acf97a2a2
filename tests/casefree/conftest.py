"""What tests of the rules share."""

import pytest

from community.casefree import learned


@pytest.fixture
def rules_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The learned reader says nothing, so that a test is about the rules."""
    monkeypatch.setattr(learned, "beyond_the_rules", lambda reading, score: ())
    monkeypatch.setattr(learned, "part_of_a_thread", lambda reading, score, told: 0)
