"""Names one slip apart: found among any number, never where a number or direction differs."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landsteward.domain.near import (
    MOST_BESIDE,
    SHORTEST,
    SlipFilter,
    one_slip,
    slip_keys,
    slips,
)
from landsteward.packs.source import Packs

TELLING = Packs().codes().names.tells


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("示例药业", "示列药业"),
        ("示例药业", "例示药业"),
        ("示例药业", "示例业药"),
        ("示例药业", "示例药"),
        ("示例药业", "示例药业园"),
        ("示例药业", "大示例药业"[1:] + "城"),
        ("示例药业商贸", "示例药商贸"),
    ],
)
def test_one_slip(one: str, other: str) -> None:
    assert one_slip(one, other, TELLING)
    assert one_slip(other, one, TELLING)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("示例药业", "示例药业"),
        ("示例药业", "样本药业"),
        ("示例药业", "示药例业园"),
        ("示例药业一厂", "示例药业二厂"),
        ("示例药业1号", "示例药业2号"),
        ("示例药业", "示例药业2"),
        ("示例药业二", "示例药业"),
        ("城东供热站", "城西供热站"),
        ("示例a区库", "示例b区库"),
        ("示例12厂房", "示例21厂房"),
        ("示例", "示列"),
    ],
)
def test_no_slip(one: str, other: str) -> None:
    assert not one_slip(one, other, TELLING)
    assert not one_slip(other, one, TELLING)


signs = st.text("示例药业甲1", min_size=1, max_size=7)


def edited(data: st.DataObject, name: str) -> str:
    """A name after one slip of any kind."""
    at = data.draw(st.integers(0, len(name) - 1))
    sign = data.draw(st.sampled_from("示例药业商园1"))
    return data.draw(
        st.sampled_from(
            [
                name[:at] + sign + name[at + 1 :],
                name[:at] + name[at + 1 :],
                name[:at] + sign + name[at:],
                name[:at] + name[at : at + 2][::-1] + name[at + 2 :],
            ]
        )
    )


def distance(one: str, other: str) -> int:
    """The restricted distance of Damerau, by the textbook."""
    rows = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for at in range(len(one) + 1):
        rows[at][0] = at
    for to in range(len(other) + 1):
        rows[0][to] = to
    for at in range(1, len(one) + 1):
        for to in range(1, len(other) + 1):
            rows[at][to] = min(
                rows[at - 1][to] + 1,
                rows[at][to - 1] + 1,
                rows[at - 1][to - 1] + (one[at - 1] != other[to - 1]),
            )
            if at > 1 and to > 1 and one[at - 2 : at] == other[to - 2 : to][::-1]:
                rows[at][to] = min(rows[at][to], rows[at - 2][to - 2] + 1)
    return rows[-1][-1]


@given(signs, signs)
def test_a_slip_is_what_the_textbook_says(one: str, other: str) -> None:
    long_enough = max(len(one), len(other)) >= SHORTEST
    assert one_slip(one, other, "") == (distance(one, other) == 1 and long_enough)


@given(st.data())
def test_names_one_slip_apart_have_a_key_in_common(data: st.DataObject) -> None:
    name = data.draw(st.text("示例药业甲1", min_size=SHORTEST, max_size=7))
    other = edited(data, name)
    if one_slip(name, other, TELLING):
        assert set(slip_keys(name, TELLING)) & set(slip_keys(other, TELLING))
        assert SlipFilter([other], TELLING).may_be_near(name)


@given(st.lists(st.text("示例药业甲1", min_size=1, max_size=6), unique=True, max_size=30))
def test_among_many_the_same_pairs_are_found_as_one_by_one(names: list[str]) -> None:
    pairs = {
        (at, to)
        for at, to in combinations(range(len(names)), 2)
        if one_slip(names[at], names[to], TELLING)
    }
    found = set(slips(names, TELLING))
    assert found <= pairs
    # Only where a name has many such neighbours are they left out.
    beside = [sum(at in pair for pair in pairs) for at in range(len(names))]
    missing = pairs - found
    assert all(max(beside[at], beside[to]) > MOST_BESIDE for at, to in missing)


def test_where_many_differ_by_one_sign_it_tells_them_apart() -> None:
    brands = [f"宏{sign}药业" for sign in "达源远图伟昌"]
    assert slips([*brands, "示例药业", "示列药业"], TELLING) == [(6, 7)]
