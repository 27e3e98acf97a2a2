"""The pure parts of write-ups: small cells, bars, what changed between two versions, citations, linked data."""

import json
import re
from datetime import date
from typing import Any

import idutils
import pytest

from community.knowledge.practice.citations import Cited, as_bibtex, as_ris, as_text, key_of
from community.knowledge.practice.figures import all_small_cells, bars_of, change_of, is_figure, small_cells
from community.knowledge.practice.labels import label_of, order_of
from community.knowledge.practice.linked_data import as_json_ld
from community.knowledge.practice.sections import is_empty, rows_of, words_in
from community.knowledge.practice.versions import changes_between, digest_of, pieces_of
from community.knowledge.practice.words import surface_of, words_by_name
from demo.writeups import content, parts_of

CITED = Cited(
    title="Calls & visits: 50% kept {or not}",
    authors=("Ada Obi", "José de la Cruz"),
    number=2,
    published_on=date(2026, 3, 5),
    url="https://site.example/practices/calls/v2/",
    site="Collegium",
    kind="Attempt that did not work",
    abstract="Half of them\nanswered.",
    keywords=("refills", "calls"),
)


def row(**cells: Any) -> dict[str, Any]:
    return {
        "unit": "percent",
        "before": "",
        "after": "",
        "n_before": None,
        "n_after": None,
        "better": "higher",
        **cells,
    }


@pytest.mark.parametrize(
    ("cells", "where"),
    [
        ({"unit": "count", "before": "4", "after": "5"}, {"before"}),
        ({"unit": "count", "before": "0", "after": "<5"}, set()),
        ({"before": "50", "n_before": 4}, {"n_before"}),
        ({"before": "10", "n_before": 20, "after": "30", "n_after": 20}, {"before"}),
        ({"before": "0", "n_before": 20, "after": "25", "n_after": 20}, set()),
        ({"unit": "time", "before": "3", "after": "2"}, set()),
        ({"unit": "time", "before": "3", "n_before": 2}, {"n_before"}),
    ],
)
def test_a_cell_that_could_be_one_person_is_named(cells: dict[str, Any], where: set[str]) -> None:
    assert set(small_cells(row(**cells))) == where


def test_rows_without_small_cells_are_left_out() -> None:
    rows = [row(before="50", n_before=200), row(unit="count", after="2")]

    assert {place: set(found) for place, found in all_small_cells(rows).items()} == {1: {"after"}}


def test_a_figure_is_a_number_or_fewer_than_five() -> None:
    assert [word for word in ("62", "4.5", "4,5", "<5", "-1", "five", "1e3", "<4", "") if is_figure(word)] == [
        "62", "4.5", "4,5", "<5", "-1",
    ]  # fmt: skip


def test_bars_are_as_long_as_their_numbers() -> None:
    before, after = bars_of(row(before="25", after="50", n_before=90, n_after=90))

    assert (before.figure, after.figure) == ("25 %", "50 %")
    assert after.width == 2 * before.width
    assert bars_of(row(before="<5")) == []


@pytest.mark.parametrize(
    ("cells", "turn"),
    [
        ({"before": "54", "after": "71"}, "better"),
        ({"before": "54", "after": "55"}, "same"),
        ({"before": "3.1", "after": "1.4", "better": "lower"}, "better"),
        ({"before": "3.1", "after": "2.9", "better": "lower"}, "same"),
        ({"before": "54", "after": "40"}, "worse"),
        ({"unit": "time", "before": "35", "after": "9", "better": "lower"}, "better"),
        ({"before": "54", "after": "<5"}, ""),
        ({"before": "54", "after": "71", "better": ""}, ""),
    ],
)
def test_better_is_said_only_where_it_can_be(cells: dict[str, Any], turn: str) -> None:
    assert change_of(row(**cells)) == turn


def test_what_changed_is_told_word_by_word_and_adds_up_to_both_sides() -> None:
    old, new = "Half of them came.\nNobody called.", "Most of them came.\nA nurse called."

    pieces = pieces_of(old, new)

    assert "".join(p.text for p in pieces if p.kind != "in").split() == old.split()
    assert "".join(p.text for p in pieces if p.kind != "out").split() == new.split()
    assert [p.text.strip() for p in pieces if p.kind == "in"] == ["Most", "A nurse"]


