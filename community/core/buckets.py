"""Files in S3-compatible storage: one private bucket, told by `settings.S3`, or None where files are on disk alone.

Objects are named as the files below DATA_DIR/media are. Nobody reads one but this program, or whoever holds an address
that it has signed a few minutes ago. Source: Amazon S3 API reference, "Authenticating requests: query parameters".
"""

import hashlib
import hmac
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from django.conf import settings
from django.utils.module_loading import import_string

from community.core.clock import now

MOST_AT_ONCE = 1000  # what one request may delete
KEPT = "private, max-age=600"
REDIRECT_KEPT = "private, max-age=30"  # less than the shortest time that an address holds
CONNECT_SECONDS, READ_SECONDS = 3, 15


@dataclass(frozen=True)
class Bucket:
    """Where the bucket is. `public` is the storage as browsers reach it; `seconds` how long an address holds."""

    name: str
    endpoint: str
    public: str
    region: str
    access_key: str
    secret_key: str
    in_host: bool = False  # the bucket's name stands in the host instead of in the path
    seconds: int = 300

    @property
    def base(self) -> tuple[str, str, str]:
        """Scheme, host and beginning of the path of its objects, for browsers."""
        parts = urlsplit(self.public)
        if self.in_host:
            return parts.scheme, f"{self.name}.{parts.netloc}", parts.path.rstrip("/")
        return parts.scheme, parts.netloc, f"{parts.path.rstrip('/')}/{self.name}"

    @property
    def origin(self) -> str:
        scheme, host, _path = self.base
        return f"{scheme}://{host}"


class Unreachable(Exception):
    """The storage does not answer, or not as it should; its words are not kept."""


def bucket() -> Bucket | None:
    return settings.S3  # type: ignore[no-any-return]


def address_of(key: str, *, method: str = "GET") -> str:
    """An address that lets anybody read this object, for `seconds` at least and half as long again at most: all who
    ask within that step get the same one, so that browsers can keep what they have."""
    place = _bucket()
    step = max(1, place.seconds // 2)
    signed_at = datetime.fromtimestamp(int(now().timestamp()) // step * step, UTC)
    return signed(place, key, signed_at, place.seconds + step, method=method)


def signed(place: Bucket, key: str, signed_at: datetime, seconds: int, *, method: str = "GET") -> str:
    """The same for a moment and a time of one's own (AWS Signature Version 4)."""
    scheme, host, path = place.base
    scope = f"{signed_at:%Y%m%d}/{place.region}/s3/aws4_request"
    query = urlencode(
        {
            "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
            "X-Amz-Credential": f"{place.access_key}/{scope}",
            "X-Amz-Date": f"{signed_at:%Y%m%dT%H%M%SZ}",
            "X-Amz-Expires": str(seconds),
            "X-Amz-SignedHeaders": "host",
        },
        quote_via=quote,
        safe="",
    )
    target = f"{path}/{quote(key, safe='/~')}"
    asked = "\n".join([method, target, query, f"host:{host}\n", "host", "UNSIGNED-PAYLOAD"])
    digest = hashlib.sha256(asked.encode()).hexdigest()
    words = "\n".join(["AWS4-HMAC-SHA256", f"{signed_at:%Y%m%dT%H%M%SZ}", scope, digest])
    secret = f"AWS4{place.secret_key}".encode()
    for part in scope.split("/"):
        secret = hmac.digest(secret, part.encode(), "sha256")
    signature = hmac.digest(secret, words.encode(), "sha256").hex()
    return f"{scheme}://{host}{target}?{query}&X-Amz-Signature={signature}"


def put(key: str, data: bytes, *, kind: str = "application/octet-stream") -> None:
    """Store an object in whole; what had this name is replaced."""
    with _told():
        client().put_object(Bucket=_bucket().name, Key=key, Body=data, ContentType=kind, CacheControl=KEPT)


def get(key: str) -> bytes:
    """The whole object. Raises FileNotFoundError."""
    with _told():
        return client().get_object(Bucket=_bucket().name, Key=key)["Body"].read()  # type: ignore[no-any-return]


def size_of(key: str) -> int | None:
    """The size, or None when there is no such object."""
    try:
        with _told():
            return int(client().head_object(Bucket=_bucket().name, Key=key)["ContentLength"])
    except FileNotFoundError:
        return None


def remove(keys: Iterable[str]) -> None:
    """Delete objects; what is not there stays gone. Raises Unreachable when one could not be deleted."""
    for some in _batches(keys):
        with _told():
            answer = client().delete_objects(
                Bucket=_bucket().name, Delete={"Objects": [{"Key": key} for key in some], "Quiet": True}
            )
        if answer.get("Errors"):
            raise Unreachable


def make() -> None:
    """Create the bucket, private, where it is not there yet."""
    place = _bucket()
    region = {} if place.region == "us-east-1" else {"LocationConstraint": place.region}
    try:
        with _told():
            client().head_bucket(Bucket=place.name)
    except FileNotFoundError:
        with _told():
            options = {"CreateBucketConfiguration": region} if region else {}
            client().create_bucket(Bucket=place.name, **options)


def keeps_versions() -> bool:
    """Whether deleted objects stay behind as versions; False where the storage knows no such thing."""
    try:
        with _told():
            return bool(client().get_bucket_versioning(Bucket=_bucket().name).get("Status") == "Enabled")
    except (Unreachable, FileNotFoundError):
        return False


def client() -> Any:
    """The client, one for the process; threads may share it."""
    with _lock:
        return client_of(_bucket())


@cache
def client_of(place: Bucket) -> Any:
    """The client for a bucket that is not, or not yet, the one of the settings."""
    # The library is installed where a bucket is used (requirements/s3.txt), and costs memory where it is loaded.
    session, config = import_string("boto3.session.Session"), import_string("botocore.config.Config")
    return session().client(
        "s3",
        endpoint_url=place.endpoint,
        region_name=place.region,
        aws_access_key_id=place.access_key,
        aws_secret_access_key=place.secret_key,
        config=config(**options(place)),
    )


def options(place: Bucket) -> dict[str, Any]:
    """How every client of ours talks: short waits, few tries, no checksums that only one vendor knows."""
    return {
        "signature_version": "s3v4",
        "s3": {"addressing_style": "virtual" if place.in_host else "path"},
        "connect_timeout": CONNECT_SECONDS,
        "read_timeout": READ_SECONDS,
        "retries": {"total_max_attempts": 2},
        "request_checksum_calculation": "when_required",
        "response_checksum_validation": "when_required",
    }


_lock = threading.Lock()


class _told:  # noqa: N801 - reads as a word in `with`
    """Turns what the library raises into ours: FileNotFoundError for what is not there, Unreachable for the rest."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        if error is None or not type(error).__module__.startswith(("botocore", "boto3", "urllib3")):
            return
        code = getattr(error, "response", {}).get("Error", {}).get("Code", "")
        if code in {"NoSuchKey", "404", "NotFound"}:
            raise FileNotFoundError from None
        raise Unreachable(code or type(error).__name__) from None


def _bucket() -> Bucket:
    place = bucket()
    if place is None:
        raise Unreachable("no bucket is set")
    return place


def _batches(keys: Iterable[str]) -> Iterator[list[str]]:
    listed = list(keys)
    for start in range(0, len(listed), MOST_AT_ONCE):
        yield listed[start : start + MOST_AT_ONCE]
