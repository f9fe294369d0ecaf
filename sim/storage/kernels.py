"""Where compiled kernels are kept: a private folder named by a digest of the package, so that no stale code ever runs.

Imports nothing of the program: it has to run before the first kernel is defined.
"""

import hashlib
import os
import stat
import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent


def package_digest() -> str:
    """Digest of every Python file of the package and of the Python that runs it."""
    digest = hashlib.blake2b(sys.version.encode(), digest_size=8)
    for path in sorted(PACKAGE.rglob("*.py")):
        digest.update(str(path.relative_to(PACKAGE)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def private(folder: Path) -> bool:
    """True when nobody but this user can write there (compiled code is run on trust)."""
    if os.name == "nt":
        return True
    state = folder.stat()
    return state.st_uid == os.getuid() and not state.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def prepare(home: Path) -> Path | None:
    """Points the compiler at this version's own folder under `home` and returns it; None when there is no safe one.

    Has an effect only before numba is imported. A folder named by the caller's environment is left alone.
    """
    if "NUMBA_CACHE_DIR" in os.environ:
        return Path(os.environ["NUMBA_CACHE_DIR"])
    folder = home / "kernels" / package_digest()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not private(folder):
            return None
    except OSError:
        return None
    os.environ["NUMBA_CACHE_DIR"] = str(folder)
    return folder


def is_warm(folder: Path | None) -> bool:
    """True when an earlier start has left compiled kernels there."""
    return folder is not None and any(folder.rglob("*.nbi"))
