"""Turns `S3_*` into the bucket that files are kept in, or into none: then they stay in the data directory."""

import re
from collections.abc import Mapping
from importlib.util import find_spec
from urllib.parse import urlsplit

from community.config.env import stop
from community.core.buckets import Bucket

NAME = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\Z")
REGION = re.compile(r"[a-z0-9-]{1,40}\Z")
SECONDS = range(60, 3601)
MISSING = "S3_BUCKET is set, but its client is not installed: pip install --require-hashes -r requirements/s3.txt"


def bucket_from(given: Mapping[str, str], seconds: int) -> Bucket | None:
    """`given` holds what follows `S3_` in small letters. A wrong value ends the start with one line."""
    if not given["bucket"]:
        if any(value for name, value in given.items() if not name.endswith("_key")):
            stop("S3_BUCKET is missing: the other S3_… settings need the name of a bucket")
        return None
    if not NAME.match(given["bucket"]):
        stop("S3_BUCKET must be the name of a bucket: 3 to 63 small letters, digits, hyphens and dots")
    region = given["region"] or "us-east-1"
    if not REGION.match(region):
        stop("S3_REGION must be a name such as eu-central-1")
    if not given["access_key"] or not given["secret_key"]:
        stop("S3_ACCESS_KEY and S3_SECRET_KEY must be given with S3_BUCKET")
    if given["addressing"] not in {"", "path", "host"}:
        stop(f"S3_ADDRESSING must be path or host, not {given['addressing']!r}")
    if seconds not in SECONDS:
        stop(f"S3_URL_SECONDS must be between {SECONDS[0]} and {SECONDS[-1]}, not {seconds}")
    if find_spec("boto3") is None or find_spec("storages") is None:
        stop(MISSING)
    endpoint = _address("S3_ENDPOINT", given["endpoint"] or f"https://s3.{region}.amazonaws.com")
    return Bucket(
        name=given["bucket"],
        endpoint=endpoint,
        public=_address("S3_PUBLIC_URL", given["public_url"] or endpoint),
        region=region,
        access_key=given["access_key"],
        secret_key=given["secret_key"],
        in_host=(given["addressing"] or ("path" if given["endpoint"] else "host")) == "host",
        seconds=seconds,
    )


def _address(name: str, address: str) -> str:
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or "@" in parts.netloc:
        stop(f"{name} must be an address such as https://s3.example, without a password and a query")
    return address.rstrip("/")
