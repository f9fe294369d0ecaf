"""Paint: shapes and texts on a surface, smooth at any scale, each drawn once and kept."""

from collections import OrderedDict
from collections.abc import Callable, Sequence

import pygame

from sim.desktop.theme import RADIUS, Colour, Theme
from sim.desktop.type import Type

KEPT = 600
LEAST_TEXT = 12
"""No text is smaller, in pixels: below it the font's blanks are two pixels wide and words run together."""
FINE = 4
"""Shapes are drawn so many times larger and scaled down, which makes their edges smooth."""

Point = tuple[float, float]


class Paint:
    """Draws on one surface in one theme at one scale."""

    def __init__(self, surface: pygame.Surface, theme: Theme, type_: Type, scale: float) -> None:
        """Draw here; `scale` is pixels for each unit of size."""
        self.surface = surface
        self.theme = theme
        self.type = type_
        self.scale = scale
        self.thick = 1.0
        """How much thicker lines are than usual (projector mode)."""
        self._shapes: OrderedDict[tuple[object, ...], pygame.Surface] = OrderedDict()

    def px(self, size: float) -> int:
        """So many units in pixels, at least one for anything that is not nothing."""
        return max(1, round(size * self.scale)) if size else 0

    # ---- text

    def text_px(self, size: float) -> int:
        """So large a text in pixels, and never too small to be read."""
        return max(LEAST_TEXT, round(size * self.scale))

    def text(
        self,
        text: str,
        at: Point,
        size: float,
        colour: Colour | None = None,
        *,
        bold: bool = False,
        width: int = 0,
        align: float = 0.0,
    ) -> pygame.Rect:
        """One line with its upper left corner there; cut to `width` pixels; `align` 0 left, 0.5 middle, 1 right."""
        pixels = self.text_px(size)
        shown = self.type.cut(text, width, pixels, bold=bold) if width else text
        drawn = self.type.surface(shown, pixels, colour or self.theme.text, bold=bold)
        x = at[0] + align * ((width or 0) - drawn.get_width() if width else -drawn.get_width())
        # The font's own line is higher than ours; both are centred on the same line.
        y = at[1] + (self.type.height(pixels) - drawn.get_height()) / 2
        return self.surface.blit(drawn, (round(x), round(y)))

    def line_height(self, size: float) -> int:
        """Pixels from one line of this size to the next."""
        return self.type.height(self.text_px(size))

    def text_width(self, text: str, size: float, *, bold: bool = False) -> int:
        """Pixels across."""
        return self.type.width(text, self.text_px(size), bold=bold)

    def paragraph(
        self,
        text: str,
        rect: pygame.Rect,
        size: float,
        colour: Colour | None = None,
        *,
        bold: bool = False,
        most: int = 0,
    ) -> int:
        """The text wrapped into the rectangle's width from its top; at most so many lines. Pixels used."""
        pixels = self.text_px(size)
        rows = self.type.wrap(text, max(1, rect.width), pixels, bold=bold)
        if most and len(rows) > most:
            rows = (*rows[: most - 1], self.type.cut(rows[most - 1] + " " + rows[most], rect.width, pixels, bold=bold))
        step = self.type.height(pixels)
        clip = self.surface.get_clip()
        for k, row in enumerate(rows):
            y = rect.y + k * step
            if row and y + step > clip.top and y < clip.bottom:
                self.text(row, (rect.x, y), size, colour, bold=bold)
        return len(rows) * step

    def paragraph_height(self, text: str, width: int, size: float, *, bold: bool = False, most: int = 0) -> int:
        """Pixels `paragraph` would use."""
        rows = len(self.type.wrap(text, max(1, width), self.text_px(size), bold=bold))
        return (min(rows, most) if most else rows) * self.line_height(size)

    def label(self, text: str, centre: Point, size: float, colour: Colour, halo: Colour, *, bold: bool = False) -> None:
        """A text in the middle of this point with a halo, readable on anything."""
        pixels = self.text_px(size)
        key = ("label", text, pixels, colour, halo, bold)

        def draw() -> pygame.Surface:
            body = self.type.surface(text, pixels, colour, bold=bold)
            edge = self.type.surface(text, pixels, halo, bold=bold)
            reach = max(1, round(pixels / 8))
            whole = pygame.Surface((body.get_width() + 2 * reach, body.get_height() + 2 * reach), pygame.SRCALPHA)
            for dx in range(-reach, reach + 1):
                for dy in range(-reach, reach + 1):
                    if dx * dx + dy * dy <= reach * reach + 1:
                        whole.blit(edge, (reach + dx, reach + dy))
            whole.blit(body, (reach, reach))
            return whole

        drawn = self._kept(key, draw)
        self.surface.blit(drawn, (round(centre[0] - drawn.get_width() / 2), round(centre[1] - drawn.get_height() / 2)))

    # ---- shapes

    def panel(
        self, rect: pygame.Rect, fill: Colour | None, edge: Colour | None = None, *, radius: float = RADIUS
    ) -> None:
        """A rectangle with round corners."""
        if rect.width <= 0 or rect.height <= 0:
            return
        r = min(self.px(radius), rect.width // 2, rect.height // 2)
        width = max(1, round(self.thick * max(1.0, self.scale)))
        if r < 2:
            if fill:
                self.surface.fill(fill, rect)
            if edge:
                pygame.draw.rect(self.surface, edge, rect, width)
            return
        if fill:
            self.surface.fill(fill, rect.inflate(-2 * r, 0))
            self.surface.fill(fill, rect.inflate(0, -2 * r))
        if edge:
            for bar in (
                (rect.x + r, rect.y, rect.width - 2 * r, width),
                (rect.x + r, rect.bottom - width, rect.width - 2 * r, width),
                (rect.x, rect.y + r, width, rect.height - 2 * r),
                (rect.right - width, rect.y + r, width, rect.height - 2 * r),
            ):
                self.surface.fill(edge, bar)
        corner = self._kept(("corner", r, fill, edge, width), lambda: _corners(r, fill, edge, width))
        for area, spot in (
            ((0, 0, r, r), (rect.x, rect.y)),
            ((r, 0, r, r), (rect.right - r, rect.y)),
            ((0, r, r, r), (rect.x, rect.bottom - r)),
            ((r, r, r, r), (rect.right - r, rect.bottom - r)),
        ):
            self.surface.blit(corner, spot, area)

    def shape(
        self,
        name: str,
        centre: Point,
        size: float,
        colour: Colour,
        edge: Colour | None = None,
    ) -> None:
        """One of `SHAPES`, so many pixels across, its middle there."""
        drawn = self.sprite(name, size, colour, edge)
        self.surface.blit(drawn, (round(centre[0] - drawn.get_width() / 2), round(centre[1] - drawn.get_height() / 2)))

    def sprite(
        self, name: str, size: float, colour: Colour, edge: Colour | None = None, *, alpha: int = 255
    ) -> pygame.Surface:
        """One of `SHAPES` as a surface of its own."""
        pixels = max(3, round(size))

        def draw() -> pygame.Surface:
            side = (pixels + 2) * FINE
            # Scaling mixes the colour of clear pixels in too: they get the shape's own colour, or edges turn dark.
            fine = pygame.Surface((side, side), pygame.SRCALPHA)
            fine.fill((*(edge or colour), 0))
            SHAPES[name](fine, side / 2, pixels * FINE / 2, colour, edge)
            drawn = pygame.transform.smoothscale(fine, (pixels + 2, pixels + 2))
            if alpha < 255:
                drawn.fill((255, 255, 255, alpha), special_flags=pygame.BLEND_RGBA_MULT)
            return drawn

        return self._kept(("shape", name, pixels, colour, edge, alpha), draw)

    def line(self, points: Sequence[Point], colour: Colour, width: float = 1.0) -> None:
        """A line through these points, smooth when it is thin."""
        if len(points) < 2:
            return
        pixels = max(1, round(width * self.scale * self.thick))
        if pixels == 1:
            pygame.draw.aalines(self.surface, colour, False, points)
        else:
            pygame.draw.lines(self.surface, colour, False, points, pixels)

    def veil(self, rect: pygame.Rect, colour: Colour, alpha: int) -> None:
        """Lays a colour over a part of the surface."""
        cover = self._kept(("veil", rect.size, colour, alpha), lambda: _cover(rect.size, colour, alpha))
        self.surface.blit(cover, rect)

    def _kept(self, key: tuple[object, ...], draw: Callable[[], pygame.Surface]) -> pygame.Surface:
        found = self._shapes.get(key)
        if found is None:
            found = draw()
            self._shapes[key] = found
            if len(self._shapes) > KEPT:
                self._shapes.popitem(last=False)
        else:
            self._shapes.move_to_end(key)
        return found


def _cover(size: tuple[int, int], colour: Colour, alpha: int) -> pygame.Surface:
    cover = pygame.Surface(size, pygame.SRCALPHA)
    cover.fill((*colour, alpha))
    return cover


def _corners(r: int, fill: Colour | None, edge: Colour | None, width: int) -> pygame.Surface:
    """The four corners of a round rectangle as one disc."""
    side = 2 * r * FINE
    fine = pygame.Surface((side, side), pygame.SRCALPHA)
    fine.fill((*(edge or fill or (0, 0, 0)), 0))
    whole = fine.get_rect()
    if fill:
        pygame.draw.rect(fine, fill, whole, border_radius=r * FINE)
    if edge:
        pygame.draw.rect(fine, edge, whole, width * FINE, border_radius=r * FINE)
    return pygame.transform.smoothscale(fine, (2 * r, 2 * r))


Draw = Callable[[pygame.Surface, float, float, Colour, "Colour | None"], None]


def _polygon(*corners: Point) -> Draw:
    """A filled shape whose corners are given in halves of its size from its middle."""

    def draw(surface: pygame.Surface, middle: float, half: float, colour: Colour, edge: Colour | None) -> None:
        points = [(middle + x * half, middle + y * half) for x, y in corners]
        pygame.draw.polygon(surface, colour, points)
        if edge:
            pygame.draw.polygon(surface, edge, points, FINE)

    return draw


def _disc(surface: pygame.Surface, middle: float, half: float, colour: Colour, edge: Colour | None) -> None:
    pygame.draw.circle(surface, edge or colour, (middle, middle), half)
    if edge:
        pygame.draw.circle(surface, colour, (middle, middle), half - FINE)


def _ring(surface: pygame.Surface, middle: float, half: float, colour: Colour, edge: Colour | None) -> None:
    pygame.draw.circle(surface, colour, (middle, middle), half, max(FINE, round(half * 0.38)))


def _half(surface: pygame.Surface, middle: float, half: float, colour: Colour, edge: Colour | None) -> None:
    _ring(surface, middle, half, colour, edge)
    pygame.draw.circle(surface, colour, (middle, middle), half, draw_top_left=False, draw_bottom_left=False,
                       draw_top_right=True, draw_bottom_right=True)  # fmt: skip


def _dots(surface: pygame.Surface, middle: float, half: float, colour: Colour, edge: Colour | None) -> None:
    for dx, dy in ((-0.62, 0.0), (0.0, 0.0), (0.62, 0.0)):
        pygame.draw.circle(surface, colour, (middle + dx * half, middle + dy * half), half * 0.2)


def _bars(surface: pygame.Surface, middle: float, half: float, colour: Colour, edge: Colour | None) -> None:
    for x in (-0.75, 0.2):
        pygame.draw.rect(surface, colour, (middle + x * half, middle - 0.9 * half, 0.55 * half, 1.8 * half))


def _corners_of(surface: pygame.Surface, middle: float, half: float, colour: Colour, edge: Colour | None) -> None:
    """Four corners of a frame: fit."""
    long, thick = 0.7 * half, 0.26 * half
    for x in (-1, 1):
        for y in (-1, 1):
            left = middle - half if x < 0 else middle + half - long
            top = middle - half if y < 0 else middle + half - long
            upright = middle - half if x < 0 else middle + half - thick
            level = middle - half if y < 0 else middle + half - thick
            pygame.draw.rect(surface, colour, (left, level, long, thick))
            pygame.draw.rect(surface, colour, (upright, top, thick, long))


def _inset(surface: pygame.Surface, middle: float, half: float, colour: Colour, edge: Colour | None) -> None:
    """A part of a whole."""
    side = 2 * half
    pygame.draw.rect(surface, colour, (middle - half, middle - half, side, side), max(1, round(0.2 * half)))
    pygame.draw.rect(surface, colour, (middle - 0.45 * half, middle - 0.1 * half, 0.75 * half, 0.6 * half))


def _crowded(surface: pygame.Surface, middle: float, half: float, colour: Colour, edge: Colour | None) -> None:
    """Dots that grow towards the middle: crowding."""
    for x in (-1, 0, 1):
        for y in (-1, 0, 1):
            size = 0.34 if not (x or y) else 0.25 if not (x and y) else 0.15
            pygame.draw.circle(surface, colour, (middle + 0.68 * x * half, middle + 0.68 * y * half), size * half)


def _page(surface: pygame.Surface, middle: float, half: float, colour: Colour, edge: Colour | None) -> None:
    """A sheet with lines: a note."""
    box = pygame.Rect(round(middle - 0.75 * half), round(middle - half), round(1.5 * half), round(2 * half))
    pygame.draw.rect(surface, colour, box, max(1, round(0.24 * half)))
    for y in (-0.4, 0.05, 0.5):
        pygame.draw.rect(surface, colour, (middle - 0.4 * half, middle + (y - 0.09) * half, 0.8 * half, 0.18 * half))


SHAPES: dict[str, Draw] = {
    "disc": _disc,
    "ring": _ring,
    "half": _half,
    "dots": _dots,
    "square": _polygon((-0.85, -0.85), (0.85, -0.85), (0.85, 0.85), (-0.85, 0.85)),
    "shield": _polygon((-0.9, -0.95), (0.9, -0.95), (0.9, 0.1), (0, 1), (-0.9, 0.1)),
    "triangle": _polygon((0, -1), (1, 0.85), (-1, 0.85)),
    "diamond": _polygon((0, -1), (1, 0), (0, 1), (-1, 0)),
    "cross": _polygon(
        (-0.35, -1), (0.35, -1), (0.35, -0.35), (1, -0.35), (1, 0.35), (0.35, 0.35),
        (0.35, 1), (-0.35, 1), (-0.35, 0.35), (-1, 0.35), (-1, -0.35), (-0.35, -0.35),
    ),
    "x": _polygon(
        (-1, -0.6), (-0.6, -1), (0, -0.4), (0.6, -1), (1, -0.6), (0.4, 0),
        (1, 0.6), (0.6, 1), (0, 0.4), (-0.6, 1), (-1, 0.6), (-0.4, 0),
    ),
    "check": _polygon((-1, 0.05), (-0.6, -0.35), (-0.22, 0.05), (0.62, -0.8), (1, -0.4), (-0.22, 0.85)),
    "right": _polygon((-0.75, -0.95), (0.95, 0), (-0.75, 0.95)),
    "left": _polygon((0.75, -0.95), (-0.95, 0), (0.75, 0.95)),
    "up": _polygon((-0.95, 0.6), (0, -0.8), (0.95, 0.6)),
    "down": _polygon((-0.95, -0.6), (0, 0.8), (0.95, -0.6)),
    "chevrons_left": _polygon((0.9, -0.9), (0, 0), (0, -0.9), (-0.95, 0), (0, 0.9), (0, 0), (0.9, 0.9)),
    "chevrons": _polygon((-0.9, -0.9), (0, 0), (0, -0.9), (0.95, 0), (0, 0.9), (0, 0), (-0.9, 0.9)),
    "bars": _bars,
    "corners": _corners_of,
    "inset": _inset,
    "crowded": _crowded,
    "page": _page,
    "flag": _polygon((-0.7, -1), (0.9, -0.5), (-0.4, 0.05), (-0.4, 1), (-0.7, 1)),
}  # fmt: skip
"""Shapes by name. What a colour says a shape says too."""
