"""Sound: a crowd's murmur that follows its state, and short signals; computed here, captioned, off unless asked for."""

import threading
from collections.abc import Mapping

import numpy as np
import pygame
from numpy.typing import NDArray

from sim.crowd.state import CrowdState

RATE = 44_100
LOOP_S = 8.0
FADE_MS = 1500
FULL_CROWD = 400
"""So many people are heard at full strength."""
Stereo = NDArray[np.int16]
"""(frames, 2)."""

MOODS: dict[int, tuple[float, float, float, float]] = {
    CrowdState.CALM: (380.0, 0.9, 0.0, 0.10),
    CrowdState.TENSE: (480.0, 1.0, 0.15, 0.15),
    CrowdState.AGITATED: (620.0, 1.1, 0.55, 0.22),
    CrowdState.CLASH: (850.0, 1.35, 0.35, 0.30),
    CrowdState.DISPERSING: (430.0, 0.95, 0.05, 0.10),
    CrowdState.RESOLVED: (340.0, 0.8, 0.0, 0.05),
}
"""Middle of the band (Hz), its width (octaves), how strongly it pulses like chanting, and loudness 0..1: chosen by
ear-saving caution, nothing startles."""
CHANT_HZ = 1.75
"""Pulses a second; a whole number of them fits the loop."""
CAPTIONS = {
    "calm": "[crowd murmurs quietly]",
    "tense": "[crowd murmurs, restless]",
    "agitated": "[crowd chants]",
    "clash": "[shouting, things break]",
    "dispersing": "[footsteps, voices fade]",
    "resolved": "[quiet]",
    "call": "[two tones: a call needs an answer]",
    "order": "[tick: the order was sent]",
    "refused": "[low tone: refused]",
    "crush": "[three quick tones: crush alarm]",
    "over": "[long tone: the exercise has ended]",
}
"""What is heard, in words; shown whether or not it is heard."""
_MOOD_NAMES = ("calm", "tense", "agitated", "clash", "dispersing", "resolved")
_TONES: dict[str, tuple[tuple[float, float, float], ...]] = {
    "call": ((660.0, 0.0, 0.18), (880.0, 0.2, 0.26)),
    "order": ((1200.0, 0.0, 0.05),),
    "refused": ((220.0, 0.0, 0.3),),
    "crush": ((740.0, 0.0, 0.14), (740.0, 0.2, 0.14), (740.0, 0.4, 0.14)),
    "over": ((523.0, 0.0, 0.9),),
}
"""(Hz, begins at s, lasts s) of each signal."""


def murmur_loop(state: int) -> Stereo:
    """Eight seconds of a crowd in this state that can be repeated without a click.

    Noise of one band is put together from its frequencies and turned into a wave by an inverse Fourier transform, so
    the end joins the beginning; each ear has its own phases. The same bytes every time.
    """
    middle, octaves, pulse, loudness = MOODS[CrowdState(state)]
    frames = round(RATE * LOOP_S)
    frequencies = np.fft.rfftfreq(frames, 1.0 / RATE)
    with np.errstate(divide="ignore"):
        distance = np.abs(np.log2(np.maximum(frequencies, 1e-9) / middle)) / octaves
    shape = np.exp(-2.0 * distance * distance)
    time = np.arange(frames) / RATE
    beat = 1.0 - pulse * (0.5 + 0.5 * np.cos(2.0 * np.pi * CHANT_HZ * time))
    ears = []
    for ear in (1, 2):
        phases = _hashed(len(frequencies), 977 * ear + state) * 2.0 * np.pi
        wave = np.fft.irfft(shape * np.exp(1j * phases), frames) * beat
        ears.append(wave / np.abs(wave).max())
    return (np.stack(ears, axis=1) * loudness * 32767.0).astype(np.int16)


def signal(name: str) -> Stereo:
    """A short signal with soft edges."""
    tones = _TONES[name]
    frames = round(RATE * (max(start + length for _, start, length in tones) + 0.05))
    wave = np.zeros(frames)
    for pitch, start, length in tones:
        first, count = round(start * RATE), round(length * RATE)
        time = np.arange(count) / RATE
        edge = np.minimum(1.0, np.minimum(time, length - time) / 0.012)
        wave[first : first + count] += 0.35 * edge * np.sin(2.0 * np.pi * pitch * time)
    return np.repeat((wave * 32767.0).astype(np.int16)[:, None], 2, axis=1)


