"""Every sentence the program can say has a Chinese form with the same parameters, and no form is left over."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

from sim.console import board as console_board
from sim.core.phrase import Phrase
from sim.desktop import board as desktop_board
from sim.desktop.key import COMMANDS
from sim.science.experiment import EXPERIMENTS
from sim.storage.language import MOST_BYTES
from sim.storage.reader import read_yaml
from sim.world.numbers import Numbers

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "assets" / "language" / "zh.yaml"
SAYS = {"Phrase", "say", "voice", "_say"}
"""Names of functions and classes whose first argument is a sentence."""
DYNAMIC: set[str] = {"better", "worse", "no difference shown", "not answered", "out of time", "ok", "yes", "no"}
"""Words said from data, which no reading of the source can find."""
KEPT = re.compile(r"""\bsay\(\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""")
TABLES = {
    "words.py",
    "composer.py",
    "judgement.py",
    "mechanism.py",
    "card.py",
    "panels.py",
    "dialog.py",
    "play.py",
    "account.py",
    "chart.py",
    "picture.py",
    "screen.py",
    "sound.py",
}
"""Files whose tables of words, once named in a sentence, count with every value."""


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def _bound(path: Path) -> dict[str, list[ast.expr]]:
    """What each name of a module may stand for: its assignments, and the columns of literal loops."""
    found: dict[str, list[ast.expr]] = {}

    def bind(target: ast.expr, value: ast.expr) -> None:
        if isinstance(target, ast.Name):
            found.setdefault(target.id, []).append(value)
        elif isinstance(target, ast.Tuple):
            if isinstance(value, ast.IfExp):
                bind(target, value.body)
                bind(target, value.orelse)
            elif isinstance(value, ast.Tuple) and len(value.elts) == len(target.elts):
                for one, its in zip(target.elts, value.elts, strict=True):
                    bind(one, its)

    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                bind(target, node.value)
        elif isinstance(node, ast.AnnAssign) and node.value is not None:
            bind(node.target, node.value)
        elif isinstance(node, ast.For | ast.comprehension):
            rows = [node.iter]
            if isinstance(node.iter, ast.Name):
                rows = found.get(node.iter.id, [])
            for row in rows:
                if isinstance(row, ast.Tuple | ast.List):
                    for each in row.elts:
                        bind(node.target, each)
    return found


@cache
def _imported(path: Path) -> dict[str, tuple[Path, str]]:
    """Names a module takes from other modules of ours."""
    found = {}
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sim."):
            source = ROOT.joinpath(*(node.module or "").split(".")).with_suffix(".py")
            if source.exists():
                found.update({alias.asname or alias.name: (source, alias.name) for alias in node.names})
    return found


def _strings(node: ast.expr | None, path: Path, seen: frozenset[tuple[Path, str]] = frozenset()) -> Iterator[str]:
    """The plain strings an expression may be, as far as the source tells."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _strings(node.body, path, seen)
        yield from _strings(node.orelse, path, seen)
    elif isinstance(node, ast.BoolOp):
        for value in node.values:
            yield from _strings(value, path, seen)
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        for left in _strings(node.left, path, seen):
            yield from (left + right for right in _strings(node.right, path, seen))
    elif isinstance(node, ast.Subscript):
        yield from _values(node.value, path, seen)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "get":
        yield from _values(node.func.value, path, seen)
        for other in node.args[1:]:
            yield from _strings(other, path, seen)
    elif isinstance(node, ast.Name) and (path, node.id) not in seen:
        now = seen | {(path, node.id)}
        for value in _bound(path).get(node.id, []):
            yield from _strings(value, path, now)
        if node.id in _imported(path):
            source, name = _imported(path)[node.id]
            for value in _bound(source).get(name, []):
                yield from _strings(value, source, now)


def _values(node: ast.expr, path: Path, seen: frozenset[tuple[Path, str]]) -> Iterator[str]:
    """The strings in a table of words."""
    if isinstance(node, ast.Dict | ast.Tuple | ast.List):
        for value in node.values if isinstance(node, ast.Dict) else node.elts:
            yield from _strings(value, path, seen)
    elif isinstance(node, ast.Name) and (path, node.id) not in seen:
        now = seen | {(path, node.id)}
        for value in _bound(path).get(node.id, []):
            yield from _values(value, path, now)
        if node.id in _imported(path):
            source, name = _imported(path)[node.id]
            for value in _bound(source).get(name, []):
                yield from _values(value, source, now)


def _is_said(call: ast.Call) -> bool:
    func = call.func
    name = func.id if isinstance(func, ast.Name) else func.attr if isinstance(func, ast.Attribute) else ""
    # `tell` of a world brings messages; `tell` of a setting says a sentence.
    told = name == "tell" and isinstance(func, ast.Attribute) and "setting" in ast.unparse(func.value)
    return name in SAYS or told


def sentences() -> set[str]:
    """Every English sentence in the source."""
    found: set[str] = set()
    for path in sorted((ROOT / "sim").rglob("*.py")):
        for node in ast.walk(_tree(path)):
            if isinstance(node, ast.Call) and _is_said(node) and node.args:
                found.update(_strings(node.args[0], path))
        if path.parent.name == "command":
            for value in _bound(path).get("HELP", []):
                found.update(_strings(value, path))
        if path.name in TABLES:
            for name, values in _bound(path).items():
                if name.isupper() and name in WORDS:
                    for value in values:
                        found.update(_values(value, path, frozenset()))
        if path.parent.name == "desktop" and path.name == "key.py":
            found.update(text for text, _ in COMMANDS.values())
        if path.name == "dialog.py":
            for row in _bound(path).get("KEYS", []):
                if isinstance(row, ast.Tuple):
                    found.update(text for pair in row.elts for text in _strings(pair.elts[1], path))  # type: ignore[attr-defined]
    for path in sorted((ROOT / "assets" / "report").glob("*.j2")):
        found.update(ast.literal_eval(text) for text in KEPT.findall(path.read_text(encoding="utf-8")))
    return (found | registered()) - {""}


def registered() -> set[str]:
    """What numbers about people, experiments and boards say of themselves."""
    found = {Phrase.literal(number.source).template for _, number in Numbers().listed()}
    for kind in EXPERIMENTS.values():
        found.add(kind.purpose().template)
        found.update(parameter.meaning.template for parameter in kind.parameters())
    found.update(board.title for board in (*desktop_board.boards(), *console_board.boards()))
    return found


WORDS = {"STATES", "STATE_WORDS", "LOOKS", "CHANNELS", "GRADES", "KINDS", "FORCE", "UNITS", "GEARS", "STAGES"} | {
    "SEVERITIES", "RAPPORT", "VERDICTS", "CHOICES", "TRUTHS", "STATUSES", "RULINGS", "HINTS", "SHORT_HINTS", "CAPTIONS",
    "JUDGEMENTS", "EXPLAINED", "STOPPED", "FEELING_WORDS", "COUNT_WORDS",
    "PARTS", "QUALITIES",
}  # fmt: skip

WORDS |= {"PARTS", "QUALITIES"}


def catalogue() -> dict[str, str]:
    """The Chinese form of each sentence."""
    data = read_yaml(CATALOGUE.read_bytes(), CATALOGUE.name, MOST_BYTES).data
    assert isinstance(data, dict)
    return data


def _parameters(template: str) -> set[tuple[str, str]]:
    return {(name, spec or "") for _, name, spec, _ in Formatter().parse(template) if name is not None}


def test_every_sentence_has_a_chinese_form() -> None:
    missing = sorted(sentences() - catalogue().keys())
    assert not missing, f"{len(missing)} without a Chinese form: {missing}"


def test_each_chinese_form_has_the_same_parameters() -> None:
    wrong = [en for en, zh in catalogue().items() if _parameters(en) != _parameters(zh)]
    assert not wrong


def test_each_form_is_chinese() -> None:
    bare = [en for en, zh in catalogue().items() if not zh.strip()]
    assert not bare


def test_no_entry_is_left_over() -> None:
    over = sorted(catalogue().keys() - sentences() - DYNAMIC)
    assert not over, f"{len(over)} said nowhere: {over}"
