"""Follow-up: what counts as an entry, and the ledger of expected figures."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from landsteward.app.case_closing import close_case
from landsteward.app.cases import open_case
from landsteward.app.evidence import add_evidence, attach_evidence, evidence_of
from landsteward.app.follow_ups import (
    GivenReading,
    complete_step,
    current_plan,
    entries_of,
    record_follow_up,
)
from landsteward.app.ledgers import enterprise_ledger, ledger
from landsteward.app.plan_reading import plan_sheet
from landsteward.app.plan_writing import set_target
from landsteward.app.plans import accept_plan, new_version, submit_plan
from landsteward.app.register import add_enterprise, record_year
from landsteward.domain.effects import EffectKind
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.states import SubjectKind
from tests.helpers.casework import PHOTO, archive, rectifying, reported
from tests.helpers.office import Office


def test_an_entry_says_what_was_done_and_when(office: Office) -> None:
    case, _, plan = rectifying(office, "start")
    ctx = office.consultant
    today = ctx.today()
    with pytest.raises(RefusedMoveError, match="what was done"):
        record_follow_up(ctx, case_id=case.id, happened_on=today, content=" ")
    with pytest.raises(RefusedMoveError, match="lies ahead"):
        record_follow_up(
            ctx, case_id=case.id, happened_on=today + timedelta(days=1), content="计划"
        )
    for percent in (-1, 101):
        with pytest.raises(RefusedMoveError, match="between 0 and 100"):
            record_follow_up(
                ctx, case_id=case.id, happened_on=today, content="过半", percent=percent
            )
    with pytest.raises(RefusedMoveError, match="role"):
        record_follow_up(office.reader, case_id=case.id, happened_on=today, content="看过")
    entry = record_follow_up(ctx, case_id=case.id, happened_on=today, content=" 过半 ", percent=50)
    assert (entry.content, entry.plan_id) == ("过半", plan.id)
    assert office.workspace.follow_ups.where(case_id=case.id) == [entry]


def test_an_archived_case_takes_no_entries(office: Office) -> None:
    case, _ = reported(office)
    close_case(office.land_lead, case_id=case.id)
    archive(office.land_lead, case.id)
    ctx = office.consultant
    with pytest.raises(RefusedMoveError, match="archived"):
        record_follow_up(ctx, case_id=case.id, happened_on=ctx.today(), content="补记")
    assert office.workspace.follow_ups.where(case_id=case.id) == []


def test_an_entry_names_no_step_of_another_case(office: Office) -> None:
    _, _, plan = rectifying(office, "start")
    (step,) = plan_sheet(office.reader, plan_id=plan.id).steps
    ctx = office.consultant
    holder = add_enterprise(
        office.administrator, name="另一示例公司", carrier_id=office.enterprise.carrier_id
    )
    other = open_case(office.land_lead, enterprise_id=holder.id, parcel_id=None)
    with pytest.raises(RefusedMoveError, match="another case"):
        record_follow_up(
            ctx,
            case_id=other.id,
            happened_on=ctx.today(),
            content="完成",
            percent=100,
            step_id=step.id,
        )
    assert office.workspace.follow_ups.where(case_id=other.id) == []
    assert office.workspace.plan_steps.get(step.id).done_on is None


def test_a_step_is_ticked_off_only_in_an_accepted_plan(office: Office) -> None:
    case, _, first = rectifying(office, "start")
    (step,) = plan_sheet(office.reader, plan_id=first.id).steps
    ctx = office.consultant
    with pytest.raises(RefusedMoveError, match="lies ahead"):
        complete_step(ctx, step_id=step.id, done_on=ctx.today() + timedelta(days=1))
    assert complete_step(ctx, step_id=step.id, done_on=ctx.today()).done_on == ctx.today()
    assert complete_step(ctx, step_id=step.id, done_on=None).done_on is None
    draft = new_version(ctx, plan_id=first.id)
    (drafted,) = plan_sheet(ctx, plan_id=draft.id).steps
    with pytest.raises(RefusedMoveError, match="once the plan is accepted"):
        record_follow_up(
            ctx,
            case_id=case.id,
            happened_on=ctx.today(),
            content="完成",
            percent=100,
            step_id=drafted.id,
        )
    assert office.workspace.follow_ups.where(case_id=case.id) == []


def reading(value: str, year: int = 2026, quarter: int | None = None) -> GivenReading:
    return GivenReading(
        metric="tax_per_mu", year=year, quarter=quarter, value=Decimal(value), source="税务局"
    )


def test_an_entry_reports_several_figures_each_with_its_unit_and_source(office: Office) -> None:
    case, _, _ = rectifying(office, "start")
    ctx = office.consultant
    known = office.reader.pack().metrics[0]
    for wrong, why in (
        (replace(reading("5"), metric="happiness"), "which metric"),
        (replace(reading("5"), source=" "), "where the figure comes from"),
        (reading("5", year=ctx.today().year + 1), "a year that has begun"),
    ):
        with pytest.raises(RefusedMoveError, match=why):
            record_follow_up(
                ctx, case_id=case.id, happened_on=ctx.today(), content="报表", readings=[wrong]
            )
    assert office.workspace.follow_ups.count(case_id=case.id) == 0
    record_follow_up(
        ctx,
        case_id=case.id,
        happened_on=ctx.today(),
        content="报表",
        readings=[reading("4.2", quarter=1), reading("8.9", year=2025)],
    )
    (entry,) = entries_of(office.reader, case_id=case.id)
    assert [(one.year, one.quarter, one.value, one.unit, one.source) for one in entry.readings] == [
        (2026, 1, Decimal("4.2"), known.unit, "税务局"),
        (2025, None, Decimal("8.9"), known.unit, "税务局"),
    ]


def test_a_correction_names_the_old_entry_and_takes_its_place(office: Office) -> None:
    """The old one stays to be read; its evidence goes along, and the step it had done is open."""
    case, _, plan = rectifying(office, "start")
    (step,) = plan_sheet(office.reader, plan_id=plan.id).steps
    ctx = office.consultant
    wrong = record_follow_up(
        ctx,
        case_id=case.id,
        happened_on=ctx.today(),
        content="办完",
        percent=100,
        step_id=step.id,
        readings=[reading("9")],
    )
    photo = add_evidence(ctx, case_id=case.id, file_name="a.jpg", content=PHOTO)
    kind = SubjectKind.FOLLOW_UP
    attach_evidence(ctx, evidence_id=photo.id, subject_kind=kind, subject_id=wrong.id)
    right = record_follow_up(
        ctx,
        case_id=case.id,
        happened_on=ctx.today(),
        content="只递交了材料",
        percent=60,
        step_id=step.id,
        corrects_id=wrong.id,
    )
    new, old = entries_of(office.reader, case_id=case.id)
    assert (old.entry, old.corrected_by, old.counts) == (wrong, right.id, False)
    assert (new.entry, new.counts) == (right, True)
    assert [one.id for one in evidence_of(ctx, subject_kind=kind, subject_id=right.id)] == [
        photo.id
    ]
    assert office.workspace.plan_steps.get(step.id).done_on is None
    assert ledger(office.reader, case_id=case.id) == []
    with pytest.raises(RefusedMoveError, match="corrected already"):
        record_follow_up(
            ctx, case_id=case.id, happened_on=ctx.today(), content="又", corrects_id=wrong.id
        )


def test_the_ledger_has_figures_said_and_figures_registered_side_by_side(office: Office) -> None:
    """60 mu with 300 of tax make 5 per mu on record; the entry of the year said 5.5."""
    case, _, first = rectifying(office, "start")
    ctx = office.consultant
    second = new_version(ctx, plan_id=first.id)
    assert second.recommended_id is not None
    for year, goal in ((2026, 5), (2027, 8)):
        set_target(
            ctx,
            alternative_id=second.recommended_id,
            metric="tax_per_mu",
            year=year,
            baseline=Decimal(3),
            target=Decimal(goal),
        )
    submit_plan(ctx, plan_id=second.id)
    accept_plan(office.carrier, plan_id=second.id)
    plan = current_plan(office.reader, case_id=case.id)
    assert plan is not None
    assert plan.id == second.id
    lines = ledger(ctx, case_id=case.id)
    assert [(one.actual, one.effect.kind) for one in lines] == [(None, EffectKind.UNKNOWN)] * 2
    office.clock.go_to(date(2027, 6, 30))
    for day, given in (
        (date(2027, 5, 1), reading("6.1", year=2027, quarter=1)),
        (date(2027, 2, 1), reading("5.5")),
        (date(2026, 10, 9), reading("3.3", quarter=3)),
        (date(2027, 1, 31), reading("4.9")),
    ):
        record_follow_up(
            ctx, case_id=case.id, happened_on=day, content="税收数据", readings=[given]
        )
    record_year(
        office.administrator,
        enterprise_id=office.enterprise.id,
        year=2026,
        tax_wan=Decimal(300),
    )
    past, now = enterprise_ledger(office.reader, enterprise_id=office.enterprise.id)
    assert [(one.reading.quarter, one.reading.value) for one in past.readings] == [
        (3, Decimal("3.3")),
        (None, Decimal("5.5")),
    ]
    assert past.registered is not None
    assert round(past.registered, 6) == 5
    assert round(past.difference or 0, 6) == Decimal("0.5")
    assert (past.actual, past.effect.kind) == (Decimal("5.5"), EffectKind.REACHED)
    assert past.plan == office.workspace.remedy_plans.get(second.id)
    assert past.case.id == case.id
    assert (now.actual, now.difference) == (Decimal("6.1"), None)
    assert (now.effect.kind, now.effect.share) == (EffectKind.BETTER, 62)
