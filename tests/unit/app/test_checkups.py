"""The joint visit: its form, its answers, and the lock at its end."""

from datetime import timedelta
from decimal import Decimal

import pytest

from landsteward.app.case_closing import close_case
from landsteward.app.checkups import (
    answer_item,
    answer_rest_ok,
    checkup_sheet,
    finish_checkup,
    schedule_checkup,
    set_item_note,
    set_item_value,
    start_checkup,
    take_answers_back,
)
from landsteward.app.evidence import add_evidence, attach_evidence, detach_evidence
from landsteward.app.findings import finding_from_item, move_finding
from landsteward.app.register import record_output_contract
from landsteward.domain.checklist import LimitSource
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.states import FindingMove, FindingState, ItemOutcome, Severity, SubjectKind
from tests.helpers.casework import in_checkup, line, opened, problem, reported
from tests.helpers.office import Office
from tests.helpers.rule_packs import ECOLOGY, LAND, TAX


def keys(office: Office, checkup_id: str) -> list[str]:
    sheet = checkup_sheet(office.reader, checkup_id=checkup_id)
    return [one.item.key for section in sheet.sections for one in section.items]


def test_the_form_is_laid_out_by_the_departments_that_take_part(office: Office) -> None:
    ctx = office.land_inspector
    case = opened(office)
    checkup = schedule_checkup(ctx, case_id=case.id, scheduled_on=ctx.today())
    assert keys(office, checkup.id) == ["start", "ratio", "fence", "permit", "noise"]
    again = schedule_checkup(
        ctx,
        case_id=case.id,
        scheduled_on=ctx.today() + timedelta(days=1),
        departments=[LAND, TAX],
        inspector_ids=[ctx.actor.id],
    )
    assert again.id == checkup.id
    assert keys(office, checkup.id) == ["start", "ratio", "fence", "arrears"]
    sheet = checkup_sheet(ctx, checkup_id=checkup.id)
    assert [one.department for one in sheet.inspectors] == [LAND]
    with pytest.raises(RefusedMoveError, match="At least one department"):
        schedule_checkup(ctx, case_id=case.id, scheduled_on=ctx.today(), departments=[])


def test_nothing_is_answered_before_the_visit_begins(office: Office) -> None:
    ctx = office.land_inspector
    case = opened(office)
    checkup = schedule_checkup(ctx, case_id=case.id, scheduled_on=ctx.today())
    with pytest.raises(RefusedMoveError, match="not started"):
        answer_item(ctx, result_id=line(office, checkup, "start").id, outcome=ItemOutcome.OK)
    start_checkup(ctx, checkup_id=checkup.id)
    with pytest.raises(RefusedMoveError, match="does not fit"):
        schedule_checkup(ctx, case_id=case.id, scheduled_on=ctx.today())


def test_an_answer_says_who_gave_it_and_can_be_taken_back(office: Office) -> None:
    _, checkup = in_checkup(office)
    result = line(office, checkup, "permit")
    kept = answer_item(office.ecology_lead, result_id=result.id, outcome=ItemOutcome.NOT_APPLICABLE)
    assert kept.answered_by == office.ecology_lead.actor.id
    assert kept.answered_at is not None
    back = answer_item(office.ecology_lead, result_id=result.id, outcome=None)
    assert (back.outcome, back.answered_by, back.answered_at) == (None, None, None)


def test_the_rest_is_answered_in_one_go_and_undone_in_one_go(office: Office) -> None:
    _, checkup = in_checkup(office)
    answer_item(
        office.land_inspector,
        result_id=line(office, checkup, "start").id,
        outcome=ItemOutcome.PROBLEM,
    )
    answered = answer_rest_ok(office.land_inspector, checkup_id=checkup.id, department=LAND)
    assert len(answered) == 2
    assert line(office, checkup, "start").outcome is ItemOutcome.PROBLEM
    assert line(office, checkup, "permit").outcome is None
    take_answers_back(office.land_inspector, result_ids=answered)
    assert line(office, checkup, "ratio").outcome is None
    assert line(office, checkup, "start").outcome is ItemOutcome.PROBLEM


