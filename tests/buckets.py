"""A server that speaks S3, on loopback, for the tests of a bucket."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.test import override_settings
from moto.server import ThreadedMotoServer

from community.core import buckets
from community.core.buckets import Bucket

NAME = "collegium-media"


def place(endpoint: str) -> Bucket:
    return Bucket(NAME, endpoint, endpoint, "eu-central-1", "test-key", "test-secret")


@contextmanager
def server() -> Iterator[Bucket]:
    """The server with an empty, private bucket."""
    running = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    running.start()
    host, port = running.get_host_and_port()
    there = place(f"http://{host}:{port}")
    with override_settings(S3=there):
        buckets.make()
    try:
        yield there
    finally:
        running.stop()


def names(there: Bucket) -> list[str]:
    """What is in the bucket."""
    answer = buckets.client_of(there).list_objects_v2(Bucket=there.name)
    return sorted(each["Key"] for each in answer.get("Contents", []))
