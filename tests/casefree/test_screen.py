"""What the guard finds and what it lets pass, text by text."""

import pytest

from community.casefree import learned
from community.casefree.rules import KINDS
from community.casefree.screening import screen
from tests.casefree.texts import FOUND, FOUND_SOFTLY, PASSES

TO_BE_FOUND = [(kind, text) for kind, texts in FOUND.items() for text in texts]


@pytest.mark.parametrize(("kind", "text"), TO_BE_FOUND)
def test_screen_finds_identifier(kind: str, text: str) -> None:
    outcome = screen(text)

    assert kind in {finding.kind for finding in outcome.findings}
    assert outcome.outcome in {"hold", "block"}


@pytest.mark.parametrize("text", PASSES)
def test_screen_lets_professional_talk_pass(text: str) -> None:
    assert screen(text).findings == ()
    assert screen(text).outcome == "pass"


def test_every_kind_of_finding_has_a_text() -> None:
    assert set(FOUND) | set(FOUND_SOFTLY) == set(KINDS) - {"too_long", "mosaic"} - learned.KINDS


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in FOUND_SOFTLY.items() for text in texts])
def test_screen_offers_rewording(kind: str, text: str) -> None:
    outcome = screen(text)

    assert outcome.outcome == "nudge"
    assert kind in {finding.kind for finding in outcome.findings}
    assert all(finding.rewrite for finding in outcome.findings)


def test_finding_says_why_and_on_whose_authority() -> None:
    [finding] = screen("MRN 4471902").findings

    assert finding.reason.startswith("This looks like a record number")
    assert "45 CFR 164.514(b)(2)(i)(H)" in finding.reason


def test_finding_marks_only_the_identifier() -> None:
    text = "Please ring on 07700 900123 tomorrow"

    assert [text[f.start : f.end] for f in screen(text).findings] == ["07700 900123"]


def test_overlapping_rules_give_one_finding() -> None:
    assert len(screen("NHS number 943 476 5919").findings) == 1


def test_several_identifiers_are_told_in_order() -> None:
    text = "MRN 4471902, admitted on 12 April 2023, mail anna.k@example.org"

    assert [f.kind for f in screen(text).findings] == ["record_number", "date", "email"]


def test_one_patients_story_is_held_and_says_so() -> None:
    story = "My patient presented last night. She was admitted and her daughter was with her. She underwent surgery yesterday."

    outcome = screen(story)

    assert outcome.outcome == "hold"
    assert outcome.narrative > 0.9
    assert "one patient's story" in outcome.findings[0].reason


def test_invented_story_passes() -> None:
    story = "Fictional scenario: a woman presents with chest pain. She is admitted, and her troponin rises."

    assert screen(story).outcome == "pass"


def test_narrative_is_low_for_populations() -> None:
    assert screen("Patients with atrial fibrillation who were randomised (n = 210) had fewer strokes.").narrative == 0.0