def test_a_measured_value_is_held_against_the_contract_first(office: Office) -> None:
    _, checkup = in_checkup(office)
    set_item_value(
        office.land_inspector,
        result_id=line(office, checkup, "ratio").id,
        value=Decimal("0.8"),
    )
    set_item_value(
        office.land_inspector, result_id=line(office, checkup, "noise").id, value=Decimal(71)
    )
    by_key = {
        one.item.key: one
        for section in checkup_sheet(office.reader, checkup_id=checkup.id).sections
        for one in section.items
    }
    ratio = by_key["ratio"]
    assert ratio.limit is not None
    assert ratio.limit.source is LimitSource.SUPPLY_CONTRACT
    assert str(ratio.breach) == "below the supply contract 1.0 by 0.2 (20.0 %)"
    assert str(by_key["noise"].breach) == "above the limit 65 by 6 (9.2 %)"
    record_output_contract(
        office.carrier,
        parcel_id=office.parcel.id,
        enterprise_id=office.enterprise.id,
        plot_ratio_min=Decimal("0.8"),
    )
    sheet = checkup_sheet(office.reader, checkup_id=checkup.id)
    (again,) = (one for one in sheet.sections[0].items if one.item.key == "ratio")
    assert again.limit is not None
    assert again.limit.source is LimitSource.OUTPUT_CONTRACT
    assert again.breach is None


def test_a_problem_becomes_a_finding_with_everything_filled_in(office: Office) -> None:
    case, checkup = in_checkup(office)
    result = line(office, checkup, "ratio")
    with pytest.raises(RefusedMoveError, match="Only an item answered"):
        finding_from_item(office.land_inspector, result_id=result.id)
    set_item_value(office.land_inspector, result_id=result.id, value=Decimal("0.8"))
    set_item_note(office.land_inspector, result_id=result.id, note="东侧空地未建")
    answer_item(office.land_inspector, result_id=result.id, outcome=ItemOutcome.PROBLEM)
    photo = add_evidence(
        office.land_inspector, case_id=case.id, file_name="east.jpg", content=b"jpg"
    )
    attach_evidence(
        office.land_inspector,
        evidence_id=photo.id,
        subject_kind=SubjectKind.ITEM_RESULT,
        subject_id=result.id,
    )
    finding = finding_from_item(office.land_inspector, result_id=result.id)
    assert (finding.finding_no, finding.department, finding.severity) == (
        1,
        LAND,
        Severity.ORDINARY,
    )
    assert finding.demand == "ratio 整改"
    assert finding.deadline_on == office.clock.today() + timedelta(days=60)
    assert "东侧空地未建" in finding.description
    assert "0.8" in finding.description
    assert [one.version for one in finding.bases] == ["new edition"]
    links = office.workspace.evidence_links.where(
        subject_kind=SubjectKind.FINDING, subject_id=finding.id
    )
    assert [one.evidence_id for one in links] == [photo.id]
    with pytest.raises(RefusedMoveError, match="finding 1 already"):
        finding_from_item(office.land_inspector, result_id=result.id)


def test_an_answer_stays_while_a_finding_rests_on_it(office: Office) -> None:
    _, checkup = in_checkup(office)
    finding = problem(office, checkup, "start")
    result = line(office, checkup, "start")
    for outcome in (ItemOutcome.OK, ItemOutcome.NOT_APPLICABLE, None):
        with pytest.raises(RefusedMoveError, match="finding 1 already"):
            answer_item(office.land_inspector, result_id=result.id, outcome=outcome)
    move_finding(office.land_lead, finding_id=finding.id, move=FindingMove.DISMISS, reason="误判")
    answer_item(office.land_inspector, result_id=result.id, outcome=ItemOutcome.OK)
    assert line(office, checkup, "start").outcome is ItemOutcome.OK


def test_a_dismissed_problem_may_become_a_finding_again(office: Office) -> None:
    _, checkup = in_checkup(office)
    first = problem(office, checkup, "start")
    move_finding(office.land_lead, finding_id=first.id, move=FindingMove.DISMISS, reason="误判")
    second = finding_from_item(office.land_inspector, result_id=line(office, checkup, "start").id)
    assert second.finding_no == 2
    assert second.state is FindingState.DRAFT


