"""Land actually used, by tables computed by hand."""

from datetime import date
from decimal import Decimal

import pytest

from landsteward.domain.occupancy import (
    LandSource,
    land_basis,
    parcel_use,
    used_land,
    year_end,
)
from landsteward.domain.register import Occupancy
from landsteward.domain.states import Tenure

DAY = date(2024, 12, 31)
Line = tuple[str, str, str, str | None]


def occupancies(*lines: Line) -> list[Occupancy]:
    """Lines of parcel, enterprise, o(wner) or l(essee), area."""
    return [
        Occupancy(
            id=str(at),
            parcel_id=parcel,
            enterprise_id=enterprise,
            tenure=Tenure.OWNER if tenure == "o" else Tenure.LESSEE,
            area_m2=None if area is None else Decimal(area),
        )
        for at, (parcel, enterprise, tenure, area) in enumerate(lines)
    ]


@pytest.mark.parametrize(
    ("lines", "own", "out", "leased_in", "used"),
    [
        # One owner, nothing leased.
        ([("P", "E", "o", "20000")], "20000", "0", "0", "20000"),
        # The only owner has the whole parcel where no area is given: P has 20 000 m².
        ([("P", "E", "o", None)], "20000", "0", "0", "20000"),
        # 5 000 leased out to F.
        ([("P", "E", "o", "20000"), ("P", "F", "l", "5000")], "20000", "5000", "0", "15000"),
        # Own 20 000 on P less 5 000 leased out, plus 3 000 leased in on Q.
        (
            [
                ("P", "E", "o", "20000"),
                ("P", "F", "l", "5000"),
                ("Q", "F", "o", "10000"),
                ("Q", "E", "l", "3000"),
            ],
            "20000",
            "5000",
            "3000",
            "18000",
        ),
        # A lessee only.
        ([("Q", "F", "o", "10000"), ("Q", "E", "l", "3000")], "0", "0", "3000", "3000"),
        # E and F own 12 000 and 4 000; G leases 2 000: three quarters of it come off E.
        (
            [("P", "E", "o", "12000"), ("P", "F", "o", "4000"), ("P", "G", "l", "2000")],
            "12000",
            "1500.00",
            "0",
            "10500.00",
        ),
        # E and F own half each, E leases F's half: nothing of E's own is leased out.
        (
            [("P", "E", "o", "10000"), ("P", "F", "o", "10000"), ("P", "E", "l", "10000")],
            "10000",
            "0",
            "10000",
            "20000",
        ),
        # The same seen from F's side is below.
        # All of it leased out to two.
        (
            [("P", "E", "o", "20000"), ("P", "F", "l", "15000"), ("P", "G", "l", "5000")],
            "20000",
            "20000",
            "0",
            "0",
        ),
    ],
)
def test_land_used_is_own_without_leased_out_plus_leased_in(
    lines: list[Line], own: str, out: str, leased_in: str, used: str
) -> None:
    areas = {"P": Decimal(20000), "Q": Decimal(10000)}
    found = used_land("E", areas, occupancies(*lines), DAY)
    assert found is not None
    assert (found.own_m2, found.leased_out_m2, found.leased_in_m2) == (
        Decimal(own),
        Decimal(out),
        Decimal(leased_in),
    )
    assert found.area_m2 == Decimal(used)
    assert not found.unknown


def test_the_owner_whose_half_is_leased_by_the_other_uses_none_of_it() -> None:
    lines = occupancies(
        ("P", "E", "o", "10000"), ("P", "F", "o", "10000"), ("P", "E", "l", "10000")
    )
    found = used_land("F", {"P": Decimal(20000)}, lines, DAY)
    assert found is not None
    assert found.area_m2 == 0


