"""Codes on the page of an enterprise: by keys and clicks on a real file."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from landsteward.domain.register import Enterprise
from tests.helpers.windows import Driver
from tests.ui.test_register_pages import asked
from ui.pages.register.enterprise import EnterprisePage
from ui.pages.register.enterprise_facts import FactsPart
from ui.widgets.complete import Offers, PickField
from ui.widgets.fields import TextField


def enterprise_page(driver: Driver) -> FactsPart:
    key = asked(driver, lambda ctx: ctx.workspace.enterprises.where()[0].id)
    driver.go("enterprise", key)
    return driver.part("facts", FactsPart)


def on_record(driver: Driver) -> Enterprise:
    return asked(driver, lambda ctx: ctx.workspace.enterprises.where()[0])


def line(page: FactsPart, name: str) -> QLineEdit:
    field = page.form.fields[name]
    assert isinstance(field, TextField | PickField)
    return field.line


class TestIndustry:
    def test_typing_offers_industries_and_one_is_taken_with_its_name(
        self, office_window: Driver
    ) -> None:
        page = enterprise_page(office_window)
        office_window.type(line(page, "industry_name"), "", enter=True)
        office_window.settle()
        field = page.form.fields["industry_code"]
        assert isinstance(field, PickField)
        office_window.type(field.line, "中药")
        offered = [
            field.offers.model.item(at).text() for at in range(field.offers.model.rowCount())
        ]
        assert "C273 中药饮片加工" in offered
        popup = field.offers.completer.popup()
        assert popup is not None
        assert popup.isVisible()
        for _each in offered:
            QTest.keyClick(popup, Qt.Key.Key_Down)
            if popup.currentIndex().data() == "C273 中药饮片加工":
                break
        QTest.keyClick(popup, Qt.Key.Key_Return)
        office_window.settle()
        kept = on_record(office_window)
        assert (kept.industry_code, kept.industry_name) == ("C273", "中药饮片加工")
        assert field.line.text() == "C273 中药饮片加工"
        shown = office_window.shell.page
        assert isinstance(shown, EnterprisePage)
        assert "C273" in shown.facts.text()

    def test_a_code_is_kept_with_its_letter_and_an_unknown_one_is_refused(
        self, office_window: Driver
    ) -> None:
        page = enterprise_page(office_window)
        office_window.type(line(page, "industry_code"), "3411", enter=True)
        office_window.settle()
        assert on_record(office_window).industry_code == "C3411"
        office_window.type(line(page, "industry_code"), "9999", enter=True)
        office_window.settle()
        assert "GB/T 4754" in page.form.fields["industry_code"].problem.text()
        assert on_record(office_window).industry_code == "C3411"
        office_window.type(line(page, "industry_code"), "", enter=True)
        office_window.settle()
        assert on_record(office_window).industry_code is None


class TestDistrict:
    def test_places_are_offered_and_any_other_may_be_typed(self, office_window: Driver) -> None:
        page = enterprise_page(office_window)
        office_window.type(line(page, "district"), "谯城")
        offers = line(page, "district").findChild(Offers)
        assert isinstance(offers, Offers)
        popup = offers.completer.popup()
        assert popup is not None
        QTest.keyClick(popup, Qt.Key.Key_Down)
        QTest.keyClick(popup, Qt.Key.Key_Return)
        office_window.settle()
        assert on_record(office_window).district == "谯城区"
        office_window.type(line(page, "district"), "外地", enter=True)
        office_window.settle()
        assert on_record(office_window).district == "外地"


class TestCreditCode:
    def test_a_code_that_fails_its_check_is_kept_with_a_reason(self, office_window: Driver) -> None:
        page = enterprise_page(office_window)
        assert not page.code_reason.isVisible()
        before = on_record(office_window).uscc
        office_window.type(line(page, "uscc"), "911101085513850820", enter=True)
        office_window.settle()
        assert on_record(office_window).uscc == before
        assert page.code_reason.isVisible()
        assert "check digit" in page.code_reason.word.text()
        office_window.type(page.code_reason.reason.line, "as printed on the licence", enter=True)
        office_window.settle()
        kept = on_record(office_window)
        assert kept.uscc == "911101085513850820"
        assert kept.uscc_reason == "as printed on the licence"
        assert not page.form.fields["uscc"].problem.text()
        assert page.code_reason.isVisible()

        office_window.type(line(page, "uscc"), "91110108551385082Q", enter=True)
        office_window.settle()
        kept = on_record(office_window)
        assert (kept.uscc, kept.uscc_reason) == ("91110108551385082Q", "")
        assert not page.code_reason.isVisible()
