"""Who is graded, in which group, with whom: at, just below and just above each threshold."""

from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landsteward.domain.grading.scheme import ScaleBy, Scope, Together
from landsteward.domain.grading.scope import Candidate, GradedEnterprise, OutOfScope, joined, placed
from landsteward.domain.gradings import GradingSubject
from landsteward.domain.occupancy import LandBasis, LandSource, year_end
from landsteward.domain.register import YearlyMetrics
from landsteward.domain.states import EnterpriseKind, Scale

SCOPE = Scope(threshold_wan=Decimal(2000), below_least_mu=Decimal(5), excluded_industries=("D",))


def put(
    *,
    scale: Scale | None = None,
    revenue: str | None = None,
    land_m2: str | None = None,
    scope: Scope = SCOPE,
    joint_m2: str | None = None,
    **more: Any,
) -> GradingSubject | OutOfScope:
    """An enterprise of 2025, placed."""
    plain = GradedEnterprise("e", "甲", None, EnterpriseKind.ORGANISATION, None, "", scale, None)
    enterprise = plain._replace(**more)
    metrics = None
    if revenue is not None:
        metrics = YearlyMetrics(id="m", enterprise_id="e", year=2025, revenue_wan=Decimal(revenue))
    land = None
    if land_m2 is not None:
        land = LandBasis(area_m2=Decimal(land_m2), source=LandSource.USED, on=year_end(2025))
    return placed(
        Candidate(enterprise=enterprise, metrics=metrics, land=land),
        scope,
        run_id="r",
        new_id=lambda: "s",
        joint_m2=Decimal(joint_m2) if joint_m2 else None,
    )


@pytest.mark.parametrize(
    ("revenue", "scale"),
    [("1999.9999", Scale.BELOW), ("2000", Scale.ABOVE), ("2000.0001", Scale.ABOVE)],
)
def test_revenue_says_the_group_where_the_register_does_not(revenue: str, scale: Scale) -> None:
    """规上: main business income ≥ 2 000 万元 (`domain.md` §2)."""
    found = put(revenue=revenue, land_m2="4000")
    assert isinstance(found, GradingSubject)
    assert found.scale is scale
    assert not found.scale_doubt


@pytest.mark.parametrize(
    ("by", "scale"), [(ScaleBy.REGISTER, Scale.ABOVE), (ScaleBy.REVENUE, Scale.BELOW)]
)
def test_what_decides_is_data_and_a_contradiction_is_known(by: ScaleBy, scale: Scale) -> None:
    scope = Scope(threshold_wan=Decimal(2000), below_least_mu=Decimal(5), scale_by=by)
    found = put(scale=Scale.ABOVE, revenue="100", land_m2="10000", scope=scope)
    assert isinstance(found, GradingSubject)
    assert (found.scale, found.scale_doubt) == (scale, True)


@pytest.mark.parametrize(("land_m2", "graded"), [("3333.33", False), ("3333.34", True)])
def test_below_the_threshold_with_five_mu_and_more(land_m2: str, graded: bool) -> None:
    """5 亩 = 3 333.3…m²: 3 333.33 m² are 4.999995 亩, 3 333.34 are 5.00001."""
    found = put(scale=Scale.BELOW, revenue="10", land_m2=land_m2)
    assert isinstance(found, GradingSubject) is graded
    if not graded:
        assert found is OutOfScope.LAND


def test_exactly_five_mu_are_enough() -> None:
    """A limit that can be met exactly: 3 亩 = 2 000 m²."""
    scope = Scope(threshold_wan=Decimal(2000), below_least_mu=Decimal(3))
    assert isinstance(put(revenue="10", land_m2="2000", scope=scope), GradingSubject)
    assert put(revenue="10", land_m2="1999.99", scope=scope) is OutOfScope.LAND


def test_above_the_threshold_land_does_not_matter() -> None:
    assert isinstance(put(scale=Scale.ABOVE, revenue="9000", land_m2="100"), GradingSubject)


def test_lessees_together_have_the_land_of_all() -> None:
    assert put(scale=Scale.BELOW, revenue="1", land_m2="2000") is OutOfScope.LAND
    together = put(scale=Scale.BELOW, revenue="1", land_m2="2000", joint_m2="4000")
    assert isinstance(together, GradingSubject)


def test_what_is_not_known_is_never_out_of_scope_in_silence() -> None:
    assert isinstance(put(scale=Scale.BELOW, revenue="10"), GradingSubject)
    assert isinstance(put(scale=Scale.ABOVE), GradingSubject)
    assert isinstance(put(scale=Scale.BELOW, land_m2="9000"), GradingSubject)
    assert put() is OutOfScope.NOTHING
    assert put(scale=Scale.BELOW) is OutOfScope.NOTHING
    assert put(land_m2="100") is OutOfScope.NOTHING


def test_utilities_and_persons_are_left_out() -> None:
    assert put(scale=Scale.ABOVE, revenue="9", industry_code="D4411") is OutOfScope.INDUSTRY
    assert put(revenue="9", land_m2="9000", kind=EnterpriseKind.PERSON) is OutOfScope.PERSON


def test_lessees_of_one_parcel_belong_together() -> None:
    """a and b lease p, b and c lease q: all three are one. d leases a parcel nobody else does."""
    leases = [("a", ["p"]), ("b", ["q", "p"]), ("c", ["q"]), ("d", ["z"]), ("e", [])]
    assert joined(leases, Together.LESSEES) == {"a": "p", "b": "p", "c": "p"}
    assert joined(leases, Together.APART) == {}


@given(
    st.lists(st.lists(st.sampled_from("pqrstu"), max_size=3), max_size=8),
    st.randoms(use_true_random=False),
)
def test_who_belongs_together_does_not_depend_on_the_order(
    leases: list[list[str]], dice: Random
) -> None:
    named = [(str(number), parcels) for number, parcels in enumerate(leases)]
    shuffled = list(named)
    dice.shuffle(shuffled)
    assert joined(named, Together.LESSEES) == joined(shuffled, Together.LESSEES)
