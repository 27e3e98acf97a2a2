"""Laws that hold for any text: valid offsets, no exceptions, no regard to case of cue words, linear time."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from community.casefree.outcomes import LEVELS
from community.casefree.reading import read
from community.casefree.rules import KINDS, RULES
from community.casefree.screening import screen
from community.casefree.surfaces import SURFACES

FRAGMENTS = st.sampled_from(
    [
        "MRN ",
        "4471902",
        "DOB ",
        "03/04/1967",
        "12 April 2023",
        " on ",
        "admitted",
        "@example.org",
        "+44 7700 900123",
        "Mrs Pell",
        "\u200b",
        "é",
        "\u0301",
        "🫀",
        "٣",
        "\n",
        ". ",
        "NHS ",
    ]
)
TEXTS = st.one_of(st.text(max_size=400), st.lists(st.one_of(FRAGMENTS, st.text(max_size=12)), max_size=20).map("".join))
CUES = [
    ("MRN", "{} 4471902"),
    ("patient id", "{}: LUP-44719"),
    ("nhs number", "{} 943 476 5919"),
    ("admitted", "{} on 12 April 2023"),
    ("dob", "{} 03/04/1967"),
    ("phone", "{} 0712 345678"),
    ("insurance id", "{}: 44719-65432"),
    ("ssn", "{}: 219-09-9999"),
    ("number plate", "{} KX19 ABC"),
    ("postcode", "{} LS1 4DY"),
    ("mrs", "{} Pell was admitted"),
]
PUMPED = [
    "1",
    "1-",
    "1.",
    "(1",
    "a.",
    "a@",
    "a.a@a.",
    "A ",
    "A.",
    "Aa ",
    "Aa, ",
    "MRN ",
    "NHS number ",
    "1/",
    "12 April ",
    "12/04/2023 ",
    "May 1, ",
    "on 12 ",
    "Mrs ",
    "a, Ab ",
    "Sailor, 29, ",
    "70-year-old ",
    "http://a",
    ":a",
    "1.1.1.1",
    "+1",
    "0 1",
    "\u0301",
    "e\u0301\u0301",
    "\u200b",
    "⁹",
    "O1",
    "МR",
    "12 Elm Street ",
    "the Aa twins ",
    "seen at the ",
    "at Aa ",
    "He was ",
    "my patient ",
    "97 ",
    "x\n",
    ". A",
    "10.1234/",
    "2020;1:1",
    "[at]",
    "QUJD",
    "(",
    '"',
    "🫀",
    "a-",
    "my man-a-",
    "the --- ",
    "a - - ",
    "-a- --a-- ",
    "el paciente-a-la-",
    "محمد ",
    "مريض - ",
]
#: Of a pumped string; the longer one has four times as many, which twice 2.5 times as long may take.
SIZE, TIMES, LONGEST = 1_500, 4, 2.5**2
#: Names cost most, as each is weighed by what stands round it; so much more than prose may the same length of them cost.
DEAREST = 40.0
PROSE = "What do you use for sedation at night? Most of us start low and keep the guideline at hand; the ward does the rest. "


@given(text=TEXTS, surface=st.sampled_from([*SURFACES, "unknown"]))
@settings(max_examples=150, deadline=None)
def test_findings_point_into_the_text(text: str, surface: str) -> None:
    outcome = screen(text, surface)

    assert outcome.outcome in LEVELS
    assert 0.0 <= outcome.narrative <= 1.0
    assert (outcome.outcome == "pass") == (outcome.findings == ())
    ends = [0]
    for finding in outcome.findings:
        assert ends[-1] <= finding.start < finding.end <= len(text)
        assert finding.kind in KINDS
        assert finding.reason
        ends.append(finding.end)


@given(text=TEXTS)
@settings(max_examples=50, deadline=None)
def test_screen_is_a_pure_function(text: str) -> None:
    assert screen(text) == screen(text)


@pytest.mark.parametrize(("cue", "pattern"), CUES)
def test_case_of_cue_words_does_not_matter(cue: str, pattern: str) -> None:
    outcomes = [screen(pattern.format(written)) for written in (cue.lower(), cue.upper(), cue.title(), cue.swapcase())]

    assert {o.outcome for o in outcomes} == {"block"}
    assert len({o.findings for o in outcomes}) == 1


@pytest.mark.parametrize("unit", PUMPED)
def test_time_grows_no_faster_than_the_text(unit: str) -> None:
    """Doubling a pumped string takes at most 2.5 times as long; one run of several must show it, since machines are busy."""
    short, long = _pumped(unit, SIZE), _pumped(unit, TIMES * SIZE)

    assert any(_seconds(long) <= LONGEST * _seconds(short) for _ in range(5))


@pytest.mark.parametrize("unit", PUMPED)
def test_no_text_takes_much_longer_than_prose(unit: str) -> None:
    """Repeats that are bounded grow with the text and may cost seconds all the same, where two of them take the same characters."""
    assert any(_seconds(_pumped(unit, SIZE)) <= DEAREST * _seconds(_pumped(PROSE, SIZE)) for _ in range(5))


def test_chained_words_stand_apart_where_they_stood() -> None:
    chained = read("Our -a-a-a-a-a-a-a- is with a 2-day-old")

    assert chained.spoken == "Our  a a a a a a a  is with a 2-day-old"
    assert chained.text == chained.source
    assert read("a two-and-a-half-year-old girl").spoken == "a two-and-a-half-year-old girl"


def test_rules_use_bounded_repeats_only() -> None:
    """`*` and `+` in a pattern are what makes backtracking costly; bounded repeats keep every attempt short."""
    for rule in RULES:
        bare = rule.pattern.pattern.replace("\\+", "").replace("\\*", "")
        while "[" in bare and "]" in bare[bare.index("[") :]:
            start = bare.index("[")
            bare = bare[:start] + bare[bare.index("]", start + 2) + 1 :]
        assert "*" not in bare and "+" not in bare, rule.pattern.pattern[:120]


def _pumped(unit: str, size: int) -> str:
    return unit * (size // len(unit))


def _seconds(text: str) -> float:
    """Of the processor."""
    start = time.process_time()
    screen(text)
    return max(time.process_time() - start, 1e-4)


@pytest.mark.parametrize("before", ["Our hospital was built in 1850.", "We are open Monday to Friday since 1890."])
def test_what_is_old_or_open_shelters_nobody(before: str) -> None:
    text = f"{before} My patient Mrs Patricia Holloway, 71, was admitted yesterday with sepsis, her mobile is 07700 900123."

    assert screen(text).outcome == "block"
