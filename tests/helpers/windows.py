"""The real window over a real workspace file, and waiting until its background work is done."""

from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from landsteward.app.language import Language, use_language
from landsteward.bootstrap import window_services
from tests.helpers.office import SteppingClock, open_office
from ui.pages.register.enterprise import EnterprisePage
from ui.pages.register.parcel import ParcelPage
from ui.pages.register.sheet import Part
from ui.services import Services
from ui.shell.shell import Shell
from ui.window import MainWindow
from ui.workbench import Place

P = TypeVar("P", bound=Part)


def english_services(folder: Path, clock: SteppingClock | None = None) -> Services:
    """What the window needs, its settings in the folder, speaking English."""
    services = window_services(folder=folder / "state", clock=clock or SteppingClock())
    services.settings.keep("language", Language.ENGLISH)
    services.settings.keep("scheme", "light")
    use_language(Language.ENGLISH)
    return services


def office_file(folder: Path) -> Path:
    """A workspace with seven people, one enterprise and its one parcel, closed again."""
    office = open_office(folder)
    office.workspace.close()
    return office.path


class Driver:
    """Hands on a window: waits for it, clicks and types as a person does."""

    def __init__(self, qtbot: QtBot, services: Services) -> None:
        self.qtbot = qtbot
        self.services = services
        self.window = MainWindow(services)
        self.window.show()
        qtbot.waitExposed(self.window)

    def settle(self) -> None:
        """Until everything asked for is answered and shown."""
        for _round in range(3):
            self.qtbot.waitUntil(lambda: self.window.operations.idle, timeout=10_000)
            QApplication.processEvents()

    def open(self, file: Path, person: str = "林检查") -> None:
        """Open a workspace and act as the person of that name."""
        self.window.open_file(file)
        self.settle()
        self.act_as(person)

    def act_as(self, name: str) -> None:
        """Choose who acts, on the page that asks."""
        page = self.window.findChild(QWidget, "who")
        assert page is not None
        chosen = next(one for one in page.findChildren(QWidget) if one.property("person") == name)
        self.click(chosen)
        self.settle()

    @property
    def shell(self) -> Shell:
        """The inside, once a workspace is open and somebody acts."""
        assert self.window.shell is not None
        return self.window.shell

    def go(self, page: str, record_id: str = "", step: str = "") -> None:
        """Go to a place as a page would."""
        self.shell.go(Place(page, record_id, step))
        self.settle()

    def part(self, key: str, kind: type[P]) -> P:
        """A part of the page of an enterprise or a parcel, brought to the front by its word."""
        page = self.shell.page
        assert isinstance(page, EnterprisePage | ParcelPage)
        self.click(page.tabs.buttons[key])
        self.settle()
        part = page.tabs.part
        assert isinstance(part, kind)
        return part

    def click(self, widget: QWidget) -> None:
        """A left click in the middle."""
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)

    def type(self, widget: QWidget, text: str, *, enter: bool = False) -> None:
        """Replace what is in an editor by typing."""
        widget.setFocus()
        QTest.keyClick(widget, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(widget, Qt.Key.Key_Delete)
        if text.isascii():
            QTest.keyClicks(widget, text)
        else:
            # Chinese comes from an input method, not from keys.
            composed = QInputMethodEvent()
            composed.setCommitString(text)
            QApplication.sendEvent(widget, composed)
        if enter:
            QTest.keyClick(widget, Qt.Key.Key_Return)

    def close(self) -> None:
        """Close the window and let go of it."""
        self.window.close()
        self.window.deleteLater()
