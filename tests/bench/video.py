"""`manage.py bench video [seconds=60] [path=mp4|webm|both] [drop=0] [kill=0]`: one live webinar on one web process.

A file is pushed in real time through the ingest socket, as a recorder would: each piece when it has happened. A
viewer asks for the playlist every second and fetches each new segment. `drop` seconds without network begin in the
middle; with `kill=1` the web process is killed then and started anew. Processor in parts of one core.
"""

import asyncio
import json
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from statistics import quantiles
from typing import Any

import m3u8
from imageio_ffmpeg import get_ffmpeg_exe
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from community.live.ingest import join
from tests.bench.site import ROOT, TICKS, Site, load
from webinars.media.boxes import boxes_in
from webinars.media.webm import ClusterFinder

PORT = 8524
WEBINAR = "bench-video"
PICTURE = ["-f", "lavfi", "-i", "testsrc2=s=1280x720:r=24", "-f", "lavfi", "-i", "sine=440:r=48000"]
MAKERS = {
    "mp4": [
        *("-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency", "-pix_fmt", "yuv420p", "-g", "24"),
        *("-b:v", "1500k", "-maxrate", "1500k", "-bufsize", "1500k", "-c:a", "aac", "-b:a", "96k"),
        *("-movflags", "frag_keyframe+empty_moov+default_base_moof", "-f", "mp4"),
    ],
    "webm": [
        *("-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "12", "-g", "24", "-b:v", "1500k"),
        *("-c:a", "libopus", "-b:a", "64k", "-cluster_time_limit", "1000", "-f", "webm"),
    ],
}


def run(seconds: str = "60", path: str = "both", drop: str = "0", kill: str = "0") -> dict[str, Any]:
    """Figures for each path. Times in seconds."""
    kinds = ["mp4", "webm"] if path == "both" else [path]
    figures: dict[str, Any] = {"seconds": int(seconds), "drop": int(drop), "load_before": load()}
    for kind in kinds:
        with tempfile.TemporaryDirectory() as folder:
            figures[kind] = _measure(Path(folder), kind, int(seconds), int(drop), kill == "1")
    return {**figures, "load_after": load()}


@dataclass
class Piece:
    """What a recorder gives at one moment: bytes, and how many seconds after its start."""

    at: float
    data: bytes


@dataclass
class Seen:
    """What presenter and viewer went through."""

    acks: list[float] = field(default_factory=list)
    listed: list[float] = field(default_factory=list)
    sent: int = 0
    drops: int = 0
    recovered: float | None = None
    fetched: int = 0


def _measure(folder: Path, kind: str, seconds: int, drop: int, kill: bool) -> dict[str, Any]:
    pieces = list(_pieces(_source(folder, kind, seconds), kind, seconds))
    site = Site(folder / "data", origin=f"http://localhost:{PORT}")
    site.folder.mkdir()
    site.prepare(0)
    stage = ask(site, "stage", WEBINAR)
    site.serve(PORT)
    try:
        before, began = _cost(site), time.monotonic()
        seen, peak = asyncio.run(_conduct(site, stage, pieces, drop, kill))
        after, elapsed = _cost(site), time.monotonic() - began
        playable = _until_playable(stage["viewer"], float(ask(site, "finish", WEBINAR)))
    finally:
        site.stop(PORT)
    recorded = ask(site, "recorded", WEBINAR)
    return {
        "source_bytes": sum(len(piece.data) for piece in pieces),
        "recorded": recorded,
        "lost_seconds": round(seconds - (recorded["seconds"] or 0), 2),
        "ack": spread(seen.acks),
        "capture_to_listed": spread(seen.listed),
        "glass_to_glass_estimate": spread([each + 2 for each in seen.listed]),
        "ended_to_playable_from_the_start": playable,
        "recovered_after_drop": seen.recovered,
        "reconnections": seen.drops,
        "cpu_web": None if kill else round((after["web"] - before["web"]) / elapsed, 3),
        "cpu_ffmpeg": round(peak["cpu_ffmpeg"] / elapsed, 3),
        "rss_web_mb": {"before": before["rss"], "after": after["rss"]},
        "rss_ffmpeg_mb": peak["rss_ffmpeg"],
        "error_traces": site.traces(),
    }


# --- The source ------------------------------------------------------------------------------------------------


def _source(folder: Path, kind: str, seconds: int) -> bytes:
    path = folder / f"source.{kind}"
    command = [get_ffmpeg_exe(), "-v", "error", *PICTURE, "-t", str(seconds), *MAKERS[kind], str(path)]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    return path.read_bytes()


def _pieces(data: bytes, kind: str, seconds: int) -> Iterator[Piece]:
    """MP4 comes a group of pictures at a time, as Chromium flushes it; WebM a cluster at a time."""
    cuts = [box.end for box in boxes_in_all(data) if box.kind == b"mdat"] if kind == "mp4" else _clusters(data)
    cuts[-1] = len(data)
    start = 0
    for index, end in enumerate(cuts, 1):
        yield Piece(seconds * index / len(cuts), data[start:end])
        start = end


def boxes_in_all(data: bytes) -> Iterator[Any]:
    at = 0
    while at < len(data):
        box = next(iter(boxes_in(data, at, at + int.from_bytes(data[at : at + 4], "big"))))
        yield box
        at = box.end


def _clusters(data: bytes) -> list[int]:
    return [*[cluster.offset for cluster in ClusterFinder().feed(data)][1:], len(data)]


# --- Presenter and viewer --------------------------------------------------------------------------------------


async def _conduct(
    site: Site, stage: dict[str, str], pieces: list[Piece], drop: int, kill: bool
) -> tuple[Seen, dict[str, float]]:
    seen, peak = Seen(), {"cpu_ffmpeg": 0.0, "rss_ffmpeg": 0.0}
    watching = asyncio.create_task(_watch(stage["viewer"], seen))
    looking = asyncio.create_task(_look(site, peak))
    await Presenter(site, stage, pieces, drop, kill, seen).work()
    await asyncio.sleep(3)
    watching.cancel()
    looking.cancel()
    return seen, peak


class Presenter:
    """Keeps what is not acknowledged, and sends it again on the next socket."""

    def __init__(
        self, site: Site, stage: dict[str, str], pieces: list[Piece], drop: int, kill: bool, seen: Seen
    ) -> None:
        self.site, self.stage, self.pieces, self.drop, self.kill, self.seen = site, stage, pieces, drop, kill, seen
        self.acked = -1
        self.sent_at: dict[int, float] = {}
        self.is_dropped = False

    async def work(self) -> None:
        self.start, self.wall = time.monotonic(), time.time()
        middle = self.pieces[-1].at / 2
        while self.acked < len(self.pieces) - 1:
            try:
                async with self._line() as line:
                    await self._session(line, middle)
            except (ConnectionClosed, OSError):
                self.seen.drops += 1
                await asyncio.sleep(0.5)
        async with self._line() as line:
            await line.recv()
            await line.send(json.dumps({"do": "take.end", "take": 1}))
            await line.recv()

    def _line(self) -> Any:
        cookie = {"Cookie": f"sessionid={self.stage['presenter']}"}
        address = f"ws://127.0.0.1:{PORT}/ws/ingest/{self.stage['session']}/"
        return connect(address, origin=self.site.origin, additional_headers=cookie, compression=None, max_queue=256)  # type: ignore[arg-type]

    async def _session(self, line: ClientConnection, middle: float) -> None:
        hello = json.loads(await line.recv())
        if hello["take"] is None:
            await line.send(json.dumps({"do": "take.start", "started_at": int(self.wall * 1000)}))
            await line.recv()
        else:
            self.acked = -1 if hello["take"]["acked"] is None else hello["take"]["acked"]
        hearing = asyncio.create_task(self._hear(line))
        try:
            await self._send(line, middle, hello["window"])
        finally:
            hearing.cancel()

    async def _send(self, line: ClientConnection, middle: float, window: int) -> None:
        following = self.acked + 1
        while self.acked < len(self.pieces) - 1:
            moment = time.monotonic() - self.start
            if not self.is_dropped and (self.drop or self.kill) and moment > middle:
                await self._lose_the_line(line)
            is_due = following < len(self.pieces) and self.pieces[following].at <= moment
            if is_due and following - self.acked <= window:
                self.sent_at[following] = time.monotonic()
                header = {"take": 1, "seq": following, "captured_at": int(time.time() * 1000)}
                await line.send(join(header, self.pieces[following].data))
                self.seen.sent += 1
                following += 1
                continue
            if line.close_code is not None:
                raise OSError
            await asyncio.sleep(0.02)

    async def _lose_the_line(self, line: ClientConnection) -> None:
        """Pull the cable; the recorder goes on."""
        self.is_dropped = True
        if self.kill:
            self.site.kill(PORT)
        line.transport.abort()
        await asyncio.sleep(self.drop)
        if self.kill:
            await asyncio.to_thread(self.site.serve, PORT)
        self.seen.recovered = -time.monotonic()
        raise OSError

    async def _hear(self, line: ClientConnection) -> None:
        async for message in line:
            frame = json.loads(message)
            if frame["is"] != "ack":
                continue
            if frame["seq"] in self.sent_at:
                self.seen.acks.append(time.monotonic() - self.sent_at[frame["seq"]])
            self.acked = max(self.acked, frame["acked"])
            behind = time.monotonic() - self.start - self.pieces[self.acked].at
            if self.seen.recovered is not None and self.seen.recovered < 0 and behind < 2.5:
                self.seen.recovered = round(self.seen.recovered + time.monotonic(), 2)


async def _watch(session: str, seen: Seen) -> None:
    known: set[str] = set()
    while True:
        await asyncio.sleep(1)
        try:
            rows = m3u8.loads((await asyncio.to_thread(_get, f"/webinars/{WEBINAR}/video/main.m3u8", session)).decode())
        except OSError:
            continue
        for row in rows.segments:
            if row.uri not in known:
                known.add(row.uri)
                happened = row.current_program_date_time
                if isinstance(happened, datetime):
                    seen.listed.append(time.time() - happened.timestamp())
                seen.fetched += len(await asyncio.to_thread(_get, row.uri, session))


def _get(address: str, session: str) -> bytes:
    request = urllib.request.Request(f"http://127.0.0.1:{PORT}{address}", headers={"Cookie": f"sessionid={session}"})
    with urllib.request.urlopen(request, timeout=10) as response:  # noqa: S310
        return bytes(response.read())


def _until_playable(session: str, ended: float) -> float:
    while time.time() < ended + 60:
        text = _get(f"/webinars/{WEBINAR}/video/main.m3u8", session).decode()
        if "#EXT-X-ENDLIST" in text and _get(m3u8.loads(text).segments[0].uri, session):
            break
        time.sleep(0.05)
    return round(time.time() - ended, 2)


# --- Costs -----------------------------------------------------------------------------------------------------


async def _look(site: Site, peak: dict[str, float]) -> None:
    """The ffmpeg below the web process: its highest memory and its time so far."""
    while True:
        await asyncio.sleep(0.5)
        for pid in _children(site.processes[PORT].pid):
            cpu, rss = _process(pid)
            peak["cpu_ffmpeg"] = max(peak["cpu_ffmpeg"], cpu)
            peak["rss_ffmpeg"] = max(peak["rss_ffmpeg"], rss)


def _children(pid: int) -> list[int]:
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*"):
        try:
            found += [int(each) for each in (task / "children").read_text().split()]
        except OSError:
            continue
    return found


def _process(pid: int) -> tuple[float, float]:
    try:
        times = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0, 0.0
    rss = next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")), 0)
    return (int(times[11]) + int(times[12])) / TICKS, round(rss / 1024)


def _cost(site: Site) -> dict[str, float]:
    cost = site.cost(PORT)
    return {"web": cost["cpu_s"], "rss": cost["rss_mb"]}


def spread(values: list[float]) -> dict[str, float]:
    if len(values) < 2:
        return {"n": len(values)}
    steps = quantiles(values, n=20)
    return {"n": len(values), "p50": round(steps[9], 3), "p95": round(steps[18], 3), "max": round(max(values), 3)}


def ask(site: Site, function: str, *arguments: str) -> Any:
    script = (
        "import json, django; django.setup(); from tests.bench import video_data as d; "
        f"print(json.dumps(d.{function}(*{arguments!r})))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=site.environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return json.loads(done.stdout.splitlines()[-1])
