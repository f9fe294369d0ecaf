"""`preview`: a window that shows a scenario file as it is written, and reads it again whenever it is saved."""

import argparse
import time
from collections.abc import Callable
from pathlib import Path

from sim.command.preparing import compile_for, ready
from sim.command.setting import Setting
from sim.core.errors import BadInput
from sim.core.phrase import Phrase
from sim.core.speech import Speech
from sim.desktop.preview.draft import Draft
from sim.exercise.exercise import Exercise
from sim.storage.library import check_bytes, find_scenario, load_playbook, read_bytes
from sim.storage.reader import read_yaml

NAME = "preview"
HELP = "show a scenario file in a window - map, timeline, faults - and read it again whenever it is saved"
EXAMPLE = "commonground preview my_square.yaml"


class FileOnDisk:
    """The author's file; it is only ever read."""

    def __init__(self, path: Path) -> None:
        """Nothing is read yet."""
        self.path = path
        self._number = 0
        self._stamp: tuple[int, int] | None = None
        self._ready = False

    @property
    def changed(self) -> bool:
        """True when it was saved, taken away or put back since it was read."""
        return self._now() != self._stamp

    def _now(self) -> tuple[int, int] | None:
        try:
            found = self.path.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size

    @property
    def ready(self) -> bool:
        """False before the first run on this computer."""
        self._ready = self._ready or ready()
        return self._ready

    def prepare(self, run: Exercise, tell: Callable[[float], object]) -> None:
        """Compiles the kernels."""
        compile_for(run, tell)

    def read(self) -> Draft:
        """The file as it is now, with every fault."""
        self._stamp = self._now()
        self._number += 1
        stamp = self._stamp[0] / 1e9 if self._stamp is not None else time.time()
        lines: tuple[str, ...] = ()
        values, keys, playbook = {}, {}, None
        try:
            source = read_bytes(self.path)
            lines = tuple(source.decode("utf-8", errors="replace").splitlines())
            faults = check_bytes(source, str(self.path))
            document = read_yaml(source, str(self.path))
            values = {path: (mark.line, mark.column) for path, mark in document.marks.items()}
            keys = {path: (mark.line, mark.column) for path, mark in document.key_marks.items()}
            if not any(fault.severity == "error" for fault in faults):
                playbook = load_playbook(str(self.path))
        except BadInput as wrong:
            faults = wrong.faults
        return Draft(
            number=self._number,
            file=self.path.name,
            saved=time.strftime("%H:%M:%S", time.localtime(stamp)),
            lines=lines,
            faults=faults,
            playbook=playbook,
            values=values,
            keys=keys,
        )


def arguments(parser: argparse.ArgumentParser, say: Speech) -> None:
    """Adds this command's arguments."""
    parser.add_argument("file", help=say("scenario file, or the id of one"))


def run(args: argparse.Namespace, setting: Setting) -> int:
    """Opens the window; exit 0 when it is closed."""
    from sim.command.office import DiskOffice
    from sim.desktop.preview.page import Preview
    from sim.desktop.window import Window, can_open

    path = find_scenario(args.file)
    read_bytes(path)
    if not can_open():
        raise BadInput.of(
            "no-screen",
            Phrase("there is no screen to open a window on"),
            hint=Phrase("run: {command}", command=f"commonground check {path}"),
        )
    with Window(DiskOffice(str(path)), first=lambda desk: [Preview(FileOnDisk(path))]) as window:
        if setting.language != window.desk.voice.language and args.lang:
            window.desk.voice.switch()
        window.run()
    return 0
