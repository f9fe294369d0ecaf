"""Ways of winning, harm and difficulty, from runs written down by hand."""

from dataclasses import replace

from sim.core.phrase import Phrase
from sim.review.balance import apart, balance, winning_lines
from sim.review.rehearsal import Given, Part, Rehearsal, Rehearsed, rehearse
from sim.world.order import Order
from tests.small import small_playbook

WHOLE = Part()


def run(
    player: str = "doctrine", seed: int = 1, total: float = 90.0, orders: str = "", less: Part = WHOLE
) -> Rehearsed:
    """A run that wins, with one order a minute."""
    return Rehearsed(
        player=player,
        seed=seed,
        without=less,
        total=total,
        grade="A",
        won=("aim",),
        lost=(),
        all_won=True,
        minutes=10.0,
        orders=tuple(Given(minute=float(k), response=name, share=k / 10.0) for k, name in enumerate(orders.split())),
        refused=0,
        opened=frozenset(),
        injects={},
        calls=(),
        hurt=0,
        trust=0.0,
    )


def test_two_runs_with_the_same_orders_are_one_way_of_winning() -> None:
    lines = winning_lines([run(orders="hold first_contact"), run(seed=2, orders="hold first_contact")])
    assert [2] == [line.runs for line in lines]


def test_runs_with_other_orders_are_another_way_of_winning() -> None:
    assert 2 == len(winning_lines([run(orders="hold first_contact"), run(seed=2, orders="verify_signal first_aid")]))


def test_a_run_that_crossed_a_red_line_is_no_way_of_winning() -> None:
    assert () == winning_lines([replace(run(orders="hold"), lost=("hurt",))])


def test_nothing_done_twice_is_not_apart() -> None:
    assert 0.0 == apart(frozenset(), frozenset())


def test_a_response_whose_absence_is_better_in_every_seed_is_dominated() -> None:
    part = Part("response", "containment")
    found = [run(seed=s, total=80.0, orders="containment") for s in (1, 2)]
    found += [run(seed=s, total=84.0, less=part) for s in (1, 2)]
    assert ("containment",) == balance(small_playbook(), found, 4).dominated


def test_a_response_whose_absence_is_better_in_one_seed_only_is_not_dominated() -> None:
    part = Part("response", "containment")
    found = [run(seed=s, total=80.0, orders="containment") for s in (1, 2)]
    found += [run(seed=1, total=84.0, less=part), run(seed=2, total=79.0, less=part)]
    assert () == balance(small_playbook(), found, 4).dominated


def test_the_points_untrained_players_lose_are_the_difficulty() -> None:
    found = [run("passive", total=30.0), run("random", total=50.0), run(total=90.0)]
    card = balance(small_playbook(), found, 3)
    assert 60.0 == card.difficulty
    assert "hard" == card.band


def test_a_card_broken_off_says_how_far_it_came() -> None:
    told = [phrase.english() for phrase in balance(small_playbook(), [run()], 5).warnings()]
    assert "broken off: 1 of 5 runs were made" in told


def test_a_response_that_was_never_open_is_named_with_what_stood_against_it_most_often() -> None:
    why, other = Phrase("nobody is there"), Phrase("it is not the time")
    whole = run(orders="hold")
    found = [replace(whole, seed=k, shut={"first_contact": reason}) for k, reason in enumerate((why, other, why))]
    card = balance(small_playbook(), found, 3)
    assert "first_contact" in card.never_open
    assert why == dict(card.why_shut)["first_contact"]


def test_a_rehearsed_line_says_which_of_its_orders_were_refused_and_what_kept_responses_shut() -> None:
    early = Order(response="written_commitment")
    came = rehearse(Rehearsal(small_playbook(), "mine", 1, orders=((300, early),)))
    assert ["written_commitment"] == [each.order.response for each in came.turned_down]
    assert (
        "nobody with a mandate has sat down with the representatives yet" == came.shut["written_commitment"].english()
    )
    assert "first_contact" not in came.shut
