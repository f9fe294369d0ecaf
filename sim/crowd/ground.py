"""The ground people walk on: what is solid, how far the nearest wall is, and which way leads to each destination.

Compiled once from a `Site` and shared by all forks of a run; nothing changes it afterwards. Three grids:

- `solid` and `slow` hold one value per cell; a cell is solid when its centre is.
- `distance` holds metres to the nearest wall at the corners of the cells. Read in between by bilinear
  interpolation it is exact along straight walls; within a cell of a convex corner it is up to 0.3 cells too far.
- `phi` and `way` hold one potential for each destination, at the centres of the cells: |grad phi| = 1/c, where c
  is the share of the free speed one walks with there. Solved by fast sweeping (Zhao 2005, Math. Comp. 74:603).
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from sim.core.errors import BadInput
from sim.core.geometry import Point, Polygon, Rect
from sim.core.kernel import inlined, kernel
from sim.core.phrase import Phrase

Shape: TypeAlias = Rect | Polygon
"""An area of the plane."""

Raster: TypeAlias = NDArray[np.float32]
Mask: TypeAlias = NDArray[np.uint8]
Ways: TypeAlias = NDArray[np.int8]

FAR = 1.0e6
"""Potential, in metres, of ground from which the destination cannot be reached."""

WALL_REACH_M = 10.0
"""`Ground.distance` is exact up to here; this value means this far or farther."""

BODY_CLEARANCE_M = 0.25
"""Ground closer to a wall than this costs up to three times its length: a body (radius 0.205 m) does not fit."""

_NARROW_M = 0.8
"""Nothing bends ways this close to a wall; twice as far away everything does (assumed)."""
_STRAIGHT: Raster = np.zeros((0, 1, 1, 2), np.float32)
"""Nothing bends any way."""

MOST_CELLS = 4_000_000
"""Sites of more cells are refused."""


@dataclass(frozen=True, slots=True)
class Destination:
    """Somewhere people can head for: an exit, an assembly point, a door."""

    name: str
    regions: tuple[Shape, ...]
    """Arriving in any of them is arriving."""


@dataclass(frozen=True, slots=True)
class Site:
    """A piece of ground as its author describes it; its edge is a wall."""

    width_m: float
    height_m: float
    cell_m: float
    """Side of a grid cell. A solid thinner than this is thickened to it, so that nobody slips between cells."""
    solids: tuple[Shape, ...]
    destinations: tuple[Destination, ...]
    slow: tuple[tuple[Shape, float], ...] = ()
    """Areas and the share of the free speed, above 0 and at most 1, one walks with there; the slowest counts."""

    def __post_init__(self) -> None:
        """Raise BadInput for a size, number of cells, name or speed that cannot be."""
        if not (self.width_m > 0 and self.height_m > 0 and self.cell_m > 0):
            raise BadInput.of("bad-site", Phrase("a site and its cells need a size above 0"))
        rows, columns = self.shape
        if rows < 2 or columns < 2:
            raise BadInput.of("bad-site", Phrase("a site is at least two cells wide and two cells high"))
        if columns * rows > MOST_CELLS:
            raise BadInput.of(
                "site-too-fine",
                Phrase("{cells} cells are more than {most}", cells=columns * rows, most=MOST_CELLS),
                hint=Phrase("use larger cells"),
            )
        names = [destination.name for destination in self.destinations]
        for name in names:
            if names.count(name) > 1:
                raise BadInput.of("same-name", Phrase("two destinations are called {name}", name=name))
        for _, factor in self.slow:
            if not 0.0 < factor <= 1.0:
                raise BadInput.of(
                    "bad-speed", Phrase("a share of the speed is above 0 and at most 1, not {x}", x=factor)
                )

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns of the grid."""
        # A hair less, so that 10 m of 0.1 m cells is not 101 of them.
        rows, columns = (math.ceil(size / self.cell_m - 1e-9) for size in (self.height_m, self.width_m))
        return rows, columns


