"""问题: the list with its bulk actions, and one finding in full beside it."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QStackedWidget

from landsteward.app.context import Context
from landsteward.app.drafts import draft_of
from landsteward.app.finding_facts import open_objection
from landsteward.app.findings import move_finding
from landsteward.app.joint_disposals import joint_of
from landsteward.app.language import tr
from landsteward.app.referrals import slips_of
from landsteward.domain.findings import Finding
from landsteward.domain.lifecycle import SETTLED_FINDING_STATES
from landsteward.domain.states import CaseStep, FindingMove, FindingState, NextStep
from ui import formats, theme
from ui import words as shared
from ui.pages.case import words
from ui.pages.case.finding_detail import FindingDetail
from ui.pages.case.finding_new import FORM, NewFinding
from ui.pages.case.finding_reading import FindingSheet, read_finding
from ui.pages.case.reading import CaseHead
from ui.pages.case.step import StepPage
from ui.pages.case.work import CaseWork
from ui.widgets.basics import Card, box, button, column, label, restyle, row, scrolled
from ui.widgets.callout import Callout
from ui.widgets.rows import Rows
from ui.widgets.signs import Badge, EmptyState
from ui.widgets.twolines import TwoLines

_FIRST = {
    NextStep.ANSWER_OBJECTION: (FindingState.OBJECTED, None),
    NextStep.REASSIGN_REBOUND: (FindingState.REBOUND, FindingMove.REOPEN),
    NextStep.CONTINUE_SUSPENDED: (FindingState.SUSPENDED, None),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What the list says of a finding beside the finding itself: the number of its joint disposal,
    and by when a reply to a slip or the answer to an objection is due.
    """

    joint_no: int | None = None
    reply_by: date | None = None
    answer_by: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingsData:
    """All findings of the case, and the one in front whole."""

    findings: tuple[Finding, ...]
    beside: dict[str, Beside]
    shown: FindingSheet | None
    draft: dict[str, str]


