"""Reads the mail that a demo keeps in files instead of sending it. Only while COLLEGIUM_DEMO is on."""

import email
import email.policy
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest

from community.core.errors import Missing
from community.members.adapters import OUTBOX_HEADER

NEWEST_FILES = 400


@dataclass(frozen=True)
class Mail:
    """A message as its reader would see it."""

    subject: str
    to: str
    date: str
    body: str


def messages_for(request: HttpRequest) -> list[Mail]:
    """The messages to the signed-in member, or those that answer a sign-up in this browser; the newest first.

    Others, such as a password reset asked for by a visitor, stay in the files: showing them would hand out accounts.
    """
    if not settings.COLLEGIUM_DEMO:
        raise Missing
    address = request.user.email.lower() if request.user.is_authenticated else ""
    key = request.session.get("outbox", "")
    return [_mail(found) for found in _kept() if _belongs(found, address, key)]


def _belongs(found: EmailMessage, address: str, key: str) -> bool:
    recipients = {recipient.addr_spec.lower() for recipient in found["To"].addresses}
    return address in recipients or (bool(key) and found[OUTBOX_HEADER] == key)


def _kept() -> list[EmailMessage]:
    folder = Path(getattr(settings, "EMAIL_FILE_PATH", None) or settings.DATA_DIR / "outbox")
    if not folder.is_dir():
        return []
    files = sorted(folder.glob("*.log"), key=lambda file: file.stat().st_mtime, reverse=True)[:NEWEST_FILES]
    return [message for file in files for message in _messages_in(file)]


def _messages_in(file: Path) -> list[EmailMessage]:
    # Django's file backend writes a line of dashes after each message of a connection.
    parts = file.read_bytes().split(b"-" * 79 + b"\n")
    parsed = (email.message_from_bytes(part.strip(), policy=email.policy.default) for part in parts if part.strip())
    return [message for message in parsed if isinstance(message, EmailMessage) and message["To"]]


def _mail(found: EmailMessage) -> Mail:
    body = found.get_body(preferencelist=("plain",))
    return Mail(str(found["Subject"]), str(found["To"]), str(found["Date"]), body.get_content() if body else "")
