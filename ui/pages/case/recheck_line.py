"""One line of the recheck's form: the finding, what was measured and answered then, and now."""

from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame

from landsteward.app.context import Context
from landsteward.app.language import localised, render, tr
from landsteward.app.recheck_sheet import RecheckLine
from landsteward.app.rechecks import judge_recheck
from landsteward.domain.checklist import breach
from landsteward.domain.remedies import RecheckResult
from landsteward.domain.states import RecheckKind, SubjectKind, Verdict
from ui import formats, theme
from ui import words as shared
from ui.pages.case import words
from ui.pages.case.pairs import PairPanel
from ui.pages.case.reading import CaseHead
from ui.pages.case.work import CaseWork
from ui.widgets.basics import box, changes, column, label, restyle, row, show_if
from ui.widgets.fields import DateField, DecimalField, NoteField
from ui.widgets.forms import keep
from ui.widgets.photos import PhotoStrip
from ui.widgets.pills import Pills
from ui.widgets.twolines import TwoLines

_VALUE_WIDTH = 104
_KEYS = {
    Qt.Key.Key_1: Verdict.PASSED,
    Qt.Key.Key_2: Verdict.PARTLY,
    Qt.Key.Key_3: Verdict.FAILED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A line as it is shown."""

    line: RecheckLine
    kind: RecheckKind
    head: CaseHead


def verdicts(kind: RecheckKind) -> list[tuple[Verdict, str, str]]:
    """The answers with their tones, in the order of the keys 1, 2, 3."""
    if kind is RecheckKind.LOOK_BACK:
        return [
            (Verdict.PASSED, tr("Stayed away"), "good"),
            (Verdict.FAILED, tr("Came back"), "bad"),
        ]
    return [
        (Verdict.PASSED, shared.verdict(Verdict.PASSED), "good"),
        (Verdict.PARTLY, shared.verdict(Verdict.PARTLY), "caution"),
        (Verdict.FAILED, shared.verdict(Verdict.FAILED), "bad"),
    ]


class JudgeRow(QFrame):
    """A finding; keys: 1 2 3 judge and go on, arrows move, Enter the value, N note."""

    moved = Signal(int)
    answered = Signal()

    def __init__(self, work: CaseWork, result_id: str) -> None:
        super().__init__()
        self.setProperty("role", "row")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._work = work
        self._result_id = result_id
        self._data: Judged | None = None
        self.pills: Pills = changes(Pills(verdicts(RecheckKind.RECHECK), finger=True))
        self.text = TwoLines()
        self.value = DecimalField("", minimum=None)
        self.value.setFixedWidth(theme.current().px(_VALUE_WIDTH))
        self.before = label("", "dim", wrap=True)
        self.missed = label("", "bad", wrap=True)
        self.note = NoteField(tr("What was seen"), rows=2)
        self.remains = NoteField(tr("What remains"), rows=2)
        self.deadline = DateField(tr("Proposed deadline"))
        self.photos = PhotoStrip(work.thumbnails)
        self.proof = PhotoStrip(work.thumbnails)
        self.proof_word = label(tr("Handed in as proof"), "label")
        self.pairs: PairPanel | None = None
        work.serve(self.photos, SubjectKind.RECHECK_RESULT, partial(str, result_id))
        self.proof.opened.connect(work.photo_asked)
        self.pills.chosen.connect(self._judge)
        for field, change in (
            (self.value, self._keep_value),
            (self.note, self._keep_note),
            (self.remains, self._keep_remains),
            (self.deadline, self._keep_deadline),
        ):
            keep(field, work.bench.operations, change)
        self.value.save_on_pauses()
        self.value.edited.connect(self._show_missed)
        self._top = row(gap=12)
        self._top.addWidget(self.text, 1)
        self._top.addWidget(self.value)
        self._top.addWidget(self.pills)
        rest = row(gap=12)
        rest.addWidget(self.remains, 1)
        rest.addWidget(self.deadline)
        self.rest = box(rest)
        seen = column(label(tr("Photos of the second look"), "label"), self.photos, gap=4)
        handed = column(self.proof_word, self.proof, gap=4)
        below = row(gap=16)
        below.addLayout(seen, 1)
        below.addLayout(handed, 1)
        self._all = column(self._top, self.before, self.missed, self.note, self.rest, below, gap=8)
        self._all.setContentsMargins(16, 12, 16, 12)
        self.setLayout(self._all)

    def fill(self, data: Judged) -> None:
        """Show what was judged so far."""
        first = self._data is None
        self._data = data
        line, finding = data.line, data.line.finding
        if first and data.kind is RecheckKind.LOOK_BACK:
            self._other_pills(data.kind)
        self.text.show_text(
            f"{finding.finding_no}  {words.finding_title(finding)}",
            " · ".join(
                one
                for one in (data.head.department_name(finding.department), finding.demand)
                if one
            ),
        )
        self.setAccessibleName(self.text.text[0])
        self.value.setVisible(line.measured)
        unit = line.item.unit if line.item is not None else ""
        name = tr("Measured value in {unit}", unit=unit) if unit else tr("Measured value")
        self.value.line.setToolTip(name)
        self.value.line.setAccessibleName(name)
        self.value.line.setPlaceholderText(unit)
        self.value.set_value(line.result.value)
        self.before.setText(_before(data))
        show_if(self.before, bool(self.before.text()))
        self._show_missed()
        self.pills.set_value(line.result.verdict)
        self.note.set_value(line.result.note)
        self.remains.set_value(line.result.remains)
        self.deadline.set_value(line.result.new_deadline_on)
        show_if(self.rest, line.result.verdict is Verdict.PARTLY)
        self.photos.show_photos(line.photos)
        self.proof.show_photos(line.proof, fixed=True)
        self.proof.setVisible(bool(line.proof))
        self.proof_word.setVisible(bool(line.proof))
        if self.pairs is None:
            self.pairs = PairPanel(self._work, finding.id)
            self._all.addWidget(self.pairs)
        self.pairs.refresh(writable=data.kind is RecheckKind.RECHECK)

    @property
    def verdict(self) -> Verdict | None:
        """What is chosen."""
        chosen: Verdict | None = self.pills.value()
        return chosen

    def _other_pills(self, kind: RecheckKind) -> None:
        self._top.removeWidget(self.pills)
        self.pills.setParent(None)
        self.pills.deleteLater()
        self.pills = changes(Pills(verdicts(kind), finger=True))
        self.pills.chosen.connect(self._judge)
        self._top.addWidget(self.pills)

    def _typed(self) -> Decimal | None:
        try:
            return self.value.value()
        except ValueError:
            return None

    def _show_missed(self) -> None:
        """How the value misses its limit as it stands in the field, kept or not."""
        data = self._data
        if data is None:
            return
        value, limit = self._typed(), data.line.limit
        missed = breach(value, limit) if limit is not None and value is not None else None
        if not self.value.dirty:
            self.value.set_error("")
            self.value.editor.setProperty("wrong", missed is not None)
            restyle(self.value.editor)
        self.missed.setText(tr("Still {how}", how=render(missed)) if missed is not None else "")
        show_if(self.missed, missed is not None)

    def _judge(self, verdict: Verdict | None) -> None:
        result_id = self._result_id
        passed = None if verdict is None else verdict is Verdict.PASSED
        partly = verdict is Verdict.PARTLY
        self._work.change(
            self,
            lambda ctx: judge_recheck(ctx, result_id=result_id, passed=passed, partly=partly),
        )
        show_if(self.rest, partly)
        if partly:
            self.remains.setFocus()
        elif verdict is Verdict.FAILED and not self.note.edit.toPlainText().strip():
            self.note.setFocus()
        elif verdict is not None:
            self.answered.emit()

    def _keep_value(self, ctx: Context, value: Decimal | None) -> RecheckResult:
        return judge_recheck(ctx, result_id=self._result_id, value=value)

    def _keep_note(self, ctx: Context, note: str) -> RecheckResult:
        return judge_recheck(ctx, result_id=self._result_id, note=note)

    def _keep_remains(self, ctx: Context, remains: str) -> RecheckResult:
        return judge_recheck(ctx, result_id=self._result_id, remains=remains)

    def _keep_deadline(self, ctx: Context, day: object) -> RecheckResult:
        from datetime import date

        due = day if isinstance(day, date) else None
        return judge_recheck(ctx, result_id=self._result_id, new_deadline_on=due)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Judge, move, write."""
        key = Qt.Key(event.key())
        if key in _KEYS and _KEYS[key] in [one for one, _word, _tone in self._offered()]:
            if self.pills.value() is _KEYS[key]:
                self.answered.emit()
            else:
                self.pills.choose(_KEYS[key])
        elif key == Qt.Key.Key_Down:
            self.moved.emit(1)
        elif key == Qt.Key.Key_Up:
            self.moved.emit(-1)
        elif key == Qt.Key.Key_N:
            self.note.setFocus()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.hasFocus():
            if self.value.isVisible():
                self.value.setFocus()
                self.value.line.selectAll()
            else:
                self.moved.emit(1)
        elif key == Qt.Key.Key_Escape and not self.hasFocus():
            self.setFocus()
        else:
            super().keyPressEvent(event)

    def _offered(self) -> list[tuple[Verdict, str, str]]:
        return verdicts(self._data.kind if self._data is not None else RecheckKind.RECHECK)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The line in use carries a bar at its left."""
        super().paintEvent(event)
        focus = QApplication.focusWidget()
        if focus is not None and (focus is self or self.isAncestorOf(focus)):
            look = theme.current()
            QPainter(self).fillRect(0, 1, look.px(3), self.height() - 2, look.colour("accent"))


def _before(data: Judged) -> str:
    """The checklist's line as it was answered at the checkup, and looks since."""
    line = data.line
    parts = []
    if line.item is not None and line.earlier is not None:
        if line.item.title != line.finding.title:
            parts.append(localised(line.item.title, line.item.title_en))
        if line.limit is not None:
            parts.append(words.limit(line.limit, line.item.unit))
        value = (
            f"{formats.plain(line.earlier.value)} {line.item.unit}"
            if line.earlier.value is not None
            else ""
        )
        outcome = shared.outcome(line.earlier.outcome) if line.earlier.outcome else ""
        parts.append(" ".join(one for one in (tr("At the checkup:"), value, outcome) if one))
        if line.missed_before is not None:
            parts.append(render(line.missed_before))
    if line.tries:
        parts.append(tr("Rechecks not passed before: {count}", count=line.tries))
    return " · ".join(parts)
