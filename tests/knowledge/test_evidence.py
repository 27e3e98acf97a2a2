"""The level of practice evidence, against a slow model that asks the rules one by one, over random trees."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from community.knowledge.evidence import Evidence, Report, Site, evidence_of, latest_outcome, own_level
from community.knowledge.practice.facets import EvidenceLevel as Level

BETTER = (Report(3, "better"),)

reports = st.lists(
    st.builds(Report, st.sampled_from([3, 6, 12]), st.sampled_from(["better", "same", "worse", "not_measured"])),
    max_size=3,
    unique_by=lambda report: report.month,
).map(tuple)
keys = st.integers(0, 5)
regions = st.sampled_from(["", "AFR", "SEAR", "EUR"])
leaves = st.builds(Site, keys, regions, st.booleans(), reports)
trees = st.recursive(
    leaves,
    lambda below: st.builds(Site, keys, regions, st.booleans(), reports, st.lists(below, max_size=3).map(tuple)),
    max_leaves=8,
)


def paths(site: Site, before: tuple[Site, ...] = ()) -> list[tuple[Site, ...]]:
    """Every way from the origin down to a site, the origin left out."""
    own = [(*before, child) for child in site.children]
    return own + [path for way in own for path in paths(way[-1], way)]


def slow_level(own: int, origin: Site, worked: bool) -> int:
    """The rules as they are written, site by site, with nothing kept between them."""
    people, places = set(), set()
    for path in paths(origin):
        site = path[-1]
        last = ""
        for month in (3, 6, 12):
            for report in site.reports:
                if report.month == month and report.outcome != "not_measured":
                    last = report.outcome
        if last == "better" and all(step.keeps_core for step in path) and site.key != origin.key:
            people.add(site.key)
            places.add(site.region)
    if not people:
        return own
    seen_at_origin = worked and own in (2, 3)
    if len(people) == 1 and not seen_at_origin:
        return max(own, 2)
    return 5 if len(places - {""}) >= 2 else 4


@settings(max_examples=80)
@given(st.integers(0, 3), trees, st.booleans())
def test_the_level_equals_that_of_the_slow_model(own: int, origin: Site, worked: bool) -> None:
    assert evidence_of(Level(own), origin, worked=worked).level == slow_level(own, origin, worked)


@settings(max_examples=40)
@given(st.integers(0, 3), trees, st.booleans())
def test_one_more_success_never_lowers_a_level(own: int, origin: Site, worked: bool) -> None:
    one_more = Site(origin.key, origin.region, children=(*origin.children, Site("new", "WPR", reports=BETTER)))

    before, after = (evidence_of(Level(own), tree, worked=worked) for tree in (origin, one_more))

    assert after.level >= max(before.level, own)
    assert after.sites == before.sites + 1


def test_own_measures_give_up_to_three() -> None:
    levels = [
        own_level(is_done=False, designs=["controlled"]),
        own_level(is_done=True, designs=[]),
        own_level(is_done=True, designs=["before_after"]),
        own_level(is_done=True, designs=["before_after", "time_series"]),
    ]

    assert levels == [0, 1, 2, 3]
    assert all(lower < higher for lower, higher in pairwise(levels))


def test_two_regions_make_the_highest_level_and_say_what_it_rests_on() -> None:
    far, near = Site("far", "SEAR", reports=BETTER), Site("near", "AFR", reports=BETTER)

    assert evidence_of(Level.BEFORE_AFTER, Site("origin", "AFR", children=(near,))) == Evidence(
        Level(4), Level(2), 1, 1
    )
    assert evidence_of(Level.BEFORE_AFTER, Site("origin", "AFR", children=(near, far))) == Evidence(
        Level(5), Level(2), 2, 2
    )


def test_a_failed_attempt_is_not_confirmed_by_the_first_success() -> None:
    origin = Site("origin", "AFR", children=(Site("far", "SEAR", reports=BETTER),))

    assert evidence_of(Level.BEFORE_AFTER, origin, worked=False).level == 2
    assert evidence_of(Level.DESCRIBED, origin, worked=False).level == 2


def test_an_effect_that_did_not_last_counts_no_more() -> None:
    assert latest_outcome([Report(3, "better"), Report(12, "worse"), Report(6, "same")]) == "worse"
    assert latest_outcome([Report(3, "better"), Report(6, "not_measured")]) == "better"
    assert latest_outcome([]) == "not_measured"
