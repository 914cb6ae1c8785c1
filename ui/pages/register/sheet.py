"""What the pages of an enterprise and of a parcel share: head line, key figures, tabs, removals."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from landsteward.app.language import tr
from landsteward.app.removals import Removable, bring_back, remove
from landsteward.domain.organisations import Organisation
from landsteward.domain.permissions import Action, may
from ui import formats, theme
from ui.operations import Operations
from ui.pages.registry import earlier
from ui.widgets.basics import (
    Card,
    ElidedLabel,
    box,
    button,
    changes,
    column,
    label,
    restyle,
    row,
    scrolled,
    show_if,
)
from ui.widgets.dates import DateField
from ui.widgets.fields import ChoiceField
from ui.widgets.flow import FlowLayout
from ui.widgets.forms import RecordForm
from ui.widgets.signs import MessageBar
from ui.widgets.tabs import Tabs
from ui.workbench import Place, Workbench


class Part(QWidget):
    """What belongs to one tab; made when it is first shown. `scrolls`: it does so by itself."""

    scrolls = False

    def present(self, head: Any) -> None:
        """Show what the page's head knows, and ask for the rest."""
        raise NotImplementedError


class PartTabs(Tabs):
    """Tabs whose parts are made and asked when they are first needed."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: dict[str, Part] = {}

    def add_part(self, key: str, word: str, make: Callable[[], Part]) -> None:
        """Put another part behind the others."""

        def made() -> QWidget:
            part = self.parts[key] = make()
            if part.scrolls:
                return part
            area = scrolled(box(column(part)))
            area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
            return area

        self.add_later(key, word, made)

    @property
    def part(self) -> Part | None:
        """The part in front."""
        return self.parts.get(self.current)


class KeyFigure(QWidget):
    """A figure with its name above and what it is made of below; a click leads to it."""

    def __init__(self, name: str, lead: Callable[[], object] | None = None) -> None:
        super().__init__()
        self.value = label(formats.NONE, "keyfigure")
        self.value.setFont(theme.tabular(self.value.font()))
        self.under = ElidedLabel("", "dim")
        caption = button(name, "caption", lead) if lead is not None else label(name, "label")
        self._short = theme.current().percent >= 130
        if self._short:
            # Large text leaves room for one line; what is below is said when pointed at.
            self.under.setParent(self)
            self.under.hide()
            self.setLayout(row(caption, self.value))
        else:
            self.setLayout(column(caption, self.value, self.under, gap=0))
            self.setMinimumWidth(theme.current().px(150))

    def say(self, value: str, under: str = "", tone: str = "dim") -> None:
        """Show this figure; the line below has a tone of its own."""
        self.value.setText(value or formats.NONE)
        self.under.setText(under)
        self.value.setToolTip(under)
        if self.under.property("role") != tone:
            self.under.setProperty("role", tone)
            restyle(self.under)


def figures_line(figures: Sequence[KeyFigure]) -> Card:
    """Key figures side by side; with large text they go on in the next line."""
    card = Card(margin=0, gap=0)
    flow = FlowLayout(gap=theme.current().px(24))
    for one in figures:
        flow.addWidget(one)
    held = QWidget()
    held.setLayout(flow)
    held.setContentsMargins(16, 10, 16, 10)
    card.add(held)
    return card


def head_line(
    bench: Workbench, *, back_to: Place, names: Sequence[QWidget], actions: Sequence[QWidget]
) -> QHBoxLayout:
    """The way back to the register, what the page is about, and what can be done."""
    back = button("←", "quiet", lambda: bench.go(back_to), hint=tr("To the register"))
    back.setFixedWidth(theme.current().px(32))
    head = QHBoxLayout()
    head.setSpacing(8)
    for widget in (back, *names):
        head.addWidget(widget)
    head.addStretch(1)
    for widget in actions:
        head.addWidget(widget)
    return head


class AsOf(QWidget):
    """截至: a day to look back to. Leaves for the page as it was recorded on that day."""

    def __init__(self, bench: Workbench, page: str, record_id: str) -> None:
        super().__init__()
        self._bench = bench
        self._page = page
        self._record_id = record_id
        self.day = DateField("", hint=tr("Today"))
        self.day.line.setAccessibleName(tr("As recorded on"))
        self.day.setToolTip(tr("See this page as it was recorded on an earlier day."))
        self.day.setFixedWidth(theme.current().px(126))
        self.day.committed.connect(self._go)
        caption = label(tr("As of"), "dim")
        caption.setBuddy(self.day.line)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(caption)
        layout.addWidget(self.day)
        if not may(bench.member().person.role, Action.READ_TRAIL):
            self.hide()

    def _go(self, day: Any) -> None:
        if day is None:
            return
        if day > self._bench.services.clock.today():
            self.day.set_error(tr("That day is still to come."))
            return
        self._bench.go(earlier(self._page, self._record_id, day.isoformat()))


class ShowMore(QPushButton):
    """Of a long list so many lines are made at once; a click makes more. `shown` says how many."""

    def __init__(self, again: Callable[[], object], at_first: int = 25) -> None:
        super().__init__()
        self.setProperty("role", "link")
        self.setAutoDefault(False)
        self.shown = at_first
        self._step = 3 * at_first
        self._again = again
        self.clicked.connect(self._more)
        self.hide()

    def tell(self, whole: int) -> None:
        """Say how many are left of a list of this length."""
        rest = whole - self.shown
        self.setText(tr("Show {count} more", count=rest))
        show_if(self, rest > 0)

    def _more(self) -> None:
        self.shown += self._step
        self._again()


class Removals:
    """Takes lines out at once, and offers to bring them back."""

    def __init__(self, operations: Operations, message: MessageBar) -> None:
        self._operations = operations
        self._message = message

    def take_out(self, kind: Removable, record_id: str, said: str) -> None:
        """Take a line out; `said` is what the offer to bring it back says."""

        def undo() -> None:
            self._operations.change(
                self._message,
                partial(bring_back, kind=kind, record_id=record_id),
                failure=self._message.fail,
            )

        self._operations.change(
            self._message,
            partial(remove, kind=kind, record_id=record_id),
            success=lambda _none: self._message.say(said, "accent", action=tr("Undo"), run=undo),
            failure=self._message.fail,
        )


def remover(run: Callable[[], object], hint: str = "") -> QWidget:
    """The sign at the end of a line that takes it out."""
    made = changes(button("×", "quiet", run, hint=hint or tr("Take this row out")))
    made.setFixedWidth(theme.current().px(32))
    return made


def card_of_tabs(tabs: Tabs) -> Card:
    """The tabs above what they show."""
    card = Card(margin=16, gap=12)
    card.add(tabs)
    card.add(tabs.stack, 1)
    return card


def offer_carriers(form: RecordForm, carriers: Sequence[Organisation]) -> None:
    """The carriers that a record can belong to."""
    field = form.fields["carrier_id"]
    assert isinstance(field, ChoiceField)
    field.set_options([(None, tr("Not on record")), *((one.id, one.name) for one in carriers)])
