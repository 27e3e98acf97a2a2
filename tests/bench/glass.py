"""`manage.py bench glass [seconds=60] [reload=0]`: from the presenter's camera to the attendee's screen, in browsers.

The camera shows the wall clock as black and white fields, and the microphone gives a tone at each of its seconds. The
age of the picture is read off the attendee's player four times a second; afterwards picture and sound of the recording
are compared. With `reload=1` the presenter's page is loaded anew in the middle. Times in seconds.
"""

import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

import m3u8
from imageio_ffmpeg import get_ffmpeg_exe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.bench.site import Site, load
from tests.bench.video import PORT, WEBINAR, ask, spread
from tests.journeys.browsing import FLAGS, PATIENCE, chromium

COLUMNS, ROWS, FIELD = 8, 4, 8  # FIELD: pixels of one field in the frames that are looked at
FRAMES, SAMPLES = 4, 8000  # a second, looked at in the recording
WRAP = 2**24  # ms, after which the clock in the picture begins again
CLOCK = Path(__file__).with_name("glass_clock.js")
FRAME_NOW = """video => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 64, height: 32 });
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.drawImage(video, 0, 0, 64, 32);
  const { data } = context.getImageData(0, 0, 64, 32);
  const levels = [];
  for (let row = 0; row < 4; row++) for (let column = 0; column < 8; column++) {
    levels.push(data[((row * 8 + 4) * 64 + column * 8 + 4) * 4]);
  }
  return { levels, now: Date.now(), paused: video.paused };
}"""


def run(seconds: str = "60", reload: str = "0") -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        try:
            return {
                "seconds": int(seconds),
                "load_before": load(),
                **_measure(browser, Path(folder), int(seconds), reload),
            }
        finally:
            browser.close()


def _measure(browser: Browser, folder: Path, seconds: int, reload: str) -> dict[str, Any]:
    site = Site(folder / "data", origin=f"http://localhost:{PORT}")
    site.folder.mkdir()
    site.prepare(0)
    site.manage("collectstatic", "--no-input", "--verbosity", "0")
    stage = ask(site, "stage", WEBINAR, "scheduled")
    site.serve(PORT)
    try:
        presenter, attendee = (_page(browser, site, stage[name]) for name in ("presenter", "viewer"))
        presenter.add_init_script(path=CLOCK)
        _go_live(presenter)
        ages = _watch(presenter, attendee, seconds, reload == "1")
        _end(presenter)
        time.sleep(3)
        recording = _recording(site, stage["viewer"], folder)
    finally:
        site.stop(PORT)
    return {
        "glass_to_glass": spread(ages),
        "looks_without_a_picture": round(1 - len(ages) / max(1, seconds * 4), 3),
        "recording": _together(recording),
        "error_traces": site.traces(),
        "load_after": load(),
    }


# --- The browsers ----------------------------------------------------------------------------------------------


def _page(browser: Browser, site: Site, session: str) -> Page:
    context = browser.new_context(base_url=site.origin, viewport={"width": 1000, "height": 800})
    context.add_cookies([{"name": "sessionid", "value": session, "url": site.origin}])
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    return page


def _go_live(page: Page) -> None:
    page.goto(f"/webinars/{WEBINAR}/golive/")
    page.get_by_role("button", name="Use camera and microphone").click()
    expect(page.locator("go-live")).to_have_attribute("phase", "ready", timeout=PATIENCE)
    page.get_by_label("Picture", exact=True).select_option("low")
    page.get_by_role("button", name="Go live", exact=True).click()
    expect(page.locator("go-live")).to_have_attribute("phase", "live", timeout=PATIENCE)


def _end(page: Page) -> None:
    page.get_by_role("button", name="End", exact=True).click()
    page.get_by_role("button", name="End now").click()
    expect(page.locator("go-live")).to_have_attribute("phase", "ended", timeout=PATIENCE)


def _watch(presenter: Page, attendee: Page, seconds: int, reload: bool) -> list[float]:
    """How old the picture on the attendee's screen was, at each look that showed one that moves."""
    attendee.goto(f"/webinars/{WEBINAR}/")
    video = attendee.locator("room-player video")
    video.evaluate("video => { video.muted = true; video.play().catch(() => {}); }")
    ages: list[float] = []
    begin = time.monotonic()
    while time.monotonic() - begin < seconds:
        if reload and time.monotonic() - begin > seconds / 2:
            reload = False
            _go_live(presenter)
        seen = video.evaluate(FRAME_NOW)
        shown = clock_of(seen["levels"])
        if shown is not None and not seen["paused"]:
            ages.append((seen["now"] - shown) % WRAP / 1000)
        attendee.wait_for_timeout(250)
    return ages


