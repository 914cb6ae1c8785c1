"""One line of the checkup form: the item, its answer, what was measured, note and photos."""

from dataclasses import dataclass
from decimal import Decimal
from functools import partial

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
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from landsteward.app.checkups import SheetItem, answer_item, set_item_note, set_item_value
from landsteward.app.context import Context
from landsteward.app.findings import finding_from_item
from landsteward.app.language import localised, render, tr
from landsteward.domain.casework import Evidence
from landsteward.domain.checklist import breach
from landsteward.domain.rulepack import ChecklistItem
from landsteward.domain.states import ItemOutcome, SubjectKind
from ui import formats, theme
from ui import words as shared
from ui.pages.case import words
from ui.pages.case.work import CaseWork
from ui.widgets.basics import CHANGES, button, changes, column, label, restyle, row, selectable
from ui.widgets.fields import DecimalField, NoteField
from ui.widgets.forms import keep
from ui.widgets.photos import PhotoStrip
from ui.widgets.pills import Pills
from ui.widgets.twolines import TwoLines

_VALUE_WIDTH = 104


@dataclass(frozen=True, slots=True, kw_only=True)
class LineData:
    """What a line shows. `number` counts through the whole form; `fixed` when it is locked."""

    number: int
    sheet: SheetItem
    department: str
    photos: tuple[Evidence, ...]
    fixed: bool
    year: int


def outcomes() -> list[tuple[ItemOutcome, str, str]]:
    """The three answers with their tones, in the order of the keys 1, 2, 3."""
    return [
        (ItemOutcome.OK, shared.outcome(ItemOutcome.OK), "good"),
        (ItemOutcome.PROBLEM, shared.outcome(ItemOutcome.PROBLEM), "bad"),
        (ItemOutcome.NOT_APPLICABLE, shared.outcome(ItemOutcome.NOT_APPLICABLE), "plain"),
    ]


class CheckLine(QFrame):
    """A line; keys: 1 2 3 answer, arrows move on, F basis and photos, N note, Enter the value."""

    moved = Signal(int)

    def __init__(self, work: CaseWork, result_id: str) -> None:
        super().__init__()
        self.setProperty("role", "row")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(True)
        self._work = work
        self._result_id = result_id
        self._data: LineData | None = None
        self.value: DecimalField | None = None
        self.detail: _Detail | None = None
        self.strip: _Strip | None = None
        look = theme.current()
        self.number = label("", "dim")
        self.number.setFixedWidth(look.px(30))
        self.head = TwoLines()
        self.pills = changes(Pills(outcomes()))
        self.more = button("", "quiet", self.toggle)
        self.more.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.more.setFixedWidth(look.px(58))
        self.more.setToolTip(tr("Basis, note and photos (F)"))
        self._top = row(self.number, gap=10)
        self._top.addWidget(self.head, 1)
        self._top.addWidget(self.pills)
        self._top.addWidget(self.more)
        self._top.setContentsMargins(12, 6, 8, 6)
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
        if first:
            self.number.setText(str(data.number))
            if _measured(sheet.item):
                self._add_value(sheet.item.unit)
        self.head.show_text(localised(sheet.item.title, sheet.item.title_en), _under(data))
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
        self._show_breach(sheet.result.value)
        if self.detail is not None:
            self.detail.fill(data)

    @property
    def data(self) -> LineData | None:
        """What the line shows."""
        return self._data

    def toggle(self) -> None:
        """Show or put away basis, note and photos."""
        shown = self.detail is not None and self.detail.isVisible()
        self._details().setVisible(not shown)
        data = self._data
        if data is not None:
            count = len(data.photos)
            sign = "▸" if shown else "▾"
            self.more.setText(f"▣ {count} {sign}" if count else sign)

    def _details(self) -> "_Detail":
        if self.detail is None:
            self.detail = _Detail(self._work, self._result_id)
            self.detail.hide()
            self._all.addWidget(self.detail)
            if self._data is not None:
                self.detail.fill(self._data)
        return self.detail

    def _open(self) -> "_Detail":
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
        self.value.committed.connect(self._show_breach)
        self._top.insertWidget(2, self.value)
        self.setTabOrder(self.value.line, self.pills)

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
            self.strip = _Strip()
            self.strip.action.clicked.connect(self._make_finding)
            self._all.insertWidget(1, self.strip)
        self.strip.present(data, render(missed) if missed is not None else "")
        self.strip.show()

    def _answer(self, outcome: ItemOutcome | None) -> None:
        result_id = self._result_id
        self._work.change(self, lambda ctx: answer_item(ctx, result_id=result_id, outcome=outcome))

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
        key = event.key()
        fixed = self._data is None or self._data.fixed
        if key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3) and not fixed:
            self.pills.choose_number(key - Qt.Key.Key_0)
        elif key == Qt.Key.Key_Down:
            self.moved.emit(1)
        elif key == Qt.Key.Key_Up:
            self.moved.emit(-1)
        elif key == Qt.Key.Key_F:
            self.toggle()
        elif key == Qt.Key.Key_N:
            self._open().note.setFocus()
        elif event.matches(QKeySequence.StandardKey.Paste) and not fixed:
            self._open().photos.paste()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.hasFocus():
            if self.value is not None and not fixed:
                self.value.setFocus()
                self.value.line.selectAll()
            else:
                self.moved.emit(1)
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


