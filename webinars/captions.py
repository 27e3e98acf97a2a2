"""Captions as players and organisers see them: which languages there are, and the cues of one."""

from typing import Any

from django.db.models import Count
from django.urls import reverse

from community.members.identifiers import language_name
from webinars.media.vtt import Cue, write_cues
from webinars.models import Caption, Webinar


def tracks_of(webinar: Webinar) -> list[dict[str, Any]]:
    """One track for each language: `language`, `label`, `url`, `count`; that of the webinar first."""
    rows = Caption.objects.filter(webinar=webinar).values("language").annotate(count=Count("pk")).order_by("language")
    tracks = [
        {
            **row,
            "label": language_name(row["language"]),
            "url": reverse("captions", args=[webinar.slug, row["language"]]),
        }
        for row in rows
    ]
    return sorted(tracks, key=lambda track: track["language"] != webinar.language)


def vtt_of(webinar: Webinar, language: str) -> str | None:
    """The captions of a language as WebVTT, or None where there are none."""
    rows = Caption.objects.filter(webinar=webinar, language=language).order_by("media_from", "pk")
    cues = [Cue(*row) for row in rows.values_list("media_from", "media_to", "text")]
    return write_cues(cues) if cues else None
