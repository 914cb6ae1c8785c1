"""The top bar: search, the workspace and its menu, whether all is saved, and who acts."""

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QWidget

from landsteward.app.language import Language, render, tr
from landsteward.app.people import Member
from landsteward.domain.permission_words import RESTRICTED_WORDS
from landsteward.domain.permissions import Sees
from landsteward.domain.sight import Sight
from ui import theme, words
from ui.operations import Operations
from ui.shell.search import SearchBox
from ui.widgets.basics import button, label
from ui.widgets.signs import SavedState


class TopBar(QFrame):
    """Signals only: what they do is the window's."""

    import_asked = Signal()
    new_asked = Signal()
    open_asked = Signal()
    backup_asked = Signal()
    leave_asked = Signal()
    help_asked = Signal()
    people_asked = Signal()
    person_chosen = Signal(str)
    language_chosen = Signal(str)

    def __init__(self, operations: Operations, workspace_name: str, over: QWidget) -> None:
        super().__init__()
        self.setProperty("role", "bar")
        look = theme.current()
        self.setFixedHeight(look.px(52))
        self._operations = operations
        self._said: list[str] = []
        self._reading = False
        self.search = SearchBox(operations, over, keys="Ctrl K")
        self.search.setMinimumWidth(look.px(260))
        self.search.setMaximumWidth(look.px(420))
        self.workspace = button(f"{workspace_name} ▾", "quiet", self._file_menu)
        self.workspace.setToolTip(tr("Import, open, back up"))
        self.saved = SavedState()
        self.following = label("", "dim")
        self.following.hide()
        self.scope = label("", "caution")
        self.scope.hide()
        self.person = button("", "quiet", self._ask_people)
        self.person.setToolTip(tr("Who acts: click to switch"))
        self.language = button("中 / EN", "quiet", self._language_menu)
        self.language.setToolTip("语言 / Language")
        self.help = button("?", "quiet", self.help_asked.emit)
        self.help.setToolTip(tr("User guide (F1)"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(20, 0, 12, 0)
        layout.setSpacing(8)
        layout.addWidget(self.search, 3)
        layout.addWidget(self.workspace)
        layout.addStretch(2)
        layout.addWidget(self.following)
        layout.addWidget(self.saved)
        layout.addWidget(self.scope)
        layout.addWidget(self.person)
        layout.addWidget(self.language)
        layout.addWidget(self.help)

    def show_member(self, member: Member) -> None:
        """Say who acts."""
        person, organisation = member.person, member.organisation
        parts = [person.name, organisation.name, words.role(person.role)]
        parts = [part for part in parts if part]
        self._said = [" · ".join(one) + " ▾" for one in (parts, (parts[0], parts[-1]), parts[:1])]
        self.person.setToolTip(" · ".join(parts) + "\n" + tr("Who acts: click to switch"))
        self._operations.query(self, lambda ctx: ctx.sight, success=self._show_sight)
        self._fit()

    def _show_sight(self, sight: Sight) -> None:
        """Say that not everything is shown, on every page."""
        said = {
            Sees.OWN_CARRIER: tr("Own carrier's enterprises only"),
            Sees.ENGAGED: tr("Enterprises engaged for only"),
        }.get(sight.sees, "")
        masked = [render(RESTRICTED_WORDS[kind]) for kind in sorted(sight.masked)]
        if masked:
            said = " · ".join(filter(None, (said, tr("some values restricted"))))
        self.scope.setText(said)
        self.scope.setToolTip(
            tr("Restricted: {values}", values=tr(", ").join(masked)) if masked else ""
        )
        self.scope.setVisible(bool(said))
        self._fit()

    def show_following(self, left: int) -> None:
        """Say how many changes search and lists do not know of yet, as long as there are any."""
        self.following.setText(tr("Indexing {count}…", count=f"{left:,}"))
        self.following.setToolTip(
            tr("A large import is being added to the search; until then it may miss something.")
        )
        self.following.setVisible(left > 0)
        self._fit()

    def only_read(self) -> None:
        """Nobody acts, and nothing comes in."""
        self._reading = True
        self.person.setEnabled(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say less where there is less room; the name always stays."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        others = (self.search, self.workspace, self.saved, self.language, self.help)
        shown = [one for one in (*others, self.following, self.scope) if not one.isHidden()]
        taken = sum(max(one.minimumWidth(), one.minimumSizeHint().width()) for one in shown)
        room = self.width() - taken - 32 - 8 * 6 - theme.current().px(24)
        metrics = self.person.fontMetrics()
        fits = (one for one in self._said if metrics.horizontalAdvance(one) <= room)
        said = next(fits, self._said[-1] if self._said else "")
        if said != self.person.text():
            self.person.setText(said)

    def ask_people(self) -> None:
        """Open the choice of who acts."""
        self._ask_people()

    def _ask_people(self) -> None:
        from landsteward.app.people import list_members

        self._operations.query(self, list_members, success=self._people_menu)

    def _people_menu(self, members: list[Member]) -> None:
        menu = self._menu()
        menu.setObjectName("people")
        for member in members:
            person, organisation = member.person, member.organisation
            action = menu.addAction(
                f"{person.name} · {organisation.name} · {words.role(person.role)}"
            )
            action.setData(person.id)
            action.triggered.connect(
                lambda _on=False, chosen=person.id: self.person_chosen.emit(chosen)
            )
        menu.addSeparator()
        menu.addAction(tr("People and organisations…")).triggered.connect(self.people_asked.emit)
        self._open(menu, self.person)

    def _file_menu(self) -> None:
        menu = self._menu()
        menu.setObjectName("file")
        for text, signal in (
            (tr("Import…"), self.import_asked),
            (tr("Back up…"), self.backup_asked),
            ("", None),
            (tr("Open workspace…"), self.open_asked),
            (tr("New workspace…"), self.new_asked),
            (tr("Close workspace"), self.leave_asked),
        ):
            if signal is None:
                menu.addSeparator()
            else:
                action = menu.addAction(text)
                action.triggered.connect(signal.emit)
                if text == tr("Import…"):
                    action.setEnabled(not self._reading)
        self._open(menu, self.workspace)

    def _language_menu(self) -> None:
        menu = self._menu()
        menu.setObjectName("language")
        for text, language in (("中文", Language.CHINESE), ("English", Language.ENGLISH)):
            menu.addAction(text).triggered.connect(
                lambda _on=False, chosen=language: self.language_chosen.emit(chosen.value)
            )
        self._open(menu, self.language)

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _open(self, menu: QMenu, below: QPushButton) -> None:
        menu.popup(below.mapToGlobal(QPoint(0, below.height() + 2)))
