"""A room that was put away as bytes at any moment is the room its log makes, to the last bit."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.core.errors import BadInput
from sim.drill.refused import Refused
from sim.exercise.exercise import Exercise
from sim.squad.gate import hashed
from sim.squad.request import ask
from sim.squad.room import INSTRUCTOR, Room
from sim.squad.save import copied, digests, load, save
from sim.world.journal import Entry
from tests.drill.table import session
from tests.squad.lounge import new_room

ORDER = st.sampled_from(
    [
        {"response": "first_contact", "parameters": {"tone": "warm"}, "reason": "他们要水"},
        {"response": "verify_signal", "reason": "is it so?"},
        {"response": "deescalate_posture", "reason": "step back"},
        {"response": "hold"},
        {"response": "nonsense"},
    ]
)
NUMBER = st.integers(1, 4)
SQUAD = st.sampled_from(["A", "B", "C", "A2", "B2"])
SEAT = st.sampled_from(["commander", "liaison", "tactical", "observer"])
TEXT = st.sampled_from(["", "ok", "稍等"])


def one(kind: str, **data: Any) -> st.SearchStrategy[tuple[str, dict[str, Any]]]:
    return st.tuples(st.just(kind), st.fixed_dictionaries(data))


BY_SEATS = st.one_of(
    one("propose", order=ORDER),
    one("propose", order=ORDER),
    one("second", proposal=NUMBER),
    one("vote", proposal=NUMBER, **{"for": st.booleans()}),
    one("call", proposal=NUMBER, carry=st.booleans()),
    one("withdraw", proposal=NUMBER),
    one("dissent", proposal=NUMBER, reason=TEXT),
    one("say", to=st.sampled_from(["all", "liaison"]), text=TEXT),
    one("predict", question=NUMBER, percent=st.integers(-1, 101)),
    one("pick", question=NUMBER, choice=NUMBER, percent=st.integers(-1, 101)),
    one("note", text=TEXT),
    one("judge", answers=st.just({"picture": "2"})),
)
BY_INSTRUCTOR = st.one_of(
    one("pause", text=TEXT),
    one("resume"),
    one("resume"),
    one("nudge", group=st.just("people"), quantity=st.just("anger"), by=st.floats(-0.2, 0.2)),
    one("inject", inject=st.sampled_from(["a_call", "a_post", "later"]), do=st.sampled_from(["fire", "delay", "skip"])),
    one("edit", inject=st.sampled_from(["a_post", "later"]), en=TEXT, zh=TEXT),
    one("add", channel=st.just("radio"), en=TEXT, zh=TEXT, in_s=st.integers(0, 60)),
    one("branch", squad=SQUAD),
    one("lock", locked=st.booleans()),
    one("usher", on=st.booleans()),
    one("speed", speed=st.sampled_from([1, 2, 3])),
    one("name", squad=SQUAD, name=st.sampled_from(["", "blue", "一组"])),
    one("rotate"),
    one("admit", who=st.just(""), squad=SQUAD, role=SEAT),
    one("remove", who=st.just("")),
    one("end"),
    one("again", seed=st.integers(1, 2)),
    one("reveal"),
)
STEP = st.one_of(
    st.tuples(st.just("time"), st.integers(1, 400)),
    st.tuples(st.just("time"), st.integers(1, 400)),
    st.tuples(st.just("seat"), st.tuples(st.integers(0, 7), BY_SEATS)),
    st.tuples(st.just("seat"), st.tuples(st.integers(0, 7), BY_SEATS)),
    st.tuples(st.just("boss"), st.tuples(st.integers(0, 7), SQUAD, BY_INSTRUCTOR)),
    st.tuples(st.just("join"), st.just(0)),
    st.tuples(st.just("cut"), st.just(0)),
)


class Played:
    """A room, the log it leaves, and what was put away of it on the way, with the length of the log then."""

    def __init__(self, *, assessed: bool = False, absent: Any = "merge") -> None:
        self.room, self.log = new_room(2, absent=absent)
        self.room.assessed = assessed
        for squad in self.room.squads.values():
            squad.assessed = assessed
        self.cuts: list[tuple[int, bytes]] = []
        self.count = 0
        for squad, role in (("A", "commander"), ("A", "liaison"), ("B", "commander"), ("B", "observer")):
            self.join()
            self.does(INSTRUCTOR, "admit", {"who": list(self.room.people)[-1], "squad": squad, "role": role})
        self.does(INSTRUCTOR, "start", {})

    def join(self) -> None:
        with suppress(Refused):
            person, entry = self.room.join(hashed(str(self.count)))
            seated = self.room.usher(person)
            self.log += [entry, *([seated] if seated is not None else [])]

    def does(self, who: str, kind: str, data: dict[str, Any], squad: str = "A") -> None:
        self.count += 1
        with suppress(Refused):
            message = {"id": f"n{self.count}", "kind": kind, "data": data, "squad": squad}
            self.log += ask(self.room, self.room.people[who], message)[1]

    def step(self, what: str, how: Any) -> None:
        people = list(self.room.people)
        if what == "time":
            self.log.append(self.room.pass_time(how))
        elif what == "join":
            self.join()
        elif what == "cut":
            self.cut()
        elif what == "seat":
            number, (kind, data) = how
            self.does(people[number % len(people)], kind, data)
        else:
            number, squad, (kind, data) = how
            data = {**data, "who": people[number % len(people)]} if "who" in data else data
            self.does(INSTRUCTOR, kind, data, squad)

    def cut(self) -> None:
        self.cuts.append((len(self.log), save(copied(self.room))))

    def fresh(self) -> Room:
        return Room(self.room.drill, self.room.make, absent=self.room.absent, assessed=self.room.assessed)

    def again(self, room: Room, after: int = 0) -> Room:
        """The room after the rest of the log, as it is read from a disk."""
        for entry in self.log[after:]:
            room.take(Entry(entry.tick, entry.kind, json.loads(json.dumps(entry.data))))
        return room


def opened(seed: int) -> Exercise:
    return session(seed).exercise


def hold(steps: list[tuple[str, Any]], *, assessed: bool, absent: str) -> None:
    played = Played(assessed=assessed, absent=absent)
    for what, how in steps:
        played.step(what, how)
    played.cut()
    whole = save(played.again(played.fresh()))
    assert whole == save(played.room)
    for after, data in played.cuts:
        there = load(played.fresh(), data, opened)
        assert data == save(there)
        assert whole == save(played.again(there, after))


@settings(max_examples=6, deadline=None, derandomize=True)
@given(st.lists(STEP, min_size=10, max_size=30), st.booleans(), st.sampled_from(["merge", "doctrine"]))
def test_a_room_from_any_moment_and_the_rest_of_its_log_is_the_room_of_the_whole_log(
    steps: list[tuple[str, Any]], assessed: bool, absent: str
) -> None:
    hold(steps, assessed=assessed, absent=absent)


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(st.lists(STEP, min_size=10, max_size=80), st.booleans(), st.sampled_from(["merge", "doctrine"]))
def test_the_same_of_many_longer_lists_of_inputs(steps: list[tuple[str, Any]], assessed: bool, absent: str) -> None:
    hold(steps, assessed=assessed, absent=absent)


def busy() -> Played:
    """A room in which a little of everything has happened, in its second round."""
    played = Played()
    people = [who for who in played.room.people if who not in {"instructor", "screen"}]
    played.step("time", 330)
    played.does(people[1], "propose", {"order": {"response": "first_contact", "parameters": {"tone": "warm"}}})
    played.does(people[0], "second", {"proposal": 1})
    played.cut()
    played.does(people[0], "call", {"proposal": 1, "carry": True})
    played.does(INSTRUCTOR, "add", {"channel": "radio", "en": "They want water.", "zh": "", "in_s": 5})
    played.step("time", 130)
    played.does(INSTRUCTOR, "branch", {}, "A")
    played.does(INSTRUCTOR, "branch", {"squad": "A"})
    played.cut()
    played.does(INSTRUCTOR, "end", {})
    played.does(INSTRUCTOR, "again", {"seed": 2})
    played.does(INSTRUCTOR, "start", {})
    played.step("time", 45)
    return played


def test_a_room_in_its_second_round_comes_back_with_the_squads_of_the_first() -> None:
    played = busy()
    played.cut()
    assert {"A2", "B2"} == set(played.room.squads)
    assert {"A", "B"} <= set(played.room.past)
    for after, data in played.cuts:
        assert save(played.room) == save(played.again(load(played.fresh(), data, opened), after))


def test_what_happens_to_a_copy_does_not_happen_to_the_room_and_the_other_way_round() -> None:
    played = busy()
    copy, before = copied(played.room), save(played.room)
    assert before == save(copy)
    copy.squads["A2"].run_until(900)
    copy.people.clear()
    copy.squads["A2"].sitting.clear()
    assert before == save(played.room)
    kept = copied(played.room)
    played.step("time", 100)
    played.does(INSTRUCTOR, "pause", {"text": ""})
    assert before == save(kept)


def test_the_state_of_each_squad_has_a_digest_that_an_altered_number_changes() -> None:
    played = busy()
    there = load(played.fresh(), save(played.room), opened)
    assert digests(played.room) == digests(there)
    there.squads["A2"].session.exercise.world.crowd.people.anger[0] += 0.01
    assert digests(played.room) != digests(there)


def test_bytes_that_are_no_room_or_one_of_another_drill_are_refused() -> None:
    played = busy()
    data = save(played.room)
    other = new_room(2, time_box_min=4)[0]
    for fresh, given_data in ((played.fresh(), b"no room"), (played.fresh(), data[:100]), (other, data)):
        with pytest.raises(BadInput, match="damaged"):
            load(Room(fresh.drill, fresh.make), given_data, opened)
