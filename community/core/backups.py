"""The whole site in one file: database, files and a manifest of keys, each part with its SHA-256.

A tar archive that other programs can read as well: `backup.json` (see `Manifest`), the copy of the database, what is
below DATA_DIR/media, DATA_DIR/private and DATA_DIR/recordings, and at the end `SHA256SUMS` as `sha256sum --check` reads
it. The keys themselves are never in it, only their fingerprints. Files are copied after the database, so that each
row's file is there. However many files there are, writing keeps one of them in mind at a time.
"""

import hashlib
import json
import os
import shutil
import signal
import tarfile
import tempfile
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath
from time import monotonic
from typing import IO, Any, Self

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from community.core import dumps
from community.core.clock import now

FORMAT = 1
MANIFEST, SUMS = "backup.json", "SHA256SUMS"
#: Every backup has these; the others are files.
ALWAYS = {MANIFEST, SUMS, *dumps.NAMES.values()}
SCRYPT = {"n": 2**14, "r": 8, "p": 1, "dklen": 12}
BLOCK = 1 << 20
TOLD_EVERY = 10.0  # seconds
TERMINATED = 128 + signal.SIGTERM
UNREADABLE = (tarfile.TarError, EOFError, zlib.error, UnicodeDecodeError)

Tell = Callable[[str], None]


class Misplaced(Exception):
    """Why a backup cannot be written there."""


class Damaged(Exception):
    """Why this file is not a backup that can be put back; nothing was changed."""


@dataclass(frozen=True)
class Manifest:
    """What stands in `backup.json`. `migrations` are the last ones of each app; `keys` fingerprints by name of setting,
    scrypt with `salt`, so that one can tell which key is missing and not what it is."""

    format: int
    made_at: str
    engine: str
    migrations: list[str]
    salt: str
    keys: dict[str, list[str]]
    bucket: bool

    @classmethod
    def of_now(cls) -> Self:
        salt = os.urandom(16).hex()
        keys = {name: [fingerprint(key, salt) for key in values] for name, values in present_keys().items()}
        return cls(
            format=FORMAT,
            made_at=now().isoformat(timespec="seconds"),
            engine=connection.vendor,
            migrations=sorted(f"{app}.{name}" for app, name in _loader().graph.leaf_nodes()),
            salt=salt,
            keys=keys,
            bucket=settings.S3 is not None,
        )

    def missing_keys(self) -> list[str]:
        """The settings of which a key of then is not here now."""
        here = {name: {fingerprint(key, self.salt) for key in values} for name, values in present_keys().items()}
        return sorted(name for name, marks in self.keys.items() if not set(marks) <= here.get(name, set()))

    def unknown_migrations(self) -> list[str]:
        known = set(_loader().disk_migrations)
        return [name for name in self.migrations if tuple(name.split(".", 1)) not in known]


@dataclass(frozen=True)
class Keeper:
    """What a package does when the site goes back in time: `before` looks at what is there still (None where there is
    nothing), `after` gets that, and the moment of the backup, when the old data is back; what it returns is left."""

    after: Callable[[Any, str], object]
    before: Callable[[str], Any] = lambda _made_at: None


keepers: dict[str, Keeper] = {}


def register_keeper(name: str, keeper: Keeper) -> None:
    keepers[name] = keeper


def present_keys() -> dict[str, list[str]]:
    vapid = Path(settings.VAPID_KEY_FILE)
    return {
        "FIELD_KEYS": list(settings.FIELD_KEYS),
        "SECRET_KEY": [settings.SECRET_KEY],
        "VAPID_KEY_FILE": [vapid.read_text(encoding="ascii")] if vapid.is_file() else [],
    }


def fingerprint(key: str, salt: str) -> str:
    return hashlib.scrypt(key.encode(), salt=bytes.fromhex(salt), **SCRYPT).hex()  # type: ignore[call-overload, no-any-return]


# --- Write -----------------------------------------------------------------------------------------------------


