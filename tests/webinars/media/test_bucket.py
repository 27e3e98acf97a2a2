"""Files in a bucket: pushed while the webinar goes on, read under short-lived addresses, gone when they are cut out."""

import hashlib
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client, TestCase
from django_tasks_db.models import DBTaskResult

from community.core import buckets
from community.core.buckets import Bucket
from community.knowledge.models import Handout, Picture
from tests.buckets import names, server
from tests.factories.members import MemberFactory
from tests.knowledge.test_media import photo
from tests.webinars.media.recorder import browser_mp4
from tests.webinars.media.stage import end, live_webinar, pieces, send, stream_of
from tests.webinars.media.test_broadcast import playlist, register
from webinars import tasks
from webinars.media import pushing, storage
from webinars.media.signing import token_for
from webinars.models import Segment, Webinar, WebinarState
from webinars.operations.cutting import cut_between
from webinars.showing import signer_of

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:StreamingHttpResponse must consume"),  # the test client is not ASGI
]


@pytest.fixture(scope="module")
def bucket_server() -> Iterator[Bucket]:
    with server() as there:
        yield there


@pytest.fixture
def bucket(bucket_server: Bucket, settings: Any, tmp_path: Path) -> Bucket:
    """A bucket of this test's own words, and an empty data directory."""
    settings.S3, settings.MEDIA_ROOT = bucket_server, tmp_path
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": "community.core.filing.BucketFiles"}}
    buckets.remove(names(bucket_server))
    return bucket_server


@pytest.fixture
def viewer(client: Client) -> Client:
    client.force_login(MemberFactory())
    return client


def given(address: str, **headers: str) -> tuple[int, bytes]:
    """What the storage answers to somebody who has nothing but this address."""
    try:
        request = urllib.request.Request(address, headers=headers)  # noqa: S310 - loopback
        with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, b""


def leave_to_the_bucket(monkeypatch: pytest.MonkeyPatch) -> None:
    """Push, let a minute pass, and push again."""
    pushing.push_all()
    with monkeypatch.context() as later:
        later.setattr(pushing, "STAY", -1)
        pushing.push_all()


