"""What a pattern finds where its beginnings stand is what it finds anywhere."""

import pytest

from community.casefree.packs import Pack, codes, pack
from community.casefree.phrases import Phrases, beginnings_in, starts_in
from community.casefree.reading import read
from community.casefree.rules import RULES, rules_for

TEXTS = (
    "Mrs Pell, 92-year-old lady from bed 4, was admitted on 12/04/2023 (MRN 4471902, DOB 03.04.1931); call her on 07700 900123.",
    "A 34yo F with SLE and K+ 2.1 came back today: 'I cannot breathe'.\nHer mum's GP in Leeds, Dr Okoye, saw them last week.",
    "El paciente de 45 años ingresó ayer; su hija, Ana, vive en Lugo. Le patient a été opéré le 3 mars, sa femme l'a trouvé.",
    "المريضة فاطمة عمرها 93 سنة، رقم الملف 4471902، دخلت يوم 3 مارس",
)


@pytest.mark.parametrize("text", TEXTS)
def test_rules_find_the_same_where_they_can_begin(text: str) -> None:
    reading = read(text)
    found = {
        at: [match.span() for match in reading.matches(rule.pattern, 0, len(text), rule.beginnings)]
        for at, rule in enumerate(RULES)
    }

    assert found == {at: [m.span() for m in rule.pattern.finditer(reading.text)] for at, rule in enumerate(RULES)}
    assert {at for at in found if found[at]} <= {RULES.index(rule) for rule in rules_for(reading)}


@pytest.mark.parametrize("text", TEXTS)
def test_phrases_are_the_same_where_they_can_begin(text: str) -> None:
    reading = read(text)

    for phrases in (one for code in codes() for one in _phrases(pack(code))):
        found = [match.span() for match in reading.phrases_in(phrases, 0, len(text))]
        assert found == [match.span() for match in phrases.finditer(reading.small)]


def test_beginnings_are_told_from_a_pattern() -> None:
    assert beginnings_in(r"(?<!\w)(?i:Mrs?|DOB) \d") == frozenset({"mr-", "dob-"})
    assert beginnings_in(r"(?<![\w.])(?:\+|00 ?)?[1-9]") == frozenset({"+", "0"})
    assert beginnings_in(r"(?i:mrn) \d") is None, "it may begin inside a word"
    assert beginnings_in(r"(?<!\w)[A-Z]\w{2,8}") is None, "most words begin so"


def test_starts_are_where_words_figures_and_marks_are() -> None:
    assert starts_in("of 12, ill") == {
        "of": [0],
        "o-": [0],
        "of-": [0],
        "0": [3, 4],
        ",": [5],
        "i-": [7],
        "il-": [7],
        "ill-": [7],
    }


def _phrases(words: Pack) -> list[Phrases]:
    ties = [weighted.pattern for ties in (words.name, words.clinician, words.place) for weighted in ties.before]
    plain = [one for one in vars(words).values() if isinstance(one, Phrases)]
    weighed = [weighted.pattern for weighted in (*words.cues, *words.counters)]
    return [*plain, *ties, *weighed, *words.indirect.values(), *(words.gist.patterns if words.gist else ())]
