"""Finding write-ups by problem and setting: the problem decides, the setting orders, and each says why."""

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from community.knowledge.matching import FACETS, Candidate, Setting, distance, match
from community.knowledge.wording import Likeness, compare, stem

HERE = Setting("KE", "Sub-Saharan Africa", "AFR", "lower_middle", "rural", "primary", "nurses", "under_10k")
NEXT_DOOR = Setting("UG", "Sub-Saharan Africa", "AFR", "low", "rural", "primary", "nurses", "under_10k")
FAR_AWAY = Setting("NO", "Northern Europe", "EUR", "high", "urban", "tertiary", "specialists", "under_10k")
PROBLEM = "People with hypertension stop coming for follow-up when refills run out"

values = {facet.name: st.sampled_from(["", "other", *facet.scale]) for facet in FACETS}
places = st.sampled_from([("", "", ""), ("KE", "S", "AFR"), ("UG", "S", "AFR"), ("DZ", "N", "AFR"), ("NO", "E", "EUR")])
anywhere = st.builds(lambda place, **facets: Setting(*place, **facets), places, **values)


def even(question: str, texts: Sequence[str]) -> list[Likeness]:
    return [Likeness(0.5) for _text in texts]


def test_the_problem_decides_before_the_setting() -> None:
    found = match(
        PROBLEM,
        HERE,
        [
            Candidate("near, other problem", "Handwashing stations in maternity wards", HERE),
            Candidate("far, same problem", "Refills for three months kept hypertension follow-up alive", FAR_AWAY),
        ],
    )

    assert [each.key for each in found] == ["far, same problem"]


def test_of_two_like_ones_the_nearer_setting_comes_first() -> None:
    candidates = [Candidate("far", PROBLEM, FAR_AWAY), Candidate("near", PROBLEM, NEXT_DOOR)]

    found = match(PROBLEM, HERE, candidates)

    assert [each.key for each in found] == ["near", "far"]
    assert found[0].likeness == found[1].likeness


def test_each_says_what_is_alike_and_what_is_not() -> None:
    [found] = match(
        PROBLEM, HERE, [Candidate(1, PROBLEM, NEXT_DOOR, frozenset({"cardiology"}))], specialty="cardiology"
    )

    assert found.why[0].startswith("speaks of ")
    assert "hypertension" in found.why[0]
    assert found.why[1:] == (
        "same specialty",
        "a country in the same part of the world",
        "same facility level",
        "similar income level",
        "same kind of place",
        "same mix of staff",
        "about as many people served",
    )


def test_a_different_setting_is_said_to_be_different() -> None:
    [found] = match(PROBLEM, HERE, [Candidate(1, PROBLEM, FAR_AWAY)], similarity=even)

    assert found.why == (
        "another WHO region",
        "about as many people served",
        "different facility level",
        "different income level",
        "different kind of place (town or country)",
        "different mix of staff",
    )


def test_another_similarity_can_be_given() -> None:
    found = match("anything", HERE, [Candidate("a", "words"), Candidate("b", "others", NEXT_DOOR)], similarity=even)

    assert [each.key for each in found] == ["b", "a"]


@settings(max_examples=40)
@given(anywhere, anywhere)
def test_distance_is_a_distance(one: Setting, other: Setting) -> None:
    assert 0 <= distance(one, other) <= 1
    assert distance(one, other) == distance(other, one)
    assert distance(one, one) == (0 if one != Setting() else 0.5)


@settings(max_examples=40)
@given(st.text(max_size=60), st.lists(st.text(max_size=60), max_size=4))
def test_likeness_lies_between_nothing_and_the_same(question: str, texts: list[str]) -> None:
    scores = [each.score for each in compare(question, texts)]

    assert len(scores) == len(texts)
    assert all(0 <= score <= 1.000001 for score in scores)


def test_forms_of_a_word_are_one() -> None:
    assert len({stem(word) for word in ("vaccination", "vaccinations", "vaccinated", "vaccinating")}) == 1
    assert stem("referrals") == stem("referral")
    assert stem("referring") == "refer"


def test_a_rare_word_weighs_more_than_one_that_all_have() -> None:
    texts = ["malaria nets for households", "malaria rapid tests expired", "malaria training"]

    nets, tests, training = (each.score for each in compare("malaria tests expired", texts))

    assert tests > max(nets, training) > 0
