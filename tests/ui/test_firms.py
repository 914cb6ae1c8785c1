"""Firms through the window: a firm, its contract, the enterprises it is for, ending it early."""

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.helpers.windows import Driver, english_services, office_file
from ui.pages.base import Page
from ui.pages.firms.engagement import EngagementPage
from ui.pages.firms.firm import FirmPage
from ui.pages.firms.page import FirmsPage
from ui.pages.lists.page import ListPage
from ui.widgets.field import Field

P = TypeVar("P", bound=Page)


class Office:
    """The carrier's officer at the window."""

    def __init__(self, driver: Driver) -> None:
        self.driver = driver

    def page(self, kind: type[P]) -> P:
        """The page in front."""
        page = self.driver.shell.page
        assert isinstance(page, kind)
        return page

    def click(self, widget: QWidget | None) -> None:
        """A click on what can be seen and used."""
        assert widget is not None
        assert widget.isVisible()
        assert widget.isEnabled()
        self.driver.click(widget)
        self.driver.settle()

    def write(self, field: Field, text: str) -> None:
        """Type into a field and leave it."""
        self.driver.type(field.editor, text)
        QTest.keyClick(field.editor, Qt.Key.Key_Tab)
        self.driver.settle()


@pytest.fixture
def office(qtbot: QtBot, tmp_path: Path) -> Iterator[Office]:
    """At the list of plans."""
    driver = Driver(qtbot, english_services(tmp_path))
    driver.open(office_file(tmp_path), "柯专员")
    driver.go("plans")
    yield Office(driver)
    driver.close()


def test_a_firm_is_engaged_for_listed_enterprises_asked_and_ended_early(office: Office) -> None:
    office.click(office.page(ListPage).firms)
    firms = office.page(FirmsPage)
    assert [one.firm.name for one in firms.rows.rows] == ["示例律师事务所"]
    office.click(firms.new)
    office.write(firms.name, "Sample Accounting")
    office.click(firms.add)
    firm = office.page(FirmPage)
    assert firm.name.text() == "Sample Accounting"
    office.click(firm.new)
    page = office.page(EngagementPage)
    office.write(page.terms.form.fields["contract_no"], "SG-2026-3")
    office.write(page.terms.form.fields["fee_wan"], "12.5")
    _choose_by_name(office, page, "示例机械制造有限公司")
    _declare_and_take_out(office, page)
    _end(office, page)
    office.driver.go("firms")
    rows = {one.firm.name: one for one in office.page(FirmsPage).rows.rows}
    assert rows["Sample Accounting"].running == 1


def _choose_by_name(office: Office, page: EngagementPage, name: str) -> None:
    """One of the register's by a pasted list."""
    office.click(page.choose)
    chooser = page.chooser
    assert chooser is not None
    office.driver.qtbot.waitUntil(lambda: chooser.add_all.text() == "Add all 1 shown")
    office.click(chooser.tabs.buttons["names"])
    chooser.names.text.setPlainText(name)
    office.click(chooser.names.match)
    office.click(chooser.names.add_found)
    assert page.line.text.text() == "1 enterprises added."


def _declare_and_take_out(office: Office, page: EngagementPage) -> None:
    """No conflict is declared for it; it is taken out and put back."""
    office.click(page.tabs.buttons["listed"])
    listed = page.listed
    assert [one.declared for one in listed.rows.lines] == [None]
    listed.table.selectAll()
    office.click(listed.answer)
    office.click(listed.question.none)
    assert [one.declared for one in listed.rows.lines] == ["none"]
    listed.table.selectAll()
    office.click(listed.take_out)
    assert listed.rows.lines == []
    office.click(next(one for one in page.line.findChildren(QPushButton) if one.text() == "Undo"))
    assert len(listed.rows.lines) == 1


def _end(office: Office, page: EngagementPage) -> None:
    """Who else is engaged is said; without a reason no contract ends."""
    office.click(page.tabs.buttons["terms"])
    terms = page.terms
    assert terms.overlaps.text().startswith("示例律师事务所 is engaged for 1")
    office.click(terms.end)
    office.click(terms.confirm)
    assert "why" in terms.error.text()
    office.write(terms.reason, "Not delivered")
    office.click(terms.confirm)
    assert terms.ended.text() == "Ended because: Not delivered"
    assert page.sheet is not None
    engagement = page.sheet.card.engagement
    assert (engagement.contract_no, str(engagement.fee_wan)) == ("SG-2026-3", "12.5")
    assert not engagement.covers_all
