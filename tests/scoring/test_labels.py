"""No score depends on what people are called or what they want: with every label swapped each line is the same."""

from dataclasses import replace
from typing import Any

import pytest

from sim.exercise.exercise import Exercise
from sim.exercise.player import PLAYERS, play
from sim.scenario.scenario import Scenario
from sim.scoring import facts_of, score
from sim.storage.library import find_scenario, load_playbook
from sim.storage.reader import read_yaml
from tests.small import assumed, small_data, small_playbook

FARMERS = {
    "title": "Farmers before the ministry",
    "group": "Farmers of the old faith",
    "demand": "The water stays ours",
    "rumour": "A farmer has been shot",
    "call": "Farmers with green flags shout: no water, no bread",
    "insult": "Somebody of ours has laughed at the farmers' prayer",
}
STUDENTS = {
    "title": "Students before the ministry",
    "group": "Students from the capital",
    "demand": "Out with the minister",
    "rumour": "A student has been blinded",
    "call": "Students with black flags shout: the street is ours",
    "insult": "Somebody of ours has laughed at the students' song",
}

OTHER = {"en": "Those over there", "zh": "那边的人"}
"""What everything is called in a shipped incident with its names taken away."""


def incident(label: dict[str, str], ids: str) -> dict[str, Any]:
    """The same incident, by other names; `ids` names the group and the demand in the file."""

    def words(key: str) -> dict[str, str]:
        return {"en": label[key], "zh": label[key]}

    def call(name: str, minute: float, about: str, key: str, **more: Any) -> dict[str, Any]:
        return {
            "id": name,
            "minute": minute,
            "channel": "scene",
            "about": about,
            "truth": "true",
            "text": words(key),
            "place": "square",
            "grade": "A",
            **more,
        }

    data = small_data()
    people = data["groups"][0] | {
        "id": ids,
        "name": words("group"),
        "hardship": assumed(0.7),
        "anger": assumed(0.3),
        "roles": {"sympathiser": 0.7, "core": 0.2, "organiser": 0.05, "agitator": 0.05},
    }
    return {
        "minutes": [0, 15],
        "title": words("title"),
        "groups": [people],
        "demands": [{**data["demands"][0], "id": f"wish_of_{ids}", "name": words("demand")}],
        "rumours": [{**data["rumours"][0], "claim": words("rumour")}],
        "injects": [
            call("called", 1, "gathering", "call", handled={"ordered": "first_contact"}, answers=["first_contact"]),
            call(
                "insult",
                4,
                "misconduct",
                "insult",
                handled={"ordered": "apology"},
                answers=["apology", "stop_misconduct"],
                effects=[{"do": "scene", "content": {"injustice": 0.4}}],
            ),
            call(
                "told",
                6,
                "rumour",
                "rumour",
                ref="death",
                effects=[
                    {"do": "hearsay", "claim": "death", "truth": "false", "rumour": True}
                    | {"en": label["rumour"], "zh": label["rumour"]},
                    {"do": "rumour", "rumour": "death", "told_by": 4},
                ],
                handled={"ordered": "rumour_correction"},
                answers=["rumour_correction"],
            ),
        ],
    }


def played(player: str, label: dict[str, str], ids: str) -> Exercise:
    """The incident by these names, played to its end."""
    run = Exercise(small_playbook(**incident(label, ids)), 5, sealed=False)
    play(run, PLAYERS[player]())
    return run


def lines(run: Exercise) -> object:
    """Everything a score says in numbers: total, grade, and what each gate and each measure found."""

    def numbers(part: object) -> object:
        if isinstance(part, dict):
            return {key: numbers(value) for key, value in part.items() if not isinstance(value, str)}
        if isinstance(part, list):
            return [numbers(each) for each in part]
        return None if isinstance(part, str) else part

    result = score(run.journal, run.playbook.rubric, facts_of(run.playbook)).as_dict()
    return numbers(result)


def test_the_same_conduct_towards_people_of_another_name_and_cause_has_the_same_score() -> None:
    for player in ("doctrine", "force"):
        one, other = played(player, FARMERS, "farmers"), played(player, STUDENTS, "students")
        assert one.world.crowd.people.block.tobytes() == other.world.crowd.people.block.tobytes()
        assert lines(one) == lines(other)


def test_other_conduct_towards_the_same_people_has_another_score() -> None:
    assert lines(played("doctrine", FARMERS, "farmers")) != lines(played("force", FARMERS, "farmers"))


def renamed(part: object) -> object:
    """A scenario's data with every word in it that people read said otherwise."""
    if isinstance(part, dict):
        return {key: OTHER[key] if key in OTHER and value else renamed(value) for key, value in part.items()}
    return [renamed(each) for each in part] if isinstance(part, list) else part


@pytest.mark.slow
@pytest.mark.parametrize("name", ["hospital_vigil", "fans_derby"])
@pytest.mark.parametrize("player", ["doctrine", "force"])
def test_a_shipped_incident_in_which_everybody_is_called_something_else_has_the_same_score(
    name: str, player: str
) -> None:
    playbook = load_playbook(name)
    scenario = Scenario.model_validate(renamed(read_yaml(find_scenario(name).read_bytes(), name).data))
    assert OTHER["en"] == scenario.title.en
    runs = []
    for each in (playbook, replace(playbook, scenario=scenario)):
        run = Exercise(each, 1, sealed=False)
        play(run, PLAYERS[player](), until=run.world.setting.tick(30))
        runs.append(run)
    assert runs[0].world.crowd.people.block.tobytes() == runs[1].world.crowd.people.block.tobytes()
    assert lines(runs[0]) == lines(runs[1])
