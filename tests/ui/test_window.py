"""The window: first start, opening, who acts, going about, saving, language, bugs."""

import logging
import re
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QFileDialog,
    QLabel,
    QMenu,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from landsteward.app.context import Context
from landsteward.app.language import Language, use_language
from landsteward.domain.register import Enterprise
from landsteward.domain.states import OrganisationKind, Role
from tests.helpers.logs import ExpectedLogs
from tests.helpers.windows import Driver, english_services, office_file
from ui.pages.register.enterprise import EnterprisePage
from ui.pages.register.enterprise_facts import FactsPart
from ui.pages.register.lists import RegisterPage
from ui.pages.settings.page import SettingsPage
from ui.pages.welcome.page import WelcomePage
from ui.pages.welcome.who import WhoPage
from ui.widgets.basics import ElidedLabel
from ui.widgets.fields import TextField
from ui.window import MainWindow
from ui.workbench import Place


def enterprises(driver: Driver) -> list[Enterprise]:
    """What is on record, asked behind the window's back."""
    found: list[list[Enterprise]] = []
    driver.window.operations.query(
        driver.window, lambda ctx: ctx.workspace.enterprises.where(), success=found.append
    )
    driver.settle()
    return found[0]


def primary_buttons(widget: QWidget) -> list[QPushButton]:
    return [
        one
        for one in widget.findChildren(QPushButton)
        if one.property("role") == "primary" and one.isVisible()
    ]


def test_a_window_that_does_not_come_up_leaves_no_thread_behind(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_window: MainWindow) -> None:
        raise RuntimeError("no look")

    services = english_services(tmp_path)
    before = set(threading.enumerate())
    monkeypatch.setattr(MainWindow, "_apply_look", fail)
    with pytest.raises(RuntimeError, match="no look"):
        MainWindow(services)
    left = [one for one in threading.enumerate() if one not in before]
    assert [one.name for one in left if not one.daemon] == []


class TestFirstStart:
    def test_a_newcomer_says_who_they_are_and_is_at_the_desk(
        self, driver: Driver, tmp_path: Path
    ) -> None:
        driver.window.new_file(tmp_path / "new.lsw")
        driver.settle()
        page = driver.window.findChild(WhoPage)
        assert isinstance(page, WhoPage)
        driver.type(page.name.line, "Lin")
        driver.type(page.organisation.line, "Bureau of the example")
        driver.click(page.start)
        driver.settle()
        member = driver.shell.bench.member()
        assert (member.person.name, member.person.role) == ("Lin", Role.INSPECTOR)
        assert member.organisation.kind is OrganisationKind.DEPARTMENT
        assert member.organisation.department == "natural_resources"
        assert driver.shell.rail.buttons["desk"].isChecked()
        assert "Lin" in driver.shell.top.person.text()

    def test_without_a_name_nothing_begins(self, driver: Driver, tmp_path: Path) -> None:
        driver.window.new_file(tmp_path / "new.lsw")
        driver.settle()
        page = driver.window.findChild(WhoPage)
        assert isinstance(page, WhoPage)
        driver.type(page.organisation.line, "Bureau")
        driver.click(page.start)
        driver.settle()
        assert driver.window.shell is None
        assert page.name.problem.text() == "This must be filled in."
        assert page.organisation.value() == "Bureau"

    def test_the_roles_offered_fit_the_organisation(self, driver: Driver, tmp_path: Path) -> None:
        driver.window.new_file(tmp_path / "new.lsw")
        driver.settle()
        page = driver.window.findChild(WhoPage)
        assert isinstance(page, WhoPage)
        assert page.department.isVisible()
        page.kind.box.setFocus()
        for _step in range(2):
            QTest.keyClick(page.kind.box, Qt.Key.Key_Down)
        page.kind.box.activated.emit(page.kind.box.currentIndex())
        assert page.kind.value() is OrganisationKind.SERVICE_FIRM
        assert not page.department.isVisible()
        assert page.role.value() is Role.CONSULTANT
        assert page.role.box.count() == 1


