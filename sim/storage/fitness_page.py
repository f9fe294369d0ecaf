"""The fitness page: the card of a scenario as one self-contained page, to read before a class plays it."""

from pathlib import Path

import jinja2

from sim import __version__
from sim.core.speech import Speech
from sim.review.balance import Balance
from sim.scenario.scenario import Playbook
from sim.seat.fitness import Section, headline, sections, warnings
from sim.storage.keepsake import in_its_place
from sim.storage.shipped import data_root


def write_fitness_page(path: Path, card: Balance, playbook: Playbook, say: Speech) -> None:
    """Writes the page whole or not at all. It holds no script and asks for nothing from anywhere."""
    told = warnings(card, say) or None
    _write(path, playbook, say, headline(card, say), told, sections(card, playbook, say))


def write_model_page(path: Path, section: Section, playbook: Playbook, say: Speech) -> None:
    """Writes the model card as a page."""
    _write(path, playbook, say, (), (), (section,))


def _write(
    path: Path,
    playbook: Playbook,
    say: Speech,
    head: tuple[str, ...],
    told: tuple[str, ...] | None,
    found: tuple[Section, ...],
) -> None:
    loader = jinja2.FileSystemLoader(data_root() / "assets" / "report")
    environment = jinja2.Environment(
        loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    page = environment.get_template("fitness.html.j2").render(
        say=say,
        lang="zh-CN" if say.language == "zh" else "en",
        title=say(playbook.scenario.title.text),
        version=__version__,
        digest=playbook.digest,
        headline=head,
        warnings=told or (),
        clear=told is None,
        sections=found,
    )
    with in_its_place(path) as partial:
        partial.write_text(page, encoding="utf-8")
