"""The recording of a webinar with OBS: from the files that the media server writes, while they grow."""

import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import m3u8
import pytest
import yaml
from django.test import Client

from community.core.clock import now
from community.members.models import Member
from tests.deploy.test_compose import ROOT, compose
from tests.webinars.media.recorder import FRAGMENTED, H264, browser_mp4, decoded_seconds, recorded
from tests.webinars.media.stage import live_webinar
from webinars import tasks
from webinars.broadcasts import broadcast_of
from webinars.media import recorded as recordings
from webinars.models import Segment, SegmentState, Take, TakeState, VideoSource, Webinar, WebinarState
from webinars.operations.cutting import cut_last
from webinars.playing import player_of
from webinars.views.video_pages import player_of_recording

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:StreamingHttpResponse must consume"),  # the test client is not ASGI
]


@pytest.fixture
def on_air(settings: Any, tmp_path: Path) -> tuple[Webinar, Member]:
    """A webinar with OBS that was opened for everybody two seconds after OBS had begun, and its presenter."""
    settings.DATA_DIR, settings.MEDIA_ROOT, settings.INGEST_URL = tmp_path, tmp_path / "media", "/ingest"
    began = now() - timedelta(seconds=20)
    return live_webinar(video_source=VideoSource.INGEST, started_at=began + timedelta(seconds=1.5))


def file_of(webinar: Webinar) -> Path:
    """Where MediaMTX writes what OBS began to send a second and a half before the webinar was opened."""
    began = webinar.started_at - timedelta(seconds=1.5)  # type: ignore[operator]
    path = recordings.root() / broadcast_of(webinar).public_id / f"{int(began.timestamp())}-{began.microsecond:06}.mp4"
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def finish(path: Path) -> None:
    """What MediaMTX does when a file is complete (runOnRecordSegmentComplete)."""
    path.with_name(f"{path.name}.done").touch()


def film_of(client: Client, webinar: Webinar) -> tuple[m3u8.M3U8, bytes]:
    listed = m3u8.loads(client.get(f"/webinars/{webinar.slug}/video/main.m3u8").text)
    parts = [listed.segment_map[0].uri, *(segment.uri for segment in listed.segments)]
    return listed, b"".join(b"".join(client.get(part)) for part in parts)


def test_a_file_becomes_the_recording_while_it_grows(on_air: tuple[Webinar, Member], client: Client) -> None:
    webinar, presenter = on_air
    client.force_login(presenter)
    data, path = browser_mp4(8), file_of(webinar)
    for part in (0.001, 0.3, 0.6):  # not even a beginning; half of a fragment; more
        path.write_bytes(data[: int(len(data) * part)])
        recordings.advance_all()
    growing, _film = film_of(client, webinar)

    path.write_bytes(data)
    finish(path)
    Webinar.objects.update(state=WebinarState.ENDED, ended_at=now())
    recordings.advance_all()

    listed, film = film_of(client, webinar)
    assert (len(growing.segments), growing.is_endlist) == (2, False)
    assert (len(listed.segments), listed.is_endlist) == (6, True)
    assert not any(segment.discontinuity for segment in listed.segments)
    assert abs(decoded_seconds(film) - 6) < 0.2  # the two seconds before it was opened are not there
    first = Segment.objects.earliest("seq").pdt - webinar.started_at  # type: ignore[operator]
    assert abs(first.total_seconds() - 0.5) < 0.1  # the third second of the file
    assert (Take.objects.get().state, list(path.parent.iterdir())) == (TakeState.CLOSED, [])
    webinar.refresh_from_db()
    assert (player_of(webinar, presenter).kind, player_of_recording(webinar).source[-9:]) == ("none", "live.m3u8")
    recordings.advance_all()
    assert Take.objects.count() == 1


