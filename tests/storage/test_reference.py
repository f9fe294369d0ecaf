"""The page on every field of a file is the one the models make, and says what each field means in both languages."""

import re
from pathlib import Path

import pytest

from sim.core.phrase import Language
from sim.storage.library import KINDS
from sim.storage.meanings import Meanings, models_in
from sim.storage.reference import PAGES, page
from sim.world.metric import METRICS

DOCS = Path(__file__).resolve().parents[2] / "docs"
TOLD = {model for kind in KINDS.values() for model in models_in(kind)}


@pytest.mark.parametrize("language", PAGES)
def test_the_page_in_the_documents_is_the_one_the_models_make(language: Language) -> None:
    """When it is not: `commonground schema --refresh`."""
    assert page(language) == (DOCS / PAGES[language]).read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_says_what_it_means(kind: str) -> None:
    words = Meanings.read()
    silent = [(m.__name__, name) for m in models_in(KINDS[kind]) for name, text in words.of(m).items() if not text.en]
    assert [] == silent


def test_what_a_field_or_a_metric_means_is_said_in_chinese_too() -> None:
    words = Meanings.read()
    texts = [words.purpose(model) for model in TOLD]
    texts += [text for model in TOLD for text in words.of(model).values()]
    texts += [words.text(" ".join((metric.__doc__ or "").split())) for metric in METRICS.values()]
    assert [] == sorted({text.en for text in texts if not re.search("[\u4e00-\u9fff]", text.zh)})


def test_no_meaning_is_left_over() -> None:
    words = Meanings.read()
    used = {words.purpose(model).en for model in TOLD}
    used |= {text.en for model in TOLD for text in words.of(model).values()}
    used |= {" ".join((metric.__doc__ or "").split()) for metric in METRICS.values()}
    assert [] == sorted(words.chinese.keys() - used)
    fields = {name for kind in KINDS.values() for model in models_in(kind) for name in model.model_fields}
    assert [] == sorted(words.shared.keys() - fields)
