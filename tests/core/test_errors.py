"""Every error says what happened in a sentence, and names what it is about."""

import pickle

import pytest

from sim.core.errors import (
    AlteredJournal,
    BadInput,
    CommonGroundError,
    Fault,
    NotFinite,
    OldJournal,
    ReplayDiffers,
    Undigestible,
    WorkerLost,
)
from sim.core.phrase import LText, Phrase

TYPO = Fault(
    file="a.yaml",
    line=3,
    column=5,
    path="site.gate",
    code="unknown-key",
    message=Phrase("unknown key {key}", key="gaet"),
    hint=Phrase("did you mean {key}?", key="gate"),
)
BARE = Fault(code="empty", message=Phrase("nothing is here"), severity="warning")

ERRORS = {
    "unknown key gaet (and 1 more)": BadInput((TYPO, BARE)),
    "nothing is here": BadInput((BARE,)),
    "a value of kind set cannot be digested": Undigestible("set"),
    "mood[41] is not a number, at tick 300": NotFinite("mood", 41, 300),
    "mood[41] is not a number": NotFinite("mood", 41),
    "opinion is not a number": NotFinite("opinion"),
    "a value is not a number": NotFinite(""),
    "the replay differs from the record at tick 300": ReplayDiffers(300),
    "the replay differs from the record at tick 300, in mood": ReplayDiffers(300, "mood"),
    "the replay differs from the record at tick 300, in mood, person 41": ReplayDiffers(300, "mood", 41),
    "the journal was altered at record 7: a line is missing": AlteredJournal(7, Phrase("a line is missing")),
    "the journal was made by version 0.1.0 and this is version 2.0.0: "
    "it can be viewed as recorded, but not run again": OldJournal("0.1.0", "2.0.0"),
    "a process of the lab ended with code 7 in the middle of its work": WorkerLost(7),
}


@pytest.mark.parametrize(("sentence", "error"), ERRORS.items(), ids=[type(e).__name__ for e in ERRORS.values()])
def test_every_error_says_what_happened(sentence: str, error: CommonGroundError) -> None:
    assert isinstance(error, CommonGroundError)
    assert sentence == error.phrase.english()


@pytest.mark.parametrize("error", ERRORS.values(), ids=lambda error: type(error).__name__)
def test_every_error_survives_the_way_to_another_process(error: CommonGroundError) -> None:
    again = pickle.loads(pickle.dumps(error))
    assert type(error) is type(again)
    assert vars(error) == vars(again)
    assert str(error) == str(again)


def test_every_kind_of_error_is_tried_here() -> None:
    assert set(CommonGroundError.__subclasses__()) == {type(error) for error in ERRORS.values()}


def test_bad_input_prints_every_fault_on_a_line_with_its_place() -> None:
    assert "a.yaml:3:5: unknown key gaet\nnothing is here" == str(BadInput((TYPO, BARE)))


def test_bad_input_without_a_fault_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="at least one fault"):
        BadInput(())


def test_a_single_fault_can_be_raised_in_one_line() -> None:
    error = BadInput.of("too-small", Phrase("too small"), path="--seed", hint=Phrase("try 0"))
    assert (Fault(path="--seed", code="too-small", message=Phrase("too small"), hint=Phrase("try 0")),) == error.faults
    assert "--seed: too small" == str(error)


def test_a_fault_as_data_has_the_keys_of_the_command_line() -> None:
    assert {
        "file": "a.yaml",
        "line": 3,
        "column": 5,
        "path": "site.gate",
        "code": "unknown-key",
        "severity": "error",
        "message": "unknown key gaet",
        "hint": "did you mean gate?",
    } == TYPO.as_dict()
    assert ["file", "line", "column", "path", "code", "severity", "message", "hint"] == list(BARE.as_dict())
    assert (None, None, None, "", None) == tuple(
        BARE.as_dict()[key] for key in ("file", "line", "column", "path", "hint")
    )


def test_a_fault_as_data_can_speak_another_language() -> None:
    fault = Fault(code="a", message=Phrase("{text}", text=LText("yes", "是")))
    assert "是" == fault.as_dict(lambda phrase: phrase.in_language("zh", str))["message"]


def test_the_error_of_a_broken_number_is_named_from_the_top() -> None:
    error = NotFinite("", person=4).inside("mood").inside("crowd").at(30)
    assert ("crowd.mood", 4, 30) == (error.array, error.person, error.tick)
    assert "units[2].x" == NotFinite("x").inside("[2]").inside("units").array


def test_an_undigestible_value_is_a_type_error() -> None:
    assert issubclass(Undigestible, TypeError)
