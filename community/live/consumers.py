"""The socket of one topic. It only translates: frames in become commands, entries of the hub become frames out."""

import asyncio
import json
from typing import Any, ClassVar
from uuid import UUID

from channels.generic.websocket import AsyncWebsocketConsumer
from django.utils.translation import gettext as _
from pydantic import ValidationError

from community.core.audiences import viewer_of
from community.core.errors import Boundary, Refused
from community.live import queries
from community.live.authentication import member_of_session
from community.live.buckets import Bucket
from community.live.hub import hub
from community.live.registry import TopicAccess, access, find_command, log_of
from community.live.threads import in_database

NOT_SIGNED_IN, NO_RIGHT, TOO_SLOW, FLOODING, TOO_BIG, UNSUPPORTED = 4401, 4403, 4408, 4429, 1009, 1003
MAX_FRAME = 16 * 1024
QUEUE = 256
PER_MEMBER = 12


class TopicConsumer(AsyncWebsocketConsumer):  # type: ignore[misc]
    """Speaks the room protocol: join, commands with a ref, events without gap or repeat."""

    open_by_member: ClassVar[dict[int, int]] = {}
    kind = ""  # what a route of its own stands for, such as "room"

    async def connect(self) -> None:
        self.kind = self.scope["url_route"]["kwargs"].get("kind", self.kind)
        self.key = self.scope["url_route"]["kwargs"]["key"]
        self.member = self.scope["member"]
        self.topic, self.seq, self.joined, self.writer = "", 0, False, None
        self.bucket = Bucket(size=40, rate=10)
        await self.accept()
        if self.member is None:
            return await self._shut(NOT_SIGNED_IN)
        self.member_id = self.member.pk
        self.open_by_member[self.member_id] = self.open_by_member.get(self.member_id, 0) + 1
        if self.open_by_member[self.member_id] > PER_MEMBER:
            return await self._shut(FLOODING)
        self.queue: asyncio.Queue[str] = asyncio.Queue(QUEUE)
        self.writer = asyncio.create_task(self._write())

    async def disconnect(self, code: int) -> None:
        if self.joined:
            hub().remove(self)
        if self.writer:
            self.writer.cancel()
        if self.member is not None:
            self.open_by_member[self.member_id] -= 1
            if not self.open_by_member[self.member_id]:
                del self.open_by_member[self.member_id]

    async def dispatch(self, message: dict[str, Any]) -> None:
        """Without the hop to Channels' database thread that its own dispatch makes for every frame."""
        handler = getattr(self, message["type"].replace(".", "_"), None)
        if handler:
            await handler(message)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        if self.member is None:
            return
        if text_data is None:
            return await self._shut(UNSUPPORTED)
        if len(text_data) > MAX_FRAME:
            return await self._shut(TOO_BIG)
        if not self.bucket.take():
            return await self._shut(FLOODING)
        frame = _parse(text_data)
        if frame.get("do") == "join":
            await self._join(frame)
        else:
            await self._command(frame)

    # --- What the hub calls ---

    def offer(self, frame: str, seq: int) -> None:
        """Queue a frame; a reader that lets 256 of them pile up is asked to come back with its place."""
        try:
            self.queue.put_nowait(frame)
            self.seq = max(self.seq, seq)
        except asyncio.QueueFull:
            self._end(TOO_SLOW)

    async def check_right(self) -> None:
        """End the socket when the session, the account or the right to the topic has ended."""
        right = await in_database(_right, self.scope["session_key"], self.kind, self.key)
        if right is None:
            self._end(NOT_SIGNED_IN)
        elif right[1] is None:
            self._end(NO_RIGHT)

    # --- Inside ---

    async def _join(self, frame: dict[str, Any]) -> None:
        since, epoch = frame.get("since"), frame.get("epoch")
        if since is not None and (not isinstance(since, int) or isinstance(since, bool) or since < 0):
            return self._refuse(frame, "invalid", _("since must be a number"))
        if self.joined:
            return self._refuse(frame, "invalid", _("already joined"))
        right = await in_database(_right, self.scope["session_key"], self.kind, self.key)
        if right is None:
            return await self._shut(NOT_SIGNED_IN)
        granted = right[1]
        if granted is None:
            return await self._shut(NO_RIGHT)
        page = await in_database(
            log_of(granted.topic).page_for, granted.topic, since, epoch if isinstance(epoch, str) else None
        )
        self._enter(granted, page)

    def _enter(self, granted: TopicAccess, page: queries.Page) -> None:
        if page.is_gap:
            return self._say({"is": "resync", "seq": page.seq})
        self.topic, self.joined = granted.topic, True
        events = page.events
        hello = {"is": "joined", "epoch": page.epoch, "seq": page.seq, "events": events, "may": list(granted.may)}
        self._say({**hello, "you": granted.you, "present": hub().present(self.topic) + 1})
        self.seq = page.seq
        hub().add(self, page.seq)

    async def _command(self, frame: dict[str, Any]) -> None:
        known = find_command(str(frame.get("do")))
        ref = _uuid(frame.get("ref"))
        if not self.joined or known is None or ref is None:
            return self._refuse(frame, "invalid", _("join first, then send a known command with a ref (a UUID)"))
        schema, handler = known
        try:
            data = schema.model_validate({k: v for k, v in frame.items() if k not in {"do", "ref"}})
            answer = await in_database(self._run, handler, data, ref)
        except ValidationError:
            return self._refuse(frame, "invalid", _("that command has other fields"))
        except Boundary as error:
            return self._refuse(frame, error.code, error.reason, getattr(error, "findings", []))
        self._say({"is": "ack", "ref": frame["ref"], **answer})

    def _run(self, handler: Any, data: Any, ref: str) -> dict[str, Any]:
        """Everything about the right is asked again at each command, however long the socket has been open."""
        right = _right(self.scope["session_key"], self.kind, self.key)
        if right is None:
            raise Refused("not_signed_in", _("Your session has ended. Please sign in again."))
        member, granted = right
        if granted is None:
            raise Refused("no_right", _("You may no longer write here."))
        return dict(handler(member, self.key, data, ref))

    def _refuse(self, frame: dict[str, Any], code: str, reason: str, findings: list[Any] | None = None) -> None:
        ref = frame.get("ref") if isinstance(frame.get("ref"), str) else None
        answer: dict[str, Any] = {"is": "refused", "ref": ref, "code": code, "reason": str(reason)}
        if findings:
            answer["findings"] = [vars(finding) for finding in findings]
        self._say(answer)

    def _say(self, answer: dict[str, Any]) -> None:
        self.offer(json.dumps(answer), self.seq)

    async def _shut(self, code: int) -> None:
        await self.close(code)

    def _end(self, code: int) -> None:
        if self.joined:
            hub().remove(self)
            self.joined = False
        self.ending = asyncio.create_task(self._shut(code))

    async def _write(self) -> None:
        while True:
            await self.send(text_data=await self.queue.get())


def _right(session_key: str, kind: str, key: str) -> tuple[Any, TopicAccess | None] | None:
    """None without a living session, else the member and the access to the topic."""
    member = member_of_session(session_key)
    if member is None:
        return None
    return member, access(kind, key, viewer_of(member))


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
