"""A backup brings back rows, files and nothing else; a damaged one changes nothing."""

import io
import os
import signal
import tarfile
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection

from community.core import audit, backups, dumps
from community.core.actors import SYSTEM
from community.core.clock import now
from community.members.models import Member
from community.members.operations import erase_member
from forums.models import Post
from search.models import Document, Kind
from tests.factories.forums import SpaceFactory, make_thread, verified_member
from tests.factories.webinars import webinar_with
from webinars.models import Room


@pytest.fixture
def place(tmp_path: Path, settings: LazySettings) -> Path:
    """A data directory with one picture and one piece of evidence."""
    settings.DATA_DIR = tmp_path / "data"
    settings.MEDIA_ROOT, settings.PRIVATE_ROOT = settings.DATA_DIR / "media", settings.DATA_DIR / "private"
    for root, name in [(settings.MEDIA_ROOT, "images/ward.png"), (settings.PRIVATE_ROOT, "evidence/7")]:
        (root / name).parent.mkdir(parents=True)
        (root / name).write_bytes(name.encode())
    return tmp_path


@pytest.fixture
def backup(place: Path) -> Path:
    """A backup of a place without rows, for what only looks at files."""
    call_command("backup", str(place / "kept.tar"), stdout=io.StringIO())
    return place / "kept.tar"


@pytest.mark.django_db(transaction=True)
def test_what_was_there_comes_back_and_what_came_since_goes(place: Path, settings: LazySettings) -> None:
    left, stays = verified_member(name="Tala Reyes"), verified_member(name="Noor Haddad")
    kept = make_thread(SpaceFactory.create(), stays).posts.get()
    room, before = Room.objects.create(webinar=webinar_with()), Post.objects.count()
    audit.seal_pending()
    call_command("backup", str(place / "kept.tar.gz"), stdout=io.StringIO())
    erase_member(left, by=SYSTEM)
    make_thread(kept.thread.space, stays)
    Session.objects.create(session_key="since", session_data="", expire_date=now())
    (settings.MEDIA_ROOT / "images" / "ward.png").write_bytes(b"altered")
    (settings.MEDIA_ROOT / "images" / "since.png").write_bytes(b"since")
    audit.seal_pending()

    told = io.StringIO()
    call_command("restore", str(place / "kept.tar.gz"), stdout=told)

    assert Post.objects.count() == before and Post.objects.get(pk=kept.pk).source == kept.source
    assert (settings.MEDIA_ROOT / "images" / "ward.png").read_bytes() == b"images/ward.png"
    assert not (settings.MEDIA_ROOT / "images" / "since.png").exists()
    assert (settings.PRIVATE_ROOT / "evidence" / "7").read_bytes() == b"evidence/7"
    assert not Session.objects.exists()
    assert not Member.objects.get(pk=left.pk).is_active  # who was erased since stays erased
    assert Member.objects.get(pk=stays.pk).name == "Noor Haddad"
    assert Room.objects.get(pk=room.pk).epoch != room.epoch
    assert [document.key for document in Document.objects.filter(kind=Kind.THREAD)] == [kept.thread_id]
    assert audit.verify().broken == "" and "audit chain sound" in told.getvalue()
    copies = list(Path(settings.DATA_DIR).glob("before-restore-*.tar"))
    assert [copy.stat().st_mode & 0o777 for copy in copies] == [0o600]  # the state from before is not lost


def _rewrite(path: Path, change: Callable[[str, bytes], bytes | None]) -> None:
    """The same archive with other bytes in some parts, or without them."""
    with tarfile.open(path) as archive:
        parts = [(header.name, archive.extractfile(header).read()) for header in archive]  # type: ignore[union-attr]
    with tarfile.open(path, "w") as archive:
        for name, data in parts:
            changed = change(name, data)
            if changed is not None:
                header = tarfile.TarInfo(name)
                header.size = len(changed)
                archive.addfile(header, io.BytesIO(changed))


