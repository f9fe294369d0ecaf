"""A scenario in which every name is right and which still cannot work: each doubt has its line, and a way out."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from sim.storage.language import speech
from sim.storage.library import check_file, load_playbook
from tests.small import small_data

Data = dict[str, Any]

SOUND_TEXT = {"en": "Somebody has fallen.", "zh": "有人摔倒了。"}


def sound() -> Data:
    """A small scenario about which nothing is doubtful."""
    data = small_data()
    for part in ("solids", "places", "lanes"):
        for item in data["site"][part]:
            item["name"] = {"en": str(item["name"]), "zh": "地方"}
    data["groups"][0]["name"] = {"en": "people", "zh": "人群"}
    data["rumours"][0]["claim"] = {"en": "a death", "zh": "有人死亡"}
    data["trains"] = ["capacity"]
    data["injects"] = [
        {
            "id": "fallen",
            "minute": 2,
            "channel": "radio",
            "about": "casualty",
            "truth": "true",
            "text": SOUND_TEXT,
            "place": "square",
            "handled": {"ordered": "first_aid"},
            "window_min": 4,
            "expert_min": 1,
            "answers": ["first_aid"],
            "trains": ["capacity"],
            "effects": [
                {"do": "rumour", "rumour": "death"},
                {"do": "note", "flag": "seen"},
                {"do": "ambulance", "id": "A1", "from_x_m": 5, "to_x_m": 90},
                {"do": "block", "group": "people", "lanes": ["lane"], "vehicles": 1, "x_m": 40},
            ],
        }
    ]
    data["win"] = [{"id": "cared", "says": SOUND_TEXT, "when": {"metric": "untreated_serious", "at_most": 0}}]
    data["lose"] = [{"id": "hurt", "says": SOUND_TEXT, "when": {"metric": "serious_injuries", "at_least": 2}}]
    return data


def plant(change: Callable[[Data], object]) -> Data:
    """The sound scenario with one fault in it."""
    data = sound()
    change(data)
    return data


def inject(**changes: Any) -> Callable[[Data], object]:
    """A fault in the only inject."""
    return lambda data: data["injects"][0].update(changes)


def ending(**when: Any) -> Callable[[Data], object]:
    """A fault in the only aim."""
    return lambda data: data["win"][0].update(when=when)


WALL = {"name": {"en": "wall", "zh": "墙"}, "area": {"rect": [0, 58, 120, 60]}}
RING = [
    {"id": f"gate_{k}", "name": {"en": "gate", "zh": "门"}, "ends": ends}
    for k, ends in enumerate(([35, 20, 75, 20], [75, 20, 75, 60], [75, 60, 35, 60], [35, 60, 35, 20]))
]


TALK = [
    "first_aid",
    "first_contact",
    "listening_round",
    "choose_representatives",
    "seat_representatives",
    "written_commitment",
]
"""Everything it takes to come to a promise."""


def without(data: Data, code: str) -> list[Data]:
    """The roster without the units of a code."""
    return [unit for unit in data["units"] if unit["code"] != code]


# What is planted, the code that names it, and where it is.
PLANTED: dict[str, tuple[Callable[[Data], object], str, str]] = {
    "a place inside a building": (
        lambda d: d["site"]["solids"].append({**WALL, "area": {"rect": [1, 60, 30, 79]}}), "inside-solid",
        "site.places[4].area",
    ),
    "a gathering place behind a wall": (
        lambda d: (d["site"]["solids"].append(WALL), d["groups"][0].update(post=["corner"])), "unreachable",
        "groups[0].post[0]",
    ),
    "a ring of closed gates": (lambda d: d["site"].update(gates=RING), "trapped", "groups[0].post[0]"),
    "too many people in one place": (lambda d: d["groups"][0].update(spawn=["west"], people=900), "too-dense",
        "groups[0].spawn[0]"),
    "a site without an exit": (
        lambda d: ([p.pop("exit_width_m", 0) for p in d["site"]["places"]], d["groups"][0].pop("exits")), "no-exit",
        "site.places",
    ),
    "an exit wider than its place": (lambda d: d["site"]["places"][2].update(exit_width_m=60), "exit-too-wide",
        "site.places[2].exit_width_m"),
    "a vehicle beside its lane": (
        lambda d: d["injects"][0]["effects"][3].update(x_m=110), "outside-lane", "injects[0].effects[3].x_m",
    ),
    "a window that outlasts the run": (inject(minute=8), "window-after-end", "injects[0].window_min"),
    "an expert slower than the window": (inject(expert_min=9), "too-short-window", "injects[0].expert_min"),
    "an answer that cannot be finished in time": (
        inject(handled={"ordered": "first_aid", "finished": True}, window_min=1), "not-in-time",
        "injects[0].handled.finished",
    ),
    "a unit that comes after the end": (lambda d: d["units"][7].update(arrives_min=600), "never-there",
        "units[7].arrives_min"),
    "a group that never comes": (lambda d: d["groups"][0].pop("arrives"), "never-there", "groups[0]"),
    "an inject that waits for a fact nothing sets": (inject(when={"flag": "sean"}), "dead-inject",
        "injects[0].when.flag"),
    "an inject whose time is over before it begins": (
        inject(when={"all": [{"metric": "present", "at_least": 1}, {"minute": True, "at_most": 1}]}), "dead-inject",
        "injects[0].when.all[1].at_most",
    ),
    "a call only an absent unit could handle": (inject(handled={"arrived": "EVI"}), "dead-handled",
        "injects[0].handled.arrived"),
    "an aim nobody can reach": (ending(metric="left_voluntarily_share", at_least=70), "dead-ending",
        "win[0].when.at_least"),
    "an aim after the end": (ending(minute=True, at_least=45), "dead-ending", "win[0].when.at_least"),
    "an aim that asks for a promise by nobody": (ending(arrived="PAT+"), "dead-ending", "win[0].when.arrived"),
    "one branch of a condition that is dead": (
        ending(any=[{"metric": "arrests", "at_most": 0}, {"flag": "sean"}]), "dead-part", "win[0].when.any[1].flag",
    ),
    "an aim that is a loss": (ending(metric="serious_injuries", at_least=2), "win-and-lose", "win[0].when"),
    "a rumour nobody hears": (lambda d: d["injects"][0]["effects"].pop(0), "never-told", "rumours[0].id"),
    "an inject about nothing": (inject(ref="deeth"), "unknown-claim", "injects[0].ref"),
    "a lane that is not there": (inject(ref="lnae"), "unknown-lane", "injects[0].ref"),
    "an emergency on something that is no lane": (
        inject(ref="ring", about="emergency"), "unknown-lane", "injects[0].ref",
    ),
    "a demand that is not there": (inject(ref="hearrd"), "unknown-demand", "injects[0].ref"),
    "a decision-maker who may not decide": (
        lambda d: [d["demands"][0].update(grantable_by=["GOV"]), [u.pop("mandate", 0) for u in d["units"]]],
        "no-mandate", "units[7]",
    ),
    "a building over half a place": (
        lambda d: d["site"]["solids"].append({**WALL, "area": {"rect": [40, 40, 70, 60]}}), "under-solid",
        "site.places[0].area",
    ),
    "two names for one ground": (
        lambda d: d["site"]["places"].append({**d["site"]["places"][0], "id": "plaza"}), "same-place",
        "site.places[5].area",
    ),
    "a lane through a building": (
        lambda d: d["site"]["solids"].append({**WALL, "area": {"rect": [20, 10, 30, 18]}}), "lane-in-solid",
        "site.lanes[0].y_m",
    ),
    "a demand from above that nobody could carry out": (
        inject(demands=["tow_vehicle"]), "nobody-can", "injects[0].demands[0]",
    ),
    "a demand from above for what is not on offer": (
        lambda d: [d.update(responses=["first_aid", "hold"]), d["injects"][0].update(demands=["containment"])],
        "not-on-offer", "injects[0].demands[0]",
    ),
    "a promise nobody can come to": (
        lambda d: [d.update(responses=TALK, units=without(d, "GOV")), ending(flag="dated_commitment")(d)],
        "dead-ending", "win[0].when.flag",
    ),
    "a response whose first step is not on offer": (
        lambda d: d.update(responses=["first_aid", "first_contact", "choose_representatives"]), "never-open",
        "responses[2]",
    ),
    "a meeting that never has a mandate": (
        lambda d: [d.update(responses=TALK), [u.pop("mandate", 0) for u in d["units"]]],
        "never-open", "responses[5]",
    ),
    "an order that asks for something no inject says": (
        lambda d: d.update(responses=["first_aid", "refuse_order"]), "never-open", "responses[1]",
    ),
    "an answer whose way is longer than its window": (
        lambda d: [d["units"][5].update(at="behind"), inject(
            place="west", window_min=1.5, handled={"ordered": "first_aid", "running": True})(d)],
        "not-in-time", "injects[0].handled.running",
    ),
    "a lane that no order can open in the window": (
        lambda d: [d.update(responses=["first_aid", "open_lane"]), inject(
            about="emergency", ref="lane", handled={"flag": "lane_opened"}, answers=["open_lane"], window_min=5)(d)],
        "not-in-time", "injects[0].handled.flag",
    ),
    "a response nobody can carry out": (
        lambda d: d.update(responses=["first_aid", "welfare_point"]), "nobody-can", "responses[1]",
    ),
    "an answer that is not on offer": (
        lambda d: d.update(responses=["hold"]), "not-on-offer", "injects[0].answers[0]",
    ),
    "a demand nobody may grant": (lambda d: d["demands"][0].update(grantable_by=["EVI"]), "nobody-can",
        "demands[0].grantable_by"),
    "help that comes too late": (
        lambda d: (
            d.update(responses=["first_aid"]), [u.update(arrives_min=9) for u in d["units"] if u["code"] in {"MED"}],
            d["units"].__setitem__(slice(None), [u for u in d["units"] if u["code"] in {"CMD", "MED"}]),
        ), "too-late", "injects[0].answers",
    ),
    "a role of half a person": (
        lambda d: d["groups"][0].update(roles={"sympathiser": 0.995, "agitator": 0.005}), "role-without-members",
        "groups[0].roles.agitator",
    ),
    "nobody who takes part": (lambda d: d["groups"][0].update(participant=False), "no-participants", "groups"),
    "a call without a lawful answer": (
        inject(answers=["reprisal"], handled={"ordered": "reprisal"}), "no-lawful-answer", "injects[0].answers",
    ),
    "law by the day and no day": (lambda d: d.update(doctrine={"domestic": "prc"}), "no-day", "doctrine"),
    "an objective no decision tests": (lambda d: d.update(trains=["capacity", "aftermath"]), "objective-not-tested",
        "trains[1]"),
    "a decision on what is no objective": (inject(trains=["capacity", "methods"]), "objective-not-named",
        "injects[0].trains[1]"),
    "a call whose time nobody measures": (inject(answers=[], trains=[]), "no-answers", "injects[0]"),
    "a text without Chinese": (lambda d: d.update(title="The small square"), "no-translation", "title"),
    "two languages swapped": (lambda d: d.update(title={"en": "小广场", "zh": "Small square"}), "no-translation",
        "title.en"),
    "a character the font lacks": (inject(text={"en": "Somebody \U0001f525", "zh": "有人"}), "no-glyph",
        "injects[0].text.en"),
    "no aim at all": (lambda d: d.pop("win"), "no-aim", ""),
}  # fmt: skip


def write(folder: Path, data: Data) -> Path:
    path = folder / "mine.yaml"
    apart = json.loads(json.dumps(data))  # so that no two parts are one object, which YAML would write as an alias
    path.write_text(yaml.safe_dump(apart, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path


def test_about_the_sound_scenario_nothing_is_doubtful(tmp_path: Path) -> None:
    assert [] == [(fault.path, fault.code) for fault in check_file(write(tmp_path, sound()))]


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_fault_is_found_at_its_place_with_a_way_to_mend_it(name: str, tmp_path: Path) -> None:
    change, code, where = PLANTED[name]
    path = write(tmp_path, plant(change))
    faults = check_file(path)
    found = [fault for fault in faults if (code, where) == (fault.code, fault.path)]
    assert 1 == len(found), [(fault.code, fault.path) for fault in faults]
    assert "warning" == found[0].severity
    assert found[0].hint is not None
    last = where.replace("]", "").replace("[", ".").split(".")[-1]
    line = path.read_text(encoding="utf-8").splitlines()[(found[0].line or 0) - 1]
    assert (
        last.isdigit()
        or last in {"", "area", "grantable_by", "answers", "when", "places", "groups", "doctrine"}
        or last in line
    )
    for part in (found[0].message, found[0].hint):
        assert any("\u4e00" <= letter <= "\u9fff" for letter in speech("zh")(part))


def test_what_is_doubtful_can_still_be_played(tmp_path: Path) -> None:
    assert "small" == load_playbook(str(write(tmp_path, plant(PLANTED["an aim after the end"][0])))).scenario.id
