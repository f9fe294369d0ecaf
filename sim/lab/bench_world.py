"""How fast a state is copied and named, forks and digests, and whether coarse steps rank responses alike."""

from sim.core.digest import digest
from sim.core.phrase import Phrase
from sim.crowd.walking import Walking
from sim.exercise.exercise import Exercise
from sim.lab.bench import Bench, Row, each_timed, row_of
from sim.lab.bench_crowd import rally, settle
from sim.lab.bench_review import MOMENTS_MIN, at_minutes, continued, on_offer
from sim.lab.ranking import pairs_apart
from sim.scenario.scenario import Playbook
from sim.world.order import Order

RANKED = 8
RANKED_TRIALS = 4


def world_benches(playbook: Playbook) -> list[Bench]:
    """Return the benches of this module; runs are of this scenario."""
    return [
        Bench(("fork_800",), lambda repeats, _: _fork_crowd(repeats), 9),
        Bench(("fork_2000", "digest_2000"), lambda repeats, _: _fork_world(repeats, playbook), 9),
        Bench(("state_bytes_per_person",), lambda repeats, _: _bytes(), 1),
        Bench(("rollout_rank_tau",), lambda repeats, _: _rank(repeats, playbook), 4),
    ]


def _fork_crowd(repeats: int) -> list[Row]:
    timed_crowd = rally(800, 1.0, Walking())
    settle([timed_crowd], 1)
    found = [1e6 * s for s in each_timed(timed_crowd.crowd.people.fork, repeats, 200)]
    return [row_of("fork_800", Phrase("copying the arrays of a crowd"), 800, "µs", found)]


def _fork_world(repeats: int, playbook: Playbook) -> list[Row]:
    """A whole run of the scenario, its crowd replaced by 2,000 people."""
    world = Exercise(playbook, 1).world
    crowd = rally(2000, 1.0, Walking())
    settle([crowd], 1)
    world.crowd = crowd.crowd
    forks = [1e6 * s for s in each_timed(world.fork, repeats, 50)]
    state = crowd.crowd.state()
    digests = [1e3 * s for s in each_timed(lambda: digest(state), repeats, 20)]
    return [
        row_of("fork_2000", Phrase("forking a whole run"), 2000, "µs", forks),
        row_of("digest_2000", Phrase("digest of a crowd's whole state"), 2000, "ms", digests),
    ]


def _bytes() -> list[Row]:
    state = rally(800, 1.0, Walking()).crowd.people.state()
    what = Phrase("state of one person that a fork copies")
    return [row_of("state_bytes_per_person", what, 800, "B", [sum(a.nbytes for a in state.values()) / 800.0])]


def _rank(repeats: int, playbook: Playbook) -> list[Row]:
    """Kendall's tau between the order of responses by steps of 0.1 s and by steps of 0.2 s, one snapshot each.

    Over pairs that are two points apart: which of two stands first that differ by a hundredth is luck in any steps.
    """
    found = []
    for run in at_minutes(playbook, MOMENTS_MIN[:repeats]):
        offered = _all_kinds(run, RANKED)
        fine, coarse = ([_worth(run, choice, stride) for choice in offered] for stride in (1, 2))
        right, wrong = pairs_apart(fine, coarse)
        if right + wrong > 0:
            found.append((right - wrong) / (right + wrong))
    what = Phrase(
        "responses two points apart, ranked by continuations in steps of 0.2 s against steps of 0.1 s: Kendall's tau"
    )
    return [row_of("rollout_rank_tau", what, RANKED, "", found)]


def _all_kinds(run: Exercise, most: int) -> list[Order | None]:
    """Return waiting, and responses from all over what is on offer; what is unlawful, too: it costs most."""
    taken = on_offer(run, unlawful=True)
    step = max(1.0, len(taken) / (most - 1))
    return [None, *[taken[int(k * step)] for k in range(min(len(taken), most - 1))]]


def _worth(run: Exercise, choice: Order | None, stride: int) -> float:
    """Mean over trials of what a choice is worth ten minutes on."""
    return sum(continued(run, choice, trial, stride).value for trial in range(1, RANKED_TRIALS + 1)) / RANKED_TRIALS
