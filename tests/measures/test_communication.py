"""Communication: contact, statements, words aloud, rumours, and whether deeds agreed with words."""

import pytest

from tests.measures.journals import Run


@pytest.mark.parametrize(("minute", "share"), [(-30, 1.0), (5, 1.0), (8, 1.0), (19, 0.5), (30, 0.0)])
def test_contact_earns_less_the_later_it_is_made(minute: float, share: float) -> None:
    assert share == Run(start_min=-60).crowd(0, 60).what(minute, "first_contact", unit="LIA-1").share("contact")


def test_never_speaking_with_a_gathering_costs_all_even_when_it_ended_soon() -> None:
    assert 0.0 == Run().crowd(0, 60).share("contact")
    assert 0.0 == Run().crowd(0, 12).share("contact")
    assert Run().crowd(0, 6).assess("contact").share is None


def statement(run: Run, minute: float, **changes: object) -> Run:
    words: dict[str, object] = {"response": "s", "about": "facts", "rumour": "", "true": True, "evidence": False}
    return run.what(minute, "statement", **{**words, **changes})


def test_a_first_statement_is_due_within_half_an_hour() -> None:
    assert 1.0 == statement(Run().crowd(0, 90), 30).share("first_statement")
    assert 0.5 == statement(Run().crowd(0, 90), 45).share("first_statement")
    assert 0.0 == Run().crowd(0, 90).share("first_statement")
    assert Run().crowd(0, 20).assess("first_statement").share is None


def test_more_statements_earn_no_more_and_an_untrue_one_is_none() -> None:
    once, often = statement(Run().crowd(0, 90), 45), statement(Run().crowd(0, 90), 45)
    for minute in range(46, 90):
        statement(often, minute)
    assert once.share("first_statement") == often.share("first_statement")
    assert 0.0 == statement(Run().crowd(0, 90), 10, true=False).share("first_statement")


def announce(run: Run, minute: float, response: str = "appeal", **changes: object) -> Run:
    words: dict[str, object] = {
        "understood": 0.9,
        "leave": 0.0,
        "tone": "plain",
        "route": "",
        "power": "",
        "time_given": False,
    }
    return run.what(minute, "announcement", response=response, **{**words, **changes})


def test_an_announcement_earns_by_being_understood_respectful_and_of_use() -> None:
    assert 1.0 == announce(Run(), 5).share("announcements")
    assert 0.5 == announce(Run(), 5, understood=0.1).share("announcements")
    assert 0.75 == announce(Run(), 5, tone="stern").share("announcements")
    assert 0.75 == announce(Run(), 5, leave=0.3).share("announcements")
    assert 1.0 == announce(Run(), 5, leave=0.3, route="west", time_given=True).share("announcements")


def test_an_order_to_leave_names_its_power_as_well() -> None:
    told = {"leave": 1.0, "route": "west", "time_given": True}
    assert 1.0 > announce(Run(), 5, **told).share("announcements")
    assert 1.0 == announce(Run(), 5, power="assembly act", **told).share("announcements")


def test_repeating_one_message_is_one_message() -> None:
    run = Run()
    for minute in (5, 8, 11, 14):
        announce(run, minute)
    assert 1 == len(run.assess("announcements").lines)


def test_saying_more_earns_nothing_and_saying_far_more_costs() -> None:
    some, spam = Run(), Run()
    for k in range(8):
        announce(some, 5 + k, f"message{k}")
    for k in range(30):
        announce(spam, 5 + k, f"message{k}")
    assert 0.9 == some.share("announcements")
    assert "one more message, 8 within an hour" == some.assess("announcements").lines[-1].observable.english()
    assert 0.0 == spam.share("announcements")


def test_many_messages_spread_over_hours_are_not_too_many() -> None:
    run = Run()
    for k in range(12):
        announce(run, 5 + 11 * k, f"message{k}")
    assert 1.0 == run.share("announcements")


