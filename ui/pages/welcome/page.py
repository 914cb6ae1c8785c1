"""No workspace is open: make one, open one, or look at the sample park."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from landsteward.app.language import Language, current_language, tr
from landsteward.domain.errors import KnownError
from ui import input_method, theme
from ui.services import Services
from ui.widgets.basics import Card, ElidedLabel, box, button, clear, column, label, line, row
from ui.widgets.signs import MessageBar

SUFFIX = ".lsw"


def file_filter() -> str:
    """The filter of file dialogs for workspaces."""
    return tr("Workspace") + " (*.lsw)"


class WelcomePage(QWidget):
    """Carries paths out; opening them is the window's."""

    new_chosen = Signal(object)
    open_chosen = Signal(object)
    sample_asked = Signal()
    language_chosen = Signal(str)

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        look = theme.current()
        self.message = MessageBar()
        self.new = button(tr("New workspace"), "primary", self.ask_new)
        self.open = button(tr("Open…"), "", self.ask_open)
        self.sample = button(tr("Open the sample park"), "", self.sample_asked.emit)
        other = Language.ENGLISH if current_language() is Language.CHINESE else Language.CHINESE
        word = "English" if other is Language.ENGLISH else "中文"
        self.language = button(
            word, "quiet", lambda: self.language_chosen.emit(other.value), hint="语言 / Language"
        )
        card = Card(margin=32, gap=8)
        card.setFixedWidth(look.px(600))
        card.add(row(label(tr("LandSteward"), "title"), 1, self.language))
        card.add(
            label(
                tr(
                    "Checkup, remedy, follow-up and closure of industrial land. Everything is "
                    "kept in one file on this computer; no network is needed."
                ),
                "dim",
                wrap=True,
            )
        )
        card.body.addSpacing(12)
        card.add(row(self.new, self.open, self.sample, 1))
        self._recent = column(gap=0)
        card.body.addSpacing(12)
        self._recent_title = label(tr("Recently opened"), "label")
        card.add(self._recent_title)
        self._recent_line = line()
        card.add(self._recent_line)
        card.add(self._recent)
        self.busy = label("", "dim")
        middle = box(column(self.message, card, self.busy, gap=12))
        middle.setFixedWidth(look.px(600))
        self.setLayout(row(1, box(column(2, middle, 3)), 1))
        self.refresh()

    def refresh(self) -> None:
        """Look again which files were opened last."""
        clear(self._recent)
        self.recent: list[QWidget] = []
        files = self._services.settings.recent
        self._recent_title.setVisible(bool(files))
        self._recent_line.setVisible(bool(files))
        if not files and (words := input_method.trouble()):
            self.message.say(words, "caution")
        for file in files:
            opener = button(file.name, "link", partial(self.open_chosen.emit, file), hint=str(file))
            self.recent.append(opener)
            forget = button("×", "quiet", partial(self._forget, file), hint=tr("Leave out here"))
            forget.setFixedWidth(theme.current().px(32))
            place = ElidedLabel(str(file.parent), "dim")
            line_of = row(opener, place, forget)
            line_of.setStretchFactor(place, 1)
            self._recent.addLayout(line_of)

    def ask_new(self) -> None:
        """Ask where the new workspace goes."""
        suggested = str(Path.home() / f"{tr('Workspace')}{SUFFIX}")
        chosen, _kind = QFileDialog.getSaveFileName(
            self, tr("New workspace"), suggested, file_filter()
        )
        if chosen:
            file = Path(chosen)
            self.new_chosen.emit(file if file.suffix == SUFFIX else Path(f"{file}{SUFFIX}"))

    def ask_open(self) -> None:
        """Ask which workspace to open."""
        chosen, _kind = QFileDialog.getOpenFileName(
            self, tr("Open workspace"), str(Path.home()), file_filter()
        )
        if chosen:
            self.open_chosen.emit(Path(chosen))

    def working(self, text: str) -> None:
        """Something is being opened; empty: no longer."""
        self.busy.setText(text)
        for one in (self.new, self.open, self.sample):
            one.setEnabled(not text)

    def fail(self, error: KnownError) -> None:
        """Say why a file could not be opened."""
        self.working("")
        self.message.fail(error)

    def _forget(self, file: Path) -> None:
        self._services.settings.forget(file)
        self.refresh()
