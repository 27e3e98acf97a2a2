"""What must be decoded: WebM in, segments out, and on from the last cluster when the process that did it has died."""

import threading
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.webinars.media.recorder import FRAGMENTED, H264, browser_webm, decoded_seconds, recorded
from tests.webinars.media.stage import live_webinar, pieces, stream_of
from webinars.media import converting, packaging, storage
from webinars.media.boxes import BadMedia
from webinars.media.webm import ClusterFinder
from webinars.models import Rendition, Segment, Take, TakeState
from webinars.operations import broadcasting


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(1, 30_000), max_size=20))
def test_clusters_are_found_whatever_the_pieces(steps: list[int]) -> None:
    data, finder, found, at = browser_webm(), ClusterFinder(), [], 0
    for size in (*steps, len(data)):
        found += finder.feed(data[at : at + size])
        at += size

    assert found[0].seconds == 0 and [each.seconds for each in found] == sorted(each.seconds for each in found)
    assert all(data[each.offset :].startswith(b"\x1f\x43\xb6\x75") for each in found)
    assert data.startswith(finder.head) and len(finder.head) == found[0].offset


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_rubbish_is_refused_or_skipped(rubbish: bytes) -> None:
    try:
        list(ClusterFinder().feed(b"\x1a\x45\xdf\xa3" + rubbish))
    except BadMedia as error:
        assert error.code


def film_of(take: Take, name: str = "main") -> bytes:
    rendition = Rendition.objects.get(take=take, name=name)
    rows = Segment.objects.filter(rendition=rendition).order_by("seq")
    return storage.read(rendition.init_key) + b"".join(storage.read(row.key) for row in rows)


def convert(take: Take) -> None:
    """As the thread does, here and now."""
    assert broadcasting.lease_take(take, "test")
    converting.convert(Take.objects.select_related("broadcast").get(pk=take.pk), "test", threading.Event())


@pytest.fixture
def _no_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """The chunks wait until a test has them converted."""
    monkeypatch.setattr(packaging, "converters", [])


def taken(data: bytes, **control: Any) -> Take:
    webinar, presenter = live_webinar()
    stream = stream_of(webinar, presenter)
    for seq, body in enumerate(pieces(data)):
        stream.chunk({"take": 1, "seq": seq, "captured_at": None}, body)
        stream.work()
    stream.control({"do": "take.end", "take": 1})
    return Take.objects.get()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_no_threads")
def test_webm_becomes_segments_with_h264_and_aac() -> None:
    take = taken(browser_webm())
    convert(take)

    take.refresh_from_db()
    main = Rendition.objects.get(take=take, name="main")
    assert (take.state, take.container) == (TakeState.CLOSED, "webm")
    assert (main.codecs[:5], main.codecs[-9:], main.height) == ("avc1.", "mp4a.40.2", 90)
    assert abs(decoded_seconds(film_of(take)) - 4) < 0.3
    assert abs(decoded_seconds(film_of(take, "audio")) - 4) < 0.3
    assert not take.chunks.exclude(key="").exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_no_threads")
def test_another_process_goes_on_at_the_last_cluster() -> None:
    webinar, presenter = live_webinar()
    stream = stream_of(webinar, presenter)
    parts = pieces(browser_webm(8))
    for seq, body in enumerate(parts[: len(parts) // 2]):
        stream.chunk({"take": 1, "seq": seq, "captured_at": None}, body)
    take = Take.objects.get()
    bell = threading.Event()
    first = threading.Thread(target=run_first, args=(take, bell))
    first.start()
    first.join(30)
    take.refresh_from_db()
    consumed, made = take.consumed, Segment.objects.filter(rendition__name="main").count()
    for seq, body in enumerate(parts[len(parts) // 2 :], len(parts) // 2):
        stream.chunk({"take": 1, "seq": seq, "captured_at": None}, body)
    stream.control({"do": "take.end", "take": 1})

    convert(take)

    assert consumed > 0 and made >= 2
    rows = Segment.objects.filter(rendition__name="main").order_by("seq")
    assert all(abs(one.take_start + one.duration - two.take_start) < 0.6 for one, two in pairwise(rows))
    assert abs(sum(row.duration for row in rows) - 8) < 0.6


def run_first(take: Take, bell: threading.Event) -> None:
    """The first process: it converts what is there, and is then cut off from the take."""
    broadcasting.lease_take(take, "first")
    conversion = converting.Conversion(Take.objects.select_related("broadcast").get(pk=take.pk), "first", bell)
    feed = conversion._may_go_on
    looks = iter(range(8))
    conversion._may_go_on = lambda: next(looks, None) is not None and feed()  # type: ignore[method-assign]
    conversion.work()
    Take.objects.filter(pk=take.pk).update(packager="")


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_no_threads")
def test_mp4_with_other_codecs_is_converted_too() -> None:
    take = taken(recorded(*H264, "-c:a", "libopus", "-strict", "-2", *FRAGMENTED, seconds=3))
    convert(take)

    take.refresh_from_db()
    assert (take.state, take.container) == (TakeState.CLOSED, "mp4x")
    assert abs(decoded_seconds(film_of(take)) - 3) < 0.3


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_no_threads")
def test_a_stream_that_is_no_video_fails_by_name() -> None:
    take = taken(b"\x1a\x45\xdf\xa3" + bytes(range(256)) * 40)
    convert(take)

    take.refresh_from_db()
    assert (take.state, take.error) == (TakeState.FAILED, "unreadable")
