"""What is shipped with the program: where it lies. Reads nothing, so that a start that needs no scenario reads none."""

from pathlib import Path


def data_root() -> Path:
    """The folder that holds `scenarios` and `assets`: inside the package when installed, else the checkout."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "_data"
    return installed if installed.is_dir() else package.parent