def write_backup(path: Path, *, tell: Tell) -> int:
    """Make the backup at `path`, replacing what had this name only when it is whole; returns its bytes.

    Names that end in .gz are compressed. Raises Misplaced, dumps.DumpFailed, OSError.
    """
    if any(path.is_relative_to(root) for root in roots().values()):
        raise Misplaced("this folder belongs to the backup itself: choose a place outside of it")
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=path.parent) as folder:
        copy, part = Path(folder) / dumps.dump_name(), Path(folder) / "part"
        dumps.dump_to(copy)
        tell(f"database: {_told(copy.stat().st_size)}")
        with _for_the_owner(part) as file, _archive(file, is_small=path.suffix == ".gz") as archive:
            _pack(archive, copy, tell)
        _on_the_disk(part)
        part.replace(path)
    return path.stat().st_size


@contextmanager
def tidy() -> Iterator[None]:
    """Whoever is told to end (SIGTERM) meanwhile ends as after Ctrl-C: no copy of the site's data is left behind."""
    if threading.current_thread() is not threading.main_thread():  # Python hears signals there only.
        yield
        return
    before = signal.signal(signal.SIGTERM, _end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _end(*_signal: object) -> None:
    raise SystemExit(TERMINATED)


def _archive(file: IO[bytes], *, is_small: bool) -> tarfile.TarFile:
    if is_small:
        return tarfile.open(fileobj=file, mode="w:gz", format=tarfile.PAX_FORMAT, compresslevel=6)
    return tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT)


def _pack(archive: tarfile.TarFile, copy: Path, tell: Tell) -> None:
    with tempfile.TemporaryFile(dir=copy.parent) as sums:
        head, files = _Packing(archive, sums), _Packing(archive, sums)
        head.add_words(MANIFEST, json.dumps(asdict(Manifest.of_now()), indent=1))
        head.add_file(copy.name, copy)
        copy.unlink()  # It is in the archive now, and may be large.
        also = _now_and_then(tell)
        for name, path in _files():
            with suppress(FileNotFoundError):  # deleted since it was listed
                files.add_file(name, path)
            also(f"files so far: {files.count}, {_told(files.size)}")
        tell(f"files: {files.count}, {_told(files.size)}")
        size = sums.tell()
        sums.seek(0)
        head.add(SUMS, sums, size)


def _now_and_then(tell: Tell) -> Tell:
    """Says some of what it is given: what comes TOLD_EVERY seconds after the last."""
    last = [monotonic()]

    def also(line: str) -> None:
        if monotonic() >= last[0] + TOLD_EVERY:
            tell(line)
            last[0] = monotonic()

    return also


def roots() -> dict[str, Path]:
    """The folders that belong to a backup, by their name in it."""
    return {
        "media": Path(settings.MEDIA_ROOT),
        "private": Path(settings.PRIVATE_ROOT),
        "recordings": Path(settings.DATA_DIR) / "recordings",
    }


def _files() -> Iterator[tuple[str, Path]]:
    for name, root in roots().items():
        for folder, folders, files in os.walk(root):
            folders.sort()
            for path in (Path(folder, file) for file in sorted(files)):
                if path.is_file() and not path.is_symlink():
                    yield f"{name}/{path.relative_to(root).as_posix()}", path


class _Packing:
    """Parts on their way into the archive; a line for each goes into `sums`. `size` is in bytes."""

    def __init__(self, archive: tarfile.TarFile, sums: IO[bytes]) -> None:
        self._archive, self._sums = archive, sums
        self.count = self.size = 0

    def add_words(self, name: str, words: str) -> None:
        self.add(name, BytesIO(words.encode()), len(words.encode()))

    def add_file(self, name: str, path: Path) -> None:
        with path.open("rb") as file:
            self.add(name, file, os.fstat(file.fileno()).st_size)

    def add(self, name: str, file: IO[bytes], size: int) -> None:
        """What grows while it is read is taken as long as it was."""
        header = tarfile.TarInfo(name)
        header.size, header.mode, header.mtime = size, 0o600, int(now().timestamp())
        reader = _Hashing(file)
        self._archive.addfile(header, reader)  # type: ignore[arg-type]
        self._archive.members.clear()  # type: ignore[attr-defined]  # a kilobyte or two for each file
        if name != SUMS:
            self._sums.write(f"{reader.digest.hexdigest()}  {name}\n".encode())
        self.count, self.size = self.count + 1, self.size + size