def test_shares_of_several_owners_are_said() -> None:
    lines = occupancies(("P", "E", "o", "12000"), ("P", "F", "o", "4000"), ("P", "G", "l", "2000"))
    found = used_land("E", {"P": Decimal(16000)}, lines, DAY)
    basis = land_basis(2024, used=found, stated_m2=None, supplied_m2=None)
    assert basis is not None
    assert [str(one) for one in basis.doubts] == [
        "Leased land of several owners is taken off by their shares."
    ]


def test_only_what_runs_on_the_day_counts() -> None:
    running = Occupancy(
        id="1",
        parcel_id="P",
        enterprise_id="E",
        area_m2=Decimal(100),
        from_on=date(2024, 12, 31),
        to_on=date(2025, 1, 1),
    )
    for day, counted in (
        (date(2024, 12, 30), False),
        (date(2024, 12, 31), True),
        (date(2025, 1, 1), True),
        (date(2025, 1, 2), False),
    ):
        assert (used_land("E", {"P": None}, [running], day) is not None) is counted
    assert year_end(2024) == DAY


def test_an_area_nobody_knows_is_never_taken_for_nothing() -> None:
    lines = occupancies(("P", "E", "o", "20000"), ("P", "F", "l", None))
    found = used_land("E", {"P": Decimal(20000)}, lines, DAY)
    assert found is not None
    assert found.unknown == ("P",)
    basis = land_basis(2024, used=found, stated_m2=Decimal(15000), supplied_m2=Decimal(20000))
    assert basis is not None
    assert (basis.area_m2, basis.source) == (Decimal(15000), LandSource.STATED)
    assert "1 parcels" in str(basis.doubts[0])
    basis = land_basis(2024, used=found, stated_m2=None, supplied_m2=Decimal(20000))
    assert basis is not None
    assert basis.source is LandSource.SUPPLIED
    assert land_basis(2024, used=found, stated_m2=None, supplied_m2=None) is None


def test_a_stated_area_that_differs_is_said_and_the_used_one_counts() -> None:
    found = used_land("E", {"P": None}, occupancies(("P", "E", "o", "20000")), DAY)
    basis = land_basis(2024, used=found, stated_m2=Decimal(30000), supplied_m2=None)
    assert basis is not None
    assert (basis.area_m2, basis.source, basis.on) == (Decimal(20000), LandSource.USED, DAY)
    assert "30,000.00" in str(basis.doubts[0])
    same = land_basis(2024, used=found, stated_m2=Decimal("20000.4"), supplied_m2=None)
    assert same is not None
    assert not same.doubts


@pytest.mark.parametrize(
    ("area", "lines", "owned", "leased", "problems"),
    [
        ("20000", [("P", "E", "o", "20000"), ("P", "F", "l", "5000")], "20000", "5000", 0),
        ("20000", [("P", "E", "o", "12000"), ("P", "F", "o", "8000.9")], "20000.9", "0", 0),
        ("20000", [("P", "E", "o", "12000"), ("P", "F", "o", "8002")], "20002", "0", 1),
        ("20000", [("P", "E", "o", None), ("P", "F", "l", "20005")], "20000", "20005", 1),
        (None, [("P", "E", "o", "100"), ("P", "F", "l", "200")], "100", "200", 1),
        (None, [("P", "F", "l", "200")], "0", "200", 0),
    ],
)
def test_the_sum_is_held_against_the_parcel(
    area: str | None, lines: list[Line], owned: str, leased: str, problems: int
) -> None:
    whole = None if area is None else Decimal(area)
    use = parcel_use(whole, occupancies(*lines), DAY)
    assert (use.owned_m2, use.leased_m2) == (Decimal(owned), Decimal(leased))
    assert len(use.problems) == problems


def test_areas_that_are_not_on_record_are_counted() -> None:
    use = parcel_use(
        Decimal(9),
        occupancies(("P", "E", "o", None), ("P", "F", "o", "3"), ("P", "G", "l", None)),
        DAY,
    )
    assert (use.unknown, use.owners, use.lessees) == (2, 2, 1)
