"""Compiled functions behave as their source says, and are never run from a stale cache."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from sim.core.kernel import inlined, kernel

ROOT = Path(__file__).resolve().parents[2]

PROGRAM = """
from sim.core.kernel import kernel

@kernel
def triple(x):
    \"\"\"Return three times x.\"\"\"
    return 3 * x

print(triple(14))
"""


@kernel
def total(values: np.ndarray) -> float:
    """Return the sum, first to last."""
    result = 0.0
    for value in values:
        result += value
    return result


@inlined
def blend(a: float, b: float) -> float:
    return a * 0.1 + b * 0.7


@kernel
def blended(values: np.ndarray) -> float:
    result = 0.0
    for value in values:
        result += blend(value, result)
    return result


@kernel
def ratio(a: float, b: float) -> float:
    return a / b


def test_a_kernel_adds_in_the_order_written() -> None:
    values = np.array([1e16, 1.0, -1e16, 1.0, 0.1, 1e-9] * 50)
    expected = 0.0
    for value in values.tolist():
        expected += value
    assert expected == total(values)


def test_an_inlined_kernel_gives_the_bits_python_gives() -> None:
    values = np.linspace(-3.0, 7.0, 1001)
    expected = 0.0
    for value in values.tolist():
        expected += value * 0.1 + expected * 0.7
    assert expected == blended(values)


def test_division_by_zero_gives_infinity_and_zero_by_zero_nothing() -> None:
    assert np.inf == ratio(1.0, 0.0)
    assert np.isnan(ratio(0.0, 0.0))


def test_a_kernel_keeps_its_name_and_its_docstring() -> None:
    assert "total" == total.__name__
    assert "Return the sum, first to last." == total.__doc__


@pytest.mark.parametrize("kept", [False, True])
def test_machine_code_is_kept_only_where_a_folder_was_named(tmp_path: Path, kept: bool) -> None:
    program = tmp_path / "program.py"
    program.write_text(PROGRAM, encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if name != "NUMBA_CACHE_DIR"}
    environment["PYTHONPATH"] = str(ROOT)
    if kept:
        environment["NUMBA_CACHE_DIR"] = str(tmp_path / "kept")
    done = subprocess.run([sys.executable, str(program)], env=environment, capture_output=True, text=True, check=True)
    assert "42\n" == done.stdout
    assert kept == bool(list(tmp_path.rglob("*.nbi")))
