"""A small square on which every response has something to do: a rumour, cabs on a lane, a hall, a gate, the dark.

People are a little angry, afraid and tired, so that each feeling can move either way; nobody is violent by nature.
"""

from dataclasses import replace
from functools import cache
from typing import Any

from sim.effects import Number
from sim.exercise.exercise import Exercise
from sim.world.activity import Activity
from sim.world.order import Order, Value
from tests.effects.stage import MORE_UNITS, START, happens
from tests.small import assumed, small_data, small_playbook

ALWAYS = ("P0", "P1", "P2", "P3", "P4", "P5", "P6")
MINUTE = 600
FEELINGS = ("anger", "fear", "legitimacy", "identity", "hope", "exit_belief", "grievance", "fatigue")
BEGIN_WITH = {"anger": 0.2, "fear": 0.2, "fatigue": 0.4}
UNITS = ("COM", "NEG", "LGL", "LIA")

BEFORE: dict[str, tuple[str, ...]] = {
    "listening_round": ("first_contact",),
    "choose_representatives": ("listening_round",),
    "seat_representatives": ("listening_round", "choose_representatives"),
    "put_terms": ("listening_round", "listening_round", "choose_representatives"),
    "written_commitment": ("listening_round", "choose_representatives", "seat_representatives"),
    "report_back": ("listening_round", "choose_representatives", "seat_representatives", "written_commitment"),
    "joint_walk": ("listening_round",),
    "lend_loudspeaker": ("listening_round",),
    "neutral_mediator": ("listening_round", "listening_round"),
    "arrest_offender": ("explain_boundary",),
    "release_containment": ("containment",),
    "review_containment": ("containment",),
    "deescalate_posture": ("visible_unit",),
    "stand_down": ("soft_patrol",),
    "rumour_correction": ("verify_signal",),
    "inform_relatives": ("verify_signal",),
    "follow_up_promise": ("listening_round", "choose_representatives", "seat_representatives", "written_commitment"),
}
"""What has to have happened before, so that an order has something to build on."""
GIVEN: dict[str, dict[str, Value]] = {
    "risk_estimate": {"percent": 50},
    "put_terms": {"demand": "heard", "owner": "CMD", "due_days": 2},
    "give_word": {},
    "written_commitment": {"demand": "heard", "due_days": 2},
    "rumour_correction": {"position": "refute"},
}
HEARD_OUT = ("put_terms",)
"""What works once people have been heard out, which takes longer than this."""
HURT = range(5, 25)
"""Rows of those on whom force was used: so many that what is done for them shows beside everybody's luck."""
TARGETS = {"stop_misconduct": "square"}


def data(**changes: Any) -> dict[str, Any]:
    """The square with everything on it."""
    plain = small_data()
    people = plain["groups"][0] | {
        "roles": {"sympathiser": 0.9, "organiser": 0.1},
        "hardship": assumed(0.5),
        "legitimacy": assumed(0.5),
    }
    others = people | {"id": "others", "people": 8, "roles": {"worker": 1.0}, "participant": False}
    press = people | {"id": "press", "people": 4, "roles": {"journalist": 1.0}, "participant": False}
    rumour = {"en": "A death", "zh": "有人死亡"}
    return {
        "minutes": [0, 240],
        "aftermath": {"days": 10},
        "units": [
            *plain["units"],
            *MORE_UNITS,
            *({"id": f"{code}-9", "code": code, "strength": 2, "arrives_min": 0, "at": "corner"} for code in UNITS),
        ],
        "groups": [people, others, press],
        "special": ["reception_hall", "stop_the_show", "put_up_lights", "transport_home"],
        "site": plain["site"]
        | {
            "solids": [
                *plain["site"]["solids"],
                {"name": "hall, south wall", "area": {"rect": [72, 59, 80, 60]}},
                {"name": "hall, south wall, east of the door", "area": {"rect": [84, 59, 92, 60]}},
                {"name": "hall, west wall", "area": {"rect": [71, 59, 72, 79]}},
            ],
            "places": [
                *plain["site"]["places"],
                {"id": "hall", "name": "hall", "area": {"rect": [73, 61, 91, 78]}, "seats": 12},
                {"id": "reserve_yard", "name": "yard", "area": {"rect": [106, 60, 112, 66]}},
            ],
            "gates": [{"id": "gate", "name": "gate", "ends": [70, 25, 70, 55]}],
        },
        "injects": [
            happens({"do": "weather", "dark": True}),
            happens(
                {"do": "hearsay", "claim": "death", "truth": "false", "rumour": True, **rumour},
                {"do": "rumour", "rumour": "death", "told_by": 20},
                place="square",
                minute=0.2,
            ),
            happens({"do": "block", "group": "people", "lanes": ["lane"], "vehicles": 4, "x_m": 40}, minute=0.15),
            happens({"do": "casualty", "severity": "minor"}, place="square", minute=0.3),
            happens({"do": "offence", "group": "others", "offenders": 2}, minute=0.44),
            happens({"do": "offence", "group": "people", "offenders": 2}, minute=0.47),
        ],
    } | changes


