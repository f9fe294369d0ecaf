"""Statements: measured against what is known, believed by how they are made, and settled when evidence appears."""

from functools import cache
from typing import Any

import numpy as np
import pytest

from sim.crowd.people import Rumour
from sim.exercise.exercise import Exercise
from sim.exercise.replay import replay
from sim.exercise.save import load, save
from sim.world.metric import METRICS
from sim.world.order import Order
from tests.effects.stage import MORE_UNITS, carried_out, happens, minutes, staged
from tests.small import assumed, small_data

EVIDENCE_MIN = 26.0
STATES = ("false", "true", "unclear")
STATEMENTS = ("evidence", "bare", "silence", "untrue")


def heard(truth: str, *more: dict[str, Any], shows: str = "") -> Exercise:
    """A rumour goes round and has reached the desk; by what is so it is right, wrong or unclear.

    With `shows`, evidence of that appears by itself at `EVIDENCE_MIN`.
    """
    words = {"en": "a death", "zh": "有人死亡"}
    rumours = [{"id": "death", "claim": words, "true": truth == "true", "evidence_min": assumed(5)}]
    asked = [
        {"id": name, "name": words, "how": words, "grade": "A", "minutes": assumed(2)} for name in ("ward", "registry")
    ]
    told = {"do": "hearsay", "claim": "death", "truth": truth, "rumour": True, "sources": asked, **words}
    injects = [
        happens(told, {"do": "rumour", "rumour": "death", "told_by": 6, "reach": assumed(0.5)}),
        *([happens({"do": "evidence", "claim": "death", "shows": shows}, minute=EVIDENCE_MIN)] if shows else ()),
        *more,
    ]
    groups = [{**small_data()["groups"][0], "online": assumed(1.0)}]
    return staged(injects=injects, rumours=rumours, groups=groups)


@cache
def told(truth: str, statement: str) -> dict[str, float]:
    """What came of one kind of statement about one kind of rumour, before and after the evidence appeared."""
    run = heard(truth, shows="false" if truth == "false" else "true")
    if statement == "evidence":
        carried_out(run, "verify_signal", "death", "INF-1")
        minutes(run, 5.5)
        slots = "who+known+unknown+checked+evidence+next_update"
        carried_out(run, "rumour_correction", "death", "PIO-1", position="known", slots=slots)
    elif statement == "bare":
        carried_out(run, "rumour_correction", "death", "PIO-1", position="refute", slots="who+known")
    elif statement == "untrue":
        carried_out(run, "rumour_correction", "death", "PIO-1", position="refute", slots="who+known+checked+evidence")
    run.run_until(run.world.setting.tick(EVIDENCE_MIN) - 10)
    people = run.world.crowd.people
    believers = np.isin(people.rumour[:, 0], (int(Rumour.SPREADER), int(Rumour.STIFLER)))
    before = {"belief": float(np.mean(believers)), "trust_before": float(np.mean(people.legitimacy))}
    minutes(run, 10)
    return before | {
        "trust": float(np.mean(people.legitimacy)),
        "credibility": run.world.opinion.credibility["police"],
        "public": run.world.opinion.public,
        "untrue": METRICS["false_statements"](run.world),
    }


