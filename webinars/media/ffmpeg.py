"""The only place that starts ffmpeg: what it may do, and what it is told. It gets a pipe or one file, and gives MP4.

It decodes what strangers send, so it runs alone: no network (only the protocols pipe and file are open to it), a
fixed demuxer instead of guessing, limits on processor time, memory and written files, an empty environment.
"""

import contextlib
import os
import resource
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Literal

from imageio_ffmpeg import get_ffmpeg_exe

Demuxer = Literal["matroska", "mov"]

PICTURE_HEIGHT = 540
FRAMES = 24
GROUP = 1  # seconds between key frames
READ = 64 * 1024
NICENESS = 5
MEMORY = 2 * 1024**3
LONGEST_CPU = 12 * 3600
LIMITS = {
    resource.RLIMIT_CPU: LONGEST_CPU,
    resource.RLIMIT_AS: MEMORY,
    resource.RLIMIT_FSIZE: 0,  # it writes to its pipe only
    resource.RLIMIT_CORE: 0,
    resource.RLIMIT_NOFILE: 64,
}


STILLS = ["-r", "2", "-c:v", "libx264", "-preset", "ultrafast", "-tune", "stillimage", "-pix_fmt", "yuv420p", "-g", "2"]
FRAGMENTED = [
    *("-c:a", "aac", "-b:a", "32k", "-movflags", "frag_keyframe+empty_moov+default_base_moof", "-f", "mp4"),
]


class Converter:
    """A running ffmpeg that turns one recording into fragmented MP4 with H.264 and AAC-LC.

    Without `source` it reads what is written to it; with it, that file. Timestamps are kept, plus SHIFT.
    """

    def __init__(self, demuxer: Demuxer, *, copy_picture: bool = False, source: Path | None = None) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="collegium-ffmpeg-")
        self._source = source.resolve() if source else None
        reads = ["-i", f"file:{source}"] if source else ["-i", "pipe:0"]
        command = [get_ffmpeg_exe(), *QUIET, "-protocol_whitelist", "pipe,file", "-f", demuxer, *reads]
        # Nothing of the command comes from outside: codes of ours and a path that this program made.
        self._process = subprocess.Popen(  # noqa: S603
            [*command, *_picture(copy_picture), *SOUND, *FRAGMENTS, "pipe:1"],
            stdin=subprocess.DEVNULL if source else subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=self._folder.name,
            env={},
            start_new_session=True,
        )
        self.pid = self._process.pid
        _limit(self.pid)

    def write(self, data: bytes) -> None:
        """Waits while ffmpeg is busy. Raises BrokenPipeError when it has ended."""
        pipe = self._input
        pipe.write(data)
        pipe.flush()

    def close_input(self) -> None:
        with contextlib.suppress(BrokenPipeError):
            self._input.close()

    def read(self) -> bytes:
        """The next piece of MP4; empty at the end."""
        if self._process.stdout is None:
            return b""
        return os.read(self._process.stdout.fileno(), READ)

    def place(self) -> int:
        """How far into `source` it has read, where the system tells."""
        for entry in Path(f"/proc/{self.pid}/fd").glob("*"):
            with contextlib.suppress(OSError, ValueError):
                if entry.resolve() == self._source:
                    return int(Path(f"/proc/{self.pid}/fdinfo/{entry.name}").read_text("ascii").split()[1])
        return 0

    def wait(self) -> int:
        """The exit code, once it has said everything."""
        code = self._process.wait()
        self._tidy()
        return code

    def stop(self) -> None:
        """End it now."""
        self._process.kill()
        self._process.wait()
        self._tidy()

    @property
    def _input(self) -> IO[bytes]:
        if self._process.stdin is None:
            raise BrokenPipeError
        return self._process.stdin

    def _tidy(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()
        self._folder.cleanup()


QUIET = ["-hide_banner", "-nostdin", "-loglevel", "quiet", "-copyts"]
SOUND = ["-af", "aresample=async=1", "-c:a", "aac", "-profile:a", "aac_low", "-b:a", "64k", "-ac", "2", "-ar", "48000"]
# An encoder of sound begins a little before zero, which fragments cannot say; so everything is a second late.
SHIFT = 1.0
FRAGMENTS = [
    *("-map", "0:v:0?", "-map", "0:a:0?", "-map_metadata", "-1", "-sn", "-dn"),
    *("-avoid_negative_ts", "disabled", "-output_ts_offset", str(SHIFT)),
    *("-f", "mp4", "-movflags", "frag_keyframe+empty_moov+default_base_moof+frag_discont", "-flush_packets", "1"),
]


def _picture(copy: bool) -> Sequence[str]:
    """One picture of at most 540 lines at a constant rate, a key frame each second; or H.264 as it came."""
    if copy:
        return ["-c:v", "copy"]
    shape = f"fps={FRAMES},scale=-2:'min({PICTURE_HEIGHT},trunc(ih/2)*2)',format=yuv420p"
    rate = ["-b:v", "900k", "-maxrate", "1000k", "-bufsize", "1500k"]
    keys = ["-force_key_frames", f"expr:gte(t,n_forced*{GROUP})", "-sc_threshold", "0", "-bf", "0"]
    fast = ["-preset", "veryfast", "-profile:v", "main", "-threads", "2"]
    return ["-vf", shape, "-c:v", "libx264", *fast, *rate, *keys]


def _limit(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.setpriority(os.PRIO_PROCESS, pid, NICENESS)
        if hasattr(resource, "prlimit"):  # Linux
            for what, most in LIMITS.items():
                resource.prlimit(pid, what, (most, most))


def silent_film(pictures: Sequence[bytes], seconds: int) -> bytes:
    """PNG pictures one after another for so many seconds in all, as fragmented MP4 with silence."""
    with tempfile.TemporaryDirectory(prefix="collegium-ffmpeg-") as folder:
        for number, picture in enumerate(pictures):
            Path(folder, f"{number}.png").write_bytes(picture)
        rate = f"{len(pictures)}/{seconds}"
        reads = ["-framerate", rate, "-i", f"{folder}/%d.png", "-f", "lavfi", "-i", "anullsrc=r=48000:cl=mono"]
        command = [get_ffmpeg_exe(), *QUIET, *reads, "-t", str(seconds), *STILLS, *FRAGMENTED, f"{folder}/made.mp4"]
        subprocess.run(command, check=True, timeout=60, stdin=subprocess.DEVNULL)  # noqa: S603
        return Path(folder, "made.mp4").read_bytes()
