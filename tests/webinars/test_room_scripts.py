"""The room's scripts: they fold the log as the server does, and stay small."""

import gzip
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from tests.conftest import skip_or_fail
from webinars.folding import fold
from webinars.room_words import room_words

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ROOT / "webinars" / "static" / "webinars"
BUDGET = 130 * 1024
OF_THE_ROOM = ["live-room.js", "player.js", "player.css", *(path.name for path in SCRIPTS.glob("room*"))]
OF_EVERY_PAGE = [
    *(ROOT / "community" / "core" / "static" / "core").rglob("*.[cj]s*"),
    *(ROOT / "community" / "live" / "static" / "live").glob("*.js"),
    ROOT / "node_modules" / "bootstrap" / "dist" / "css" / "bootstrap.min.css",
]
FOLD = """
import { apply, emptyRoom } from "%s";
const room = emptyRoom();
for (const event of JSON.parse(process.argv[1])) apply(room, event);
const plain = (_key, value) => (value instanceof Map ? Object.fromEntries(value) : value);
console.log(JSON.stringify(room, plain));
"""

SAID = """
import { said } from "%s";
const words = { facts: { Nurse: "ممرض" } };
console.log(JSON.stringify([said("Nurse", words), said("Registrar of our own", words)]));
"""


def _event(seq: int, verb: str, **body: Any) -> dict[str, Any]:
    return {"seq": seq, "verb": verb, "at": "2031-05-06T18:30:00+00:00", "by": "ada", "body": body}


LOG = [
    _event(1, "room.changed", chat_open=True, slow_seconds=5, questions_queued=False),
    _event(2, "chat.said", text="One", name="Ada"),
    _event(3, "chat.said", text="Two", name="Ada", reply_to=2),
    _event(4, "chat.said", name="Ada", gone="edited"),
    _event(5, "chat.edited", of=4, text="Four, changed"),
    _event(6, "chat.edited", of=3, gone="hidden"),
    _event(7, "chat.hidden", of=3),
    _event(8, "chat.edited", of=3, text="Two", restored=True),
    _event(9, "chat.deleted", of=2),
    _event(10, "chat.pinned", of=4),
    _event(11, "question.shown", question="q1", text="Which?", who={"profession": "Nurse"}, anonymous=True),
    _event(12, "question.shown", question="q2", text="When?", who={}, anonymous=False, name="Bo"),
    _event(13, "question.scores", scores={"q1": 3, "q9": 1}),
    _event(14, "question.changed", question="q1", state="live", pinned=True, answered_media_at=12.5),
    _event(15, "question.changed", question="q2", state="hidden", pinned=False),
    _event(16, "poll.opened", poll={"id": "p1", "prompt": "Yes?", "kind": "single", "options": [], "results": "live"}),
    _event(17, "poll.results", poll="p1", total=6, counts={"1": 6}),
    _event(18, "poll.closed", poll="p1", total=6, counts={"1": 6}, correct=[1], explanation="So."),
    _event(19, "hand.count", count=2),
    _event(20, "slide.shown", n=3, deck="d1"),
    _event(21, "webinar.live"),
    _event(22, "media.cut", **{"from": 1.0, "to": 2.0, "lines": [4], "questions": ["q1"]}),
    _event(23, "webinar.ended"),
]


def test_browsers_fold_the_log_as_the_server_does() -> None:
    node = shutil.which("node")
    if node is None:
        skip_or_fail("node", "no node: the fold of the browser is not compared")
    script = FOLD % (SCRIPTS / "room-state.js").as_uri()
    done = subprocess.run(
        [str(node), "--input-type=module", "-e", script, json.dumps(LOG)], capture_output=True, text=True, check=True
    )

    assert json.loads(done.stdout) == json.loads(json.dumps(fold(LOG)))


def test_a_room_fits_a_poor_line() -> None:
    missing = [path for path in OF_EVERY_PAGE if not path.exists()]
    if missing:
        pytest.skip("the front-end libraries are not installed")
    files = [*OF_EVERY_PAGE, *(SCRIPTS / name for name in OF_THE_ROOM)]

    assert sum(len(gzip.compress(path.read_bytes())) for path in files) <= BUDGET


def test_professions_and_regions_of_the_log_are_said_in_the_language_of_the_page() -> None:
    line = {
        "seq": 2,
        "by": "ada",
        "name": "Ada",
        "who": {"profession": "Nurse", "region": "African Region"},
        "text": "One",
    }

    with translation.override("ar"):
        drawn = render_to_string("webinars/_room_line.html", {"line": line})
        facts = room_words()["facts"]

    assert [words for words in line["who"].values() if words in drawn] == []  # type: ignore[attr-defined]
    assert facts["Nurse"] in drawn and facts["African Region"] in drawn
    with translation.override("en"):
        assert room_words()["facts"] == {}


def test_scripts_say_what_the_page_says_of_a_line() -> None:
    node = shutil.which("node")
    if node is None:
        skip_or_fail("node", "no node: the words of the browser are not compared")
    script = SAID % (SCRIPTS / "room-lines.js").as_uri()
    done = subprocess.run([str(node), "--input-type=module", "-e", script], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == ["ممرض", "Registrar of our own"]