class TestFourStatementsAndThreeRumours:
    """The table of outcomes: what is believed, what is left of trust, who is believed afterwards."""

    def test_a_false_rumour_dies_by_evidence_and_not_by_a_bare_denial(self) -> None:
        belief = {each: told("false", each)["belief"] for each in STATEMENTS}
        assert belief["evidence"] < min(belief["bare"], belief["silence"]) - 0.05

    @pytest.mark.parametrize("truth", STATES)
    def test_whoever_claimed_a_check_that_was_not_made_is_believed_least(self, truth: str) -> None:
        left = {each: told(truth, each)["credibility"] for each in STATEMENTS}
        assert "untrue" == min(left, key=lambda each: (left[each], each != "untrue"))
        assert left["untrue"] < left["evidence"] - 0.1

    @pytest.mark.parametrize("truth", STATES)
    def test_open_and_shown_words_keep_most_belief(self, truth: str) -> None:
        left = {each: told(truth, each)["credibility"] for each in STATEMENTS}
        assert left["evidence"] == max(left.values())

    @pytest.mark.parametrize("truth", ["true", "unclear"])
    def test_what_was_denied_and_is_so_costs_trust_more_than_silence(self, truth: str) -> None:
        trust = {each: told(truth, each)["trust"] for each in STATEMENTS}
        assert trust["bare"] < trust["silence"] < trust["evidence"]
        assert trust["untrue"] <= trust["bare"]

    def test_silence_on_what_is_so_costs_belief_and_silence_on_what_is_not_costs_none(self) -> None:
        assert told("true", "silence")["credibility"] < told("false", "silence")["credibility"]

    @pytest.mark.parametrize("truth", STATES)
    def test_the_wider_public_judges_an_open_word_best_and_an_untrue_one_worse_than_a_bare_one(
        self, truth: str
    ) -> None:
        public = {each: told(truth, each)["public"] for each in STATEMENTS}
        assert "evidence" == max(public, key=lambda each: public[each])
        assert public["untrue"] < public["bare"]

    def test_only_what_proves_wrong_or_was_never_checked_is_an_untrue_statement(self) -> None:
        untrue = {(t, s): told(t, s)["untrue"] for t in STATES for s in STATEMENTS}
        guilty = {("true", "bare"), ("unclear", "bare"), *((t, "untrue") for t in STATES)}
        assert guilty == {case for case, number in untrue.items() if number}


def test_who_corrects_it_before_others_do_pays_half() -> None:
    owned, found = heard("true", shows="true"), heard("true", shows="true")
    for run in (owned, found):
        carried_out(run, "rumour_correction", "death", "PIO-1", position="refute", slots="who+known")
    carried_out(owned, "verify_signal", "death", "INF-1")
    minutes(owned, 10.5)
    carried_out(owned, "rumour_correction", "death", "PIO-1", position="known")
    for run in (owned, found):
        run.run_until(run.world.setting.tick(EVIDENCE_MIN + 10))
    belief = [run.world.opinion.credibility["police"] for run in (owned, found)]
    trust = [float(np.mean(run.world.crowd.people.legitimacy)) for run in (owned, found)]
    assert belief[0] > belief[1]
    assert trust[0] > trust[1]


def test_an_untruth_is_found_out_even_if_no_evidence_is_written_into_the_scenario() -> None:
    run = heard("true")
    carried_out(run, "rumour_correction", "death", "PIO-1", position="refute")
    before = run.world.opinion.public
    minutes(run, 32)
    settled = run.journal.consequences("statement_settled")
    assert ["found_untrue"] == [entry.data["how"] for entry in settled]
    assert run.world.opinion.public < before
    assert run.world.opinion.credibility["police"] < 0.6


def test_belief_in_a_source_comes_back_slowly() -> None:
    run = heard("true", shows="true")
    carried_out(run, "rumour_correction", "death", "PIO-1", position="refute", slots="who+known")
    run.run_until(run.world.setting.tick(EVIDENCE_MIN + 1))
    low = run.world.opinion.credibility["police"]
    minutes(run, 30)
    later = run.world.opinion.credibility["police"]
    assert low < later < 0.75
    assert 0.95 == run.world.opinion.credibility["hospital"]


def test_a_late_correction_convinces_fewer_than_an_early_one() -> None:
    belief = {}
    for name, wait in (("early", 0.0), ("late", 30.0)):
        run = heard("false")
        minutes(run, wait)
        carried_out(run, "verify_signal", "death", "INF-1")
        minutes(run, 10.5)
        said = run.world.tick
        carried_out(run, "rumour_correction", "death", "PIO-1", position="known")
        run.run_until(said + 15 * 600)
        belief[name] = float(np.mean(run.world.crowd.people.rumour[:, 0] != int(Rumour.DISBELIEVER)))
    assert belief["early"] < belief["late"]


