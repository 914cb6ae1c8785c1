"""A hand that clicks and types in the window, and waits until what it asked for is done."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from db.workspace import open_workspace
from landsteward.app.cases import open_case
from landsteward.app.context import Context
from landsteward.app.language import Language, use_language
from landsteward.app.people import list_members
from landsteward.bootstrap import bundled_packs, window_services
from landsteward.domain.casework import Case
from landsteward.domain.organisations import Person
from landsteward.domain.states import CaseStep
from tests.helpers.office import Office, SteppingClock, open_office, steady_ids
from ui.pages.case.page import CasePage
from ui.widgets.fields import ChoiceField, Field
from ui.widgets.pills import Pills
from ui.window import MainWindow
from ui.workbench import Place

T = TypeVar("T")
PATIENCE_S = 60


class Hand:
    """Somebody at the case page of an office's one case."""

    def __init__(self, window: MainWindow, case_id: str, clock: SteppingClock) -> None:
        self.window = window
        self.case_id = case_id
        self.clock = clock

    @property
    def page(self) -> CasePage:
        """The case page in front; made again when the language changes."""
        assert self.window.shell is not None
        page = self.window.shell.page
        assert isinstance(page, CasePage)
        return page

    def step(self, step: CaseStep) -> object:
        """The page of a step."""
        return self.page.step_page(step)

    def settle(self) -> None:
        """Wait until nothing is under way and the page has been read again."""
        quiet = 0
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            QTest.qWait(1)
            quiet = quiet + 1 if self.window.operations.idle else 0
            if quiet >= 4:  # an answer may lead to a question on the event loop's next turn
                return
        raise AssertionError("the window did not come to rest")

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """A click with the left button on something that can be seen and used."""
        assert widget.isVisible(), f"{widget} is not to be seen"
        assert widget.isEnabled(), f"{widget} cannot be used"
        QTest.mouseClick(
            widget,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
            at or _middle(widget),
        )
        self.settle()

    def next(self) -> None:
        """The filled button."""
        self.click(self.page.header.next)

    def pill(self, pills: Pills, key: object) -> None:
        """A click on one of a few pills."""
        self.click(pills, pills.centre_of(key).toPoint())

    def write(self, field: Field, text: str, *, leave: bool = True) -> None:
        """Type into a field and leave it."""
        editor = field.editor
        assert editor.isVisible(), f"{field} is not to be seen"
        editor.setFocus()
        if isinstance(editor, QLineEdit | QPlainTextEdit | QTextEdit):
            editor.selectAll()
        if not text:
            QTest.keyClick(editor, Qt.Key.Key_Delete)
        elif text.isascii():
            QTest.keyClicks(editor, text)
        else:
            QApplication.clipboard().setText(text)
            QTest.keyClick(editor, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        if leave:
            QTest.keyClick(editor, Qt.Key.Key_Tab)
            self.settle()

    def choose(self, field: ChoiceField, place: int) -> None:
        """The entry at a place, counted from 0, by keys."""
        field.box.setFocus()
        QTest.keyClick(field.box, Qt.Key.Key_Home)
        for _ in range(place):
            QTest.keyClick(field.box, Qt.Key.Key_Down)
        self.settle()
        assert field.box.currentIndex() == place

    def press(self, widget: QWidget, key: Qt.Key) -> None:
        """One key."""
        QTest.keyClick(widget, key)
        self.settle()

    def paste_photo(self, widget: QWidget, colour: str) -> None:
        """Ctrl+V with a picture on the clipboard."""
        image = QImage(64, 48, QImage.Format.Format_RGB32)
        image.fill(QColor(colour))
        QApplication.clipboard().setImage(image)
        widget.setFocus()
        QTest.keyClick(widget, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        self.settle()

    def ask(self, question: Callable[[Context], T]) -> T:
        """What the workspace says, asked behind the window's back."""
        answers: list[T] = []
        self.window.operations.query(self.window, question, success=answers.append)
        self.settle()
        return answers[0]

    def become(self, name: str) -> None:
        """Somebody else sits down."""
        members = self.ask(list_members)
        person = next(one.person for one in members if one.person.name == name)
        self.window.switch_person(person.id)
        self.settle()


@contextmanager
def at_the_case_page(
    folder: Path,
    *,
    who: str = "林检查",
    language: Language = Language.CHINESE,
    before: Callable[[Office, Case], object] = lambda _office, _case: None,
) -> Iterator[Hand]:
    """A window on a new case of a new workspace, with the shipped rule pack.

    `before` brings the case to where the test begins.
    """
    office = open_office(folder, packs=bundled_packs())
    case = open_case(
        office.land_inspector,
        enterprise_id=office.enterprise.id,
        parcel_id=office.parcel.id,
    )
    before(office, case)
    path, clock = office.path, office.clock
    person = _named(office.workspace.people.where(), who)
    office.workspace.close()
    use_language(language)
    services = replace(
        window_services(folder=folder / "state", clock=clock),
        open_workspace=open_workspace,
        ids=steady_ids(clock, seed=7),
    )
    services.settings.keep("language", language)
    services.settings.keep("scheme", "light")
    services.settings.acts(path.absolute(), person.id)
    window = MainWindow(services)
    bugs: list[Exception] = []
    window.operations.bug_found.connect(bugs.append)
    window.resize(1600, 1000)
    window.show()
    window.open_file(path)
    hand = Hand(window, case.id, clock)
    try:
        hand.settle()
        assert window.shell is not None
        window.shell.go(Place("case", case.id))
        hand.settle()
        yield hand
        hand.settle()
    finally:
        window.close()
        QTest.qWait(10)
        window.deleteLater()
        use_language(Language.CHINESE)
    assert not bugs, bugs


def _middle(widget: QWidget) -> QPoint:
    """Where a person clicks: a check box at its box, anything else in the middle."""
    if isinstance(widget, QCheckBox):
        return QPoint(10, widget.height() // 2)
    return widget.rect().center()


def _named(people: list[Person], name: str) -> Person:
    return next(one for one in people if one.name == name)