class Land(NamedTuple):
    """The grids of a `Ground` as kernels take them, with what bends the ways over it now."""

    solid: Mask
    slow: Raster
    distance: Raster
    phi: Raster
    way: Ways
    cell: float
    bend: Raster
    """`Detours.bend`; no fields when there is none."""
    coarse: float
    """Side of a cell of `bend`."""


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """A compiled site: the grids kernels read. Shared, never changed."""

    site: Site
    solid: Mask
    """Shape (rows, columns): 1 where the centre of the cell is inside a solid or off the site."""
    slow: Raster
    """Shape (rows, columns): share of the free speed one walks with, above 0 to 1."""
    distance: Raster
    """Shape (rows + 1, columns + 1): metres from the corner to the nearest solid or edge of the site, negative
    inside; capped at `WALL_REACH_M`."""
    phi: Raster
    """Shape (destinations, rows, columns): metres of easy walking to the destination, `FAR` where there is no way
    and 0 inside it."""
    way: Ways
    """Shape (destinations, rows, columns, 2): unit vector down `phi` times 127; zero inside and where no way is."""

    @property
    def cell_m(self) -> float:
        """Side of a cell in metres."""
        return self.site.cell_m

    @property
    def land(self) -> Land:
        """The grids as kernels take them, with nothing that bends a way."""
        return self.bent(_STRAIGHT, self.site.cell_m)

    def bent(self, bend: Raster, coarse_m: float) -> Land:
        """The grids as kernels take them, with ways bent by `Detours.bend` on cells of that size."""
        return Land(self.solid, self.slow, self.distance, self.phi, self.way, self.site.cell_m, bend, coarse_m)

    def field(self, name: str) -> int:
        """Return the index of the destination called `name` in `phi` and `way`.

        Raises:
            BadInput: there is none of that name.
        """
        for index, destination in enumerate(self.site.destinations):
            if destination.name == name:
                return index
        raise BadInput.of("unknown-destination", Phrase("no destination is called {name}", name=name))

    def walkable(self, x: float, y: float) -> bool:
        """Return whether (x, y) is on the site and in no solid."""
        return distance_at(self.distance, self.cell_m, x, y) > 0.0

    def distance_at(self, x: float, y: float) -> float:
        """Return metres from (x, y) to the nearest wall, negative inside one; see `distance_at`."""
        return distance_at(self.distance, self.cell_m, x, y)

    def walk_at(self, field: int, x: float, y: float) -> float:
        """Return metres of easy walking from (x, y) to destination `field`, `FAR` when there is no way."""
        return walk_at(self.phi, self.solid, self.cell_m, field, x, y)

    def direction_at(self, field: int, x: float, y: float) -> tuple[float, float]:
        """Return the unit vector that leads from (x, y) to destination `field`; (0, 0) when there or lost."""
        return direction_at(self.way, self.solid, self.cell_m, field, x, y)

    def clear(self, x0: float, y0: float, x1: float, y1: float) -> bool:
        """Return whether nothing solid lies on the straight line between two places."""
        return clear_sight(self.solid, self.cell_m, x0, y0, x1, y1)


