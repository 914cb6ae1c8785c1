"""A what-if against a kept grading: which one it is held against, scenarios, the plan's effect."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from landsteward.app.grading_notice import (
    finish_grading,
    propose_notice,
    publish_notice,
    take_back_grading,
)
from landsteward.app.gradings import start_grading
from landsteward.app.plan_reading import plan_sheet
from landsteward.app.plan_writing import add_alternative
from landsteward.app.plans import draft_plan
from landsteward.app.register import edit_enterprise, edit_parcel, record_year
from landsteward.app.scenarios import (
    bring_scenario_back,
    effect_of,
    keep_scenario,
    remove_effect,
    remove_scenario,
    rename_scenario,
    scenarios_of,
    take_into_plan,
)
from landsteward.app.what_if import as_stage, grading_of, ground, least_lifts, two_together
from landsteward.domain.errors import KnownError, RefusedMoveError
from landsteward.domain.gradings import GradingRun
from landsteward.domain.scenarios import Scenario, Stage
from landsteward.domain.states import Scale
from landsteward.domain.what_if.levers import GIVEN_UP
from landsteward.domain.what_if.position import ChangeRefusedError
from tests.helpers.casework import assign, reported
from tests.helpers.grading_office import YEAR, GradingOffice, open_grading_office

D = Decimal


@pytest.fixture
def county(tmp_path: Path) -> Iterator[GradingOffice]:
    """The eight, and the office's own enterprise: 40 000 m² = 60 mu, tax 36 (0.6 a mu, 3 points),
    revenue 12 000 (200 a mu, 40 points): 43 in all, beside 戊 with just as much.
    """
    opened = open_grading_office(tmp_path)
    office = opened.office
    edit_parcel(office.land_lead, parcel_id=office.parcel.id, ratio_floor_m2=D(30_000))
    record_year(
        office.land_lead,
        enterprise_id=office.enterprise.id,
        year=YEAR,
        tax_wan=D(36),
        revenue_wan=D(12_000),
    )
    edit_enterprise(office.land_lead, enterprise_id=office.enterprise.id, scale=Scale.ABOVE)
    yield opened
    opened.office.workspace.close()


@pytest.fixture
def run(county: GradingOffice) -> GradingRun:
    return start_grading(county.lead, year=YEAR)


def final(county: GradingOffice, run: GradingRun) -> GradingRun:
    first = county.lead.today()
    last = propose_notice(run, first)
    publish_notice(county.lead, run_id=run.id, first=first, last=last)
    county.office.clock.go_to(last)
    county.office.clock.pass_days(1)
    return finish_grading(county.lead, run_id=run.id)


def kept(county: GradingOffice, name: str, *stages: Stage) -> Scenario:
    ctx = county.office.consultant
    on = ground(ctx, enterprise_id=county.office.enterprise.id)
    return keep_scenario(ctx, on=on, name=name, stages=stages)


def test_an_enterprise_in_no_grading_is_told_what_to_do(county: GradingOffice) -> None:
    with pytest.raises(KnownError, match="not in any grading"):
        grading_of(county.lead, enterprise_id=county.office.enterprise.id)


def test_it_is_held_against_the_final_grading_else_the_latest(
    county: GradingOffice, run: GradingRun
) -> None:
    key = county.keys["甲"]
    later = start_grading(county.lead, year=YEAR)
    assert grading_of(county.lead, enterprise_id=key).id == later.id
    final(county, run)
    assert grading_of(county.lead, enterprise_id=key).id == run.id
    with pytest.raises(KnownError, match="2024"):
        grading_of(county.lead, enterprise_id=key, year=2024)


def test_the_least_of_each_lever(county: GradingOffice, run: GradingRun) -> None:
    """Six above the threshold: 甲 130, 乙 100, 丙 70, 丁 55, 戊 and the own 43; of six A goes up to
    rank 1, B to 4, C to 6 (20, 65, 95 % are 1.2, 3.9, 5.7).

    For B it ties with 丁: 3 a mu of tax, 180 in all, 144 more. By land alone: tax 36 / mu × 5 + 200
    × 60 / mu × 0.2 = 2 580 / mu ≥ 55 from 46.909 mu = 31 272 m² on, so 8 728 m² are given up.
    """
    on = ground(county.office.consultant, enterprise_id=county.office.enterprise.id)
    assert (on.now.placing.score, on.now.placing.rank, on.now.placing.grade) == (D(43), 5, "C")
    found = {(one.lever, one.grade): one for one in least_lifts(on, {})}
    assert found["tax_wan", "C"].already
    assert (found["tax_wan", "B"].value, found["tax_wan", "B"].change) == (D(180), D(144))
    assert found[GIVEN_UP, "B"].value == D(8728)
    together = two_together(on, {}, ("tax_wan", GIVEN_UP), "B")
    assert (together[0].second.value, together[-1].first) == (D(8728), D(180))


def test_scenarios_are_kept_renamed_taken_away_and_back(
    county: GradingOffice, run: GradingRun
) -> None:
    ctx, key = county.office.consultant, county.office.enterprise.id
    made = kept(county, "增税", as_stage(YEAR + 1, {"tax_wan": D(180)}))
    assert (made.before.grade, made.after.grade, made.after.score) == ("C", "B", D(55))
    with pytest.raises(KnownError, match="this name already"):
        kept(county, "增税", as_stage(YEAR + 1, {"tax_wan": D(181)}))
    with pytest.raises(KnownError, match="Nothing is changed"):
        kept(county, "空的", as_stage(YEAR + 1, {}))
    rename_scenario(ctx, scenario_id=made.id, name="多缴税")
    assert [one.scenario.name for one in scenarios_of(ctx, enterprise_id=key)] == ["多缴税"]
    remove_scenario(ctx, scenario_id=made.id)
    assert scenarios_of(ctx, enterprise_id=key) == ()
    bring_scenario_back(ctx, scenario_id=made.id)
    assert len(scenarios_of(ctx, enterprise_id=key)) == 1
    with pytest.raises(RefusedMoveError):
        remove_scenario(county.office.reader, scenario_id=made.id)


def test_a_scenario_says_when_its_grading_is_not_the_latest(
    county: GradingOffice, run: GradingRun
) -> None:
    key = county.office.enterprise.id
    kept(county, "增税", as_stage(YEAR + 1, {"tax_wan": D(180)}))

    def said() -> str:
        (line,) = scenarios_of(county.lead, enterprise_id=key)
        return str(line.stale)

    assert said() == "None"
    start_grading(county.lead, year=YEAR)
    assert said() == f"there is a later grading of {YEAR}"
    final(county, run)
    assert said() == "None"
    take_back_grading(county.lead, run_id=run.id, reason="数据有误")
    assert said() == "the grading it was worked out against was taken back"


def test_what_cannot_be_is_refused(county: GradingOffice, run: GradingRun) -> None:
    with pytest.raises(ChangeRefusedError, match="40,000"):
        kept(county, "全退", as_stage(YEAR + 1, {GIVEN_UP: D(40_001)}))


def test_a_scenario_becomes_the_plans_expected_effect(
    county: GradingOffice, run: GradingRun
) -> None:
    """10 000 m² given up and tax 60: 2 a mu of 30 000 m² = 45 mu would be 90; 60 / 45 = 1.3333.

    30 000 m² of floor on what remains are a plot ratio of 1.0, the contract's; before 0.75.
    """
    office = county.office
    case, (finding,) = reported(office, "start")
    assign(office.land_lead, finding)
    plan = draft_plan(office.consultant, case_id=case.id, finding_ids=[finding.id])
    scenario = kept(
        county,
        "退地增税",
        as_stage(YEAR + 1, {GIVEN_UP: D(10_000)}),
        as_stage(YEAR + 2, {GIVEN_UP: D(10_000), "tax_wan": D(60)}),
    )
    key = plan_sheet(office.consultant, plan_id=plan.id).leading.alternative.id
    effect = take_into_plan(office.consultant, alternative_id=key, scenario_id=scenario.id)
    targets = plan_sheet(office.consultant, plan_id=plan.id).targets
    assert [(one.metric, one.year, one.baseline, one.target) for one in targets] == [
        ("tax_per_mu", YEAR + 1, D("0.6000"), D("0.8000")),
        ("tax_per_mu", YEAR + 2, D("0.6000"), D("1.3333")),
    ]
    ratios = [one for one in effect.limits if one.key == "plot_ratio_min"]
    assert [(one.baseline, one.target, one.limit) for one in ratios] == [
        (D("0.7500"), D("1.0000"), D("1.0"))
    ] * 2
    assert [one.placing.grade for one in effect.after] == ["B", "B"]
    # What the scenario becomes later leaves the plan as it was; another alternative begins with it.
    remove_scenario(office.consultant, scenario_id=scenario.id)
    other = add_alternative(office.consultant, plan_id=plan.id, like=key)
    copied = effect_of(office.consultant, alternative_id=other.id)
    assert copied is not None
    assert replace(copied, id=effect.id, alternative_id=key) == effect
    remove_effect(office.consultant, effect_id=copied.id)
    assert effect_of(office.consultant, alternative_id=other.id) is None


def test_a_plan_of_another_enterprise_does_not_take_it(
    county: GradingOffice, run: GradingRun
) -> None:
    office = county.office
    case, (finding,) = reported(office, "start")
    assign(office.land_lead, finding)
    plan = draft_plan(office.consultant, case_id=case.id, finding_ids=[finding.id])
    key = plan_sheet(office.consultant, plan_id=plan.id).leading.alternative.id
    on = ground(office.carrier, enterprise_id=county.keys["戊"])
    other = keep_scenario(
        office.carrier, on=on, name="增税", stages=[as_stage(YEAR + 1, {"tax_wan": D(60)})]
    )
    with pytest.raises(RefusedMoveError, match="another enterprise"):
        take_into_plan(office.carrier, alternative_id=key, scenario_id=other.id)
