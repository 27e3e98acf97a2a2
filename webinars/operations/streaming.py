"""Keys with which programs such as OBS send video, and the answers to the media server that asks about them."""

import secrets
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from community.core import limits
from community.core.actors import SYSTEM, Actor
from community.core.audiences import viewer_of
from community.core.clock import now
from community.core.errors import Invalid
from community.core.events import record
from community.core.policies import Verdict, deny, require
from webinars.crews import roles_of
from webinars.models import StreamKey, VideoSource, Webinar
from webinars.policies import may_present
from webinars.streaming import digest_of, is_key, member_of_ticket, secret_in, webinar_at
from webinars.watchers import may_watch_now

#: Wrong keys from one address for one path; readers' requests are not counted, for there are thousands.
WRONG_KEYS = "10/minute"


@transaction.atomic
def make_stream_key(webinar: Webinar, *, by: Any) -> str:
    """A new key, told once and kept as a digest; the one before stops working at the next start."""
    require(may_present(viewer_of(by), roles_of(by, webinar)))
    if webinar.video_source != VideoSource.INGEST:
        raise Invalid(_("The video of this webinar comes from elsewhere."))
    key = secrets.token_urlsafe(24)
    fresh = {"digest": digest_of(key), "made_at": now(), "accepted_at": None, "protocol": ""}
    StreamKey.objects.update_or_create(webinar=webinar, defaults=fresh)
    record("webinars.stream_key.made", by=by, target=webinar)
    return key


@transaction.atomic
def revoke_stream_key(webinar: Webinar, *, by: Any) -> None:
    """No program can begin to send any more."""
    require(may_present(viewer_of(by), roles_of(by, webinar)))
    if StreamKey.objects.filter(webinar=webinar).delete()[0]:
        record("webinars.stream_key.revoked", by=by, target=webinar)


@transaction.atomic
def answer_media_server(asked: dict[str, str], *, by: Actor = SYSTEM) -> Verdict:
    """Whether the media server may let this client publish or read. Raises TooMany after too many wrong keys."""
    # no-require: the media server asks for a client, whose secret is the permission
    secret = secret_in(asked)
    if asked.get("action") == "read":
        return _may_read(asked.get("path", ""), secret)
    webinar = webinar_at(asked.get("path", ""))
    if asked.get("action") != "publish":
        return _no()
    key = f"{asked.get('ip', '')} {asked.get('path', '')}"
    if limits.left("webinars.stream", key, WRONG_KEYS) == 0:
        limits.spend("webinars.stream", key, WRONG_KEYS)
    stored = StreamKey.objects.select_for_update().filter(webinar=webinar).first() if webinar else None
    if not is_key(secret, stored.digest if stored else ""):
        if secret:  # a first call without any is how some programs begin
            limits.spend("webinars.stream", key, WRONG_KEYS)
        if webinar is not None and secret:
            record("webinars.stream.refused", by=by, target=webinar)
        return _no()
    return _accept(stored, asked, by)


def _may_read(path: str, ticket: str) -> Verdict:
    """A ticket opens while it is good and its member may watch."""
    name = path.removeprefix("live/")
    member = member_of_ticket(name, ticket)
    return Verdict(True) if member is not None and may_watch_now(name, member) else _no()


def _accept(stored: StreamKey | None, asked: dict[str, str], by: Actor) -> Verdict:
    if stored is None:
        return _no()
    protocol = asked.get("protocol", "")
    stored.accepted_at, stored.protocol = now(), protocol if protocol in {"rtmp", "webrtc", "srt", "rtsp"} else ""
    stored.save(update_fields=["accepted_at", "protocol"])
    record("webinars.stream.accepted", by=by, target=stored.webinar, protocol=stored.protocol or "other")
    return Verdict(True)


def _no() -> Verdict:
    return deny("no_right", _("This is not open to you."))
