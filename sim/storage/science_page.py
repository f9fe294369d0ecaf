"""The science page: what the model was held against, what came out, and how far each number may be doubted."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import jinja2

from sim import __version__
from sim.core.phrase import Phrase
from sim.core.speech import Speech
from sim.science.experiment import EXPERIMENTS
from sim.science.row import Check
from sim.science.verdict import Verdict, range_phrase
from sim.storage.keepsake import in_its_place
from sim.storage.language import speech
from sim.storage.plot import draw_curves, need_plots
from sim.storage.shipped import data_root
from sim.world.numbers import Numbers

__all__ = ["need_plots", "write_science_page"]


def write_science_page(folder: Path, verdicts: Sequence[Verdict], *, fast: bool) -> Iterator[Path]:
    """Write the page in each language, with the figures beside it in `science/`; yields each file written."""
    pictures = folder / "science"
    pictures.mkdir(parents=True, exist_ok=True)
    for say, name in ((speech("en"), "science.md"), (speech("zh"), "science.zh.md")):
        rows = []
        for verdict in verdicts:
            picture = pictures / f"{verdict.row.id}.{say.language}.svg"
            drawn = draw_curves(picture, verdict, say)
            if drawn:
                yield picture
            rows.append(_row(verdict, f"science/{picture.name}" if drawn else "", say))
        page = _template().render(
            say=say,
            version=__version__,
            fast=fast,
            rows=rows,
            experiments=_experiments(say),
            numbers=[(name, number, say(Phrase.literal(number.source))) for name, number in Numbers().listed()],
        )
        with in_its_place(folder / name) as partial:
            partial.write_text(page, encoding="utf-8")
        yield folder / name


def _template() -> jinja2.Template:
    loader = jinja2.FileSystemLoader(data_root() / "assets" / "report")
    environment = jinja2.Environment(
        loader=loader,
        autoescape=False,  # Markdown of our own words, not a page of a user's
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["cell"] = lambda text: str(text).replace("|", "\\|").replace("\n", " ")
    return environment.get_template("science.md.j2")


def _row(verdict: Verdict, picture: str, say: Speech) -> dict[str, Any]:
    row = verdict.row
    return {
        "id": row.id,
        "fact": say(row.fact),
        "source": row.source,
        "expected": say(row.expected),
        "standing": say(row.standing),
        "mechanism": say(row.mechanism),
        "holds": verdict.holds,
        "control": bool(verdict.failures),
        "control_fails": verdict.control_fails,
        "trials": verdict.trials,
        "picture": picture,
        "checks": [_check(check, say) for check in verdict.checks],
        "failures": [_check(check, say) for check in verdict.failures],
    }


def _check(check: Check, say: Speech) -> dict[str, Any]:
    unit = "" if check.unit == "1" else f" {check.unit}"
    measured = f"{check.measured:.4g}"
    if check.interval is not None and check.interval[0] != check.interval[1]:
        measured += f" ({check.interval[0]:.4g} .. {check.interval[1]:.4g})"
    return {
        "what": say(check.what),
        "measured": measured + unit,
        "demanded": say(range_phrase(check)) + (unit if check.low is not None or check.high is not None else ""),
        "n": check.n,
        "holds": check.holds,
    }


def _experiments(say: Speech) -> list[dict[str, Any]]:
    found = []
    for name, kind in EXPERIMENTS.items():
        fields = [
            {"name": each.name, "usual": each.usual or "", "meaning": say(each.meaning)} for each in kind.parameters()
        ]
        found.append({"name": name, "what": say(kind.purpose()), "fields": fields})
    return found
