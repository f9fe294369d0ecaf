"""Compiled code is never stale, never another's, and does not pile up."""

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from sim.storage import kernels
from sim.storage.kernels import KEPT, clean_up, package_digest, prepare, private

HOUSE = Path(__file__).resolve().parents[2] / "sim"
POSIX = pytest.mark.skipif(os.name == "nt", reason="permissions are Posix's")

ASKS = """
import sys
from pathlib import Path
from sim.storage.kernels import prepare
prepare(Path(sys.argv[1]))
from sim.core.answer import answer
print(answer(1.0))
"""


@pytest.fixture(autouse=True)
def no_folder_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A house of two rooms in which one kernel calls another that stands in another file."""
    house = tmp_path / "clone" / "sim"
    shutil.copytree(HOUSE / "core", house / "core", ignore=shutil.ignore_patterns("__pycache__"))
    (house / "storage").mkdir()
    for name in ("__init__.py", "storage/kernels.py"):
        shutil.copy(HOUSE / name, house / name)
    (house / "storage" / "__init__.py").touch()
    head = "from sim.core.kernel import kernel\n"
    (house / "core" / "step.py").write_text(head + "@kernel\ndef step(x):\n    return x + 1.0\n", encoding="utf-8")
    (house / "core" / "answer.py").write_text(
        head + "from sim.core.step import step\n@kernel\ndef answer(x):\n    return 10.0 * step(x)\n", encoding="utf-8"
    )
    return house


def ask(house: Path, home: Path, **environment: str) -> float:
    """What the kernel says in a process of its own."""
    known = {k: v for k, v in os.environ.items() if not k.startswith("NUMBA_")}
    done = subprocess.run(
        [sys.executable, "-c", ASKS, str(home)],
        cwd=house.parent,
        env={**known, "PYTHONPATH": str(house.parent), **environment},
        check=True,
        capture_output=True,
        text=True,
    )
    return float(done.stdout)


def edit(house: Path) -> None:
    """Changes a constant in the file that the kernel calls, and not in its own."""
    step = house / "core" / "step.py"
    step.write_text(step.read_text(encoding="utf-8").replace("1.0", "2.0"), encoding="utf-8")


def test_after_an_edit_to_a_file_that_a_kernel_calls_the_answer_is_the_new_one(clone: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert 20.0 == ask(clone, home)
    assert any((home / "kernels").rglob("answer*.nbi"))
    assert 20.0 == ask(clone, home)
    edit(clone)
    assert 30.0 == ask(clone, home)


def test_without_a_folder_of_its_own_the_old_answer_would_be_given(clone: Path, tmp_path: Path) -> None:
    """The trap is real: were this to fail, the test above would prove nothing."""
    shared = str(tmp_path / "shared")
    assert 20.0 == ask(clone, tmp_path, NUMBA_CACHE_DIR=shared)
    edit(clone)
    assert 20.0 == ask(clone, tmp_path, NUMBA_CACHE_DIR=shared)


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "package"
    (folder / "room").mkdir(parents=True)
    (folder / "a.py").write_text("A = 1\n", encoding="utf-8")
    (folder / "room" / "b.py").write_text("B = 2\n", encoding="utf-8")
    return folder


def test_the_folder_s_name_changes_with_every_file_and_with_a_file_s_name(package: Path) -> None:
    names = [package_digest(package)]
    (package / "room" / "b.py").write_text("B = 3\n", encoding="utf-8")
    names.append(package_digest(package))
    (package / "room" / "b.py").rename(package / "room" / "c.py")
    names.append(package_digest(package))
    (package / "room" / "notes.txt").write_text("not code", encoding="utf-8")
    assert 3 == len(set(names))
    assert names[-1] == package_digest(package)


@pytest.mark.parametrize("what", ["numba", "llvmlite", "numpy"])
def test_the_folder_s_name_changes_with_the_version_of(
    what: str, package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, version = package_digest(package), kernels.version
    monkeypatch.setattr(kernels, "version", lambda name: "0.0" if name == what else version(name))
    assert before != package_digest(package)


def test_the_folder_s_name_changes_with_python_processor_and_what_the_compiler_is_told(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [package_digest(package)]
    monkeypatch.setenv("NUMBA_OPT", "1")
    names.append(package_digest(package))
    monkeypatch.setenv("NUMBA_CPU_NAME", "generic")
    names.append(package_digest(package))
    monkeypatch.delenv("NUMBA_CPU_NAME")
    monkeypatch.setattr(kernels, "_processor", lambda: "another")
    names.append(package_digest(package))
    monkeypatch.setattr(kernels.sys, "version", "4.0")
    names.append(package_digest(package))
    assert 5 == len(set(names))
    monkeypatch.setenv("NUMBA_NUM_THREADS", "2")
    assert names[-1] == package_digest(package)


@POSIX
def test_the_folder_is_this_user_s_alone_whatever_new_files_are_usually_open_to(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        folder = prepare(tmp_path / "home")
    finally:
        os.umask(before)
    assert folder is not None
    assert str(folder) == os.environ.pop("NUMBA_CACHE_DIR")
    for each in (folder, folder.parent, tmp_path / "home"):
        assert 0o700 == stat.S_IMODE(each.stat().st_mode)


@POSIX
@pytest.mark.parametrize("place", ["", "kernels", "kernels/{digest}"])
@pytest.mark.parametrize("mode", [0o770, 0o707, 0o777])
def test_a_folder_that_others_can_write_to_is_refused(tmp_path: Path, place: str, mode: int) -> None:
    home = tmp_path / "home"
    open_one = home / place.format(digest=package_digest())
    open_one.mkdir(parents=True)
    open_one.chmod(mode)
    assert not private(open_one)
    assert prepare(home) is None
    assert "NUMBA_CACHE_DIR" not in os.environ


@POSIX
def test_a_link_to_somewhere_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "kernels").symlink_to(tmp_path / "elsewhere")
    assert prepare(tmp_path / "home") is None


def test_the_newest_few_versions_are_kept_and_nothing_else_is_touched(tmp_path: Path) -> None:
    folders = [tmp_path / f"{k:016x}" for k in range(6)]
    for age, folder in enumerate(folders):
        (folder / "core").mkdir(parents=True)
        (folder / "core" / "f.nbc").touch()
        os.utime(folder, (10**9 - age, 10**9 - age))
    (tmp_path / "notes").mkdir()
    mine = folders[5]
    clean_up(mine)
    assert sorted(["notes", mine.name, *(f.name for f in folders[: KEPT - 1])]) == sorted(
        each.name for each in tmp_path.iterdir()
    )


def test_a_folder_is_ready_once_that_was_noted(tmp_path: Path) -> None:
    folder = tmp_path / "kernels"
    assert not kernels.is_ready(folder)
    kernels.mark_ready(folder)
    assert kernels.is_ready(folder)


def test_the_kernels_of_a_run_are_counted_and_those_in_a_folder_too(clone: Path, tmp_path: Path) -> None:
    assert 2 <= kernels.count_defined(clone)
    before = kernels.count_compiled(tmp_path)
    ask(clone, tmp_path / "home")
    assert before + 2 == kernels.count_compiled(tmp_path)
