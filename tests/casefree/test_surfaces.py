"""The same words weigh differently in a post, in a profile and in a file name."""

import pytest

from community.casefree.screening import screen
from community.casefree.surfaces import SURFACES


@pytest.mark.parametrize(
    ("text", "surface", "outcome"),
    [
        ("My NPI is 1234567893", "post", "block"),
        ("My NPI is 1234567893", "profile", "pass"),
        ("My NPI is 1234567893", "application_note", "pass"),
        ("Write to n.okoro@example.org", "post", "block"),
        ("Write to n.okoro@example.org", "bio", "nudge"),
        ("The registrar is n.okoro@example.org, 020 7946 0958", "application_note", "pass"),
        ("I was born on 3 April 1967 in Cork", "bio", "nudge"),
        ("I was born on 3 April 1967 in Cork", "post", "block"),
        ("Ward physician at St Brannoc Hospital, Leeds", "profile", "pass"),
        ("Patient ID: LUP-44719", "profile", "block"),
        ("Samaritans helpline 0117 496 0123", "post", "pass"),
        ("Samaritans helpline 0117 496 0123", "title", "block"),
        ("scan_MRN_4471902.pdf", "file_name", "block"),
        ("scan_MRN4471902.pdf", "file_name", "block"),
        ("pell_agnes_DOB_1967-04-03.jpg", "file_name", "block"),
        ("sepsis_pathway_2024-05-01.pdf", "file_name", "pass"),
        ("licence_certificate_scan.png", "file_name", "pass"),
        ("diabetes", "tag", "pass"),
        ("4471902-mrn 4471902", "tag", "block"),
        ("It names the patient: MRN 4471902", "report", "block"),
        ("MRN 4471902", "chat", "block"),
        ("MRN 4471902", "practice", "block"),
        ("MRN 4471902", "a surface nobody has heard of", "block"),
    ],
)
def test_tolerance_of_surface(text: str, surface: str, outcome: str) -> None:
    assert screen(text, surface).outcome == outcome


@pytest.mark.parametrize("surface", sorted(SURFACES))
def test_text_longer_than_the_guard_reads_is_refused(surface: str) -> None:
    longest = SURFACES[surface].longest

    outcome = screen("a " * (longest // 2 + 1), surface)

    assert outcome.outcome == "block"
    assert [(f.kind, f.start) for f in outcome.findings] == [("too_long", longest)]
