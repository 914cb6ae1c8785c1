"""Ways out asked of a real workspace, facts entered, ways chosen with what they stood like."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from landsteward.app.chosen_ways import choose_way, explain_choice, unchoose_way
from landsteward.app.plan_reading import plan_sheet
from landsteward.app.plan_writing import add_step, edit_alternative
from landsteward.app.plans import draft_plan, new_version, return_plan, submit_plan
from landsteward.app.register import edit_supply, record_progress, record_year
from landsteward.app.standings import answer_for_case, edit_standing
from landsteward.app.ways_out import ways_of_case, ways_out
from landsteward.bootstrap import bundled_packs
from landsteward.domain.chosen_ways import ChosenWay, ReasonKind, WayState
from landsteward.domain.errors import KnownError, RefusedMoveError
from landsteward.domain.findings import Finding
from landsteward.domain.plans import RemedyPlan
from landsteward.domain.states import DelayCause
from tests.helpers.casework import assign, reported
from tests.helpers.office import Office, open_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """People at work by the pack that comes with the program."""
    opened = open_office(tmp_path, packs=bundled_packs())
    yield opened
    opened.workspace.close()


def found(office: Office, item: str) -> Finding:
    """A finding of that item, assigned."""
    _case, (draft,) = reported(office, item)
    return assign(office.land_lead, draft)


def planned(office: Office, finding: Finding) -> RemedyPlan:
    """A plan for it that lacks nothing but its ways out."""
    ctx = office.consultant
    plan = draft_plan(ctx, case_id=finding.case_id, finding_ids=[finding.id])
    first = only(plan)
    edit_alternative(ctx, alternative_id=first, no_target_reason="不涉及产出")
    add_step(ctx, alternative_id=first, title="甲", responsible="企业", due_on=ctx.today())
    return plan


def only(plan: RemedyPlan) -> str:
    """Its one alternative."""
    assert plan.recommended_id is not None
    return plan.recommended_id


def chosen_in(office: Office, plan: RemedyPlan) -> tuple[ChosenWay, ...]:
    return plan_sheet(office.reader, plan_id=plan.id).leading.ways


def state(office: Office, finding: Finding, way: str, on: date | None = None) -> WayState:
    judged = ways_out(office.reader, finding_id=finding.id, on=on).way(way)
    assert judged is not None
    return judged.state


def test_what_is_entered_where_it_belongs_decides(office: Office) -> None:
    finding = found(office, "plot_ratio_short")
    ctx, parcel_id = office.carrier, office.parcel.id
    assert state(office, finding, "split_transfer") is WayState.OPEN_IF
    edit_standing(ctx, parcel_id=parcel_id, seized=True, seized_by="示例法院")
    assert state(office, finding, "split_transfer") is WayState.BARRED
    edit_standing(ctx, parcel_id=parcel_id, seized=False, soil_supervised=False)
    (supply,) = office.workspace.supply_contracts.where(parcel_id=parcel_id)
    edit_supply(ctx, contract_id=supply.id, split_forbidden=False)
    record_progress(
        ctx,
        parcel_id=parcel_id,
        observed_on=ctx.today(),
        invested_wan=Decimal(30),
        total_investment_wan=Decimal(100),
    )
    for fact in ("chain_partner", "split_not_office", "split_usable"):
        answer_for_case(office.consultant, case_id=finding.case_id, fact=fact, holds=True)
    way = ways_out(ctx, finding_id=finding.id).way("split_transfer")
    assert way is not None
    assert [one.condition for one in way.reasons if one.kind is not ReasonKind.MET] == ["size"]
    assert office.workspace.land_standings.count() == 1, "one record a parcel"


def test_idle_land_by_the_register_and_the_day(office: Office) -> None:
    """Agreed start 2021-09-01, no start: on 2022-09-01 a full year, on 2023-09-01 two."""
    finding = found(office, "start_overdue_1y")
    ctx = office.carrier
    (supply,) = office.workspace.supply_contracts.where(parcel_id=office.parcel.id)
    edit_supply(ctx, contract_id=supply.id, actual_start_on=None)
    record_progress(
        ctx, parcel_id=office.parcel.id, observed_on=date(2022, 1, 1), cause=DelayCause.OWN
    )
    edit_standing(ctx, parcel_id=office.parcel.id, soil_supervised=False)
    for day, fee, recovery in (
        (date(2022, 8, 31), WayState.BARRED, WayState.BARRED),
        (date(2022, 9, 1), WayState.OPEN, WayState.BARRED),
        (date(2023, 9, 1), WayState.BARRED, WayState.OPEN),
    ):
        found_ = (
            state(office, finding, "idle_fee", day),
            state(office, finding, "free_recovery", day),
        )
        # The plan's item 18 is of 2023-04-20; art. 14 alone carries the way before that.
        assert found_ == (fee, recovery), day


def test_the_grade_is_the_latest_years(office: Office) -> None:
    finding = found(office, "grade_d")
    ctx = office.carrier
    assert state(office, finding, "grade_d_exit") is WayState.OPEN_IF
    record_year(ctx, enterprise_id=office.enterprise.id, year=2024, grade="D")
    assert state(office, finding, "grade_d_exit") is WayState.OPEN
    record_year(ctx, enterprise_id=office.enterprise.id, year=2025, grade="C")
    assert state(office, finding, "grade_d_exit") is WayState.BARRED
    assert state(office, finding, "grade_d_exit", date(2024, 12, 1)) is WayState.OPEN


def test_a_barred_way_may_be_chosen_but_not_handed_in_without_a_reason(office: Office) -> None:
    finding = found(office, "plot_ratio_short")
    edit_standing(office.carrier, parcel_id=office.parcel.id, seized=True)
    plan, ctx = planned(office, finding), office.consultant
    chosen = choose_way(ctx, alternative_id=only(plan), finding_id=finding.id, way="split_transfer")
    assert (chosen.state, chosen.chosen_on) == (WayState.BARRED, ctx.today())
    assert [one.condition for one in chosen.reasons if one.kind is ReasonKind.BARRED] == ["seized"]
    assert chosen.reasons[0].bases[0].article == "第三十八条"
    with pytest.raises(RefusedMoveError, match="not simply open"):
        submit_plan(ctx, plan_id=plan.id)
    explain_choice(ctx, chosen_id=chosen.id, why="  ")
    with pytest.raises(RefusedMoveError, match="not simply open"):
        submit_plan(ctx, plan_id=plan.id)
    explain_choice(ctx, chosen_id=chosen.id, why="解封在即")
    submit_plan(ctx, plan_id=plan.id)
    (kept,) = chosen_in(office, plan)
    assert (kept.state, kept.why) == (WayState.BARRED, "解封在即")
    with pytest.raises(RefusedMoveError, match="no longer changed"):
        unchoose_way(ctx, chosen_id=kept.id)


def test_handing_in_asks_once_more_how_a_way_stands(office: Office) -> None:
    finding = found(office, "plot_ratio_short")
    plan, ctx = planned(office, finding), office.consultant
    answer_for_case(ctx, case_id=finding.case_id, fact="upgrade_fits", holds=True)
    chosen = choose_way(
        ctx, alternative_id=only(plan), finding_id=finding.id, way="raise_plot_ratio"
    )
    assert chosen.state is WayState.OPEN
    answer_for_case(ctx, case_id=finding.case_id, fact="upgrade_fits", holds=False)
    with pytest.raises(RefusedMoveError, match="not simply open"):
        submit_plan(ctx, plan_id=plan.id)
    answer_for_case(ctx, case_id=finding.case_id, fact="upgrade_fits", holds=True)
    office.clock.pass_days(3)
    submit_plan(ctx, plan_id=plan.id)
    (kept,) = chosen_in(office, plan)
    assert (kept.state, kept.chosen_on) == (WayState.OPEN, ctx.today())


def test_a_new_version_takes_the_choices_over_as_they_stand_now(office: Office) -> None:
    finding = found(office, "plot_ratio_short")
    plan, ctx = planned(office, finding), office.consultant
    choose_way(
        ctx, alternative_id=only(plan), finding_id=finding.id, way="move_into_park", why="拟搬迁"
    )
    submit_plan(ctx, plan_id=plan.id)
    return_plan(office.carrier, plan_id=plan.id, comment="步骤太粗")
    edit_standing(office.carrier, parcel_id=office.parcel.id, in_park=True)
    second = new_version(ctx, plan_id=plan.id)
    (old,), (new,) = (chosen_in(office, one) for one in (plan, second))
    assert (old.state, new.state) == (WayState.OPEN_IF, WayState.BARRED)
    assert (old.why, new.why) == ("拟搬迁", "拟搬迁")
    unchoose_way(ctx, chosen_id=new.id)
    assert chosen_in(office, second) == ()
    assert chosen_in(office, plan) == (old,)


def test_a_way_is_chosen_once_and_only_for_what_the_plan_answers(office: Office) -> None:
    finding = found(office, "plot_ratio_short")
    plan, ctx = planned(office, finding), office.consultant
    first = choose_way(
        ctx, alternative_id=only(plan), finding_id=finding.id, way="raise_plot_ratio"
    )
    again = choose_way(
        ctx, alternative_id=only(plan), finding_id=finding.id, way="raise_plot_ratio", why="已预审"
    )
    assert (again.id, again.why) == (first.id, "已预审")
    with pytest.raises(RefusedMoveError, match="does not answer"):
        choose_way(ctx, alternative_id=only(plan), finding_id="other", way="raise_plot_ratio")
    with pytest.raises(RefusedMoveError, match="no such way"):
        choose_way(ctx, alternative_id=only(plan), finding_id=finding.id, way="magic")
    with pytest.raises(RefusedMoveError, match="role"):
        choose_way(office.reader, alternative_id=only(plan), finding_id=finding.id, way="judicial")


def test_facts_are_refused_in_words(office: Office) -> None:
    finding = found(office, "plot_ratio_short")
    tomorrow = office.clock.today() + timedelta(days=1)
    with pytest.raises(KnownError, match="not come yet"):
        edit_standing(office.carrier, parcel_id=office.parcel.id, checked_on=tomorrow)
    with pytest.raises(RefusedMoveError, match="role"):
        edit_standing(office.consultant, parcel_id=office.parcel.id, seized=False)
    with pytest.raises(KnownError, match="No way out"):
        answer_for_case(office.consultant, case_id=finding.case_id, fact="weather", holds=True)
    with pytest.raises(RefusedMoveError, match="role"):
        answer_for_case(office.reader, case_id=finding.case_id, fact="undertaking", holds=True)


def test_a_case_lists_its_findings_in_order(office: Office) -> None:
    case, _drafts = reported(office, "start_overdue_1y", "plot_ratio_short")
    listed = ways_of_case(office.reader, case_id=case.id)
    assert [one.finding.finding_no for one in listed] == [1, 2]
    assert listed[0].facts.parcel == office.parcel
    assert any(one.fits for one in listed[0].ways)
    assert not all(one.fits for one in listed[0].ways)
