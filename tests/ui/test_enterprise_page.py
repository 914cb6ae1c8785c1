"""一企一档 by clicks and keys: key figures, figures and chart, contracts, papers, evidence."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from reportlab.pdfgen.canvas import Canvas

from landsteward.app.case_closing import close_case
from landsteward.app.cases import open_case
from landsteward.app.context import Context
from landsteward.app.evidence import add_evidence
from landsteward.app.occupancies import record_occupancy
from landsteward.app.register import (
    add_enterprise,
    add_parcel,
    record_output_contract,
    record_supply,
    record_year,
)
from landsteward.domain.casework import Evidence
from landsteward.domain.register import Enterprise
from tests.helpers.casework import archive, close, rechecked
from tests.helpers.office import Office, open_office
from tests.helpers.windows import Driver
from tests.ui.test_register_pages import asked
from ui.pages.register.cases import CasesPart
from ui.pages.register.enterprise import EnterprisePage
from ui.pages.register.enterprise_land import LandPart
from ui.pages.register.evidence import EvidencePart
from ui.pages.register.figures import FiguresPart
from ui.pages.register.output import OutputPart
from ui.pages.register.papers import PapersPart
from ui.widgets.fields import DecimalField


def texts(widget: QWidget) -> list[str]:
    return [one.text() for one in widget.findChildren(QLabel) if one.isVisible()]


def button(widget: QWidget, text: str) -> QPushButton:
    (found,) = [one for one in widget.findChildren(QPushButton) if one.text() == text]
    return found


def enterprise(driver: Driver) -> Enterprise:
    return asked(driver, lambda ctx: ctx.workspace.enterprises.where()[0])


def opened(driver: Driver, step: str = "") -> EnterprisePage:
    driver.go("enterprise", enterprise(driver).id, step)
    page = driver.shell.page
    assert isinstance(page, EnterprisePage)
    return page


def years(driver: Driver) -> None:
    """60 mu; tax and revenue of three years, 2023 with nothing but a grade."""
    key = enterprise(driver).id

    def known(ctx: Context) -> None:
        for year, tax, revenue in ((2022, 480, 18000), (2024, 600, 24000), (2025, 540, None)):
            record_year(
                ctx,
                enterprise_id=key,
                year=year,
                tax_wan=Decimal(tax),
                revenue_wan=None if revenue is None else Decimal(revenue),
            )
        record_year(ctx, enterprise_id=key, year=2023, grade="C")
        parcel = ctx.workspace.parcels.where()[0]
        record_output_contract(
            ctx,
            parcel_id=parcel.id,
            enterprise_id=key,
            reach_on=date(2023, 12, 31),
            tax_wan_per_mu=Decimal(12),
        )

    asked(driver, known)


class TestHead:
    def test_key_figures_say_land_tax_trend_and_grade(self, office_window: Driver) -> None:
        years(office_window)
        page = opened(office_window)
        figures = page.figures
        assert figures["land"].value.text() == "60.00"
        assert "actually used" in figures["land"].under.text()
        # 540 / 60 = 9 after 600 / 60 = 10: a tenth less.
        assert figures["tax"].value.text() == "9.00"
        assert figures["tax"].under.text() == "2025 · ▼ 10.0 % on 2024"
        assert figures["grade"].value.text() == "C"
        # Tax, start, completion, full output; nobody measured the plot ratio.
        assert figures["output"].value.text() == "4 not met"
        assert figures["output"].under.text() == "0 met, 1 cannot be judged"
        assert figures["findings"].value.text() == "0"

    def test_a_key_figure_leads_to_its_part(self, office_window: Driver) -> None:
        page = opened(office_window)
        office_window.click(button(page.figures["tax"], "Tax per mu (10 000 yuan/mu)"))
        office_window.settle()
        assert isinstance(page.tabs.part, FiguresPart)

    def test_what_is_empty_says_what_belongs_there(self, office_window: Driver) -> None:
        opened(office_window)
        for key, kind, said in (
            ("cases", CasesPart, "A checkup opens one"),
            ("papers", PapersPart, "once a case is archived"),
            ("evidence", EvidencePart, "Photos and files"),
            ("output", OutputPart, "plan item 13"),
        ):
            part = office_window.part(key, kind)
            assert any(said in one for one in texts(part)), key


class TestFigures:
    def test_the_chart_has_gaps_goals_and_exact_values(self, office_window: Driver) -> None:
        years(office_window)
        opened(office_window)
        chart = office_window.part("years", FiguresPart).indicators.chart
        assert [(one.year, one.value) for one in chart.points] == [
            (2022, Decimal(8)),
            (2023, None),
            (2024, Decimal(10)),
            (2025, Decimal(9)),
        ]
        assert [(one.word, one.value) for one in chart.goals] == [("Contract", Decimal(12))]
        chart.setFocus()
        assert chart.accessibleDescription() == "2025　9 (10 000 yuan/mu)"
        QTest.keyClick(chart, Qt.Key.Key_Left)
        QTest.keyClick(chart, Qt.Key.Key_Left)
        assert chart.accessibleDescription() == ("2023　– cannot be computed: tax is not on record")
        QTest.keyClick(chart, Qt.Key.Key_Home)
        assert chart.year == 2022

    def test_the_mouse_points_at_a_year_and_the_formula_follows(
        self, office_window: Driver
    ) -> None:
        years(office_window)
        opened(office_window)
        panel = office_window.part("years", FiguresPart).indicators
        chart = panel.chart
        for x, year in ((chart.width() - 20, 2025), (chart.width() // 8, 2022)):
            where = QPointF(x, chart.height() / 2)
            none = Qt.MouseButton.NoButton
            moved = QMouseEvent(
                QEvent.Type.MouseMove,
                where,
                chart.mapToGlobal(where),
                none,
                none,
                Qt.KeyboardModifier.NoModifier,
            )
            QApplication.sendEvent(chart, moved)
            assert chart.year == year
        assert panel.formula.text().startswith("2022 Tax per mu　Tax 480 (10 000 yuan) ÷ land")

    def test_another_indicator_is_chosen_in_the_table(self, office_window: Driver) -> None:
        years(office_window)
        opened(office_window)
        panel = office_window.part("years", FiguresPart).indicators
        table = panel.table
        where = panel.model.index(1, 3)
        QTest.mouseClick(
            table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(where).center()
        )
        assert panel.chart.title == "Revenue per mu"
        assert panel.chart.goals == ()
        assert "cannot be computed: revenue is not on record" in panel.formula.text()
        QTest.keyClick(table, Qt.Key.Key_Left)
        assert "Revenue 24,000 (10 000 yuan) ÷ land 60.00 mu = 400.00" in panel.formula.text()

    def test_a_year_is_taken_out_and_brought_back(self, office_window: Driver) -> None:
        years(office_window)
        page = opened(office_window)
        part = office_window.part("years", FiguresPart)
        (remover,) = [
            one
            for one in part.table.findChildren(QPushButton)
            if one.toolTip() == "Take out the figures of 2024"
        ]
        office_window.click(remover)
        office_window.settle()
        assert (2024, "tax_wan") not in part.table.cells
        assert "2024" in page.message.text.text()
        office_window.click(page.message.action)
        office_window.settle()
        cell = part.table.cells[2024, "tax_wan"]
        assert cell.value() == Decimal(600)


class TestLand:
    def test_whoever_else_is_on_the_land_is_named_with_a_way_there(
        self, office_window: Driver
    ) -> None:
        def lease(ctx: Context) -> None:
            tenant = add_enterprise(ctx, name="租厂公司")
            record_occupancy(
                ctx,
                parcel_id=ctx.workspace.parcels.where()[0].id,
                enterprise_id=tenant.id,
                area_m2=Decimal(5000),
                from_on=date(2024, 1, 1),
            )

        asked(office_window, lease)
        opened(office_window)
        part = office_window.part("parcels", LandPart)
        assert "leases from it" in texts(part)
        assert "7.50 mu (5,000 m²)" in texts(part)
        office_window.click(button(part, "租厂公司"))
        office_window.settle()
        page = office_window.shell.page
        assert isinstance(page, EnterprisePage)
        assert page.name.text() == "租厂公司"
        assert "leases to it" in texts(page)

    def test_a_supplys_dates_are_entered_on_the_page(self, office_window: Driver) -> None:
        opened(office_window)
        part = office_window.part("parcels", LandPart)
        (supply,) = asked(office_window, lambda ctx: ctx.workspace.supply_contracts.where())
        cell = part.supplies.cells[supply.id, "actual_completion_on"]
        office_window.type(cell.line, "20230801", enter=True)
        office_window.settle()
        (kept,) = asked(office_window, lambda ctx: ctx.workspace.supply_contracts.where())
        assert kept.actual_completion_on == date(2023, 8, 1)
        office_window.type(cell.line, "2020-01-01", enter=True)
        office_window.settle()
        assert cell.problem.isVisible(), "completed before it was begun"
        office_window.type(cell.line, "20230801", enter=True)

    def test_a_use_is_taken_out_and_brought_back(self, office_window: Driver) -> None:
        page = opened(office_window)
        part = office_window.part("parcels", LandPart)
        (before,) = asked(office_window, lambda ctx: ctx.workspace.occupancies.where())
        office_window.click(button(part.occupancies, "×"))
        office_window.settle()
        assert asked(office_window, lambda ctx: ctx.workspace.occupancies.count()) == 0
        assert part.occupancies.none.isVisible()
        office_window.click(page.message.action)
        office_window.settle()
        (back,) = asked(office_window, lambda ctx: ctx.workspace.occupancies.where())
        assert back == before


class TestOutputContracts:
    def test_what_was_agreed_stands_beside_what_there_is(self, office_window: Driver) -> None:
        years(office_window)
        opened(office_window)
        part = office_window.part("output", OutputPart)
        said = texts(part)
        at = said.index("Tax per mu (10 000 yuan/mu)")
        assert said[at : at + 6] == [
            "Tax per mu (10 000 yuan/mu)",
            "≥ 12",
            "9.00",
            "2025",
            "−3.00",
            "Not met",
        ]
        at = said.index("Completion")
        assert said[at : at + 6] == [
            "Completion",
            "2023-09-01",
            "–",
            "",
            f"{(date(2026, 3, 2) - date(2023, 9, 1)).days} days late",
            "Not met",
        ]

    def test_a_contract_is_entered_edited_taken_out_and_brought_back(
        self, office_window: Driver
    ) -> None:
        page = opened(office_window)
        part = office_window.part("output", OutputPart)
        office_window.click(part.add)
        office_window.settle()
        (row,) = part.contracts.all
        field = row.form.fields["tax_wan_per_mu"]
        assert isinstance(field, DecimalField)
        assert field.isVisible(), "an empty contract is to be filled in"
        office_window.type(field.line, "12.5", enter=True)
        office_window.settle()
        assert "≥ 12.5" in texts(part)
        office_window.click(row.edit)
        assert not field.isVisible()
        office_window.click(button(row, "×"))
        office_window.settle()
        assert part.contracts.all == []
        office_window.click(page.message.action)
        office_window.settle()
        (kept,) = asked(office_window, lambda ctx: ctx.workspace.output_contracts.where())
        assert kept.tax_wan_per_mu == Decimal("12.5")

    def test_without_land_a_contract_is_refused_in_words(self, office_window: Driver) -> None:
        key = asked(office_window, lambda ctx: add_enterprise(ctx, name="没有地的公司")).id
        office_window.go("enterprise", key)
        part = office_window.part("output", OutputPart)
        office_window.click(part.add)
        office_window.settle()
        assert "needs a holder and its land" in office_window.shell.message.text.text()
        assert asked(office_window, lambda ctx: ctx.workspace.output_contracts.count()) == 0


@pytest.fixture
def archived(driver: Driver, tmp_path: Path) -> Driver:
    """A window on an enterprise whose case is closed and archived."""
    office: Office = open_office(tmp_path)
    case, findings = rechecked(office, "start")
    close(office, findings[0])
    close_case(office.land_lead, case_id=case.id)
    archive(office.land_lead, case.id, dossier=_pdf(), pages=1)
    office.workspace.close()
    driver.open(office.path)
    return driver


class TestPapersAndEvidence:
    def test_a_kept_paper_is_seen_and_saved_bit_for_bit(
        self, archived: Driver, tmp_path: Path
    ) -> None:
        opened(archived)
        part = archived.part("papers", PapersPart)
        (opener,) = [one for one in part.findChildren(QPushButton) if one.text().startswith("案卷")]
        archived.click(opener)
        archived.settle()
        assert part.dialog is not None
        assert part.dialog.pages.document_shown.pageCount() == 1
        part.dialog.save_to(tmp_path / "kept.pdf")
        archived.settle()
        assert (tmp_path / "kept.pdf").read_bytes() == _pdf()
        archived.click(button(part.dialog, "Close"))
        archived.settle()

    def test_photos_are_shown_small_and_open_large(self, office_window: Driver) -> None:
        photo = asked(office_window, self.photographed)
        opened(office_window)
        part = office_window.part("evidence", EvidencePart)
        said = texts(part)
        assert "大门" in said
        assert f"SHA-256 {photo.sha256[:12]}…" in said
        tile = part.tiles[photo.id]
        office_window.qtbot.waitUntil(lambda: not tile._image.isNull())
        office_window.click(tile)
        office_window.settle()
        assert part.dialog is not None
        assert part.dialog.isVisible()
        assert part.dialog.evidence.id == photo.id
        part.dialog.close()

    def photographed(self, ctx: Context) -> Evidence:
        key = ctx.workspace.enterprises.where()[0].id
        case = open_case(ctx, enterprise_id=key, parcel_id=None)
        return add_evidence(
            ctx,
            case_id=case.id,
            file_name="大门.png",
            content=bytes.fromhex(_PNG),
            caption="大门",
        )

    def test_a_case_is_listed_with_where_it_stands(self, office_window: Driver) -> None:
        asked(office_window, self.photographed)
        opened(office_window)
        part = office_window.part("cases", CasesPart)
        (case,) = asked(office_window, lambda ctx: ctx.workspace.cases.where())
        assert "Registered" in texts(part)
        assert any("next: Schedule the checkup" in one for one in texts(part))
        office_window.click(button(part, case.case_no))
        office_window.settle()
        assert office_window.shell.page is not None
        assert office_window.shell.page.place().record_id == case.id


def test_a_reader_may_look_at_every_part_and_change_nothing(driver: Driver, tmp_path: Path) -> None:
    office = open_office(tmp_path)
    record_year(office.carrier, enterprise_id=office.enterprise.id, year=2024, tax_wan=Decimal(1))
    record_output_contract(
        office.carrier, parcel_id=office.parcel.id, enterprise_id=office.enterprise.id
    )
    office.workspace.close()
    driver.open(office.path, person="查阅")
    page = opened(driver)
    for key in page.tabs.buttons:
        driver.click(page.tabs.buttons[key])
        driver.settle()
        part = page.tabs.part
        assert part is not None
        removers = [one for one in part.findChildren(QPushButton) if one.text() == "×"]
        assert not [one for one in removers if one.isVisible()], key
    assert not driver.part("years", FiguresPart).table.add.isVisible()
    assert not driver.part("output", OutputPart).add.isEnabled()
    assert not driver.part("parcels", LandPart).add_parcel.isEnabled()


def test_many_supplies_are_shown_in_portions(office_window: Driver) -> None:
    key = enterprise(office_window).id

    def many(ctx: Context) -> None:
        for number in range(60):
            parcel = add_parcel(ctx, name=f"储备{number}号")
            record_supply(
                ctx, parcel_id=parcel.id, holder_id=key, electronic_no=f"3416992019B{number:05}"
            )

    asked(office_window, many)
    opened(office_window)
    supplies = office_window.part("parcels", LandPart).supplies
    assert len(supplies.cells) == 15 * 7
    assert supplies.more.text() == "Show 46 more"
    office_window.click(supplies.more)
    office_window.click(supplies.more)
    assert len(supplies.cells) == 61 * 7
    assert not supplies.more.isVisible()


_PNG = (
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)


def _pdf() -> bytes:
    made = BytesIO()
    canvas = Canvas(made, invariant=1)
    canvas.drawString(100, 700, "kept")
    canvas.showPage()
    canvas.save()
    return made.getvalue()
