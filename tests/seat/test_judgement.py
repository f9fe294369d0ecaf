"""A first look is said as long as nothing known since speaks against it."""

from dataclasses import replace

from sim.review import Moment
from sim.review.estimate import Estimate
from sim.review.first_look import first_look
from sim.seat.judgement import meaning_of, only_looked_at, said_of

NONE = Estimate(0.0, 0.0, 0.0, 0)
LOOK = first_look({0: 50.0, 1: 50.0}, 10.0, "first_steps")
TRIED_ONCE = Moment(
    number=0, tick=0, minute=0.0, order=None, call="", verdict="cannot tell", alternatives=(), best=0, regret_own=NONE,
    regret_doctrine=NONE, clairvoyant_regret=None, trials=0, settled=False, why=(), reproduces=True, first_look=LOOK,
)  # fmt: skip


def plain(text: str, **values: object) -> str:
    return text.format(**values)


def test_a_first_look_stands_while_the_trials_come_out_near_it() -> None:
    near = Estimate(1.0, -9.0, 11.0, 2)
    for moment in (TRIED_ONCE, replace(TRIED_ONCE, trials=2, regret_own=near, regret_doctrine=near)):
        assert only_looked_at(moment)
        assert "first look: " in said_of(plain, moment)


def test_a_first_look_that_the_trials_contradict_is_taken_back() -> None:
    far = Estimate(28.2, 6.6, 49.8, 2)
    for moment in (replace(TRIED_ONCE, trials=2, regret_own=far), replace(TRIED_ONCE, trials=2, regret_doctrine=far)):
        assert not only_looked_at(moment)
        assert "not known yet" == said_of(plain, moment)
        assert "tried 2 times so far, which is too little for a verdict" == meaning_of(plain, moment)