def compile_ground(site: Site, progress: Callable[[float], None] | None = None) -> Ground:
    """Return the ground of `site`; all its arrays are finite.

    Args:
        site: What to compile.
        progress: Called with the share done, from 0 to 1, after each destination.

    Raises:
        BadInput: a destination has no walkable cell.
    """
    rows, columns = site.shape
    cell = site.cell_m
    corners = np.full((rows + 1, columns + 1), WALL_REACH_M)
    centres = np.full((rows, columns), WALL_REACH_M)
    for grid, offset in ((corners, 0.0), (centres, 0.5 * cell)):
        _draw_edge(grid, cell, offset, site.width_m, site.height_m)
        for solid in site.solids:
            xs, ys = _outline(solid)
            spare = max(0.0, cell - thickness(solid)) / 2
            _draw(grid, cell, offset, xs, ys, spare)
    solids = (centres <= 1e-6).astype(np.uint8)
    slow = np.ones((rows, columns), np.float32)
    for area, factor in site.slow:
        slow = np.where(_inside(area, site), np.minimum(slow, np.float32(factor)), slow)
    # One cell of padding that nobody can enter spares the solver every test for the border.
    cost = np.full((rows + 2, columns + 2), FAR)
    squeezed = np.minimum(1.0, np.maximum(0.0, 1.0 - centres / BODY_CLEARANCE_M))
    cost[1:-1, 1:-1] = np.where(solids == 1, FAR, cell * (1.0 + 2.0 * squeezed) / slow)
    phi = np.empty((len(site.destinations), rows, columns), np.float32)
    way = np.empty((len(site.destinations), rows, columns, 2), np.int8)
    for index, destination in enumerate(site.destinations):
        potential = np.full((rows + 2, columns + 2), FAR)
        for region in destination.regions:
            potential[1:-1, 1:-1][_inside(region, site) & (solids == 0)] = 0.0
        if potential.min() > 0.0:
            raise BadInput.of(
                "solid-destination",
                Phrase("destination {name} has no ground one could stand on", name=destination.name),
            )
        sweep(potential, cost, 0.001 * cell)
        phi[index] = potential[1:-1, 1:-1]
        _descend(potential, way[index])
        if progress is not None:
            progress((index + 1) / len(site.destinations))
    return Ground(site, solids, slow, corners.astype(np.float32), phi, way)


def thickness(shape: Shape) -> float:
    """Return how thick a shape is at its thinnest side: metres from the middle of an edge straight across."""
    if isinstance(shape, Rect):
        return min(shape.x1 - shape.x0, shape.y1 - shape.y0)
    least = FAR
    edges = shape.edges
    for edge in edges:
        dx, dy = edge.b.x - edge.a.x, edge.b.y - edge.a.y
        length = edge.length
        if length == 0.0:
            continue
        ahead, behind = [FAR], [FAR]
        middle = Point((edge.a.x + edge.b.x) / 2, (edge.a.y + edge.b.y) / 2)
        for other in edges:
            if other is edge:
                continue
            # Places of the other edge's ends along the edge, and to its left, from its middle.
            ends = [(p.x - middle.x, p.y - middle.y) for p in (other.a, other.b)]
            (a0, b0), (a1, b1) = [((x * dx + y * dy) / length, (y * dx - x * dy) / length) for x, y in ends]
            if (a0 > 0.0) != (a1 > 0.0):
                left = b0 - a0 * (b1 - b0) / (a1 - a0)
                (ahead if left > 0.0 else behind).append(abs(left))
        # The inside is on the side where the way across meets an odd number of edges, the start value not counted.
        least = min(least, min(ahead) if len(ahead) % 2 == 0 else min(behind))
    return least


def _outline(shape: Shape) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the corners of a shape in order, as two arrays."""
    if isinstance(shape, Rect):
        corners = [(shape.x0, shape.y0), (shape.x1, shape.y0), (shape.x1, shape.y1), (shape.x0, shape.y1)]
    else:
        corners = [(point.x, point.y) for point in shape.points]
    both = np.array(corners, np.float64)
    return both[:, 0].copy(), both[:, 1].copy()


def _inside(shape: Shape, site: Site) -> NDArray[np.bool_]:
    """Return which cells a shape covers: those whose centre it holds, or if none the one its middle is in."""
    rows, columns = site.shape
    grid = np.full((rows, columns), WALL_REACH_M)
    xs, ys = _outline(shape)
    _draw(grid, site.cell_m, 0.5 * site.cell_m, xs, ys, 0.0)
    covered: NDArray[np.bool_] = grid <= 0.0
    if not covered.any():
        middle: Point = shape.centre if isinstance(shape, Rect) else shape.centroid
        row = min(rows - 1, max(0, math.floor(middle.y / site.cell_m)))
        column = min(columns - 1, max(0, math.floor(middle.x / site.cell_m)))
        covered[row, column] = True
    return covered


@kernel
def _draw_edge(grid: NDArray[np.float64], cell: float, offset: float, width: float, height: float) -> None:
    """Lower every value of `grid` to its point's distance from the edge of the site, negative outside."""
    for row in range(grid.shape[0]):
        y = row * cell + offset
        for column in range(grid.shape[1]):
            x = column * cell + offset
            grid[row, column] = min(grid[row, column], min(min(x, width - x), min(y, height - y)))