class _Hashing:
    """A file that is hashed while somebody reads it; `size` is how many bytes have been read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self.digest, self.size = file, hashlib.sha256(), 0

    def read(self, size: int = -1, /) -> bytes:
        block = self._file.read(size)
        self.digest.update(block)
        self.size += len(block)
        return block


def _for_the_owner(path: Path) -> IO[bytes]:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")


def _on_the_disk(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _told(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"


# --- Read ------------------------------------------------------------------------------------------------------


@contextmanager
def unpacked(path: Path, *, tell: Tell, with_files: bool = True) -> Iterator[tuple[Manifest, Path]]:
    """The parts of a backup in a folder beside the data, each checked; the folder ends with the block.

    Without its files, only what is needed to look at the backup is put there. Raises Damaged when a part is missing,
    altered or not of a backup, and OSError.
    """
    base = Path(settings.DATA_DIR)
    base.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=base) as folder:
        try:
            with tarfile.open(path, "r:*") as archive:
                found = _unpack(archive, Path(folder), with_files=with_files, tell=_now_and_then(tell))
        except UNREADABLE as error:
            raise Damaged(f"not a whole backup: {error}") from error
        _compare(Path(folder), found)
        yield _manifest(Path(folder)), Path(folder)


def _unpack(archive: tarfile.TarFile, folder: Path, *, with_files: bool, tell: Tell) -> dict[str, str]:
    """Name → SHA-256 of what was really there."""
    found: dict[str, str] = {}
    while (header := archive.next()) is not None:
        archive.members.clear()  # type: ignore[attr-defined]  # as above
        if not header.isfile() or not _is_ours(header.name):
            raise Damaged(f"not a part of a backup: {header.name[:80]}")
        source = archive.extractfile(header)
        if source is None or header.name in found:
            raise Damaged(f"twice in the backup: {header.name[:80]}")
        target = folder / header.name
        target.parent.mkdir(parents=True, exist_ok=True)
        reader = _Hashing(source)
        with _for_the_owner(target if with_files or header.name in ALWAYS else Path(os.devnull)) as file:
            shutil.copyfileobj(reader, file, BLOCK)
        if reader.size != header.size:
            raise Damaged("not a whole backup: it ends too early")
        found[header.name] = reader.digest.hexdigest()
        tell(f"parts so far: {len(found)}, {_told(archive.offset)}")
    return found


def _is_ours(name: str) -> bool:
    parts = PurePosixPath(name).parts
    if name in ALWAYS:
        return True
    return len(parts) > 1 and parts[0] in roots() and ".." not in parts and not name.startswith("/")


def _compare(folder: Path, found: dict[str, str]) -> None:
    if SUMS not in found:
        raise Damaged("not a whole backup: its checksums are missing")
    lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
    told = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    for name in sorted({*told, *found} - {SUMS}):
        if name not in found:
            raise Damaged(f"missing in the backup: {name}")
        if found[name] != told.get(name):
            raise Damaged(f"altered in the backup: {name}")


def _manifest(folder: Path) -> Manifest:
    try:
        told = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        manifest = Manifest(**told)
    except (OSError, ValueError, TypeError) as error:
        raise Damaged(f"{MANIFEST} cannot be read: {error}") from error
    if manifest.format != FORMAT:
        raise Damaged(f"made in format {manifest.format}; this program reads format {FORMAT}")
    if manifest.engine != connection.vendor:
        raise Damaged(f"made of {manifest.engine}, and this site runs on {connection.vendor}: set DATABASE_URL as then")
    if unknown := manifest.unknown_migrations():
        raise Damaged(f"made with another version of the program, which has {', '.join(unknown[:3])}: restore with it")
    return manifest


def put_files_back(folder: Path) -> int:
    """Move the files of the backup to their places and remove what it does not have; returns how many came back."""
    count = 0
    for name, root in roots().items():
        wanted = {path.relative_to(folder / name) for path in (folder / name).rglob("*") if path.is_file()}
        for path in [path for path in root.rglob("*") if path.is_file() and path.relative_to(root) not in wanted]:
            path.unlink()
        for relative in wanted:
            (root / relative).parent.mkdir(parents=True, exist_ok=True)
            shutil.move(folder / name / relative, root / relative)
        count += len(wanted)
    return count


def _loader() -> MigrationLoader:
    return MigrationLoader(None)
