"""The links of an e-mail: to a notification (never to a title), and the signed one that unsubscribes."""

from django.conf import settings
from django.core import signing
from django.urls import reverse

from community.core.errors import Missing

SALT = "community.notifications.unsubscribe"
DIGEST = "digest"


def absolute(path: str) -> str:
    """The full address of a path of this site."""
    return f"{settings.SITE_URL}{path}"


def unsubscribe_link(member_id: int, kind: str) -> str:
    """A link that works without signing in and does not age: mail is kept for years."""
    token = signing.dumps([member_id, kind], salt=SALT)
    return absolute(reverse("notification-unsubscribe", args=[token]))


def read_token(token: str) -> tuple[int, str]:
    """The member and the kind in a token; Missing when it is not one of ours."""
    try:
        member_id, kind = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError):
        raise Missing from None
    return int(member_id), str(kind)
