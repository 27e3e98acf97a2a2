"""The pictures of a lineage: nothing overlaps, nothing is left out, everything stands on the paper."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from community.knowledge.lineage import MAP_HEIGHT, MAP_WIDTH, NODE_HEIGHT, Leaf, map_of, point, rows, tree_of
from community.knowledge.places import COUNTRIES, land
from community.members.reference import rows_of

parents = st.lists(st.integers(0, 20), max_size=14)
countries = st.sampled_from(["", "KE", "IN", "NO", "BR", "ZZ"])


@st.composite
def lineages(draw: st.DrawFn) -> list[Leaf]:
    """An origin and sites, each adapted from one that was there before it."""
    leaves = [Leaf(0, "Origin", country=draw(countries))]
    for key, parent in enumerate(draw(parents), start=1):
        leaves.append(Leaf(key, f"Adaptation {key} of something long", parent % key, draw(countries)))
    return leaves


@settings(max_examples=40)
@given(lineages())
def test_boxes_do_not_touch_and_stay_on_the_paper(leaves: list[Leaf]) -> None:
    tree = tree_of(leaves)

    for one, other in combinations(tree.boxes, 2):
        assert one.x != other.x or abs(one.y - other.y) >= NODE_HEIGHT
    assert all(box.right < tree.width and box.y + NODE_HEIGHT < tree.height for box in tree.boxes)
    assert len(tree.edges) == len(leaves) - 1


@settings(max_examples=40)
@given(lineages())
def test_picture_map_and_table_say_the_same(leaves: list[Leaf]) -> None:
    chart = map_of(leaves)

    assert {leaf.key for _depth, leaf in rows(leaves)} == {leaf.key for leaf in leaves}
    assert {box.leaf.key for box in tree_of(leaves).boxes} == {leaf.key for leaf in leaves}
    assert {dot.leaf.key for dot in chart.dots} | {leaf.key for leaf in chart.unplaced} == {leaf.key for leaf in leaves}
    assert all(-20 <= dot.x <= MAP_WIDTH + 20 and -20 <= dot.y <= MAP_HEIGHT + 20 for dot in chart.dots)


def test_a_site_stands_before_what_was_adapted_from_it() -> None:
    leaves = [Leaf("a", "A"), Leaf("b", "B", "a"), Leaf("c", "C", "a"), Leaf("d", "D", "b")]

    assert [(depth, leaf.key) for depth, leaf in rows(leaves)] == [(0, "a"), (1, "b"), (2, "d"), (1, "c")]


@pytest.mark.parametrize("leaves", [[], [Leaf(1, "A"), Leaf(2, "B")], [Leaf(1, "A"), Leaf(2, "B", 3), Leaf(3, "C", 2)]])
def test_what_is_no_tree_is_refused(leaves: list[Leaf]) -> None:
    with pytest.raises(ValueError, match=r"origin|hangs"):
        rows(leaves)


def test_every_country_of_the_reference_data_has_a_place() -> None:
    assert {row["code"] for row in rows_of("countries")} - set(COUNTRIES) == set()


def test_places_lie_where_they_are_known_to_lie() -> None:
    """Regions of M49 as an independent check of the hand-written table."""
    northern = {"Europe"}
    wrong = [
        row["code"]
        for row in rows_of("countries")
        if (row["m49_region"] in northern and COUNTRIES[row["code"]][0] < 34)
        or (row["m49_region"] == "Americas" and not -180 < COUNTRIES[row["code"]][1] < -30 and row["code"] != "BV")
        or (row["m49_region"] == "Asia" and not 25 < COUNTRIES[row["code"]][1] < 145)
    ]

    assert wrong == []
    assert len(list(land())) == len(set(land()))
    assert point(80, -180) == (0, 0)