@kernel
def _draw(
    grid: NDArray[np.float64],
    cell: float,
    offset: float,
    xs: NDArray[np.float64],
    ys: NDArray[np.float64],
    spare: float,
) -> None:
    """Lower the values of `grid` to the signed distance from a polygon grown by `spare` on all sides."""
    n = len(xs)
    reach = WALL_REACH_M + spare
    west, east, south, north = xs[0], xs[0], ys[0], ys[0]
    for i in range(n):
        west, east, south, north = min(west, xs[i]), max(east, xs[i]), min(south, ys[i]), max(north, ys[i])
    first_row = max(0, math.floor((south - reach - offset) / cell))
    last_row = min(grid.shape[0] - 1, math.ceil((north + reach - offset) / cell))
    first_column = max(0, math.floor((west - reach - offset) / cell))
    last_column = min(grid.shape[1] - 1, math.ceil((east + reach - offset) / cell))
    for row in range(first_row, last_row + 1):
        y = row * cell + offset
        for column in range(first_column, last_column + 1):
            x = column * cell + offset
            square = FAR * FAR
            inside = False
            for i in range(n):
                j = i + 1 if i + 1 < n else 0
                dx, dy = xs[j] - xs[i], ys[j] - ys[i]
                px, py = x - xs[i], y - ys[i]
                length = dx * dx + dy * dy
                share = 0.0
                if length > 0.0:
                    share = min(1.0, max(0.0, (px * dx + py * dy) / length))
                ex, ey = px - share * dx, py - share * dy
                square = min(square, ex * ex + ey * ey)
                if (ys[i] > y) != (ys[j] > y) and x < xs[i] + (y - ys[i]) * dx / dy:
                    inside = not inside
            d = math.sqrt(square)
            grid[row, column] = min(grid[row, column], (-d if inside else d) - spare)


@kernel
def sweep(phi: NDArray[np.float64], cost: NDArray[np.float64], tolerance: float) -> None:
    """Solve |grad phi| = cost per cell in place from the seeds in `phi`, until no value falls by `tolerance`."""
    rows, columns = phi.shape[0] - 2, phi.shape[1] - 2
    changed = True
    while changed:
        changed = False
        for order in range(4):
            up = order < 2
            right = order == 0 or order == 3
            row, row_step = (1, 1) if up else (rows, -1)
            for _ in range(rows):
                column, column_step = (1, 1) if right else (columns, -1)
                for _ in range(columns):
                    h = cost[row, column]
                    old = phi[row, column]
                    if h < FAR and old > 0.0:
                        a = min(phi[row, column - 1], phi[row, column + 1])
                        b = min(phi[row - 1, column], phi[row + 1, column])
                        low, high = min(a, b), max(a, b)
                        if low < old:
                            new = low + h
                            if high - low < h:
                                new = 0.5 * (a + b + math.sqrt(2.0 * h * h - (a - b) * (a - b)))
                            if new < old:
                                phi[row, column] = new
                                changed = changed or old - new > tolerance
                    column += column_step
                row += row_step


@kernel
def _descend(phi: NDArray[np.float64], way: Ways) -> None:
    """Write the unit vector down the padded potential `phi`, from the lower neighbour on each axis, into `way`."""
    for row in range(way.shape[0]):
        for column in range(way.shape[1]):
            here = phi[row + 1, column + 1]
            gx = gy = 0.0
            if 0.0 < here < FAR:
                west, east = phi[row + 1, column], phi[row + 1, column + 2]
                south, north = phi[row, column + 1], phi[row + 2, column + 1]
                gx = max(0.0, here - min(west, east)) * (-1.0 if west < east else 1.0)
                gy = max(0.0, here - min(south, north)) * (-1.0 if south < north else 1.0)
                length = math.sqrt(gx * gx + gy * gy)
                if length > 0.0:
                    gx, gy = gx / length, gy / length
            way[row, column, 0] = math.floor(gx * 127.0 + 0.5)
            way[row, column, 1] = math.floor(gy * 127.0 + 0.5)


