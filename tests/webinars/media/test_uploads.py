"""Sending a recording in parts: resumed, checked, made into segments, on the page when it is ready."""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client, TestCase

from community.core.clock import now
from tests.factories.members import MemberFactory
from tests.webinars.media.recorder import browser_mp4, browser_webm, camera_mp4, decoded_seconds
from tests.webinars.media.stage import live_webinar, send, stream_of
from tests.webinars.media.test_broadcast import verbs
from tests.webinars.media.test_webm import film_of
from webinars.media import uploads
from webinars.models import Segment, Take, Upload, Webinar, WebinarState
from webinars.operations import recording

pytestmark = pytest.mark.django_db

PART = 16 * 1024


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recording, "PART", PART)


@pytest.fixture
def planned(client: Client) -> Webinar:
    """A webinar that took place elsewhere; the client is its presenter."""
    webinar, presenter = live_webinar(state=WebinarState.SCHEDULED, starts_at=now() - timedelta(hours=1))
    client.force_login(presenter)
    return webinar


def begin(client: Client, webinar: Webinar, data: bytes) -> dict[str, Any]:
    address = f"/webinars/{webinar.slug}/uploads/"
    answer = client.post(address, {"size": len(data)}, content_type="application/json")
    return {"status": answer.status_code, **answer.json(), "address": f"{address}{answer.json().get('upload')}/"}


def put(client: Client, upload: dict[str, Any], data: bytes, number: int, *, sha256: str = "") -> int:
    body = data[number * PART : (number + 1) * PART]
    digest = sha256 or hashlib.sha256(body).hexdigest()
    headers = {"X-Part-SHA256": digest}
    address = f"{upload['address']}{number}/"
    return client.put(address, body, content_type="application/octet-stream", headers=headers).status_code


def finish(client: Client, upload: dict[str, Any], data: bytes) -> Any:
    sums = b"".join(hashlib.sha256(data[at : at + PART]).digest() for at in range(0, len(data), PART))
    body = {"digest": hashlib.sha256(sums).hexdigest()}
    return client.post(f"{upload['address']}finish/", body, content_type="application/json")


def test_a_recording_comes_in_parts_survives_a_reload_and_gets_the_page(
    client: Client, planned: Webinar, run_jobs: Callable[[], int]
) -> None:
    data = camera_mp4()
    upload = begin(client, planned, data)
    assert [put(client, upload, data, number) for number in (1, 0, 0)] == [200] * 3
    assert put(client, upload, data, 2, sha256="0" * 64) == 400

    again = begin(client, planned, data)
    assert (upload["status"], again["status"], again["upload"]) == (201, 200, upload["upload"])
    assert sorted(again["have"]) == ["0", "1"]
    assert finish(client, upload, data).status_code == 400  # parts are missing
    for number in range(2, upload["part_count"]):
        put(client, upload, data, number)
    assert finish(client, upload, data).json()["state"] == "working"
    with TestCase.captureOnCommitCallbacks(execute=True):
        run_jobs()

    assert client.get(upload["address"]).json()["state"] == "ready"
    planned.refresh_from_db()
    assert planned.state == WebinarState.ENDED
    assert abs(decoded_seconds(film_of(Take.objects.get())) - 6) < 0.1
    assert b"#EXT-X-ENDLIST" in client.get(f"/webinars/{planned.slug}/video/main.m3u8").content
    assert not uploads.path_of(Upload.objects.get()).exists()
    assert begin(client, planned, data)["code"] == "has_recording"
    assert verbs() == [
        "webinars.upload.begun",
        "webinars.upload.received",
        "webinars.take.closed",
        "webinars.upload.ready",
    ]


@pytest.mark.parametrize(("data", "seconds"), [(browser_mp4, 6), (browser_webm, 4)])
def test_other_containers_come_in_as_well(
    client: Client, planned: Webinar, run_jobs: Callable[[], int], data: Callable[[], bytes], seconds: int
) -> None:
    upload = begin(client, planned, data())
    for number in range(upload["part_count"]):
        put(client, upload, data(), number)
    finish(client, upload, data())
    run_jobs()

    assert client.get(upload["address"]).json()["state"] == "ready"
    assert abs(decoded_seconds(film_of(Take.objects.get())) - seconds) < 0.3


def test_what_is_no_video_fails_by_name_and_another_may_follow(
    client: Client, planned: Webinar, run_jobs: Callable[[], int]
) -> None:
    data = b"%PDF-1.7 " + bytes(5000)
    upload = begin(client, planned, data)
    put(client, upload, data, 0)
    finish(client, upload, data)
    run_jobs()

    assert client.get(upload["address"]).json()["error"] == "not_video"
    assert not Segment.objects.exists()
    assert verbs()[-2:] == ["webinars.take.failed", "webinars.upload.failed"]
    assert begin(client, planned, camera_mp4())["status"] == 201


def test_uploads_are_the_crews_alone_and_one_at_a_time(client: Client, planned: Webinar) -> None:
    data = camera_mp4()
    upload = begin(client, planned, data)
    assert begin(client, planned, data + b"longer")["code"] == "conflict"
    client.post(f"{upload['address']}cancel/")
    assert verbs()[-1] == "webinars.upload.cancelled"
    assert begin(client, planned, data + b"longer")["status"] == 201

    client.force_login(MemberFactory())
    assert begin(client, planned, data)["status"] == 404
    assert client.get(upload["address"]).status_code == 404


def test_a_webinar_with_a_recording_takes_no_other(client: Client) -> None:
    webinar, presenter = live_webinar()
    send(stream_of(webinar, presenter), browser_mp4(2))
    Webinar.objects.filter(pk=webinar.pk).update(state=WebinarState.ENDED)
    client.force_login(presenter)

    assert begin(client, webinar, camera_mp4())["code"] == "has_recording"
