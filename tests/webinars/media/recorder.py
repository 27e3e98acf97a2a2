"""Small recordings as a browser would make them, by the ffmpeg that we install; made once for a test run."""

import subprocess
from functools import cache
from pathlib import Path
from tempfile import NamedTemporaryFile, mkdtemp

from imageio_ffmpeg import get_ffmpeg_exe

PICTURE = ["-f", "lavfi", "-i", "testsrc2=s=160x90:r=10"]
SOUND = ["-f", "lavfi", "-i", "sine=440:r=48000"]
H264 = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "10", "-sc_threshold", "0"]
AAC = ["-c:a", "aac", "-b:a", "32k"]
FRAGMENTED = ["-movflags", "frag_keyframe+empty_moov+default_base_moof", "-f", "mp4"]


@cache
def recorded(*options: str, suffix: str = "mp4", seconds: int = 6) -> bytes:
    """What ffmpeg makes of a test picture and a tone with these options."""
    path = Path(mkdtemp(prefix="collegium-video-")) / f"made.{suffix}"
    command = [get_ffmpeg_exe(), "-v", "error", *PICTURE, *SOUND, "-t", str(seconds), *options, str(path)]
    subprocess.run(command, check=True, timeout=60, stdin=subprocess.DEVNULL)
    return path.read_bytes()


def browser_mp4(seconds: int = 6) -> bytes:
    """Fragmented MP4 with H.264 and AAC and a key frame each second."""
    return recorded(*H264, *AAC, *FRAGMENTED, seconds=seconds)


def camera_mp4(*, faststart: bool = False, seconds: int = 6) -> bytes:
    """An MP4 as cameras and editors write it: one `moov` at the end, or at the beginning."""
    flags = ["-movflags", "+faststart"] if faststart else []
    return recorded(*H264, *AAC, *flags, "-f", "mp4", seconds=seconds)


def browser_webm(seconds: int = 4) -> bytes:
    """WebM with VP8 and Opus, as Firefox records it."""
    vp8 = ["-c:v", "libvpx", "-b:v", "100k", "-g", "20", "-deadline", "realtime", "-cpu-used", "8"]
    return recorded(*vp8, "-c:a", "libopus", "-f", "webm", suffix="webm", seconds=seconds)


def decoded_seconds(data: bytes) -> float:
    """How long ffmpeg finds it, decoding every frame of it; it must not complain."""
    command = [get_ffmpeg_exe(), "-v", "error", "-progress", "-", "-i", "-", "-f", "null", "-"]
    result = subprocess.run(command, input=data, capture_output=True, check=True, timeout=60)
    assert result.stderr == b"", result.stderr.decode()
    times = [line.partition("=")[2] for line in result.stdout.decode().splitlines() if line.startswith("out_time_us=")]
    return int(times[-1]) / 1_000_000


def frames_of(data: bytes) -> str:
    """A sum over every decoded picture, in the order in which they are shown."""
    with NamedTemporaryFile(suffix=".mp4") as file:
        file.write(data)
        file.flush()
        command = [get_ffmpeg_exe(), "-v", "error", "-i", file.name, "-map", "0:v", "-fps_mode", "passthrough"]
        made = subprocess.run([*command, "-f", "md5", "-"], capture_output=True, check=True, timeout=60)
    assert made.stderr == b"", made.stderr.decode()
    return made.stdout.decode().strip()
