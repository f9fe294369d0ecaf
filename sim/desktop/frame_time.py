"""Frame time: how long the map takes to draw so many people, all of whom have moved since the last frame."""

import os
import time

import numpy as np
import pygame

from sim.desktop.office import Office
from sim.desktop.paint import Paint
from sim.desktop.site import Scene, SiteMap
from sim.desktop.theme import PALETTES
from sim.desktop.type import Type
from sim.scenario.scenario import Playbook
from sim.seat.words import Words
from sim.world.report import Look


def frame_seconds(office: Office, playbook: Playbook, people: int, size: tuple[int, int], frames: int) -> list[float]:
    """Return the seconds that each of so many frames took, the first one, which draws the ground, left out."""
    os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
    pygame.display.init()
    pygame.font.init()
    surface = pygame.display.set_mode(size)
    paint = Paint(surface, PALETTES["dark", "standard"], Type(office.fonts), 1.0)
    site = SiteMap.of(Words(playbook, office.speech("en")))
    site.still = True
    turn = np.arange(people)
    look = np.array([int(Look.STANDING), int(Look.TAKING_PART), int(Look.HOSTILE), int(Look.LEAVING)], np.uint8)[
        turn % 4
    ]
    old = np.zeros(people, dtype=np.bool_)
    found = []
    for k in range(frames + 1):
        # A spiral that turns: everybody moves in every frame, and the view holds them all.
        angle, far = 2.399963 * turn + 0.01 * k, 60.0 * np.sqrt((turn + 0.5) / people)
        middle = (site.camera.width_m / 2.0, site.camera.height_m / 2.0)
        x = (middle[0] + far * np.cos(angle)).astype(np.float32)
        y = (middle[1] + far * np.sin(angle)).astype(np.float32)
        scene = Scene(k + 1, x, y, look, old)
        began = time.perf_counter()
        site.draw(paint, surface.get_rect(), scene)
        pygame.display.flip()
        found.append(time.perf_counter() - began)
    pygame.display.quit()
    return found[1:]
