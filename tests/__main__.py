"""Runs every check of the project and says which failed: `python -m tests [pytest arguments]`.

All checks run even when one fails; the exit code is that of the first that failed.
"""

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

CHECKS: dict[str, list[str]] = {
    "ruff check": ["-m", "ruff", "check", "."],
    "ruff format": ["-m", "ruff", "format", "--check", "."],
    "mypy": ["-m", "mypy"],
    "import-linter": ["-c", "from importlinter.cli import lint_imports_command as main; main()", "--no-logo"],
    "pytest": ["-m", "pytest", "-n", "2", "--dist", "worksteal"],
}


def main() -> int:
    """Run the checks in order, print one line for each, and return the first exit code that is not zero."""
    codes: list[int] = []
    lines: list[str] = []
    for name, arguments in CHECKS.items():
        print(f"\n--- {name}", flush=True)
        extra = sys.argv[1:] if name == "pytest" else []
        began = time.monotonic()
        codes.append(subprocess.run([sys.executable, *arguments, *extra], cwd=ROOT, check=False).returncode)
        verdict = "ok" if codes[-1] == 0 else f"FAILED with exit code {codes[-1]}"
        lines.append(f"{name:14} {time.monotonic() - began:6.1f} s  {verdict}")
    failed = [code for code in codes if code != 0]
    print("\n--- summary", *lines, sep="\n")
    print(f"{len(failed)} of {len(codes)} checks failed" if failed else "every check holds", flush=True)
    return failed[0] if failed else 0


if __name__ == "__main__":
    sys.exit(main())
