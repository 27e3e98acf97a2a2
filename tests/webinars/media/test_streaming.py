"""Video from OBS: who may send and watch, as the media server asks us, and what the presenter's page says."""

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
import time_machine
from django.core.cache import caches
from django.test import Client
from django.urls import reverse

from community.core.audiences import viewer_of
from community.core.clock import now
from community.core.errors import Invalid, Refused
from community.core.models import Event
from community.members.models import Member
from tests.factories.forums import verified_member
from tests.factories.webinars import attendee, webinar_with
from webinars import watchers
from webinars.broadcasts import broadcast_of
from webinars.forms import RoomForm
from webinars.models import Registration, StreamKey, VideoSource, Webinar, WebinarState
from webinars.operations.moderating import limit_member
from webinars.operations.streaming import make_stream_key, revoke_stream_key
from webinars.playing import player_of
from webinars.streaming import TICKET_SECONDS, Arriving, arriving_for, playlist_of
from webinars.views.golive import checklist

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _offered(settings: Any) -> None:
    watchers.forget_watchers()
    settings.INGEST_URL, settings.SITE_URL = "/ingest", "https://collegium.example"


@pytest.fixture
def webinar() -> Webinar:
    host = verified_member()
    return webinar_with(host, slug="rounds", organiser=host, video_source=VideoSource.INGEST)


def path_of(webinar: Webinar) -> str:
    return f"live/{broadcast_of(webinar).public_id}"


def asked(webinar: Webinar, action: str = "publish", protocol: str = "rtmp", **changed: str) -> int:
    """What MediaMTX sends for one client, and the status of our answer."""
    body = {"user": "", "password": "", "token": "", "ip": "203.0.113.7", "action": action, "query": ""}
    body |= {"path": path_of(webinar), "protocol": protocol, "id": "6f9b1c9a-0000-4000-8000-000000000000", **changed}
    address = reverse("ingest-auth")
    return Client(enforce_csrf_checks=True).post(address, json.dumps(body), content_type="application/json").status_code


def verbs() -> list[str]:
    return list(Event.objects.filter(verb__startswith="webinars.stream").order_by("pk").values_list("verb", flat=True))


def test_the_key_opens_by_every_way_a_program_sends_it_and_is_kept_as_a_digest(webinar: Webinar) -> None:
    key = make_stream_key(webinar, by=webinar.organiser)

    assert asked(webinar, query=f"token={key}") == 204  # RTMP
    assert asked(webinar, protocol="webrtc", token=key) == 204  # WHIP, Authorization: Bearer
    assert asked(webinar, password=key, user="obs") == 204
    assert asked(webinar, query=f"user=obs&pass={key}") == 204
    assert [asked(webinar), asked(webinar, query="token=wrong"), asked(webinar, token=key[:-1])] == [401] * 3
    stored = StreamKey.objects.get()
    assert (key in str(vars(stored)), stored.protocol) == (False, "rtmp")
    wanted = ["made", *["accepted"] * 4, *["refused"] * 2]
    assert [verb.rpartition(".")[2] for verb in verbs()] == wanted


def test_a_key_ends_with_a_new_one_when_it_is_taken_back_and_with_the_webinar(webinar: Webinar) -> None:
    host = webinar.organiser
    first, second = make_stream_key(webinar, by=host), make_stream_key(webinar, by=host)
    assert [asked(webinar, token=first), asked(webinar, token=second)] == [401, 204]

    Webinar.objects.update(state=WebinarState.ENDED)
    assert asked(webinar, token=second) == 401
    Webinar.objects.update(state=WebinarState.LIVE, video_source=VideoSource.BROWSER)
    assert asked(webinar, token=second) == 401
    Webinar.objects.update(video_source=VideoSource.INGEST)
    revoke_stream_key(webinar, by=host)
    revoke_stream_key(webinar, by=host)

    assert asked(webinar, token=second) == 401
    assert verbs().count("webinars.stream_key.revoked") == 1


def test_a_key_opens_its_own_webinar_only(webinar: Webinar) -> None:
    other = webinar_with(organiser=webinar.organiser, video_source=VideoSource.INGEST)
    key = make_stream_key(webinar, by=webinar.organiser)

    assert asked(other, token=key) == 401
    strange = ("", "live/x", "live/../etc", f"{path_of(webinar)}/x")
    assert [asked(webinar, token=key, path=path) for path in strange] == [401] * 4
    assert [asked(webinar, token=key, action=action) for action in ("read", "api", "playback", "")] == [401] * 4


