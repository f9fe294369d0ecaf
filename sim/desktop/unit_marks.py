"""Unit marks: the plates that name units on the map; units that stand together share one block with one lead to it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pygame

from sim.desktop.camera import Camera
from sim.desktop.paint import Paint
from sim.desktop.theme import SMALL
from sim.desktop.throng import Throng

OVER_PX = 9.0
"""A plate stands so far above its unit before scaling."""
COLUMNS = ((3, 1), (8, 2), (18, 3))
"""(plates at most, columns): a block grows wider before it grows too high."""
MOST_COLUMNS = 4
HIDDEN = 5.0
"""One person covered by a block weighs as much as moving it so many pixels away."""
LAID_OVER = 800.0
"""And so much for a plate's height of another block, which cannot be read then."""
STAY = 25.0
"""A block changes sides only when that is better by so many pixels; else it would jump with every report."""
LABEL_PX = 190.0


@dataclass(frozen=True, slots=True)
class UnitMark:
    """A unit on the map."""

    id: str
    code: str
    strength: int
    x: float
    y: float
    activity: str
    """Id of the response it is busy with; "" while it is free."""
    bound_for: tuple[float, float] | None = None
    closed: bool = False
    officers: tuple[tuple[float, float], ...] = ()

    @property
    def text(self) -> str:
        """What stands on its plate: the name forms and lists call it by."""
        return self.id


@dataclass(slots=True)
class Block:
    """Units that stand together, and where their plates are drawn."""

    units: list[UnitMark]
    spots: list[tuple[float, float]]
    """Pixels where they really are."""
    box: pygame.Rect = field(default_factory=lambda: pygame.Rect(0, 0, 0, 0))
    plates: list[tuple[pygame.Rect, UnitMark]] = field(default_factory=list)
    label: tuple[str, pygame.Rect] | None = None
    """What the one unit of the block does, and where that is written."""

    @property
    def middle(self) -> tuple[float, float]:
        """Pixel in the middle of where they are."""
        n = len(self.spots)
        return sum(x for x, _ in self.spots) / n, sum(y for _, y in self.spots) / n

    @property
    def key(self) -> tuple[str, ...]:
        """Which units these are."""
        return tuple(u.id for u in self.units)


@dataclass(slots=True)
class UnitMarks:
    """Lays the plates out again only when something moved."""

    blocks: list[Block] = field(default_factory=list)
    _key: tuple[object, ...] = ()
    _sides: dict[tuple[str, ...], int] = field(default_factory=dict)
    """Which side of its units each block took."""

    def at(self, pixel: tuple[int, int]) -> UnitMark | None:
        """The unit whose plate is under a pixel."""
        return next((u for b in self.blocks for plate, u in b.plates if plate.collidepoint(pixel)), None)

    def lay_out(
        self,
        paint: Paint,
        camera: Camera,
        key: tuple[object, ...],
        units: Sequence[UnitMark],
        people: Throng,
        taken: Sequence[pygame.Rect],
        chosen: str,
        named: Callable[[str], str],
    ) -> list[pygame.Rect]:
        """Finds every plate its place, away from people and from what is `taken`; what they take."""
        if key != self._key:
            self._key = key
            seen = camera.rect.inflate(20, 20)
            spots = [(unit, camera.at(unit.x, unit.y)) for unit in units]
            self.blocks = _together(paint, [(u, s) for u, s in spots if seen.collidepoint(s)])
            full = list(taken)
            for block in self.blocks:
                self._place(paint, camera.rect, block, people, full)
                full.append(block.box)
            for block in self.blocks:
                _explain(paint, camera, block, full, chosen, named)
            known = {b.key for b in self.blocks}
            self._sides = {k: side for k, side in self._sides.items() if k in known}
        return [r for b in self.blocks for r in (b.box, *((b.label[1],) if b.label else ()))]

    def _place(
        self,
        paint: Paint,
        rect: pygame.Rect,
        block: Block,
        people: Throng,
        taken: Sequence[pygame.Rect],
    ) -> None:
        """Where the block hides the fewest people, covers nothing else and is near."""
        size, offsets = _arranged(paint, block)
        costs: list[float] = []
        boxes = _sides(block, size, paint.px(OVER_PX))
        inner = rect.inflate(-paint.px(6), -paint.px(6))
        kept_clear = [other.inflate(paint.px(6), paint.px(6)) for other in taken]
        x, y = block.middle
        for box in boxes:
            box.clamp_ip(inner)
            over = sum(box.clip(other).height for other in kept_clear)
            hidden = people.under(box)
            away = ((box.centerx - x) ** 2 + (box.centery - y) ** 2) ** 0.5
            costs.append(away + HIDDEN * hidden + LAID_OVER * over / paint.line_height(SMALL))
        best = min(range(len(costs)), key=costs.__getitem__)
        before = self._sides.get(block.key, best)
        side = before if costs[before] <= costs[best] + STAY else best
        self._sides[block.key] = side
        block.box = boxes[side]
        block.plates = [
            (offset.move(block.box.topleft), unit) for offset, unit in zip(offsets, block.units, strict=True)
        ]

    def draw(self, paint: Paint, chosen: str) -> None:
        """Leads first, then plates: filled for a unit at work, an outline for a free one."""
        theme = paint.theme
        for block in self.blocks:
            x, y = block.middle
            start = max(block.box.left, min(block.box.right, x)), max(block.box.top, min(block.box.bottom, y))
            if len(block.units) > 1:
                for spot in block.spots:
                    pygame.draw.aaline(paint.surface, theme.officers, (x, y), spot)
            pygame.draw.line(paint.surface, theme.officers, start, (x, y), max(1, paint.px(1.2)))
        for block in self.blocks:
            for plate, unit in block.plates:
                draw_plate(paint, plate, unit.text, busy=bool(unit.activity), chosen=unit.id == chosen)
                if unit.id == chosen:
                    spot = block.spots[block.units.index(unit)]
                    paint.shape("ring", spot, paint.px(18), theme.accent)
            if block.label is not None:
                text, under = block.label
                paint.label(text, under.center, SMALL, theme.text, theme.ground)


