"""Speech: one language and its catalogue, as a function that says phrases, texts and labels in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import get_args

from sim.core.phrase import Language, LText, Parameter, Phrase

LANGUAGES: tuple[Language, ...] = get_args(Language)


@dataclass(frozen=True, slots=True)
class Speech:
    """Says things in one language. English needs no catalogue: templates are written in it."""

    language: Language = "en"
    catalogue: Mapping[str, str] = field(default_factory=dict)
    """English template to template in `language`; what is missing is said in English."""

    def __call__(self, what: Phrase | LText | str, **parameters: Parameter) -> str:
        """The sentence in this language. A str is a template of its own, with its parameters."""
        if isinstance(what, LText):
            return what.in_language(self.language)
        phrase = what if isinstance(what, Phrase) else Phrase(what, **parameters)
        return phrase.in_language(self.language, lambda template: self.catalogue.get(template, template))
