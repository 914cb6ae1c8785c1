"""A firm's record, worked by hand, and what must hold however the time is cut."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from landsteward.domain.engagements import Engagement, Term
from landsteward.domain.firm_records import (
    AnswerFact,
    FirmFacts,
    FirmRecord,
    GainFact,
    Measure,
    MoveFact,
    PlanFact,
    StepFact,
    firm_records,
)
from landsteward.domain.states import FindingMove, PlanStatus

YEAR = Term(first=date(2026, 1, 1), last=date(2026, 12, 31))
TODAY = date(2026, 9, 30)


def plan(
    key: str, firm: str, status: PlanStatus, submitted: date | None, decided: date | None
) -> PlanFact:
    return PlanFact(
        plan_id=key,
        firm_id=firm,
        case_id="case",
        enterprise_id="factory",
        status=status,
        submitted_on=submitted,
        decided_on=decided,
    )


def contract(firm: str, first: date, last: date | None, fee: str) -> Engagement:
    return Engagement(
        id=f"c{firm}{first}",
        firm_id=firm,
        carrier_id="park",
        from_on=first,
        to_on=last,
        fee_wan=Decimal(fee),
    )


def facts() -> FirmFacts:
    """衡平 writes three versions for two findings, 明算 a later one for the second finding."""
    return FirmFacts(
        plans=[
            plan("v1", "hengping", PlanStatus.RETURNED, date(2026, 3, 20), date(2026, 3, 25)),
            plan("v2", "hengping", PlanStatus.SUPERSEDED, date(2026, 4, 2), date(2026, 4, 6)),
            plan("v3", "hengping", PlanStatus.ACCEPTED, date(2026, 7, 1), date(2026, 7, 3)),
            plan("v4", "hengping", PlanStatus.DRAFT, None, None),
            plan("w1", "mingsuan", PlanStatus.ACCEPTED, date(2026, 8, 1), date(2026, 8, 5)),
        ],
        answers=[
            AnswerFact(plan_id="v1", finding_id="f1"),
            AnswerFact(plan_id="v2", finding_id="f1"),
            AnswerFact(plan_id="v2", finding_id="f2"),
            AnswerFact(plan_id="v3", finding_id="f1"),
            AnswerFact(plan_id="w1", finding_id="f2"),
        ],
        moves=[
            MoveFact(finding_id="f1", move=FindingMove.ASSIGN, on=date(2026, 3, 2)),
            MoveFact(finding_id="f2", move=FindingMove.ASSIGN, on=date(2026, 3, 2)),
            MoveFact(finding_id="f1", move=FindingMove.CLOSE, on=date(2026, 7, 20)),
            MoveFact(finding_id="f2", move=FindingMove.CLOSE, on=date(2026, 8, 20)),
            MoveFact(finding_id="f2", move=FindingMove.REBOUND, on=date(2026, 9, 15)),
        ],
        steps=[
            StepFact(
                plan_id="v3", step_id="s1", until=date(2026, 7, 31), done_on=date(2026, 7, 31)
            ),
            StepFact(plan_id="v3", step_id="s2", until=date(2026, 8, 31), done_on=date(2026, 9, 2)),
            StepFact(plan_id="v3", step_id="s3", until=date(2026, 9, 15), done_on=None),
            StepFact(plan_id="v3", step_id="s4", until=date(2026, 9, 30), done_on=None),
            StepFact(plan_id="v3", step_id="s5", until=date(2026, 11, 1), done_on=date(2026, 9, 1)),
            StepFact(plan_id="v2", step_id="old", until=date(2026, 5, 1), done_on=None),
        ],
        gains=[
            GainFact(
                plan_id="v3",
                metric="tax_per_mu",
                baseline=Decimal("8.2"),
                value=Decimal("8.9"),
                read_on=date(2026, 8, 1),
            ),
            GainFact(
                plan_id="v3",
                metric="tax_per_mu",
                baseline=Decimal("8.2"),
                value=Decimal("9.7"),
                read_on=date(2026, 9, 1),
            ),
            GainFact(
                plan_id="v3",
                metric="staff",
                baseline=Decimal(1),
                value=Decimal(2),
                read_on=date(2026, 9, 1),
            ),
        ],
        engagements=[
            contract("hengping", date(2025, 7, 1), date(2026, 6, 30), "18.25"),
            contract("hengping", date(2026, 7, 1), date(2027, 6, 30), "36.5"),
            contract("mingsuan", date(2026, 7, 1), None, "12"),
        ],
        covers={
            ("hengping", "factory"): [
                Term(first=date(2026, 3, 10), last=date(2026, 6, 30)),
                Term(first=date(2026, 7, 1), last=date(2027, 6, 30)),
            ],
            ("mingsuan", "factory"): [Term(first=date(2026, 7, 1))],
        },
    )


def record(firm: str, within: Term = YEAR, on: date = TODAY) -> FirmRecord:
    return firm_records(facts(), firm_ids=[firm], within=within, on=on)[firm]


def test_plans_count_on_the_day_they_were_handed_in_or_decided() -> None:
    """v1, v2, v3 handed in; v1 returned; v2 (superseded since) and v3 accepted."""
    made = record("hengping")
    assert made.count(Measure.SUBMITTED) == 3
    assert made.count(Measure.RETURNED) == 1
    assert made.count(Measure.ACCEPTED) == 2
    spring = record("hengping", Term(first=date(2026, 1, 1), last=date(2026, 3, 31)))
    assert [spring.count(one) for one in (Measure.SUBMITTED, Measure.ACCEPTED)] == [1, 0]


def test_days_to_plan_begin_when_the_firm_was_engaged_if_that_was_later() -> None:
    """Both findings were assigned on 2 March, 衡平 was engaged on 10 March without a break since.
    First plan for f1 on 20 March: 10 days; for f2 on 2 April: 23 days; the mean is 16.5.
    明算 was engaged on 1 July, its first plan for f2 went in on 1 August: 31 days.
    """
    assert sorted(one.value or 0 for one in record("hengping").of(Measure.DAYS)) == [10, 23]
    assert record("hengping").mean(Measure.DAYS) == Decimal("16.5")
    assert record("mingsuan").mean(Measure.DAYS) == Decimal(31)


def test_dates_kept_are_those_of_the_version_in_force_that_have_come() -> None:
    """s1 done on its day: kept. s2 two days late, s3 not done by the 15th: missed. s4 is due today
    and may still be done, s5 lies ahead; the old version's step counts no more. 1 of 3.
    """
    made = record("hengping")
    assert [one.record_id for one in made.of(Measure.KEPT)] == ["s1"]
    assert [one.record_id for one in made.of(Measure.MISSED)] == ["s2", "s3"]
    assert made.kept_share == Decimal(1) / 3


def test_a_closed_finding_counts_for_the_plan_in_force_when_it_was_closed() -> None:
    """f2 was answered by 衡平 first, by 明算's plan of 5 August when it was closed on the 20th; it
    came back on 15 September.
    """
    assert [one.record_id for one in record("hengping").of(Measure.CLOSED)] == ["f1"]
    assert [one.record_id for one in record("mingsuan").of(Measure.CLOSED)] == ["f2"]
    assert record("mingsuan").count(Measure.REBOUND) == 1
    assert record("hengping").count(Measure.REBOUND) == 0
    assert record("mingsuan", on=date(2026, 9, 14)).count(Measure.REBOUND) == 0


def test_the_gain_is_the_latest_reading_less_the_baseline() -> None:
    """8.2 before; 8.9 read on 1 August, 9.7 on 1 September: 1.5 万元/亩, on 31 August only 0.7."""
    assert record("hengping").mean(Measure.TAX_GAIN) == Decimal("1.5")
    assert record("hengping", on=date(2026, 8, 31)).mean(Measure.TAX_GAIN) == Decimal("0.7")
    assert record("hengping").mean(Measure.REVENUE_GAIN) is None


def test_the_fee_is_that_of_the_days_within_the_time() -> None:
    """衡平 by 30 September: 181 of 365 days of the first contract (18.25 / 365 = 0.05 a day) make
    9.05, 92 of the second (0.1 a day) 9.2: 18.25 万元; one finding closed. 明算's contract has no
    last day: 12.
    """
    assert record("hengping").fee_wan == Decimal("18.25")
    assert record("hengping").fee_per_closed_wan == Decimal("18.25")
    assert record("mingsuan").fee_wan == Decimal(12)
    assert record("mingsuan", Term(first=date(2027, 1, 1))).fee_wan == 0
    assert record("mingsuan", Term(first=date(2027, 1, 1))).fee_per_closed_wan is None


_day = st.integers(min_value=0, max_value=400).map(lambda days: date(2026, 1, 1) + timedelta(days))


@given(_day, st.lists(st.tuples(_day, _day, st.integers(0, 10**6)), max_size=5))
def test_two_halves_of_a_time_make_the_whole_for_overlapping_contracts_too(
    cut: date, drawn: list[tuple[date, date, int]]
) -> None:
    before = Term(first=date(2025, 1, 1), last=cut)
    after = Term(first=cut + timedelta(days=1), last=date(2028, 1, 1))
    whole = Term(first=before.first, last=after.last)
    given_facts = facts()
    contracts = [contract("hengping", min(a, b), max(a, b), str(fee)) for a, b, fee in drawn]
    both = FirmFacts(
        plans=given_facts.plans,
        answers=given_facts.answers,
        moves=given_facts.moves,
        steps=given_facts.steps,
        engagements=contracts,
        covers=given_facts.covers,
    )

    def of(within: Term) -> FirmRecord:
        return firm_records(both, firm_ids=["hengping"], within=within, on=date(2028, 1, 1))[
            "hengping"
        ]

    parts = of(before), of(after)
    assert sorted(parts[0].counted + parts[1].counted, key=str) == sorted(
        of(whole).counted, key=str
    )
    rounding = Decimal("0.0001")
    assert abs(parts[0].fee_wan + parts[1].fee_wan - of(whole).fee_wan) <= rounding
    assert of(whole).fee_wan == sum(one[2] for one in drawn)