def opened(seed: int = 1, **changes: Any) -> Exercise:
    """The square at its first tick, every response ready at once wherever it is ordered."""
    playbook = small_playbook(**data(**changes))
    ready = {"setup_min": Number(assumed=0), "needs": (), "phases": ALWAYS}
    responses = {name: response.model_copy(update=ready) for name, response in playbook.responses.items()}
    return Exercise(replace(playbook, responses=responses), seed, sealed=False)


@cache
def square(seed: int) -> Exercise:
    """People stand in the square, a little angry, afraid and tired."""
    run = opened(seed)
    run.run_until(START)
    _begin_with(run)
    return run


@cache
def days_before(seed: int) -> Exercise:
    """Two hours before anybody comes; people are at home and read."""
    come = {"arrives": {"from_min": 100, "to_min": 110}, "online": assumed(1.0)}
    signal = {"do": "hearsay", "claim": "poll", "truth": "true", "en": "They will come", "zh": "他们会来"}
    run = opened(
        seed,
        minutes=[-120, 120],
        groups=[data()["groups"][0] | come],
        injects=[happens(signal, minute=-119.9) | {"id": "poll"}],
        units=[unit | {"arrives_min": -120} for unit in data()["units"]],
    )
    run.run_until(START)
    return run


@cache
def days_after(seed: int) -> Exercise:
    """People are at home: force was used on twenty, one is detained, something was promised, a rumour went round."""
    run = square(seed).fork()
    orders = (*BEFORE["report_back"], "report_back", "arrest_offender", "carry_away", "complaints_desk")
    for name in orders:
        carry_out(run, name, within_min=16)
    people = run.world.crowd.people
    for row in HURT:
        run.world.hurt(row, 1, "police", float(people.x[row]), float(people.y[row]))
    run.go_home()
    _begin_with(run)
    run.run_until(run.tick_now + 36_000)
    return run


def _begin_with(run: Exercise) -> None:
    for name, value in BEGIN_WITH.items():
        getattr(run.world.crowd.people, name)[:] = value


def order(name: str) -> Order:
    """The order, lawful or not."""
    return Order(
        response=name,
        target=TARGETS.get(name, ""),
        parameters=GIVEN.get(name, {}),
        reason="so that it can be seen",
        go_ahead=True,
    )


def give(run: Exercise, name: str) -> Activity:
    """Gives the order and returns what it set going."""
    ruling = run.order(order(name))
    assert ruling.accepted, (name, [why.english() for why in ruling.reasons])
    return run.world.activities[ruling.activity - 1]


def carry_out(run: Exercise, name: str, within_min: float) -> None:
    """Gives the order and lets it run its time, or a while where it has none."""
    activity = give(run, name)
    end = run.tick_now + round(within_min * MINUTE)
    while activity.live and run.tick_now < end:
        run.run_until(run.tick_now + 100)


@cache
def prepared(name: str, stage: str, seed: int = 1) -> Exercise:
    """The stage with what has to have happened before this response."""
    run = {"square": square, "before": days_before, "after": days_after}[stage](seed).fork()
    if stage == "square":
        for earlier in BEFORE.get(name, ()):
            carry_out(run, earlier, within_min=16)
        if name in HEARD_OUT:
            run.world.talks.rapport["people"] = 0.6
    if name == "answer_complaints":
        while not any(task.people for task in run.world.aftermath.open_tasks(run.tick_now, "complaint")):
            run.run_until(run.tick_now + 36_000)
    return run


def moved(name: str, mine: Exercise, theirs: Exercise) -> float:
    """How far something is higher in one run than in the other."""
    return _value(name, mine) - _value(name, theirs)


def _value(name: str, run: Exercise) -> float:
    world = run.world
    people = world.crowd.people
    if name in FEELINGS:
        return float(getattr(people, name)[world.crowd.participant].mean())
    if name == "rumour":
        return float((people.rumour[:, 0] == 2).sum())
    if name == "present":
        return float((people.present & world.crowd.participant).sum())
    return float(getattr(world.opinion, name))


def same_people(mine: Exercise, theirs: Exercise) -> bool:
    """True when not a bit of anybody differs."""
    return mine.world.crowd.people.block.tobytes() == theirs.world.crowd.people.block.tobytes()
