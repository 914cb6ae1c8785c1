"""Rail, top bar, message line and the page in front; going from one page to another."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from landsteward.app.language import render, tr
from landsteward.app.people import Member
from landsteward.app.views import Hit
from landsteward.domain.casework import Case
from landsteward.domain.errors import KnownError
from ui.icons import Icons
from ui.operations import Operations
from ui.pages import registry
from ui.pages.base import Page
from ui.services import Services
from ui.shell.rail import Rail
from ui.shell.topbar import TopBar
from ui.shell.traffic import Traffic
from ui.widgets.basics import box
from ui.widgets.signs import MessageBar
from ui.workbench import DESK, Place, Workbench

_DETAILS_KEPT = 4


class Shell(QWidget):
    """The window's inside while a workspace is open. Made again when language or look change."""

    titled = Signal(str)
    person_chosen = Signal(str)
    look_changed = Signal()

    def __init__(
        self,
        services: Services,
        operations: Operations,
        icons: Icons,
        *,
        file: Path,
        member: Member,
    ) -> None:
        super().__init__()
        self._services = services
        self._operations = operations
        self._member = member
        self._pages: dict[tuple[str, str], Page] = {}
        self._back: list[Place] = []
        self.bench = Workbench(
            services=services,
            operations=operations,
            go=self.go,
            say=self.say,
            member=lambda: self._member,
            switch_person=self._switch_person,
            act_as=self._act_as,
            ask_import=lambda: self.traffic.ask_import(),
            import_file=lambda file: self.traffic.import_file(file),
            ask_backup=lambda: self.traffic.ask_backup(),
            icons=icons,
            look_changed=self.look_changed.emit,
        )
        self.traffic = Traffic(self, file, self.bench, self.commit)
        self.rail = Rail(registry.rail(), icons)
        self.top = TopBar(operations, file.stem, self)
        self.standing = MessageBar()
        self.message = MessageBar()
        self.stack = QStackedWidget()
        below = QVBoxLayout()
        below.setContentsMargins(20, 16, 20, 16)
        below.setSpacing(12)
        below.addWidget(self.standing)
        below.addWidget(self.message)
        below.addWidget(self.stack, 1)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.top)
        right.addWidget(box(below, "ground"), 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.rail)
        layout.addLayout(right, 1)
        self.rail.chosen.connect(self._rail_chosen)
        self.top.search.found.connect(self._found)
        self.top.show_member(member)
        self.top.help_asked.connect(self.show_help)
        self.top.backup_asked.connect(self.traffic.ask_backup)
        self.top.import_asked.connect(self._show_imports)
        self.top.person_chosen.connect(self.person_chosen)
        self.top.people_asked.connect(self._show_people)
        operations.saved.connect(self._saved)
        operations.busy_changed.connect(self.top.saved.saving)
        operations.failed.connect(self._failed)
        operations.changed.connect(self._changed)
        operations.followed.connect(self._followed)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._refresh)
        for keys, run in (
            ("Ctrl+K", self._find),
            ("F1", self.show_help),
            ("Alt+Left", self.go_back),
            ("Ctrl+S", self._save_now),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(run)

    @property
    def page(self) -> Page | None:
        """The page in front."""
        shown = self.stack.currentWidget()
        return shown if isinstance(shown, Page) else None

    def go(self, place: Place) -> None:
        """Show a place. Stays where a field has something that makes no sense, and says so."""
        if not self.commit():
            return
        before = self.page
        if before is not None and before.place() != place:
            self._back = [*self._back[-20:], before.place()]
        key = (place.page, place.record_id)
        page = self._pages.get(key)
        elsewhere = page is not None and place.step and page.place().step != place.step
        if page is not None and elsewhere and not page.turn_to(place):
            self._let_go(key)
            page = None
        if page is None:
            page = registry.make(self.bench, place)
            page.titled.connect(self._titled)
            self._pages[key] = page
            self.stack.addWidget(page)
        else:
            self._pages[key] = self._pages.pop(key)
        self.message.hide()
        self.stack.setCurrentWidget(page)
        self.rail.mark(registry.rail_page_of(place))
        page.refresh()
        page.setFocus()
        self._titled(page.title())
        self._forget_old()

    def go_back(self) -> None:
        """To the place before this one."""
        if self._back and self.commit():
            place = self._back.pop()
            kept = list(self._back)
            self.go(place)
            self._back = kept

    def commit(self) -> bool:
        """Save what the page has in its fields; False, with a word, where that cannot be."""
        if self.page is None or self.page.commit():
            return True
        self.say(tr("A field on this page is not right yet; look for the red line."), "caution")
        return False

    def say(self, text: str, tone: str = "accent") -> None:
        """One line above the page."""
        self.message.say(text, tone)

    def show_member(self, member: Member) -> None:
        """Somebody else acts now, who may and sees other things: no page stays as it is."""
        self._member = member
        self.top.show_member(member)
        shown = self.page
        if shown is None:
            return
        place = shown.place()
        for key in [
            key for key, page in self._pages.items() if page is not shown or not page.adapts
        ]:
            self._let_go(key)
        self.go(place)
        if shown.adapts:
            self.bench.operations.query(
                self, lambda ctx: ctx.workspace.cases.find(place.record_id), success=self._stay
            )

    def _stay(self, case: Case | None) -> None:
        """Whoever does not see a case does not stay before it."""
        if case is None:
            self.go(DESK)

    def only_read(self, because: KnownError, try_again: Callable[[], None]) -> None:
        """Records are looked at and not changed, for this reason; it is said all the time."""
        from ui.shell.reading import ReadingOnly

        ReadingOnly(self)
        self.top.only_read()
        self.standing.stand()
        self.standing.say(
            tr(
                "Reading only: {reason} You can look, search and print; nothing can be changed.",
                reason=render(because.what),
            ),
            "caution",
            action=tr("Open for writing"),
            run=try_again,
        )

    def drop(self) -> None:
        """The shell is about to go."""
        for page in self._pages.values():
            page.drop()

    def show_help(self) -> None:
        """The user guide."""
        self.go(Place("help"))

    def _switch_person(self) -> None:
        self.top.ask_people()

    def _act_as(self, person_id: str) -> None:
        self.top.person_chosen.emit(person_id)

    def _show_imports(self) -> None:
        self.go(Place("imports"))

    def _show_people(self) -> None:
        self.go(Place("settings", step="people"))

    def _rail_chosen(self, page: str) -> None:
        self.go(Place(page))
        shown = self.page
        if shown is not None:
            self.rail.mark(registry.rail_page_of(shown.place()))

    def _found(self, hit: Hit) -> None:
        self.go(Place(hit.kind, hit.id, hit.step))

    def _find(self) -> None:
        self.top.search.setFocus()
        self.top.search.selectAll()

    def _save_now(self) -> None:
        self.commit()

    def _saved(self) -> None:
        self.top.saved.saved(self._services.clock.now())

    def _failed(self, error: KnownError) -> None:
        self.message.fail(error)

    def _changed(self) -> None:
        self._soon.start()

    def _followed(self, left: int) -> None:
        self.top.show_following(left)
        if not left:
            self._changed()

    def _refresh(self) -> None:
        if self.page is not None:
            self.page.refresh()

    def _titled(self, title: str) -> None:
        sender = self.page
        if sender is not None:
            self.rail.mark(registry.rail_page_of(sender.place()))
            self.titled.emit(sender.title())

    def _forget_old(self) -> None:
        details = [key for key in self._pages if key[1]]
        for key in details[:-_DETAILS_KEPT]:
            self._let_go(key)

    def _let_go(self, key: tuple[str, str]) -> None:
        page = self._pages.pop(key)
        page.drop()
        self.stack.removeWidget(page)
        page.deleteLater()
