"""Gamepad: a stick that moves the focus and buttons that are commands; nothing needs it, nothing fails without."""

import pygame

from sim.desktop.key import PAD

FIRST_S, NEXT_S = 0.35, 0.12
"""A stick that is held repeats its step after so long, and then so often."""
TILT = 0.6


class Gamepad:
    """Every pad that is plugged in, whenever that happens."""

    def __init__(self) -> None:
        """Looks for pads; a system without any is as good."""
        self._pads: dict[int, pygame.joystick.JoystickType] = {}
        self._held: tuple[int, int] = (0, 0)
        self._next = 0.0
        try:
            pygame.joystick.init()
        except pygame.error:
            return
        for index in range(pygame.joystick.get_count()):
            self._add(index)

    def _add(self, index: int) -> None:
        try:
            pad = pygame.joystick.Joystick(index)
        except pygame.error:
            return
        self._pads[pad.get_instance_id()] = pad

    def feed(self, event: pygame.event.Event) -> list[str]:
        """Commands of an event; pads that come and go are taken note of."""
        if event.type == pygame.JOYDEVICEADDED:
            self._add(event.device_index)
        elif event.type == pygame.JOYDEVICEREMOVED:
            self._pads.pop(event.instance_id, None)
        elif event.type == pygame.JOYBUTTONDOWN and event.button in PAD:
            return [PAD[event.button]]
        return []

    def step(self, now: float) -> tuple[int, int]:
        """Which way the focus moves now: across, down."""
        tilt = self._tilt()
        if tilt != self._held:
            self._held, self._next = tilt, now + FIRST_S
            return tilt
        if any(tilt) and now >= self._next:
            self._next = now + NEXT_S
            return tilt
        return 0, 0

    def _tilt(self) -> tuple[int, int]:
        for pad in self._pads.values():
            if pad.get_numhats():
                x, y = (round(v) for v in pad.get_hat(0))
                if x or y:
                    return (x, 0) if x else (0, -y)
            if pad.get_numaxes() >= 2:
                across, down = pad.get_axis(0), pad.get_axis(1)
                if max(abs(across), abs(down)) > TILT:
                    return (1 if across > 0 else -1, 0) if abs(across) > abs(down) else (0, 1 if down > 0 else -1)
        return 0, 0

    def close(self) -> None:
        """Gives every pad back."""
        self._pads.clear()
        if pygame.joystick.get_init():
            pygame.joystick.quit()
