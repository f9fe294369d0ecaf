"""Noise is the published generator, spread evenly, and no number depends on another."""

import math
import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.core.errors import BadInput
from sim.core.kernel import kernel
from sim.core.noise import Noise, Stream, normal, philox, uniform

WORDS = st.integers(0, 2**32 - 1)
N = 200_000
FIVE_SIGMA = 5 / math.sqrt(N)

# Known-answer vectors of philox4x32-10 from Random123 (counter, key, result).
KNOWN = [
    ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    ((2**32 - 1,) * 4, (2**32 - 1,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
]

# uniform and normal of seed 20240229, trial 3, tick 4567, person 89. A change here changes every run.
PINNED = {
    "ARRIVAL": ("0x1.cb3291ea6b241p-1", "-0x1.0f10068a680eap-2"),
    "TRAIT": ("0x1.2679089fc7a00p-1", "-0x1.fcef2b45dd98cp-1"),
    "PLACEMENT": ("0x1.b0f4ad42e97fap-2", "0x1.6a1f5e21e4723p-1"),
    "SEE": ("0x1.7b2d4bcf4c6bdp-1", "-0x1.cc7e2e55cefd8p-1"),
    "HEAR": ("0x1.ec7c4dc717c01p-1", "0x1.037b664f272dcp+0"),
    "ONLINE": ("0x1.22bd0fb717638p-4", "-0x1.7efb11a7f584ep-2"),
    "RUMOUR": ("0x1.0172b01707083p-1", "-0x1.1f402edaf6e72p+0"),
    "LOOK": ("0x1.c214bbf1c3315p-1", "0x1.f4ffa961e9370p+0"),
    "VIOLENCE": ("0x1.9a1d307dc7a1ep-2", "-0x1.f8affe8565baap-3"),
    "TARGET": ("0x1.e7a03f8ba2054p-3", "0x1.79722d1ca53afp-1"),
    "LEAVE": ("0x1.6d594bb277c66p-1", "-0x1.17e7d0ab824f1p+0"),
    "MILL": ("0x1.ef09fb646be20p-3", "-0x1.6feb9e093d9d2p-1"),
    "COMPLY": ("0x1.2e938157bd084p-2", "-0x1.340dd9dad4e68p-3"),
    "SPILL": ("0x1.9e203b324b362p-1", "0x1.93ec2dbd1b875p-1"),
    "INJURY": ("0x1.55c69d1fca4acp-2", "0x1.6fc69639b21d2p-1"),
    "CRUSH": ("0x1.ad427cb1436b0p-3", "-0x1.3ee7324a84650p-1"),
    "FALL": ("0x1.c1582c58d9e63p-1", "-0x1.1dca82e853826p+0"),
    "OFFICER": ("0x1.e6a524e17baffp-1", "0x1.7bd9b0ed7c97dp-1"),
    "REPORT": ("0x1.9fc8b7e702afep-1", "0x1.d32f7a06f4fa6p+0"),
    "COUNT": ("0x1.6cc9ec3173f32p-2", "0x1.93178853755a4p-1"),
    "VERIFY": ("0x1.34672a2ab6296p-1", "-0x1.1e19f4227c5c2p-2"),
    "UNIT": ("0x1.ef5996a240a69p-1", "0x1.14bf56a6a94a1p+1"),
    "INJECT": ("0x1.775af559c9397p-1", "-0x1.252f245e4211cp+0"),
    "PLAYER": ("0x1.2c455e51b5893p-1", "-0x1.e994065ee4970p-2"),
    "DRIVER": ("0x1.922c656561cdbp-1", "0x1.bca6c86a7ac5bp+0"),
    "OPINION": ("0x1.dcdae88ec5ac8p-3", "-0x1.75d583d597fe2p-4"),
    "SPEED": ("0x1.d0159c5bf21a5p-1", "0x1.103fc34be8374p+1"),
    "EXPERIMENT": ("0x1.719e3235dff38p-4", "0x1.bd47a3cbb2a3ap-2"),
    "REFERENCE": ("0x1.2bb58f5ff61ecp-2", "0x1.e3b61ba004ca9p-2"),
    "COMPANY": ("0x1.c743ca6fae958p-2", "0x1.ce12424c71617p-1"),
    "HIDDEN": ("0x1.7190571ccec60p-5", "-0x1.d26d1708ed863p-3"),
    "UNSEEN": ("0x1.a4eb987d0339cp-1", "-0x1.b30edbfe66199p+0"),
    "FAINT": ("0x1.415f6ae919c88p-4", "0x1.42379d7f9890cp-4"),
    "PROMISE": ("0x1.d134dab5ba932p-2", "-0x1.0f1e28debd1d7p+0"),
    "VOTE": ("0x1.ce7671499c0f4p-3", "-0x1.bdf849434f9bfp-2"),
    "AFTERMATH": ("0x1.4757b6e5c1cddp-1", "0x1.9aee29de9605ap-1"),
    "RECURRENCE": ("0x1.5a1d80ed6c548p-2", "-0x1.02634517baeb5p-1"),
}


@kernel
def fill(key: np.ndarray, stream: int, tick: int, gaussian: bool, out: np.ndarray) -> None:
    """Give every person, from 0 on, a number."""
    for person in range(out.size):
        if gaussian:
            out[person] = normal(key, stream, tick, person)
        else:
            out[person] = uniform(key, stream, tick, person)


@kernel
def fill_ticks(key: np.ndarray, stream: int, person: int, out: np.ndarray) -> None:
    """Give one person a number at every tick, from 0 on."""
    for tick in range(out.size):
        out[tick] = uniform(key, stream, tick, person)


@kernel
def named_inside(key: np.ndarray, person: int) -> float:
    return uniform(key, Stream.HEAR, 12, person)


def people(noise: Noise, stream: Stream = Stream.SEE, tick: int = 7, *, gaussian: bool = False) -> np.ndarray:
    out = np.empty(N)
    fill(noise.key, int(stream), tick, gaussian, out)
    return out


def over_time(noise: Noise, person: int) -> np.ndarray:
    out = np.empty(N)
    fill_ticks(noise.key, int(Stream.SEE), person, out)
    return out


def correlation(a: np.ndarray, b: np.ndarray) -> float:
    return float(np.corrcoef(a, b)[0, 1])


def slow_philox(counter: tuple[int, ...], key: tuple[int, ...]) -> tuple[int, ...]:
    """Return what `philox` should, in plain whole numbers."""
    (a, b, c, d), (k, m) = counter, key
    for _ in range(10):
        x, y = 0xD2511F53 * a, 0xCD9E8D57 * c
        a, b, c, d = (y >> 32) ^ b ^ k, y % 2**32, (x >> 32) ^ d ^ m, x % 2**32
        k, m = (k + 0x9E3779B9) % 2**32, (m + 0xBB67AE85) % 2**32
    return a, b, c, d


@pytest.mark.parametrize(("counter", "key", "words"), KNOWN)
def test_philox_gives_the_published_answers(counter: tuple, key: tuple, words: tuple) -> None:
    assert words == philox(*counter, *key)
    assert words == slow_philox(counter, key)


@given(st.tuples(WORDS, WORDS, WORDS, WORDS), st.tuples(WORDS, WORDS))
def test_philox_equals_its_twin_in_plain_whole_numbers(counter: tuple, key: tuple) -> None:
    assert slow_philox(counter, key) == philox(*counter, *key)


@given(st.integers(0, 2**64 - 1), WORDS, st.sampled_from(Stream), st.integers(0, 2**31), st.integers(0, 2**31))
def test_a_number_is_the_block_of_its_tick_person_stream_and_trial(
    seed: int, trial: int, stream: Stream, tick: int, person: int
) -> None:
    a, b, c, d = slow_philox((tick, person, int(stream), trial), (seed % 2**32, seed >> 32))
    first, second = ((a >> 5) * 2**26 + (b >> 6)) / 2**53, ((c >> 5) * 2**26 + (d >> 6)) / 2**53
    noise = Noise(seed, trial)
    assert first == noise.uniform(stream, tick, person)
    expected = math.sqrt(-2 * math.log(1 - first)) * math.cos(math.tau * second)
    assert expected == pytest.approx(noise.normal(stream, tick, person), rel=1e-14, abs=1e-14)


def test_methods_and_kernels_give_the_same_bits() -> None:
    noise = Noise(2**63 + 11, 5)
    draws, normals = people(noise), people(noise, gaussian=True)
    for person in (0, 1, 77, N - 1):
        assert draws[person] == noise.uniform(Stream.SEE, 7, person)
        assert normals[person] == noise.normal(Stream.SEE, 7, person)


def test_a_kernel_may_name_the_stream_itself() -> None:
    noise = Noise(9)
    assert noise.uniform(Stream.HEAR, 12, 40) == named_inside(noise.key, 40)


def test_a_person_of_minus_one_is_the_last_of_the_32_bit_names() -> None:
    noise = Noise(1)
    assert noise.uniform(Stream.SEE, 3, 2**32 - 1) == noise.uniform(Stream.SEE, 3, -1)
    assert noise.uniform(Stream.SEE, 3, 0) != noise.uniform(Stream.SEE, 3, -1)


def test_a_person_kept_in_32_bits_has_the_same_number() -> None:
    key = Noise(1).key
    assert uniform(key, 4, 3, -5) == uniform(key, 4, np.int32(3), np.int32(-5))


def test_streams_keep_their_numbers_and_every_stream_is_pinned() -> None:
    assert list(range(1, len(Stream) + 1)) == [int(stream) for stream in Stream]
    assert [stream.name for stream in Stream] == list(PINNED)


@pytest.mark.parametrize("name", PINNED)
def test_appending_a_stream_changes_no_existing_number(name: str) -> None:
    noise = Noise(20240229, 3)
    pinned_uniform, pinned_normal = map(float.fromhex, PINNED[name])
    assert pinned_uniform == noise.uniform(Stream[name], 4567, 89)
    assert pinned_normal == noise.normal(Stream[name], 4567, 89)


def test_removing_a_person_changes_no_other_draw() -> None:
    noise = Noise(8)
    everybody = {person: noise.uniform(Stream.LEAVE, 30, person) for person in range(50)}
    without_17 = {person: noise.uniform(Stream.LEAVE, 30, person) for person in range(50) if person != 17}
    del everybody[17]
    assert everybody == without_17


def test_asking_for_one_number_changes_no_other() -> None:
    noise = Noise(8)
    before = noise.uniform(Stream.TARGET, 5, 2)
    for person in range(20):
        noise.normal(Stream.TARGET, 5, person)
    assert before == noise.uniform(Stream.TARGET, 5, 2)


@pytest.mark.parametrize("seed", [0, 1, 2**64 - 1])
def test_uniform_numbers_are_spread_evenly(seed: int) -> None:
    draws = people(Noise(seed))
    assert draws.min() >= 0.0
    assert draws.max() < 1.0
    assert 0.5 == pytest.approx(draws.mean(), abs=FIVE_SIGMA / math.sqrt(12))
    assert 1 / 12 == pytest.approx(draws.var(), abs=FIVE_SIGMA / math.sqrt(180))
    counts = np.bincount((draws * 256).astype(int), minlength=256)
    chi_square = float(((counts - N / 256) ** 2 / (N / 256)).sum())
    assert 255 == pytest.approx(chi_square, abs=5 * math.sqrt(2 * 255))


def test_each_of_the_53_bits_is_set_half_the_time() -> None:
    whole = (people(Noise(4)) * 2.0**53).astype(np.int64)
    shares = [float(((whole >> bit) & 1).mean()) for bit in range(53)]
    assert [0.5] * 53 == pytest.approx(shares, abs=FIVE_SIGMA / 2)


@pytest.mark.parametrize("seed", [0, 1, 2**64 - 1])
def test_normal_numbers_have_the_moments_and_tails_of_a_bell(seed: int) -> None:
    draws = people(Noise(seed), gaussian=True)
    assert 0.0 == pytest.approx(draws.mean(), abs=FIVE_SIGMA)
    assert 1.0 == pytest.approx(draws.var(), abs=FIVE_SIGMA * math.sqrt(2))
    assert 0.0 == pytest.approx((draws**3).mean(), abs=FIVE_SIGMA * math.sqrt(15))
    assert 3.0 == pytest.approx((draws**4).mean(), abs=FIVE_SIGMA * math.sqrt(96))
    for edge in (-3.0, -2.0, -1.0, -0.3, 0.3, 1.0, 2.0, 3.0):
        share = 0.5 * (1 + math.erf(edge / math.sqrt(2)))
        assert share == pytest.approx((draws < edge).mean(), abs=FIVE_SIGMA * math.sqrt(share * (1 - share)))


@pytest.mark.parametrize("lag", [1, 2, 7, 1024])
def test_people_do_not_follow_their_neighbours(lag: int) -> None:
    draws = people(Noise(21))
    assert abs(correlation(draws[:-lag], draws[lag:])) < FIVE_SIGMA * 1.01


@pytest.mark.parametrize("lag", [1, 2, 10, 600])
def test_ticks_do_not_follow_each_other(lag: int) -> None:
    draws = over_time(Noise(21), 3)
    assert abs(correlation(draws[:-lag], draws[lag:])) < FIVE_SIGMA * 1.01


def test_streams_trials_seeds_ticks_and_people_are_independent() -> None:
    first = people(Noise(21))
    others = [people(Noise(21), stream) for stream in Stream if stream is not Stream.SEE]
    others += [people(Noise(21, trial)) for trial in (1, 2, 2**32 - 1)]
    others += [people(Noise(seed)) for seed in (20, 22, 21 + 2**32, 2**64 - 22)]
    others += [people(Noise(21), tick=tick) for tick in (6, 8, 70)]
    others += [over_time(Noise(21), 7)]
    assert [] == [index for index, other in enumerate(others) if abs(correlation(first, other)) > FIVE_SIGMA]


def test_swapping_tick_and_person_gives_another_number() -> None:
    noise = Noise(5)
    assert noise.uniform(Stream.SEE, 3, 4) != noise.uniform(Stream.SEE, 4, 3)


@given(st.integers(1, 2**53), st.integers(0, 10**6))
def test_a_choice_is_one_of_those_offered(n: int, tick: int) -> None:
    assert 0 <= Noise(6).choice(n, Stream.PLAYER, tick) < n


def test_the_largest_uniform_still_chooses_the_last() -> None:
    largest = 1 - 2**-53
    assert [] == [n for n in [*range(1, 5000), 2**31 - 1, 2**40 + 1] if int(largest * n) != n - 1]


def test_each_choice_is_as_likely_as_the_next() -> None:
    noise = Noise(6)
    counts = np.bincount([noise.choice(6, Stream.INJECT, tick) for tick in range(12_000)], minlength=6)
    assert [2000] * 6 == pytest.approx(counts.tolist(), abs=5 * math.sqrt(12_000 * 5 / 36))


def test_a_choice_among_nothing_is_refused() -> None:
    with pytest.raises(BadInput):
        Noise(1).choice(0, Stream.PLAYER, 0)


@pytest.mark.parametrize(("seed", "trial"), [(-1, 0), (2**64, 0), (0, -1), (0, 2**32)])
def test_a_seed_or_trial_out_of_range_is_refused(seed: int, trial: int) -> None:
    with pytest.raises(BadInput, match="whole number from 0"):
        Noise(seed, trial)


def test_the_key_holds_the_seed_and_the_trial_and_cannot_be_written_to() -> None:
    key = Noise(2**40 + 7, 3).key
    assert [7, 2**8, 3] == key.tolist()
    assert np.uint32 == key.dtype
    with pytest.raises(ValueError, match="read-only"):
        key[0] = 1


def test_noise_is_a_value_that_survives_pickling() -> None:
    noise = Noise(3, 4)
    again = pickle.loads(pickle.dumps(noise))
    assert noise == again
    assert noise.uniform(Stream.SEE, 1) == again.uniform(Stream.SEE, 1)
