"""Law: lawful orders, protection and proportion, each both ways, and the ways round them that must not work."""

from tests.measures.journals import FAILURE, Run


def test_lawful_coercion_keeps_all() -> None:
    assert 1.0 == Run().order(5, "line", force="line", group="containment", violent=0.3).share("lawful_orders")


def test_an_unlawful_push_costs_all_of_a_run_with_nothing_else() -> None:
    run = Run().order(5, "push", force="line", lawful=False)
    assert 0.0 == run.share("lawful_orders")
    line = run.assess("lawful_orders").lines[0]
    assert "push went ahead although unlawful: the legal power was not named" == line.observable.english()
    assert f"Force is the last resort ({FAILURE['citation']})" == line.rule.english()


def test_an_order_that_was_refused_counts_half() -> None:
    assert 0.5 == Run().order(5, "push", force="line", accepted=False, lawful=False).share("lawful_orders")


def test_what_fails_the_floor_alone_fails_as_much_as_what_fails_both() -> None:
    gap = Run().order(5, "push", force="line", lawful=True, floor=False)
    both = Run().order(5, "push", force="line", lawful=False)
    assert both.share("lawful_orders") == gap.share("lawful_orders")


def test_repeating_a_lawful_order_does_not_thin_out_an_unlawful_one() -> None:
    once = Run().order(5, "push", force="line", lawful=False).order(6, "patrol", force="presence")
    often = Run().order(5, "push", force="line", lawful=False)
    for minute in range(6, 60):
        often.order(minute, "patrol", force="presence")
    assert once.share("lawful_orders") == often.share("lawful_orders")


def test_harmless_orders_do_not_thin_out_an_unlawful_one() -> None:
    run = Run().order(5, "push", force="line", lawful=False)
    for minute in range(6, 60):
        run.order(minute, "talk")
    assert 0.0 == run.share("lawful_orders")


def test_one_slip_without_force_is_only_a_slip() -> None:
    run = Run().order(5, "talk", accepted=False, lawful=False).order(6, "arrest", force="hands_on", group="targeted")
    assert 0.9 < run.share("lawful_orders") < 1.0


def test_a_run_without_coercion_earns_less_than_all_and_is_not_assessed_when_nothing_was_done() -> None:
    assert 0.85 == Run().order(5, "talk").share("lawful_orders")
    assert Run().crowd(0, 60).assess("lawful_orders").share is None


def test_a_refusal_for_practical_reasons_is_no_matter_of_law() -> None:
    run = Run().order(5, "talk").order(6, "push", force="line", accepted=False, lawful=True)
    assert 0.85 == run.share("lawful_orders")


def test_protecting_people_earns_what_leaving_them_costs() -> None:
    assert 1.0 == Run().what(20, "assault", place="rank", offenders=2, protected=True).share("protection")
    assert 0.0 == Run().what(20, "assault", place="rank", offenders=2, protected=False).share("protection")


def test_stepping_in_within_five_minutes_earns_half() -> None:
    def attacked() -> Run:
        return Run().what(20, "assault", place="rank", offenders=2, protected=False)

    assert 0.5 == attacked().what(24, "protection", place="rank", units=["PAT-1"]).share("protection")
    assert 0.5 == attacked().what(24, "arrest", person=3, evidence=True, response="arrest").share("protection")
    assert 0.0 == attacked().what(26, "protection", place="rank", units=["PAT-1"]).share("protection")
    assert 0.0 == attacked().what(24, "protection", place="elsewhere", units=["PAT-1"]).share("protection")
    assert 0.0 == attacked().what(24, "arrest", person=3, evidence=False, response="arrest").share("protection")


def test_a_true_warning_left_alone_is_a_failure_to_protect() -> None:
    assert 0.0 == Run().inject("cab", 10, "threat", status="missed").share("protection")
    assert 1.0 == Run().inject("cab", 10, "threat", status="handled").share("protection")


def test_a_hoax_asks_for_no_protection() -> None:
    assert Run().inject("note", 10, "threat", truth="false", status="missed").assess("protection").share is None


def test_force_is_measured_by_the_violence_it_met() -> None:
    assert 0.0 == Run().order(5, "push", force="line").share("coercion_share")
    assert 0.5 == Run().order(5, "push", force="line", violent=0.05).share("coercion_share")
    assert 1.0 == Run().order(5, "push", force="line", violent=0.4).share("coercion_share")


def test_arresting_somebody_seen_using_violence_earns_and_anybody_else_costs() -> None:
    assert 1.0 == Run().what(5, "arrest", person=3, evidence=True, response="arrest").share("coercion_share")
    assert 0.0 == Run().what(5, "arrest", person=3, evidence=False, response="arrest").share("coercion_share")


def test_no_coercion_earns_nothing_where_coercion_is_asked_about() -> None:
    assert Run().crowd(0, 60).order(5, "talk").assess("coercion_share").share is None


def test_an_order_that_was_refused_used_no_force() -> None:
    run = Run().order(5, "push", force="line", accepted=False, lawful=False)
    assert run.assess("coercion_share").share is None
