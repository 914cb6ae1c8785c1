"""The moves of a finding: those its state admits, the refused ones with the reason in words."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from landsteward.app.context import Context
from landsteward.app.drafts import draft_of
from landsteward.app.findings import move_finding
from landsteward.app.language import render, tr
from landsteward.domain.findings import Finding
from landsteward.domain.states import FindingMove
from landsteward.domain.text import Message
from ui.pages.case import words
from ui.pages.case.work import CaseWork, Drafts
from ui.widgets.basics import Card, button, clear, column, label, row
from ui.widgets.callout import Callout, Refusal
from ui.widgets.fields import DateField, Field, NoteField
from ui.widgets.flow import FlowLayout

MOVES_HERE = (
    FindingMove.CONFIRM,
    FindingMove.ASSIGN,
    FindingMove.REOPEN,
    FindingMove.OBJECT,
    FindingMove.REJECT_OBJECTION,
    FindingMove.UPHOLD_OBJECTION,
    FindingMove.FIX_IMMEDIATELY,
    FindingMove.RECTIFY_WITHOUT_PLAN,
    FindingMove.EXTEND,
    FindingMove.CONTINUE,
    FindingMove.TRANSFER,
    FindingMove.SUSPEND,
    FindingMove.DISMISS,
    FindingMove.TERMINATE,
)
"""The moves made on a finding itself; plan, follow-up and recheck make the others."""

_AT_ONCE = frozenset({FindingMove.CONFIRM, FindingMove.RESUME, FindingMove.SUBMIT})
_WITH_DEADLINE = frozenset({FindingMove.ASSIGN, FindingMove.REOPEN, FindingMove.EXTEND})
_NO_REASON = frozenset({FindingMove.ASSIGN, FindingMove.REOPEN})
_ENDS = frozenset({FindingMove.DISMISS, FindingMove.TERMINATE, FindingMove.UPHOLD_OBJECTION})


class FindingMoves(QWidget):
    """Buttons of the moves; one that needs a reason or a day opens its form below."""

    def __init__(self, work: CaseWork, finding_id: str) -> None:
        super().__init__()
        self._work = work
        self._finding_id = finding_id
        self._shown: list[tuple[FindingMove, str]] = []
        self.buttons: dict[FindingMove, QPushButton] = {}
        self.form: MoveForm | None = None
        self.error = Callout(self)
        self._flow = FlowLayout(gap=6)
        self._reasons = QVBoxLayout()
        self._reasons.setSpacing(2)
        self._place = column(gap=0)
        self.setLayout(column(self._flow, self._reasons, self._place, gap=6))

    def present(
        self, finding: Finding, moves: Sequence[tuple[FindingMove, Message | None]]
    ) -> None:
        """Show the moves; unchanged ones keep their buttons, an open form its text."""
        self._finding = finding
        wanted = [(move, render(why) if why is not None else "") for move, why in moves]
        if wanted == self._shown:
            return
        self._shown = wanted
        clear(self._flow)
        clear(self._reasons)
        self.buttons = {}
        for move, why in wanted:
            role = "danger" if move in _ENDS else ""
            made = button(words.move(move), role, self._starter(move), hint=why, changing=True)
            made.setProperty("small", True)
            made.setEnabled(not why)
            self.buttons[move] = made
            self._flow.addWidget(made)
            if why:
                self._reasons.addWidget(
                    label(
                        tr("{move}: {reason}", move=words.move(move).rstrip("…"), reason=why),
                        "dim",
                        wrap=True,
                    )
                )
        if self.form is not None and self.form.move_made not in self.buttons:
            self.close_form()

    def begin(self, move: FindingMove) -> None:
        """Make a move at once, or open its form."""
        if move in _AT_ONCE:
            finding_id = self._finding_id
            self._work.change(
                self,
                lambda ctx: move_finding(ctx, finding_id=finding_id, move=move),
                error=self.error,
            )
            return
        self.close_form()
        self.form = MoveForm(self._work, self._finding, move)
        self.form.closed.connect(self.close_form)
        self._place.addWidget(self.form)
        self.form.begin()

    def close_form(self) -> None:
        """Put the open form away; what was typed is kept as a draft."""
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
            self.form = None

    def _starter(self, move: FindingMove) -> Callable[[], None]:
        return lambda: self.begin(move)


class MoveForm(Card):
    """Reason and day of a move."""

    def __init__(self, work: CaseWork, finding: Finding, move: FindingMove) -> None:
        super().__init__(words.move(move).rstrip("…"), margin=12, gap=10)
        self._work = work
        self._finding = finding
        self.move_made = move
        self.reason = NoteField(_reason_word(move), rows=2)
        self.deadline: DateField | None = None
        self.error = Refusal()
        self.send = button(words.move(move).rstrip("…"), "small", self.make, changing=True)
        self.cancel = button(tr("Cancel"), "quiet")
        self.closed = self.cancel.clicked
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.cancel.click)
        fields: dict[str, Field] = {"reason": self.reason}
        if move in _WITH_DEADLINE:
            self.deadline = fields["deadline"] = DateField(_deadline_word(move))
            self.add(self.deadline)
            if move is not FindingMove.EXTEND:
                self.deadline.set_value(finding.deadline_on)
        self.add(self.reason)
        self.add(row(self.error, self.cancel, self.send))
        self._drafts = Drafts(work, self, f"move/{finding.id}/{move}", fields)
        form = self._drafts.form
        case_id = work.case_id
        work.bench.operations.query(
            self,
            lambda ctx: draft_of(ctx, case_id=case_id, form=form),
            success=self._drafts.restore,
        )

    def begin(self) -> None:
        """Put the person at the first field."""
        (self.deadline or self.reason).setFocus()

    def make(self) -> None:
        """Make the move; a refusal stays here with the words, and so does what was typed."""
        deadline: date | None = None
        if self.deadline is not None:
            if not self.deadline.commit():
                return
            deadline = self.deadline.value()
            if deadline is None:
                self.deadline.set_error(tr("Say until when."))
                self.deadline.setFocus()
                return
        reason = self.reason.edit.toPlainText().strip()
        if not reason and self.move_made not in _NO_REASON:
            self.reason.set_error(tr("A reason must be given."))
            self.reason.setFocus()
            return
        finding_id, move, form = self._finding.id, self.move_made, self._drafts.form

        def run(ctx: Context) -> None:
            with ctx.change():
                move_finding(
                    ctx, finding_id=finding_id, move=move, reason=reason, deadline_on=deadline
                )
                self._work.sent(ctx, form)

        self._work.change(self, run, success=lambda _done: self.cancel.click(), error=self.error)


def _reason_word(move: FindingMove) -> str:
    return {
        FindingMove.OBJECT: tr("What the enterprise objects"),
        FindingMove.REJECT_OBJECTION: tr("Answer to the objection"),
        FindingMove.UPHOLD_OBJECTION: tr("Answer to the objection"),
        FindingMove.FIX_IMMEDIATELY: tr("What was done on the spot"),
        FindingMove.TRANSFER: tr("To whom, and why"),
        FindingMove.ASSIGN: tr("Note on the assignment (may stay empty)"),
        FindingMove.REOPEN: tr("Note on the assignment (may stay empty)"),
    }.get(move, tr("Reason"))


def _deadline_word(move: FindingMove) -> str:
    return tr("New deadline") if move is not FindingMove.ASSIGN else tr("Deadline")