class TestOpening:
    def test_garbage_is_refused_in_words_and_the_window_stays(
        self, driver: Driver, tmp_path: Path
    ) -> None:
        file = tmp_path / "letter.lsw"
        file.write_bytes(b"Dear colleagues, " * 400)
        driver.window.open_file(file)
        driver.settle()
        assert driver.window.welcome.message.isVisible()
        assert "letter.lsw" in driver.window.welcome.message.text.text()
        assert file.read_bytes().startswith(b"Dear colleagues")
        assert driver.window.welcome.new.isEnabled()

    def test_a_second_opening_is_said(
        self, office_window: Driver, qtbot: QtBot, tmp_path: Path
    ) -> None:
        assert office_window.window.file is not None
        other = Driver(qtbot, english_services(tmp_path / "other"))
        other.window.open_file(office_window.window.file)
        other.settle()
        assert other.window.shell is None
        assert other.window.welcome.message.isVisible()
        assert "office.lsw" in other.window.welcome.message.text.text()
        other.close()

    def test_a_failed_opening_leaves_the_open_workspace_alone(
        self, office_window: Driver, tmp_path: Path
    ) -> None:
        missing = tmp_path / "gone.lsw"
        office_window.window.open_file(missing)
        office_window.settle()
        assert office_window.shell.message.isVisible()
        assert "gone.lsw" in office_window.shell.message.text.text()
        assert len(enterprises(office_window)) == 1

    def test_a_start_at_the_register_does_not_build_the_desk(
        self, driver: Driver, tmp_path: Path
    ) -> None:
        driver.window.open_file(office_file(tmp_path), Place("register"))
        driver.settle()
        driver.act_as("林检查")
        assert isinstance(driver.shell.page, RegisterPage)
        assert driver.shell.stack.count() == 1
        driver.shell.go_back()
        assert isinstance(driver.shell.page, RegisterPage)

    def test_the_last_file_and_person_are_offered_again(
        self, driver: Driver, tmp_path: Path
    ) -> None:
        file = office_file(tmp_path)
        driver.open(file)
        driver.window.leave_file()
        driver.settle()
        welcome = driver.window.welcome
        assert isinstance(welcome, WelcomePage)
        assert driver.services.settings.recent == [file]
        driver.click(welcome.recent[0])
        driver.settle()
        assert driver.shell.bench.member().person.name == "林检查"