def _names(path: Path) -> list[str]:
    with tarfile.open(path) as archive:
        return archive.getnames()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("name", "change", "reason"),
    [
        ("media/images/ward.png", lambda data: data[::-1], "altered in the backup: media/images/ward.png"),
        ("private/evidence/7", lambda _data: None, "missing in the backup: private/evidence/7"),
        (backups.SUMS, lambda _data: None, "its checksums are missing"),
        (backups.MANIFEST, lambda data: data.replace(b'"format": 1', b'"format": 9'), "altered in the backup"),
    ],
)
def test_a_damaged_backup_is_refused(backup: Path, name: str, change: Callable[[bytes], Any], reason: str) -> None:
    _rewrite(backup, lambda part, data: change(data) if part == name else data)

    with pytest.raises(CommandError, match=reason):
        call_command("restore", str(backup), "--verify", stdout=io.StringIO())


@pytest.mark.django_db(transaction=True)
def test_a_backup_is_read_with_care(backup: Path, place: Path, settings: LazySettings) -> None:
    cut, strange = place / "cut.tar", place / "strange.tar"
    cut.write_bytes(backup.read_bytes()[: backup.stat().st_size // 2])
    with tarfile.open(strange, "w") as archive:
        archive.addfile(tarfile.TarInfo("media/../../outside"))
    for path, reason in [
        (cut, "not a whole backup"),
        (strange, "not a part of a backup"),
        (place / "none", "No such file"),
    ]:
        with pytest.raises(CommandError, match=reason):
            call_command("restore", str(path), "--verify", stdout=io.StringIO())

    settings.FIELD_KEYS = ["another key"]
    warned = io.StringIO()
    call_command("restore", str(backup), "--verify", stdout=io.StringIO(), stderr=warned)

    assert "FIELD_KEYS is not the key of then" in warned.getvalue()
    assert not (place / "outside").exists() and not (place.parent / "outside").exists()
    assert {backups.MANIFEST, backups.SUMS, "media/images/ward.png", "private/evidence/7"} < set(_names(backup))


@pytest.mark.django_db(transaction=True)
def test_a_backup_does_not_hold_itself(place: Path, settings: LazySettings) -> None:
    with pytest.raises(CommandError, match="belongs to the backup itself"):
        call_command("backup", str(settings.MEDIA_ROOT / "kept.tar"), stdout=io.StringIO())

    assert [path.name for path in settings.MEDIA_ROOT.iterdir()] == ["images"]


@pytest.mark.django_db(transaction=True)
def test_files_are_checked_without_room_for_them_and_it_is_told_how_far_it_is(
    backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backups, "TOLD_EVERY", 0)
    told: list[str] = []

    with backups.unpacked(backup, tell=told.append, with_files=False) as (manifest, folder):
        kept = {path.name for path in folder.rglob("*") if path.is_file()}

    assert kept == {backups.MANIFEST, backups.SUMS, dumps.dump_name()}
    assert manifest.engine == connection.vendor and told[-1].startswith(f"parts so far: {len(_names(backup))}, ")
    assert not folder.exists()


def test_who_is_told_to_end_clears_up(tmp_path: Path) -> None:
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(SystemExit) as ended, backups.tidy(), tempfile.TemporaryDirectory(dir=tmp_path):
        os.kill(os.getpid(), signal.SIGTERM)

    assert (ended.value.code, list(tmp_path.iterdir())) == (143, [])
    assert signal.getsignal(signal.SIGTERM) == before


def test_an_archive_of_many_parts_keeps_none_of_them_in_memory() -> None:
    sums = io.BytesIO()
    with tarfile.open(fileobj=io.BytesIO(), mode="w") as archive:
        packing = backups._Packing(archive, sums)
        for number in range(3):
            packing.add_words(f"media/{number}", "words")
        assert archive.members == []

    assert (packing.count, packing.size, sums.getvalue().count(b"  media/")) == (3, 15, 3)
