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
    assert shown(parse('dose: "unclosed -').words) == ["dose", "unclosed"]
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


def test_quotes_keep_the_form_of_a_word_in_whatever_quotes_they_are() -> None:
    assert [phrase.forms for phrase in parse('"Infarctions"').required[0]] == [("infarctions",)]
    assert parse("“septic shocks” «late»").is_exact
    assert not parse("infarctions -late").is_exact


def test_a_story_is_read_as_prose_in_which_nothing_must_and_nothing_must_not_be() -> None:
    story = 'He said "nothing to worry about":\n-fever\n-cough since 5 -10 days OR so, in:vitro and kind:of tired'
    query = parse(story)
    assert (query.required, query.excluded) == ((), ())
    assert {"worry", "fever", "cough", "vitro", "tired"} <= {phrase.shown for phrase in query.words}
    assert parse("word " * 21 + "-not").excluded == () != parse("word -not").excluded
    assert shown(parse("dose of 5 -10 mg").words) == ["dose", "10 mg"] or not parse("dose of 5 -10 mg").excluded


def test_what_is_said_again_is_one_word_that_counts_more() -> None:
    query = parse("Sepsis, sepsis and fluids")

    assert shown(query.words) == ["Sepsis", "fluids"]
    assert query.often == {("sepsi",): 2}


@pytest.mark.parametrize(
    "text", ["year:one", "lang:english", "in:vitro", "before:surgery", "has:fever", "order:effect"]
)
def test_a_value_that_no_filter_has_is_a_word(text: str) -> None:
    query = parse(text)

    assert (query.filters, query.problems) == ((), (text,))
    assert query.words