class _Strip(QFrame):
    """Under a line: how a limit is missed, on what basis, and the way to a finding."""

    def __init__(self) -> None:
        super().__init__()
        self.missed = label("", "bad", wrap=True)
        self.basis = label("", "dim", wrap=True)
        self.action = button("", "link")
        layout = row(self.missed, gap=12)
        layout.addWidget(self.basis, 1)
        layout.addWidget(self.action)
        indent = theme.current().px(52)
        layout.setContentsMargins(indent, 2, 8, 2)
        self.setLayout(layout)

    def paintEvent(self, event: QPaintEvent) -> None:
        """On the ground of a problem, from edge to edge."""
        QPainter(self).fillRect(self.rect(), theme.current().colour("bad_soft"))

    def present(self, data: LineData, missed: str) -> None:
        """Show a breach, or just that there is a problem."""
        sheet = data.sheet
        self.missed.setText(missed)
        self.missed.setVisible(bool(missed))
        bases = "；".join(f"{words.law_title(one)} {one.article}" for one in sheet.bases)
        self.basis.setText(tr("Basis: {bases}", bases=bases) if bases else "")
        if sheet.finding is not None:
            self.action.setText(
                tr(
                    "Finding {number} · {state} →",
                    number=sheet.finding.finding_no,
                    state=shared.finding_state(sheet.finding.state),
                )
            )
        else:
            self.action.setText(tr("Make a finding →"))
        self.action.setProperty(CHANGES, sheet.finding is None)
        self.action.setVisible(sheet.finding is not None or not data.fixed)


class _Detail(QWidget):
    """Basis whole with its version, what is demanded, the note, and the photos."""

    def __init__(self, work: CaseWork, result_id: str) -> None:
        super().__init__()
        self.basis = selectable("", "dim")
        self.note = NoteField(tr("Note"), rows=2)
        keep(
            self.note,
            work.bench.operations,
            lambda ctx, text: set_item_note(ctx, result_id=result_id, note=text),
        )
        self.photos = PhotoStrip(work.thumbnails, width=66, height=52)
        work.serve(self.photos, SubjectKind.ITEM_RESULT, partial(str, result_id))
        layout = column(self.basis, self.note, self.photos, gap=8)
        layout.setContentsMargins(theme.current().px(52), 0, 12, 10)
        self.setLayout(layout)

    def fill(self, data: LineData) -> None:
        """Show what is on record."""
        item = data.sheet.item
        lines = [words.basis(one) for one in data.sheet.bases]
        demand = localised(item.demand, item.demand_en)
        if demand:
            lines.append(tr("Usually demanded: {demand}", demand=demand))
        self.basis.setText("\n".join(lines) or tr("No basis is in force on the day of the visit."))
        self.note.set_value(data.sheet.result.note)
        self.note.set_read_only(data.fixed)
        self.photos.show_photos(data.photos, fixed=data.fixed)


def _measured(item: ChecklistItem) -> bool:
    """Whether the item has a value to measure: a unit, or a limit of pack or contract."""
    limits = (item.minimum, item.maximum, item.limit_from)
    return bool(item.unit) or any(one is not None for one in limits)


def _under(data: LineData) -> str:
    """Limit, last answer and note under the title."""
    sheet = data.sheet
    parts = [data.department] if data.department else []
    if sheet.limit is not None:
        parts.append(words.limit(sheet.limit, sheet.item.unit))
    last = sheet.last_year
    if last is not None and last.outcome is not None:
        year = last.answered_at.year if last.answered_at is not None else None
        when = (
            tr("Last year")
            if year == data.year - 1
            else (str(year) if year is not None else tr("Last time"))
        )
        value = f"{formats.plain(last.value)} {sheet.item.unit}" if last.value is not None else ""
        parts.append(" ".join(part for part in (when, value, shared.outcome(last.outcome)) if part))
    if sheet.result.note:
        parts.append(tr("Note: {note}", note=sheet.result.note.replace("\n", " ")))
    return " · ".join(parts)
