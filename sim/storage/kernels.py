"""Where compiled kernels are kept: a private folder named by all that goes into them, so that no stale code ever runs.

Imports nothing of the program: it has to run before the first kernel is defined.
"""

import contextlib
import hashlib
import os
import platform
import re
import shutil
import stat
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
COMPILERS = ("numba", "llvmlite", "numpy")
KEPT = 3
"""How many versions' folders are kept, the newest ones: a clone that goes back and forth need not compile again."""
_ROOMS = ("core", "crowd", "world")
"""Where the kernels stand that every run needs; those of `science` and `review` are made when they are asked for."""
_DEFINED = re.compile(r"^@(?:kernel|inlined)$", re.MULTILINE)
_READY = "ready"
_NAMED = re.compile(r"[0-9a-f]{16}")
_APART = {"NUMBA_CACHE_DIR", "NUMBA_NUM_THREADS"}
"""The compiler's settings that change nothing in what it makes."""


def package_digest(package: Path = PACKAGE) -> str:
    """Digest of every Python file of the package, of the Python, compiler and arrays that run it, and the processor.

    Numba itself looks at one file only: the one the kernel stands in, and not at those it calls.
    """
    digest = hashlib.blake2b("\n".join(_made_with()).encode(), digest_size=8)
    for path in sorted(package.rglob("*.py")):
        source = path.read_bytes()
        digest.update(f"\n{path.relative_to(package).as_posix()} {len(source)}\n".encode())
        digest.update(source)
    return digest.hexdigest()


def _made_with() -> list[str]:
    """Everything but the package itself that machine code depends on, as lines of text."""
    lines = [sys.version, platform.machine(), _processor()]
    for name in COMPILERS:
        with contextlib.suppress(PackageNotFoundError):
            lines.append(f"{name} {version(name)}")
    settings = sorted(name for name in os.environ if name.startswith("NUMBA_") and name not in _APART)
    return lines + [f"{name}={os.environ[name]}" for name in settings]


def _processor() -> str:
    """What the processor can do, as far as the system says so; "" when the compiler is told which to compile for."""
    if "NUMBA_CPU_NAME" in os.environ:
        return ""
    try:
        told = Path("/proc/cpuinfo").read_text(encoding="ascii", errors="replace")
    except OSError:
        return platform.processor()
    return next((line for line in told.splitlines() if line.startswith(("flags", "Features"))), "")


def private(folder: Path) -> bool:
    """True when it is a folder of this user's where nobody else can write (compiled code is run on trust)."""
    if os.name == "nt":
        return folder.is_dir()
    state = folder.lstat()
    mine = stat.S_ISDIR(state.st_mode) and state.st_uid == os.getuid()
    return mine and not state.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def prepare(home: Path) -> Path | None:
    """Points the compiler at this version's own folder under `home` and returns it; None when there is no safe one.

    Every folder from `home` down has to be this user's alone; those that are missing are made so. Folders of versions
    that were not used lately are removed. Has an effect only before numba is imported. A folder named by the caller's
    environment is left alone.
    """
    if "NUMBA_CACHE_DIR" in os.environ:
        return Path(os.environ["NUMBA_CACHE_DIR"])
    folder = home / "kernels" / package_digest()
    try:
        home.parent.mkdir(parents=True, exist_ok=True)
        fresh = not folder.exists()
        for each in (home, folder.parent, folder):
            each.mkdir(exist_ok=True, mode=0o700)
            if not private(each):
                return None
        os.utime(folder)
    except OSError:
        return None
    if fresh:
        clean_up(folder)
    os.environ["NUMBA_CACHE_DIR"] = str(folder)
    return folder


def of_this_version() -> Path | None:
    """The folder `prepare` has made for this very version; None without one, or where the caller named another."""
    folder = Path(os.environ.get("NUMBA_CACHE_DIR", ""))
    return folder if _NAMED.fullmatch(folder.name) else None


def clean_up(folder: Path) -> None:
    """Removes the folders of other versions beside this one, but for the few used last; nothing else is touched."""
    with contextlib.suppress(OSError):
        others = [each for each in folder.parent.iterdir() if _NAMED.fullmatch(each.name) and each != folder]
        others.sort(key=lambda each: each.stat().st_mtime, reverse=True)
        for each in others[KEPT - 1 :]:
            shutil.rmtree(each, ignore_errors=True)


def is_warm(folder: Path | None) -> bool:
    """True when an earlier start has left compiled kernels there."""
    return folder is not None and any(folder.rglob("*.nbi"))


def is_ready(folder: Path) -> bool:
    """True when every kernel of a run was compiled into this folder."""
    return (folder / _READY).exists()


def mark_ready(folder: Path) -> None:
    """Notes that every kernel of a run is compiled; nothing is noted where nobody can write."""
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _READY).touch()


def count_compiled(folder: Path) -> int:
    """How many kernels are in the folder."""
    return sum(1 for _ in folder.rglob("*.nbi"))


def count_defined(package: Path = PACKAGE) -> int:
    """How many kernels a run can need: those that stand in the rooms everybody uses. A few of them no run calls."""
    files = (path for room in _ROOMS for path in (package / room).glob("*.py"))
    return sum(len(_DEFINED.findall(path.read_text(encoding="utf-8"))) for path in files)
