"""A workspace that cannot be written to is opened for reading: all is seen, nothing is changed."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QMenu
from pytestqt.qtbot import QtBot

from landsteward.bootstrap import create_sample
from landsteward.domain.desk import Scope
from landsteward.domain.states import CaseStep
from tests.helpers.office import SteppingClock
from tests.helpers.windows import Driver, english_services, office_file
from ui.pages.case.dossier_step import DossierStep
from ui.pages.case.page import CasePage
from ui.pages.desk.page import DeskPage
from ui.pages.imports.page import ImportsPage
from ui.pages.register.enterprise import EnterprisePage
from ui.pages.register.enterprise_facts import FactsPart
from ui.widgets.basics import CHANGES
from ui.widgets.edit_table import EditTable
from ui.widgets.fields import Field, TextField
from ui.widgets.photos import PhotoStrip


@pytest.fixture
def second(office_window: Driver, qtbot: QtBot, tmp_path: Path) -> Iterator[Driver]:
    """A second window on the file the first one holds."""
    assert office_window.window.file is not None
    made = Driver(qtbot, english_services(tmp_path / "other"))
    made.window.open_file(office_window.window.file)
    made.settle()
    yield made
    made.close()


def digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def test_a_file_somebody_holds_is_offered_for_reading(
    second: Driver, office_window: Driver
) -> None:
    message = second.window.welcome.message
    assert message.action.text() == "Open for reading only"
    second.click(message.action)
    second.settle()
    assert second.shell.standing.isVisible()
    assert "Reading only" in second.shell.standing.text.text()
    assert "reading only" in second.window.windowTitle()
    assert not office_window.shell.standing.isVisible()
    desk = second.shell.page
    assert isinstance(desk, DeskPage)
    assert desk.segments[Scope.ALL].isChecked(), "nothing waits for who only reads"
    search = second.shell.top.search
    second.type(search, "sljx")
    second.qtbot.waitUntil(search.popup.isVisible)
    QTest.keyClick(search, Qt.Key.Key_Return)
    second.settle()
    page = second.shell.page
    assert isinstance(page, EnterprisePage)
    name = second.part("facts", FactsPart).form.fields["name"]
    assert isinstance(name, TextField)
    assert name.line.isReadOnly()
    assert name.line.text() == "示例机械制造有限公司"
    assert not page.start.isEnabled()
    office_window.go("register")
    assert office_window.shell.page is not None


def test_nothing_comes_in_while_reading(second: Driver) -> None:
    second.click(second.window.welcome.message.action)
    second.settle()
    assert not second.shell.top.person.isEnabled()
    second.click(second.shell.top.workspace)
    menu = second.shell.top.findChild(QMenu, "file")
    assert isinstance(menu, QMenu)
    enabled = {one.text(): one.isEnabled() for one in menu.actions() if one.text()}
    menu.close()
    assert not enabled["Import…"]
    assert enabled["Back up…"]
    second.go("imports")
    page = second.shell.page
    assert isinstance(page, ImportsPage)
    assert not page.choose.isEnabled()


def test_once_it_is_free_it_is_opened_for_writing(second: Driver, office_window: Driver) -> None:
    second.click(second.window.welcome.message.action)
    second.settle()
    second.click(second.shell.standing.action)
    second.settle()
    assert second.shell.standing.isVisible(), "still held"
    assert second.shell.message.isVisible()
    office_window.window.leave_file()
    office_window.settle()
    second.click(second.shell.standing.action)
    second.settle()
    assert second.window.shell is None, "who acts is asked now"
    second.act_as("林检查")
    assert not second.shell.standing.isVisible()
    assert second.shell.top.person.isEnabled()


def test_a_file_on_a_read_only_medium_is_read(driver: Driver, tmp_path: Path) -> None:
    file = office_file(tmp_path)
    file.chmod(0o444)
    before = digest(file)
    driver.window.open_file(file)
    driver.settle()
    driver.click(driver.window.welcome.message.action)
    driver.settle()
    assert driver.shell.standing.isVisible()
    for page in ("desk", "register", "screening", "checkups", "findings", "plans", "dossiers"):
        driver.go(page)
        assert not driver.shell.message.isVisible(), driver.shell.message.text.text()
    driver.shell.traffic.back_up(tmp_path / "copy.lsw")
    driver.settle()
    assert (tmp_path / "copy.lsw").exists()
    driver.close()
    assert digest(file) == before


def test_every_step_of_a_case_can_be_seen_and_none_be_changed(
    driver: Driver, tmp_path: Path, clock: SteppingClock
) -> None:
    file = tmp_path / "park.lsw"
    create_sample(file, today=clock.today())
    file.chmod(0o444)
    before = digest(file)
    driver.window.open_file(file)
    driver.settle()
    driver.click(driver.window.welcome.message.action)
    driver.settle()
    cases: list[list[str]] = []
    driver.window.operations.query(
        driver.window,
        lambda ctx: [one.id for one in ctx.workspace.cases.where()],
        success=cases.append,
    )
    driver.settle()
    seen = set()
    for case_id in cases[0]:
        for step in CaseStep:
            driver.go("case", case_id, step.value)
            driver.qtbot.wait(20)
            driver.settle()
            page = driver.shell.page
            assert isinstance(page, CasePage)
            assert not driver.shell.message.isVisible(), driver.shell.message.text.text()
            for made in page.findChildren(QAbstractButton):
                if made.isVisible() and made.property(CHANGES):
                    assert not made.isEnabled(), (step, made.text())
                    assert made.toolTip(), (step, made.text())
                    seen.add(made.text())
            for field in page.findChildren(Field):
                if field.isVisible() and field.autosaves:
                    assert field.locked, (step, field.caption.text())
            for table in page.findChildren(EditTable):
                assert table.model.fixed or not table.isVisible(), step
            for strip in page.findChildren(PhotoStrip):
                assert not strip.add_tile.isVisible(), step
    assert len(seen) > 12, "of all kinds"
    page = driver.shell.page
    assert isinstance(page, CasePage)
    paper = page.step_page(CaseStep.DOSSIER)
    assert isinstance(paper, DossierStep)
    driver.qtbot.waitUntil(lambda: paper.content.startswith(b"%PDF"), timeout=20_000)
    assert paper.save.isEnabled()
    driver.close()
    assert digest(file) == before