def test_what_obs_sends_after_the_end_is_not_kept_and_a_cut_stands(on_air: tuple[Webinar, Member]) -> None:
    webinar, presenter = on_air
    path = file_of(webinar)
    data = browser_mp4(8)
    path.write_bytes(data[: len(data) // 2])
    recordings.advance_all()
    cut_last(webinar.slug, by=presenter, seconds=60)  # stops the take as well; OBS knows nothing of it
    ended = webinar.started_at + timedelta(seconds=4)  # type: ignore[operator]
    path.write_bytes(data)
    Webinar.objects.update(state=WebinarState.ENDED, ended_at=ended)

    recordings.advance_all()
    recordings.advance_all()

    assert (Take.objects.get().state, path.exists()) == (TakeState.CLOSED, True)  # until OBS stops
    finish(path)
    recordings.advance_all()
    main = Segment.objects.filter(rendition__name="main").order_by("seq")
    assert [segment.state for segment in main] == [SegmentState.REDACTED] * 4
    assert not path.exists()


def test_sound_that_browsers_do_not_play_is_converted_when_the_file_is_finished(
    on_air: tuple[Webinar, Member], client: Client
) -> None:
    webinar, presenter = on_air
    client.force_login(presenter)
    path = file_of(webinar)
    path.write_bytes(recorded(*H264, "-c:a", "libopus", "-b:a", "32k", *FRAGMENTED, seconds=5))
    recordings.advance_all()
    assert not Segment.objects.exists()

    finish(path)
    recordings.advance_all()

    _listed, film = film_of(client, webinar)
    assert 2.5 < decoded_seconds(film) < 4.2
    assert Segment.objects.first().rendition.codecs.endswith("mp4a.40.2")  # type: ignore[union-attr]


def test_files_of_others_and_broken_ones_do_no_harm(on_air: tuple[Webinar, Member]) -> None:
    webinar, _presenter = on_air
    path = file_of(webinar)
    (path.parent / "strange.mp4").write_bytes(b"x" * 100)
    path.write_bytes(b"\x00\x00\x00\x10ftypisom\x00\x00\x00\x00" + b"\xff" * 4000)
    finish(path)

    recordings.advance_all()
    recordings.advance_all()

    assert [take.state for take in Take.objects.all()] == [TakeState.FAILED]
    assert recordings.began_at(path.parent / "strange.mp4") is None
    assert recordings.began_at(Path("1770000000-000250.mp4")) == datetime.fromtimestamp(1770000000.00025, UTC)


def test_a_file_that_nobody_finished_counts_as_finished_after_a_while(on_air: tuple[Webinar, Member]) -> None:
    webinar, _presenter = on_air
    path = file_of(webinar)
    path.write_bytes(browser_mp4(4))
    long_ago = time.time() - recordings.QUIET - 1
    os.utime(path, (long_ago, long_ago))

    recordings.advance_all()

    assert not path.exists() and Take.objects.get().state == TakeState.CLOSED


def test_the_worker_is_asked_only_while_there_is_something_to_expect(
    on_air: tuple[Webinar, Member], run_jobs: Any
) -> None:
    file_of(on_air[0]).write_bytes(browser_mp4(4))
    tasks.take_in_recordings()
    tasks.take_in_recordings()
    assert run_jobs() == 1
    assert Segment.objects.exists()

    Webinar.objects.update(video_source=VideoSource.BROWSER)
    tasks.take_in_recordings()
    assert run_jobs() == 0


def test_the_media_server_writes_where_the_media_worker_reads() -> None:
    server = yaml.safe_load((ROOT / "deploy" / "mediamtx.yml").read_text(encoding="utf-8"))
    (path,) = server["paths"].values()
    services = compose()["services"]

    assert (path["record"], path["recordPath"]) == (True, "/recordings/%path/%s-%f")
    assert path["runOnRecordSegmentComplete"] == f"touch $MTX_SEGMENT_PATH{recordings.DONE}"
    assert "recordings:/recordings" in services["ingest"]["volumes"]
    assert "recordings:/data/recordings" in services["media-worker"]["volumes"]
