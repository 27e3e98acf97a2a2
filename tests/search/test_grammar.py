"""The search box as a tree."""

import pytest

from search.grammar import Filter, Phrase, parse


def shown(phrases: tuple[Phrase, ...]) -> list[str]:
    return [phrase.shown for phrase in phrases]


def test_words_phrases_alternatives_and_minus() -> None:
    query = parse('what is the fluids "septic shock" OR sepsis -paediatric -"old people"')

    assert shown(query.words) == ["fluids"]
    assert [shown(group) for group in query.required] == [["septic shock", "sepsis"]]
    assert shown(query.excluded) == ["paediatric", "old people"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kind:webinar", Filter("kind", "webinar")),
        ("-has:answer", Filter("has", "answer", True)),
        ('space:"intensive care"', Filter("space", "intensive care")),
        ("AFTER:2024-01", Filter("after", "2024-01")),
        ("is:mine", Filter("is", "mine")),
    ],
)
def test_filters(text: str, expected: Filter) -> None:
    assert parse(text).filters == (expected,)


def test_what_cannot_be_read_is_no_error() -> None:
    query = parse('dose: "unclosed after:yesterday -')

    assert shown(query.required[0]) == ["unclosed after:yesterday -"]
    assert parse("after:yesterday").problems == ("after:yesterday",)
    assert shown(parse("ratio:3").words) == ["ratio", "3"]


def test_a_question_of_stop_words_still_asks_something() -> None:
    assert shown(parse("who are you").words) == ["who", "are", "you"]


def test_compounds_are_looked_for_whole_and_in_parts() -> None:
    assert [phrase.terms for phrase in parse("β-blockers").words] == [
        ("betablock",),
        ("beta", "blocker"),
        ("beta",),
        ("blocker",),
    ]


def test_a_filter_is_written_as_it_is_read() -> None:
    for text in ("-kind:post", 'space:"intensive care"'):
        assert str(parse(text).filters[0]) == text
