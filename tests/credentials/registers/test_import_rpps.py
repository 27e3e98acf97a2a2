"""The RPPS importer: many rows of one person become one entry, in whatever order they stand."""

from pathlib import Path
from typing import Any

import pytest

from community.core.actors import SYSTEM
from community.credentials.models.register import RegisterEntry
from community.credentials.registers.importing.records import WrongFile
from community.credentials.registers.importing.run import import_file
from tests.credentials.registers.files import activity, rpps_file

pytestmark = pytest.mark.django_db
OTHER = "10000000025"


def stored() -> list[tuple[Any, ...]]:
    fields = ("number", "given_name", "family_name", "other_names", "codes", "regions", "status")
    return list(RegisterEntry.objects.filter(register="rpps").order_by("number").values_list(*fields))


def test_rows_of_one_person_are_merged(tmp_path: Path) -> None:
    path = rpps_file(
        tmp_path,
        activity(),
        activity(OTHER, family="DUPONT", given="LUC", profession="60", skill="", department="2A"),
        activity(department="92"),
        activity(department="92"),
        activity(family="MARTIN"),
    )

    run = import_file("rpps", path, by=SYSTEM)

    assert (run.rows_read, run.added, run.passed_over, run.refused) == (5, 2, 3, 0)
    assert stored() == [
        ("10000000017", "ANNE-MARIE", "LEFÈVRE", [["ANNE-MARIE", "MARTIN"]], "10/SM26", "FR-75 FR-92", "active"),
        (OTHER, "LUC", "DUPONT", [], "60", "FR-2A", "active"),
    ]


def test_the_order_of_rows_does_not_matter(tmp_path: Path) -> None:
    rows = [activity(), activity(OTHER), activity(department="92"), activity(OTHER, profession="60", skill="")]
    import_file("rpps", rpps_file(tmp_path, *rows), by=SYSTEM)

    again = import_file("rpps", rpps_file(tmp_path, *reversed(rows)), by=SYSTEM)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 2)


def test_whoever_only_studies_is_in_training(tmp_path: Path) -> None:
    import_file(
        "rpps", rpps_file(tmp_path, activity(category="E"), activity(OTHER), activity(OTHER, category="E")), by=SYSTEM
    )
    assert [row[-1] for row in stored()] == ["in_training", "active"]


def test_bad_rows_are_refused_with_a_reason(tmp_path: Path) -> None:
    path = rpps_file(
        tmp_path,
        activity(kind="0"),
        activity("10000000016"),
        activity("123"),
        activity(family=""),
        activity(given="X" * 130),
    )
    with path.open("a", encoding="utf-8") as file:
        file.write("8|10000000017\n")

    assert import_file("rpps", path, by=SYSTEM).refusals == {
        "another kind of number than RPPS": 1,
        "check digit wrong": 1,
        "not an RPPS number": 1,
        "family name missing": 1,
        "name too long": 1,
        "wrong number of columns": 1,
    }


def test_another_file_of_the_same_place_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ps-libreacces-savoirfaire.txt"
    path.write_text("Type d'identifiant PP|Identifiant PP|\n8|10000000017|\n", encoding="utf-8")

    with pytest.raises(WrongFile, match="This is not an RPPS extraction"):
        import_file("rpps", path, by=SYSTEM)
