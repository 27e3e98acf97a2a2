"""What a browser hands over when it lets a site push to it (RFC 8291), and which addresses we send to."""

from base64 import urlsafe_b64decode
from typing import NamedTuple
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from django.conf import settings

LONGEST_ENDPOINT = 1000
SECRET = 16


class Subscription(NamedTuple):
    """The address of the push service, the browser's public key and its secret, both base64url."""

    endpoint: str
    p256dh: str
    auth: str

    @property
    def is_sound(self) -> bool:
        """Whether a message can be encrypted for it."""
        try:
            EllipticCurvePublicKey.from_encoded_point(SECP256R1(), _decoded(self.p256dh))
            return len(_decoded(self.auth)) == SECRET and len(self.endpoint) <= LONGEST_ENDPOINT
        except ValueError:
            return False


def is_known_service(endpoint: str) -> bool:
    """Whether an address belongs to a push service we send to: it is a stranger's word, and the worker would go there.

    `settings.PUSH_SERVICES` holds hosts; one that begins with a dot stands for all below it.
    """
    try:
        found = urlsplit(endpoint)
        host, port = (found.hostname or "").lower(), found.port
    except ValueError:
        return False
    if f"{found.scheme}://{found.netloc}" in settings.PUSH_ORIGINS_IN_TESTS:
        return True
    if found.scheme != "https" or port not in (None, 443) or found.username is not None or found.password is not None:
        return False
    return any(host.endswith(each) if each.startswith(".") else host == each for each in settings.PUSH_SERVICES)


def _decoded(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
