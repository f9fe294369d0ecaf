"""A file names another so that both can be moved together."""

import os
from pathlib import Path

import pytest

from sim.storage.relative import named_from


def test_a_file_is_named_by_the_way_from_the_other_ones_folder(tmp_path: Path) -> None:
    assert "../scenarios/own.yaml" == named_from(tmp_path / "drills" / "cut.yaml", tmp_path / "scenarios" / "own.yaml")


def test_a_file_on_another_drive_is_named_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def apart(path: object, start: object) -> str:
        raise ValueError("path is on mount 'C:', start on mount 'D:'")

    monkeypatch.setattr(os.path, "relpath", apart)
    other = tmp_path / "own.yaml"
    assert other.resolve().as_posix() == named_from(tmp_path / "drills" / "cut.yaml", other)
