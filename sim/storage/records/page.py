"""Page: results of a person or a squad over time, as one self-contained page with a curve."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import jinja2

from sim import __version__
from sim.core.phrase import LText
from sim.core.speech import Speech
from sim.storage.keepsake import write_whole
from sim.storage.records.register import Row
from sim.storage.shipped import data_root

WIDTH, HEIGHT, LEFT, BOTTOM = 900.0, 260.0, 40.0, 26.0


def write_progress(path: Path, runs: Sequence[Row], who: str, title: Callable[[str], LText], say: Speech) -> None:
    """Writes the page whole or not at all: every run with a score, oldest first. It holds no script.

    Raises:
        BadInput: the disk does not take it.
    """
    loader = jinja2.FileSystemLoader(data_root() / "assets" / "report")
    environment = jinja2.Environment(
        loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    page = environment.get_template("progress.html.j2").render(
        say=say,
        lang="zh-CN" if say.language == "zh" else "en",
        who=who,
        version=__version__,
        width=WIDTH,
        height=HEIGHT,
        left=LEFT,
        lines=[{"y": _y(points), "text": str(points)} for points in (0, 20, 40, 60, 80, 100)],
        points=_points(runs),
        rows=[
            {
                "day": str(run["ended"])[:10],
                "what": say(title(str(run["drill"] or run["scenario"]))),
                "total": f"{float(run['total']):.1f}",
                "grade": str(run["grade"] or ""),
                "gates": str(run["gates"]).replace("+", ", "),
            }
            for run in runs
        ],
    )
    write_whole(path, page.encode())


def _y(points: float) -> float:
    return round(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - 12.0) * points / 100.0, 1)


def _points(runs: Sequence[Row]) -> list[dict[str, Any]]:
    step = (WIDTH - LEFT - 30.0) / max(1, len(runs) - 1)
    return [
        {
            "x": round(LEFT + 15.0 + k * step, 1),
            "y": _y(float(run["total"])),
            "said": f"{str(run['ended'])[:10]}: {float(run['total']):.1f}",
            "gate": bool(run["gates"]),
        }
        for k, run in enumerate(runs)
    ]
