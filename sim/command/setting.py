"""What every command is given: a voice, where to print, and how much."""

import json
import sys
from dataclasses import dataclass
from typing import Any

from rich.console import Console

from sim.core.phrase import Language, LText, Phrase
from sim.core.speech import Speech


@dataclass(slots=True)
class Setting:
    """Chosen by the flags every command has."""

    say: Speech
    quiet: bool = False
    debug: bool = False

    @property
    def language(self) -> Language:
        """The language spoken."""
        return self.say.language

    @property
    def out(self) -> Console:
        """For results."""
        return Console(file=sys.stdout, highlight=False, soft_wrap=False)

    @property
    def err(self) -> Console:
        """For progress and notices; silent when quiet."""
        return Console(file=sys.stderr, highlight=False, quiet=self.quiet)

    def tell(self, what: Phrase | LText | str, **parameters: str | int | float) -> None:
        """A notice on stderr."""
        self.err.print(self.say(what, **parameters), markup=False)

    @staticmethod
    def json(data: Any) -> None:  # noqa: ANN401 - anything JSON can hold
        """One JSON object on stdout, sentences in it as their templates and parameters in English."""
        sys.stdout.write(json.dumps(spoken(data), ensure_ascii=False, allow_nan=False, indent=2) + "\n")

    @staticmethod
    def json_line(data: Any) -> None:  # noqa: ANN401 - as above
        """The same on one line, out at once."""
        sys.stdout.write(json.dumps(spoken(data), ensure_ascii=False, allow_nan=False) + "\n")
        sys.stdout.flush()


def spoken(data: Any) -> Any:  # noqa: ANN401 - as above
    """The data with every phrase, written out or as a dict, said in English."""
    if isinstance(data, Phrase):
        return data.english()
    if isinstance(data, LText):
        return {"en": data.en, "zh": data.zh}
    if isinstance(data, dict):
        if set(data) == {"template", "params"}:
            return Phrase.from_dict(data).english()
        return {str(key): spoken(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [spoken(value) for value in data]
    return data
