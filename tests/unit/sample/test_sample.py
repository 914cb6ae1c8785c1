"""The sample park: whole, fictional, at every stage, and the same every time."""

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from stdnum.cn import uscc

from landsteward import bootstrap
from landsteward.app.cases import list_cases
from landsteward.app.context import Context
from landsteward.app.desk import look_at_desk
from landsteward.app.screening import run_screening
from landsteward.domain.desk import Span
from landsteward.domain.states import (
    CaseStage,
    FindingState,
    NextStep,
    OrganisationKind,
    Role,
    Severity,
    Tenure,
)
from landsteward.sample import build_sample
from landsteward.sample.steps import read_cases

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "park.lsw"
    workspace = bootstrap.create_workspace(path)
    build_sample(workspace, today=TODAY)
    workspace.close()
    return path


@pytest.fixture
def sample(sample_file: Path) -> Iterator[Context]:
    workspace = bootstrap.open_workspace(sample_file, read_only=True)
    yield bootstrap.make_context(
        workspace, actor=bootstrap.unintroduced_user(), clock=bootstrap.AsOfClock(TODAY)
    )
    workspace.close()


def test_the_file_is_whole_and_everything_left_its_trace(sample: Context) -> None:
    report = sample.workspace.check()
    assert report.ok, report
    assert report.audit_chain.length > 1000


def test_nobody_in_it_exists(sample: Context) -> None:
    space = sample.workspace
    enterprises = space.enterprises.where()
    assert len(enterprises) >= 12
    for enterprise in enterprises:
        assert enterprise.name.startswith("示例")
        assert enterprise.uscc is not None
        assert uscc.is_valid(enterprise.uscc)
        assert enterprise.uscc[2:8] == "349901"  # no area of that code
    assert all("示例" in one.name for one in space.organisations.where())
    assert {one.kind for one in space.organisations.where()} == set(OrganisationKind)
    assert {one.role for one in space.people.where()} >= {
        Role.INSPECTOR,
        Role.DEPARTMENT_LEAD,
        Role.CARRIER_OFFICER,
        Role.CONSULTANT,
        Role.ADMINISTRATOR,
    }


def test_there_is_a_case_at_every_stage(sample: Context) -> None:
    overviews = list_cases(sample)
    assert {one.case.stage for one in overviews} == set(CaseStage)
    assert {one.next_step for one in overviews} >= {
        NextStep.SCHEDULE_CHECKUP,
        NextStep.START_CHECKUP,
        NextStep.ANSWER_ITEMS,
        NextStep.CONFIRM_FINDINGS,
        NextStep.SUBMIT_PLAN,
        NextStep.DECIDE_PLAN,
        NextStep.RECORD_FOLLOW_UP,
        NextStep.APPROVE_CLOSURE,
        NextStep.ARCHIVE,
        NextStep.NOTHING,
    }
    states = {one.state for one in sample.workspace.findings.where()}
    assert states >= {FindingState.OBJECTED, FindingState.CLOSED, FindingState.RECHECK}
    with_case = {one.case.enterprise_id for one in overviews}
    without = [one for one in sample.workspace.enterprises.where() if one.id not in with_case]
    assert without, "a newcomer needs an enterprise to open a case for"


def test_the_desk_has_work_for_today_and_work_that_is_late(sample: Context) -> None:
    desk = look_at_desk(sample)
    assert desk.spans[Span.TODAY] >= 1
    assert desk.overdue >= 1
    assert desk.overdue_findings >= 1
    assert desk.plans_waiting == 1
    assert desk.tax_per_mu is not None
    assert desk.tax_before is not None
    assert desk.closed_this_month == 1


def test_the_rules_find_something_of_each_kind(sample: Context) -> None:
    result = run_screening(sample, on=TODAY)
    found = {(one.suspicion.rule.key, one.suspicion.severity) for one in result.suspicions}
    assert found >= {
        ("idle_not_started", Severity.MAJOR),
        ("idle_not_started", Severity.SERIOUS),
        ("completion_overdue", Severity.ORDINARY),
        ("idle_suspended", Severity.SERIOUS),
        ("large_unphased", Severity.HINT),
    }
    assert "idle_not_started" in {one.rule.key for one in result.cannot_judge}
    assert any(one.finding_id for one in result.suspicions)
    assert any(one.finding_id is None for one in result.suspicions)


def test_a_lessee_three_years_of_figures_and_an_archived_dossier(sample: Context) -> None:
    space = sample.workspace
    assert [one.tenure for one in space.occupancies.where(tenure=Tenure.LESSEE)] == [Tenure.LESSEE]
    years = {one.year for one in space.yearly_metrics.where()}
    assert years == {2023, 2024, 2025}
    (document,) = space.issued_documents.where(kind="dossier")
    assert space.blobs.get(document.sha256).startswith(b"%PDF-")
    assert document.pages > 5


def test_slips_are_out_one_waits_too_long_and_departments_work_together(sample: Context) -> None:
    space = sample.workspace
    transfer, notice = sorted(space.referrals.where(), key=lambda one: one.kind, reverse=True)
    assert (transfer.accepted, notice.replied_on) == (True, None)
    assert space.findings.get(transfer.finding_id).state is FindingState.TRANSFERRED
    for slip in (transfer, notice):
        paper = space.issued_documents.get(slip.document_id)
        assert space.blobs.get(paper.sha256).startswith(b"%PDF-")
    assert notice.reply_by is not None
    assert notice.reply_by < TODAY
    late = [one for one in look_at_desk(sample).tasks if one.step is NextStep.LOG_REPLY]
    assert [one.due_on for one in late] == [notice.reply_by]
    (joint,) = space.joint_disposals.where()
    assert len(space.joint_findings.where(joint_id=joint.id)) == 2
    (objection,) = space.objections.where()
    assert objection.answered_on is None


def test_photos_open_and_differ(sample: Context) -> None:
    photos = sample.workspace.evidence.where()
    assert len(photos) >= 10
    assert len({one.sha256 for one in photos}) == len(photos)
    for one in photos:
        image = Image.open(io.BytesIO(sample.workspace.blobs.get(one.sha256)))
        assert image.size == (960, 640)
        assert one.taken_at is not None
        assert one.taken_at.date() <= TODAY


def test_nothing_in_it_lies_ahead(sample: Context) -> None:
    for event in sample.workspace.finding_events.where():
        assert event.at.date() <= TODAY
    moments = [one.at for one in sample.workspace.finding_events.where()]
    assert moments == sorted(moments)


def test_the_same_day_gives_the_same_records(sample: Context, tmp_path: Path) -> None:
    workspace = bootstrap.create_workspace(tmp_path / "again.lsw")
    build_sample(workspace, today=TODAY)
    try:
        assert workspace.cases.where() == sample.workspace.cases.where()
        assert workspace.findings.where() == sample.workspace.findings.where()
        assert workspace.evidence.where() == sample.workspace.evidence.where()
        assert workspace.issued_documents.where() == sample.workspace.issued_documents.where()
    finally:
        workspace.close()


def test_a_leap_day_and_a_first_of_january_are_days_like_others(tmp_path: Path) -> None:
    for number, day in enumerate((date(2028, 2, 29), date(2027, 1, 1))):
        workspace = bootstrap.create_workspace(tmp_path / f"{number}.lsw")
        build_sample(workspace, today=day)
        assert workspace.check().ok
        workspace.close()


def test_each_story_is_told_in_the_order_of_its_days() -> None:
    for case in read_cases():
        days = [step.day for step in case.steps]
        assert days == sorted(days), case.enterprise
        assert days[-1] <= 0
