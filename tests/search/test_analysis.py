"""Terms of clinical words."""

import pytest

from search.analysis import terms
from search.grammar import parse
from search.highlighting import marked, snippet


@pytest.mark.parametrize(
    ("written", "as_terms"),
    [
        ("β-blocker", ["betablock", "beta", "blocker"]),
        ("COVID-19", ["covid19", "covid", "19"]),
        ("5-HT", ["5ht", "5", "ht"]),
        ("T2DM", ["t2dm"]),
        ("5 mg", ["5mg"]),
        ("5mg", ["5mg"]),
        ("0.9 %", ["0_9"]),
        ("Crohn’s", ["crohn"]),
        ("naïve", ["naiv"]),
        ("anticoagulants", ["anticoagul"]),
        ("anticoagulation", ["anticoagul"]),
        ("diabetic", ["diabet"]),
    ],
)
def test_terms(written: str, as_terms: list[str]) -> None:
    assert terms(written) == as_terms


def test_highlights_are_safe_in_html() -> None:
    sought = parse("sepsis").sought

    assert marked("<b>Sepsis</b> & septic", sought) == "&lt;b&gt;<mark>Sepsis</mark>&lt;/b&gt; &amp; septic"


def test_a_snippet_begins_before_the_first_find() -> None:
    text = "word " * 200 + "the infarction came late"

    assert "<mark>infarction</mark> came late" in snippet(text, parse("infarctions").sought)
    assert snippet(text, parse("infarctions").sought).startswith("… ")
