"""The address of the mail server, as the README writes it."""

from pathlib import Path
from typing import Any

import pytest

from community.config.databases import email_from

SMTP = "django.core.mail.backends.smtp.EmailBackend"


@pytest.mark.parametrize(
    ("url", "meant"),
    [
        ("smtp+tls://user:pass%2Fword@mail.example:2587", ("mail.example", 2587, "user", "pass/word", True, False)),
        ("smtp+tls://mail.example", ("mail.example", 587, None, None, True, False)),
        ("smtp+ssl://user:word@mail.example", ("mail.example", 465, "user", "word", False, True)),
        ("smtp://mail.example:25", ("mail.example", 25, None, None, False, False)),
    ],
)
def test_mail_goes_to_the_server_of_the_address(url: str, meant: tuple[Any, ...]) -> None:
    told = email_from(url, Path("data"), demo=False)

    names = ("HOST", "PORT", "HOST_USER", "HOST_PASSWORD", "USE_TLS", "USE_SSL")
    assert told["EMAIL_BACKEND"] == SMTP
    assert tuple(told[f"EMAIL_{name}"] for name in names) == meant


def test_another_address_stops_the_start_with_one_line() -> None:
    with pytest.raises(SystemExit, match="EMAIL_URL must look like smtp"):
        email_from("mail.example:587", Path("data"), demo=False)
