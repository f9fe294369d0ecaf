"""A record answers what measures ask, from entries alone."""

from sim.core.phrase import LText
from sim.measures import Facts, Record
from sim.world.journal import Journal
from tests.measures.journals import Run


def test_a_record_is_made_from_a_journal_as_from_its_entries() -> None:
    journal = Journal()
    journal.append(600, "reading", participants=100, came=100)
    journal.append(660, "digest", digest="00")
    assert Record.of(journal) == Record.of(list(journal))
    assert 1.1 == Record.of(journal).end_min


def test_minutes_count_from_the_first_minute_of_the_scenario() -> None:
    record = Record.of([], Facts(start_min=-60.0))
    assert -59.0 == record.minute(600)


def test_the_gathering_begins_with_thirty_people() -> None:
    run = Run().reading(1, participants=12).reading(2, participants=30).reading(3, participants=200)
    gathering = run.reading(4, participants=5).record().gathering
    assert gathering is not None
    assert (2.0, 3.0, 200) == (gathering.first_min, gathering.last_min, gathering.peak)


def test_a_small_crowd_is_a_gathering_from_half_its_size_on() -> None:
    gathering = (
        Run().reading(1, participants=4).reading(2, participants=9).reading(3, participants=16).record().gathering
    )
    assert gathering is not None
    assert 2.0 == gathering.first_min


def test_no_people_are_no_gathering() -> None:
    assert Run().crowd(0, 5, participants=0).record().gathering is None


def test_an_inject_keeps_when_it_fired_and_what_became_of_it() -> None:
    record = Run().inject("a", 5, "rumour", after=4, answered=3).inject("b", 6, "threat", status="fired").record()
    first, second = record.injects
    assert ("handled", 5.0, 9.0, 3.0) == (first.status, first.minute, first.settled_min, first.first_answer_min)
    assert ("fired", None) == (second.status, second.first_answer_min)


def test_an_order_is_lawful_only_when_it_also_meets_the_floor() -> None:
    orders = Run().order(1, "a").order(2, "b", lawful=True, floor=False).record().orders
    assert [True, False] == [order.lawful for order in orders]


def test_waiting_is_not_acting() -> None:
    assert not Run().order(1, "hold").record().acted
    assert Run().order(1, "talk").record().acted
    assert not Run().order(1, "talk", accepted=False).record().acted


def test_dispersing_and_resolved_are_no_worse_than_calm() -> None:
    run = Run().state(1, 0, 2).state(2, 2, 4).state(3, 4, 5).state(4, 5, 3)
    assert [1.0, 4.0] == [worse.minute for worse in run.record().worsenings()]
    assert [0, 2, 4, 3] == [run.record().state_at(minute) for minute in (0.5, 1.5, 2.5, 9.0)]


def test_a_rumour_is_false_by_the_header_else_by_its_check_else_by_its_inject() -> None:
    run = Run().what(5, "rumour_started", rumour="r").inject("i", 5, "rumour", truth="false", status="fired")
    assert (("r", 5.0),) == run.record().false_rumours()
    assert () == run.record(rumours={"r": True}).false_rumours()
    run.what(9, "verified", claim="r", truth="true", is_rumour=True)
    assert () == run.record().false_rumours()
    assert (("r", 5.0),) == run.record(rumours={"r": False}).false_rumours()


def test_what_the_timeline_did_is_not_our_own_doing() -> None:
    run = Run().what(1, "line", response="inject:ring", closed=True).what(2, "line", response="filter", closed=False)
    assert 2 == len(run.record().consequences("line"))
    assert ["filter"] == [entry.data["response"] for entry in run.record().own("line")]


def test_things_are_called_by_their_names_where_somebody_gave_one() -> None:
    record = Run().record(names={"fee": LText("a lower fee", "降低份子钱")})
    assert (LText("a lower fee", "降低份子钱"), "other") == (record.name("fee"), record.name("other"))


def test_an_entry_without_a_figure_is_left_out_of_a_series() -> None:
    run = Run().add(1, "reading", public=0.5).add(2, "reading").add(3, "reading", public="no number")
    assert ((1.0, 0.5),) == run.record().series("public")
