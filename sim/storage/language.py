"""Languages on disk: one catalogue file each, from our English sentences to theirs."""

import locale
import os
from functools import lru_cache

from sim.core.phrase import Language
from sim.core.speech import Speech
from sim.storage.reader import read_yaml
from sim.storage.shipped import data_root

MOST_BYTES = 2 * 1024 * 1024
"""A catalogue of ours may be longer than what an instructor writes."""


@lru_cache(maxsize=2)
def speech(language: Language) -> Speech:
    """A voice in that language.

    Raises:
        BadInput: its catalogue file is damaged.
    """
    if language == "en":
        return Speech("en")
    path = data_root() / "assets" / "language" / f"{language}.yaml"
    document = read_yaml(path.read_bytes(), str(path), MOST_BYTES)
    data = document.data if isinstance(document.data, dict) else {}
    return Speech(language, {key: str(value) for key, value in data.items()})


def system_language() -> Language:
    """The language this computer speaks, as far as we have it."""
    named = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    if not named:
        try:
            named = locale.getlocale()[0] or ""
        except ValueError:
            named = ""
    return "zh" if named.lower().startswith(("zh", "chinese")) else "en"
