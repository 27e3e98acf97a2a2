"""Encryption at rest: AES-256-GCM with a fresh key for each value, wrapped by a key of the installation.

The first of `FIELD_KEYS` encrypts, all of them decrypt, so that keys can be rotated. Format: version byte, wrapped
key (12 + 48 bytes), nonce (12), ciphertext with its tag.
"""

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import models

VERSION = b"\x01"
NONCE, WRAPPED = 12, 12 + 32 + 16


class Unreadable(Exception):
    """The value was altered or its key is gone."""


def seal(plain: bytes) -> bytes:
    """Encrypt bytes; each call gives another result."""
    key = AESGCM.generate_key(bit_length=256)
    nonce, wrap_nonce = os.urandom(NONCE), os.urandom(NONCE)
    wrapped = wrap_nonce + AESGCM(_installation_keys()[0]).encrypt(wrap_nonce, key, VERSION)
    return VERSION + wrapped + nonce + AESGCM(key).encrypt(nonce, plain, VERSION)


def open_sealed(sealed: bytes) -> bytes:
    """Decrypt what `seal` made; raises Unreadable."""
    if sealed[:1] != VERSION:
        raise Unreadable("unknown format")
    wrapped, rest = sealed[1 : 1 + WRAPPED], sealed[1 + WRAPPED :]
    try:
        return AESGCM(_unwrap(wrapped)).decrypt(rest[:NONCE], rest[NONCE:], VERSION)
    except (InvalidTag, ValueError):
        raise Unreadable("altered") from None


def seal_text(text: str) -> str:
    return urlsafe_b64encode(seal(text.encode())).decode("ascii")


def open_text(sealed: str) -> str:
    return open_sealed(urlsafe_b64decode(sealed)).decode()


class EncryptedTextField(models.TextField):  # type: ignore[type-arg]
    """Text that the database holds only encrypted. It cannot be searched or compared there."""

    def get_prep_value(self, value: Any) -> Any:
        return seal_text(value) if value else value

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return open_text(value) if value else value


def _unwrap(wrapped: bytes) -> bytes:
    for key in _installation_keys():
        try:
            return AESGCM(key).decrypt(wrapped[:NONCE], wrapped[NONCE:], VERSION)
        except InvalidTag:
            continue
    raise Unreadable("no key opens it")


def _installation_keys() -> list[bytes]:
    return [_derive(secret) for secret in settings.FIELD_KEYS]


def _derive(secret: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"collegium field key").derive(secret.encode())