def clock_of(levels: list[int]) -> int | None:
    """The time in ms (of WRAP) that 32 fields say, or None where the check does not agree."""
    bits = [level > 127 for level in levels]
    value, check = (sum(bit << place for place, bit in enumerate(part)) for part in (bits[:24], bits[24:]))
    return value if check == (value & 255) ^ (value >> 8 & 255) ^ (value >> 16) ^ 0xA5 else None


# --- The recording ---------------------------------------------------------------------------------------------


def _recording(site: Site, session: str, folder: Path) -> Path:
    """All segments of the main rendition behind one another; a take of its own begins with its own header."""

    def get(address: str) -> bytes:
        cookie = {"Cookie": f"sessionid={session}"}
        request = urllib.request.Request(f"{site.origin}{address}", headers=cookie)  # noqa: S310 - our own server
        with urllib.request.urlopen(request, timeout=20) as response:  # noqa: S310
            return bytes(response.read())

    playlist = m3u8.loads(get(f"/webinars/{WEBINAR}/video/main.m3u8").decode())
    takes: dict[str, Path] = {}
    for segment in playlist.segments:
        header = segment.init_section.uri
        if header not in takes:
            takes[header] = folder / f"take-{len(takes)}.mp4"
            takes[header].write_bytes(get(header))
        with takes[header].open("ab") as file:
            file.write(get(segment.uri))
    listing = folder / "takes.txt"
    listing.write_text("".join(f"file '{path}'\n" for path in takes.values()))
    return listing


def _together(listing: Path) -> dict[str, Any]:
    """How far sound and picture are apart, how much that changes, and what the clock in the picture leaps over."""
    apart: list[tuple[float, float]] = []
    leaps: list[float] = []
    length = 0.0
    takes = [Path(line.split("'")[1]) for line in listing.read_text().splitlines()]
    last: float | None = None
    for take in takes:
        shown = list(_shown(take))
        length += shown[-1][0] if shown else 0
        walls = [wall for _at, wall in shown]
        leaps += [b - a for a, b in pairwise(([last] if last is not None else []) + walls) if b - a > 1]
        last = walls[-1] if walls else last
        if shown:
            # Where the picture says second S, and where its tone begins.
            offset = median(wall - at for at, wall in shown[: 4 * FRAMES])
            apart += [(at, _to_the_second(at + offset)) for at in _tones(take)]
    minute = [gap for at, gap in apart if at < 60], [gap for at, gap in apart if at > apart[-1][0] - 60]
    return {
        "takes": len(takes),
        "seconds_with_a_clock": round(length, 1),
        "leaps_of_the_clock": [round(leap, 2) for leap in leaps],
        "sound_behind_picture": spread([gap for _at, gap in apart]),
        "drift": round(median(minute[1]) - median(minute[0]), 3) if all(minute) else None,
    }


def _shown(take: Path) -> Iterator[tuple[float, float]]:
    """(second of the recording, second of the clock) of the frames whose check agrees."""
    width, height = COLUMNS * FIELD, ROWS * FIELD
    scale = f"fps={FRAMES}:round=down,scale={width}:{height}:flags=area,format=gray"
    raw = _decoded(take, "-an", "-vf", scale, "-f", "rawvideo")
    for number in range(len(raw) // (width * height)):
        frame = raw[number * width * height : (number + 1) * width * height]
        middles = [
            frame[(row * FIELD + FIELD // 2) * width + column * FIELD + FIELD // 2]
            for row in range(ROWS)
            for column in range(COLUMNS)
        ]
        clock = clock_of(middles)
        if clock is not None:
            yield number / FRAMES, clock / 1000


def _tones(take: Path) -> Iterator[float]:
    """The seconds at which a tone begins, to 5 ms."""
    raw = memoryview(_decoded(take, "-vn", "-ac", "1", "-ar", str(SAMPLES), "-f", "s16le")).cast("h")
    step, quiet_until = SAMPLES // 200, 0.0
    for start in range(0, len(raw), step):
        at = start / SAMPLES
        if at >= quiet_until and max(map(abs, raw[start : start + step])) > 3000:
            yield at
            quiet_until = at + 0.5


def _decoded(take: Path, *options: str) -> bytes:
    command = [get_ffmpeg_exe(), "-v", "error", "-i", str(take), *options, "-"]
    return subprocess.run(command, check=True, capture_output=True, stdin=subprocess.DEVNULL).stdout


def _to_the_second(clock: float) -> float:
    """How far this is behind (or, below 0, before) the nearest whole second."""
    return (clock + 0.5) % 1 - 0.5
