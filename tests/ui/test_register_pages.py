"""Importing, the sheets of enterprise and parcel, screening: by clicks and keys on real files."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from landsteward.app.context import Context
from landsteward.app.register import edit_supply
from landsteward.domain.register import SupplyContract
from landsteward.domain.states import CaseStep, DelayCause, FindingMove, FindingState
from tests.helpers.windows import Driver
from ui.dialogs.ask import AskName
from ui.pages.case.findings_step import FindingsStep
from ui.pages.case.page import CasePage
from ui.pages.register.enterprise import EnterprisePage
from ui.pages.register.enterprise_land import LandPart
from ui.pages.register.figures import FiguresPart
from ui.pages.register.output import OutputPart
from ui.pages.register.parcel import ParcelPage
from ui.pages.register.parcel_parts import ParcelFactsPart, ProgressPart, SupplyPart
from ui.pages.screening.page import ScreeningPage
from ui.widgets.fields import DateField, DecimalField, TextField

T = TypeVar("T")


def asked(driver: Driver, fn: Callable[[Context], T]) -> T:
    """What the workspace says, behind the window's back."""
    answers: list[T] = []
    driver.window.operations.query(driver.window, fn, success=answers.append)
    driver.settle()
    return answers[0]


class TestEnterprise:
    def page(self, driver: Driver) -> EnterprisePage:
        key = asked(driver, lambda ctx: ctx.workspace.enterprises.where()[0].id)
        driver.go("enterprise", key)
        page = driver.shell.page
        assert isinstance(page, EnterprisePage)
        return page

    def test_a_checkup_is_started_and_gone_on_with(self, office_window: Driver) -> None:
        page = self.page(office_window)
        office_window.click(page.start)
        office_window.settle()
        cases = asked(office_window, lambda ctx: ctx.workspace.cases.where())
        assert len(cases) == 1
        assert office_window.shell.page is not None
        assert office_window.shell.page.place().record_id == cases[0].id
        page = self.page(office_window)
        assert page.start.text() == "Go on: Schedule the checkup"
        office_window.click(page.start)
        office_window.settle()
        assert asked(office_window, lambda ctx: ctx.workspace.cases.count()) == 1

    def test_figures_of_a_year_are_added_and_make_the_tax_per_mu(
        self, office_window: Driver
    ) -> None:
        self.page(office_window)
        figures = office_window.part("years", FiguresPart)
        office_window.click(figures.table.add)
        office_window.settle()
        for name, typed in (("land_area_m2", "20000"), ("tax_wan", "300.5")):
            cell = figures.table.cells[2025, name]
            assert isinstance(cell, DecimalField)
            office_window.type(cell.line, typed, enter=True)
            office_window.settle()
        (year,) = asked(office_window, lambda ctx: ctx.workspace.yearly_metrics.where())
        assert (year.year, year.land_area_m2, year.tax_wan) == (
            2025,
            Decimal(20000),
            Decimal("300.5"),
        )
        # 40 000 m² are 60 mu: the land in use at the year's end, not the 20 000 that were stated.
        assert figures.indicators.value_text("tax_per_mu", 2025) == "5.01"
        assert "Tax 300.5 (10 000 yuan) ÷ land 60.00 mu = 5.01" in figures.indicators.formula.text()
        assert "in use on 2025-12-31" in figures.indicators.basis.text()
        assert "Stated for the year: 20,000.00 m²" in figures.indicators.basis.text()

    def test_a_figure_that_is_none_is_refused_below_its_cell(self, office_window: Driver) -> None:
        self.page(office_window)
        figures = office_window.part("years", FiguresPart)
        office_window.click(figures.table.add)
        office_window.settle()
        cell = figures.table.cells[2025, "tax_wan"]
        assert isinstance(cell, DecimalField)
        office_window.type(cell.line, "lots", enter=True)
        office_window.settle()
        assert cell.problem.isVisible()
        (year,) = asked(office_window, lambda ctx: ctx.workspace.yearly_metrics.where())
        assert year.tax_wan is None
        office_window.type(cell.line, "", enter=True)


