"""Keys: UUID version 7, strictly rising whatever the clock does."""

import random
import uuid

from hypothesis import given
from hypothesis import strategies as st

from landsteward.domain.ids import Uuid7Source

MOMENTS = st.lists(st.integers(0, 2**47), min_size=2, max_size=200)


def source(moments: list[int]) -> Uuid7Source:
    ticking = iter(moments)
    return Uuid7Source(lambda: next(ticking), random.Random(7).getrandbits)


@given(MOMENTS)
def test_keys_rise_even_when_the_clock_is_set_back(moments: list[int]) -> None:
    ids = source(moments)
    keys = [ids.new() for _ in moments]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)


def test_keys_rise_beyond_what_one_millisecond_can_count() -> None:
    ids = source([5] * 10000)
    keys = [ids.new() for _ in range(10000)]
    assert keys == sorted(set(keys))


@given(MOMENTS)
def test_a_key_is_a_uuid_of_version_7_that_tells_its_moment(moments: list[int]) -> None:
    key = uuid.UUID(source(moments).new())
    assert key.version == 7
    assert key.variant == uuid.RFC_4122
    assert key.int >> 80 == moments[0]
