"""The socket of one topic. It only translates: frames in become commands, entries of the hub become frames out."""

import asyncio
import json
import logging
import sys
import time
from typing import Any, ClassVar
from uuid import UUID

from django.db import Error as DatabaseAway
from django.utils.translation import gettext as _
from pydantic import ValidationError

from community.core.errors import Boundary, Missing, Refused
from community.core.languages import speaking
from community.live.authentication import member_of_session
from community.live.buckets import Bucket
from community.live.codes import FLOODING as FLOODING
from community.live.codes import NO_RIGHT as NO_RIGHT
from community.live.codes import NOT_SIGNED_IN as NOT_SIGNED_IN
from community.live.codes import TOO_BIG as TOO_BIG
from community.live.codes import TOO_SLOW, TRY_AGAIN, UNSUPPORTED
from community.live.frames import Frame, encode
from community.live.hub import hub
from community.live.news import Cached
from community.live.registry import TopicAccess, asks_itself, find_command
from community.live.rights import Stand, proof_of, right_of
from community.live.threads import to
from community.live.wires import RESTING, Wire, wire_for

log = logging.getLogger(__name__)

MAX_FRAME = 16 * 1024
PER_MEMBER = 12
FRESH = 5.0


class TopicConsumer:
    """Speaks the room protocol: join, commands with a ref, events without gap or repeat.

    An ASGI application of its own and not one of Channels' consumers: without the layer's channel, the tasks, the hop
    to a thread and the copies of the scope that those spend on each socket.
    """

    __slots__ = (
        "_send", "bucket", "ended", "ending", "is_over", "joined", "key", "kind", "language", "member", "member_id",
        "recognised_at", "seq", "session_key", "stand", "topic", "wire",
    )  # fmt: skip

    open_by_member: ClassVar[dict[int, int]] = {}

    def __init__(self, scope: dict[str, Any], send: Any, kind: str = "") -> None:
        words = scope["url_route"]["kwargs"]
        self._send = send
        self.kind, self.key = sys.intern(words.get("kind", kind)), sys.intern(words["key"])
        self.session_key: str = scope["session_key"]
        self.language: str = scope.get("language", "")
        self.topic, self.seq, self.joined, self.ended, self.is_over = "", 0, False, False, False
        self.wire: Wire | None = None
        self.member: Any = None
        self.member_id: int | None = None
        self.bucket = Bucket(size=40, rate=10)

    @classmethod
    def as_asgi(cls, kind: str = "") -> Any:
        """The application; `kind` is what a route of its own stands for, such as "room"."""

        async def serve(scope: dict[str, Any], receive: Any, send: Any) -> None:
            consumer = cls(scope, send, kind)
            await receive()
            await consumer.connect(scope)
            rest = scope.get("extensions", {}).get(RESTING)
            if rest:  # the server wakes us for each message, and needs no task of ours in between
                rest(consumer.take)
                return
            while not consumer.is_over:
                await consumer.take(await receive())

        return serve

    async def take(self, message: dict[str, Any]) -> None:
        """One message of the server's."""
        if message["type"] == "websocket.receive":
            await self.receive(message.get("text"))
        elif message["type"] == "websocket.disconnect":
            self.disconnect()

    async def connect(self, scope: dict[str, Any]) -> None:
        await self._send({"type": "websocket.accept", "subprotocol": None})
        try:
            await self._recognise(scope)
        except DatabaseAway as error:
            await self._give_up(error)

    async def _recognise(self, scope: dict[str, Any]) -> None:
        """Whose socket this is; who cannot be told from the session is shown the door."""
        self.member = await hub().gate.member_of(self.session_key) if self.session_key else None
        self.recognised_at = time.monotonic()
        if self.member is None:
            return await self._shut(NOT_SIGNED_IN)
        self.member_id = member_id = int(self.member.pk)
        self.language = self.member.interface_language or self.language
        self.open_by_member[member_id] = self.open_by_member.get(member_id, 0) + 1
        self.wire = wire_for(scope, self.send)
        if self.open_by_member[member_id] > PER_MEMBER:
            await self._shut(FLOODING)

    def disconnect(self) -> None:
        self.ended = self.is_over = True
        self._leave()
        if self.wire:
            self.wire.shut()
        if self.member_id is not None:
            self.open_by_member[self.member_id] -= 1
            if not self.open_by_member[self.member_id]:
                del self.open_by_member[self.member_id]

    async def receive(self, text_data: str | None) -> None:
        if self.wire is None or self.ended:
            return
        if text_data is None:
            return await self._shut(UNSUPPORTED)
        if len(text_data) > MAX_FRAME:
            return await self._shut(TOO_BIG)
        if not self.bucket.take():
            return await self._shut(FLOODING)
        frame = _parse(text_data)
        try:
            with speaking(self.language):
                await (self._join(frame) if frame.get("do") == "join" else self._command(frame))
        except DatabaseAway as error:
            await self._give_up(error)

    async def send(self, text_data: str) -> None:
        await self._send({"type": "websocket.send", "text": text_data})

    # --- What the hub calls ---

    def offer(self, frame: Frame, seq: int) -> None:
        """Send a frame; a reader that lets 256 of them pile up is asked to come back with its place."""
        if self.wire is None or self.ended:
            return
        if self.wire.send(frame):
            self.seq = max(self.seq, seq)
        else:
            self.end(TOO_SLOW)

    def end(self, code: int) -> None:
        """Close from outside: the right has ended, the reader is too slow, or the server goes."""
        if not self.ended:
            self.ended = True
            self._leave()
            self.ending = asyncio.create_task(self._close_after_words(code))

    def stuck_for(self) -> float:
        return self.wire.stuck_for() if self.wire else 0.0

    # --- Inside ---

    async def _join(self, frame: dict[str, Any]) -> None:
        since, epoch = frame.get("since"), frame.get("epoch")
        if since is not None and (not isinstance(since, int) or isinstance(since, bool) or since < 0):
            return self._refuse(frame, "invalid", _("since must be a number"))
        if self.joined:
            return self._refuse(frame, "invalid", _("already joined"))
        member, granted = await self._ask_for_entry()
        if member is None:
            return await self._shut(NOT_SIGNED_IN)
        if granted is None:
            return await self._shut(NO_RIGHT)
        page = await hub().page(granted.topic, since, epoch if isinstance(epoch, str) else None)
        if not self.ended and not self.joined:
            self._enter(member, granted, page)

    async def _ask_for_entry(self) -> tuple[Any | None, TopicAccess | None]:
        """The member, None when the session has ended, and the access to the topic."""
        member, self.member = self.member, None
        if member is None or time.monotonic() - self.recognised_at > FRESH:
            member = await hub().gate.member_of(self.session_key)
        if member is None or member.pk != self.member_id:
            return None, None
        return member, await hub().gate.access_of(member, self.kind, self.key)

    def _enter(self, member: Any, granted: TopicAccess, page: Cached) -> None:
        if page.is_gap:
            return self._say({"is": "resync", "seq": page.seq})
        self.topic, self.seq, self.joined = sys.intern(granted.topic), page.seq, True
        self.stand = Stand(self.session_key, member.pk, proof_of(member), self.kind, self.key)
        hub().add(self, page.seq, page.epoch)
        rest = {"may": granted.may, "you": granted.you, "present": hub().present(self.topic)}
        place = encode({"is": "joined", "epoch": page.epoch, "seq": page.seq})
        self.offer(Frame(f'{place[:-1]},"events":{page.events},{encode(rest)[1:]}'), page.seq)

    async def _command(self, frame: dict[str, Any]) -> None:
        known = find_command(str(frame.get("do")))
        ref = _uuid(frame.get("ref"))
        if not self.joined or known is None or ref is None:
            return self._refuse(frame, "invalid", _("join first, then send a known command with a ref (a UUID)"))
        schema, _handler = known
        try:
            data = schema.model_validate({k: v for k, v in frame.items() if k not in {"do", "ref"}})
            answer = await to("command", self._run, str(frame["do"]), data, ref)
        except ValidationError:
            return self._refuse(frame, "invalid", _("that command has other fields"))
        except Boundary as error:
            return self._refuse(frame, error.code, error.reason, getattr(error, "findings", []))
        self._say({"is": "ack", "ref": frame["ref"], **answer})

    def _run(self, name: str, data: Any, ref: str) -> dict[str, Any]:
        """Everything about the right is asked again at each command, however long the socket has been open."""
        known = find_command(name)
        if known is None:
            raise Missing
        with speaking(self.language):
            return dict(known[1](self._member_for(name), self.key, data, ref))

    def _member_for(self, name: str) -> Any:
        if asks_itself(name):
            member = member_of_session(self.session_key)
        else:
            member, granted = right_of(self.session_key, self.kind, self.key) or (None, None)
            if member is not None and granted is None:
                raise Refused("no_right", _("You may no longer write here."))
        if member is None:
            raise Refused("not_signed_in", _("Your session has ended. Please sign in again."))
        return member

    def _refuse(self, frame: dict[str, Any], code: str, reason: str, findings: list[Any] | None = None) -> None:
        ref = frame.get("ref") if isinstance(frame.get("ref"), str) else None
        answer: dict[str, Any] = {"is": "refused", "ref": ref, "code": code, "reason": str(reason)}
        if findings:
            answer["findings"] = [vars(finding) for finding in findings]
        self._say(answer)

    def _say(self, answer: dict[str, Any]) -> None:
        self.offer(Frame(encode(answer)), self.seq)

    def _leave(self) -> None:
        if self.joined:
            self.joined = False
            hub().remove(self)

    async def _give_up(self, error: Exception) -> None:
        """Neither stored for certain nor refused: the client comes back and says it again with the same ref."""
        log.warning("database away", extra={"kind": type(error).__name__})
        await self._shut(TRY_AGAIN)

    async def _shut(self, code: int) -> None:
        """Close from inside: what the client did is no longer answered."""
        self.ended = True
        self._leave()
        await self._close_after_words(code)

    async def _close_after_words(self, code: int) -> None:
        if self.wire and code != TOO_SLOW:
            await self.wire.drain()
        if self.wire:
            self.wire.shut()
        await self._send({"type": "websocket.close", "code": code})


def _parse(text: str) -> dict[str, Any]:
    try:
        frame = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return frame if isinstance(frame, dict) else {}


def _uuid(value: object) -> str | None:
    try:
        return str(UUID(value)) if isinstance(value, str) else None
    except ValueError:
        return None
