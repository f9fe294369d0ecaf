"""Who did it is known to whoever of ours sees it, and to everybody once film and witnesses were secured."""

import pytest

from sim.core.phrase import Phrase
from sim.crowd.conduct import Deed
from sim.crowd.people import Act
from sim.exercise.exercise import Exercise
from sim.world.harm import apply_deeds
from sim.world.pointing_out import offends, pointed_out, secure_evidence
from sim.world.world import World
from tests.effects.stage import MINUTE, carried_out, minutes, plain

EVERYWHERE = (60.0, 40.0, 200.0)


def known(world: World) -> list[int]:
    """Who can be pointed out now."""
    return pointed_out(world, *EVERYWHERE, world.tick)


def stands(run: Exercise, person: int, x: float, y: float) -> None:
    """This person is there."""
    run.world.crowd.people.x[person], run.world.crowd.people.y[person] = x, y


def said(run: Exercise, words: str) -> list[str]:
    """The place of each message with these words."""
    texts = [(m.text.english() if isinstance(m.text, Phrase) else m.text.en, m.place) for m in run.world.messages]
    return [place for text, place in texts if words in text]


@pytest.mark.parametrize(("x", "y", "seen"), [(40.0, 70.0, [3]), (70.0, 30.0, [])])
def test_one_of_ours_near_enough_knows_who_it_was(x: float, y: float, seen: list[int]) -> None:
    run = plain()
    stands(run, 3, x, y)
    offends(run.world, [3])
    assert seen == known(run.world)


def only_there(run: Exercise, name: str, x: float, y: float) -> None:
    """Of all units this one stands there, and the others are far away."""
    for unit in run.world.units:
        unit.arrives_tick, unit.x, unit.y = 0, *((x, y) if unit.id == name else (900.0, 900.0))


@pytest.mark.parametrize("name", [unit.id for unit in plain().world.units])
def test_no_arrest_rests_on_what_somebody_saw_who_talks_decides_or_cares(name: str) -> None:
    run = plain()
    only_there(run, name, 30.0, 65.0)
    stands(run, 3, 30.0, 70.0)
    offends(run.world, [3])
    watches = name[:3] in {"CMD", "PAT", "TRF", "POU", "EVI", "DRN"}
    assert ([3] if watches else []) == known(run.world)
    assert watches == bool(said(run, "can point them out"))
    assert 1 == secure_evidence(run.world, 30.0, 70.0, 5.0, 600)
    assert [3] == known(run.world)


@pytest.mark.parametrize(("target", "names"), [("officer", [3]), ("person", [])])
def test_whoever_of_ours_is_attacked_may_say_by_whom(target: str, names: list[int]) -> None:
    run = plain()
    only_there(run, "LIA-1", 30.0, 65.0)
    stands(run, 3, 30.0, 70.0)
    run.world.crowd.people.last_offence[3] = run.world.tick
    apply_deeds(run.world, [Deed(run.world.tick, 3, Act.ATTACK, target, -1, 30.0, 70.0)])
    assert names == known(run.world)


def test_what_several_do_together_is_radioed_once_however_far_apart_they_stand() -> None:
    run = plain()
    only_there(run, "PAT-1", 40.0, 70.0)
    stands(run, 3, 10.0, 70.0)
    stands(run, 4, 70.0, 70.0)
    offends(run.world, [3, 4])
    assert [3, 4] == known(run.world)
    assert 1 == len(said(run, "can point them out"))


def test_nobody_sees_through_a_wall() -> None:
    run = plain()
    assert "PAT-2" in [u.id for u in run.world.units if u.x > 100.0]
    stands(run, 3, 90.0, 40.0)
    stands(run, 4, 104.0, 40.0)
    offends(run.world, [3])
    offends(run.world, [4])
    assert [4] == known(run.world)


def test_a_description_is_good_for_ten_minutes_and_a_record_for_thirty() -> None:
    run = plain()
    world = run.world
    for person in (3, 4):
        stands(run, person, 30.0, 70.0)
        offends(world, [person])
    stands(run, 4, 30.0, 60.0)
    assert 1 == secure_evidence(world, 30.0, 60.0, 0.5, 10)
    began = world.tick
    assert [[3, 4], [3, 4], [4], [4], []] == [
        pointed_out(world, *EVERYWHERE, began + round(after * MINUTE)) for after in (0, 10, 10.1, 30, 30.1)
    ]


def test_a_violent_act_that_is_seen_is_radioed_in_once_and_names_nobody() -> None:
    run = plain()
    for person in (3, 4):
        stands(run, person, 30.0, 70.0)
        run.world.crowd.people.last_offence[person] = run.world.tick
        apply_deeds(run.world, [Deed(run.world.tick, person, Act.THROW, "property", -1, 30.0, 70.0)])
    assert ["corner"] == said(run, "can point them out")
    assert [3, 4] == known(run.world)


def test_securing_evidence_says_whether_anybody_can_be_pointed_out() -> None:
    run = plain()
    carried_out(run, "record_offence", "square", "PAT-1")
    assert ["square"] == said(run, "Nobody can be pointed out here")
    run.world.crowd.people.last_offence[7] = run.world.tick
    minutes(run, 0.1)
    assert ["square"] == said(run, "So many can be pointed out: 1")
    assert [7] == known(run.world)


def test_what_is_known_goes_along_with_a_fork_and_counts_in_its_digest() -> None:
    run = plain()
    other = run.fork()
    stands(run, 3, 30.0, 70.0)
    stands(other, 3, 30.0, 70.0)
    assert run.digest() == other.digest()
    offends(run.world, [3])
    other.world.crowd.people.last_offence[3] = other.world.tick
    other.world.messages.extend(run.world.messages[len(other.world.messages) :])
    assert run.digest() != other.digest()
    assert [3] == known(run.fork().world)