class TestParcel:
    def page(self, driver: Driver) -> ParcelPage:
        key = asked(driver, lambda ctx: ctx.workspace.parcels.where()[0].id)
        driver.go("parcel", key)
        page = driver.shell.page
        assert isinstance(page, ParcelPage)
        return page

    def test_the_actual_start_is_entered_and_may_not_lie_ahead(self, office_window: Driver) -> None:
        self.page(office_window)
        start = office_window.part("supply", SupplyPart).supply.fields["actual_start_on"]
        assert isinstance(start, DateField)
        office_window.type(start.line, "20211101", enter=True)
        office_window.settle()
        (contract,) = asked(office_window, lambda ctx: ctx.workspace.supply_contracts.where())
        assert contract.actual_start_on == date(2021, 11, 1)
        office_window.type(start.line, "2031-01-01", enter=True)
        office_window.settle()
        assert start.problem.isVisible()
        assert start.line.text() == "2031-01-01"
        (contract,) = asked(office_window, lambda ctx: ctx.workspace.supply_contracts.where())
        assert contract.actual_start_on == date(2021, 11, 1)
        office_window.type(start.line, "20211101", enter=True)

    def test_everything_a_sheet_says_of_a_supply_is_shown(self, office_window: Driver) -> None:
        (contract,) = asked(office_window, lambda ctx: ctx.workspace.supply_contracts.where())
        said = {"land_source": "新增建设用地", "land_grade": "四级", "source_link": "示例网/123"}

        def know(ctx: Context) -> None:
            edit_supply(
                ctx,
                contract_id=contract.id,
                land_source=said["land_source"],
                land_grade=said["land_grade"],
                source_link=said["source_link"],
            )

        office_window.window.operations.change(office_window.window, know)
        office_window.settle()
        self.page(office_window)
        form = office_window.part("supply", SupplyPart).supply
        assert {name: form.fields[name].value() for name in said} == said
        known = set(SupplyContract.__dataclass_fields__)
        assert set(form.fields) == known - {
            *("id", "parcel_id", "identity", "holder_id", "batch_id")
        }

    def test_what_was_seen_of_building_is_recorded(self, office_window: Driver) -> None:
        self.page(office_window)
        panel = office_window.part("progress", ProgressPart).panel
        office_window.click(panel.keep)
        assert panel.observed_on.problem.isVisible()
        office_window.type(panel.observed_on.line, "2026-02-01")
        office_window.type(panel.suspended_since.line, "2024-05-01")
        office_window.type(panel.developed.line, "9000")
        office_window.type(panel.to_develop.line, "40000")
        panel.cause.box.setFocus()
        QTest.keyClick(panel.cause.box, Qt.Key.Key_Down)
        office_window.click(panel.keep)
        office_window.settle()
        (look,) = asked(office_window, lambda ctx: ctx.workspace.construction_progress.where())
        assert look.observed_on == date(2026, 2, 1)
        assert look.developed_area_m2 == Decimal(9000)
        assert look.cause is DelayCause.OWN
        assert panel.observed_on.line.text() == ""

    def test_an_output_contract_is_recorded_and_filled_in(self, office_window: Driver) -> None:
        self.page(office_window)
        part = office_window.part("output", OutputPart)
        assert part.none.isVisible()
        office_window.click(part.add)
        office_window.settle()
        (row,) = part.contracts.all
        tax = row.form.fields["tax_wan_per_mu"]
        assert isinstance(tax, DecimalField)
        office_window.type(tax.line, "15", enter=True)
        office_window.settle()
        (contract,) = asked(office_window, lambda ctx: ctx.workspace.output_contracts.where())
        assert contract.tax_wan_per_mu == Decimal(15)

    def test_the_holder_is_one_click_away(self, office_window: Driver) -> None:
        page = self.page(office_window)
        office_window.click(page.holder)
        office_window.settle()
        assert isinstance(office_window.shell.page, EnterprisePage)


