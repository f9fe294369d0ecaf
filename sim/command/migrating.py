"""Migrating: what `check --migrate` shows and, on request, writes."""

from collections.abc import Sequence
from pathlib import Path

from sim.command.setting import Setting
from sim.storage.library import read_bytes
from sim.storage.migration import migrate, write_migrated


def migrate_files(files: Sequence[Path], setting: Setting, *, write: bool, as_json: bool) -> int:
    """Shows what changes in each file; 1 while something is to be written and was not, else 0.

    Raises:
        BadInput: a file cannot be read or written. Nothing is written before all were read.
    """
    found = [(path, migrate(read_bytes(path), str(path))) for path in files]
    pending = [(path, each) for path, each in found if each.changed]
    if write:
        for path, each in pending:
            write_migrated(path, each)
    if as_json:
        setting.json(
            {
                "ok": write or not pending,
                "files": [
                    {
                        "file": each.file,
                        "from": each.since,
                        "to": each.now,
                        "diff": each.difference,
                        "written": write and each.changed,
                    }
                    for _, each in found
                ],
            }
        )
    else:
        for _, each in pending:
            for step in each.steps:
                setting.out.print(setting.say(step), markup=False)
            setting.out.print(each.difference, markup=False, soft_wrap=True)
        _sum_up(setting, len(found), len(pending), write=write)
    return 0 if write or not pending else 1


def _sum_up(setting: Setting, files: int, pending: int, *, write: bool) -> None:
    if not pending:
        setting.out.print(setting.say("Nothing to change; files checked: {number}", number=files), markup=False)
    elif write:
        setting.out.print(setting.say("Files written: {number}", number=pending), markup=False)
    else:
        setting.out.print(setting.say("Files to change: {number}; --write writes them", number=pending), markup=False)
