"""The command an operator types: its figures, its progress and its one-line refusals."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from community.credentials.registers.importing.progress import Progress
from community.credentials.registers.importing.records import Tally
from tests.credentials.registers.files import ADA, BEN, CLINIC, nppes_file, zipped

pytestmark = pytest.mark.django_db


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_command_prints_every_figure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = nppes_file(tmp_path, ADA, CLINIC, BEN | {"NPI": "1234567890"})

    call_command("import_register", "nppes", path)

    shown = capsys.readouterr()
    figures = dict(line.rsplit(maxsplit=1) for line in shown.out.splitlines() if line)
    assert {name.strip(): value for name, value in figures.items()} == {
        "rows read": "3",
        "added": "1",
        "changed": "0",
        "deactivated": "0",
        "unchanged": "0",
        "passed over": "1",
        "refused": "1",
        "check digit wrong": "1",
    }
    assert "3 rows" in shown.err and "100%" in shown.err


def test_a_missing_file_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"There is no file .*nothing\.csv\.$"):
        call_command("import_register", "nppes", tmp_path / "nothing.csv")


def test_a_wrong_file_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(CommandError, match=r"^This is not an NPPES dissemination file.* Nothing was changed\.$"):
        call_command("import_register", "nppes", path)


def test_a_damaged_file_says_what_to_do(tmp_path: Path) -> None:
    archive = zipped(tmp_path, nppes_file(tmp_path, ADA, BEN))
    data = bytearray(archive.read_bytes())
    place = data.find(b"PK\x01\x02") - 30
    data[place : place + 8] = bytes(8)
    archive.write_bytes(data)
    with pytest.raises(CommandError, match="run again with a sound file"):
        call_command("import_register", "nppes", archive)


def test_progress_rewrites_one_line_on_a_terminal_and_adds_lines_elsewhere() -> None:
    for stream, first, last in ((Terminal(), "\r", "\n"), (io.StringIO(), " ", "\n")):
        progress = Progress(stream, Tally(rows_read=5), lambda: 0.5)
        progress.tick()
        assert stream.getvalue() == ""
        progress.end()
        assert (stream.getvalue()[0], stream.getvalue()[-1]) == (first, last)
        assert "5 rows   50%" in stream.getvalue()