class FindingsStep(StepPage[FindingsData]):
    """List at the left, detail at the right."""

    step = CaseStep.FINDINGS

    def __init__(self, work: CaseWork) -> None:
        super().__init__(work)
        self._selected = ""
        self._findings: tuple[Finding, ...] = ()
        self._beside: dict[str, Beside] = {}
        self._open_move: FindingMove | None = None
        self.detail: FindingDetail | None = None
        self.card = Card(tr("Findings"), margin=0, gap=0)
        self.confirm = button(tr("Confirm"), "small", self.confirm_chosen, changing=True)
        self.assign = button(tr("Assign"), "small", self.assign_chosen, changing=True)
        self.add = button(
            tr("Add…"), "small", self.begin_new, hint=tr("Record a finding by hand"), changing=True
        )
        for one in (self.confirm, self.assign, self.add):
            self.card.head.addWidget(one)
        self.error = Callout(self.confirm)
        self.rows: Rows[FindingRow, tuple[Finding, Beside, CaseHead]] = Rows(
            self._make_row, FindingRow.fill
        )
        inner = column(gap=0)
        inner.addLayout(self.rows.layout)
        inner.addStretch(1)
        self.card.add(scrolled(box(inner)), 1)
        self.card.setMinimumWidth(theme.current().px(340))
        self.card.setMaximumWidth(theme.current().px(620))
        self.new = NewFinding(work)
        self.new.closed.connect(self._end_new)
        self.blank = Card()
        self.blank.add(
            label(tr("Choose a finding at the left to see it in full."), "dim", wrap=True)
        )
        self.blank.body.addStretch(1)
        self._held = column(gap=0)
        self.right = QStackedWidget()
        self.detail_area = scrolled(box(self._held))
        self.right.addWidget(self.blank)
        self.right.addWidget(self.detail_area)
        self.right.addWidget(scrolled(self.new))
        both = row(gap=12)
        both.addWidget(self.card, 4)
        both.addWidget(self.right, 5)
        self.list = box(both)
        self.empty = EmptyState(
            tr("No findings yet"),
            tr(
                "Items answered “problem” in the checkup become findings by one key; what the form "
                "does not ask can be recorded by hand."
            ),
            tr("Record a finding by hand"),
            self.begin_new,
            primary=False,
        )
        self.stack = QStackedWidget()
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self.list)
        self.outer.addWidget(self.stack, 1)
        self._adding = False

    def read(self, ctx: Context) -> FindingsData:
        """All findings, and the selected one with its history, photos and moves."""
        findings = ctx.workspace.findings.where(case_id=self.work.case_id)
        chosen = self._selected
        shown = next((one for one in findings if one.id == chosen), None)
        if shown is None and findings:
            shown = next(
                (one for one in findings if one.state not in SETTLED_FINDING_STATES), findings[0]
            )
        return FindingsData(
            findings=tuple(findings),
            beside={one.id: _beside(ctx, one) for one in findings},
            shown=read_finding(ctx, shown) if shown else None,
            draft=draft_of(ctx, case_id=self.work.case_id, form=FORM),
        )

    def present(self, data: FindingsData) -> None:
        """The list, and the finding in front."""
        head = self.work.head
        assert head is not None
        self._findings, self._beside = data.findings, data.beside
        self.new.present(head, data.draft)
        self.stack.setCurrentWidget(self.list if data.findings or self._adding else self.empty)
        self.rows.show([(one.id, (one, data.beside[one.id], head)) for one in data.findings])
        self._show_counts()
        if data.shown is None:
            self.right.setCurrentIndex(2 if self._adding else 0)
            return
        wanted = data.shown.finding.id
        if self._selected and self._selected != wanted:
            return
        self._selected = wanted
        for key in self.rows.keys:
            self.rows.row(key).mark(key == wanted)
        if self.detail is None or self.detail.finding_id != wanted:
            if self.detail is not None:
                self.detail.hide()
                self.detail.deleteLater()
            self.detail = FindingDetail(self.work, wanted, head)
            self._held.addWidget(self.detail)
            self.detail_area.verticalScrollBar().setValue(0)
        self.detail.present(head, data.shown)
        self.right.setCurrentIndex(2 if self._adding else 1)
        if self._open_move is not None:
            move, self._open_move = self._open_move, None
            self.detail.moves.begin(move)

    def do_next(self, step: NextStep) -> None:
        """Confirm or assign all that wait, or show the finding that does."""
        if step is NextStep.CONFIRM_FINDINGS:
            self.confirm_chosen()
        elif step is NextStep.ASSIGN_FINDINGS:
            self.assign_chosen()
        elif step is NextStep.LOG_REPLY:
            waiting = (key for key, beside in self._beside.items() if beside.reply_by is not None)
            finding_id = next(waiting, "")
            if finding_id:
                self.select(finding_id)
        elif step in _FIRST:
            state, move = _FIRST[step]
            found = next((one for one in self._findings if one.state is state), None)
            if found is not None:
                self._open_move = move
                self.select(found.id)

    def select(self, finding_id: str) -> None:
        """Show this finding in full."""
        if self.detail is not None and self.isVisible() and self.detail.finding_id != finding_id:
            from ui.widgets.forms import commit_all

            if not commit_all(self.detail):
                return
        self._adding = False
        self._selected = finding_id
        self.work.refresh_asked.emit()

    def confirm_chosen(self) -> None:
        """Confirm the ticked drafts, or all where none is ticked, in one action."""
        self._move_all(FindingMove.CONFIRM, self._chosen(FindingState.DRAFT))

    def assign_chosen(self) -> None:
        """Assign the ticked confirmed findings, or all where none is ticked, in one action."""
        self._move_all(FindingMove.ASSIGN, self._chosen(FindingState.CONFIRMED))

    def begin_new(self) -> None:
        """Open the form of a finding by hand."""
        self._adding = True
        self.stack.setCurrentWidget(self.list)
        self.right.setCurrentIndex(2)
        self.new.begin()

    def _end_new(self, finding_id: str) -> None:
        self._adding = False
        if finding_id:
            self._selected = finding_id
        self.work.refresh_asked.emit()

    def _chosen(self, state: FindingState) -> list[str]:
        fitting = [one.id for one in self._findings if one.state is state]
        ticked = [key for key in fitting if self.rows.row(key).tick.isChecked()]
        return ticked or fitting

    def _move_all(self, move: FindingMove, finding_ids: list[str]) -> None:
        def run(ctx: Context) -> None:
            with ctx.change():
                for finding_id in finding_ids:
                    move_finding(ctx, finding_id=finding_id, move=move)

        if finding_ids:
            self.work.change(self, run, success=lambda _done: self._untick(), error=self.error)

    def _untick(self) -> None:
        for one in self.rows.all:
            one.tick.setChecked(False)

    def _show_counts(self) -> None:
        drafts = len(self._chosen(FindingState.DRAFT))
        confirmed = len(self._chosen(FindingState.CONFIRMED))
        self.confirm.setText(tr("Confirm {count}", count=drafts))
        self.confirm.setVisible(drafts > 0)
        self.assign.setText(tr("Assign {count}", count=confirmed))
        self.assign.setVisible(confirmed > 0)

    def _make_row(self, finding_id: str) -> "FindingRow":
        made = FindingRow()
        made.chosen.connect(lambda: self.select(finding_id))
        made.moved.connect(lambda by: self._move_on(finding_id, by))
        made.tick.toggled.connect(lambda _on: self._show_counts())
        return made

    def _move_on(self, finding_id: str, by: int) -> None:
        keys = self.rows.keys
        place = keys.index(finding_id) + by
        if 0 <= place < len(keys):
            self.rows.row(keys[place]).setFocus()
            self.select(keys[place])


