"""The deactivation report: as a workbook, zipped, or as CSV; and that a crafted workbook does no harm."""

import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from community.core.actors import SYSTEM
from community.credentials.models.register import RegisterEntry, changed_by
from community.credentials.registers.importing.records import DamagedFile, WrongFile
from community.credentials.registers.importing.run import import_file
from tests.credentials.registers.files import ADA, BEN, nppes_file, report, workbook

pytestmark = pytest.mark.django_db
KIND = "nppes-deactivated"


@pytest.fixture
def known(tmp_path: Path) -> None:
    import_file("nppes", nppes_file(tmp_path, ADA, BEN), by=SYSTEM)


def status(row: dict[str, str]) -> tuple[Any, ...]:
    found = RegisterEntry.objects.get(register="npi", number=row["NPI"])
    return found.status, found.deactivated_on, found.family_name


def test_a_reported_number_is_deactivated_and_keeps_its_name(known: None, tmp_path: Path) -> None:
    run = import_file(KIND, report(tmp_path, [ADA["NPI"], "10/05/2026"]), by=SYSTEM)

    assert (run.rows_read, run.deactivated, run.refused) == (1, 1, 0)
    assert status(ADA) == ("deactivated", date(2026, 10, 5), "OYELARAN")
    assert status(BEN) == ("active", None, "QUISAN")


def test_changed_by_finds_the_holders_of_changed_numbers_only(known: None, tmp_path: Path) -> None:
    run = import_file(KIND, report(tmp_path, [ADA["NPI"], "10/05/2026"]), by=SYSTEM)

    concerned = RegisterEntry.objects.filter(changed_by(run, register="register", number="number"))
    assert [found.number for found in concerned] == [ADA["NPI"]]


def test_the_report_again_changes_nothing(known: None, tmp_path: Path) -> None:
    path = report(tmp_path, [ADA["NPI"], "10/05/2026"])
    import_file(KIND, path, by=SYSTEM)

    again = import_file(KIND, path, by=SYSTEM)
    assert (again.deactivated, again.changed, again.unchanged) == (0, 0, 1)


def test_an_older_report_does_not_undo_a_reactivation(tmp_path: Path) -> None:
    back = ADA | {"NPI Deactivation Date": "09/01/2025", "NPI Reactivation Date": "10/01/2025"}
    import_file("nppes", nppes_file(tmp_path, back), by=SYSTEM)

    import_file(KIND, report(tmp_path, [ADA["NPI"], "09/01/2025"]), by=SYSTEM)
    assert status(ADA) == ("active", None, "OYELARAN")


def test_an_unknown_number_is_kept_as_deactivated(tmp_path: Path) -> None:
    import_file(KIND, report(tmp_path, [BEN["NPI"], "10/05/2026"]), by=SYSTEM)
    assert status(BEN) == ("deactivated", date(2026, 10, 5), "")

    import_file("nppes", nppes_file(tmp_path, BEN), by=SYSTEM)
    assert status(BEN) == ("deactivated", date(2026, 10, 5), "")


def test_inline_strings_and_numeric_cells_are_read(tmp_path: Path) -> None:
    rows = [["NPI", "NPPES Deactivation Date"], [f"{ADA['NPI']}.0", "46300"]]
    import_file(KIND, workbook(tmp_path, rows, shared=False), by=SYSTEM)

    assert status(ADA)[:2] == ("deactivated", date(2026, 10, 5))


def test_a_zipped_workbook_is_read(tmp_path: Path) -> None:
    inner = report(tmp_path, [ADA["NPI"], "10/05/2026"])
    archive = tmp_path / "NPPES_Deactivated_NPI_Report_110926.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.write(inner, inner.name)

    assert import_file(KIND, archive, by=SYSTEM).deactivated == 1


def test_a_report_as_csv_is_read(tmp_path: Path) -> None:
    path = tmp_path / "report.csv"
    path.write_text(f'\ufeffNPPES Deactivated Records,\nNPI,NPPES Deactivation Date\n"{ADA["NPI"]}",10/05/2026\n')

    assert import_file(KIND, path, by=SYSTEM).deactivated == 1


def test_bad_rows_are_refused_with_a_reason(tmp_path: Path) -> None:
    rows = [["1234567890", "10/05/2026"], ["x", "10/05/2026"], [ADA["NPI"], ""], [ADA["NPI"], "soon"], [ADA["NPI"]]]
    run = import_file(KIND, report(tmp_path, *rows), by=SYSTEM)

    assert run.refusals == {
        "check digit wrong": 1,
        "not an NPI": 1,
        "date missing": 1,
        "date not readable": 1,
        "wrong number of columns": 1,
    }


def test_a_workbook_of_something_else_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongFile, match="Nothing was changed"):
        import_file(KIND, workbook(tmp_path, [["Name", "Town"], ["Ada", "Bern"]]), by=SYSTEM)


def test_an_empty_or_damaged_workbook_is_refused(tmp_path: Path) -> None:
    path = report(tmp_path, [ADA["NPI"], "10/05/2026"])
    path.write_bytes(path.read_bytes()[:-30])

    with pytest.raises(WrongFile, match="not a readable workbook"):
        import_file(KIND, path, by=SYSTEM)


def test_malformed_xml_is_reported_as_damage(tmp_path: Path) -> None:
    rows = [["NPI", "NPPES Deactivation Date"], [ADA["NPI"], "10/05/2026"]]
    with pytest.raises(DamagedFile):
        import_file(KIND, workbook(tmp_path, rows, prologue="<a></b>"), by=SYSTEM)


def test_entities_are_never_expanded(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    rows = [["NPI", "NPPES Deactivation Date"], [ADA["NPI"], "10/05/2026"]]

    with pytest.raises(WrongFile, match="document type"):
        import_file(KIND, workbook(tmp_path, rows, prologue=bomb), by=SYSTEM)
    assert RegisterEntry.objects.count() == 0
