"""The police's own words: kept, broken, and broken before people's eyes."""

from tests.measures.journals import Run


def word(run: Run, minute: float, what: str, learned: int = 0, kind: str = "water") -> Run:
    return run.what(minute, what, word=kind, demand="", owner="CMD", learned=learned)


def test_a_word_kept_earns_all_and_one_broken_unseen_nothing() -> None:
    assert 1.0 == word(Run(), 10, "promise_kept").share("word_kept")
    assert 0.0 == word(Run(), 10, "promise_broken").share("word_kept")


def test_one_broken_before_peoples_eyes_costs_more_than_one_kept_earns() -> None:
    unseen = word(word(Run(), 5, "promise_kept"), 10, "promise_broken")
    seen = word(word(Run(), 5, "promise_kept"), 10, "promise_broken", learned=40)
    assert 0.5 == unseen.share("word_kept")
    assert 0.25 == seen.share("word_kept")


def test_no_word_given_is_no_merit_and_no_fault() -> None:
    assert Run().assess("word_kept").share is None
    assert word(Run(), 10, "promise_broken", kind="demand").assess("word_kept").share is None
