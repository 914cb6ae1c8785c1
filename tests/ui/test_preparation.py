"""The preparation sheet, permits and the screening page's filters, by clicks and keys."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from landsteward.app.cases import open_case
from landsteward.app.context import Context
from landsteward.app.permits import record_permit
from landsteward.domain.casework import Case
from tests.helpers.windows import Driver
from ui.pages.case.checkup_step import CheckupStep
from ui.pages.case.page import CasePage
from ui.pages.preparation.page import PreparationPage
from ui.pages.register.enterprise import EnterprisePage
from ui.pages.register.parcel import ParcelPage
from ui.pages.register.permits import PermitsPart
from ui.pages.screening.page import ScreeningPage
from ui.widgets.fields import DateField

T = TypeVar("T")


def asked(driver: Driver, fn: Callable[[Context], T]) -> T:
    answers: list[T] = []
    driver.window.operations.query(driver.window, fn, success=answers.append)
    driver.settle()
    return answers[0]


def changed(driver: Driver, fn: Callable[[Context], T]) -> T:
    answers: list[T] = []
    driver.window.operations.change(driver.window, fn, success=answers.append)
    driver.settle()
    return answers[0]


@pytest.fixture
def case(office_window: Driver) -> Case:
    key = asked(office_window, lambda ctx: ctx.workspace.enterprises.where()[0].id)
    return changed(office_window, lambda ctx: open_case(ctx, enterprise_id=key, parcel_id=None))


@pytest.fixture
def page(office_window: Driver, case: Case) -> PreparationPage:
    """The sheet, gone to from the checkup step of its case."""
    office_window.go("case", case.id, "checkup")
    shown = office_window.shell.page
    assert isinstance(shown, CasePage)
    step = shown.step_page(shown.shown) if shown.shown is not None else None
    assert isinstance(step, CheckupStep)
    office_window.click(step.preparation)
    office_window.settle()
    found = office_window.shell.page
    assert isinstance(found, PreparationPage)
    return found


def test_a_suspicion_that_holds_becomes_a_finding(
    office_window: Driver, page: PreparationPage, case: Case
) -> None:
    (row,) = page.suspicions.all
    assert "2023-09-01" in row.arithmetic.text()
    assert row.state.text() == "to be verified"
    office_window.click(row.accept)
    office_window.settle()
    (finding,) = asked(office_window, lambda ctx: ctx.workspace.findings.where(case_id=case.id))
    assert row.state.text() == "is a finding"
    assert row.accept.isHidden()
    assert row.begin.isHidden()
    assert finding.title in page.message.findChildren(type(row.title))[0].text()


def test_one_that_does_not_is_ruled_out_with_a_reason_and_can_come_back(
    office_window: Driver, page: PreparationPage
) -> None:
    (row,) = page.suspicions.all
    office_window.click(row.begin)
    line = row.dismissing.reason.line
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert row.dismissing.reason.wrong
    office_window.type(line, "已批准延期")
    QTest.keyClick(line, Qt.Key.Key_Return)
    office_window.settle()
    assert row.state.text() == "dismissed"
    assert "已批准延期" in row.said.text()
    assert row.dismissing.isHidden()
    office_window.click(row.back)
    office_window.settle()
    assert row.state.text() == "to be verified"


def test_a_missing_fact_leads_to_where_it_is_entered(
    office_window: Driver, page: PreparationPage
) -> None:
    wanted = "no construction progress"
    row = next(one for one in page.asked.all if wanted in one.what.text().lower())
    office_window.click(row.enter)
    office_window.settle()
    there = office_window.shell.page
    assert isinstance(there, ParcelPage)
    assert there.tabs.current == "progress"


def test_the_sheet_is_seen_as_paper_and_saved(
    office_window: Driver, page: PreparationPage, tmp_path: Path
) -> None:
    office_window.click(page.tabs.buttons["paper"])
    office_window.qtbot.waitUntil(lambda: page.pages.document_shown.pageCount() > 0)
    target = tmp_path / "准备单.pdf"
    page.save_to(target)
    office_window.qtbot.waitUntil(target.exists)
    office_window.settle()
    assert target.read_bytes() == page.content


def test_a_permit_is_recorded_and_says_how_it_stands(office_window: Driver) -> None:
    key = asked(office_window, lambda ctx: ctx.workspace.enterprises.where()[0].id)
    office_window.go("enterprise", key)
    part = office_window.part("permits", PermitsPart)
    assert not part.none.isHidden()
    changed(office_window, lambda ctx: record_permit(ctx, enterprise_id=key))
    (row,) = part.rows.all
    assert row.state.text() == "no end on record"
    field = row.form.fields["valid_to"]
    assert isinstance(field, DateField)
    office_window.type(field.line, "2026-03-01", enter=True)
    office_window.settle()
    assert row.state.text() == "expired 1 days ago"
    (kept,) = asked(office_window, lambda ctx: ctx.workspace.permits.where(enterprise_id=key))
    assert kept.valid_to == date(2026, 3, 1)
    page = office_window.shell.page
    assert isinstance(page, EnterprisePage)


def test_the_screening_page_is_filtered_and_explains_what_cannot_be_judged(
    office_window: Driver,
) -> None:
    office_window.go("screening")
    page = office_window.shell.page
    assert isinstance(page, ScreeningPage)
    office_window.qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    rule = page.filters["rule"]
    rule.box.setCurrentIndex(
        rule.box.findText("Suspected: not started a full year after work was due to start")
    )
    rule.box.activated.emit(rule.box.currentIndex())
    office_window.settle()
    assert page.model.rowCount() == 0
    assert page.tabs.stack.currentWidget() is page.nothing
    office_window.click(page.tabs.buttons["not_judged"])
    rule.box.setCurrentIndex(0)
    rule.box.activated.emit(0)
    office_window.settle()
    whole = page.not_judged.rowCount()
    assert whole > 5
    page.unjudged.selectRow(0)
    words = [one.text() for one in page.explained.findChildren(type(page.summary))]
    assert "Entered at" in words
    assert not page.open.isEnabled()
    carrier = page.filters["carrier"]
    carrier.box.setCurrentIndex(carrier.box.findText("No carrier on record"))
    carrier.box.activated.emit(carrier.box.currentIndex())
    office_window.settle()
    assert page.not_judged.rowCount() == 0
