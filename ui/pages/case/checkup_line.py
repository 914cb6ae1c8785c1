"""One line of the checkup form: the item, its answer, what was measured; below it the rest."""

from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QApplication, QFrame

from landsteward.app.checkups import answer_item, set_item_value
from landsteward.app.context import Context
from landsteward.app.findings import finding_from_item
from landsteward.app.language import localised, render, tr
from landsteward.domain.checklist import breach
from landsteward.domain.errors import KnownError
from landsteward.domain.rulepack import ChecklistItem
from landsteward.domain.states import ItemOutcome
from ui import theme
from ui import words as shared
from ui.pages.case.checkup_detail import Detail, LineData, Strip, under
from ui.pages.case.work import CaseWork
from ui.widgets.basics import button, changes, column, label, restyle, row
from ui.widgets.fields import DecimalField
from ui.widgets.forms import keep
from ui.widgets.pills import Pills
from ui.widgets.twolines import TwoLines

_VALUE_WIDTH = 104
_ANSWERS = {
    Qt.Key.Key_1: ItemOutcome.OK,
    Qt.Key.Key_2: ItemOutcome.PROBLEM,
    Qt.Key.Key_3: ItemOutcome.NOT_APPLICABLE,
}
_OF_THE_FORM = frozenset(
    {Qt.Key.Key_PageDown, Qt.Key.Key_PageUp, Qt.Key.Key_R, Qt.Key.Key_A, Qt.Key.Key_Z}
)


def outcomes() -> list[tuple[ItemOutcome, str, str]]:
    """The three answers with their tones, in the order of the keys 1, 2, 3."""
    return [
        (ItemOutcome.OK, shared.outcome(ItemOutcome.OK), "good"),
        (ItemOutcome.PROBLEM, shared.outcome(ItemOutcome.PROBLEM), "bad"),
        (ItemOutcome.NOT_APPLICABLE, shared.outcome(ItemOutcome.NOT_APPLICABLE), "plain"),
    ]