@kernel
def distance_at(distance: Raster, cell: float, x: float, y: float) -> float:
    """Return metres from (x, y) to the nearest wall by bilinear interpolation; negative in walls and off the site."""
    return wall_at(distance, cell, x, y)[0]


@inlined
def wall_at(distance: Raster, cell: float, x: float, y: float) -> tuple[float, float, float]:
    """Return metres from (x, y) to the nearest wall and the vector, about unit length, that leads away from it.

    Off the site it is minus the way back to its edge.
    """
    columns, rows = distance.shape[1] - 1, distance.shape[0] - 1
    u, w = min(float(columns), max(0.0, x / cell)), min(float(rows), max(0.0, y / cell))
    off_x, off_y = x - u * cell, y - w * cell
    column, row = min(columns - 1, int(u)), min(rows - 1, int(w))
    u -= column
    w -= row
    a, b = np.float64(distance[row, column]), np.float64(distance[row, column + 1])
    c, d = np.float64(distance[row + 1, column]), np.float64(distance[row + 1, column + 1])
    south = a + (b - a) * u
    north = c + (d - c) * u
    here = south + (north - south) * w
    if off_x != 0.0 or off_y != 0.0:
        off = math.sqrt(off_x * off_x + off_y * off_y)
        return min(0.0, here) - off, -off_x / off, -off_y / off
    gx = ((b - a) * (1.0 - w) + (d - c) * w) / cell
    return here, gx, (north - south) / cell


@inlined
def ease_at(land: Land, x: float, y: float) -> float:
    """Return the share of the free speed the ground allows at (x, y)."""
    row = min(land.slow.shape[0] - 1, max(0, int(y / land.cell)))
    column = min(land.slow.shape[1] - 1, max(0, int(x / land.cell)))
    ease: float = land.slow[row, column]
    return ease


@inlined
def walk_at(phi: Raster, solid: Mask, cell: float, field: int, x: float, y: float) -> float:
    """Return the potential of destination `field` at (x, y), over the walkable ones of the nearest four cells."""
    row, column, u, w = _among(solid, cell, x, y)
    total, weight = 0.0, 0.0
    for k in range(4):
        r, c = row + (k >> 1), column + (k & 1)
        share = (w if k >> 1 else 1.0 - w) * (u if k & 1 else 1.0 - u)
        if solid[r, c] == 0:
            total += share * phi[field, r, c]
            weight += share
    return total / weight if weight > 1e-9 else FAR


@inlined
def direction_at(way: Ways, solid: Mask, cell: float, field: int, x: float, y: float) -> tuple[float, float]:
    """Return the unit vector to destination `field` from (x, y); (0, 0) when there, or when there is no way."""
    row, column, u, w = _among(solid, cell, x, y)
    gx = gy = 0.0
    for k in range(4):
        r, c = row + (k >> 1), column + (k & 1)
        share = (w if k >> 1 else 1.0 - w) * (u if k & 1 else 1.0 - u)
        # A cell that counts for nothing is added as well: no question is cheaper than one that is hard to foresee.
        share *= 1.0 - float(solid[r, c])
        gx += share * np.float64(way[field, r, c, 0])
        gy += share * np.float64(way[field, r, c, 1])
    length = math.sqrt(gx * gx + gy * gy)
    if length < 6.0:
        # Ways that part here cancel out; the nearest cell's own way is as good as any and never zero by accident.
        gx, gy = _nearest_way(way, solid, field, row, column, u, w)
        length = math.sqrt(gx * gx + gy * gy)
        if length == 0.0:
            return 0.0, 0.0
    return gx / length, gy / length