class TestGoingAbout:
    def test_keys_go_to_the_areas(self, office_window: Driver) -> None:
        shell = office_window.shell
        for number, page in enumerate(shell.rail.buttons, start=1):
            QTest.keyClick(
                office_window.window,
                Qt.Key(Qt.Key.Key_0 + number % 10),
                Qt.KeyboardModifier.AltModifier,
            )
            office_window.settle()
            assert shell.page is not None
            assert shell.page.place().page == page
            assert shell.rail.buttons[page].isChecked()

    def test_a_page_has_at_most_one_filled_button(self, office_window: Driver) -> None:
        for page in office_window.shell.rail.buttons:
            office_window.go(page)
            assert office_window.shell.page is not None
            assert len(primary_buttons(office_window.shell.page)) <= 1, page

    def test_search_finds_by_pinyin_initials_and_opens_with_enter(
        self, office_window: Driver
    ) -> None:
        shell = office_window.shell
        QTest.keyClick(office_window.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        assert shell.top.search.hasFocus()
        QTest.keyClicks(shell.top.search, "sljx")
        office_window.qtbot.waitUntil(shell.top.search.popup.isVisible)
        assert "示例机械制造有限公司" in shell.top.search.results.item(0).text()
        QTest.keyClick(shell.top.search, Qt.Key.Key_Return)
        office_window.settle()
        assert isinstance(shell.page, EnterprisePage)
        assert not shell.top.search.popup.isVisible()
        assert office_window.window.windowTitle().startswith("示例机械制造有限公司")

    def test_search_says_when_there_is_nothing(self, office_window: Driver) -> None:
        search = office_window.shell.top.search
        office_window.type(search, "zzzz", enter=True)
        office_window.settle()
        assert search.popup.isVisible()
        assert "zzzz" in search.nothing.text()
        QTest.keyClick(search, Qt.Key.Key_Escape)
        assert not search.popup.isVisible()

    def test_back_returns_to_where_one_was(self, office_window: Driver) -> None:
        (enterprise,) = enterprises(office_window)
        office_window.go("register")
        office_window.go("enterprise", enterprise.id)
        office_window.shell.go_back()
        office_window.settle()
        assert isinstance(office_window.shell.page, RegisterPage)

    def test_f1_shows_the_guide(self, office_window: Driver) -> None:
        QTest.keyClick(office_window.window, Qt.Key.Key_F1)
        office_window.settle()
        page = office_window.shell.page
        assert page is not None
        assert page.place().page == "help"


class TestSaving:
    def enterprise_page(self, driver: Driver) -> EnterprisePage:
        (enterprise,) = enterprises(driver)
        driver.go("enterprise", enterprise.id)
        page = driver.shell.page
        assert isinstance(page, EnterprisePage)
        return page

    def test_a_field_is_saved_as_it_is_left_and_said_so(self, office_window: Driver) -> None:
        self.enterprise_page(office_window)
        field = office_window.part("facts", FactsPart).form.fields["contact"]
        assert isinstance(field, TextField)
        office_window.type(field.line, 'A&B <b>"x"</b> 㛃', enter=True)
        office_window.settle()
        assert enterprises(office_window)[0].contact == 'A&B <b>"x"</b> 㛃'
        assert office_window.shell.top.saved.text().startswith("Saved ")

    def test_a_wrong_code_stays_with_its_reason(self, office_window: Driver) -> None:
        self.enterprise_page(office_window)
        before = enterprises(office_window)[0].uscc
        field = office_window.part("facts", FactsPart).form.fields["uscc"]
        assert isinstance(field, TextField)
        office_window.type(field.line, "911101085513850820", enter=True)
        office_window.settle()
        assert field.problem.isVisible()
        assert field.line.text() == "911101085513850820"
        assert enterprises(office_window)[0].uscc == before

    def test_leaving_the_page_saves_what_is_in_the_field(self, office_window: Driver) -> None:
        self.enterprise_page(office_window)
        field = office_window.part("facts", FactsPart).form.fields["phone"]
        assert isinstance(field, TextField)
        office_window.type(field.line, "0558-1234567")
        office_window.go("desk")
        assert enterprises(office_window)[0].phone == "0558-1234567"

    def test_closing_the_window_saves_what_is_in_the_field(
        self, office_window: Driver, tmp_path: Path
    ) -> None:
        self.enterprise_page(office_window)
        field = office_window.part("facts", FactsPart).form.fields["address"]
        assert isinstance(field, TextField)
        office_window.type(field.line, "一号路")
        assert office_window.window.file is not None
        office_window.window.close()
        again = office_window.services.open_workspace(office_window.window.file)
        assert [one.address for one in again.enterprises.where()] == ["一号路"]
        again.close()

    def test_a_name_may_not_be_empty_and_holds_the_page(self, office_window: Driver) -> None:
        page = self.enterprise_page(office_window)
        field = office_window.part("facts", FactsPart).form.fields["name"]
        assert isinstance(field, TextField)
        office_window.type(field.line, "")
        office_window.shell.rail.buttons["desk"].click()
        office_window.settle()
        assert office_window.shell.page is page
        assert office_window.shell.message.isVisible()
        assert office_window.shell.rail.buttons["register"].isChecked()
        office_window.type(field.line, "示例机械制造有限公司", enter=True)

    def test_a_reader_sees_but_cannot_change(self, driver: Driver, tmp_path: Path) -> None:
        driver.open(office_file(tmp_path), person="查阅")
        page = self.enterprise_page(driver)
        field = driver.part("facts", FactsPart).form.fields["name"]
        assert isinstance(field, TextField)
        assert field.line.isReadOnly()
        assert not page.start.isEnabled()


class TestPeople:
    def test_somebody_else_takes_over(self, office_window: Driver) -> None:
        office_window.click(office_window.shell.top.person)
        office_window.settle()
        menu = office_window.shell.top.findChild(QMenu, "people")
        assert isinstance(menu, QMenu)
        action = next(one for one in menu.actions() if one.text().startswith("鲁负责"))
        action.trigger()
        menu.close()
        office_window.settle()
        assert office_window.shell.bench.member().person.name == "鲁负责"
        assert "鲁负责" in office_window.shell.top.person.text()

    def test_a_colleague_is_added(self, office_window: Driver) -> None:
        office_window.go("settings", step="people")
        page = office_window.shell.page
        assert isinstance(page, SettingsPage)
        office_window.type(page.people.name.line, "新同事")
        office_window.click(page.people.add)
        office_window.settle()
        shown = [one.text() for one in page.people.findChildren(QLabel, "person")]
        assert "新同事" in shown
        assert page.people.name.line.text() == ""


class TestLanguage:
    def test_the_window_speaks_another_language_at_once(self, office_window: Driver) -> None:
        office_window.go("register", step="parcels")
        assert office_window.shell.rail.buttons["desk"].text() == "Desk"
        office_window.window.use_language(Language.CHINESE)
        office_window.settle()
        assert office_window.shell.rail.buttons["desk"].text() == "工作台"
        page = office_window.shell.page
        assert isinstance(page, RegisterPage)
        assert page.tabs.current == "parcels"
        assert office_window.services.settings.language is Language.CHINESE

    @pytest.mark.parametrize(
        ("language", "percent", "size"),
        [
            (Language.CHINESE, 100, (1280, 720)),
            (Language.CHINESE, 150, (1920, 1080)),
            (Language.ENGLISH, 150, (1280, 720)),
        ],
    )
    def test_no_button_is_cut(
        self,
        driver: Driver,
        tmp_path: Path,
        language: Language,
        percent: int,
        size: tuple[int, int],
    ) -> None:
        driver.services.settings.keep("language", language)
        driver.services.settings.keep("text_size", str(percent))
        use_language(language)
        driver.window.use_look()
        driver.window.resize(*size)
        driver.open(office_file(tmp_path))
        assert (driver.window.width(), driver.window.height()) == size
        for name in driver.shell.rail.buttons:
            driver.go(name)
            page = driver.shell.page
            assert page is not None
            for button in page.findChildren(QPushButton):
                if button.isVisible() and button.text():
                    needed = button.fontMetrics().horizontalAdvance(button.text())
                    assert button.width() >= needed, (name, button.text())
            for title in page.findChildren(ElidedLabel):
                assert title.height() >= title.fontMetrics().height() or not title.isVisible()
        driver.services.settings.keep("text_size", "100")
        driver.window.use_look()


def _stumble(ctx: Context) -> str:
    known: dict[str, str] = {}
    return known["nowhere"]


def test_a_bug_is_shown_with_its_details_and_the_program_goes_on(
    office_window: Driver, expected_log: ExpectedLogs
) -> None:
    expected_log("background work failed", logging.ERROR)
    office_window.window.operations.query(office_window.window, _stumble)
    office_window.settle()
    dialog = office_window.window.bugs.dialog
    assert dialog is not None
    assert dialog.isVisible()
    assert "KeyError: 'nowhere'" in dialog.details.toPlainText()
    assert "Python" in dialog.details.toPlainText()
    office_window.click(dialog.go_on)
    assert not dialog.isVisible()
    assert len(enterprises(office_window)) == 1


def test_a_backup_can_be_opened(office_window: Driver, tmp_path: Path) -> None:
    target = tmp_path / "copy.lsw"
    office_window.shell.traffic.back_up(target)
    office_window.settle()
    copy = office_window.services.open_workspace(target)
    assert copy.people.count() == 7
    copy.close()


def test_the_file_is_checked(office_window: Driver) -> None:
    office_window.go("settings", step="file")
    page = office_window.shell.page
    assert isinstance(page, SettingsPage)
    office_window.click(page.check)
    office_window.settle()
    assert page.checked.text().startswith("The file is sound")


def test_qt_says_its_own_words_in_the_language_too(office_window: Driver) -> None:
    office_window.window.use_language(Language.CHINESE)
    office_window.settle()
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"
    assert QLocale().language() is QLocale.Language.Chinese
    office_window.window.use_language(Language.ENGLISH)
    office_window.settle()
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Cancel"


def test_the_file_dialog_has_no_word_of_another_language(office_window: Driver) -> None:
    office_window.window.use_language(Language.CHINESE)
    office_window.settle()
    for mode in (QFileDialog.AcceptMode.AcceptOpen, QFileDialog.AcceptMode.AcceptSave):
        dialog = QFileDialog(office_window.window)
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.setAcceptMode(mode)
        dialog.show()
        said = [one.text() for one in dialog.findChildren(QLabel)]
        said += [one.text() or one.toolTip() for one in dialog.findChildren(QAbstractButton)]
        english = [one for one in said if re.search("[a-z]{2}", one)]
        assert not english
        assert any("查找范围" in one for one in said)
        dialog.close()
        dialog.deleteLater()
