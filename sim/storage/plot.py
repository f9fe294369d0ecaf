"""Plots: the curves of a row as an SVG file, measured beside published."""

import importlib
import importlib.util
import logging
from pathlib import Path
from typing import Any

from sim.core.errors import BadInput
from sim.core.phrase import Phrase
from sim.core.speech import Speech
from sim.science.row import Curve
from sim.science.verdict import Verdict

INK, MUTED = "#1c2430", "#6b7686"
MEASURED = ("#0b6fb8", "#c2571a", "#2d8a4e", "#8a4fb0", "#a8871a", "#b03060")
"""Hues told apart by the common kinds of colour blindness; markers differ too."""
MARKS = ("o", "s", "^", "D", "v", "P")


def need_plots() -> None:
    """Raise BadInput when the library that draws plots is not installed."""
    if importlib.util.find_spec("matplotlib") is None:
        raise BadInput.of(
            "no-plots",
            Phrase("drawing figures needs matplotlib, which is not installed"),
            hint=Phrase("install it with: pip install matplotlib"),
        )


def draw_curves(path: Path, verdict: Verdict, say: Speech) -> bool:
    """Write the figure of a row; returns False, and writes nothing, when the row has none."""
    if not verdict.curves or verdict.row.axes is None:
        return False
    mpl: Any = importlib.import_module("matplotlib")
    mpl.use("svg")
    plt: Any = importlib.import_module("matplotlib.pyplot")
    style = {
        "svg.fonttype": "none",
        "svg.hashsalt": verdict.row.id,
        "font.family": ["Noto Sans SC", "Noto Sans CJK SC", "sans-serif"],
        "axes.spines.top": False,
        "axes.spines.right": False,
    }
    # The font is named for the reader's machine; that ours lacks it is nothing to warn of.
    logging.getLogger("matplotlib.font_manager").disabled = True
    with mpl.rc_context(style):
        figure, axes = plt.subplots(figsize=(7.2, 4.2), constrained_layout=True)
        hue = 0
        for curve in verdict.curves:
            if curve.published:
                _draw(axes, curve, MUTED, "x", say)
            else:
                _draw(axes, curve, MEASURED[hue % len(MEASURED)], MARKS[hue % len(MARKS)], say)
                hue += 1
        across, up = verdict.row.axes
        axes.set_xlabel(say(across), color=INK)
        axes.set_ylabel(say(up), color=INK)
        axes.grid(visible=True, color="#e3e7ec", linewidth=0.8)
        axes.set_axisbelow(True)
        axes.legend(frameon=False, fontsize=9)
        figure.savefig(path, format="svg", metadata={"Date": None, "Creator": None})
        plt.close(figure)
    return True


def _draw(axes: Any, curve: Curve, colour: str, mark: str, say: Speech) -> None:  # noqa: ANN401 - the library is optional
    """One curve; a published one is grey and dashed, or crosses."""
    name = say(curve.name)
    line = "" if curve.dots else "--" if curve.published else "-"
    few = len(curve.x) <= 30
    axes.plot(
        list(curve.x),
        list(curve.y),
        linestyle=line,
        marker=mark if few or curve.dots else "",
        markersize=5,
        color=colour,
        label=name,
        linewidth=1.6,
    )
    if curve.spread:
        low, high = [a for a, _ in curve.spread], [b for _, b in curve.spread]
        axes.fill_between(list(curve.x), low, high, color=colour, alpha=0.18, linewidth=0)
