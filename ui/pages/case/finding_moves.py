"""The moves of a finding: those its state admits, the refused ones with the reason in words."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from landsteward.app.findings import move_finding
from landsteward.app.language import render, tr
from landsteward.domain.findings import Finding
from landsteward.domain.states import FindingMove, SlipKind
from landsteward.domain.text import Message
from ui.pages.case import words
from ui.pages.case.finding_form import Action, ActionForm, FormFacts
from ui.pages.case.finding_objection import ObjectionForm
from ui.pages.case.finding_slip_form import SlipForm
from ui.pages.case.finding_spot import SpotForm
from ui.pages.case.work import CaseWork
from ui.widgets.basics import button, clear, column, label
from ui.widgets.callout import Callout
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
    FindingMove.CONTINUE,
    FindingMove.TRANSFER,
    FindingMove.SUSPEND,
    FindingMove.DISMISS,
    FindingMove.TERMINATE,
)
"""The moves made on a finding itself; plan, follow-up and recheck make the others."""

_AT_ONCE = frozenset({FindingMove.CONFIRM, FindingMove.RESUME, FindingMove.SUBMIT})
_WITH_DEADLINE = frozenset({FindingMove.ASSIGN, FindingMove.REOPEN})
_NO_REASON = frozenset({FindingMove.ASSIGN, FindingMove.REOPEN})
_ENDS = frozenset({FindingMove.DISMISS, FindingMove.TERMINATE, FindingMove.UPHOLD_OBJECTION})


class FindingMoves(QWidget):
    """Buttons of the moves; one that needs a reason or a day opens its form below."""

    def __init__(self, work: CaseWork, finding_id: str) -> None:
        super().__init__()
        self._work = work
        self._finding_id = finding_id
        self._shown: list[tuple[FindingMove | SlipKind, str]] = []
        self.buttons: dict[FindingMove | SlipKind, QPushButton] = {}
        self.form: ActionForm | None = None
        self._opened_for: FindingMove | SlipKind | None = None
        self.error = Callout(self)
        self._flow = FlowLayout(gap=6)
        self._reasons = QVBoxLayout()
        self._reasons.setSpacing(2)
        self._place = column(gap=0)
        self.setLayout(column(self._flow, self._reasons, self._place, gap=6))

    def present(
        self,
        finding: Finding,
        moves: Sequence[tuple[FindingMove | SlipKind, Message | None]],
        facts: FormFacts,
    ) -> None:
        """Show the moves; unchanged ones keep their buttons, an open form its text."""
        self._finding = finding
        self._facts = facts
        wanted = [(move, render(why) if why is not None else "") for move, why in moves]
        if wanted == self._shown:
            return
        self._shown = wanted
        clear(self._flow)
        clear(self._reasons)
        self.buttons = {}
        for move, why in wanted:
            role = "danger" if move in _ENDS else ""
            made = button(_word(move), role, self._starter(move), hint=why, changing=True)
            made.setProperty("small", True)
            made.setEnabled(not why)
            self.buttons[move] = made
            self._flow.addWidget(made)
            if why:
                self._reasons.addWidget(
                    label(
                        tr("{move}: {reason}", move=_word(move).rstrip("…"), reason=why),
                        "dim",
                        wrap=True,
                    )
                )
        if self.form is not None and self._opened_for not in self.buttons:
            self.close_form()

    def begin(self, move: FindingMove | SlipKind) -> None:
        """Make a move at once, or open its form."""
        if isinstance(move, FindingMove) and move in _AT_ONCE:
            self._make_at_once(move)
            return
        self.close_form()
        self._opened_for = move
        self.form = self._form(move)
        self.form.closed.connect(self.close_form)
        self._place.addWidget(self.form)
        self.form.begin()

    def close_form(self) -> None:
        """Put the open form away; what was typed is kept as a draft."""
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
            self.form = None

    def _make_at_once(self, move: FindingMove) -> None:
        finding_id = self._finding_id
        self._work.change(
            self,
            lambda ctx: move_finding(ctx, finding_id=finding_id, move=move),
            error=self.error,
        )

    def _form(self, move: FindingMove | SlipKind) -> ActionForm:
        if isinstance(move, SlipKind):
            return SlipForm(self._work, self._finding, move, self._facts)
        if move is FindingMove.TRANSFER:
            return SlipForm(self._work, self._finding, SlipKind.TRANSFER, self._facts)
        if move is FindingMove.OBJECT:
            return ObjectionForm(self._work, self._finding, self._facts)
        if move is FindingMove.FIX_IMMEDIATELY:
            return SpotForm(self._work, self._finding)
        return MoveForm(self._work, self._finding, move)

    def _starter(self, move: FindingMove | SlipKind) -> Callable[[], None]:
        return lambda: self.begin(move)


class MoveForm(ActionForm):
    """Reason and day of a move."""

    def __init__(self, work: CaseWork, finding: Finding, move: FindingMove) -> None:
        super().__init__(work, finding.id, f"move/{move}", words.move(move).rstrip("…"))
        self.move_made = move
        self.reason = NoteField(_reason_word(move), rows=2)
        self.deadline: DateField | None = None
        fields: dict[str, Field] = {"reason": self.reason}
        usual: dict[str, object] = {}
        if move in _WITH_DEADLINE:
            self.deadline = DateField(_deadline_word(move))
            fields = {"deadline": self.deadline, **fields}
            self.add(self.deadline)
            usual["deadline"] = finding.deadline_on
        self.add(self.reason)
        self.finish(fields, usual)

    def prepared(self) -> Action | None:
        """Both must be there, as far as the move asks for them."""
        deadline: date | None = None
        if self.deadline is not None:
            deadline = self.deadline.value()
            if deadline is None:
                self.missing(self.deadline, tr("Say until when."))
                return None
        reason = self.reason.value()
        if not reason and self.move_made not in _NO_REASON:
            self.missing(self.reason, tr("A reason must be given."))
            return None
        finding_id, move = self.subject_id, self.move_made
        return lambda ctx: move_finding(
            ctx, finding_id=finding_id, move=move, reason=reason, deadline_on=deadline
        )


def _word(move: FindingMove | SlipKind) -> str:
    return tr("Copy notice…") if isinstance(move, SlipKind) else words.move(move)


def _reason_word(move: FindingMove) -> str:
    return {
        FindingMove.REJECT_OBJECTION: tr("Answer to the objection"),
        FindingMove.UPHOLD_OBJECTION: tr("Answer to the objection"),
        FindingMove.ASSIGN: tr("Note on the assignment (may stay empty)"),
        FindingMove.REOPEN: tr("Note on the assignment (may stay empty)"),
    }.get(move, tr("Reason"))


def _deadline_word(move: FindingMove) -> str:
    return tr("New deadline") if move is not FindingMove.ASSIGN else tr("Deadline")
