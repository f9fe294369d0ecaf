"""Gates: each trips for what it is about, and for nothing else."""

import pytest

from tests.measures.journals import Run


def hurt(run: Run, minute: float, severity: str = "serious", cause: str = "police") -> Run:
    return run.what(minute, "injury", severity=severity, cause=cause, person=3, x=0.0, y=0.0)


def pushed(*, lawful: bool = False) -> Run:
    run = Run().order(10, "push", force="line", lawful=lawful, violent=0.2, activity=7).reading(60)
    return run.add(20, "activity", number=7, source="push", stage=3)


def test_serious_harm_by_unlawful_force_trips() -> None:
    (line,) = hurt(pushed(), 15).tripped("unlawful_harm")
    assert 15.0 == line.minute
    assert "somebody was badly hurt by the police during push, which was unlawful" == line.observable.english()
    assert hurt(pushed(), 15, "fatal").tripped("unlawful_harm")


def test_harm_that_was_slight_or_lawful_or_not_ours_or_later_trips_no_gate_of_harm() -> None:
    assert () == hurt(pushed(), 15, "minor").tripped("unlawful_harm")
    assert () == hurt(pushed(lawful=True), 15).tripped("unlawful_harm")
    assert () == hurt(pushed(), 15, cause="crowd").tripped("unlawful_harm")
    assert () == hurt(pushed(), 30).tripped("unlawful_harm")
    assert () == hurt(pushed(), 5).tripped("unlawful_harm")


def ring(run: Run, minute: float = 12, response: str = "containment", **changes: object) -> Run:
    words: dict[str, object] = {"shape": "ring", "closed": True, "inside": 40, "units": ["POU-1"]}
    return run.what(minute, "line", response=response, **{**words, **changes})


def contained(violent: float, opened: float | None) -> Run:
    run = Run().crowd(0, 90).order(10, "containment", force="containment", violent=violent)
    ring(run)
    return run if opened is None else run.what(opened, "line_opened", response="containment")


def test_containing_people_who_use_no_violence_trips() -> None:
    assert 1 == len(contained(0.02, 20).tripped("containment"))


def test_containment_that_is_not_opened_trips() -> None:
    assert 1 == len(contained(0.5, None).tripped("containment"))
    assert 2 == len(contained(0.0, 60).tripped("containment"))


def test_a_ring_nobody_reviews_trips_for_each_review_but_not_the_timelines_own() -> None:
    for response, lines in (("containment", 1), ("inject:orders_from_above", 0)):
        run = contained(0.5, 30).what(22, "review_missed", response=response, inside=40, minutes=10)
        assert lines == len(run.tripped("containment"))


def test_containment_of_a_violent_crowd_that_is_opened_soon_does_not_trip() -> None:
    assert () == contained(0.5, 30).tripped("containment")


def test_an_open_line_or_an_empty_ring_or_the_timelines_ring_does_not_trip() -> None:
    assert () == ring(Run().reading(60), closed=False).tripped("containment")
    assert () == ring(Run().reading(60), shape="line").tripped("containment")
    assert () == ring(Run().reading(60), inside=0).tripped("containment")
    assert () == ring(Run().reading(60), response="inject:orders_from_above").tripped("containment")


@pytest.mark.parametrize(("offenders", "trips"), [(0, True), (8, True), (9, False), (10, False)])
def test_area_means_trip_when_they_meet_people_who_use_no_violence(offenders: int, trips: bool) -> None:
    run = Run().what(10, "area_force", response="gas", hit=10, offenders_hit=offenders)
    assert trips == bool(run.tripped("area_means"))


def test_area_means_that_met_nobody_or_that_the_timeline_used_do_not_trip() -> None:
    assert () == Run().what(10, "area_force", response="gas", hit=0, offenders_hit=0).tripped("area_means")
    assert () == Run().what(10, "area_force", response="inject:x", hit=9, offenders_hit=0).tripped("area_means")


def arrests(number: int, **words: object) -> Run:
    run = Run()
    for k in range(number):
        run.what(
            10 + k, "arrest", **{"person": k, "evidence": False, "representative": False, "response": "a", **words}
        )
    return run


def test_many_arrests_without_evidence_trip_and_few_or_founded_ones_do_not() -> None:
    assert 1 == len(arrests(5).tripped("mass_arrest"))
    assert () == arrests(4).tripped("mass_arrest")
    assert () == arrests(50, evidence=True).tripped("mass_arrest")


def test_taking_one_representative_trips_unless_for_an_offence_of_their_own() -> None:
    assert 1 == len(arrests(1, representative=True).tripped("mass_arrest"))
    assert () == arrests(1, representative=True, evidence=True).tripped("mass_arrest")


def kept_waiting(minutes: int) -> Run:
    run = Run()
    for waited in range(1, minutes + 1):
        run.what(20 + waited, "ambulance_waiting", ambulance="a", minutes=waited)
    return run


def test_an_ambulance_left_to_itself_trips_after_a_quarter_of_an_hour() -> None:
    assert () == kept_waiting(15).tripped("medical_access")
    assert [35.0] == [line.minute for line in kept_waiting(40).tripped("medical_access")]


