"""Pages travel compressed; what is small or compressed already does not."""

import gzip

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_a_page_travels_compressed_and_says_so() -> None:
    plain = Client().get("/forums/")
    packed = Client().get("/forums/", headers={"accept-encoding": "gzip"})

    assert packed["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed["Vary"]
    assert len(packed.content) < len(plain.content) / 2
    assert b"Collegium" in gzip.decompress(packed.content)


def test_a_small_answer_travels_as_it_is() -> None:
    assert "Content-Encoding" not in Client().get("/healthz", headers={"accept-encoding": "gzip"})
