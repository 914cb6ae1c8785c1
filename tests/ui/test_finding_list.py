"""The list 问题: narrowed by facets, assigned with a deadline, bound with a lead, opened there."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from landsteward.app.cases import open_case
from landsteward.app.checkups import answer_rest_ok, finish_checkup, schedule_checkup, start_checkup
from landsteward.app.context import Context
from landsteward.app.findings import record_finding
from landsteward.domain.findings import Finding
from landsteward.domain.states import FindingOrigin, FindingState, Severity
from tests.helpers.windows import Driver
from tests.ui.test_lists_filters import tick
from ui.dialogs.not_opened import NotOpenedDialog
from ui.pages.case.findings_step import FindingsStep
from ui.pages.case.page import CasePage
from ui.pages.lists.page import ListPage


@pytest.fixture
def page(office_window: Driver) -> ListPage:
    """One reported case with three findings: two of land, one of the environment."""

    def fill(ctx: Context) -> None:
        (enterprise,) = ctx.workspace.enterprises.where()
        case = open_case(ctx, enterprise_id=enterprise.id, parcel_id=None)
        checkup = schedule_checkup(
            ctx, case_id=case.id, scheduled_on=ctx.today(), inspector_ids=[ctx.actor.id]
        )
        start_checkup(ctx, checkup_id=checkup.id)
        for title, department, severity in (
            ("Idle", "natural_resources", Severity.SERIOUS),
            ("Fence", "natural_resources", Severity.HINT),
            ("Noise", "ecology", Severity.MAJOR),
        ):
            record_finding(
                ctx,
                case_id=case.id,
                origin=FindingOrigin.MANUAL,
                department=department,
                severity=severity,
                title=title,
            )
        for department in checkup.departments:
            answer_rest_ok(ctx, checkup_id=checkup.id, department=department)
        finish_checkup(ctx, checkup_id=checkup.id, representative="B")

    office_window.window.operations.change(office_window.window, fill)
    office_window.settle()
    office_window.go("findings")
    found = office_window.shell.page
    assert isinstance(found, ListPage)
    return found


def titles(page: ListPage) -> list[str]:
    model = page.model
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def choose_all(page: ListPage) -> None:
    page.panel.table.setFocus()
    QTest.keyClick(page.panel.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)


def kept(driver: Driver) -> list[Finding]:
    answers: list[list[Finding]] = []
    driver.window.operations.query(
        driver.window, lambda ctx: ctx.workspace.findings.where(), success=answers.append
    )
    driver.settle()
    return answers[0]


def test_facets_narrow_the_list(page: ListPage, office_window: Driver) -> None:
    assert sorted(titles(page)) == ["Fence", "Idle", "Noise"]
    tick(page.panel, office_window, "Major")
    assert titles(page) == ["Noise"]
    assert [one.text() for one in page.panel.filters.chips()] == ["Severity: Major  ×"]


def test_chosen_ones_are_assigned_until_a_day(page: ListPage, office_window: Driver) -> None:
    actions = page.finding_actions
    assert actions is not None
    assert not actions.assign_button.isEnabled(), "nothing is chosen yet"
    choose_all(page)
    office_window.click(actions.assign_button)
    assert actions.bar.isVisible()
    office_window.type(actions.deadline.line, "2026-05-01")
    office_window.click(actions.go)
    office_window.settle()
    assert {one.state for one in kept(office_window)} == {FindingState.ASSIGNED}
    assert {one.deadline_on for one in kept(office_window)} == {date(2026, 5, 1)}
    assert "3 findings assigned" in actions.line.text.text()
    choose_all(page)
    office_window.click(actions.assign_button)
    office_window.click(actions.go)
    office_window.settle()
    assert "3 were refused" in actions.line.text.text()
    why = next(one for one in actions.line.findChildren(QPushButton) if one.text() == "Why")
    office_window.click(why)
    dialog = actions.findChild(NotOpenedDialog)
    assert dialog is not None
    assert dialog.table.rowCount() == 3
    dialog.close()


def test_chosen_ones_get_a_lead_department(page: ListPage, office_window: Driver) -> None:
    actions = page.finding_actions
    assert actions is not None
    choose_all(page)
    office_window.click(actions.lead_button)
    office_window.settle()
    assert actions.lead.value() == "natural_resources", "the department of who acts"
    office_window.click(actions.go)
    office_window.settle()
    tick(page.panel, office_window, "Joint disposal")
    assert sorted(titles(page)) == ["Fence", "Idle", "Noise"]
    QTest.keyClick(actions.bar, Qt.Key.Key_Escape)


def test_a_row_opens_its_own_finding(page: ListPage, office_window: Driver) -> None:
    noise = next(one for one in kept(office_window) if one.title == "Noise")
    page.panel.opened.emit(noise.id)
    office_window.settle()
    case = office_window.shell.page
    assert isinstance(case, CasePage)
    step = case.step_page(case.shown) if case.shown is not None else None
    assert isinstance(step, FindingsStep)
    assert step.detail is not None
    assert step.detail.finding_id == noise.id
