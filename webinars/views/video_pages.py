"""Video in the browser: the page of a recording, and bringing one in that was made elsewhere. HTML only."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from community.core.errors import Missing
from community.core.policies import require
from webinars.attended import minutes_of
from webinars.captions import tracks_of, transcript_of
from webinars.crews import roles_of
from webinars.models import UploadState, Webinar
from webinars.operations.recording import may_upload
from webinars.playing import Player, has_own_video, own_player, permit_player, player_of
from webinars.policies import may_organise
from webinars.replay import replay_of
from webinars.stopping_places import place_in
from webinars.video_words import upload_words
from webinars.views.requests import WebinarRequest, webinar_or_missing
from webinars.watching import may_watch


def recording_page(request: WebinarRequest, webinar: Webinar) -> HttpResponse:
    """The page of a webinar that has ended: its recording, with chat and questions in step.

    `?t=83` begins at that second; else it begins where the member stopped. What was said in the room is for members.
    """
    require(may_watch(request.viewer, webinar))
    member = request.viewer.member
    replay = replay_of(webinar)
    place = place_in(webinar, member) if member else 0.0
    asked = asked_second(request)
    player = player_of_recording(webinar)
    roles = roles_of(member, webinar) if member else frozenset()
    tracks = tracks_of(webinar) if player.kind == "hls" else []
    context = {
        "webinar": webinar,
        "player": player,
        "tracks": tracks,
        "transcript": transcript_of(webinar, tracks[0]["language"]) if tracks else [],
        "replay": replay,
        "start": place if asked is None else min(asked, replay.duration or asked),
        "resumes": asked is None and place > 0,
        "speakers": list(webinar.speakers.all()),
        "may_upload": bool(may_organise(request.viewer, roles)),
        "is_crew": bool(roles),
        "attended": minutes_of(webinar, member) if member else None,
    }
    return permit_player(render(request, "webinars/recording.html", context), player)


def player_of_recording(webinar: Webinar) -> Player:
    """Our own video where there is any, also for webinars that ran on another service and were uploaded later."""
    if has_own_video(webinar):
        return own_player(webinar)
    player = player_of(webinar)
    is_there = player.kind == "frame" or (player.kind == "hls" and player.source == webinar.video_url)
    return player if is_there else Player("none")


def asked_second(request: WebinarRequest) -> float | None:
    """`?t=83` or `?t=83.5`; None for anything else."""
    text = request.GET.get("t", "")
    return float(text) if text.replace(".", "", 1).isdecimal() and len(text) < 9 else None


@require_safe
@login_required
def upload_page(request: WebinarRequest, slug: str) -> HttpResponse:
    """Bring in a recording that was made elsewhere."""
    webinar = webinar_or_missing(request, slug)
    roles = roles_of(request.user, webinar)
    if not roles and not may_organise(request.viewer, roles):
        raise Missing
    require(may_upload(webinar, request.user))
    on_its_way = webinar.uploads.filter(state__in=[UploadState.RECEIVING, UploadState.WORKING]).first()
    return render(request, "webinars/upload.html", {"webinar": webinar, "upload": on_its_way, "words": upload_words()})