class CheckLine(QFrame):
    """A line; keys: 1 2 3 answer and go on, arrows move, F folds basis and photos out, N note,
    Enter the value. What is done to the form as a whole (`asked`) is left to the form.
    """

    moved = Signal(int)
    answered = Signal()
    """Whoever answered goes on to the next line."""
    asked = Signal(int)
    """A key that means the whole form: section up or down, the rest, undo, another item."""
    addendum_asked = Signal(str)
    """About this item."""

    def __init__(self, work: CaseWork, result_id: str) -> None:
        super().__init__()
        self.setProperty("role", "row")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(True)
        self._work = work
        self._result_id = result_id
        self._data: LineData | None = None
        self.value: DecimalField | None = None
        self.detail: Detail | None = None
        self.strip: Strip | None = None
        look = theme.current()
        self.number = label("", "dim")
        self.number.setFixedWidth(look.px(30))
        self.head = TwoLines()
        self.pills = changes(Pills(outcomes(), finger=True))
        self.more = button("", "quiet", self.toggle)
        self.more.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.more.setFixedSize(look.px(58), look.px(44))
        self.more.setToolTip(tr("Basis, note and photos (F)"))
        self._top = row(self.number, gap=10)
        self._top.addWidget(self.head, 1)
        self._top.addWidget(self.pills)
        self._top.addWidget(self.more)
        self._top.setContentsMargins(12, 4, 8, 4)
        self._all = column(self._top, gap=0)
        self.setLayout(self._all)
        self.pills.chosen.connect(self._answer)

    def fill(self, data: LineData) -> None:
        """Show the line as it is on record."""
        if data == self._data:
            return
        first = self._data is None
        self._data = data
        sheet = data.sheet
        if first and _measured(sheet.item):
            self._add_value(sheet.item.unit)
        self.number.setText(str(sheet.number))
        self.head.show_text(localised(sheet.item.title, sheet.item.title_en), under(data))
        self.setAccessibleName(self.head.text[0])
        self.pills.set_value(sheet.result.outcome)
        self.pills.setEnabled(not data.fixed)
        self.setAcceptDrops(not data.fixed)
        count = len(data.photos)
        sign = "▾" if self.detail is not None and self.detail.isVisibleTo(self) else "▸"
        self.more.setText(f"▣ {count} {sign}" if count else sign)
        if self.value is not None:
            self.value.set_value(sheet.result.value)
            self.value.set_read_only(data.fixed)
        self._show_breach(self._typed())
        if self.detail is not None:
            self.detail.fill(data)

    @property
    def data(self) -> LineData | None:
        """What the line shows."""
        return self._data

    @property
    def result_id(self) -> str:
        """Key of the answer."""
        return self._result_id

    def toggle(self) -> None:
        """Show or put away basis, note and photos."""
        shown = self.detail is not None and self.detail.isVisible()
        self._details().setVisible(not shown)
        data = self._data
        if data is not None:
            count = len(data.photos)
            sign = "▸" if shown else "▾"
            self.more.setText(f"▣ {count} {sign}" if count else sign)

    def _details(self) -> Detail:
        if self.detail is None:
            self.detail = Detail(self._work, self._result_id)
            self.detail.addendum_asked.connect(self._ask_for_addendum)
            self.detail.hide()
            self._all.addWidget(self.detail)
            if self._data is not None:
                self.detail.fill(self._data)
        return self.detail

    def _open(self) -> Detail:
        if self.detail is None or not self.detail.isVisible():
            self.toggle()
        return self._details()

    def _add_value(self, unit: str) -> None:
        self.value = DecimalField("", unit=unit if len(unit) <= 6 else "", minimum=None)
        self.value.setFixedWidth(theme.current().px(_VALUE_WIDTH))
        name = tr("Measured value in {unit}", unit=unit) if unit else tr("Measured value")
        self.value.line.setToolTip(name)
        self.value.line.setAccessibleName(name)
        result_id = self._result_id
        keep(
            self.value,
            self._work.bench.operations,
            lambda ctx, value: set_item_value(ctx, result_id=result_id, value=value),
        )
        self.value.save_on_pauses()
        self.value.edited.connect(lambda: self._show_breach(self._typed()))
        self._top.insertWidget(2, self.value)
        self.setTabOrder(self.value.line, self.pills)

    def _typed(self) -> Decimal | None:
        """The value as it stands in its field, kept or not."""
        if self.value is None:
            return None
        try:
            return self.value.value()
        except ValueError:
            return None

    def _ask_for_addendum(self) -> None:
        if self._data is not None:
            self.addendum_asked.emit(self._data.sheet.item.key)

    def _show_breach(self, value: Decimal | None) -> None:
        """Below the line: how the limit is missed, and the way to a finding."""
        data = self._data
        if data is None:
            return
        sheet = data.sheet
        missed = breach(value, sheet.limit) if sheet.limit and value is not None else None
        problem = sheet.result.outcome is ItemOutcome.PROBLEM
        wanted = missed is not None or problem
        if self.value is not None and not self.value.dirty:
            self.value.set_error("")
            self.value.editor.setProperty("wrong", missed is not None)
            restyle(self.value.editor)
        if not wanted:
            if self.strip is not None:
                self.strip.hide()
            return
        if self.strip is None:
            self.strip = Strip()
            self.strip.action.clicked.connect(self._make_finding)
            self._all.insertWidget(1, self.strip)
        self.strip.present(data, render(missed) if missed is not None else "")
        self.strip.show()

    def _answer(self, outcome: ItemOutcome | None) -> None:
        result_id, operations = self._result_id, self._work.bench.operations

        def refused(error: KnownError) -> None:
            if self._data is not None:
                self.pills.set_value(self._data.sheet.result.outcome)
            operations.failed.emit(error)

        operations.change(
            self,
            lambda ctx: answer_item(ctx, result_id=result_id, outcome=outcome),
            failure=refused,
        )
        if outcome is not None:
            self.answered.emit()

    def _make_finding(self) -> None:
        data = self._data
        if data is None:
            return
        if data.sheet.finding is not None:
            self._work.finding_asked.emit(data.sheet.finding.id)
            return
        result_id = self._result_id
        answered = data.sheet.result.outcome is ItemOutcome.PROBLEM

        def run(ctx: Context) -> None:
            with ctx.change():
                if not answered:
                    answer_item(ctx, result_id=result_id, outcome=ItemOutcome.PROBLEM)
                finding_from_item(ctx, result_id=result_id)

        self._work.change(self, run)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer, move, open."""
        key = Qt.Key(event.key())
        fixed = self._data is None or self._data.fixed
        if event.matches(QKeySequence.StandardKey.Paste) and not fixed:
            self._open().photos.paste()
        elif event.matches(QKeySequence.StandardKey.Undo):
            self.asked.emit(Qt.Key.Key_Z)
        elif key in _ANSWERS and not fixed:
            if self.pills.value() is _ANSWERS[key]:
                self.answered.emit()
            else:
                self.pills.choose(_ANSWERS[key])
        elif key == Qt.Key.Key_Down:
            self.moved.emit(1)
        elif key == Qt.Key.Key_Up:
            self.moved.emit(-1)
        elif key == Qt.Key.Key_F and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.toggle()
        elif key == Qt.Key.Key_N:
            self._open().note.setFocus()
        elif key == Qt.Key.Key_A and fixed:
            self._ask_for_addendum()
        elif key in _OF_THE_FORM:
            self.asked.emit(key)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.hasFocus():
            if self.value is not None and not fixed:
                self.value.setFocus()
                self.value.line.selectAll()
            else:
                self.moved.emit(1)
        elif key == Qt.Key.Key_Escape and not self.hasFocus():
            self.setFocus()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Photos may be dropped anywhere on the line."""
        self._details().photos.dragEnterEvent(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Not here after all."""
        self._details().photos.dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Attach what was dropped."""
        self._open().photos.dropEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The line in use carries a bar at its left."""
        super().paintEvent(event)
        focus = QApplication.focusWidget()
        if focus is not None and (focus is self or self.isAncestorOf(focus)):
            painter = QPainter(self)
            look = theme.current()
            painter.fillRect(0, 1, look.px(3), self.height() - 2, look.colour("accent"))


def _measured(item: ChecklistItem) -> bool:
    """Whether the item has a value to measure: a unit, or a limit of pack or contract."""
    limits = (item.minimum, item.maximum, item.limit_from)
    return bool(item.unit) or any(one is not None for one in limits)
