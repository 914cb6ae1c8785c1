"""Filters beside a list's text: a panel of facets, and chips that take them away again."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from landsteward.app.language import tr
from landsteward.app.list_filters import Choice, Choices, Loosened, choices_of
from landsteward.app.views import Facet, ListFilter, ListKind
from ui import theme
from ui.widgets import facet_words
from ui.widgets.basics import button, clear, column, label, row, scrolled
from ui.widgets.flow import FlowLayout
from ui.widgets.signs import EmptyState
from ui.workbench import Workbench

_MOST_WITHOUT_SCROLLING = 10
_LINES_OF_COLUMN, _LINES_OF_TITLE = 12, 2
_WIDEST = 190
Chosen = dict[Facet, tuple[str, ...]]


class ListFilters(QWidget):
    """The row of chips; `opener` is the button that opens the facets. `chosen` is what holds."""

    changed = Signal()

    def __init__(self, bench: Workbench, kind: ListKind) -> None:
        super().__init__()
        self.chosen: Chosen = {}
        self.opener = button(tr("Filter"), "quiet", self._open)
        # Lists without facets leave it here, unseen.
        self.opener.setParent(self)
        self._bench = bench
        self._kind = kind
        self._choices: Choices = {}
        self._popup: QFrame | None = None
        self._chips = FlowLayout(gap=6)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(12, 0, 8, 8)
        outer.addLayout(self._chips)
        self.hide()

    def boxes(self) -> list[QCheckBox]:
        """The boxes of the panel, while it is open."""
        return self._popup.findChildren(QCheckBox) if self._popup is not None else []

    def chips(self) -> list[QPushButton]:
        """One for each facet something was chosen of, then the one that takes away all."""
        return self.findChildren(QPushButton)

    def set_chosen(self, chosen: Chosen) -> None:
        """What holds from now on; tells nobody."""
        self.chosen = {facet: values for facet, values in chosen.items() if values}
        if self.chosen and not self._choices:
            # The names of what was chosen are in the workspace.
            self._bench.operations.query(
                self, partial(choices_of, kind=self._kind), success=self._know
            )
        self._show_chips()

    def _know(self, choices: Choices) -> None:
        self._choices = choices
        self._show_chips()

    def words_of(self, facet: Facet) -> str:
        """A facet with what was chosen of it."""
        return facet_words.said(facet, self.chosen[facet], self._choices, self._kind)

    def _show_chips(self) -> None:
        clear(self._chips)
        for facet in self.chosen:
            words = self.words_of(facet)
            chip = button(f"{words}  ×", "chip", partial(self._take_away, facet))
            chip.setAccessibleName(tr("Take away the filter “{words}”", words=words))
            self._chips.addWidget(chip)
        if len(self.chosen) > 1:
            self._chips.addWidget(button(tr("Take away all"), "link", partial(self._choose, {})))
        self.setVisible(bool(self.chosen))

    def _take_away(self, facet: Facet) -> None:
        self._choose({one: values for one, values in self.chosen.items() if one is not facet})

    def _choose(self, chosen: Chosen) -> None:
        self.set_chosen(chosen)
        self.changed.emit()

    def _open(self) -> None:
        self._bench.operations.query(
            self, partial(choices_of, kind=self._kind), success=self._show_panel
        )

    def _show_panel(self, choices: Choices) -> None:
        self._choices = choices
        panel = QFrame(self, Qt.WindowType.Popup)
        panel.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        panel.setProperty("role", "card")
        panel.destroyed.connect(self._panel_gone)
        columns = QHBoxLayout(panel)
        columns.setContentsMargins(16, 12, 16, 12)
        columns.setSpacing(20)
        for together in _in_columns(choices):
            facets = [self._facet(facet, choices[facet]) for facet in together]
            columns.addLayout(column(*facets, 1, gap=14))
        self._popup = panel
        panel.adjustSize()
        below = self.opener.mapToGlobal(QPoint(0, self.opener.height() + 2))
        room = self.window().mapToGlobal(QPoint(self.window().width() - 20, 0)).x()
        panel.move(max(0, min(below.x(), room - panel.width())), below.y())
        panel.show()

    def _panel_gone(self) -> None:
        self._popup = None

    def _facet(self, facet: Facet, offered: tuple[Choice, ...]) -> QWidget:
        inner = QWidget()
        inner.setAutoFillBackground(False)
        boxes = QVBoxLayout(inner)
        boxes.setContentsMargins(0, 0, 8, 0)
        boxes.setSpacing(2)
        now = self.chosen.get(facet, ())
        for choice in offered:
            words = facet_words.word(facet, choice)
            box = QCheckBox(_fitted(words, inner))
            box.setAccessibleName(words)
            box.setToolTip(words)
            box.setChecked(choice.value in now)
            box.toggled.connect(partial(self._toggle, facet, choice.value))
            boxes.addWidget(box)
        boxes.addStretch(1)
        many = len(offered) > _MOST_WITHOUT_SCROLLING
        shown = scrolled(inner) if many else inner
        if many:
            shown.setMinimumWidth(inner.sizeHint().width() + theme.current().px(16))
            shown.setMinimumHeight(theme.current().px(290))
        held = QWidget()
        title = label(facet_words.title(facet, self._kind), "label")
        held.setLayout(column(title, shown, gap=4))
        return held

    def _toggle(self, facet: Facet, value: str, on: bool) -> None:
        now = [one for one in self.chosen.get(facet, ()) if one != value]
        order = [one.value for one in self._choices[facet]]
        values = sorted([*now, value] if on else now, key=order.index)
        self._choose({**self.chosen, facet: tuple(values)})


def _fitted(words: str, beside: QWidget) -> str:
    """Words that end in … where they would make their column too wide."""
    widest = theme.current().px(_WIDEST)
    return beside.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, widest)


def _in_columns(choices: Choices) -> list[list[Facet]]:
    """The facets that have anything to offer, short ones below each other, in their order."""
    found: list[list[Facet]] = []
    room = 0
    for facet, offered in choices.items():
        if not offered:
            continue
        lines = len(offered) + _LINES_OF_TITLE
        if found and lines <= room:
            found[-1].append(facet)
        else:
            found.append([facet])
            room = _LINES_OF_COLUMN
        room -= lines
    return found


class NothingFits(EmptyState):
    """No row fits: says which filter to take away, and how much would be seen then."""

    def __init__(self, filters: ListFilters, show_all: Callable[[], object]) -> None:
        super().__init__(
            tr("Nothing fits"),
            tr("Nothing in this list fits what is asked for."),
            tr("Show everything"),
            show_all,
            primary=False,
        )
        self._filters = filters
        self.ways = QVBoxLayout()
        self.ways.setSpacing(4)
        outer = self.layout()
        assert isinstance(outer, QVBoxLayout)
        outer.insertLayout(outer.indexOf(self.action), self.ways)

    def offer(self, ways: list[Loosened], take: Callable[[ListFilter], object]) -> None:
        """Offer each part that hides everything by itself."""
        clear(self.ways)
        for one in ways:
            part = tr("the text") if one.part is None else self._filters.words_of(one.part)
            words = tr("Without “{part}”: {count} rows", part=part, count=f"{one.count:,}")
            self.ways.addLayout(row(1, button(words, "link", partial(take, one.filter)), 1))