def test_a_headline_that_repeats_the_rumour_brings_it_to_people_who_had_not_heard_it() -> None:
    words = {"en": "a death", "zh": "有人死亡"}
    knew = {}
    for headline in ("fact", "rumour"):
        told_desk = {"do": "hearsay", "claim": "death", "truth": "false", "rumour": True, **words}
        groups = [{**small_data()["groups"][0], "online": assumed(1.0)}]
        run = staged(injects=[happens(told_desk)], groups=groups)
        carried_out(run, "rumour_correction", "death", "PIO-1", position="known", headline=headline)
        minutes(run, 15)
        told_it = np.isin(run.world.crowd.people.rumour[:, 0], (int(Rumour.SPREADER), int(Rumour.STIFLER)))
        knew[headline] = int(np.count_nonzero(told_it))
    assert 0 == knew["fact"]
    assert knew["rumour"] > 0


class TestWhatIsKnown:
    def test_a_fact_nobody_has_checked_is_beyond_what_is_known(self) -> None:
        run = heard("false")
        carried_out(run, "holding_statement", "", "PIO-1", known="not:death")
        said = run.world.statements[-1]
        assert (1, True) == (said.beyond, said.true)
        assert 1 == run.journal.consequences("statement")[-1].data["beyond"]

    def test_a_fact_a_check_found_otherwise_is_an_untrue_statement(self) -> None:
        run = heard("false")
        carried_out(run, "verify_signal", "death", "INF-1")
        minutes(run, 10.5)
        standing = {fact.id: fact.standing for fact in run.observe().press.facts}
        assert ("contradicted", "known") == (standing["claim:death"], standing["not:death"])
        carried_out(run, "holding_statement", "", "PIO-1", known="claim:death")
        assert not run.world.statements[-1].true
        assert 1 == METRICS["false_statements"](run.world)

    def test_without_facts_picked_our_own_records_are_stated(self) -> None:
        run = heard("false")
        carried_out(run, "holding_statement", "", "PIO-1")
        said = run.world.statements[-1]
        assert "people" in said.facts
        assert said.true
        assert any("people have gathered" in each.english() for each in said.words)

    def test_an_unknown_fact_is_refused_with_what_there_is(self) -> None:
        run = heard("false")
        ruling = run.preview(Order(response="holding_statement", parameters={"known": "all_is_well"}))
        assert ["all_is_well is no choice for known"] == [why.english()[:34] for why in ruling.reasons]

    @pytest.mark.parametrize("slots", ["known+who", "who+who", "who+nothing"])
    def test_parts_are_listed_once_in_order_and_have_to_exist(self, slots: str) -> None:
        run = heard("false")
        assert run.preview(Order(response="holding_statement", parameters={"slots": slots})).reasons

    def test_nobody_speaks_for_a_department_or_a_crowd_that_is_not_there(self) -> None:
        run = heard("false")
        leader = run.preview(Order(response="holding_statement", parameters={"source": "leader"}))
        assert ["nobody has been chosen yet who could say it with us"] == [why.english() for why in leader.reasons]
        bare = staged(units=[u for u in (*small_data()["units"], *MORE_UNITS) if u["code"] != "GOV"])
        department = bare.preview(Order(response="holding_statement", parameters={"source": "department"}))
        assert ["nobody of the department is on scene to say it"] == [why.english() for why in department.reasons]


class TestNobodyProfits:
    """Attempts to win opinion by other means than true, fresh words and good deeds."""

    def test_repeating_a_statement_wins_ever_less(self) -> None:
        run = heard("false")
        gains = []
        for _ in range(4):
            before = run.world.opinion.public
            carried_out(run, "holding_statement", "", "PIO-1", known="taken")
            gains.append(run.world.opinion.public - before)
            minutes(run, 2)
        assert gains[0] > 2.0 * gains[2] > 0.0
        assert sum(gains[1:]) < 1.2 * gains[0]
        assert [0, 1, 2, 3] == [said.repeats for said in run.world.statements]

    @pytest.mark.parametrize("slot", ["label", "names"])
    def test_labels_and_names_of_people_detained_are_unlawful_and_win_nothing(self, slot: str) -> None:
        slots = f"who+known+{slot}"
        run = heard("false")
        order = Order(response="holding_statement", parameters={"slots": slots}, reason="they have to be told")
        ruling = run.preview(order)
        assert not ruling.accepted
        assert not ruling.meets_baseline
        honest = run.fork()
        carried_out(run, "holding_statement", "", "PIO-1", slots=slots)
        carried_out(honest, "holding_statement", "", "PIO-1", slots="who+known")
        for each in (run, honest):
            minutes(each, 12)
        assert run.world.opinion.public < 0.5 < honest.world.opinion.public
        mean = [float(np.mean(each.world.crowd.people.legitimacy)) for each in (run, honest)]
        assert mean[0] < mean[1]
        assert 1 == METRICS["marked_orders"](run.world)

    def test_an_untrue_line_that_looks_good_at_first_costs_more_than_it_won(self) -> None:
        lying, honest = heard("true", shows="true"), heard("true", shows="true")
        carried_out(lying, "rumour_correction", "death", "PIO-1", position="refute")
        carried_out(honest, "rumour_correction", "death", "PIO-1", position="known")
        at_first = lying.world.opinion.public
        for run in (lying, honest):
            run.run_until(run.world.setting.tick(EVIDENCE_MIN + 1))
        assert lying.world.opinion.public < min(at_first, 0.5, honest.world.opinion.public)

    def test_a_promised_word_that_does_not_come_is_held_against_us_once(self) -> None:
        run = heard("false")
        carried_out(run, "holding_statement", "", "PIO-1", next_min=10)
        minutes(run, 40)
        assert 1 == len(run.journal.consequences("update_missed"))


