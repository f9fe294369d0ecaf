"""Plan: a site in miniature - buildings, roads, named places and ways out - for the card of a scenario."""

import pygame

from sim.desktop.paint import Paint
from sim.desktop.site import hatch, outline
from sim.desktop.theme import mixed
from sim.scenario.site import SiteData


def draw_plan(paint: Paint, site: SiteData, rect: pygame.Rect) -> None:
    """The whole site as large as it fits into the middle of this rectangle, without a word on it."""
    surface, theme, clip = paint.surface, paint.theme, paint.surface.get_clip()
    scale = min(rect.width / site.width_m, rect.height / site.height_m)
    box = pygame.Rect(0, 0, max(1, round(site.width_m * scale)), max(1, round(site.height_m * scale)))
    box.center = rect.center

    def at(x: float, y: float) -> tuple[float, float]:
        return box.x + x * scale, box.bottom - y * scale

    surface.set_clip(box.clip(clip))
    surface.fill(theme.ground, box)
    for lane in site.lanes:
        left, top = at(lane.x0_m, lane.y_m + 1.75)
        right, bottom = at(lane.x1_m, lane.y_m - 1.75)
        surface.fill(mixed(theme.road, theme.text, 0.12), (left, top, right - left, max(1.0, bottom - top)))
    for solid in site.solids:
        pygame.draw.polygon(surface, theme.solid, [at(x, y) for x, y in outline(solid.area.region)])
    for place in site.places:
        points = [at(x, y) for x, y in outline(place.area.region)]
        if place.hazard is not None:
            hatch(surface, points, mixed(theme.ground, theme.warn, 0.45))
        pygame.draw.polygon(surface, theme.good if place.exit_width_m else theme.place, points, 1)
    surface.set_clip(clip)
    pygame.draw.rect(surface, theme.line, box, 1)