def test_a_webinar_is_pushed_while_it_goes_on_and_cut_in_the_bucket_too(
    viewer: Client, bucket: Bucket, monkeypatch: pytest.MonkeyPatch, run_jobs: Callable[[], int]
) -> None:
    webinar, presenter = live_webinar()
    register(viewer, webinar)
    data = browser_mp4()
    stream = stream_of(webinar, presenter)
    send(stream, data[: len(data) // 2])
    first = playlist(viewer, webinar).segments[0].uri
    tasks.push_what_waits()
    run_jobs()

    assert [viewer.get(first).status_code, pushing.waits()] == [200, False]  # given out from here for a while yet
    leave_to_the_bucket(monkeypatch)
    sent_on = viewer.get(first)
    segment = Segment.objects.order_by("seq", "rendition").first()
    assert segment is not None and not storage.path_of(segment.key).exists()
    status, body = given(sent_on["Location"])
    assert (sent_on.status_code, status, hashlib.sha256(body).hexdigest()) == (302, 200, segment.sha256)
    assert given(sent_on["Location"], Range="bytes=2-5") == (206, body[2:6])
    assert given(sent_on["Location"].partition("?")[0])[0] == 403  # private
    assert viewer.get(first.replace("-", "-0", 1)).status_code == 404  # a token that nobody signed

    # What comes after is cut with what is in the bucket already, and plays from here at once when it ends.
    send(stream, data[len(data) // 2 :], first=len(pieces(data[: len(data) // 2])) + 1)
    end(stream)
    Webinar.objects.filter(pk=webinar.pk).update(state=WebinarState.ENDED)
    whole = playlist(viewer, webinar)
    assert whole.is_endlist
    assert [viewer.get(each.uri).status_code for each in whole.segments] == [302] * 3 + [200] * 3

    pushing.push_all()
    with TestCase.captureOnCommitCallbacks(execute=True):
        cut_between(webinar.slug, by=presenter, start=0, end=3600)  # its clock runs ahead of the wall's
    assert [name for name in names(bucket) if name.endswith(".m4s")] == []
    assert viewer.get(first).status_code == 404
    assert given(sent_on["Location"])[0] == 404
    assert pushing.waits()
    pushing.push_all()
    assert not list(storage.root().rglob(f"*{storage.GONE}"))


def test_a_bucket_that_is_away_stops_nobody_and_shows_nothing_that_was_destroyed(
    bucket: Bucket, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    storage.put("b/main/one.m4s", b"one")
    storage.put("b/main/two.m4s", b"two")
    leave_to_the_bucket(monkeypatch)
    nowhere = "http://127.0.0.1:9"
    settings.S3 = replace(bucket, endpoint=nowhere, public=nowhere)
    storage.put("b/main/three.m4s", b"three")

    tasks.push_media.function()
    storage.destroy("b/main/one.m4s", "b/main/three.m4s")

    with pytest.raises(buckets.Unreachable):
        storage.read("b/main/two.m4s")
    assert storage.address_of("b/main/one.m4s") is None
    settings.S3 = bucket
    assert names(bucket) == ["webinars/b/main/one.m4s", "webinars/b/main/two.m4s"]
    pushing.push_all()
    assert names(bucket) == ["webinars/b/main/two.m4s"]
    assert storage.read("b/main/two.m4s") == b"two"


def test_what_is_destroyed_while_it_is_pushed_does_not_stay(bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    storage.put("b/main/one.m4s", b"one")
    put = buckets.put

    def slowly(key: str, data: bytes, **more: Any) -> None:
        storage.destroy("b/main/one.m4s")
        put(key, data, **more)

    monkeypatch.setattr(buckets, "put", slowly)
    pushing.push_all()

    assert names(bucket) == []


def test_chunks_uploads_and_sources_of_slides_stay_here(bucket: Bucket) -> None:
    for key in ("b/1/chunks/1-x", "uploads/x", "slides/d/source", "slides/d/1-large.webp"):
        storage.put(key, b"bytes")

    pushing.push_all()

    assert names(bucket) == ["webinars/slides/d/1-large.webp"]


def test_slides_come_from_the_bucket_under_the_same_signed_address(
    client: Client, bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    storage.put("slides/deck/1-small.webp", b"picture")
    leave_to_the_bucket(monkeypatch)
    token = token_for(signer_of("deck"), 600)

    answer = client.get(f"/webinars/slides/{token}/deck/1-small.webp")

    assert given(answer["Location"]) == (200, b"picture")
    assert client.get(f"/webinars/slides/{token[:-1]}/deck/1-small.webp").status_code == 404


def test_pictures_and_handouts_are_asked_for_here_and_deleted_there(client: Client, bucket: Bucket) -> None:
    for_all = Picture(title="Board", description="A board", file=SimpleUploadedFile("a.png", photo("PNG")))
    for_staff = Picture(title="Plan", description="A plan", file=SimpleUploadedFile("b.png", photo("PNG")))
    for_staff.audience = "staff"
    for picture in (for_all, for_staff):
        picture.save()

    answer = client.get(for_all.file.url)

    assert for_all.file.url == f"/media/{for_all.file.name}"
    assert given(answer["Location"])[1].startswith(b"\x89PNG")
    assert answer["Cache-Control"] == buckets.REDIRECT_KEPT
    assert client.get(for_staff.file.url).status_code == 404
    assert given(answer["Location"].partition("?")[0])[0] == 403
    with TestCase.captureOnCommitCallbacks(execute=True):
        for_all.delete()
    task = DBTaskResult.objects.get(task_path__endswith="delete_file_from_storage_task")
    task.task.call(*task.args_kwargs["args"])  # as the worker does
    assert names(bucket) == [for_staff.file.name]


def test_a_handout_is_given_out_by_its_own_page(bucket: Bucket, client: Client) -> None:
    kept = Handout(title="Leaflet", audience="public")
    kept.file.save("leaflet.pdf", SimpleUploadedFile("leaflet.pdf", b"%PDF-1.4 words"), save=False)
    Handout.objects.bulk_create([kept])
    stored = Handout.objects.get()

    assert names(bucket) == [stored.file.name]
    assert b"".join(client.get(stored.url)) == b"%PDF-1.4 words"


def test_the_check_of_a_bucket_finds_one_that_is_public_or_keeps_what_is_deleted(
    bucket: Bucket, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("check_storage", create=True)
    assert capsys.readouterr().out.startswith(f"{bucket.name}: stores, reads and deletes")
    client = buckets.client_of(bucket)
    client.put_bucket_versioning(Bucket=bucket.name, VersioningConfiguration={"Status": "Enabled"})

    with pytest.raises(CommandError, match="keeps versions"):
        call_command("check_storage")
    client.put_bucket_versioning(Bucket=bucket.name, VersioningConfiguration={"Status": "Suspended"})


def test_what_was_on_disk_before_is_taken_along_once(bucket: Bucket, settings: Any, capsys: Any) -> None:
    old = Path(settings.MEDIA_ROOT) / "images" / "old.png"
    old.parent.mkdir()
    old.write_bytes(b"picture")

    call_command("push_media")
    call_command("push_media", remove=True)

    assert capsys.readouterr().out.split() == ["1", "files", "copied.", "0", "files", "copied."]
    assert (names(bucket), old.exists()) == (["images/old.png"], False)
