"""Canaries through every place that takes words: what is blocked is written, logged, mailed and reported nowhere.

Each place is first sent harmless words, which must be kept: so the test knows that it gets there. Then words with an
identifier, with a guard that breaks, and words that a moderator must read while the database fails. Every statement
that is sent to the database is read, so tables, revisions, sessions, caches, jobs, index and notifications are covered.
"""

import io
import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signals import got_request_exception
from django.db import IntegrityError, connection, transaction
from django.template.backends.django import Template
from django.views.debug import get_exception_reporter_class
from pikepdf import Pdf
from PIL import Image

from community.casefree.screening import answer
from community.core import limits, screening
from community.core.errors import Boundary
from community.core.logs import JsonLines
from community.live import registry
from tests.access.asking import Answer, Asker
from tests.access.bodies import BODIES
from tests.access.fields import read_fields
from tests.access.places import API, ASKED, COMMANDS, FILES, NO_WORDS_IN_COMMANDS, PLACES, WITHOUT_WORDS
from tests.access.rooms import LIVE, POLL
from tests.access.routes import own_routes
from tests.access.table import TABLE
from tests.access.test_sockets import DATA
from tests.access.world import World
from webinars.models import PollKind
from webinars.operations.chat import say
from webinars.operations.polls import PollWords, open_poll

#: The first half is stopped wherever words are taken; one's own telephone or address may stand in one's own profile.
KINDS = (
    "MRN 55{:02d}871",
    "SSN 219-09-99{:02d}",
    "her record number 55{:02d}871",
    "patient ID LUP-44{:02d}9",
    "case number 20-55{:02d}871",
    "my patient's daughter can be reached on 020 7946 09{:02d}",
    "write to the patient at wanda.kestrel{:02d}@mail.example",
    "my patient Mrs Wanda Kestrel, hospital number 66{:02d}872",
    "the patient's plate is LB{:02d} KWQ",
    "she lives at 12 Tern Lane, Leeds LS{:02d} 4QX",
)
CANARIES = [KINDS[number % len(KINDS)].format(number) for number in range(10, 60)]
NUMBERS = [canary for number, canary in enumerate(CANARIES) if number % len(KINDS) < 5]
STORY = "My patient died last night. She was admitted on Monday, and the {} team was called."
# Where a moderator reads first, and what is read there is sealed. (Drafts of write-ups are read when they are sent.)
HELD_AT = {
    **dict.fromkeys(("thread-reply", "thread-create", "post-edit"), "source"),
    **dict.fromkeys(("webinar-question", "room-commands"), "text"),
}
CREW = {"poll.create", "poll.edit", "poll.open"}