@inlined
def _nearest_way(way: Ways, solid: Mask, field: int, row: int, column: int, u: float, w: float) -> tuple[float, float]:
    """Return the way, not of unit length, in the nearest of four cells that is not solid."""
    best = bx = by = 0.0
    for k in range(4):
        r, c = row + (k >> 1), column + (k & 1)
        share = (w if k >> 1 else 1.0 - w) * (u if k & 1 else 1.0 - u)
        if solid[r, c] == 0 and share > best:
            best, bx, by = share, np.float64(way[field, r, c, 0]), np.float64(way[field, r, c, 1])
    return bx, by


@inlined
def heading_at(land: Land, field: int, x: float, y: float, far: float) -> tuple[float, float]:
    """Return the unit vector along which somebody walks to destination `field` from (x, y), jams and lines weighed.

    `far` is how far the nearest wall is from there, or 2 m where it is farther.
    Without anything that bends ways it is that of `direction_at`; so it is in doors and along walls, of which the
    coarse grid of the bends knows nothing.
    """
    gx, gy = direction_at(land.way, land.solid, land.cell, field, x, y)
    if len(land.bend) == 0 or (gx == 0.0 and gy == 0.0):
        return gx, gy
    rows, columns = land.bend.shape[1], land.bend.shape[2]
    u, w = x / land.coarse - 0.5, y / land.coarse - 0.5
    column, row = min(columns - 2, max(0, math.floor(u))), min(rows - 2, max(0, math.floor(w)))
    u, w = min(1.0, max(0.0, u - column)), min(1.0, max(0.0, w - row))
    bx = by = 0.0
    for k in range(4):
        r, c = row + (k >> 1), column + (k & 1)
        share = (w if k >> 1 else 1.0 - w) * (u if k & 1 else 1.0 - u)
        bx += share * np.float64(land.bend[field, r, c, 0])
        by += share * np.float64(land.bend[field, r, c, 1])
    open_m = min(1.0, max(0.0, (far - _NARROW_M) / _NARROW_M))
    bx, by = gx + open_m * bx, gy + open_m * by
    length = math.sqrt(bx * bx + by * by)
    return (bx / length, by / length) if length > 0.1 else (gx, gy)


@inlined
def _among(solid: Mask, cell: float, x: float, y: float) -> tuple[int, int, float, float]:
    """Return the south-west one of the four cells whose centres surround (x, y), and how far east and north."""
    u, w = x / cell - 0.5, y / cell - 0.5
    column = min(solid.shape[1] - 2, max(0, math.floor(u)))
    row = min(solid.shape[0] - 2, max(0, math.floor(w)))
    return row, column, min(1.0, max(0.0, u - column)), min(1.0, max(0.0, w - row))


@kernel
def clear_sight(solid: Mask, cell: float, x0: float, y0: float, x1: float, y1: float) -> bool:
    """Return whether the straight line from (x0, y0) to (x1, y1) meets no solid cell; its ends count.

    Walks cell by cell (Amanatides and Woo 1987). Through a corner it passes one of the two cells beside it, so
    solids that touch at a corner hide what is behind. Off the grid nothing is seen.
    """
    u, w = x0 / cell, y0 / cell
    column, row = int(math.floor(u)), int(math.floor(w))
    last_column, last_row = int(math.floor(x1 / cell)), int(math.floor(y1 / cell))
    dx, dy = x1 / cell - u, y1 / cell - w
    step_x, step_y = (1 if dx > 0.0 else -1), (1 if dy > 0.0 else -1)
    across_x = 1.0 / abs(dx) if dx != 0.0 else FAR
    across_y = 1.0 / abs(dy) if dy != 0.0 else FAR
    # A line along a grid line, 0 * FAR to the next one, would step off it at once.
    next_x = (column + 1 - u if dx > 0.0 else u - column) * across_x if dx != 0.0 else FAR
    next_y = (row + 1 - w if dy > 0.0 else w - row) * across_y if dy != 0.0 else FAR
    for _ in range(abs(last_column - column) + abs(last_row - row) + 1):
        if not (0 <= column < solid.shape[1] and 0 <= row < solid.shape[0]) or solid[row, column] != 0:
            return False
        if next_x < next_y:
            column += step_x
            next_x += across_x
        else:
            row += step_y
            next_y += across_y
    return True
