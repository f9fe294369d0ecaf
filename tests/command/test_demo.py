"""The demonstration: with nobody at a keyboard it plays itself and leaves a journal and a report."""

from pathlib import Path

import pytest

from tests.command.program import Program, write_scenario

AIM = {"id": "nobody_shouts", "says": {"en": "Nobody shouts", "zh": "无人喧哗"}, "when": {"flag": "never"}}


@pytest.fixture
def program(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    """The program with the small scenario in place of the long one."""
    monkeypatch.setenv("COMMONGROUND_HOME", str(tmp_path / "home"))
    monkeypatch.setattr("sim.command.demo.SCENARIO", str(write_scenario(tmp_path)))
    monkeypatch.setattr("sim.command.demo.PICTURES_MIN", (1.0, 5.0))
    return Program(capsys)


def test_without_arguments_and_without_a_terminal_it_says_so_and_plays_the_demonstration(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.desktop.window.can_open", lambda: False)
    said = program()
    assert 0 == said.code
    assert "No terminal here" in said.err
    assert "of 100" in said.out
    assert ["demo.html", "demo.jsonl"] == sorted(path.name for path in (tmp_path / "home" / "reports").iterdir())


def test_it_writes_where_it_is_told_and_the_journal_verifies(program: Program, tmp_path: Path) -> None:
    out = tmp_path / "a" / "b"
    said = program("demo", "--out", out, "--seed", 4, "--quiet", "--lang", "zh")
    assert 0 == said.code
    assert "" == said.err
    assert '<html lang="zh-CN">' in (out / "demo.html").read_text(encoding="utf-8")
    assert 0 == program("replay", out / "demo.jsonl", "--verify", "--quiet").code


def test_one_seed_gives_one_journal_and_one_page(program: Program, tmp_path: Path) -> None:
    for folder in ("one", "two"):
        program("demo", "--out", tmp_path / folder, "--seed", 5, "--quiet")
    for name in ("demo.jsonl", "demo.html"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_it_plays_the_days_after_to_their_end_and_the_aims_are_decided(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = str(write_scenario(tmp_path, win=[AIM], aftermath={"days": 2}))
    monkeypatch.setattr("sim.command.demo.SCENARIO", long)
    said = program("demo", "--out", tmp_path / "out", "--quiet")
    assert 0 == said.code
    assert '"aftermath":true' in (tmp_path / "out" / "demo.jsonl").read_text(encoding="utf-8").replace(" ", "")
    page = (tmp_path / "out" / "demo.html").read_text(encoding="utf-8")
    for shown in (said.out, page):
        assert "not decided" not in shown
        assert "not met" in shown
        assert "provisional" not in shown


def test_a_run_cut_short_says_that_its_aims_are_not_decided(program: Program, tmp_path: Path) -> None:
    scenario = write_scenario(tmp_path, win=[AIM])
    journal = tmp_path / "part.jsonl"
    program("run", scenario, "--player", "passive", "--journal", journal, "--quiet")
    lines = journal.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if '"outcome"' not in line]
    journal.write_text("".join(kept[: len(kept) // 2]), encoding="utf-8")
    said = program("score", journal, "--quiet")
    assert "not met" not in said.out
    assert "not decided" in said.out