def test_guessing_is_slowed_down_and_does_not_shut_the_presenter_out(webinar: Webinar) -> None:
    key = make_stream_key(webinar, by=webinar.organiser)

    guesses = [asked(webinar, token=f"guess-{n}") for n in range(11)]

    assert guesses == [401] * 10 + [429]
    assert asked(webinar, token=key, ip="198.51.100.9") == 204
    assert verbs().count("webinars.stream.refused") == 10


def watched(client: Client, address: str) -> int:
    """What the proxy is answered when it asks for whoever wants this playlist."""
    return client.get(reverse("watch-auth"), headers={"X-Forwarded-Uri": f"{address}?_HLS_msn=1"}).status_code


@pytest.fixture
def _still_clock() -> Iterator[None]:
    """Time stands: every two minutes a ticket is another one."""
    with time_machine.travel(now(), tick=False):
        yield


@pytest.mark.usefixtures("_still_clock")
def test_watching_needs_the_ticket_which_the_room_shows(webinar: Webinar) -> None:
    member = attendee(webinar)
    address = playlist_of(webinar, member)
    _empty, _ingest, _hls, ticket, *path, _file = address.split("/")
    guest, stranger = Client(), Client()
    guest.force_login(member)
    stranger.force_login(attendee(webinar))

    assert "/".join(path) == path_of(webinar)
    assert asked(webinar, "read", "hls", query=f"_HLS_msn=1&token={ticket}") == 204
    assert asked(webinar, "read", "hls", query="token=1-1-abc") == asked(webinar, "read", "hls") == 401
    assert asked(webinar, "publish", "rtmp", token=ticket) == 401
    assert address in guest.get("/webinars/rounds/").text
    assert guest.get(reverse("stream-ticket", args=["rounds"])).json()["source"] == address
    assert [watched(guest, address), watched(stranger, address), watched(Client(), address)] == [204, 401, 401]
    assert watched(guest, address.replace(ticket, f"{ticket[:-1]}0")) == 401
    with time_machine.travel(now() + timedelta(seconds=1.5 * TICKET_SECONDS + 1)):
        assert watched(guest, address) == asked(webinar, "read", "hls", query=f"token={ticket}") == 401


def test_with_a_broadcast_delay_the_picture_comes_from_our_own_segments_alone(webinar: Webinar) -> None:
    member = attendee(webinar)
    ticket = playlist_of(webinar, member).split("/")[3]
    guest = Client()
    guest.force_login(member)
    assert asked(webinar, "read", "hls", token=ticket) == 204

    Webinar.objects.update(broadcast_delay=30)
    watchers.forget_watchers()
    webinar.refresh_from_db()
    assert player_of(webinar, member).source == "/webinars/rounds/live.m3u8"
    assert guest.get(reverse("stream-ticket", args=["rounds"])).status_code == 404
    assert asked(webinar, "read", "hls", token=ticket) == 401
    checks = {check.label: check for check in checklist(webinar, viewer_of(webinar.organiser))}
    assert "RTMP" in checks["Broadcast delay: 30 s in which words can be cut"].detail

    webinar.video_source = VideoSource.LINK
    labels = {check.label: check.done for check in checklist(webinar, viewer_of(webinar.organiser))}
    assert labels["The broadcast delay does not hold: this video does not pass through our server"] is False


@pytest.mark.parametrize("end", ["banned", "place given back", "signed out", "account closed", "webinar over"])
def test_what_ends_the_right_ends_the_picture(webinar: Webinar, end: str, monkeypatch: pytest.MonkeyPatch) -> None:
    member = attendee(webinar)
    guest = Client()
    guest.force_login(member)
    address = playlist_of(webinar, member)
    assert watched(guest, address) == 204
    cookies = dict(guest.cookies)

    if end == "banned":
        limit_member(webinar.slug, by=webinar.organiser, member=member.handle, kind="ban")
    if end == "place given back":
        Registration.objects.filter(member=member).delete()
    if end == "signed out":
        guest.logout()
        guest.cookies.update(cookies)
    if end == "account closed":
        Member.objects.filter(pk=member.pk).update(is_active=False)
    if end == "webinar over":
        Webinar.objects.update(state=WebinarState.ENDED)

    assert watched(guest, address) == 204  # what was true a moment ago
    monkeypatch.setattr(watchers, "FRESH", 0.0)
    assert watched(guest, address) == 401
    if end != "signed out":
        assert asked(webinar, "read", "hls", token=address.split("/")[3]) == 401


