"""A playtest from the command line: the card, the page, and what it says of a scenario that cannot be lost or won."""

from pathlib import Path

import pytest

from tests.command.program import Program, Said, write_scenario
from tests.small import assumed

IS_CALM = {"id": "calm", "says": "calm", "when": {"metric": "serious_injuries", "at_most": 0}}
CALLS = [
    {
        "id": "asked",
        "minute": 1,
        "channel": "radio",
        "about": "gathering",
        "truth": "true",
        "text": "Somebody should talk to them.",
        "handled": {"ordered": "first_contact"},
        "answers": ["first_contact"],
    },
    {
        "id": "unheard_of",
        "minute": 2,
        "channel": "radio",
        "about": "report",
        "truth": "true",
        "text": "This never comes.",
        "when": {"flag": "nothing_sets_this"},
    },
]


@pytest.fixture
def program(capsys: pytest.CaptureFixture[str]) -> Program:
    return Program(capsys)


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    return write_scenario(tmp_path, minutes=[0, 3], injects=CALLS, win=[IS_CALM], responses=["first_contact", "hold"])


def played(program: Program, scenario: Path, *more: object) -> Said:
    return program(
        "playtest", scenario, "--players", "passive,doctrine", "--seeds", 1, "--workers", 1, "--quiet", *more
    )


def test_a_scenario_that_doing_nothing_wins_fails_the_card(program: Program, scenario: Path) -> None:
    said = played(program, scenario, "--json", "--quick")
    assert 1 == said.code
    assert said.data["fails"]
    assert "doing nothing wins" in said.data["warnings"]
    assert {"passive": 1, "doctrine": 1} == {each["player"]: each["wins"] for each in said.data["players"]}


def test_the_card_says_which_aim_nobody_met(program: Program, tmp_path: Path) -> None:
    never = {"id": "promised", "says": "A day and a name", "when": {"flag": "nothing_sets_this"}}
    scenario = write_scenario(tmp_path, minutes=[0, 3], win=[IS_CALM, never], responses=["first_contact", "hold"])
    said = played(program, scenario, "--json", "--quick")
    assert {"passive": [["calm", 1], ["promised", 0]], "doctrine": [["calm", 1], ["promised", 0]]} == {
        each["player"]: each["met"] for each in said.data["players"]
    }
    card = played(program, scenario, "--quick", "--lang", "en").out
    assert card.index("A day and a name") < card.index("calm")


def test_an_inject_whose_condition_never_holds_is_called_dead(program: Program, scenario: Path) -> None:
    assert ["unheard_of"] == played(program, scenario, "--json", "--quick").data["dead"]


def test_what_an_aim_hangs_on_is_found_by_doing_without_it(program: Program, tmp_path: Path) -> None:
    aim = {"id": "spoken", "says": "spoken", "when": {"ordered": "first_contact"}}
    path = write_scenario(tmp_path, minutes=[0, 3], injects=CALLS, win=[aim], responses=["first_contact", "hold"])
    data = played(program, path, "--json").data
    assert "doctrine" == data["best"]
    hang = {each["part"]["id"]: each["aims"] for each in data["levers"] if each["part"]["what"] == "response"}
    assert {"first_contact": ["spoken"]} == hang
    assert 1 == len(data["lines"])


def test_orders_that_were_written_down_are_a_way_of_winning(program: Program, tmp_path: Path) -> None:
    aim = {"id": "spoken", "says": "spoken", "when": {"ordered": "first_contact"}}
    path = write_scenario(tmp_path, minutes=[0, 3], injects=CALLS, win=[aim], responses=["first_contact", "hold"])
    orders = tmp_path / "late.yaml"
    orders.write_text("- {at: '02:30', response: first_contact, target: square}\n", encoding="utf-8")
    data = played(program, path, "--json", "--quick", "--orders", orders).data
    assert {"late": 1, "doctrine": 1, "passive": 0} == {each["player"]: each["wins"] for each in data["players"]}
    assert ["doctrine", "late"] == sorted(line["player"] for line in data["lines"])


def test_lines_stored_beside_a_scenario_are_ways_of_winning_too(program: Program, tmp_path: Path) -> None:
    aim = {"id": "spoken", "says": "spoken", "when": {"ordered": "first_contact"}}
    path = write_scenario(tmp_path, minutes=[0, 3], injects=CALLS, win=[aim], responses=["first_contact", "hold"])
    folder = tmp_path / "lines"
    folder.mkdir()
    for name, at in ((f"{path.stem}.yaml", "00:30"), (f"{path.stem}.late.yaml", "02:30"), ("other.yaml", "00:40")):
        order = f"- {{at: '{at}', response: first_contact, target: square}}\n"
        (folder / name).write_text(order, encoding="utf-8")
    players = played(program, path, "--json", "--quick").data["players"]
    assert {"author": 1, "late": 1, "doctrine": 1, "passive": 0} == {each["player"]: each["wins"] for each in players}


def test_the_page_says_the_same_in_chinese_and_holds_no_script(
    program: Program, scenario: Path, tmp_path: Path
) -> None:
    page = tmp_path / "card.html"
    played(program, scenario, "--quick", "--html", page, "--lang", "zh")
    text = page.read_text(encoding="utf-8")
    assert "什么都不做也能取胜" in text
    assert "<script" not in text


def test_a_player_nobody_knows_is_refused_with_the_nearest_one(program: Program, scenario: Path) -> None:
    said = program("playtest", scenario, "--players", "doctrin", "--quiet")
    assert 2 == said.code
    assert "did you mean doctrine?" in said.err


def test_scenario_numbers_can_be_moved_without_leaving_their_range() -> None:
    from sim.review.rehearsal import changed
    from tests.small import small_playbook

    groups = [{**small_playbook().scenario.groups[0].model_dump(exclude_none=True), "anger": assumed(0.9)}]
    scenario = small_playbook(groups=groups).scenario
    moved = changed(scenario, cast={"anger": 1.2, "patience_min": 1.2, "hope": 1.2}).groups[0]
    assert moved.anger is not None
    assert (1.0, 480.0, None) == (moved.anger.value, moved.patience_min.value, moved.hope)


def test_the_model_card_says_how_many_runs_got_another_grade(program: Program, scenario: Path, tmp_path: Path) -> None:
    page = tmp_path / "model.html"
    said = program(
        "playtest", scenario, "--matter", "groups.online", "--workers", 1, "--quiet", "--json", "--html", page
    )
    assert 0 == said.code
    assert (1, 7, True) == (said.data["numbers"], said.data["runs"], said.data["complete"])
    assert page.is_file()


def test_a_model_card_is_kept_beside_its_scenario_when_asked_to(
    program: Program, scenario: Path, tmp_path: Path
) -> None:
    own = tmp_path / scenario.name
    own.write_bytes(scenario.read_bytes())
    said = program("playtest", own, "--matter", "groups.online", "--keep", "--workers", 1)
    assert 0 == said.code
    assert "cards" in said.err
    assert (tmp_path / "cards" / "small.json").is_file()
    assert 2 == program("playtest", own, "--keep").code


def test_a_number_nobody_knows_is_refused_with_the_nearest(program: Program, scenario: Path) -> None:
    said = program("playtest", scenario, "--matter", "feeling.contagin", "--quiet")
    assert 2 == said.code
    assert "did you mean feeling.contagion?" in said.err