def draw_plate(paint: Paint, plate: pygame.Rect, text: str, *, busy: bool, chosen: bool = False) -> None:
    """One unit's plate."""
    theme = paint.theme
    if busy:
        fill, edge, ink = theme.officers, theme.ground, theme.on_accent
    else:
        fill, edge, ink = theme.panel, theme.officers, theme.officers
    if chosen:
        fill, edge, ink = theme.accent, theme.text, theme.on_accent
    paint.panel(plate, fill, edge, radius=4)
    y = plate.centery - paint.line_height(SMALL) / 2
    paint.text(text, (plate.centerx, y), SMALL, ink, bold=True, align=0.5)


def plate_size(paint: Paint, text: str) -> tuple[int, int]:
    """Pixels of a plate with this on it."""
    return paint.text_width(text, SMALL, bold=True) + paint.px(8), paint.line_height(SMALL)


def _together(paint: Paint, spots: Sequence[tuple[UnitMark, tuple[float, float]]]) -> list[Block]:
    """Units whose plates would lie on each other, as blocks; from north to south."""
    wide, high = plate_size(paint, "MMM-8")
    blocks: list[Block] = []
    for unit, (x, y) in sorted(spots, key=lambda s: (-s[0].y, s[0].x, s[0].id)):
        near = (b for b in blocks if abs(b.middle[0] - x) < 1.1 * wide and abs(b.middle[1] - y) < 2.2 * high)
        block = next(near, None)
        if block is None:
            blocks.append(Block([unit], [(x, y)]))
        else:
            block.units.append(unit)
            block.spots.append((x, y))
    for block in blocks:
        order = sorted(range(len(block.units)), key=lambda k: (block.units[k].code, block.units[k].id))
        block.units = [block.units[k] for k in order]
        block.spots = [block.spots[k] for k in order]
    return blocks


def _arranged(paint: Paint, block: Block) -> tuple[tuple[int, int], list[pygame.Rect]]:
    """Size of the block and where in it each plate is, column by column."""
    number, gap = len(block.units), paint.px(2)
    columns = next((c for most, c in COLUMNS if number <= most), MOST_COLUMNS)
    rows = -(-number // columns)
    sizes = [plate_size(paint, u.text) for u in block.units]
    wide, high = max(w for w, _ in sizes), sizes[0][1]
    columns = -(-number // rows)
    plates = [pygame.Rect((k // rows) * (wide + gap), (k % rows) * (high + gap), wide, high) for k in range(number)]
    return (columns * (wide + gap) - gap, rows * (high + gap) - gap), plates


def _sides(block: Block, size: tuple[int, int], over: int) -> list[pygame.Rect]:
    """Where the block may stand: above its units first, then round them, near and farther away."""
    xs, ys = [x for x, _ in block.spots], [y for _, y in block.spots]
    west, east, north, south = min(xs), max(xs), min(ys), max(ys)
    x, y = (west + east) / 2, (north + south) / 2
    wide, high = size
    found = []
    for far in (over, over + 1.2 * high, over + 2.6 * high, over + 5.0 * high):
        above, below = north - far - high / 2, south + far + high / 2
        left, right = west - far - wide / 2, east + far + wide / 2
        for centre in (
            (x, above), (x, below), (right, y), (left, y),
            (right, above), (left, above), (right, below), (left, below),
        ):  # fmt: skip
            box = pygame.Rect(0, 0, wide, high)
            box.center = round(centre[0]), round(centre[1])
            found.append(box)
    return found


def _explain(
    paint: Paint,
    camera: Camera,
    block: Block,
    taken: list[pygame.Rect],
    chosen: str,
    named: Callable[[str], str],
) -> None:
    """What a unit alone does, under its plate where there is room; of a block only what the chosen one does."""
    close = camera.scale * 40 > paint.px(60)
    unit = next((u for u in block.units if u.id == chosen), block.units[0] if len(block.units) == 1 and close else None)
    if unit is None or not unit.activity:
        return
    text = paint.type.cut(named(unit.activity), paint.px(LABEL_PX), paint.text_px(SMALL))
    under = pygame.Rect(0, 0, paint.text_width(text, SMALL) + 4, paint.line_height(SMALL))
    for spot in ("midtop", "midbottom"):
        setattr(under, spot, block.box.midbottom if spot == "midtop" else block.box.midtop)
        if camera.rect.contains(under) and under.collidelist(taken) < 0:
            taken.append(under)
            block.label = text, under
            return
