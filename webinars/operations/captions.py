"""Captions: lines under the picture that an organiser brings as a WebVTT file, looked at like all words here."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from community.core.errors import Invalid, Missing
from community.core.events import record
from community.core.screening import screen_words
from webinars.access import webinar_to_plan
from webinars.media.vtt import BadCaptions, Cue, read_cues
from webinars.models import Caption, Cut, Webinar
from webinars.templatetags.video import clock

SURFACE = "transcript"
LARGEST = 2 * 1024 * 1024
LONGEST_CUE = 300
MOST_CUES = 20_000
READ_TOGETHER = 40  # cues that the guard sees at a time: enough to know a story by
TOLD = 5


@transaction.atomic
def import_captions(webinar: Webinar, *, by: Any, language: str, content: bytes) -> int:
    """Put the captions of a language in the place of those before; how many there are.

    Raises Invalid where the file is no WebVTT or something in it could point to a patient, with the moments. What
    lies in a stretch that was cut out is left out.
    """
    _viewer, webinar = webinar_to_plan(by, webinar.pk)
    cues = _read(content)
    _check_words(cues)
    cut = list(Cut.objects.filter(broadcast__webinar=webinar).values_list("media_from", "media_to"))
    kept = [cue for cue in cues if not any(cue.start < end and cue.end > start for start, end in cut)]
    Caption.objects.filter(webinar=webinar, language=language).delete()
    rows = [Caption(webinar=webinar, language=language, media_from=c.start, media_to=c.end, text=c.text) for c in kept]
    Caption.objects.bulk_create(rows, batch_size=1000)
    record("webinars.captions.imported", by=by, target=webinar, language=language, lines=len(kept))
    return len(kept)


@transaction.atomic
def remove_captions(webinar: Webinar, *, by: Any, language: str) -> None:
    """Take the captions of a language away."""
    _viewer, webinar = webinar_to_plan(by, webinar.pk)
    if not Caption.objects.filter(webinar=webinar, language=language).delete()[0]:
        raise Missing
    record("webinars.captions.removed", by=by, target=webinar, language=language)


def _read(content: bytes) -> list[Cue]:
    if len(content) > LARGEST:
        raise Invalid({"file": [_("This file is too large: at most 2 MB.")]})
    try:
        cues = read_cues(content.decode("utf-8"))
    except UnicodeDecodeError:
        raise Invalid({"file": [_("This file is not written in UTF-8.")]}) from None
    except BadCaptions as error:
        raise Invalid({"file": [_("This is no WebVTT file: see line %(line)d.") % {"line": error.line}]}) from None
    if not cues or len(cues) > MOST_CUES:
        raise Invalid({"file": [_("A file of captions holds 1 to 20,000 of them.")]})
    for cue in cues:
        if len(cue.text) > LONGEST_CUE:
            raise Invalid({"file": [_("The caption at %(place)s is too long.") % {"place": clock(cue.start)}]})
    return cues


def _check_words(cues: Sequence[Cue]) -> None:
    """Nobody reads captions before others do: what a person should look at is refused as well, with its moments."""
    places: list[str] = []
    for first in range(0, len(cues), READ_TOGETHER):
        places += _found(cues[first : first + READ_TOGETHER])
    if places:
        told = ", ".join(places[:TOLD]) + (" …" if len(places) > TOLD else "")
        raise Invalid(
            {"file": [_("Please look again at %(places)s: this could identify a patient.") % {"places": told}]}
        )


def _found(cues: Sequence[Cue]) -> list[str]:
    """Where in these cues the guard found something."""
    screening = screen_words(SURFACE, text="\n".join(cue.text for cue in cues))
    if screening.outcome not in {"hold", "block"}:
        return []
    starts, at = [], 0
    for cue in cues:
        starts.append(at)
        at += len(cue.text) + 1
    found = [max(n for n, start in enumerate(starts) if start <= each.start) for each in screening.findings]
    return [clock(cues[n].start) for n in dict.fromkeys(found or [0])]
