"""The report: one self-contained page about one run, to read, print and talk about."""

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import jinja2

from sim import __version__
from sim.core.phrase import Phrase
from sim.core.speech import Speech
from sim.exercise.snapshot import Snapshot, snapshot_of
from sim.scenario.scenario import Playbook
from sim.scoring import summary
from sim.seat.days import BAD_VICTORY, days_in_words
from sim.seat.law import mark
from sim.storage.account import Account
from sim.storage.chart import timeline_chart
from sim.storage.journal_file import Header
from sim.storage.library import data_root
from sim.storage.picture import map_picture, unit_codes, view_of
from sim.world.journal import Entry

__all__ = ["Snapshot", "snapshot_of", "write_report"]


def write_report(
    path: Path,
    *,
    playbook: Playbook,
    header: Header,
    entries: Iterable[Entry],
    score_dict: Mapping[str, Any],
    snapshots: Sequence[Snapshot],
    say: Speech,
) -> None:
    """Writes the page whole or not at all; it holds no script and asks for nothing from anywhere."""
    account = Account(playbook, entries, say)
    view = view_of(playbook.scenario, snapshots)
    won, lost = account.endings()
    page = _template().render(
        say=say,
        lang="zh-CN" if say.language == "zh" else "en",
        title=say(playbook.scenario.title.text),
        summary=say(playbook.scenario.summary.text),
        header=header,
        version=__version__,
        unreviewed=say(unreviewed) if (unreviewed := mark(playbook)) is not None else "",
        score=_said(score_dict, say),
        chart=timeline_chart(account, say),
        pictures=[map_picture(playbook.scenario, snapshot, view, say) for snapshot in snapshots],
        codes=unit_codes(snapshots, say),
        decisions=account.decisions,
        injects=account.injects,
        after=_days_after(account, say),
        won=won,
        lost=lost,
    )
    partial = path.with_suffix(path.suffix + ".part")
    partial.write_text(page, encoding="utf-8")
    os.replace(partial, path)


def _days_after(account: Account, say: Speech) -> list[str]:
    """What became of the days after, and whether the street was only quiet; nothing where they were not played."""
    figures: Any = summary(account.entries)
    told = [say(BAD_VICTORY)] if figures["outcome"]["reason"] == "bad_victory" else []
    return told + ([say(days_in_words(figures["aftermath"]))] if figures["aftermath"] is not None else [])


def _template() -> jinja2.Template:
    loader = jinja2.FileSystemLoader(data_root() / "assets" / "report")
    environment = jinja2.Environment(
        loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("run.html.j2")


def _said(data: Any, say: Speech) -> Any:  # noqa: ANN401 - a score as plain data
    """The score with every phrase and bilingual text said in the page's language."""
    if isinstance(data, Mapping):
        if set(data) == {"template", "params"}:
            return say(Phrase.from_dict(dict(data)))
        if set(data) == {"en", "zh"}:
            return data[say.language]
        return {key: _said(value, say) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_said(value, say) for value in data]
    return data
