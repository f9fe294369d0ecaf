"""Sound: made by us, off unless asked for, in words whether or not it is heard."""

import numpy as np
import pygame
import pytest

from sim.crowd.state import CrowdState
from sim.desktop.sound import CAPTIONS, RATE, Sound, murmur_loop, signal

OFF = {"overall": 0.0, "murmur": 0.5, "alert": 0.5}
ON = {"overall": 0.5, "murmur": 0.5, "alert": 0.5}


def loudness(state: int) -> float:
    return float(np.sqrt(np.mean(murmur_loop(state).astype(np.float64) ** 2)))


def brightness(state: int) -> float:
    power = np.abs(np.fft.rfft(murmur_loop(state)[:, 0].astype(np.float64))) ** 2
    frequencies = np.fft.rfftfreq(len(murmur_loop(state)), 1.0 / RATE)
    return float((power * frequencies).sum() / power.sum())


def test_the_end_of_a_loop_joins_its_beginning() -> None:
    loop = murmur_loop(CrowdState.CALM).astype(np.float64)
    steps = np.abs(np.diff(loop, axis=0)).max()
    assert np.abs(loop[0] - loop[-1]).max() <= steps


def test_a_crowd_sounds_louder_and_brighter_as_it_gets_worse() -> None:
    assert loudness(CrowdState.CALM) < loudness(CrowdState.AGITATED) < loudness(CrowdState.CLASH)
    assert brightness(CrowdState.CALM) < brightness(CrowdState.AGITATED) < brightness(CrowdState.CLASH)


def test_the_same_bytes_come_out_every_time() -> None:
    assert murmur_loop(CrowdState.TENSE).tobytes() == murmur_loop(CrowdState.TENSE).tobytes()


def test_nothing_is_opened_while_the_sound_is_off() -> None:
    sound = Sound(OFF)
    sound.murmur(CrowdState.CALM, 100, running=True)
    sound.alert("call")
    assert pygame.mixer.get_init() is None
    assert sound.caption == "calm", "it still stands on the screen in words"
    sound.close()


def test_a_machine_without_a_device_is_silent_and_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object, **__: object) -> None:
        raise pygame.error("no device")

    monkeypatch.setattr(pygame.mixer, "init", missing)
    sound = Sound(ON)
    sound.murmur(CrowdState.CLASH, 100, running=True)
    sound.alert("crush")
    assert sound.problem == "no device"
    sound.close()


def test_volumes_and_mute_take_effect_at_once() -> None:
    sound = Sound(OFF)
    sound.set_volumes(ON)
    assert sound.heard
    assert sound.mute()
    assert not sound.heard
    assert not sound.mute()
    sound.close()
    assert pygame.mixer.get_init() is None


def test_every_sound_has_a_caption_and_every_signal_is_short() -> None:
    for name in ("call", "order", "refused", "crush", "over"):
        assert CAPTIONS[name]
        assert len(signal(name)) < 1.2 * RATE
    with pytest.raises(KeyError):
        Sound(OFF).alert("siren")
