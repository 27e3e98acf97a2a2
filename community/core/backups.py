"""The whole site in one file: database, files and a manifest of keys, each part with its SHA-256.

A tar archive that other programs can read as well: `backup.json` (see `Manifest`), the copy of the database, what is
below DATA_DIR/media, DATA_DIR/private and DATA_DIR/recordings, and at the end `SHA256SUMS` as `sha256sum --check` reads
it. The keys themselves are never in it, only their fingerprints. Files are copied after the database, so that each
row's file is there.
"""

import hashlib
import json
import os
import shutil
import tarfile
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO, Any, NamedTuple, Self

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from community.core import dumps
from community.core.clock import now

FORMAT = 1
MANIFEST, SUMS = "backup.json", "SHA256SUMS"
SCRYPT = {"n": 2**14, "r": 8, "p": 1, "dklen": 12}
BLOCK = 1 << 20
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
    part = path.with_name(f".{path.name}.part")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with tempfile.TemporaryDirectory(prefix=".backup-", dir=path.parent) as folder:
            copy = Path(folder) / dumps.dump_name()
            dumps.dump_to(copy)
            tell(f"database: {_told(copy.stat().st_size)}")
            with _for_the_owner(part) as file:
                _pack(file, copy, is_small=path.suffix == ".gz", tell=tell)
                file.flush()
                os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return path.stat().st_size


def _pack(file: IO[bytes], copy: Path, *, is_small: bool, tell: Tell) -> None:
    with tarfile.open(fileobj=file, mode="w:gz" if is_small else "w", format=tarfile.PAX_FORMAT) as archive:
        head = [_add_words(archive, MANIFEST, json.dumps(asdict(Manifest.of_now()), indent=1))]
        head.append(_add_file(archive, copy.name, copy))
        files = []
        for name, path in _files():
            with suppress(FileNotFoundError):  # deleted since it was listed
                files.append(_add_file(archive, name, path))
        tell(f"files: {len(files)}, {_told(sum(part.size for part in files))}")
        _add_words(archive, SUMS, "".join(f"{part.digest}  {part.name}\n" for part in [*head, *files]))


def roots() -> dict[str, Path]:
    """The folders that belong to a backup, by their name in it."""
    return {
        "media": Path(settings.MEDIA_ROOT),
        "private": Path(settings.PRIVATE_ROOT),
        "recordings": Path(settings.DATA_DIR) / "recordings",
    }


def _files() -> Iterator[tuple[str, Path]]:
    for name, root in roots().items():
        for path in sorted(root.rglob("*")):
            if path.is_file() and not path.is_symlink():
                yield f"{name}/{path.relative_to(root).as_posix()}", path


class _Part(NamedTuple):
    name: str
    size: int  # bytes
    digest: str  # SHA-256


def _add_words(archive: tarfile.TarFile, name: str, words: str) -> _Part:
    return _add(archive, name, BytesIO(words.encode()), len(words.encode()))


def _add_file(archive: tarfile.TarFile, name: str, path: Path) -> _Part:
    with path.open("rb") as file:
        return _add(archive, name, file, os.fstat(file.fileno()).st_size)


def _add(archive: tarfile.TarFile, name: str, file: IO[bytes], size: int) -> _Part:
    """What grows while it is read is taken as long as it was."""
    header = tarfile.TarInfo(name)
    header.size, header.mode, header.mtime = size, 0o600, int(now().timestamp())
    reader = _Hashing(file)
    archive.addfile(header, reader)  # type: ignore[arg-type]
    return _Part(name, size, reader.digest.hexdigest())


class _Hashing:
    """A file that is hashed while somebody reads it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self.digest = file, hashlib.sha256()

    def read(self, size: int = -1, /) -> bytes:
        block = self._file.read(size)
        self.digest.update(block)
        return block


def _for_the_owner(path: Path) -> IO[bytes]:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")


def _told(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"


# --- Read ------------------------------------------------------------------------------------------------------


@contextmanager
def unpacked(path: Path) -> Iterator[tuple[Manifest, Path]]:
    """The parts of a backup in a folder beside the data, each checked; the folder ends with the block.

    Raises Damaged when a part is missing, altered or not of a backup, and OSError.
    """
    base = Path(settings.DATA_DIR)
    base.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=base) as folder:
        try:
            with tarfile.open(path, "r:*") as archive:
                found = _unpack(archive, Path(folder))
        except UNREADABLE as error:
            raise Damaged(f"not a whole backup: {error}") from error
        _compare(Path(folder), found)
        yield _manifest(Path(folder)), Path(folder)


def _unpack(archive: tarfile.TarFile, folder: Path) -> dict[str, str]:
    """Name → SHA-256 of what was really there."""
    found: dict[str, str] = {}
    for header in archive:
        if not header.isfile() or not _is_ours(header.name):
            raise Damaged(f"not a part of a backup: {header.name[:80]}")
        source = archive.extractfile(header)
        if source is None or header.name in found:
            raise Damaged(f"twice in the backup: {header.name[:80]}")
        target = folder / header.name
        target.parent.mkdir(parents=True, exist_ok=True)
        reader = _Hashing(source)
        with _for_the_owner(target) as file:
            shutil.copyfileobj(reader, file, BLOCK)
        if target.stat().st_size != header.size:
            raise Damaged("not a whole backup: it ends too early")
        found[header.name] = reader.digest.hexdigest()
    return found


def _is_ours(name: str) -> bool:
    parts = PurePosixPath(name).parts
    if name in {MANIFEST, SUMS, *dumps.NAMES.values()}:
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
