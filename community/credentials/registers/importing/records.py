"""What passes between reading a file and writing rows: records, the problems of rows, and the count of everything."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b
from typing import Final, NamedTuple

from community.credentials.models.register import RegisterEntry

DATE_LENGTH: Final = len("MM/DD/YYYY")
ACTIVE: Final = RegisterEntry.Status.ACTIVE.value
IN_TRAINING: Final = RegisterEntry.Status.IN_TRAINING.value
DEACTIVATED: Final = RegisterEntry.Status.DEACTIVATED.value


class WrongFile(Exception):
    """The file is not what it was said to be. Nothing has been changed. The text is one line for the operator."""


class DamagedFile(Exception):
    """The file ends or breaks in the middle. What was read before is kept. The text is one line for the operator."""


class BadRow(Exception):
    """One row cannot be used; its reason is counted and the next row is read."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Record(NamedTuple):
    """One register entry as a file states it; the fields are those of `RegisterEntry`."""

    number: str
    given_name: str = ""
    family_name: str = ""
    other_names: tuple[tuple[str, str], ...] = ()
    credential_text: str = ""
    codes: str = ""
    regions: str = ""
    country: str = ""
    status: str = ACTIVE
    enumerated_on: date | None = None
    updated_on: date | None = None
    deactivated_on: date | None = None
    reactivated_on: date | None = None

    def checksum(self) -> int:
        """64 bits over everything that is stored. Of a deactivated number only that fact and its date count."""
        said = (self.number, self.status, self.deactivated_on) if self.status == DEACTIVATED else self
        digest = blake2b("\x1f".join(map(str, said)).encode(), digest_size=8).digest()
        return int.from_bytes(digest, signed=True)


@dataclass
class Tally:
    """How many rows went where. Every row read is counted in exactly one of the other numbers."""

    rows_read: int = 0
    added: int = 0
    changed: int = 0
    deactivated: int = 0
    unchanged: int = 0
    passed_over: int = 0
    refusals: Counter[str] = field(default_factory=Counter)

    @property
    def refused(self) -> int:
        return self.refusals.total()

    def refuse(self, reason: str) -> None:
        """Count a row that cannot be used."""
        self.refusals[reason] += 1


def american_date(text: str) -> date | None:
    """A date written MM/DD/YYYY; None when empty. Raises BadRow."""
    if not text:
        return None
    try:
        if len(text) != DATE_LENGTH:
            raise ValueError
        return date(int(text[6:]), int(text[:2]), int(text[3:5]))
    except ValueError:
        raise BadRow("date not readable") from None