def test_all_who_watch_are_asked_about_together(webinar: Webinar, django_assert_num_queries: Any) -> None:
    members = [attendee(webinar) for _ in range(3)]
    name = broadcast_of(webinar).public_id
    for member in members:
        watchers.may_watch_now(name, member.pk)

    with django_assert_num_queries(0):
        assert all(watchers.may_watch_now(name, member.pk) for member in members)
    watchers._audiences[name].looked_at = 0
    with django_assert_num_queries(7):
        assert all(watchers.may_watch_now(name, member.pk) for member in members)


def test_what_is_no_question_of_a_media_server_is_refused() -> None:
    sent = [b"", b"{", b"[]", b'{"action": 7}', b'{"action":"publish","path":["live/x"]}', b"x" * 9000]

    answers = [Client().post(reverse("ingest-auth"), body, content_type="application/json") for body in sent]

    assert [answer.status_code for answer in answers] == [401] * 6


def test_presenters_alone_make_keys_and_see_them_once(webinar: Webinar) -> None:
    page, make = reverse("webinar-golive", args=["rounds"]), reverse("stream-key-make", args=["rounds"])
    presenter = Client()
    presenter.force_login(webinar.organiser)
    with pytest.raises(Refused):
        make_stream_key(webinar, by=attendee(webinar))

    answer = presenter.post(make)
    key = answer.text.partition("?token=")[2].partition("<")[0]

    assert asked(webinar, token=key) == 204
    assert "no-store" in answer["Cache-Control"]
    again = presenter.get(page).text
    assert (key in again, "rtmp://collegium.example/live" in again) == (False, True)
    presenter.post(reverse("stream-key-revoke", args=["rounds"]))
    assert not StreamKey.objects.exists()
    Webinar.objects.update(video_source=VideoSource.BROWSER)
    with pytest.raises(Invalid):
        make_stream_key(Webinar.objects.get(), by=webinar.organiser)


def test_it_is_offered_only_where_there_is_a_media_server(webinar: Webinar, settings: Any) -> None:
    def offered(of: Webinar | None) -> bool:
        return "ingest" in dict(RoomForm(viewer=None, webinar=of).fields["video_source"].choices)  # type: ignore

    assert offered(None)
    settings.INGEST_URL = ""
    assert (offered(None), offered(webinar)) == (False, True)
    assert player_of(webinar).kind == "none"


@pytest.fixture
def media_server(settings: Any) -> Iterator[dict[str, Any]]:
    """Answers as MediaMTX's control interface does, for the paths it is told."""
    paths: dict[str, Any] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = paths.get(self.path.removeprefix("/v3/paths/get/"))
            self.send_response(200 if found else 404)
            self.end_headers()
            self.wfile.write(json.dumps(found or {"error": "path not found"}).encode())

        def log_message(self, *args: Any) -> None:
            """Quiet."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    settings.INGEST_API_URL = f"http://127.0.0.1:{server.server_port}"
    yield paths
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_page_says_whether_obs_sends(webinar: Webinar, media_server: dict[str, Any], settings: Any) -> None:
    presenter = Client()
    presenter.force_login(webinar.organiser)

    def told() -> Any:
        caches["process"].clear()
        return presenter.get(reverse("stream-state", args=["rounds"])).json()

    assert told()["sends"] is False
    media_server[path_of(webinar)] = {"ready": True, "source": {"type": "rtmpConn"}, "tracks": ["H264", "MPEG-4 Audio"]}
    assert told() == {"sends": True, "text": "OBS is sending: H264, MPEG-4 Audio."}
    assert arriving_for(webinar) == Arriving(True, "rtmpConn", ("H264", "MPEG-4 Audio"))
    settings.INGEST_API_URL = "http://127.0.0.1:9"
    assert told()["sends"] is None
