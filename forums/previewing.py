"""How words will look and what the guard says to them, before anything is stored."""

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from community.core.limits import spend
from community.core.screening import Finding, Level
from community.core.text import render
from forums.showing import shown
from forums.writing import Words, screened

PREVIEWS = "120/hour"


@dataclass(frozen=True)
class Preview:
    body: SafeString
    outcome: Level
    findings: list[Finding]


def preview(words: Words, *, by: Any) -> Preview:
    """Render with the renderer that publishes; raises Refused when the guard cannot answer, and TooMany."""
    spend("forums.preview", by.pk, PREVIEWS)
    screening = screened(words)
    return Preview(shown(render(words.source).html), screening.outcome, screening.findings)