def test_silence_before_a_gathering_costs_once_it_lasted() -> None:
    assert 0.0 == Run().crowd(0, 60).share("announcements")
    assert Run().crowd(0, 20).assess("announcements").share is None


def test_representatives_who_tell_the_result_are_words_aloud() -> None:
    assert 1.0 == Run().crowd(0, 60).what(50, "report_back", promises=1, understood=0.9).share("announcements")


def rumour(run: Run) -> Run:
    return run.inject("dead", 10, "rumour", truth="false", status="fired").what(10, "rumour_started", rumour="death")


def correct(run: Run, minute: float, *, evidence: bool = True, **changes: object) -> Run:
    return statement(run, minute, about="rumour", rumour="death", evidence=evidence, **changes)


def test_a_false_rumour_left_alone_costs_all() -> None:
    assert 0.0 == rumour(Run().crowd(0, 90)).share("rumour_correction")


def test_a_correction_earns_by_its_evidence_and_its_time() -> None:
    assert 1.0 == correct(rumour(Run().crowd(0, 90)), 25).share("rumour_correction")
    assert 0.5 == correct(rumour(Run().crowd(0, 90)), 50).share("rumour_correction")
    assert 0.3 == correct(rumour(Run().crowd(0, 90)), 25, evidence=False).share("rumour_correction")


def test_repeating_a_bare_denial_makes_it_no_better() -> None:
    run = rumour(Run().crowd(0, 90))
    for minute in range(12, 60):
        correct(run, minute, evidence=False)
    assert 0.3 == run.share("rumour_correction")


def test_a_corrected_rumour_that_is_still_told_at_the_end_earns_less() -> None:
    run = correct(rumour(Run().crowd(0, 90)), 25).reading(91, tellers={"death": 0.2})
    assert 0.7 == run.share("rumour_correction")


def test_a_true_rumour_calls_for_no_correction() -> None:
    assert rumour(Run().crowd(0, 90)).assess("rumour_correction", rumours={"death": True}).share is None


def test_a_rumour_that_began_just_before_the_end_could_not_be_corrected() -> None:
    assert rumour(Run().crowd(0, 20)).assess("rumour_correction").share is None


def test_words_that_deeds_bore_out_earn_all() -> None:
    run = announce(Run(), 5, leave=0.3, route="west", time_given=True)
    run.what(20, "push_begins", response="push", units=["POU-1"]).what(50, "line", response="line", closed=True)
    assert 1.0 == run.share("consistency")


@pytest.mark.parametrize(
    ("minute", "what", "deed"),
    [
        (10, "line", {"response": "line", "closed": True}),
        (8, "push_begins", {"response": "push"}),
        (8, "area_force", {"response": "gas", "hit": 3, "offenders_hit": 3}),
        (9, "statement", {"response": "s", "about": "facts", "rumour": "", "true": False}),
    ],
)
def test_a_deed_that_contradicts_a_word_costs(minute: float, what: str, deed: dict[str, object]) -> None:
    run = announce(Run(), 5, leave=0.3, route="west", time_given=True).what(minute, what, **deed)
    assert 0.66 == run.share("consistency")


def test_one_volley_breaks_one_word() -> None:
    run = announce(Run(), 5, leave=0.3, time_given=True)
    for k in range(5):
        run.what(6 + 0.5 * k, "area_force", response="gas", hit=3, offenders_hit=3)
    assert 0.66 == run.share("consistency")


@pytest.mark.parametrize(
    ("evidence", "representative", "share"), [(False, True, 0.66), (True, True, 1.0), (False, False, 1.0)]
)
def test_arresting_who_came_to_talk_contradicts_the_talks(evidence: bool, representative: bool, share: float) -> None:
    run = announce(Run(), 5).what(20, "representatives", number=5, supporters=90)
    run.what(30, "arrest", response="a", evidence=evidence, representative=representative)
    assert share == run.share("consistency")


def test_saying_nothing_is_not_being_consistent() -> None:
    assert Run().crowd(0, 90).assess("consistency").share is None
