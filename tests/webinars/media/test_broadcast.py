"""From the presenter's chunks to what a player gets: acknowledged, cut, listed, fetched, and the same after a crash."""

import gzip
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import m3u8
import pytest
import time_machine
from django.test import Client, TestCase

from community.core.clock import now
from community.core.errors import Conflict, Missing, Refused
from community.core.models import Event
from tests.factories.members import MemberFactory
from tests.webinars.media.recorder import browser_mp4, decoded_seconds
from tests.webinars.media.stage import end, live_webinar, pieces, send, stream_of
from webinars.media import packaging, storage
from webinars.models import Chunk, Registration, RoomEvent, Segment, Take, TakeState, Webinar, WebinarState
from webinars.operations.cutting import cut_last

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:StreamingHttpResponse must consume"),  # the test client is not ASGI
]


@pytest.fixture
def _still_clock() -> Iterator[None]:
    """Time stands, so that what is a second ago stays so on a slow machine."""
    with time_machine.travel(now(), tick=False):
        yield


def playlist(client: Client, webinar: Webinar, name: str = "main", **query: Any) -> m3u8.M3U8:
    response = client.get(f"/webinars/{webinar.slug}/video/{name}.m3u8", query)
    assert response.status_code == 200
    return m3u8.loads(response.content.decode())


def fetched(client: Client, address: str, **headers: str) -> bytes:
    return b"".join(client.get(address, headers=headers))


@pytest.fixture
def viewer_client(client: Client) -> Client:
    client.force_login(MemberFactory())
    return client


def register(client: Client, webinar: Webinar) -> None:
    Registration.objects.create(webinar=webinar, member_id=int(client.session["_auth_user_id"]))


