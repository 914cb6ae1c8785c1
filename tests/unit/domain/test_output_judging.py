"""产出监管合同 against reality. Every expected figure was worked out by hand."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from landsteward.domain.checklist import LimitSource
from landsteward.domain.occupancy import LandBasis, LandSource
from landsteward.domain.output_judging import judge_output
from landsteward.domain.output_terms import Reality, Standing, Term, TermLine
from landsteward.domain.register import (
    ConstructionProgress,
    OutputContract,
    Parcel,
    SupplyContract,
    YearlyMetrics,
)
from landsteward.domain.rulepack import ChecklistItem
from landsteward.domain.states import Severity

# 40 000 m² are 60 亩.
PARCEL = Parcel(id="P", name="1号地块", area_m2=Decimal(40000))
SUPPLY = SupplyContract(
    id="s",
    parcel_id="P",
    identity="s",
    area_m2=Decimal(40000),
    price_wan=Decimal(600),
    plot_ratio_max=Decimal("2.5"),
    agreed_delivery_on=date(2020, 3, 1),
    agreed_start_on=date(2020, 9, 1),
    agreed_completion_on=date(2022, 9, 1),
    actual_delivery_on=date(2020, 3, 11),
    actual_start_on=date(2020, 8, 20),
    actual_completion_on=date(2022, 10, 1),
)
CONTRACT = OutputContract(
    id="o",
    parcel_id="P",
    enterprise_id="E",
    reach_on=date(2023, 6, 30),
    investment_wan=Decimal(18000),
    investment_wan_per_mu=Decimal(300),
    tax_wan_per_mu=Decimal(15),
    revenue_wan_per_mu=Decimal(400),
    plot_ratio_min=Decimal("1.2"),
)
TODAY = date(2026, 3, 2)


def look(day: date, invested: str | None, built: str | None = None) -> ConstructionProgress:
    return ConstructionProgress(
        id=str(day),
        parcel_id="P",
        observed_on=day,
        invested_wan=None if invested is None else Decimal(invested),
        developed_area_m2=None if built is None else Decimal(built),
    )


def year(
    number: int, tax: str | None, revenue: str | None, m2: str | None = "40000"
) -> tuple[YearlyMetrics, LandBasis | None]:
    figures = YearlyMetrics(
        id=str(number),
        enterprise_id="E",
        year=number,
        tax_wan=None if tax is None else Decimal(tax),
        revenue_wan=None if revenue is None else Decimal(revenue),
    )
    if m2 is None:
        return figures, None
    on = date(number, 12, 31)
    return figures, LandBasis(area_m2=Decimal(m2), source=LandSource.USED, on=on)


REALITY = Reality(
    today=TODAY,
    parcel=PARCEL,
    supply=SUPPLY,
    looks=(look(date(2021, 5, 1), "6000"), look(date(2023, 1, 10), "17400")),
    years=(year(2023, "700", "20000"), year(2024, "899.9", "24000"), year(2025, "900", "23999")),
    plot_ratio=(Decimal("1.15"), date(2024, 5, 6)),
)


def judged(contract: OutputContract, reality: Reality) -> dict[Term, TermLine]:
    return {one.term: one for one in judge_output(contract, reality)}


def line(term: Term, contract: OutputContract = CONTRACT, reality: Reality = REALITY) -> TermLine:
    return judged(contract, reality)[term]


def test_a_whole_table() -> None:
    """17 400 + 600 万元 = 18 000; / 60 亩 = 300. Tax 900 / 60 = 15; revenue 23 999 / 60 is short
    by one sixtieth; 1.15 is 0.05 short; delivered 10 days late, begun 12 early, done 30 late;
    no year reaches both goals.
    """
    found = [
        (one.term, one.actual, one.as_of, one.due_on, one.gap, one.standing)
        for one in judge_output(CONTRACT, REALITY)
    ]
    end = date(2022, 9, 1)
    seen = date(2023, 1, 10)
    sixtieth = Decimal(23999) / 60
    assert found == [
        (Term.INVESTMENT, Decimal(18000), seen, end, Decimal(0), Standing.MET),
        (Term.INVESTMENT_PER_MU, Decimal(300), seen, end, Decimal(0), Standing.MET),
        (Term.TAX_PER_MU, Decimal(15), 2025, date(2024, 12, 31), Decimal(0), Standing.MET),
        (
            Term.REVENUE_PER_MU,
            sixtieth,
            2025,
            date(2024, 12, 31),
            sixtieth - 400,
            Standing.NOT_MET,
        ),
        (
            Term.PLOT_RATIO,
            Decimal("1.15"),
            date(2024, 5, 6),
            end,
            Decimal("-0.05"),
            Standing.NOT_MET,
        ),
        (
            Term.DELIVERY,
            date(2020, 3, 11),
            date(2020, 3, 11),
            date(2020, 3, 1),
            10,
            Standing.NOT_MET,
        ),
        (Term.START, date(2020, 8, 20), date(2020, 8, 20), date(2020, 9, 1), -12, Standing.MET),
        (Term.COMPLETION, date(2022, 10, 1), date(2022, 10, 1), end, 30, Standing.NOT_MET),
        (Term.REACH, None, None, date(2023, 6, 30), None, Standing.NOT_MET),
    ]


class TestWhichYearCounts:
    def test_the_latest_whole_year_behind_the_day_of_full_output(self) -> None:
        reality = replace(REALITY, years=(year(2024, "1200", "1"), year(2023, "6000", "1")))
        found = line(Term.TAX_PER_MU, reality=reality)
        assert (found.actual, found.as_of, found.standing) == (20, 2024, Standing.MET)
        assert "no value for 2025" in [str(one) for one in found.remarks]

    def test_the_year_of_that_day_itself_does_not_count(self) -> None:
        reality = replace(REALITY, today=date(2024, 6, 1), years=(year(2023, "600", "1"),))
        found = line(Term.TAX_PER_MU, reality=reality)
        assert (found.actual, found.as_of) == (10, 2023)
        assert found.standing is Standing.NOT_YET_DUE

    def test_a_contract_due_on_new_years_day_counts_that_year(self) -> None:
        contract = replace(CONTRACT, reach_on=date(2024, 1, 1))
        reality = replace(REALITY, today=date(2025, 1, 1), years=(year(2024, "600", "1"),))
        assert line(Term.TAX_PER_MU, contract, reality).standing is Standing.NOT_MET

    def test_a_year_that_is_not_over_is_not_looked_at(self) -> None:
        reality = replace(REALITY, today=date(2024, 12, 31), years=(year(2024, "6000", "1"),))
        found = line(Term.TAX_PER_MU, reality=reality)
        assert (found.actual, found.standing) == (None, Standing.NOT_YET_DUE)
        later = replace(reality, today=date(2025, 1, 1))
        assert line(Term.TAX_PER_MU, reality=later).standing is Standing.MET

    def test_without_figures_it_cannot_be_judged_and_says_why(self) -> None:
        none = line(Term.TAX_PER_MU, reality=replace(REALITY, years=()))
        assert none.standing is Standing.UNJUDGED
        assert str(none.why) == "no figures are on record from 2024 on"
        no_land = replace(REALITY, years=(year(2024, "900", "1", None),))
        assert str(line(Term.TAX_PER_MU, reality=no_land).why) == "2024: land is not on record"

    def test_without_a_day_only_what_is_reached_is_judged(self) -> None:
        contract = replace(CONTRACT, reach_on=None)
        assert line(Term.TAX_PER_MU, contract).standing is Standing.MET
        short = line(Term.REVENUE_PER_MU, contract)
        assert short.standing is Standing.UNJUDGED
        assert str(short.why) == "no day is agreed by which it is due"
        assert Term.REACH not in judged(contract, REALITY)


class TestFullOutput:
    def test_it_is_reached_by_the_first_year_that_has_all_of_it(self) -> None:
        reality = replace(
            REALITY, years=(year(2022, "900", "24000"), year(2024, "0", "0"), year(2025, "1", "1"))
        )
        found = line(Term.REACH, reality=reality)
        assert (found.actual, found.gap, found.standing) == (2022, 0, Standing.MET)

    def test_reached_later_is_late_by_so_many_years(self) -> None:
        reality = replace(REALITY, years=(year(2024, "899", "24000"), year(2025, "900", "24000")))
        found = line(Term.REACH, reality=reality)
        assert (found.actual, found.gap, found.standing) == (2025, 1, Standing.NOT_MET)

    def test_before_that_year_is_over_it_is_not_due(self) -> None:
        reality = replace(REALITY, today=date(2024, 12, 31))
        assert line(Term.REACH, reality=reality).standing is Standing.NOT_YET_DUE

    def test_missing_figures_of_that_year_decide_nothing(self) -> None:
        reality = replace(REALITY, years=(year(2024, "900", None), year(2025, "900", "1")))
        found = line(Term.REACH, reality=reality)
        assert found.standing is Standing.UNJUDGED
        assert str(found.why) == "the figures of 2024 are not on record in full"

    def test_without_output_per_mu_nothing_can_be_reached(self) -> None:
        contract = replace(CONTRACT, tax_wan_per_mu=None, revenue_wan_per_mu=None)
        found = line(Term.REACH, contract)
        assert found.standing is Standing.UNJUDGED
        assert str(found.why) == "neither tax nor revenue per mu is agreed"


class TestInvestment:
    def test_the_last_look_that_says_something_counts(self) -> None:
        looks = (*REALITY.looks, look(date(2024, 1, 1), None), look(date(2027, 1, 1), "99999"))
        found = line(Term.INVESTMENT, reality=replace(REALITY, looks=looks))
        assert (found.actual, found.as_of) == (18000, date(2023, 1, 10))

    def test_a_look_before_the_due_day_decides_nothing_afterwards(self) -> None:
        found = line(Term.INVESTMENT, reality=replace(REALITY, looks=REALITY.looks[:1]))
        assert found.standing is Standing.UNJUDGED
        assert "2021-05-01" in str(found.why)
        assert "2022-09-01" in str(found.why)
        early = replace(REALITY, looks=REALITY.looks[:1], today=date(2022, 9, 1))
        assert line(Term.INVESTMENT, reality=early).standing is Standing.NOT_YET_DUE

    @pytest.mark.parametrize(
        ("invested", "standing"), [("18000", Standing.MET), ("17999", Standing.UNJUDGED)]
    )
    def test_an_unknown_price_of_the_land_is_not_taken_for_nothing(
        self, invested: str, standing: Standing
    ) -> None:
        reality = replace(
            REALITY,
            supply=replace(SUPPLY, price_wan=None),
            looks=(look(date(2023, 1, 10), invested),),
        )
        found = line(Term.INVESTMENT, reality=reality)
        assert found.standing is standing
        assert "without the price of the land" in str(found.remarks[0])

    def test_without_an_area_nothing_per_mu_is_claimed(self) -> None:
        reality = replace(
            REALITY,
            parcel=replace(PARCEL, area_m2=None),
            supply=replace(SUPPLY, area_m2=None),
        )
        found = line(Term.INVESTMENT_PER_MU, reality=reality)
        assert found.standing is Standing.UNJUDGED
        assert str(found.why) == "the area of the parcel is not on record"

    def test_without_an_agreed_completion_it_is_due_with_full_output(self) -> None:
        reality = replace(REALITY, supply=replace(SUPPLY, agreed_completion_on=None))
        assert line(Term.INVESTMENT, reality=reality).due_on == date(2023, 6, 30)


class TestWhichLimit:
    ITEM = ChecklistItem(
        key="ratio",
        department="land",
        title="容积率",
        title_en="Plot ratio",
        severity=Severity.ORDINARY,
        bases=(),
        minimum=Decimal("0.8"),
        limit_from="plot_ratio_min",
    )

    def test_the_output_contract_then_the_supply_then_the_county(self) -> None:
        reality = replace(
            REALITY,
            supply=replace(SUPPLY, plot_ratio_min=Decimal("1.0"), plot_ratio_max=None),
            items=(self.ITEM,),
        )
        bare = replace(CONTRACT, plot_ratio_min=None)
        for contract, given, agreed, source in (
            (CONTRACT, reality, Decimal("1.2"), LimitSource.OUTPUT_CONTRACT),
            (bare, reality, Decimal("1.0"), LimitSource.SUPPLY_CONTRACT),
            (bare, replace(reality, supply=None), Decimal("0.8"), LimitSource.PACK),
        ):
            found = line(Term.PLOT_RATIO, contract, given)
            assert (found.agreed, found.source) == (agreed, source)
        without = replace(reality, supply=None, items=())
        assert Term.PLOT_RATIO not in judged(bare, without)

    def test_more_than_the_most_is_not_met_either_at_any_time(self) -> None:
        reality = replace(
            REALITY, plot_ratio=(Decimal("2.6"), date(2021, 1, 1)), today=date(2021, 2, 1)
        )
        found = line(Term.PLOT_RATIO, reality=reality)
        assert (found.gap, found.standing) == (Decimal("0.1"), Standing.NOT_MET)

    def test_a_ratio_nobody_measured_cannot_be_judged(self) -> None:
        found = line(Term.PLOT_RATIO, reality=replace(REALITY, plot_ratio=None))
        assert found.standing is Standing.UNJUDGED
        assert str(found.why) == "no checkup has measured it yet"


class TestDates:
    BARE = replace(SUPPLY, actual_delivery_on=None, actual_start_on=None, actual_completion_on=None)

    def test_a_day_that_passed_with_nothing_on_record_is_not_met(self) -> None:
        reality = replace(REALITY, supply=self.BARE, looks=(), today=date(2020, 9, 4))
        assert line(Term.START, reality=reality).standing is Standing.NOT_MET
        assert line(Term.START, reality=reality).gap == 3
        assert line(Term.COMPLETION, reality=reality).standing is Standing.NOT_YET_DUE
        delivery = line(Term.DELIVERY, reality=reality)
        assert delivery.standing is Standing.UNJUDGED, "the authority's, and only not on record"

    def test_on_the_day_itself_it_is_not_late(self) -> None:
        reality = replace(REALITY, supply=self.BARE, looks=(), today=date(2020, 9, 1))
        assert line(Term.START, reality=reality).standing is Standing.NOT_YET_DUE

    def test_building_that_was_seen_leaves_the_start_open(self) -> None:
        reality = replace(REALITY, supply=self.BARE, looks=(look(date(2021, 1, 5), None, "800"),))
        found = line(Term.START, reality=reality)
        assert found.standing is Standing.UNJUDGED
        assert "2021-01-05" in str(found.why)

    def test_what_is_recorded_for_later_is_not_known_yet(self) -> None:
        reality = replace(REALITY, today=date(2020, 8, 1))
        assert line(Term.START, reality=reality).standing is Standing.NOT_YET_DUE

    def test_without_a_supply_there_are_no_dates(self) -> None:
        found = judged(CONTRACT, replace(REALITY, supply=None))
        assert not {Term.DELIVERY, Term.START, Term.COMPLETION} & set(found)
