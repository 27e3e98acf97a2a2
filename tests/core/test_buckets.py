"""Signing addresses of objects, and what the settings of a bucket refuse."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from boto3.session import Session
from botocore.config import Config

from community.config.storage import bucket_from
from community.core import buckets
from tests.buckets import place

MOMENT = datetime(2026, 3, 1, 12, 0, 30, tzinfo=UTC)
GIVEN = {
    "bucket": "collegium-media",
    "endpoint": "https://s3.example",
    "public_url": "",
    "region": "",
    "access_key": "a",
    "secret_key": "b",
    "addressing": "",
}


@pytest.mark.parametrize("method", ["get_object", "head_object"])
def test_addresses_are_signed_as_the_library_signs_them(method: str) -> None:
    here = place("https://s3.example:9000")
    client = Session().client(
        "s3",
        endpoint_url=here.endpoint,
        region_name=here.region,
        aws_access_key_id=here.access_key,
        aws_secret_access_key=here.secret_key,
        config=Config(signature_version="s3v4", s3={"addressing_style": "path"}),
    )
    key = "webinars/a b/ü~(1).m4s"
    with time_machine.travel(MOMENT, tick=False):
        theirs = client.generate_presigned_url(method, {"Bucket": here.name, "Key": key}, ExpiresIn=450)

    ours = buckets.signed(here, key, MOMENT, 450, method="GET" if method == "get_object" else "HEAD")

    assert sorted(ours.split("?")[1].split("&")) == sorted(theirs.split("?")[1].split("&"))
    assert ours.split("?")[0] == theirs.split("?")[0]


def test_all_who_ask_within_a_step_get_the_same_address(settings: Any) -> None:
    settings.S3 = place("https://s3.example")
    asked = []
    for seconds in (0, 100, 120):  # steps begin at 12:00:00 and 12:02:30
        with time_machine.travel(MOMENT + timedelta(seconds=seconds), tick=False):
            asked.append(buckets.address_of("webinars/a.m4s"))

    assert asked[0] == asked[1] != asked[2]
    assert "X-Amz-Expires=450" in asked[0]


def test_the_settings_of_a_bucket() -> None:
    assert bucket_from(dict.fromkeys(GIVEN, ""), 300) is None
    on_premise = bucket_from(GIVEN, 300)
    elsewhere = bucket_from({**GIVEN, "endpoint": "", "region": "eu-central-1"}, 300)

    assert on_premise is not None and elsewhere is not None
    assert (on_premise.base, on_premise.region) == (("https", "s3.example", "/collegium-media"), "us-east-1")
    assert elsewhere.origin == "https://collegium-media.s3.eu-central-1.amazonaws.com"


@pytest.mark.parametrize(
    ("change", "seconds", "said"),
    [
        ({"bucket": ""}, 300, "S3_BUCKET is missing"),
        ({"bucket": "No_Bucket"}, 300, "S3_BUCKET must be"),
        ({"endpoint": "s3.example"}, 300, "S3_ENDPOINT must be"),
        ({"endpoint": "https://user:word@s3.example"}, 300, "S3_ENDPOINT must be"),
        ({"public_url": "ftp://s3.example"}, 300, "S3_PUBLIC_URL must be"),
        ({"region": "Frankfurt am Main"}, 300, "S3_REGION must be"),
        ({"secret_key": ""}, 300, "S3_ACCESS_KEY and S3_SECRET_KEY"),
        ({"addressing": "both"}, 300, "S3_ADDRESSING must be"),
        ({}, 5, "S3_URL_SECONDS must be"),
    ],
)
def test_a_wrong_value_stops_the_start_with_one_line(change: dict[str, str], seconds: int, said: str) -> None:
    with pytest.raises(SystemExit) as stopped:
        bucket_from({**GIVEN, **change}, seconds)

    assert str(stopped.value).startswith(f"collegium: {said}")
    assert "\n" not in str(stopped.value) and "word" not in str(stopped.value).replace("password", "")
