"""The window: opens and closes workspaces, says who acts, and rebuilds its inside on demand.

The welcome page and dialogs are made when they are first seen: a start goes to the desk at once.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeySequence,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import QApplication, QFileDialog, QMainWindow, QStackedWidget, QWidget

from landsteward.app.context import Context
from landsteward.app.language import Language, current_language, tr, use_language
from landsteward.app.people import Member, list_members, note_who_acts
from landsteward.app.ports.workspace import Workspace
from landsteward.domain.errors import KnownError, OnlyReadableError
from landsteward.domain.organisations import Person
from ui import theme
from ui.bugs import Bugs
from ui.icons import Icons
from ui.operations import Operations
from ui.pages.welcome.page import SUFFIX, WelcomePage, file_filter
from ui.services import Services
from ui.shell.shell import Shell
from ui.shell.traffic import SHEETS, first_of
from ui.speech import speak
from ui.widgets.basics import restyle
from ui.workbench import DESK, Place

if TYPE_CHECKING:
    from ui.pages.welcome.who import WhoPage

_AT_ONCE_MS = 200
"""What is opened within this time is there at once: nobody needs to read that it is opening."""


class MainWindow(QMainWindow):
    """One window, one workspace. Shows the welcome page while none is open."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self.operations = Operations(services, self)
        self.icons = Icons(self)
        self.file: Path | None = None
        self.member: Member | None = None
        self.shell: Shell | None = None
        self._welcome: WelcomePage | None = None
        self._who: WhoPage | None = None
        self._opening: Path | None = None
        self._reading_because: KnownError | None = None
        self._goal = DESK
        self._close_anyway = False
        self._closed = False
        self._inside = QStackedWidget()
        self._inside.setProperty("role", "ground")
        self.setCentralWidget(self._inside)
        self.setAcceptDrops(True)
        self.setMinimumSize(960, 600)
        room = self.screen().availableSize()
        self.resize(min(1280, room.width()), min(800, room.height()))
        self.bugs = Bugs(services, self)
        self.operations.bug_found.connect(self.bugs.show)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.styleHints().colorSchemeChanged.connect(self._system_scheme_changed)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Quit), self).activated.connect(self.close)
        self._apply_look()
        self._retitle()

    @property
    def welcome(self) -> WelcomePage:
        """The page without a workspace."""
        if self._welcome is None:
            self._welcome = self._make_welcome()
        return self._welcome

    # What is open

    def open_file(self, file: Path, place: Place = DESK) -> None:
        """Open a workspace, ask who acts in it where that is not known, and go to the place."""
        self._load(file, lambda: self._services.open_workspace(file), place)

    def read_file(self, file: Path, because: KnownError) -> None:
        """Open a workspace for reading only, as it cannot be written to."""
        self._load(file, lambda: self._services.read_workspace(file), because=because)

    def new_file(self, file: Path) -> None:
        """Make a workspace and ask who acts in it."""
        self._load(file, lambda: self._services.create_workspace(file))

    def open_sample(self) -> None:
        """Make the sample park where the person wants it, and open it."""
        chosen, _kind = QFileDialog.getSaveFileName(
            self,
            tr("Where to put the sample park"),
            str(Path.home() / f"{tr('Sample park')}{SUFFIX}"),
            file_filter(),
        )
        if chosen:
            self.make_sample(Path(chosen))

    def make_sample(self, file: Path) -> None:
        """Build the sample park in a file and open it."""
        self.welcome.working(tr("Building the sample park…"))

        def build() -> Path:
            self._services.create_sample(file)
            return file

        self.operations.task(
            self,
            lambda progress: build(),
            success=self.open_file,
            failure=self.welcome.fail,
        )

    def _load(
        self,
        file: Path,
        opener: Callable[[], Workspace],
        place: Place = DESK,
        *,
        because: KnownError | None = None,
    ) -> None:
        if self.shell is not None and not self.shell.commit():
            return
        self._opening, self._goal = file, place
        QTimer.singleShot(_AT_ONCE_MS, self, self._say_opening)
        self.operations.open(
            self,
            opener,
            success=lambda _nothing: self._opened(file, because),
            failure=lambda error: self._not_opened(file, error),
        )

    def _say_opening(self) -> None:
        if self._opening is not None and not self._closed:
            self.welcome.working(tr("Opening {file}…", file=self._opening.name))

    def _opened(self, file: Path, because: KnownError | None) -> None:
        self._opening = None
        self._reading_because = because
        self.file = file
        self.operations.actor = None
        self._services.settings.opened(file.absolute())
        if self._welcome is not None:
            self._welcome.working("")
            self._welcome.message.hide()
        self.operations.query(self, list_members, success=self._ask_who)

    def _not_opened(self, file: Path, error: KnownError) -> None:
        self._opening = None
        if self._welcome is not None or self.shell is None:
            self.welcome.working("")
        if self.shell is None:
            self._show(self.welcome)
        message = self.welcome.message if self.shell is None else self.shell.message
        if isinstance(error, OnlyReadableError):
            message.fail(
                error, action=tr("Open for reading only"), run=partial(self.read_file, file, error)
            )
        else:
            message.fail(error)

    def _ask_who(self, members: list[Member]) -> None:
        if self.file is None:
            return
        last = self._services.settings.actor(self.file.absolute())
        known = next((one for one in members if one.person.id == last), None)
        if self._reading_because is not None:
            from ui.shell.reading import as_reader

            self._look(as_reader(known))
            return
        if known is not None:
            self._act(known)
            return
        self._let_shell_go()
        from ui.pages.welcome.who import WhoPage

        self._who = page = WhoPage(self._services, self.operations, members)
        page.chosen.connect(self._act)
        page.left.connect(self.leave_file)
        self._inside.addWidget(page)
        self._show(page)
        page.setFocus()

    def _act(self, member: Member) -> None:
        if self.file is None:
            return
        self._sits_down(self.file, member.person)
        self._look(member)

    def _look(self, member: Member) -> None:
        self.member = member
        self.operations.actor = member.person
        self._build_shell(self._goal)

    def leave_file(self) -> None:
        """Close the workspace and show the welcome page."""
        if self.shell is not None and not self.shell.commit():
            return
        self.file = None
        self.operations.leave(self)
        self.operations.actor = None
        self._let_shell_go()
        self.welcome.refresh()
        self._show(self.welcome)
        self._retitle()

    def switch_person(self, person_id: str) -> None:
        """Somebody else of this workspace acts from now on."""
        if self.shell is None or not self.shell.commit():
            return

        def find(ctx: Context) -> Member | None:
            return next((one for one in list_members(ctx) if one.person.id == person_id), None)

        self.operations.query(self, find, success=self._switched)

    def _switched(self, member: Member | None) -> None:
        if member is None or self.file is None or self.shell is None:
            return
        self.member = member
        self.operations.actor = member.person
        self._sits_down(self.file, member.person)
        self.shell.show_member(member)

    def _sits_down(self, file: Path, person: Person) -> None:
        """Remember who acts, here for the next start and in the trail under this login."""
        self._services.settings.acts(file.absolute(), person.id)
        login = self._services.machine_user
        self.operations.change(
            self, lambda ctx: note_who_acts(ctx.as_person(person), machine_user=login)
        )

    # Look and language

    def use_language(self, language: str) -> None:
        """Speak another language at once."""
        use_language(Language(language))
        self._services.settings.keep("language", language)
        self.use_look()

    def use_look(self) -> None:
        """Take over what the settings say about colours and text size."""
        self._apply_look()
        restyle(self)
        self.rebuild()

    def rebuild(self) -> None:
        """Make everything inside again, at the same place."""
        if self.shell is not None and not self.shell.commit():
            return
        place = None
        if self.shell is not None and self.shell.page is not None:
            place = self.shell.page.place()
        if self._welcome is not None:
            self._inside.removeWidget(self._welcome)
            self._welcome.deleteLater()
            self._welcome = None
        if place is not None:
            self._build_shell(place)
        elif self.file is not None:
            self.operations.query(self, list_members, success=self._ask_who)
        else:
            self._show(self.welcome)
        self._retitle()

    def _apply_look(self) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            settings = self._services.settings
            theme.apply(app, scheme=settings.scheme, percent=settings.percent)
            speak(app, current_language())

    def _system_scheme_changed(self) -> None:
        if self._services.settings.scheme is theme.Scheme.SYSTEM and not self._closed:
            QTimer.singleShot(0, self, self.use_look)

    def _make_welcome(self) -> WelcomePage:
        page = WelcomePage(self._services)
        page.new_chosen.connect(self.new_file)
        page.open_chosen.connect(self.open_file)
        page.sample_asked.connect(self.open_sample)
        page.language_chosen.connect(self.use_language)
        self._inside.addWidget(page)
        return page

    def _build_shell(self, place: Place) -> None:
        if self.file is None or self.member is None:
            raise RuntimeError("a shell needs a workspace and who acts in it")
        self._let_shell_go()
        shell = Shell(
            self._services,
            self.operations,
            self.icons,
            file=self.file,
            member=self.member,
        )
        if self._reading_because is not None:
            shell.only_read(self._reading_because, partial(self.open_file, self.file))
        shell.titled.connect(self._retitle)
        top = shell.top
        top.new_asked.connect(lambda: self.welcome.ask_new())
        top.open_asked.connect(lambda: self.welcome.ask_open())
        top.leave_asked.connect(self.leave_file)
        shell.person_chosen.connect(self.switch_person)
        top.language_chosen.connect(self.use_language)
        shell.look_changed.connect(self.use_look)
        self.shell = shell
        self._inside.addWidget(shell)
        self._show(shell)
        shell.go(place)

    def _let_shell_go(self) -> None:
        if self.shell is not None:
            self.shell.drop()
            self._inside.removeWidget(self.shell)
            self.shell.deleteLater()
            self.shell = None
        if self._who is not None:
            self._inside.removeWidget(self._who)
            self._who.deleteLater()
            self._who = None

    def _show(self, widget: QWidget) -> None:
        self._inside.setCurrentWidget(widget)

    def _retitle(self) -> None:
        parts = [tr("LandSteward")]
        if self.file is not None:
            name = self.file.stem
            reading = self._reading_because is not None
            parts.insert(0, tr("{name} (reading only)", name=name) if reading else name)
        if self.shell is not None and self.shell.page is not None and self.shell.page.title():
            parts.insert(0, self.shell.page.title())
        self.setWindowTitle(" — ".join(parts))

    # Files dropped on the window

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Sheets and boundaries are welcome while a workspace is open, workspaces always."""
        if self._dropped(event) is not None or self._dropped_boundaries(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Boundaries are looked through, a sheet goes on its way in, a workspace is opened."""
        boundaries = self._dropped_boundaries(event)
        if boundaries and self.shell is not None:
            event.acceptProposedAction()
            self.shell.traffic.look_through_boundaries(boundaries)
            return
        file = self._dropped(event)
        if file is None:
            return
        event.acceptProposedAction()
        if file.suffix.lower() == SUFFIX:
            self.open_file(file)
        elif self.shell is not None:
            self.shell.traffic.import_file(file)

    def _dropped(self, event: QDropEvent) -> Path | None:
        sheets = self.shell is not None and self._reading_because is None
        return first_of(event.mimeData(), (SUFFIX, *SHEETS) if sheets else (SUFFIX,))

    def _dropped_boundaries(self, event: QDropEvent) -> list[Path]:
        if self.shell is None or self._reading_because is not None:
            return []
        return self.shell.traffic.boundaries_in(event.mimeData())

    # Beginning and end

    def showEvent(self, event: QShowEvent) -> None:
        """Icons begin to load once the window is there; without a workspace, one is offered."""
        if self._inside.count() == 0 and self._opening is None:
            self._show(self.welcome)
        super().showEvent(event)
        QTimer.singleShot(0, self.icons, self.icons.start)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save what is in the fields, wait for what is being written, close the file."""
        if self.shell is not None and not self.shell.commit() and not self._close_anyway:
            self._close_anyway = True
            self.shell.say(tr("One field could not be saved. Close again to leave it."), "caution")
            event.ignore()
            return
        self.finish()
        super().closeEvent(event)

    def finish(self) -> None:
        """End all background work. The window is of no use afterwards."""
        if self._closed:
            return
        self._closed = True
        self.bugs.end()
        self._let_shell_go()
        self.operations.close()