def test_a_checkup_ends_when_all_is_answered_and_somebody_signs(office: Office) -> None:
    ctx = office.land_inspector
    _, checkup = in_checkup(office)
    with pytest.raises(RefusedMoveError, match="5 items have no answer"):
        finish_checkup(ctx, checkup_id=checkup.id, representative="乙示例")
    answer_item(ctx, result_id=line(office, checkup, "start").id, outcome=ItemOutcome.PROBLEM)
    for department in (LAND, ECOLOGY):
        answer_rest_ok(ctx, checkup_id=checkup.id, department=department)
    with pytest.raises(RefusedMoveError, match="1 items with a problem"):
        finish_checkup(ctx, checkup_id=checkup.id, representative="乙示例")
    finding_from_item(ctx, result_id=line(office, checkup, "start").id)
    with pytest.raises(RefusedMoveError, match="representative"):
        finish_checkup(ctx, checkup_id=checkup.id, representative="  ")
    with pytest.raises(RefusedMoveError, match="witness"):
        finish_checkup(ctx, checkup_id=checkup.id, representative_refused=True)
    with pytest.raises(RefusedMoveError, match="reason"):
        finish_checkup(
            ctx, checkup_id=checkup.id, representative_refused=True, witness="社区丙示例"
        )
    done = finish_checkup(
        ctx,
        checkup_id=checkup.id,
        representative_refused=True,
        witness="社区丙示例",
        refusal_reason="对面积有异议",
    )
    assert done.finished_by == ctx.actor.id
    assert (done.witness, done.refusal_reason) == ("社区丙示例", "对面积有异议")


def test_a_finished_checkup_is_locked(office: Office) -> None:
    case, _ = reported(office, "start")
    (checkup,) = office.workspace.checkups.where(case_id=case.id)
    ctx = office.land_inspector
    result = line(office, checkup, "ratio")
    before = office.workspace.item_results.where(checkup_id=checkup.id)
    photo = add_evidence(ctx, case_id=case.id, file_name="late.jpg", content=b"late")

    def attempts() -> None:
        with pytest.raises(RefusedMoveError, match="locked"):
            answer_item(ctx, result_id=result.id, outcome=ItemOutcome.PROBLEM)
        with pytest.raises(RefusedMoveError, match="locked"):
            set_item_value(ctx, result_id=result.id, value=Decimal(1))
        with pytest.raises(RefusedMoveError, match="locked"):
            set_item_note(ctx, result_id=result.id, note="后补")
        with pytest.raises(RefusedMoveError, match="locked"):
            take_answers_back(ctx, result_ids=[result.id])
        for change in (attach_evidence, detach_evidence):
            with pytest.raises(RefusedMoveError, match="locked"):
                change(
                    ctx,
                    evidence_id=photo.id,
                    subject_kind=SubjectKind.ITEM_RESULT,
                    subject_id=result.id,
                )

    attempts()
    assert office.workspace.item_results.where(checkup_id=checkup.id) == before


def test_who_may_not_check_changes_nothing_on_the_form(office: Office) -> None:
    _, checkup = in_checkup(office)
    result = line(office, checkup, "start")
    for nobody in (office.carrier, office.consultant, office.reader):
        with pytest.raises(RefusedMoveError, match="role"):
            answer_item(nobody, result_id=result.id, outcome=ItemOutcome.OK)
        with pytest.raises(RefusedMoveError, match="role"):
            answer_rest_ok(nobody, checkup_id=checkup.id, department=LAND)
    assert line(office, checkup, "start").outcome is None


def test_the_form_shows_what_was_answered_last_year(office: Office) -> None:
    case, _ = reported(office)
    close_case(office.land_lead, case_id=case.id)
    office.clock.pass_days(300)
    _, checkup = in_checkup(office)
    sheet = checkup_sheet(office.reader, checkup_id=checkup.id)
    last = [one.last_year for section in sheet.sections for one in section.items]
    assert all(one is not None and one.outcome is ItemOutcome.OK for one in last)