def test_only_parts_that_differ_are_listed_in_reading_order() -> None:
    old = {"title": "A", "result": "x", "authors": [1], "body": [{"type": "summary", "value": "one"}]}
    new = {
        "title": "A",
        "result": "y",
        "authors": [1, 2],
        "body": [{"type": "summary", "value": "two"}, {"type": "equity", "value": "all"}],
    }

    assert [change.name for change in changes_between(old, new)] == ["result", "summary", "equity"]


def test_a_digest_does_not_depend_on_the_order_of_keys() -> None:
    assert digest_of({"a": 1, "b": "ü"}) == digest_of({"b": "ü", "a": 1})
    assert digest_of({"a": 1}) != digest_of({"a": 2})


def test_ris_is_one_record_of_tagged_lines() -> None:
    lines = as_ris(CITED).split("\r\n")
    tags = [re.fullmatch(r"([A-Z][A-Z0-9])  - (.*)", line) for line in lines[:-1]]

    assert lines[-1] == ""
    assert all(tags)
    read = [(found[1], found[2]) for found in tags if found]
    assert (read[0], read[-1]) == (("TY", "RPRT"), ("ER", ""))
    assert [value for tag, value in read if tag == "AU"] == ["Obi, Ada", "Cruz, José de la"]
    assert dict(read)["AB"] == "Half of them answered."
    assert dict(read)["DA"] == "2026/03/05"


def test_bibtex_has_balanced_braces_and_escapes_what_it_would_read_as_markup() -> None:
    entry = as_bibtex(CITED)
    bare = re.sub(r"\\[{}]", "", entry)

    assert bare.count("{") == bare.count("}")
    assert re.match(r"@techreport\{obi2026callsv2,\n", entry)
    assert r"title = {{Calls \& visits: 50\% kept \textbraceleft{}or not\textbraceright{}}}" in entry
    assert "author = {Obi, Ada and Cruz, José de la}" in entry
    assert key_of(CITED).isascii()


def test_the_suggested_citation_names_version_and_address() -> None:
    assert as_text(CITED) == (
        "Ada Obi, José de la Cruz. Calls & visits: 50% kept {or not}. Collegium; 2026 Mar 5. Version 2. "
        "https://site.example/practices/calls/v2/"
    )


def test_linked_data_says_what_it_was_derived_from() -> None:
    parent = "https://site.example/practices/parent/"

    told = as_json_ld(
        CITED, canonical="https://site.example/practices/calls/", about=["Cardiology"], derived_from=[parent]
    )
    facts = json.loads(json.dumps(told))

    assert facts["@context"]["prov"] == "http://www.w3.org/ns/prov#"
    assert "MedicalScholarlyArticle" in facts["@type"]
    assert facts["prov:wasDerivedFrom"] == [{"@id": parent}]
    assert [author["name"] for author in facts["author"]] == list(CITED.authors)
    assert "spatialCoverage" not in facts


def test_months_of_a_timeline_are_read_apart_from_its_words() -> None:
    words = words_by_name({"timeline": [{"when": "2024-05", "what": "Asked for telephone numbers", "detail": ""}]})

    assert words == {"timeline": "Asked for telephone numbers\n", "timeline_when": "2024-05"}
    assert surface_of("timeline_when") == "practice_setting"


def test_an_attempt_says_early_why_it_did_not_work() -> None:
    assert order_of("attempt").index("not_worked") < order_of("attempt").index("timeline")
    assert order_of("practice").index("not_worked") > order_of("practice").index("timeline")
    assert label_of("not_worked", "attempt") != label_of("not_worked", "practice")


def test_rows_of_the_admin_and_of_the_site_are_the_same_rows() -> None:
    plain = [{"element": "One list", "why": ""}]
    stored = [{"type": "item", "id": "x", "value": plain[0]}]

    assert rows_of(stored) == rows_of(plain) == plain
    assert words_in(stored) == words_in(plain)
    assert is_empty([{"element": "", "critical": False}])


def test_the_demo_has_attempts_from_everywhere_and_no_small_cell() -> None:
    told = content()
    kinds = [each.get("kind", "practice") for each in told]
    dois = [source["doi"] for each in told for source in parts_of(each).get("sources", []) if source["doi"]]

    assert (kinds.count("practice"), kinds.count("attempt"), kinds.count("sop")) == (20, 5, 8)
    assert [each["slug"] for each in told if all_small_cells(parts_of(each).get("measures", []))] == []
    assert dois
    assert all(idutils.is_doi(doi) for doi in dois)