def _hashed(count: int, salt: int) -> NDArray[np.float64]:
    """Numbers 0..1 that follow from their place alone (an integer hash), the same on every machine."""
    x = np.arange(count, dtype=np.uint64) + np.uint64(salt * 0x9E3779B97F4A7C15 % 2**64)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        x = (x ^ (x >> np.uint64(shift))) * np.uint64(factor)
    x ^= x >> np.uint64(31)
    return (x >> np.uint64(11)).astype(np.float64) / float(1 << 53)


class Sound:
    """Plays what the window says. Silent, without a device and with every volume at nothing, it does the same."""

    def __init__(self, volumes: Mapping[str, float]) -> None:
        """Volumes 0..1 by `overall`, `murmur`, `alert`; nothing is opened while `overall` is 0."""
        self.problem = ""
        """Why nothing can be heard, if that is so."""
        self.caption = ""
        """What is or would be heard now: a key of `CAPTIONS`."""
        self._volumes: dict[str, float] = {}
        self._muted = False
        self._open = False
        self._murmured: int | None = None
        self._sounds: dict[str, pygame.mixer.Sound] = {}
        self._arrays: dict[str, Stereo] = {}
        self._making: threading.Thread | None = None
        self.set_volumes(volumes)

    def set_volumes(self, volumes: Mapping[str, float]) -> None:
        """Other volumes, at once."""
        if dict(volumes) == self._volumes:
            return
        self._volumes = dict(volumes)
        if self._level("overall") > 0.0 and not self._open:
            self._begin()
        self._loudness(1.0)

    def _level(self, name: str) -> float:
        return max(0.0, min(1.0, self._volumes.get(name, 0.0)))

    def _begin(self) -> None:
        try:
            pygame.mixer.init(RATE, -16, 2, 1024)
        except pygame.error as wrong:
            self.problem = str(wrong)
            return
        self.problem = ""
        self._open = True

    @property
    def heard(self) -> bool:
        """True when there is something to hear with."""
        return self._open and not self._muted and self._level("overall") > 0.0

    def murmur(self, state: int, people: int, *, running: bool) -> None:
        """The crowd as it is seen now; nothing while time stands still or nobody sees it."""
        wanted = state if running and state >= 0 and people > 0 else None
        self.caption = "" if wanted is None else _MOOD_NAMES[wanted]
        if not self._open:
            return
        if not self.heard:
            wanted = None
        if wanted != self._murmured and (wanted is None or self._ready(wanted)):
            pygame.mixer.Channel(0).fadeout(FADE_MS)
            if wanted is not None:
                pygame.mixer.Channel(1 - self._side).fadeout(FADE_MS)
                self._side = 1 - self._side
                pygame.mixer.Channel(self._side).play(self._sound(_MOOD_NAMES[wanted]), loops=-1, fade_ms=FADE_MS)
            else:
                pygame.mixer.Channel(1).fadeout(FADE_MS)
            self._murmured = wanted
        self._loudness(min(1.0, people / FULL_CROWD))

    _side = 0

    def _ready(self, state: int) -> bool:
        """True once the loop of this state is there; it is made on a thread so that no frame waits for it."""
        name = _MOOD_NAMES[state]
        if name in self._arrays:
            return True
        if self._making is None or not self._making.is_alive():

            def make() -> None:
                self._arrays[name] = murmur_loop(state)

            self._making = threading.Thread(target=make, name="murmur", daemon=True)
            self._making.start()
        return False

    def _sound(self, name: str) -> pygame.mixer.Sound:
        if name not in self._sounds:
            if name not in self._arrays:
                self._arrays[name] = signal(name)
            self._sounds[name] = pygame.mixer.Sound(buffer=self._arrays[name].tobytes())
        return self._sounds[name]

    def _loudness(self, crowd: float) -> None:
        if self._open:
            level = 0.0 if self._muted else self._level("overall") * self._level("murmur") * (0.25 + 0.75 * crowd)
            for channel in (0, 1):
                pygame.mixer.Channel(channel).set_volume(level)

    def alert(self, name: str) -> None:
        """A signal by its name."""
        if name not in _TONES:
            raise KeyError(name)
        if self.heard:
            sound = self._sound(name)
            sound.set_volume(self._level("overall") * self._level("alert"))
            sound.play()

    def mute(self) -> bool:
        """Off or on again; True when it is off now."""
        self._muted = not self._muted
        if self._open and self._muted:
            pygame.mixer.stop()
            self._murmured = None
        return self._muted

    def close(self) -> None:
        """Gives the device back."""
        if self._making is not None:
            self._making.join()
        if self._open:
            pygame.mixer.quit()
            self._open = False
        self._sounds.clear()
