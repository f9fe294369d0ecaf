"""A ground that was kept is the one that would be worked out, and what cannot be read is worked out again."""

import os
from pathlib import Path
from typing import IO

import numpy as np
import pytest

from sim.core.geometry import Rect
from sim.crowd.ground import Destination, Ground, Site, compile_ground
from sim.storage.grounds import KEPT, kept_ground

GRIDS = ("solid", "slow", "distance", "phi", "way")
SITE = Site(30.0, 20.0, 0.5, (Rect(10.0, 5.0, 14.0, 12.0),), (Destination("east", (Rect(28.0, 0.0, 30.0, 20.0),)),))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The kernels' folder of one version, still empty."""
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "0123456789abcdef"))
    return tmp_path / "0123456789abcdef"


def same(one: Ground, other: Ground) -> bool:
    """Whether two grounds are alike to the last bit."""
    return all(getattr(one, name).tobytes() == getattr(other, name).tobytes() for name in GRIDS)


def test_what_is_read_back_is_what_was_worked_out(folder: Path) -> None:
    first = kept_ground(SITE)
    assert 1 == len(list(folder.iterdir()))
    again = kept_ground(SITE)
    assert same(compile_ground(SITE), first)
    assert same(first, again)
    assert [getattr(first, name).dtype for name in GRIDS] == [getattr(again, name).dtype for name in GRIDS]


def test_it_is_read_and_not_worked_out_again(folder: Path) -> None:
    kept_ground(SITE)
    (path,) = folder.iterdir()
    changed = dict(np.load(path))
    changed["slow"] = changed["slow"] * np.float32(0.5)
    np.savez(path, **changed)
    assert 0.5 == kept_ground(SITE).slow[0, 0]


@pytest.mark.parametrize("left", [b"", b"no grids at all"])
def test_a_damaged_file_is_passed_over_and_written_anew(folder: Path, left: bytes) -> None:
    kept_ground(SITE)
    (path,) = folder.iterdir()
    path.write_bytes(left)
    assert same(compile_ground(SITE), kept_ground(SITE))
    assert len(left) < path.stat().st_size


def test_a_single_flipped_bit_is_passed_over_wherever_it_is(folder: Path) -> None:
    kept_ground(SITE)
    (path,) = folder.iterdir()
    whole = path.read_bytes()
    listed = whole.index(b"PK\x01\x02")
    for place in (6, 8, 9, listed + 6, listed + 8, listed + 10, listed + 20):
        for bit in range(8):
            path.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << bit]) + whole[place + 1 :])
            assert same(compile_ground(SITE), kept_ground(SITE))


def test_a_ground_that_may_be_read_and_not_touched_is_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept_ground(SITE)
    (path,) = folder.iterdir()
    changed = dict(np.load(path))
    changed["slow"] = changed["slow"] * np.float32(0.5)
    np.savez(path, **changed)

    def refused(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "utime", refused)
    assert 0.5 == kept_ground(SITE).slow[0, 0]


def test_a_disk_that_fills_up_leaves_nothing_half_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(file: IO[bytes], **_: object) -> None:
        file.write(b"PK")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np, "savez", full)
    assert same(compile_ground(SITE), kept_ground(SITE))
    assert [] == list(folder.iterdir())


def test_another_site_has_another_file(folder: Path) -> None:
    kept_ground(SITE)
    kept_ground(Site(31.0, 20.0, 0.5, SITE.solids, SITE.destinations))
    assert 2 == len(list(folder.iterdir()))


def test_nothing_is_kept_in_a_folder_the_user_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "mine"))
    assert same(compile_ground(SITE), kept_ground(SITE))
    assert not (tmp_path / "mine").exists()


def test_only_the_few_used_last_are_kept_and_none_of_another_version(folder: Path) -> None:
    old = folder.parent / "fedcba9876543210" / "ground_of_old.npz"
    old.parent.mkdir(parents=True)
    old.touch()
    for more in range(KEPT + 2):
        kept_ground(Site(30.0 + more, 20.0, 0.5, SITE.solids, SITE.destinations))
    assert KEPT == len(list(folder.iterdir()))
    assert not old.exists()