class TestScreening:
    def page(self, driver: Driver) -> ScreeningPage:
        driver.go("screening")
        page = driver.shell.page
        assert isinstance(page, ScreeningPage)
        driver.settle()
        return page

    def test_a_suspicion_shows_its_arithmetic_and_law_and_becomes_a_case(
        self, office_window: Driver
    ) -> None:
        page = self.page(office_window)
        found = [one.suspicion.rule.key for one in page.model.found]
        assert "completion_overdue" in found
        page.table.selectRow(found.index("completion_overdue"))
        said = " ".join(
            one.text() for one in page.explained.findChildren(type(page.summary)) if one.text()
        )
        assert "2023-09-01" in said
        assert "Legal basis" in said
        assert page.open.text() == "Open a case"
        office_window.click(page.open)
        office_window.settle()
        (case,) = asked(office_window, lambda ctx: ctx.workspace.cases.where())
        (finding,) = asked(office_window, lambda ctx: ctx.workspace.findings.where())
        assert finding.case_id == case.id
        assert finding.state is FindingState.DRAFT
        assert office_window.shell.page is not None
        assert office_window.shell.page.place().record_id == case.id
        page = self.page(office_window)
        again = [one.suspicion.rule.key for one in page.model.found]
        page.table.selectRow(again.index("completion_overdue"))
        assert page.open.text() == "To its case"

    def test_another_day_gives_another_answer(self, office_window: Driver) -> None:
        page = self.page(office_window)
        before = [one.suspicion.rule.key for one in page.model.found]
        office_window.type(page.on.line, "2022-01-01", enter=True)
        office_window.settle()
        after = [one.suspicion.rule.key for one in page.model.found]
        assert "completion_overdue" in before
        assert "completion_overdue" not in after

    def test_what_cannot_be_judged_says_why(self, office_window: Driver) -> None:
        page = self.page(office_window)
        office_window.click(page.tabs.buttons["not_judged"])
        assert page.not_judged.rowCount() > 0
        assert str(page.not_judged.index(0, 3).data()).startswith("because ")


def test_a_new_parcel_of_an_enterprise_is_opened_at_once(office_window: Driver) -> None:
    key = asked(office_window, lambda ctx: ctx.workspace.enterprises.where()[0].id)
    office_window.go("enterprise", key, "parcels")
    part = office_window.part("parcels", LandPart)
    office_window.click(part.add_parcel)
    ask = part.findChild(AskName)
    assert isinstance(ask, AskName)
    office_window.type(ask.name.line, "二期地块", enter=True)
    office_window.settle()
    assert isinstance(office_window.shell.page, ParcelPage)
    name = office_window.part("facts", ParcelFactsPart).form.fields["name"]
    assert isinstance(name, TextField)
    assert name.line.text() == "二期地块"


def test_what_is_confirmed_is_no_longer_called_a_suspicion(office_window: Driver) -> None:
    office_window.go("screening")
    page = office_window.shell.page
    assert isinstance(page, ScreeningPage)
    office_window.settle()
    assert "Bozhou pilot" in page.summary.text(), "the rules by their name"
    assert "bozhou-2023" not in page.summary.text()
    found = [one.suspicion.rule.key for one in page.model.found]
    page.table.selectRow(found.index("completion_overdue"))
    office_window.click(page.open)
    office_window.settle()
    (finding,) = asked(office_window, lambda ctx: ctx.workspace.findings.where())
    assert finding.title == "疑似超过约定竣工时间未竣工"
    office_window.go("case", finding.case_id, "findings")
    case = office_window.shell.page
    assert isinstance(case, CasePage)
    step = case.step_page(CaseStep.FINDINGS)
    assert isinstance(step, FindingsStep)
    office_window.qtbot.waitUntil(lambda: step.detail is not None and step.detail.isVisible())
    assert step.detail is not None
    office_window.click(step.detail.moves.buttons[FindingMove.CONFIRM])
    office_window.settle()
    (confirmed,) = asked(office_window, lambda ctx: ctx.workspace.findings.where())
    assert confirmed.state is FindingState.CONFIRMED
    assert confirmed.title == "超过约定竣工时间未竣工"
    assert step.detail.title.line.text() == "超过约定竣工时间未竣工"
