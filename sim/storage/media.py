"""Pictures and sounds from somebody else: told by their first bytes, measured, and written anew."""

import io
import os
import struct
import subprocess
import sys
import wave
from pathlib import Path

from sim.core.errors import BadInput, Fault
from sim.core.phrase import Phrase

PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
MOST_SIDE, MOST_PIXELS = 8_000, 16_000_000
MOST_SECONDS, MOST_RATE, MOST_CHANNELS = 300, 48_000, 2
CHILD_S, CHILD_BYTES = 20, 1_500_000_000
"""Processor time and memory a process gets for one picture."""
WAIT_S = 90.0
"""So long it is waited for: on a computer that is busy it takes its time to begin."""


def anew(data: bytes, name: str) -> bytes:
    """The same picture as PNG, or the same sound as WAV, made from what can be seen and heard in it alone.

    Raises:
        BadInput: it is not what its name says, too large, or damaged.
    """
    return _sound(data, name) if name.endswith(".wav") else _picture(data, name)


def _refused(name: str, message: Phrase) -> BadInput:
    return BadInput((Fault(file=name, code="bad-media", message=message),))


# ----------------------------------------------------------------------------------------------- pictures


def _picture(data: bytes, name: str) -> bytes:
    size = png_size(data) if name.endswith(".png") else jpeg_size(data)
    if size is None:
        raise _refused(name, Phrase("{name} is not the picture its name says", name=name))
    if min(size) < 1 or max(size) > MOST_SIDE or size[0] * size[1] > MOST_PIXELS:
        raise _refused(name, Phrase("{name} has too many pixels", name=name))
    house = str(Path(__file__).resolve().parents[2])
    environment = {**os.environ, "SDL_VIDEODRIVER": "dummy", "PYGAME_HIDE_SUPPORT_PROMPT": "1"}
    environment["PYTHONPATH"] = os.pathsep.join([house, os.environ.get("PYTHONPATH", "")]).strip(os.pathsep)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "sim.storage.media"],
            input=data,
            capture_output=True,
            timeout=WAIT_S,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired as slow:
        raise _refused(name, Phrase("{name} cannot be decoded", name=name)) from slow
    if done.returncode != 0 or png_size(done.stdout) != size:
        raise _refused(name, Phrase("{name} cannot be decoded", name=name))
    return done.stdout


def png_size(data: bytes) -> tuple[int, int] | None:
    """Width and height as a PNG's first part says them; None for what is no PNG."""
    if len(data) < 33 or not data.startswith(PNG) or data[12:16] != b"IHDR":
        return None
    wide, high = struct.unpack(">II", data[16:24])
    return int(wide), int(high)


def jpeg_size(data: bytes) -> tuple[int, int] | None:
    """Width and height as the frame of a JPEG says them; None for what is no JPEG."""
    if not data.startswith(JPEG):
        return None
    at = 2
    while at + 9 < len(data):
        if data[at] != 0xFF:
            return None
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
        elif 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            high, wide = struct.unpack(">HH", data[at + 5 : at + 9])
            return int(wide), int(high)
        else:
            at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return None


def decode() -> int:
    """The process: takes a picture from its input and writes it as PNG; whatever fails ends it."""
    _limit()
    import pygame

    data = sys.stdin.buffer.read()
    loaded = pygame.image.load(io.BytesIO(data), "x.png" if data.startswith(PNG) else "x.jpg")
    plain = pygame.Surface(loaded.get_size(), pygame.SRCALPHA)
    plain.blit(loaded, (0, 0))
    out = io.BytesIO()
    pygame.image.save(plain, out, "x.png")
    sys.stdout.buffer.write(out.getvalue())
    return 0


def _limit() -> None:
    """So much time and memory and no more, where the system can hold a process to it; no file can be written."""
    if sys.platform == "win32":
        return
    import resource

    for what, most in (
        (resource.RLIMIT_CPU, CHILD_S),
        (resource.RLIMIT_AS, CHILD_BYTES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


# ----------------------------------------------------------------------------------------------- sounds


def _sound(data: bytes, name: str) -> bytes:
    """Only what sounds is kept; whatever else the file carries is left out."""
    if data[:4] != b"RIFF" or data[8:12] != b"WAVE":
        raise _refused(name, Phrase("{name} is not the sound its name says", name=name))
    try:
        with wave.open(io.BytesIO(data)) as file:
            channels, width, rate, frames = file.getparams()[:4]
            if not (
                0 < channels <= MOST_CHANNELS and width in {1, 2} and 0 < rate <= MOST_RATE
                and 0 < frames <= MOST_SECONDS * rate
            ):  # fmt: skip
                raise _refused(name, Phrase("{name} is longer or finer than is let in", name=name))
            sound = file.readframes(frames)
    except (wave.Error, EOFError, ValueError, struct.error, RuntimeError) as wrong:
        raise _refused(name, Phrase("{name} cannot be decoded", name=name)) from wrong
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(width)
        file.setframerate(rate)
        file.writeframes(sound[: len(sound) - len(sound) % (channels * width)])
    return out.getvalue()


if __name__ == "__main__":
    raise SystemExit(decode())
