"""How the rating of an objective is said: letter, meaning, and the calls it rests on."""

from sim.core.phrase import LText, Phrase
from sim.core.speech import Speech
from sim.scoring import Objective, Task
from sim.seat.objectives import ratings

LATE = Task("b", LText(en="a second call", zh="第二项情况"), 12.0, "M", Phrase("not answered"))
EARLY = Task("a", "a first call", 4.0, "P", Phrase("settled in the time an expert takes"))


def test_what_a_rating_rests_on_is_counted_and_what_kept_it_from_the_best_is_named() -> None:
    (rating,) = ratings([Objective("methods", "M", (LATE, EARLY)).as_dict()], Speech())
    assert ("Methods on the scene", "M", "performed with major challenges") == (
        rating.name,
        rating.letter,
        rating.means,
    )
    assert "1 of 2 calls settled in the time an expert takes" == rating.rests_on
    assert [4.0, 12.0] == [task.minute for task in rating.tasks]
    assert ["a second call"] == [task.name for task in rating.challenges]


def test_an_objective_none_of_whose_calls_came_up_is_not_assessed() -> None:
    (rating,) = ratings([Objective("aftermath", None, ()).as_dict()], Speech())
    assert ("", "not assessed", "") == (rating.letter, rating.means, rating.rests_on)


def test_a_call_is_named_in_the_language_of_the_page() -> None:
    (rating,) = ratings([Objective("methods", "M", (LATE,)).as_dict()], Speech("zh"))
    assert "第二项情况" == rating.challenges[0].name
