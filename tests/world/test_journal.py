"""The journal: only ever added to, and each digest rests on all before it."""

from hypothesis import given
from hypothesis import strategies as st

from sim.world.journal import Journal

STATES = st.lists(st.text("0123456789abcdef", min_size=4, max_size=4), min_size=1, max_size=8)


def sealed(states: list[str]) -> list[object]:
    """The digests of a run through these states."""
    journal = Journal()
    for tick, state in enumerate(states):
        journal.seal(tick, state)
    return [entry.data["digest"] for entry in journal.of("digest")]


@given(STATES, st.data())
def test_a_state_that_was_otherwise_changes_every_digest_from_there_on_and_none_before(
    states: list[str], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(states) - 1))
    one, other = sealed(states), sealed([*states[:place], states[place] + "0", *states[place + 1 :]])
    assert one[:place] == other[:place]
    assert all(a != b for a, b in zip(one[place:], other[place:], strict=True))


def test_the_same_state_twice_is_not_the_same_digest() -> None:
    first, second = sealed(["abcd", "abcd"])
    assert first != second


def test_the_order_of_states_matters() -> None:
    assert sealed(["a", "b"])[-1] != sealed(["b", "a"])[-1]


def test_a_fork_goes_on_from_the_same_digest_and_grows_alone() -> None:
    journal = Journal()
    journal.seal(0, "a")
    fork = journal.fork()
    fork.seal(1, "b")
    assert 1 == len(journal)
    journal.seal(1, "b")
    assert list(journal) == list(fork)
    assert journal.running == fork.running


def test_entries_between_do_not_change_the_chain_of_states() -> None:
    journal = Journal()
    journal.seal(0, "a")
    journal.append(5, "consequence", what="care")
    journal.seal(10, "b")
    assert sealed(["a", "b"])[-1] == journal.running


def test_entries_are_found_by_kind_by_consequence_and_by_place() -> None:
    journal = Journal()
    journal.append(1, "consequence", what="care", number=1)
    journal.append(2, "order", order={})
    mark = len(journal)
    journal.append(3, "consequence", what="injury")
    journal.append(4, "consequence", what="care", number=2)
    assert [2] == [e.tick for e in journal.of("order")]
    assert [1, 4] == [e.tick for e in journal.consequences("care")]
    assert [4] == [e.tick for e in journal.consequences_since("care", 2)]
    assert [4, 1] == [e.tick for e in journal.consequences_since("care", 1)]
    assert [3, 4] == [e.tick for e in journal.since(mark)]


def test_marks_stand_in_the_next_digest_in_short_and_are_part_of_the_chain() -> None:
    journal = Journal()
    journal.mark("a")
    first = journal.running
    journal.mark("b")
    fork = journal.fork()
    journal.seal(100, "c")
    assert sealed(["a", "b", "c"])[-1] == journal.running
    assert [first[:8], str(sealed(["a", "b"])[-1])[:8]] == str(journal.of("digest")[0].data["marks"]).split()
    fork.seal(100, "c")
    assert list(journal) == list(fork)
    journal.seal(200, "d")
    assert "" == journal.of("digest")[1].data["marks"]
