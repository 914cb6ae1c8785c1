"""What is built, invested and let go against the limits: newly short, newly met, or not known."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from landsteward.domain.limits import Applied, LimitOf, Limits, PackLimit
from landsteward.domain.occupancy import used_land
from landsteward.domain.register import (
    ConstructionProgress,
    Enterprise,
    Occupancy,
    OutputContract,
    Parcel,
    SupplyContract,
)
from landsteward.domain.screening import Missing
from landsteward.domain.states import Tenure
from landsteward.domain.subjects import ParcelSubject
from landsteward.domain.what_if.field import Field
from landsteward.domain.what_if.kept import Bounded, bounded
from landsteward.domain.what_if.levers import GIVEN_UP, LEASED_OUT, SPLIT_OFF
from landsteward.domain.what_if.outlook import look
from landsteward.domain.what_if.position import ChangeRefusedError, Position, changed
from tests.helpers.gradings import RATIO, subject

D = Decimal
SUPPLY = SupplyContract(
    id="s",
    parcel_id="p",
    identity="x",
    area_m2=D(10_000),
    price_wan=D(300),
    plot_ratio_min=D("1.0"),
    signed_on=date(2020, 5, 1),
)
OUTPUT = OutputContract(id="o", parcel_id="p", enterprise_id="a", tax_wan_per_mu=D(15))
PARCEL = Parcel(
    id="p",
    name="一号地",
    area_m2=D(10_000),
    ratio_floor_m2=D(8_000),
    footprint_m2=D(5_000),
    office_land_m2=D(600),
)
AT = ParcelSubject(
    parcel=PARCEL,
    contract=SUPPLY,
    output=OUTPUT,
    holder=Enterprise(id="a", name="甲", name_key="甲"),
    progress=ConstructionProgress(
        id="l", parcel_id="p", observed_on=date(2024, 1, 1), invested_wan=D(4_200)
    ),
)
NOW = Position(subject=subject("a", tax_wan="150", revenue_wan="3000"), parcel=AT)


def _limit(term: str, value: int, of: LimitOf) -> PackLimit:
    return PackLimit(term=term, of=of, value=D(value), edition="示例", edition_en="sample")


LIMITS = Limits(
    [
        _limit("coefficient_min", 40, LimitOf.COUNTY),
        _limit("office_land_max", 7, LimitOf.NATION),
        _limit("investment_wan_per_mu", 310, LimitOf.COUNTY),
    ]
)


def after(**changes: str) -> dict[str, Bounded]:
    meant = {key: D(value) for key, value in changes.items()}
    found = bounded(NOW, changed(NOW, meant, RATIO.scope), LIMITS)
    return {one.key: one for one in found}


def test_giving_up_land_moves_every_ratio_of_what_remains() -> None:
    """2 000 of 10 000 m² (15 mu) given up, 12 mu remain. Plot ratio 8 000 / 8 000 = 1.0, at the
    contract's limit: newly met. Coefficient 5 000 / 8 000 = 62.5 %. Offices 600 / 8 000 = 7.5 %,
    above 7: newly short. Investment (4 200 + 300 × 0.8) / 12 = 370, before 4 500 / 15 = 300, limit
    310: newly met. Tax 150 / 12 = 12.5 a mu, before 10, agreed 15: short still.
    """
    found = after(land_given_up_m2="2000")
    ratio = found["plot_ratio_min"]
    assert (ratio.before, ratio.after) == (D("0.8"), D(1))
    assert ratio.newly_met
    assert isinstance(ratio.limit, Applied)
    assert ratio.limit.of is LimitOf.SUPPLY_CONTRACT
    assert found["coefficient_min"].after == D("62.5")
    assert found["office_land_max"].newly_short
    invested = found["investment_wan_per_mu"]
    assert (invested.before, invested.after, invested.newly_met) == (D(300), D(370), True)
    tax = found["tax_wan_per_mu"]
    assert (tax.before, tax.after) == (D(10), D("12.5"))
    assert tax.kept(tax.after) is False
    assert not tax.newly_short


def test_leasing_out_leaves_the_parcel_as_it_is() -> None:
    """The plot ratio is the parcel's; output is divided by what is used: 150 / 12 = 12.5 a mu."""
    found = after(land_leased_out_m2="2000")
    assert found["plot_ratio_min"].after == D("0.8")
    assert found["tax_wan_per_mu"].after == D("12.5")


def test_building_more_storeys() -> None:
    """9 999 m² on 10 000 m² are short of 1.0 still, 10 000 are enough."""
    assert not after(ratio_floor_m2="9999")["plot_ratio_min"].newly_met
    assert after(ratio_floor_m2="10000")["plot_ratio_min"].newly_met


def test_without_the_price_of_the_land_only_what_is_reached_is_known() -> None:
    """4 200 / 15 = 280 < 310 and no price is known: who can say. 4 650 / 15 = 310 is kept."""
    unpriced = replace(NOW, parcel=replace(AT, contract=replace(SUPPLY, price_wan=None)))

    def asked(invested: str) -> Decimal | Missing:
        then = changed(unpriced, {"invested_wan": D(invested)}, RATIO.scope)
        return {one.key: one for one in bounded(unpriced, then, LIMITS)}[
            "investment_wan_per_mu"
        ].after

    assert isinstance(asked("4200"), Missing)
    assert asked("4650") == D(310)


@pytest.mark.parametrize(
    ("changes", "lever", "why"),
    [
        ({GIVEN_UP: "10001"}, GIVEN_UP, "There is only 10,000 m² to let go."),
        ({GIVEN_UP: "6000", SPLIT_OFF: "4001"}, GIVEN_UP, "There is only 5,999 m² to let go."),
        ({"tax_wan": "-1"}, "tax_wan", "Not less than nothing."),
        (
            {GIVEN_UP: "6000", "footprint_m2": "4001"},
            "footprint_m2",
            "More than the parcel has: 4,000 m².",
        ),
    ],
)
def test_what_cannot_be_is_said_of_its_lever(changes: dict[str, str], lever: str, why: str) -> None:
    with pytest.raises(ChangeRefusedError) as refused:
        changed(NOW, {key: D(value) for key, value in changes.items()}, RATIO.scope)
    assert (refused.value.lever, str(refused.value.what)) == (lever, why)


def test_land_let_go_is_what_the_occupancies_would_say() -> None:
    """A lessee on 2 500 m² of the parcel: what is used is 7 500 m² either way."""
    own = Occupancy(id="1", parcel_id="p", enterprise_id="a")
    lease = Occupancy(
        id="2", parcel_id="p", enterprise_id="b", tenure=Tenure.LESSEE, area_m2=D(2500)
    )
    used = used_land("a", {"p": D(10_000)}, [own, lease], date(2025, 12, 31))
    then = changed(NOW, {LEASED_OUT: D(2500)}, RATIO.scope)
    assert used is not None
    assert then.subject.land_m2 == used.area_m2


def test_what_is_said_beside_the_figures() -> None:
    """Revenue under the threshold of 2 000 stays in the register's group; buildings stay too."""
    field = Field(RATIO, [NOW.subject], (), "a")
    said = look(field, NOW, {"revenue_wan": D(1999), GIVEN_UP: D(6000)}, LIMITS).remarks
    assert [str(one)[:40] for one in said] == [
        "Its revenue would cross the threshold of",
        "Buildings and yards cover 5,000 m², more",
    ]
    assert look(field, NOW, {"tax_wan": D(150)}, LIMITS).changes == {}
