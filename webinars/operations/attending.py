"""Writes down who attended: stretches of the live hour, and of its recording. No event: the rows are the record."""

import time
from collections import defaultdict
from collections.abc import Collection
from typing import Any

from django.core.cache import caches
from django.db import transaction

from community.core.actors import SYSTEM, Actor
from community.core.clock import now
from community.live.stays import Stay
from community.members.models import Member
from webinars.models import AttendanceInterval, Progress, Webinar
from webinars.stretches import Stretch, merged, within

LIVE, REPLAY = AttendanceInterval.Source.LIVE, AttendanceInterval.Source.REPLAY
# Stretches that are so little apart, in seconds, are one: a line that tore, a page loaded anew.
TOUCHING = 5.0
# A page without sockets asks every few seconds, without JavaScript every 45; whoever is silent for longer has left.
WRITTEN_EVERY, SILENT_FOR = 40.0, 90.0
# A recording is watched at most twice as fast; the page tells its place every ten seconds.
FASTEST, LONGEST_STEP = 2.0, 120.0


def note_stays(topic: str, stays: Collection[Stay]) -> None:
    """What the hub of a process tells once a minute, for the room of a webinar."""
    webinar = Webinar.objects.filter(slug=topic.partition(":")[2]).first()
    if webinar is not None:
        note_live(webinar, stays, by=SYSTEM)


def beat(webinar: Webinar, member: Any) -> None:
    """A visit to the room over HTTP: what lies between two of them counts, and is written at most every 40 s."""
    cache, key, moment = caches["process"], f"webinars.beat:{webinar.pk}:{member.pk}", time.time()
    last = cache.get(key)
    if last is None:
        cache.set(key, moment, SILENT_FOR)
    elif moment - last >= WRITTEN_EVERY:
        cache.set(key, moment, SILENT_FOR)
        note_live(webinar, [Stay(member.pk, last, moment)], by=SYSTEM)


@transaction.atomic
def note_live(webinar: Webinar, stays: Collection[Stay], *, by: Actor) -> None:
    """Add these stays, as far as the webinar was live; those that touch what is known make it longer."""
    # no-require: whoever stayed had the right to; no-record: the rows are the record
    found = _live_stretches(webinar, stays)
    if not found:
        return
    rows = AttendanceInterval.objects.select_for_update().filter(webinar=webinar, source=LIVE, member__in=found)
    first = min(stretch[0] for stretches in found.values() for stretch in stretches)
    known = {row.member_id: row for row in rows.filter(media_to__gte=first - TOUCHING).order_by("media_to")}
    changed, fresh = [], []
    for member in Member.objects.filter(pk__in=found, is_active=True).values_list("pk", flat=True):
        for start, end in found[member]:
            row = known.get(member)
            if row and start <= row.media_to + TOUCHING and end >= row.media_from - TOUCHING:
                row.media_from, row.media_to, row.at = min(start, row.media_from), max(end, row.media_to), now()
                changed += [row] if row.pk else []
            else:
                known[member] = row = _row(webinar, member, LIVE, (start, end))
                fresh.append(row)
    AttendanceInterval.objects.bulk_update(changed, ["media_from", "media_to", "at"], batch_size=500)
    AttendanceInterval.objects.bulk_create(fresh, batch_size=500)


@transaction.atomic
def note_replay(webinar: Webinar, *, by: Any, before: Progress | None, seconds: float) -> None:
    """Between the place `before` and this one, in seconds of the recording, the member watched, if time allows it."""
    # no-require: the caller has asked; no-record: the rows are the record
    elapsed = (now() - before.at).total_seconds() if before else 0.0
    if before is None or elapsed > LONGEST_STEP or not 0 < seconds - before.seconds <= FASTEST * elapsed + 1:
        return
    start = before.seconds
    rows = AttendanceInterval.objects.select_for_update().filter(webinar=webinar, member=by, source=REPLAY)
    known = rows.filter(media_from__lte=start, media_to__gte=start - 1).order_by("-media_to").first()
    if known is None:
        _row(webinar, by.pk, REPLAY, (start, seconds)).save()
    elif seconds > known.media_to:
        known.media_to, known.at = seconds, now()
        known.save(update_fields=["media_to", "at"])


def _live_stretches(webinar: Webinar, stays: Collection[Stay]) -> dict[int, list[Stretch]]:
    """Member → seconds since the start of the webinar, joined over all their devices."""
    if webinar.started_at is None:
        return {}
    began = webinar.started_at.timestamp()
    lasted = (webinar.ended_at or now()).timestamp() - began
    by_member: dict[int, list[Stretch]] = defaultdict(list)
    for stay in stays:
        by_member[stay.member].append((stay.since - began, stay.until - began))
    cut = {member: merged(within(found, 0.0, lasted), TOUCHING) for member, found in by_member.items()}
    return {member: found for member, found in cut.items() if found}


def _row(webinar: Webinar, member: int, source: AttendanceInterval.Source, stretch: Stretch) -> AttendanceInterval:
    start, end = stretch
    return AttendanceInterval(webinar=webinar, member_id=member, source=source, media_from=start, media_to=end)
