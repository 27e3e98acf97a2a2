"""The key pair by which push services know this site (VAPID, RFC 8292): made once, kept beside the data."""

import os
from base64 import urlsafe_b64encode
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from django.conf import settings


def private_key_file() -> Path:
    """The private key as a PEM file that only its owner reads. Several processes may ask for it at once."""
    path = Path(settings.VAPID_KEY_FILE)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        made = path.with_name(f"{path.name}.{os.getpid()}")
        descriptor = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            key = generate_private_key(SECP256R1())
            file.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        try:
            os.link(made, path)  # The first one wins; the others use its key.
        except FileExistsError:
            pass
        finally:
            made.unlink()
    return path


@cache
def _public_key(path: Path) -> str:
    key = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, EllipticCurvePrivateKey):
        raise TypeError("VAPID needs a key on the curve P-256")
    point = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return urlsafe_b64encode(point).rstrip(b"=").decode("ascii")


def public_key() -> str:
    """What a browser subscribes with: the point on the curve, uncompressed, base64url without padding."""
    return _public_key(private_key_file())
