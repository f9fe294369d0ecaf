"""What a statement is worth: each rule of crisis communication moves the part it is about, in the direction it says."""

from dataclasses import replace

import pytest

from sim.core.phrase import Phrase
from sim.world.statement import MISTAKES, SLOTS, Circumstances, Judged, Wording, judged, split

GOOD = Wording(
    slots=("who", "known", "unknown", "empathy", "ask", "why", "next_update"),
    facts=("people", "hurt"),
    tone="warm",
)
CALM = Circumstances(late_min=5.0)


def part(good: Judged, name: str) -> float:
    """The share of one part."""
    return next(each.share for each in good.parts if each.name == name)


def without(*slots: str) -> Wording:
    return replace(GOOD, slots=tuple(slot for slot in GOOD.slots if slot not in slots))


def plus(*slots: str) -> Wording:
    return replace(GOOD, slots=tuple(slot for slot in SLOTS if slot in GOOD.slots or slot in slots))


def test_a_statement_with_everything_in_it_is_nearly_perfect_and_needs_no_advice() -> None:
    good = judged(GOOD, CALM)
    assert good.quality >= 0.95
    assert [] == [each.name for each in good.parts if each.advice]
    assert () == good.warnings


@pytest.mark.parametrize(
    ("left_out", "suffers"),
    [("known", "clear"), ("unknown", "open"), ("next_update", "open"), ("empathy", "respectful"), ("ask", "useful")],
)
def test_what_is_left_out_costs_its_own_part_and_is_said_in_plain_words(left_out: str, suffers: str) -> None:
    full, bare = judged(GOOD, CALM), judged(without(left_out), CALM)
    assert part(bare, suffers) < part(full, suffers)
    assert bare.quality < full.quality
    assert next(each for each in bare.parts if each.name == suffers).advice is not None


def test_a_stern_tone_is_less_respectful_than_a_warm_one() -> None:
    assert part(judged(replace(GOOD, tone="stern"), CALM), "respectful") < part(judged(GOOD, CALM), "respectful")


def test_nobody_remembers_a_statement_with_everything_the_desk_has() -> None:
    crammed = replace(GOOD, facts=("people", "lanes", "hurt", "taken", "meeting", "demands"))
    assert part(judged(crammed, CALM), "clear") < part(judged(GOOD, CALM), "clear")


def test_the_first_word_within_half_an_hour_is_early_and_after_an_hour_it_is_late() -> None:
    early = [part(judged(GOOD, replace(CALM, late_min=minute)), "early") for minute in (0.0, 30.0, 45.0, 60.0, 90.0)]
    assert [1.0, 1.0, 0.5, 0.0, 0.0] == early


class TestWhoIsToBlame:
    def test_deny_only_what_is_false_and_can_be_shown(self) -> None:
        deny = replace(GOOD, stand="refute")
        shown = Circumstances(answers=True, verdict="false", evidence=True)
        bare = Circumstances(answers=True)
        lie = Circumstances(answers=True, verdict="true", evidence=True)
        assert [1.0, 0.2, 0.0] == [part(judged(deny, each), "fitting") for each in (shown, bare, lie)]

    def test_playing_down_fails_when_the_fault_is_ours(self) -> None:
        down = plus("diminish")
        assert 0.0 == part(judged(down, replace(CALM, fault=True)), "fitting")
        assert part(judged(down, CALM), "fitting") < part(judged(GOOD, CALM), "fitting")

    def test_owning_up_and_putting_right_fits_where_the_harm_was_ours(self) -> None:
        ours = replace(CALM, fault=True)
        sorry, only_sorry = plus("apology", "remedy"), plus("apology")
        assert 1.0 == part(judged(sorry, ours), "fitting")
        assert part(judged(GOOD, ours), "fitting") < part(judged(only_sorry, ours), "fitting") < 1.0

    def test_an_apology_for_what_was_not_ours_rings_hollow(self) -> None:
        assert 0.5 == part(judged(plus("apology", "remedy"), CALM), "fitting")

    def test_praise_of_oneself_never_stands_alone(self) -> None:
        assert 0.0 == part(judged(Wording(slots=("who", "bolster")), CALM), "fitting")


class TestStrength:
    def test_deeds_that_give_it_the_lie_cancel_it(self) -> None:
        lie = replace(CALM, deeds=(Phrase("people are being held in a closed ring"),))
        good = judged(GOOD, lie)
        assert 0.0 == good.strength
        assert judged(GOOD, CALM).quality == good.quality
        assert "gives it the lie" in good.warnings[0].english()

    def test_the_same_again_works_half_as_well_each_time(self) -> None:
        strengths = [judged(GOOD, replace(CALM, repeats=n)).strength for n in range(3)]
        assert [1.0, 0.5, 0.25] == [each / strengths[0] for each in strengths]

    def test_statement_upon_statement_is_no_longer_listened_to(self) -> None:
        assert judged(GOOD, replace(CALM, spoken_lately=4)).strength < judged(GOOD, CALM).strength

    def test_a_source_that_is_believed_less_works_less(self) -> None:
        assert judged(GOOD, replace(CALM, belief=0.4)).strength < judged(GOOD, CALM).strength

    @pytest.mark.parametrize("slot", ["label", "names"])
    def test_labels_and_names_leave_nothing_of_it(self, slot: str) -> None:
        good = judged(plus(slot), CALM)
        assert (0.0, 0.0) == (good.strength, part(good, "respectful"))

    def test_whoever_states_what_nobody_has_checked_is_warned(self) -> None:
        warned = judged(GOOD, replace(CALM, unchecked=1)).warnings
        assert ["It states as a fact what nobody has checked."] == [each.english()[:44] for each in warned]

    def test_a_check_that_was_not_made_is_named_an_untruth(self) -> None:
        said = judged(plus("checked"), Circumstances(answers=True)).warnings
        assert any("it was not" in each.english() for each in said)


def test_a_voice_nobody_there_understands_reaches_nobody() -> None:
    aloud = replace(GOOD, channel="pa", audience="participants")
    deaf = judged(aloud, replace(CALM, understood=0.1))
    assert part(deaf, "reaching") < 0.2 < part(judged(aloud, CALM), "reaching")


def test_a_headline_that_repeats_the_rumour_halves_its_clarity() -> None:
    half = part(judged(replace(GOOD, headline="rumour"), CALM), "clear")
    assert 0.5 == half / part(judged(GOOD, CALM), "clear")


def test_mistakes_are_parts_and_parts_are_read_from_text_in_order() -> None:
    assert set(MISTAKES) < set(SLOTS)
    assert ("who", "known") == split("who+known")
    assert () == split("")
