"""The NPPES importer: what it stores, that it can be repeated, and that nothing in a file can stop or fool it."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from community.core.actors import SYSTEM
from community.core.models import Event
from community.credentials.models.register import RegisterEntry, RegisterImport
from community.credentials.registers.importing.records import DamagedFile, WrongFile
from community.credentials.registers.importing.run import import_file
from tests.bench import nppes
from tests.credentials.registers.files import ADA, BEN, CLINIC, GONE, nppes_file, zipped

pytestmark = pytest.mark.django_db
FIGURES = ["rows_read", "added", "changed", "deactivated", "unchanged", "passed_over", "refused"]


def figures(path: Path) -> tuple[int, ...]:
    run = import_file("nppes", path, by=SYSTEM)
    return tuple(getattr(run, name) for name in FIGURES)


def entry(row: dict[str, str]) -> Any:
    return RegisterEntry.objects.at("npi", row["NPI"])


def test_a_person_is_stored_as_the_register_wrote_them(tmp_path: Path) -> None:
    assert figures(nppes_file(tmp_path, ADA, CLINIC, GONE)) == (3, 1, 0, 1, 0, 1, 0)

    stored = RegisterEntry.objects.filter(number=ADA["NPI"]).values(
        "given_name", "family_name", "other_names", "credential_text", "codes", "regions", "country", "status",
        "enumerated_on", "updated_on",
    )  # fmt: skip
    assert list(stored) == [
        {
            "given_name": "ADA M",
            "family_name": "OYELARAN",
            "other_names": [["ADA", "BRANDT"]],
            "credential_text": "M.D.",
            "codes": "207Q00000X 207R00000X",
            "regions": "US-TX US-CA",
            "country": "US",
            "status": "active",
            "enumerated_on": date(2006, 5, 23),
            "updated_on": date(2025, 7, 8),
        }
    ]
    assert (entry(GONE).status, entry(GONE).deactivated_on) == ("deactivated", date(2024, 3, 4))
    assert entry(CLINIC) is None


def test_reading_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    path = nppes_file(tmp_path, ADA, BEN, GONE)
    figures(path)
    before = list(RegisterEntry.objects.order_by("pk").values())

    assert figures(path) == (3, 0, 0, 0, 3, 0, 0)
    assert list(RegisterEntry.objects.order_by("pk").values()) == before


def test_only_rows_that_differ_are_written(tmp_path: Path) -> None:
    first = import_file("nppes", nppes_file(tmp_path, ADA, BEN), by=SYSTEM)
    married = ADA | {"Provider Last Name (Legal Name)": "OYELARAN-TEN", "Last Update Date": "08/01/2025"}

    second = import_file("nppes", nppes_file(tmp_path, married, BEN), by=SYSTEM)

    assert (second.changed, second.unchanged) == (1, 1)
    assert (entry(ADA).family_name, entry(ADA).changed_in_id) == ("OYELARAN-TEN", second.pk)
    assert entry(BEN).changed_in_id == first.pk


def test_an_older_file_does_not_undo_an_update(tmp_path: Path) -> None:
    figures(nppes_file(tmp_path, ADA))
    outdated = ADA | {"Provider Last Name (Legal Name)": "BRANDT", "Last Update Date": "01/02/2020"}

    assert figures(nppes_file(tmp_path, outdated)) == (1, 0, 0, 0, 1, 0, 0)
    assert entry(ADA).family_name == "OYELARAN"


def test_a_deactivated_number_keeps_its_name_and_comes_back_only_by_reactivation(tmp_path: Path) -> None:
    figures(nppes_file(tmp_path, ADA))
    blank = {"NPI": ADA["NPI"], "NPI Deactivation Date": "09/01/2025"}

    assert figures(nppes_file(tmp_path, blank)) == (1, 0, 0, 1, 0, 0, 0)
    assert (entry(ADA).status, entry(ADA).family_name) == ("deactivated", "OYELARAN")

    assert figures(nppes_file(tmp_path, ADA)) == (1, 0, 0, 0, 1, 0, 0)
    assert entry(ADA).status == "deactivated"

    back = ADA | {"NPI Deactivation Date": "09/01/2025", "NPI Reactivation Date": "10/01/2025"}
    assert figures(nppes_file(tmp_path, back)) == (1, 0, 1, 0, 0, 0, 0)
    assert (entry(ADA).status, entry(ADA).deactivated_on) == ("active", None)


def test_bad_rows_are_refused_with_a_reason_and_stop_nothing(tmp_path: Path) -> None:
    good = nppes.line(ADA)
    run = import_file(
        "nppes",
        nppes_file(
            tmp_path,
            BEN | {"NPI": "1234567890"},
            BEN | {"NPI": "12345"},
            BEN | {"Provider Last Name (Legal Name)": ""},
            BEN | {"Last Update Date": "2025-07-08"},
            BEN | {"Last Update Date": "02/30/2025"},
            BEN | {"Provider First Name": "X" * 400},
            {"NPI": BEN["NPI"]},
            '"1","2"\n',
            good.replace("OYELARAN", 'OYEL"ARAN'),
            good.replace("OYELARAN", "OYE\0LARAN"),
            good.replace("OYELARAN", "X" * 200_000),
            good.replace("OYELARAN", "X" * 140_000 + '"\n' + "Y" * 140_000),
            ADA,
        ),
        by=SYSTEM,
    )

    assert run.refusals == {
        "check digit wrong": 1,
        "not an NPI": 1,
        "family name missing": 1,
        "date not readable": 2,
        "name too long": 1,
        "entity type missing": 1,
        "wrong number of columns": 1,
        "quotation mark missing": 1,
        "not UTF-8 text": 1,
        "line too long": 3,
    }
    assert (run.added, run.rows_read, entry(BEN)) == (1, 14, None)


def test_bytes_that_are_not_utf_8_are_refused(tmp_path: Path) -> None:
    path = nppes_file(tmp_path, BEN, ADA)
    path.write_bytes(path.read_bytes().replace(b"QUISAN", b"QUIS\xc1N"))

    assert import_file("nppes", path, by=SYSTEM).refusals == {"not UTF-8 text": 1}
    assert entry(ADA)


def test_a_byte_order_mark_and_doubled_quotes_are_read(tmp_path: Path) -> None:
    path = nppes_file(tmp_path, ADA | {"Provider First Name": 'ADA "A, B"'})
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))

    assert figures(path) == (1, 1, 0, 0, 0, 0, 0)
    assert entry(ADA).given_name == 'ADA "A, B" M'


def test_the_published_archive_is_read(tmp_path: Path) -> None:
    assert figures(zipped(tmp_path, nppes_file(tmp_path, ADA, BEN))) == (2, 2, 0, 0, 0, 0, 0)


def test_a_truncated_archive_changes_nothing(tmp_path: Path) -> None:
    archive = zipped(tmp_path, nppes_file(tmp_path, ADA, BEN))
    archive.write_bytes(archive.read_bytes()[:-40])

    with pytest.raises(WrongFile, match="not a readable ZIP archive"):
        figures(archive)
    assert (RegisterEntry.objects.count(), RegisterImport.objects.count()) == (0, 0)


def test_a_damaged_archive_keeps_what_came_before_and_announces_it(tmp_path: Path) -> None:
    rows = [BEN | {"NPI": nppes.npi(serial), "Provider First Name": f"N{serial * 7919}"} for serial in range(30_000)]
    archive = zipped(tmp_path, nppes_file(tmp_path, *rows))
    data = bytearray(archive.read_bytes())
    data[-20_000:-10_000] = bytes(10_000)
    archive.write_bytes(data)

    with pytest.raises(DamagedFile, match="breaks off or is damaged after row"):
        figures(archive)

    run = RegisterImport.objects.get()
    assert run.was_complete is False
    assert run.added == RegisterEntry.objects.count() > 0
    assert Event.objects.filter(verb="credentials.register.imported", target_id=str(run.pk)).count() == 1


@pytest.mark.parametrize(
    "text", ["", "\n", "name,number\nAda,1\n", "NPI|Entity Type Code\n", "\x00\x01\x02", "PK\x03\x04rubbish"]
)
def test_a_wrong_file_is_refused_in_one_line_and_changes_nothing(tmp_path: Path, text: str) -> None:
    path = tmp_path / "file.csv"
    path.write_text(text)

    with pytest.raises(WrongFile) as refusal:
        figures(path)
    assert "\n" not in str(refusal.value) and "Nothing was changed" in str(refusal.value)
    assert RegisterImport.objects.count() == 0


def test_an_archive_without_the_data_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongFile, match="none of the files"):
        figures(zipped(tmp_path))


def test_one_event_tells_that_a_file_was_read(tmp_path: Path) -> None:
    run = import_file("nppes", nppes_file(tmp_path, ADA, BEN, GONE), by=SYSTEM)

    told = Event.objects.filter(verb="credentials.register.imported").values_list("target_id", "facts")
    facts = {"register": "npi", "kind": "nppes", "added": 2, "changed": 0, "deactivated": 1}
    assert list(told) == [(str(run.pk), facts)]


def test_an_import_that_died_is_announced_by_the_next_one(tmp_path: Path) -> None:
    died = RegisterImport.objects.create(register="npi", kind="nppes", file_name="x.csv", digest="0")

    import_file("nppes", nppes_file(tmp_path, ADA), by=SYSTEM)

    died.refresh_from_db()
    assert died.finished_at and not died.was_complete
    assert Event.objects.filter(verb="credentials.register.imported", target_id=str(died.pk)).count() == 1


def test_more_rows_than_a_batch_are_all_stored(tmp_path: Path) -> None:
    path = tmp_path / "npidata_pfile.csv"
    nppes.write(path, 6_000)
    run = import_file("nppes", path, by=SYSTEM)

    assert run.added + run.deactivated == RegisterEntry.objects.count()
    assert run.rows_read == 6_000 == run.added + run.deactivated + run.passed_over
    assert figures(path)[1:5] == (0, 0, 0, RegisterEntry.objects.count())
