"""Captions as players and organisers see them: which languages there are, and the cues of one."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count
from django.urls import reverse

from community.members.identifiers import language_name
from webinars.media.vtt import Cue, write_cues
from webinars.models import Caption, Webinar
from webinars.templatetags.video import clock

#: Lines of captions are joined to passages of about so many seconds, which read better than two words at a time.
PASSAGE_SECONDS = 20.0


def tracks_of(webinar: Webinar) -> list[dict[str, Any]]:
    """One track for each language: `language`, `label`, `url`, `count`; that of the webinar first."""
    rows = Caption.objects.filter(webinar=webinar).values("language").annotate(count=Count("pk")).order_by("language")
    tracks = [
        {
            **row,
            "label": language_name(row["language"]),
            "url": reverse("captions", args=[webinar.slug, row["language"]]),
            "text_url": reverse("transcript", args=[webinar.slug, row["language"]]),
        }
        for row in rows
    ]
    return sorted(tracks, key=lambda track: track["language"] != webinar.language)


def vtt_of(webinar: Webinar, language: str) -> str | None:
    """The captions of a language as WebVTT, or None where there are none."""
    cues = _cues(webinar, language)
    return write_cues(cues) if cues else None


def transcript_of(webinar: Webinar, language: str) -> list[Cue]:
    """What is said, in passages with their place in the recording."""
    return passages(_cues(webinar, language))


def text_of(webinar: Webinar, language: str) -> str | None:
    """The transcript as plain text, a paragraph for each passage with its time; None where there is none."""
    paragraphs = [f"[{clock(each.start)}] {each.text}" for each in transcript_of(webinar, language)]
    return "\n\n".join([webinar.title, *paragraphs]) + "\n" if paragraphs else None


def passages(cues: Iterable[Cue]) -> list[Cue]:
    """Cues that follow on each other as one, until about PASSAGE_SECONDS have gone and a sentence ends."""
    found: list[Cue] = []
    for cue in cues:
        last = found[-1] if found else None
        if last is None or _is_long(last) or cue.start - last.end > PASSAGE_SECONDS:
            found.append(cue)
        else:
            found[-1] = Cue(last.start, max(last.end, cue.end), f"{last.text} {cue.text}")
    return found


def _is_long(passage: Cue) -> bool:
    """Twice as long is long enough, also where nobody ends a sentence."""
    length = passage.end - passage.start
    return length >= 2 * PASSAGE_SECONDS or (length >= PASSAGE_SECONDS and passage.text.endswith((".", "?", "!", "؟")))


def _cues(webinar: Webinar, language: str) -> list[Cue]:
    rows = Caption.objects.filter(webinar=webinar, language=language).order_by("media_from", "pk")
    return [Cue(*row) for row in rows.values_list("media_from", "media_to", "text")]
