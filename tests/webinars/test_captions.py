"""Captions: what a WebVTT file may hold, and how it becomes rows and a track of the player."""

from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from community.core.errors import Invalid, Refused
from community.core.models import Event
from tests.factories.webinars import attendee, webinar_with
from webinars.captions import passages, tracks_of
from webinars.media.vtt import BadCaptions, Cue, read_cues, write_cues
from webinars.models import Broadcast, Caption, Cut
from webinars.operations.captions import import_captions, remove_captions

FILE = """\ufeffWEBVTT Kind: captions

NOTE made by hand

STYLE
::cue { color: yellow }

intro
00:01.000 --> 00:03.500 align:start position:10%
<v Dr Example>We wash <i>our</i> hands &amp; wait.
Then we look.

01:00:00.250 --> 01:00:02.000
<00:00:01.000>Later.
"""


def test_cues_are_read_without_markup() -> None:
    assert read_cues(FILE.replace("\n", "\r\n")) == [
        Cue(1.0, 3.5, "We wash our hands & wait. Then we look."),
        Cue(3600.25, 3602.0, "Later."),
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("no header", 1),
        ("WEBVTTX\n\n00:01.000 --> 00:02.000\nx", 1),
        ("WEBVTT\n\n00:02.000 --> 00:01.000\nx", 3),
        ("WEBVTT\n\n0:1 --> 00:02.000\nx", 3),
        ("WEBVTT\n\n00:01.000 -->\nx", 3),
    ],
)
def test_what_is_no_webvtt_is_refused_with_its_line(text: str, line: int) -> None:
    with pytest.raises(BadCaptions) as refused:
        read_cues(text)
    assert refused.value.line == line


WORDS = st.text("ab <>&;-\n:.0é手", max_size=20)
CUES = st.builds(lambda start, text: Cue(start / 4, start / 4 + 0.5, text), st.integers(0, 10**5), WORDS)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cues=st.lists(CUES, max_size=4))
def test_what_is_written_is_read_again(cues: list[Cue]) -> None:
    kept = [Cue(cue.start, cue.end, " ".join(cue.text.split())) for cue in cues if cue.text.split()]
    assert read_cues(write_cues(cues)) == kept


@pytest.mark.django_db
def test_captions_are_brought_in_looked_at_served_and_taken_away(client: Client) -> None:
    webinar = webinar_with(slug="rounds", language="en")
    host, ada = webinar.organiser, attendee(webinar)
    broadcast = Broadcast.objects.create(webinar=webinar, media_end=60)
    moment = webinar.starts_at
    Cut.objects.create(
        broadcast=broadcast, media_from=10, media_to=20, wall_from=moment, wall_to=moment, reason="other"
    )
    late = "WEBVTT\n\n00:15.000 --> 00:17.000\nCut out.\n\n00:30.000 --> 00:32.000\nKept.\n"

    with pytest.raises(Refused):
        import_captions(webinar, by=ada, language="en", content=FILE.encode())
    with pytest.raises(Invalid, match="0:30"):
        named = late.replace("Kept.", "My patient John Smith, born 3 March 1961, has it too.")
        import_captions(webinar, by=host, language="en", content=named.encode())
    assert not Caption.objects.exists()
    import_captions(webinar, by=host, language="en", content=FILE.encode())
    assert import_captions(webinar, by=host, language="en", content=late.encode()) == 1

    (track,) = tracks_of(webinar)
    assert client.get(track["url"]).status_code == 404
    client.force_login(ada, backend="allauth.account.auth_backends.AuthenticationBackend")
    served: Any = client.get(track["url"])
    assert served["Content-Type"] == "text/vtt; charset=utf-8"
    assert read_cues(served.content.decode()) == [Cue(30.0, 32.0, "Kept.")]
    remove_captions(webinar, by=host, language="en")
    assert client.get(track["url"]).status_code == 404
    assert Event.objects.filter(verb__startswith="webinars.captions.").count() == 3


def test_lines_become_passages_that_end_with_a_sentence() -> None:
    lines = [Cue(4.0 * n, 4.0 * n + 4, "and so on." if n == 5 else "and so on") for n in range(8)]

    assert [(each.start, each.end) for each in passages([*lines, Cue(90, 92, "Later.")])] == [
        (0, 24),
        (24, 32),
        (90, 92),
    ]
    endless = [Cue(n, n + 1, "word") for n in range(100)]
    assert {each.end - each.start for each in passages(endless)} == {40, 20}
    assert passages([]) == []


@pytest.mark.django_db
def test_the_transcript_stands_beside_the_recording_and_can_be_kept(client: Client) -> None:
    webinar = webinar_with(slug="rounds", title="Rounds", state="ended", audience="public", for_whom="public")
    Broadcast.objects.create(webinar=webinar)
    import_captions(
        webinar, by=webinar.organiser, language="en", content=b"WEBVTT\n\n00:01.000 --> 00:03.000\nWe wash.\n"
    )

    kept = client.get("/webinars/rounds/captions/en.txt")

    assert (kept.text, kept["Content-Disposition"]) == (
        "Rounds\n\n[0:01] We wash.\n",
        'attachment; filename="rounds-en.txt"',
    )
    assert client.get("/webinars/rounds/captions/fr.txt").status_code == 404
