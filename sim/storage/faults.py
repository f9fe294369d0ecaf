"""What pydantic finds wrong with a document becomes faults: in plain words, each at its line and column.

Pydantic says where by a `loc`, in which keys and list positions stand among names of union branches, and what
by an English sentence. Here the `loc` is walked through the data to a place, and the sentence is ours.
"""

import difflib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sized
from dataclasses import dataclass, fields, is_dataclass
from functools import reduce
from itertools import compress, islice
from types import UnionType
from typing import (
    Annotated,
    Any,
    Final,
    Literal,
    NamedTuple,
    TypeAlias,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

from pydantic import BaseModel, RootModel, Tag, ValidationError
from pydantic_core import ErrorDetails

from sim.core.errors import Fault
from sim.core.phrase import Phrase
from sim.seat.words import UNITS
from sim.storage.reader import MAX_FAULTS, Document, Path, in_order, shorten, spell
from sim.storage.slips import BRACKET_HINT, COLON_HINT, COMMA_HINT, CURLY_HINT, FLOW_HINT

Said: TypeAlias = "Phrase | str"
"""A part of a sentence: in words, or as it stands in the file."""


def faults_from(
    error: ValidationError, document: Document, model: type[BaseModel] | None = None, base: Path = ()
) -> tuple[Fault, ...]:
    """Return what `error` says about `document`, at least one fault, in the order of the file.

    An unknown key is marked where the key begins, a missing one where the section around it begins, and any
    other fault where the value begins. Of the branches of a union, those that expect another kind of value
    than was found are left out when some branch got further. At most `MAX_FAULTS` are listed.

    A validator of ours may raise `ValueError(message)` or `ValueError(message, hint)` with phrases; they are
    passed on as they are. A third argument is the path of the key that is meant, below the refused section.

    Args:
        error: What validating the document's data raised.
        document: The document.
        model: The model it was validated against, from which the keys known at each place are read; without
            it an unknown key gets no suggestion.
        base: Where in the document the validated data lies, if it is not the whole.
    """
    said = _heard(error.errors(include_url=False))
    problems = _unspelt([_problem(details, document, base) for details in said[: 4 * MAX_FAULTS]], model)
    reached = {problem.path[:length] for problem in problems for length in range(problem.reach)}
    expected: dict[Path, list[_Problem]] = {}
    found: list[Fault] = []
    for problem in problems:
        if problem.expects is None:
            found.append(_fault(document, problem, _wording(problem, _known_keys(model, problem))))
        elif not (problem.labelled and problem.path in reached):
            expected.setdefault(problem.path, []).append(problem)
    found += [_fault(document, branches[0], _mismatch(branches)) for branches in expected.values()]
    distinct = in_order(list(dict.fromkeys(found)), complete=True)
    if len(said) <= 4 * MAX_FAULTS and len(distinct) <= MAX_FAULTS:
        return distinct
    return in_order(list(distinct[:MAX_FAULTS]), complete=False)


def _heard(said: list[ErrorDetails]) -> list[ErrorDetails]:
    """Without lists that are called too short only because their entries are wrong, which is said already."""
    inside = {each["loc"][:length] for each in said for length in range(len(each["loc"]))}
    return [each for each in said if not (each["type"] == "too_short" and each["loc"] in inside)]


def _unspelt(problems: "list[_Problem]", model: type[BaseModel] | None) -> "list[_Problem]":
    """Return the problems without the keys that are missing only because they are misspelt."""
    meant = {
        (*problem.path[:-1], nearest(str(problem.path[-1]), _known_keys(model, problem)))
        for problem in problems
        if problem.kind in _UNKNOWN
    }
    return [problem for problem in problems if problem.kind not in _MISSING or problem.path not in meant]


def nearest(word: str, words: Iterable[str]) -> str | None:
    """Return which of `words` was probably meant by `word`, whatever its case; None when none is near.

    Near is a `difflib` ratio of at least 0.6, difflib's own default.
    """
    plain = {other.casefold(): other for other in words}
    typed = word.strip(" “”‘’'\"").casefold()
    if not typed or len(typed) > _LONGEST_WORD:
        return None
    near = difflib.get_close_matches(typed, plain, n=1)
    return plain[near[0]] if near else None


_LONGEST_WORD: Final = 100
"""No key or literal is longer, and difflib's time grows with the square."""

# ----------------------------------------------------------------------------------------- where a fault lies


@dataclass(frozen=True, slots=True)
class _Problem:
    """One of pydantic's errors, found in the document."""

    kind: str
    """Pydantic's name for the error."""
    value: object
    """What was refused; for a missing key, the section around it."""
    context: Mapping[str, Any]
    """Pydantic's particulars."""
    path: Path
    """Where in the document."""
    steps: tuple[tuple[str | int, bool], ...]
    """Pydantic's `loc`, each part with whether it is a key or position in the data."""

    @property
    def labelled(self) -> bool:
        """Whether the error is about one branch of a union."""
        return bool(self.steps) and not self.steps[-1][1]

    @property
    def on_key(self) -> bool:
        """Whether the error is about a key and not its value."""
        return self.kind in _UNKNOWN or self.steps[-1:] == (("[key]", False),) or bool(_named(self.context))

    @property
    def expects(self) -> "Said | None":
        """What should have been there, when that is what is wrong."""
        if self.kind in _CHOICES:
            return ", ".join(self.choices)
        return _EXPECTED.get(self.kind)

    @property
    def choices(self) -> list[str]:
        """The values allowed, when they are few and named."""
        listed = str(self.context.get("expected") or self.context.get("expected_tags") or "")
        return [a or b or c for a, b, c in _CHOICE.findall(listed) if c != "or"]

    @property
    def reach(self) -> int:
        """How many values from the root down to here were of an expected kind, else it had not been found."""
        return len(self.path) + (self.expects is None and self.kind not in _MISSING + _UNKNOWN)


_CHOICES: Final = ("literal_error", "enum", "union_tag_invalid")
_MISSING: Final = ("missing", "union_tag_not_found")
_UNKNOWN: Final = ("extra_forbidden", "unexpected_keyword_argument")
_CHOICE: Final = re.compile(r"""'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|([^\s,]+)""")


def _problem(details: Mapping[str, Any], document: Document, base: Path) -> _Problem:
    """Return one of pydantic's errors with its place."""
    kind, loc, value, context = details["type"], details["loc"], details["input"], details.get("ctx", {})
    data: object = document.data
    for part in base:
        data = data[part]  # type: ignore[index]
    walked = loc[:-1] if kind == "missing" else loc
    walks = list(islice(_walks(data, walked), _MOST_WALKS))
    ends = [taken for taken, end in walks if end is value] or [taken for taken, _ in walks]
    taken = max(ends, key=lambda taken: (sum(taken), taken[::-1]))
    path = (*base, *compress(walked, taken))
    if kind == "missing":
        path = (*path, loc[-1])
    elif key := _KEY.fullmatch(str(context.get("discriminator"))):
        path = (*path, key[1])
        value = value.get(key[1]) if kind == "union_tag_invalid" and isinstance(value, dict) else value
    elif kind == "union_tag_not_found":  # the union is told apart by a function, so no key is missing
        kind = "model_type"
    path = (*path, *_named(context))
    return _Problem(kind, value, context, path, tuple(zip(walked, taken, strict=True)))


def _named(context: Mapping[str, Any]) -> Path:
    """Return which key of the refused section a check of ours complains of; nothing when it is about the whole."""
    cause = context.get("error")
    return cause.args[2] if isinstance(cause, ValueError) and len(cause.args) > 2 else ()


_KEY: Final = re.compile(r"'(\w+)'")
"""How pydantic writes the key that tells the branches of a union apart."""
_MOST_WALKS: Final = 64
"""A `loc` whose parts are both keys and branch names can be walked in many ways.

The likeliest ends at the value that pydantic holds, follows most parts, and of those the later ones."""


def _walks(data: object, loc: tuple[str | int, ...]) -> Iterator[tuple[tuple[bool, ...], object]]:
    """Yield ways to follow `loc` into `data`: which parts were followed, and what lies there."""
    if not loc:
        yield (), data
        return
    part, rest = loc[0], loc[1:]
    if isinstance(data, dict) and part in data:
        yield from (((True, *taken), end) for taken, end in _walks(data[part], rest))
    elif isinstance(data, list) and isinstance(part, int) and part < len(data):
        yield from (((True, *taken), end) for taken, end in _walks(data[part], rest))
        return
    yield from (((False, *taken), end) for taken, end in _walks(data, rest))


class _Wording(NamedTuple):
    """What is said of a problem."""

    code: str
    message: Phrase
    hint: Phrase


def _fault(document: Document, problem: _Problem, wording: _Wording) -> Fault:
    """Return the fault that says `wording` of `problem`."""
    mark = document.key_mark(problem.path) if problem.on_key else document.mark(problem.path)
    return Fault(
        file=document.file,
        line=mark.line,
        column=mark.column,
        path=spell(problem.path),
        code=wording.code,
        message=wording.message,
        hint=wording.hint,
    )


# --------------------------------------------------------------------------------------- which keys are known


def _branches(annotation: Any) -> list[tuple[str | None, Any]]:  # noqa: ANN401 - annotations have no type
    """Return the alternatives of an annotation, each with the tag that a union may know it by."""
    if hasattr(annotation, "__value__"):  # a named type alias
        return _branches(annotation.__value__)
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        tag = next((str(extra.tag) for extra in arguments[1:] if isinstance(extra, Tag)), None)
        return [(tag or inner, kind) for inner, kind in _branches(arguments[0])]
    if origin in (Union, UnionType):
        return [branch for argument in arguments for branch in _branches(argument)]
    if isinstance(annotation, type) and issubclass(annotation, RootModel):
        return _branches(annotation.model_fields["root"].annotation)
    return [(None, annotation)]


def _keys(kind: Any) -> dict[str, Any]:  # noqa: ANN401 - as `_branches`
    """Return the keys a model or dataclass knows, with the annotations of their values."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return {field.alias or name: field.annotation for name, field in kind.model_fields.items()}
    if isinstance(kind, type) and is_dataclass(kind):
        hints = get_type_hints(kind, include_extras=True)
        return {field.name: hints[field.name] for field in fields(kind)}
    return {}


def _inside(kind: Any, part: str | int) -> list[tuple[str | None, Any]]:  # noqa: ANN401 - as `_branches`
    """Return the alternatives for what lies at `part` in a value of `kind`; none when nothing can."""
    if part in (keys := _keys(kind)):
        return _branches(keys[str(part)])
    origin, arguments = get_origin(kind), get_args(kind)
    if not arguments or origin is Literal:
        return []
    if origin is tuple and isinstance(part, int) and Ellipsis not in arguments:
        return _branches(arguments[part]) if part < len(arguments) else []
    return _branches(arguments[1 if isinstance(part, str) and len(arguments) > 1 else 0])


def _answers_to(label: str, tag: str | None, kind: Any) -> bool:  # noqa: ANN401 - as `_branches`
    """Return whether pydantic calls this branch of a union by `label`."""
    if label in (tag, getattr(kind, "__name__", None)):
        return True
    values = (value for annotation in _keys(kind).values() for value in _literals(annotation))
    return label in map(str, values)


def _literals(annotation: Any) -> tuple[object, ...]:  # noqa: ANN401 - as `_branches`
    """Return the values a `Literal` allows; none for other annotations."""
    return get_args(annotation) if get_origin(annotation) is Literal else ()


def _known_keys(model: type[BaseModel] | None, problem: _Problem) -> tuple[str, ...]:
    """Return the keys that may stand where `problem` found an unknown one; none when that cannot be told."""
    if model is None or problem.kind not in _UNKNOWN:
        return ()
    branches = _branches(model)
    for part, taken in problem.steps[:-1]:
        if taken:
            branches = [inner for _, kind in branches for inner in _inside(kind, part)]
        else:
            branches = [branch for branch in branches if _answers_to(str(part), *branch)] or branches
    return tuple(dict.fromkeys(key for _, kind in branches for key in _keys(kind)))


# ----------------------------------------------------------------------------------------------- what is said

_TEXT: Final = Phrase("text")
_WHOLE: Final = Phrase("a whole number")
_NUMBER: Final = Phrase("a number")
_TRUTH: Final = Phrase("true or false")
_LIST: Final = Phrase("a list")
_SECTION: Final = Phrase("a section of keys")
_NOTHING: Final = Phrase("nothing")

_EXPECTED: Final[Mapping[str, Phrase]] = {
    **dict.fromkeys(("string_type", "string_sub_type", "string_unicode"), _TEXT),
    **dict.fromkeys(("int_type", "int_parsing", "int_parsing_size", "int_from_float"), _WHOLE),
    **dict.fromkeys(("float_type", "float_parsing", "finite_number", "decimal_type", "decimal_parsing"), _NUMBER),
    **dict.fromkeys(("bool_type", "bool_parsing"), _TRUTH),
    **dict.fromkeys(("list_type", "tuple_type", "set_type", "frozen_set_type", "iterable_type"), _LIST),
    **dict.fromkeys(("dict_type", "mapping_type", "model_type", "model_attributes_type", "dataclass_type"), _SECTION),
    "none_required": _NOTHING,
}
"""What should have been there, by pydantic's name for the error."""

_LIMITS: Final = {
    "multiple_of": ("multiple_of", ""),
    "greater_than": ("gt", ">"),
    "greater_than_equal": ("ge", "≥"),
    "less_than": ("lt", "<"),
    "less_than_equal": ("le", "≤"),
}
_LENGTHS: Final = {
    "too_short": ("min_length", "≥"),
    "too_long": ("max_length", "≤"),
    "string_too_short": ("min_length", "≥"),
    "string_too_long": ("max_length", "≤"),
}
_DID_YOU_MEAN: Final = "did you mean {nearest}?"
_COMPARE: Final = Phrase("compare it with an example that works")


def _shown(value: object) -> Said:
    """Return a value as it may stand in a sentence."""
    if value is None:
        return _NOTHING
    if isinstance(value, dict):
        return _SECTION
    if isinstance(value, list | tuple):
        return _LIST
    if isinstance(value, bool | int | float):
        return json.dumps(value)
    return json.dumps(shorten(str(value), 40), ensure_ascii=False)


def _mismatch(branches: list[_Problem]) -> _Wording:
    """Return what to say when none of the kinds of value expected at one place was found there."""
    value = branches[0].value
    found = _shown(value)
    choices = list(dict.fromkeys(choice for branch in branches for choice in branch.choices))
    kinds = list(dict.fromkeys(kind for branch in branches if (kind := _EXPECTED.get(branch.kind))))
    near = nearest(value, choices) if isinstance(value, str) else None
    if choices and not kinds:
        message = Phrase("{found} is not one of these: {allowed}", found=found, allowed=", ".join(choices))
        hint = Phrase(_DID_YOU_MEAN, nearest=near) if near else Phrase("write one of them, spelt as it is here")
        if isinstance(value, str) and value.isdecimal() and value in choices:
            hint = Phrase("write it without quotes: {example}", example=value)
        if isinstance(value, bool) and json.dumps(value) in choices:
            hint = Phrase("put it in quotes: {example}", example=f"'{json.dumps(value)}'")
        return _Wording("unknown-value", message, hint)
    parts: list[Said] = [", ".join(choices), *kinds] if choices else [*kinds]
    expected = reduce(lambda first, second: Phrase("{first} or {second}", first=first, second=second), parts)
    message = Phrase("expected {expected}, found {found}", expected=expected, found=found)
    hint = Phrase(_DID_YOU_MEAN, nearest=near) if near else _mismatch_hint(kinds, value)
    return _Wording("wrong-kind", message, hint)


def _mismatch_hint(kinds: list[Phrase], value: object) -> Phrase:
    """Return how to turn `value` into the first of `kinds`, or what is likely behind the mistake."""
    if value is None:
        return Phrase("write the value behind the colon, or take the key out")
    if isinstance(value, str) and value[:1] in set("“”‘’„"):
        return CURLY_HINT
    if isinstance(value, str) and value[:1] in set("｛［【"):
        return BRACKET_HINT
    if isinstance(value, str) and _SECTION in kinds and re.match(r"[^:：]{1,40}[:：]", value):
        return COLON_HINT
    if kinds[0] == _TEXT and isinstance(value, bool | int | float):
        return Phrase("put it in quotes: {example}", example=f'"{json.dumps(value)}"')
    return _HOW_TO_WRITE[kinds[0]]


_HOW_TO_WRITE: Final = {
    _TEXT: Phrase("write one text, not a list or a section"),
    _WHOLE: Phrase("write digits only, such as {example}: no quotes, no unit", example="12"),
    _NUMBER: Phrase("write digits only, such as {example}: no quotes, no unit", example="2.5"),
    _TRUTH: Phrase("write true or false, without quotes"),
    _LIST: Phrase('begin each entry on a line of its own with "- "'),
    _SECTION: Phrase("write its keys on the lines below, each indented by two spaces"),
    _NOTHING: Phrase("take the value out"),
}


def _wording(problem: _Problem, known: tuple[str, ...]) -> _Wording:
    """Return what to say of a problem that is not one kind of value taken for another."""
    if problem.kind in _MISSING:
        return _missing(problem)
    if problem.kind in _UNKNOWN:
        return _unknown(problem, known)
    if problem.kind in _LIMITS:
        return _out_of_range(problem)
    if problem.kind in _LENGTHS:
        name, sign = _LENGTHS[problem.kind]
        length = len(problem.value) if isinstance(problem.value, Sized) else 0
        return _wrong_length(length, f"{sign} {problem.context[name]}", text=isinstance(problem.value, str))
    if problem.kind == "string_pattern_mismatch":
        return _wrong_form(problem)
    return _refused(problem)


def _missing(problem: _Problem) -> _Wording:
    """Return what to say of a key, or of an entry of a list of fixed length, that is not there."""
    key = problem.path[-1] if problem.path else ""
    if isinstance(key, int):
        length = len(problem.value) if isinstance(problem.value, Sized) else key
        wording = _wrong_length(length, f"≥ {key + 1}", text=False)
        run_on = isinstance(problem.value, list) and any(
            isinstance(e, str) and _RUN_ON.search(e) for e in problem.value
        )
        return wording._replace(hint=COMMA_HINT) if run_on else wording
    message = Phrase("the key {key} is missing here", key=key)
    return _Wording("missing-key", message, Phrase("add a line: {example}", example=f"{key}: …"))


def _unknown(problem: _Problem, known: tuple[str, ...]) -> _Wording:
    """Return what to say of a key that means nothing where it stands."""
    key = str(problem.path[-1])
    message = Phrase("the key {key} is not known here", key=shorten(key, 60))
    if problem.value is None and " " in key.strip() and not re.search("[:：]", key):
        return _Wording("unknown-key", Phrase("the text before this ends at a comma"), FLOW_HINT)
    if near := nearest(re.split("[:：]", key)[0], known):
        hint = COLON_HINT if re.search("[:：]", key) else Phrase(_DID_YOU_MEAN, nearest=near)
    elif known:
        hint = Phrase("the keys known here are: {known}", known=", ".join(known))
    else:
        hint = Phrase("check its spelling and indentation, or take it out")
    return _Wording("unknown-key", message, hint)


def _out_of_range(problem: _Problem) -> _Wording:
    """Return what to say of a number that is too large, too small or between the steps."""
    name, sign = _LIMITS[problem.kind]
    bound = problem.context[name]
    limit = f"{bound:.15g}" if isinstance(bound, int | float) else str(bound)
    rule: Said = f"{sign} {limit}" if sign else Phrase("a multiple of {step}", step=limit)
    message = Phrase("{found} is not allowed here: it must be {rule}", found=_shown(problem.value), rule=rule)
    return _Wording("out-of-range", message, Phrase("write a value that is {rule}", rule=rule))


def _wrong_length(length: int, rule: str, *, text: bool) -> _Wording:
    """Return what to say of a text, list or section with too little or too much in it."""
    if text:
        message = Phrase("this text has {length} characters, and {rule} are allowed", length=length, rule=rule)
    else:
        message = Phrase("there are {length} entries here, and {rule} are allowed", length=length, rule=rule)
    hint = Phrase("make it longer") if rule[0] == "≥" else Phrase("make it shorter")
    return _Wording("too-short" if rule[0] == "≥" else "too-long", message, hint)


def _wrong_form(problem: _Problem) -> _Wording:
    """Return what to say of a text that does not match a pattern, such as an id with a space in it."""
    pattern = str(problem.context["pattern"])
    form = _FORMS.get(pattern)
    message = Phrase("{found} does not have the form {pattern}", found=_shown(problem.value), pattern=pattern)
    if form is not None:
        message = Phrase("{found} is not written as it has to be: {form}", found=_shown(problem.value), form=form)
    written = str(problem.value)[:_LONGEST_WORD]
    if written[:1] in set("“”‘’„"):
        return _Wording("wrong-form", message, CURLY_HINT)
    snake = re.sub(r"[^a-z0-9]+", "_", written.casefold()).strip("_")
    parts = re.fullmatch(r"([^\W\d]+)[\W_]*(\d+)", written)
    likely = [snake, re.sub(r"^[\d_]+", "", snake), written.upper(), f"0{written}", written.replace("：", ":")]
    likely += [f"{parts[1]}-{parts[2]}".upper()] if parts else []
    likely += [code for code in UNITS if code == written[: len(code)].upper()]
    clock = re.match(r"\s*(\d{1,2})\s*[:：.hH时點点]\s*(\d{2})", written)
    likely += [f"{int(clock[1]):02d}:{clock[2]}"] if clock else []
    try:
        fits = next((each for each in likely if each and re.search(pattern, each)), None)
    except re.error:  # pydantic's patterns are Rust's, which know more
        fits = None
    hint = Phrase("write {example}", example=_SAMPLES[pattern]) if pattern in _SAMPLES else _COMPARE
    if pattern == _CODE:
        hint = Phrase("there are: {known}", known=", ".join(UNITS))
    return _Wording("wrong-form", message, hint if fits is None else Phrase(_DID_YOU_MEAN, nearest=fits))


_CODE: Final = r"^[A-Z]{3}$"
_CLOCK: Final = r"^(([01][0-9]|2[0-3]):[0-5][0-9])?$"
_FORMS: Final = {
    r"^[a-z][a-z0-9_]*$": Phrase("small letters a to z, digits and _, a letter first"),
    r"^[A-Z]+-[0-9]+$": Phrase("capital letters, a hyphen and a number"),
    _CODE: Phrase("three capital letters"),
    _CLOCK: Phrase("hours and minutes, two digits each"),
}
"""Patterns in words."""
_SAMPLES: Final = {
    r"^[a-z][a-z0-9_]*$": "west_gate",
    r"^[A-Z]+-[0-9]+$": "PAT-1",
    _CLOCK: '"08:30"',
}
_RUN_ON: Final = re.compile(r"[;；，、]|\d \d")
"""What stands between entries that no comma parts."""


def _refused(problem: _Problem) -> _Wording:
    """Return what a model's own check says, or that a value is not allowed when we have no words for why."""
    cause = problem.context.get("error")
    if not isinstance(cause, Exception):
        message = Phrase("{found} is not allowed here", found=_shown(problem.value))
        return _Wording("not-allowed", message, _COMPARE)
    said = [part for part in cause.args if isinstance(part, Phrase)]
    message = said[0] if said else Phrase("this is not allowed: {reason}", reason=str(cause))
    return _Wording("not-allowed", message, said[1] if len(said) > 1 else _COMPARE)