class Witness:
    """Sees what leaves the program: statements that write, lines of the log, reports of errors."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.written: list[str] = []
        self.fail = False

    def execute(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.lstrip().upper().startswith("SELECT"):
            self.written.append(repr(params))
            if self.fail and "core_event" in sql:
                # As PostgreSQL says it.
                raise IntegrityError(f"Failing row contains {self.written}.")
        return execute(sql, params, many, context)

    def report(self, request: Any = None, **_kwargs: Any) -> None:
        reporter = get_exception_reporter_class(request)(request, *sys.exc_info())
        self.told += [reporter.get_traceback_html(), reporter.get_traceback_text()]

    def forget(self) -> None:
        self.told.clear()
        self.written.clear()

    def has_seen(self, word: str) -> bool:
        return any(word in text for text in [*self.told, *self.written])


class Listening(logging.Handler):
    def __init__(self, witness: Witness) -> None:
        super().__init__(logging.DEBUG)
        self.witness = witness
        self.setFormatter(JsonLines())

    def emit(self, record: logging.LogRecord) -> None:
        self.witness.told.append(self.format(record))


@pytest.fixture(autouse=True)
def _no_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """The author may see what they wrote; drawing the page costs more than all the rest."""
    monkeypatch.setattr(Template, "render", lambda *_args, **_kwargs: "")


@pytest.fixture
def witness() -> Iterator[Witness]:
    seen, root = Witness(), logging.getLogger()
    handler, level = Listening(seen), root.level
    logging.disable(logging.NOTSET)
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    got_request_exception.connect(seen.report)
    with connection.execute_wrapper(seen.execute):
        yield seen
    got_request_exception.disconnect(seen.report)
    root.setLevel(level)
    root.removeHandler(handler)
    logging.disable(logging.CRITICAL)


@contextmanager
def broken_guard() -> Iterator[None]:
    """A guard that tells the words in its error."""

    def fail(text: str, *_rest: Any) -> Any:
        raise RuntimeError(text)

    kept = list(screening._installed)
    screening.install_screener(fail, remembering=fail)
    yield
    screening._installed[:] = kept


@contextmanager
def listening_guard() -> Iterator[list[tuple[str, str]]]:
    """What the guard is asked about meanwhile: text and surface."""
    asked: list[tuple[str, str]] = []
    [kept] = screening._installed

    def listen(text: str, surface: str) -> Any:
        asked.append((text, surface))
        return kept.screener(text, surface)

    def remember(text: str, surface: str, context: Any) -> Any:
        asked.append((text, surface))
        return kept.remembering(text, surface, context)

    screening.install_screener(listen, remembering=remember)
    yield asked
    screening._installed[:] = [kept]


def complete(asker: Asker, path: str, body: dict[str, Any]) -> dict[str, Any]:
    """The body with something in every field that the form requires."""
    with read_fields() as fields:
        asker.ask("post", path, body | {"sent": "1"})
    return {key: value for key, value in fields.samples.items() if value is not None} | body


def words_of(kept: tuple[str, ...]) -> dict[str, str]:
    return {name: f"We start early, wren{'abcdefghijklmnop'[number]}." for number, name in enumerate(kept)}


def left_over() -> str:
    """What is kept outside the database: mail, caches, files."""
    media = Path(settings.DATA_DIR) / "media"
    files = [path for path in media.rglob("*") if path.is_file()]
    names = " ".join(path.name for path in files)
    bodies = " ".join(path.read_bytes().decode("latin-1") for path in files if path.stat().st_size < 100_000)
    kept = [vars(cache) for cache in caches.all()]
    return "\n".join([str([vars(message) for message in mail.outbox]), str(kept), names, bodies])


def needle(canary: str) -> str:
    """What is looked for: the number or address, without the words before it."""
    last = canary.rpartition(" ")[2]
    return last if len(last) > 4 else " ".join(canary.split()[-2:])


def test_the_canaries_are_stopped_everywhere() -> None:
    assert [each for each in NUMBERS if answer(f"Look at {each}.", "report")[0] != "block"] == []
    assert [each for each in CANARIES if answer(f"Please look, {each}.", "post")[0] != "block"] == []
    assert len({needle(canary) for canary in CANARIES}) == 50


def test_every_address_that_takes_a_post_is_a_place_of_words_or_has_a_reason() -> None:
    taking = {name for name, rules in TABLE.items() if rules[1] not in {"never", "nobody", "members_never"}}
    taking -= {name for name in taking if TABLE[name][1].endswith("_never")}
    looked_at = {each.route for each in PLACES} | set(API) | set(ASKED) | set(FILES)

    assert sorted(taking - looked_at - set(WITHOUT_WORDS)) == []
    assert sorted((looked_at | set(WITHOUT_WORDS)) - set(TABLE)) == []
    assert sorted(looked_at & set(WITHOUT_WORDS)) == []


def test_every_field_of_a_command_takes_words_or_has_a_reason() -> None:
    textual = {
        name: {key for key, info in schema.model_fields.items() if "str" in str(info.annotation)}
        for name, (schema, _handler) in registry._commands.items()
    }

    assert {
        name: keys - set(NO_WORDS_IN_COMMANDS) for name, keys in textual.items() if keys - set(NO_WORDS_IN_COMMANDS)
    } == COMMANDS


def test_canaries_in_commands(world: World, witness: Witness) -> None:
    canaries, leaked, unreached = cycle(CANARIES), [], []
    thread = world.seen["api-v1:post-list"]["public_id"]
    limits.forget_all()
    sid = transaction.savepoint()
    asked = open_poll(LIVE, by=world.personas["presenter"], words=PollWords("What else?", kind=PollKind.TEXT))
    line = say(LIVE, by=world.personas["member"], text="Good morning.")
    other = {"poll.open": POLL, "poll.vote": {"poll": asked["poll"]}, "chat.edit": {"seq": line["seq"]}}
    for name, keys in COMMANDS.items():
        member = world.personas["nurse" if "report" in name else "presenter" if name in CREW else "member"]
        for key in sorted(keys):
            canary = next(canaries)
            for words in ("We start early, wrena.", f"Please look, {canary}."):
                said = {key: [words, "Slow"] if key == "options" else words}
                witness.forget()
                give(member, name, thread if name.startswith("thread") else LIVE, other.get(name, DATA[name]) | said)
                unreached += [f"{name} {key}"] if "wrena" in words and not witness.has_seen("wrena") else []
            leaked += [f"{name} {key}"] if witness.has_seen(needle(canary)) else []
    transaction.savepoint_rollback(sid)

    assert (leaked, unreached) == ([], [])


def test_canaries_in_forms(world: World, askers: dict[str, Asker], witness: Witness) -> None:
    """The guard is asked about every field where harmless words are sent; then all are sent what it stops there."""
    paths = {route.name: route for route in own_routes()}
    canaries = cycle(CANARIES)
    leaked, unreached, unscreened, broken = [], [], [], []
    for number, each in enumerate(PLACES):
        asker = askers[each.persona]
        path = paths[each.route].path(**(world.seen.get(each.route, {}) | each.arguments))
        body = complete(asker, path, each.body)
        harmless = words_of(each.kept)
        with listening_guard() as asked:
            sent(witness, asker, path, body | harmless)
        said = "".join(witness.written)
        marks = {name: words.split()[-1][:-1] for name, words in harmless.items()}
        unreached += [f"{each} {name}" for name, mark in marks.items() if mark not in said]
        surfaces = {name: {where for text, where in asked if mark in text} for name, mark in marks.items()}
        unscreened += [f"{each} {name}" for name, found in surfaces.items() if not found]
        stopped = {name: stopped_at(found, canaries) for name, found in surfaces.items()}
        reply = sent(witness, asker, path, body | {name: f"Please look, {canary}." for name, canary in stopped.items()})
        leaked += [f"{each} {name}: {canary}" for name, canary in stopped.items() if witness.has_seen(needle(canary))]
        broken += [f"{each}: {reply.status}"] if reply.status >= 500 else []
        if number % 3 == 0:
            canary = next(canaries)
            with broken_guard():
                sent(witness, asker, path, body | {each.kept[0]: f"Please look, {canary}."})
            leaked += [f"{each}, guard broken"] if witness.has_seen(needle(canary)) else []
        if HELD_AT.get(each.route) in each.kept:
            witness.fail = True
            reply = sent(witness, asker, path, body | {HELD_AT[each.route]: STORY.format("wrenzzz")})
            witness.fail = False
            leaked += [f"{each}, held"] if witness.has_seen("wrenzzz") else []
            unreached += [f"{each}, held"] if reply.status < 500 else []

    assert (leaked, unreached, unscreened, broken) == ([], [], [], [])
    assert [canary for canary in CANARIES if needle(canary) in left_over()] == []


def stopped_at(surfaces: set[str], canaries: Iterator[str]) -> str:
    """The next canary that the guard blocks at all these surfaces."""
    return next(each for each in canaries if all(answer(f"Please look, {each}.", at)[0] == "block" for at in surfaces))


def sent(witness: Witness, asker: Asker, path: str, body: Any, method: str = "post") -> Answer:
    witness.forget()
    return asker.ask(method, path, body)


def test_canaries_in_questions_and_the_api(world: World, askers: dict[str, Asker], witness: Witness) -> None:
    paths = {route.name: route for route in own_routes()}
    member, canaries, leaked, unreached = askers["member"], cycle(CANARIES), [], []
    for name, (method, key) in ASKED.items():
        canary, path = next(canaries), paths[name].path(**world.seen.get(name, {}))
        body = BODIES.get(name, {}) if method == "post" else {}
        reply = sent(witness, member, path, body | {key: f"Please look, {canary}."}, method)
        leaked += [name] if witness.has_seen(needle(canary)) or reply.status >= 500 else []
    for name, keys in API.items():
        path = paths[name].path(**world.seen.get(name, {}))
        for key in keys:
            canary, fresh = next(canaries), {} if "room" in name else {"client_key": str(uuid4())}
            for words in ("We start early, wrena.", f"Please look, {canary}."):
                said = {key: [words] if key == "tags" else words}
                sent(witness, member, path, BODIES[name] | said | fresh)
                unreached += [f"{name} {key}"] if "wrena" in words and not witness.has_seen("wrena") else []
            leaked += [f"{name} {key}"] if witness.has_seen(needle(canary)) else []

    assert (leaked, unreached) == ([], [])


def give(member: Any, name: str, key: str, data: dict[str, Any]) -> None:
    limits.forget_all()
    schema, handler = registry._commands[name]
    try:
        with transaction.atomic():
            handler(member, key, schema(**data), str(uuid4()))
            transaction.set_rollback(True)
    except Boundary:
        pass


def test_canaries_in_files(world: World, askers: dict[str, Asker], witness: Witness) -> None:
    paths = {route.name: route for route in own_routes()}
    canaries, leaked = iter(NUMBERS), []
    for name, (persona, key, body, form) in FILES.items():
        canary, path = next(canaries), paths[name].path(**world.seen.get(name, {}))
        upload = SimpleUploadedFile(f"Scan {canary}.{form}", CONTENT[form](canary))
        body = complete(askers[persona], path, body)
        sent(witness, askers[persona], path, body | {key: upload})
        leaked += [name] if witness.has_seen(needle(canary)) or needle(canary) in left_over() else []

    assert leaked == []


def _pdf(canary: str) -> bytes:
    out = io.BytesIO()
    with Pdf.new() as pdf:
        pdf.add_blank_page()
        pdf.docinfo["/Title"] = canary
        pdf.save(out)
    return out.getvalue()


def _png(_canary: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (400, 300), "white").save(out, "PNG")
    return out.getvalue()


def _vtt(canary: str) -> bytes:
    return f"WEBVTT\n\n00:01.000 --> 00:04.000\nPlease look, {canary}.\n".encode()


CONTENT: dict[str, Callable[[str], bytes]] = {"pdf": _pdf, "png": _png, "vtt": _vtt}