def test_one_that_arrived_too_late_trips_as_well() -> None:
    assert [31.0] == [
        line.minute
        for line in Run().what(40, "ambulance_arrived", ambulance="a", delay_min=24).tripped("medical_access")
    ]


@pytest.mark.parametrize("what", ["lane_asked", "lane_request", "lane_open", "towed"])
def test_having_tried_to_open_a_lane_does_not_trip_and_trying_too_late_does(what: str) -> None:
    assert () == kept_waiting(40).what(30, what, lane="west").tripped("medical_access")
    assert kept_waiting(40).what(50, what, lane="west").tripped("medical_access")


def test_an_accepted_order_to_open_a_lane_is_trying() -> None:
    assert () == kept_waiting(40).order(30, "corridor", catalogue="FA3").tripped("medical_access")
    assert kept_waiting(40).order(30, "corridor", catalogue="FA3", accepted=False).tripped("medical_access")


def said(run: Run, minute: float, *, true: bool, rumour: str = "death", response: str = "s") -> Run:
    return run.what(minute, "statement", response=response, about="rumour", rumour=rumour, true=true)


def test_an_untrue_statement_trips_unless_we_correct_it_soon() -> None:
    assert 1 == len(said(Run(), 10, true=False).tripped("false_statement"))
    assert () == said(said(Run(), 10, true=False), 30, true=True).tripped("false_statement")
    assert said(said(Run(), 10, true=False), 60, true=True).tripped("false_statement")
    assert said(said(Run(), 10, true=False), 30, true=True, rumour="tow").tripped("false_statement")
    assert () == said(Run(), 10, true=True).tripped("false_statement")


def test_collecting_names_trips_only_if_it_went_ahead() -> None:
    assert Run().order(5, "record", collect="names").tripped("names_collected")
    assert () == Run().order(5, "record", collect="names", accepted=False).tripped("names_collected")
    assert () == Run().order(5, "record", collect="none").order(6, "record").tripped("names_collected")


def test_obeying_an_unlawful_order_trips_and_refusing_it_does_not() -> None:
    assert Run().what(110, "pressure_obeyed").tripped("pressure_obeyed")
    assert () == Run().what(110, "pressure_refused", reasoned=True).tripped("pressure_obeyed")


def crushed(*, warned: float | None = None, lasting: int = 3) -> Run:
    run = Run().crowd(0, 29, density_max=4.0).crowd(30, 29 + lasting, density_max=6.4).crowd(40, 50, density_max=3.0)
    return run if warned is None else run.inject("underpass", warned, "crowding", status="missed")


def test_a_crush_that_was_seen_coming_and_not_relieved_trips() -> None:
    assert [30.0] == [line.minute for line in crushed(warned=15).tripped("crush")]


def test_a_crush_without_warning_or_that_passed_or_that_was_worked_on_does_not_trip() -> None:
    assert () == crushed().tripped("crush")
    assert () == crushed(warned=25).tripped("crush")
    assert () == crushed(warned=15, lasting=2).tripped("crush")
    assert () == crushed(warned=15).what(25, "relief", place="underpass").tripped("crush")
    assert () == crushed(warned=15).order(25, "relieve", catalogue="CT6").tripped("crush")


def test_what_officers_could_see_is_a_warning() -> None:
    run = Run().crowd(0, 29, density_max=5.2).crowd(30, 40, density_max=6.4)
    assert run.tripped("crush")


@pytest.mark.parametrize(
    ("force", "name"),
    [
        ("none", "marked_order"),
        ("presence", "marked_order"),
        ("hands_on", "marked_force"),
        ("line", "marked_force"),
        ("containment", "marked_force"),
        ("area", "marked_area"),
    ],
)
def test_an_unlawful_order_that_went_ahead_trips_the_gate_of_its_force(force: str, name: str) -> None:
    names = ("marked_order", "marked_force", "marked_area")
    run = Run().order(5, "act", force=force, lawful=False)
    assert [name] == [each for each in names if run.tripped(each)]
    assert [] == [each for each in names if Run().order(5, "act", force=force).tripped(each)]
    refused = Run().order(5, "act", force=force, lawful=False, accepted=False)
    assert [] == [each for each in names if refused.tripped(each)]


def test_what_falls_below_the_floor_alone_is_marked_as_well() -> None:
    assert Run().order(5, "act", force="line", lawful=True, floor=False).tripped("marked_force")


def test_insisting_on_refused_force_trips_and_one_try_does_not() -> None:
    run = Run()
    for minute in (5, 6):
        run.order(minute, "push", force="line", accepted=False, lawful=False)
    assert () == run.tripped("insistence")
    assert [9.0] == [
        line.minute for line in run.order(9, "gas", force="area", accepted=False, lawful=False).tripped("insistence")
    ]


def test_refusals_of_talk_or_for_practical_reasons_are_not_insisting() -> None:
    run = Run()
    for minute in range(5, 15):
        run.order(minute, "talk", accepted=False, lawful=False)
        run.order(minute, "push", force="line", accepted=False, lawful=True)
    assert () == run.tripped("insistence")
