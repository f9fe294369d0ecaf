"""The program as its users start it: a small scenario in a file, arguments in, exit code and two streams out."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from sim.app import main
from tests.small import small_data


@dataclass(frozen=True)
class Said:
    """What one call of the program did."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """Its one JSON object."""
        return json.loads(self.out)


class Program:
    """Calls commands in this process and collects what they say."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Listen to these streams."""
        self._capsys = capsys

    def __call__(self, *arguments: object) -> Said:
        """Runs one command."""
        self._capsys.readouterr()
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as left:
            code = int(left.code or 0)
        out, err = self._capsys.readouterr()
        assert "Traceback" not in out + err
        return Said(code, out, err)


def write_scenario(folder: Path, **changes: Any) -> Path:
    """The small scenario as a file."""
    path = folder / "small.yaml"
    path.write_text(yaml.safe_dump(small_data(**changes), allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path
