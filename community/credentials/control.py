"""Addresses and codes: pure parts. A code is eight digits; only its keyed digest is ever stored."""

import secrets
from datetime import timedelta

from django.utils.crypto import constant_time_compare, salted_hmac

CODE_DIGITS = 8
CODE_LIFETIME = timedelta(minutes=10)
CODE_TRIES = 5

# Anybody can have an address at these; they prove nothing about an employer.
_FREE_MAIL = """
    gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com ymail.com icloud.com me.com mac.com
    aol.com proton.me protonmail.com pm.me gmx.com gmx.net gmx.de web.de t-online.de mail.com mail.ru yandex.ru
    yandex.com qq.com 163.com 126.com naver.com hanmail.net zoho.com tutanota.com tuta.com orange.fr free.fr
    laposte.net wanadoo.fr libero.it virgilio.it ziggo.nl kpnmail.nl hey.com fastmail.com rediffmail.com
"""
FREE_MAIL = frozenset(_FREE_MAIL.split())


def new_code() -> str:
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"


def digest_of_code(challenge_id: str, code: str) -> str:
    """The keyed digest of a code, bound to its challenge."""
    return salted_hmac(
        "credentials.code", f"{challenge_id}:{code.strip().replace(' ', '')}", algorithm="sha256"
    ).hexdigest()


def is_code(challenge_id: str, code: str, digest: str) -> bool:
    return bool(digest) and constant_time_compare(digest_of_code(challenge_id, code), digest)


def digest_of_address(address: str) -> str:
    """A keyed digest by which a bounced address is found again without storing it readably."""
    return salted_hmac("credentials.address", normal_address(address), algorithm="sha256").hexdigest()


def normal_address(address: str) -> str:
    return address.strip().casefold()


def domain_of(address: str) -> str:
    return normal_address(address).rpartition("@")[2]


def parents_of(domain: str) -> list[str]:
    """The domain and those above it, longest first, without the last label: "a.nhs.uk" gives "a.nhs.uk", "nhs.uk"."""
    labels = domain.split(".")
    return [".".join(labels[start:]) for start in range(len(labels) - 1)]