def test_a_live_take_plays_while_it_grows_and_from_the_start_when_it_has_ended(viewer_client: Client) -> None:
    webinar, presenter = live_webinar()
    register(viewer_client, webinar)
    data = browser_mp4()
    stream = stream_of(webinar, presenter)

    send(stream, data[: len(data) // 2])
    growing = playlist(viewer_client, webinar)
    send(stream, data[len(data) // 2 :], first=len(pieces(data[: len(data) // 2])) + 1)
    end(stream)
    Webinar.objects.filter(pk=webinar.pk).update(state=WebinarState.ENDED)
    whole = playlist(viewer_client, webinar)

    assert (growing.playlist_type, growing.is_endlist, len(growing.segments)) == ("event", False, 3)
    assert (whole.playlist_type, whole.is_endlist, whole.target_duration) == ("vod", True, 1)
    assert [round(segment.duration, 1) for segment in whole.segments] == [1.0] * 6
    begin = fetched(viewer_client, whole.segment_map[0].uri)
    film = begin + b"".join(fetched(viewer_client, segment.uri) for segment in whole.segments)
    assert data.startswith(begin) and film in data
    assert abs(decoded_seconds(film) - 6) < 0.2
    sound = playlist(viewer_client, webinar, "audio")
    assert len(sound.segments) == 6


def test_the_master_lists_picture_and_sound_apart(viewer_client: Client) -> None:
    webinar, presenter = live_webinar()
    register(viewer_client, webinar)
    send(stream_of(webinar, presenter), browser_mp4())

    response = viewer_client.get(f"/webinars/{webinar.slug}/live.m3u8", headers={"Accept-Encoding": "gzip"})
    master = m3u8.loads(gzip.decompress(response.content).decode())

    assert [variant.uri.rpartition("/")[2] for variant in master.playlists] == ["main.m3u8", "audio.m3u8"]
    assert [variant.stream_info.resolution for variant in master.playlists] == [(160, 90), None]
    assert master.playlists[1].stream_info.codecs == "mp4a.40.2"
    assert master.playlists[0].stream_info.bandwidth > master.playlists[1].stream_info.bandwidth


def test_chunks_that_come_twice_too_early_or_from_elsewhere_change_nothing() -> None:
    webinar, presenter = live_webinar()
    stream = stream_of(webinar, presenter)
    first, second, third = pieces(browser_mp4())[:3]
    at = {"take": 1, "captured_at": 1_700_000_000_000}

    assert stream.chunk({**at, "seq": 1}, first)["acked"] == 1
    assert stream.chunk({**at, "seq": 1}, first)["acked"] == 1
    with pytest.raises(Conflict) as too_early:
        stream.chunk({**at, "seq": 3}, third)
    assert too_early.value.theirs == "2"
    assert stream.chunk({**at, "seq": 2}, second)["acked"] == 2
    with pytest.raises(Refused):
        stream_of(webinar, MemberFactory()).chunk({**at, "seq": 3}, third)
    with pytest.raises(Missing):
        stream.chunk({**at, "take": 7, "seq": 30}, third)
    assert [row.size for row in Chunk.objects.all()] == [len(first), len(second)]


def test_another_process_goes_on_from_the_rows_alone() -> None:
    webinar, presenter = live_webinar()
    data = browser_mp4()
    half = pieces(data)[: len(pieces(data)) // 2]
    send(stream_of(webinar, presenter), b"".join(half))
    packaging._cuttings.clear()  # what a killed process had in memory

    stream = stream_of(webinar, presenter)
    told = stream.hello()
    send(stream, b"".join(pieces(data)[len(half) :]), first=told["take"]["acked"] + 1)
    end(stream)

    assert told["take"] == {"take": 1, "state": "open", "acked": len(half), "error": None}
    main = Segment.objects.filter(rendition__name="main").order_by("seq")
    assert b"".join(storage.read(segment.key) for segment in main) in data
    assert [segment.seq for segment in main] == [0, 1, 2, 3, 4, 5]
    assert Take.objects.get().state == TakeState.CLOSED
    assert verbs() == ["webinars.take.begun", "webinars.take.closed"]
    assert not Chunk.objects.exclude(key="").exists()


def test_a_second_take_follows_with_a_discontinuity_and_takes_the_first_over(viewer_client: Client) -> None:
    webinar, presenter = live_webinar()
    register(viewer_client, webinar)
    stream = stream_of(webinar, presenter)
    send(stream, browser_mp4(3))
    stream.control({"do": "take.start", "started_at": int(now().timestamp() * 1000)})

    send(stream, browser_mp4(2), take=2)
    end(stream, take=2)

    rows = playlist(viewer_client, webinar)
    assert [segment.discontinuity for segment in rows.segments] == [False, False, False, True, False]
    assert len({row.uri for row in rows.segment_map}) == 2
    starts = [segment.current_program_date_time for segment in rows.segments]
    assert starts == sorted(starts)
    with pytest.raises(Refused):
        stream.chunk({"take": 1, "seq": 99, "captured_at": None}, b"late")


@pytest.mark.usefixtures("_still_clock")
def test_the_broadcast_delay_holds_segments_back(viewer_client: Client) -> None:
    webinar, presenter = live_webinar(broadcast_delay=30)
    register(viewer_client, webinar)
    stream = stream_of(webinar, presenter)
    stream.control({"do": "take.start", "started_at": int((now() - timedelta(seconds=33.5)).timestamp() * 1000)})
    send(stream, browser_mp4())

    assert len(playlist(viewer_client, webinar).segments) == 3
    assert Segment.objects.filter(rendition__name="main").count() == 6


def test_a_window_shows_the_newest_segments_only(viewer_client: Client) -> None:
    webinar, presenter = live_webinar()
    register(viewer_client, webinar)
    send(stream_of(webinar, presenter), browser_mp4())

    rows = playlist(viewer_client, webinar, "audio", window=3)

    assert (rows.media_sequence, rows.playlist_type, len(rows.segments)) == (3, None, 3)


def test_files_answer_ranges_and_only_to_a_good_token(viewer_client: Client) -> None:
    webinar, presenter = live_webinar()
    register(viewer_client, webinar)
    send(stream_of(webinar, presenter), browser_mp4())
    address = playlist(viewer_client, webinar).segments[0].uri
    whole = fetched(viewer_client, address)
    other = Client()

    part = other.get(address, headers={"Range": "bytes=10-19"})
    assert (part.status_code, b"".join(part)) == (206, whole[10:20])
    assert part["Content-Range"] == f"bytes 10-19/{len(whole)}"
    assert fetched(other, address, Range="bytes=-5") == whole[-5:]
    assert other.get(address, headers={"Range": f"bytes={len(whole)}-"}).status_code == 416
    token = address.split("/")[3]
    forged = token[:-1] + ("a" if token[-1] != "a" else "b")
    assert other.get(address.replace(token, forged)).status_code == 404
    assert other.get(address.rpartition("/")[0] + "/../../../../secrets/secret_key").status_code == 404


def test_playlists_are_for_those_who_may_be_in_the_room(client: Client) -> None:
    webinar, presenter = live_webinar()
    send(stream_of(webinar, presenter), browser_mp4(2))
    address = f"/webinars/{webinar.slug}/video/main.m3u8"

    assert client.get(address).status_code == 404
    client.force_login(MemberFactory())
    assert client.get(address).status_code == 404  # not registered
    register(client, webinar)
    assert client.get(address).status_code == 200


def verbs() -> list[str]:
    found = Event.objects.filter(verb__startswith="webinars.").order_by("id")
    return list(found.values_list("verb", flat=True))


def film_of(client: Client, webinar: Webinar, name: str = "main") -> bytes:
    """What a player would put together from the playlist, each segment after the beginning that belongs to it."""
    film, before = b"", ""
    for segment in playlist(client, webinar, name).segments:
        begin = segment.init_section.uri
        film += (fetched(client, begin) if begin != before else b"") + fetched(client, segment.uri)
        before = begin
    return film


@pytest.mark.usefixtures("_still_clock")
def test_what_is_cut_out_is_a_slate_for_everybody_and_its_bytes_are_gone(viewer_client: Client) -> None:
    webinar, presenter = live_webinar()
    register(viewer_client, webinar)
    stream = stream_of(webinar, presenter)
    start = now() - timedelta(seconds=6)
    stream.control({"do": "take.start", "started_at": int(start.timestamp() * 1000)})
    send(stream, browser_mp4())
    before = playlist(viewer_client, webinar).segments
    secret = fetched(viewer_client, before[3].uri)

    with TestCase.captureOnCommitCallbacks(execute=True):
        answer = cut_last(webinar.slug, by=presenter, seconds=1, stop=True, reason="patient")

    after = playlist(viewer_client, webinar)
    folder = storage.root() / webinar.broadcast.public_id
    assert [segment.uri == old.uri for segment, old in zip(after.segments, before, strict=True)][:3] == [True] * 3
    assert viewer_client.get(before[-1].uri).status_code == 404
    assert not any(secret in path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert abs(decoded_seconds(film_of(viewer_client, webinar, "audio")) - 6) < 0.1
    event = RoomEvent.objects.get(seq=answer["seq"])
    assert (event.verb, round(event.body["from"]), round(event.body["to"])) == ("media.cut", 3, 6)
    assert Take.objects.get().state == TakeState.CLOSED
    with pytest.raises(Refused):
        stream.chunk({"take": 1, "seq": 999, "captured_at": None}, b"more")


@pytest.mark.usefixtures("_still_clock")
def test_what_was_on_its_way_when_the_cut_came_is_never_shown(viewer_client: Client) -> None:
    webinar, presenter = live_webinar()
    register(viewer_client, webinar)
    stream = stream_of(webinar, presenter)
    stream.control({"do": "take.start", "started_at": int((now() - timedelta(seconds=3.5)).timestamp() * 1000)})
    data = browser_mp4()
    send(stream, data[: len(data) // 2])

    with TestCase.captureOnCommitCallbacks(execute=True):
        cut_last(webinar.slug, by=presenter, seconds=1, stop=False, reason="mistake")
        send(stream, data[len(data) // 2 :], first=len(pieces(data[: len(data) // 2])) + 1)

    states = Segment.objects.filter(rendition__name="main").order_by("seq").values_list("state", flat=True)
    assert list(states) == ["live", "redacted", "redacted", "redacted", "redacted", "live"]
    assert not Segment.objects.filter(state="redacted").exclude(key="").exists()


def test_only_the_crew_cuts() -> None:
    webinar, presenter = live_webinar()
    send(stream_of(webinar, presenter), browser_mp4(2))
    viewer = MemberFactory()
    Registration.objects.create(webinar=webinar, member=viewer)

    with pytest.raises(Refused):
        cut_last(webinar.slug, by=viewer, seconds=10)
    assert not Segment.objects.filter(state="redacted").exists()