def test_one_takes_in_a_statement_only_by_reading_or_hearing_it() -> None:
    words = [{**small_data()["groups"][0], "online": assumed(0.0)}]
    silent, spoken = staged(groups=words), staged(groups=words)
    carried_out(spoken, "holding_statement", "", "PIO-1")
    minutes(spoken, 10)
    silent.run_until(spoken.tick_now)
    for name, array in silent.world.crowd.people.state().items():
        assert np.array_equal(array, spoken.world.crowd.people.state()[name]), name


def test_aloud_those_within_earshot_hear_it_and_it_is_on_record_how_many() -> None:
    words = [{**small_data()["groups"][0], "online": assumed(0.0)}]
    run = staged(groups=words)
    carried_out(run, "soft_patrol", "square", "PAT-1")
    trust = float(np.mean(run.world.crowd.people.legitimacy))
    carried_out(run, "holding_statement", "", "PIO-1", channel="pa", audience="participants")
    minutes(run, 2)
    spoken = run.journal.consequences("announcement")
    assert [1.0] == [entry.data["understood"] for entry in spoken]
    assert float(np.mean(run.world.crowd.people.legitimacy)) > trust


def test_a_leader_who_speaks_with_us_gives_more_hope_than_a_monologue() -> None:
    hope = {}
    for source in ("department", "leader"):
        run = heard("false")
        run.world.talks.representatives = (0, 1)
        carried_out(run, "joint_briefing", "", "PIO-1", "GOV-2", source=source)
        minutes(run, 10)
        hope[source] = float(np.mean(run.world.crowd.people.hope))
    assert hope["department"] < hope["leader"]


def test_relatives_who_are_told_in_person_stop_believing_what_was_checked() -> None:
    run = heard("false")
    carried_out(run, "verify_signal", "death", "INF-1")
    minutes(run, 10.5)
    left, desk = run.fork(), run
    carried_out(desk, "inform_relatives", "square", "PIO-1")
    minutes(desk, 12)
    left.run_until(desk.tick_now)
    sure = [np.count_nonzero(each.world.crowd.people.rumour[:, 0] == int(Rumour.DISBELIEVER)) for each in (left, desk)]
    assert sure[0] + 10 < sure[1]


def test_a_fork_and_a_save_in_the_middle_go_on_as_if_nothing_had_happened() -> None:
    run = heard("true", shows="true")
    carried_out(
        run, "rumour_correction", "death", "PIO-1", position="refute", slots="who+known+next_update", next_min=5
    )
    minutes(run, 1)
    fork = run.fork()
    saved = load(heard("true", shows="true"), save(run))
    for each in (run, fork, saved):
        each.run_until(each.world.setting.tick(EVIDENCE_MIN + 3))
    assert run.digest() == fork.digest() == saved.digest()
    assert run.world.opinion == fork.world.opinion == saved.world.opinion
    assert run.world.statements == saved.world.statements
    run.stop()
    again = replay(run.playbook, run.seed, list(run.journal), verify=False)
    assert (run.digest(), run.world.statements) == (again.digest(), again.world.statements)
