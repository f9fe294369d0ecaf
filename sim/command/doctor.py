"""`doctor`: versions, terminal, fonts, compiled kernels and data folder; what is amiss, and how to repair it."""

import argparse
import importlib.metadata
import os
import platform
import shutil
import stat
import sys
from dataclasses import dataclass
from pathlib import Path

from sim import __version__
from sim.command.setting import Setting
from sim.core.phrase import Phrase
from sim.core.speech import Speech
from sim.storage.folder import home
from sim.storage.kernels import is_warm, package_digest, private
from sim.storage.library import scenarios
from sim.storage.shipped import data_root

NAME = "doctor"
HELP = "what this installation is made of, what is amiss, and how to repair it"
EXAMPLE = "commonground doctor"
NEEDED = ("numpy", "numba", "pydantic", "PyYAML", "rich", "Jinja2", "pygame-ce")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at."""

    what: str
    value: str
    ok: bool
    repair: Phrase | None = None


def arguments(parser: argparse.ArgumentParser, say: Speech) -> None:
    """Adds this command's arguments."""
    parser.add_argument("--json", action="store_true", help=say("print one JSON object"))


def run(args: argparse.Namespace, setting: Setting) -> int:
    """Looks at everything; exit 1 when something needs repair."""
    from sim.console.card import doctor_table

    findings = [*_versions(), *_clashes(), *_terminal(), *_folders()]
    if args.json:
        setting.json(
            {
                "ok": all(f.ok for f in findings),
                "findings": [{"what": f.what, "value": f.value, "ok": f.ok, "repair": f.repair} for f in findings],
            }
        )
    else:
        setting.out.print(doctor_table(findings, setting.say))
    return 0 if all(f.ok for f in findings) else 1


def _versions() -> list[Finding]:
    supported = (3, 11) <= sys.version_info[:2] <= (3, 14)
    found = [
        Finding("Common Ground", __version__, ok=True),
        Finding(
            "Python",
            platform.python_version(),
            ok=supported,
            repair=None if supported else Phrase("install Python 3.11, 3.12, 3.13 or 3.14"),
        ),
        Finding("System", f"{platform.system()} {platform.machine()}", ok=True),
    ]
    for name in NEEDED:
        try:
            found.append(Finding(name, importlib.metadata.version(name), ok=True))
        except importlib.metadata.PackageNotFoundError:
            found.append(Finding(name, "-", ok=False, repair=Phrase("python -m pip install {package}", package=name)))
    return found


def _clashes() -> list[Finding]:
    names = {d.metadata["Name"].lower() for d in importlib.metadata.distributions() if d.metadata["Name"]}
    clash = {"pygame", "pygame-ce"} <= names
    repair = Phrase("python -m pip uninstall -y pygame pygame-ce, then python -m pip install pygame-ce")
    return [
        Finding(
            "pygame / pygame-ce",
            "clash" if clash else "one of them",
            ok=not clash,
            repair=repair if clash else None,
        )
    ]


def _terminal() -> list[Finding]:
    size = shutil.get_terminal_size()
    encoding = (sys.stdout.encoding or "").lower()
    utf8 = "utf" in encoding
    display = (
        bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
        or os.name == "nt"
        or sys.platform == "darwin"
    )
    return [
        Finding("Terminal", f"{size.columns} x {size.lines}" if sys.stdout.isatty() else "-", ok=True),
        Finding("Encoding", encoding or "-", ok=utf8, repair=None if utf8 else Phrase("set PYTHONUTF8=1")),
        Finding("Display", "yes" if display else "no", ok=True),
    ]


def _folders() -> list[Finding]:
    folder = home()
    kernels = folder / "kernels" / package_digest()
    repair = _mend_data_folder(folder)
    return [
        Finding("Data folder", str(folder), ok=repair is None, repair=repair),
        Finding("Compiled kernels", "ready" if is_warm(kernels) else "compiled on first use", ok=True),
        Finding(
            "Scenarios",
            ", ".join(scenarios()) or "-",
            ok=bool(scenarios()),
            repair=None if scenarios() else Phrase("install again: the scenarios are missing"),
        ),
        Finding("Files", str(data_root()), ok=data_root().is_dir()),
    ]


def _mend_data_folder(folder: Path) -> Phrase | None:
    """How to repair the data folder, None when it is private and can be written to, or made where it shall be."""
    nearest = next(each for each in (folder, *folder.parents) if each.exists())
    if not nearest.is_dir() or not os.access(nearest, os.W_OK | os.X_OK):
        return Phrase("nothing can be saved there; set COMMONGROUND_HOME to a folder you can write to")
    for each in (folder, folder / "kernels"):
        if each.exists() and not private(each):
            return Phrase("others can write to it; run: chmod 700 {folder}", folder=str(each))
    if os.name == "posix" and folder.exists() and folder.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        return Phrase("others can look into it; run: chmod 700 {folder}", folder=str(folder))
    return None
