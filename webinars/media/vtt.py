"""WebVTT (W3C), as far as captions need it: reading the cues of a file, and writing them from rows."""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

CONTENT_TYPE = "text/vtt; charset=utf-8"
TIME = re.compile(r"(?:(\d{1,3}):)?([0-5]\d):([0-5]\d)[.,](\d{3})\Z")
TAG = re.compile(r"<[^>]*>")
ARROW = "-->"


class BadCaptions(ValueError):
    """The file is no WebVTT. `line` counts from 1."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line}")
        self.line = line


@dataclass(frozen=True)
class Cue:
    """Words under the picture from `start` to `end`, in seconds."""

    start: float
    end: float
    text: str


def read_cues(text: str) -> list[Cue]:
    """The cues of a file in its order, without markup. Raises BadCaptions; notes, styles and regions are left out."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not re.match(r"WEBVTT(\s|\Z)", lines[0]):
        raise BadCaptions(1)
    return list(_cues(lines))


def _cues(lines: list[str]) -> Iterator[Cue]:
    number = 0
    while number < len(lines):
        if ARROW not in lines[number]:
            number += 1
            continue
        start, end = _times(lines[number], number + 1)
        words: list[str] = []
        while number + 1 < len(lines) and lines[number + 1].strip():
            number += 1
            words.append(lines[number])
        number += 1
        said = " ".join(html.unescape(TAG.sub("", " ".join(words))).split())
        if said:
            yield Cue(start, end, said)


def _times(line: str, number: int) -> tuple[float, float]:
    first, _arrow, rest = line.partition(ARROW)
    last = rest.split()[0] if rest.split() else ""
    start, end = (_seconds(text) for text in (first.strip(), last))
    if start is None or end is None or end <= start:
        raise BadCaptions(number)
    return start, end


def _seconds(text: str) -> float | None:
    match = TIME.match(text)
    if match is None:
        return None
    hours, minutes, seconds, thousandths = (int(part or 0) for part in match.groups())
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000


def write_cues(cues: Iterable[Cue]) -> str:
    """The cues as a file, each on one line; what could be taken for markup is text."""
    blocks = [_block(cue, " ".join(cue.text.split())) for cue in cues]
    return "\n".join(["WEBVTT\n", *blocks])


def _block(cue: Cue, text: str) -> str:
    return f"{_clock(cue.start)} {ARROW} {_clock(cue.end)}\n{html.escape(text, quote=False)}\n"


def _clock(seconds: float) -> str:
    thousandths = round(seconds * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{rest // 1000:02}.{rest % 1000:03}"
