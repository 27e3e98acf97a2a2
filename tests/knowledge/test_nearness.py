"""The same rumour in other words is found; another rumour about the same thing is another."""

import pytest

from community.knowledge.nearness import clusters, likeness, nearest, trigrams

SAME = [
    ("Garlic cures malaria", "People say that garlic can cure malaria"),
    ("The new vaccine makes girls infertile", "They say the new vaccines make girls infertile!"),
    ("Drinking hot water with lemon prevents dengue", "Hot lemon water prevents dengue"),
    ("Une tisane d'artemisia guérit le paludisme", "Tisane d’artémisia guérit le paludisme"),
]
OTHER = [
    ("Garlic cures malaria", "Papaya leaf cures dengue"),
    ("The malaria vaccine makes girls infertile", "The measles vaccine causes autism"),
    ("Insulin makes people go blind", "A magnet bracelet lowers blood pressure"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_in_other_words(one: str, other: str) -> None:
    assert nearest(other, {1: ["Something quite different about water"], 2: [one]}) == 2
    assert likeness(one, other) == likeness(other, one)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_another_rumour_stays_apart(one: str, other: str) -> None:
    assert nearest(other, {1: [one]}) is None


def test_words_that_only_introduce_say_nothing() -> None:
    assert trigrams("I heard that they say") == frozenset()
    assert likeness("I heard that they say", "I heard that they say") == 0.0


def test_clusters_put_near_duplicates_together_whatever_the_order() -> None:
    texts = dict(enumerate([SAME[0][0], OTHER[0][1], SAME[0][1], OTHER[2][0]]))

    assert clusters(texts) == [[0, 2], [1], [3]]
    assert {frozenset(each) for each in clusters(dict(reversed(texts.items())))} == {
        frozenset({0, 2}),
        frozenset({1}),
        frozenset({3}),
    }