def _beside(ctx: Context, finding: Finding) -> Beside:
    joint = joint_of(ctx, finding_id=finding.id)
    slips = [one.referral.reply_by for one in slips_of(ctx, finding_id=finding.id) if one.waits]
    objection = open_objection(ctx, finding_id=finding.id)
    return Beside(
        joint_no=joint.disposal.joint_no if joint is not None else None,
        reply_by=min((day for day in slips if day is not None), default=None),
        answer_by=objection.answer_by if objection is not None else None,
    )


class FindingRow(QFrame):
    """A finding in the list: tick for bulk actions, click or arrows to see it."""

    chosen = Signal()
    moved = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "row")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._marked = False
        self.tick = QCheckBox()
        self.tick.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.number = label("", "dim")
        self.number.setMinimumWidth(theme.current().px(16))
        self.text = TwoLines()
        self.severity = Badge()
        self.state = Badge()
        layout = row(self.tick, self.number, gap=8)
        layout.addWidget(self.text, 1)
        badges = column(gap=4)
        for one in (self.state, self.severity):
            badges.addWidget(one, 0, Qt.AlignmentFlag.AlignRight)
        layout.addLayout(badges)
        layout.setContentsMargins(14, 8, 12, 8)
        self.setLayout(layout)

    def fill(self, data: tuple[Finding, Beside, CaseHead]) -> None:
        """Show the finding."""
        finding, beside, head = data
        self.number.setText(str(finding.finding_no))
        under = [head.department_name(finding.department)]
        if finding.deadline_on is not None:
            word, _tone = shared.due(finding.deadline_on, head.today)
            settled = finding.state in SETTLED_FINDING_STATES
            when = formats.day(finding.deadline_on)
            under.append(when if settled else f"{when} {word}")
        if beside.answer_by is not None:
            word, _tone = shared.due(beside.answer_by, head.today)
            under.append(tr("answer due: {due}", due=word))
        if beside.reply_by is not None:
            word, _tone = shared.due(beside.reply_by, head.today)
            under.append(tr("reply due: {due}", due=word))
        if beside.joint_no is not None:
            under.append(tr("Joint disposal {number}", number=beside.joint_no))
        if finding.supervised:
            under.append(tr("Close supervision"))
        if finding.interviewed:
            under.append(tr("Interviewed"))
        title = words.finding_title(finding)
        self.text.show_text(title, " · ".join(under))
        self.setAccessibleName(title)
        self.severity.show_word(
            shared.severity(finding.severity), shared.severity_tone(finding.severity)
        )
        self.state.show_word(
            shared.end_state(finding.state, head.ended_by.get(finding.id, "")),
            shared.finding_tone(finding.state),
        )
        bulk = finding.state in (FindingState.DRAFT, FindingState.CONFIRMED)
        self.tick.setEnabled(bulk)
        if not bulk and self.tick.isChecked():
            self.tick.setChecked(False)

    def mark(self, marked: bool) -> None:
        """Show whether this is the finding in front."""
        if marked != self._marked:
            self._marked = marked
            restyle(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The finding in front stands on the accent's ground with a bar at its left."""
        look = theme.current()
        painter = QPainter(self)
        if self._marked:
            painter.fillRect(self.rect(), look.colour("accent_soft"))
            painter.fillRect(0, 0, look.px(3), self.height(), look.colour("accent"))
        elif self.hasFocus():
            painter.fillRect(self.rect(), look.colour("hover"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, look.colour("line"))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click shows it."""
        self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk, Space ticks, Enter shows."""
        if event.key() == Qt.Key.Key_Down:
            self.moved.emit(1)
        elif event.key() == Qt.Key.Key_Up:
            self.moved.emit(-1)
        elif event.key() == Qt.Key.Key_Space and self.tick.isEnabled():
            self.tick.toggle()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit()
        else:
            super().keyPressEvent(event)
