"""Grounds: compiled sites kept beside the kernels of this version, so that a start need not work out every way again.

A file is named by all that its site is. What cannot be read, or does not fit, is worked out as if it were not there.
A large site takes some 60 MB, so only the few used last are kept, and those of other versions go when one is added.
"""

import contextlib
import hashlib
import os
import zipfile
import zlib
from pathlib import Path

import numpy as np

from sim.crowd.ground import Ground, Site, compile_ground
from sim.storage.keepsake import in_its_place
from sim.storage.kernels import of_this_version

KEPT = 3
"""How many grounds are kept."""
_GRIDS = ("solid", "slow", "distance", "phi", "way")
_FAULTS = (OSError, EOFError, ValueError, KeyError, RuntimeError, MemoryError, zipfile.BadZipFile, zlib.error)
"""What reading a file that was cut or changed may end in: one flipped bit is enough to make it seem encrypted."""


def kept_ground(site: Site) -> Ground:
    """Return the ground of this site as `compile_ground` does: read where it was kept, else worked out and kept.

    Raises:
        BadInput: a destination has no walkable cell.
    """
    folder = of_this_version()
    if folder is None:
        return compile_ground(site)
    path = folder / f"ground_{hashlib.blake2b(repr(site).encode(), digest_size=16).hexdigest()}.npz"
    with contextlib.suppress(*_FAULTS):
        ground = _read(path, site)
        with contextlib.suppress(OSError):
            os.utime(path)
        return ground
    ground = compile_ground(site)
    with contextlib.suppress(OSError):
        _write(path, ground)
        _clean_up(path)
    return ground


def _read(path: Path, site: Site) -> Ground:
    """Return what was kept there; any of `_FAULTS` when it is not whole."""
    # Opened here: what is no whole archive would be left open.
    with path.open("rb") as file, np.load(file, allow_pickle=False) as grids:
        ground = Ground(site, *(grids[name] for name in _GRIDS))
    rows, columns = site.shape
    fields = len(site.destinations)
    shapes = ((rows, columns), (rows, columns), (rows + 1, columns + 1), (fields, rows, columns))
    if tuple(getattr(ground, name).shape for name in _GRIDS) != (*shapes, (fields, rows, columns, 2)):
        raise ValueError("grids of another site")
    return ground


def _write(path: Path, ground: Ground) -> None:
    """Keeps it; whoever reads at the same time finds all of it or nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with in_its_place(path) as half, half.open("wb") as file:
        np.savez(file, **{name: getattr(ground, name) for name in _GRIDS})


def _clean_up(newest: Path) -> None:
    """Removes what other versions kept, and of this one what was used before the last few."""
    folder = newest.parent
    others = [path for path in folder.parent.glob("*/ground_*.npz") if path.parent != folder]
    mine = sorted(folder.glob("ground_*.npz"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in (*others, *mine[KEPT:]):
        path.unlink(missing_ok=True)
