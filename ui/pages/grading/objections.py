"""异议: recorded, answered, and where a grade is to change, approved by a second person."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from landsteward.app.grading_objections import (
    decide_regrade,
    propose_regrade,
    record_objection,
    reject_objection,
)
from landsteward.app.grading_views import NamedObjection, ScoreView
from landsteward.app.language import tr
from landsteward.app.people import Member, list_members
from landsteward.domain.gradings import ObjectionState, RunState
from landsteward.domain.permissions import Action, may
from ui import formats
from ui.pages.grading import words
from ui.widgets.basics import (
    Card,
    box,
    button,
    changes,
    clear,
    column,
    label,
    line,
    row,
    selectable,
    show_if,
)
from ui.widgets.fields import ChoiceField, NoteField, TextField
from ui.widgets.signs import Badge
from ui.workbench import Workbench

_MAY_BE_OBJECTED = (RunState.NOTICE, RunState.FINAL)


class ObjectionPanel(Card):
    """The objections of one enterprise in a run, and the form for another one."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(tr("Objections and re-grading"), margin=12)
        self._bench = bench
        self._view: ScoreView | None = None
        self._members: list[Member] = []
        self.rows: dict[str, ObjectionRow] = {}
        self._lines = QVBoxLayout()
        self._lines.setSpacing(8)
        self.claim = NoteField(tr("What is objected to"), rows=2, required=True)
        self.raised_by = TextField(
            tr("Raised by"), hint=tr("empty: the office looks at it again by itself")
        )
        self.record = changes(button(tr("Record an objection"), "", self._record))
        self.form = box(column(self.claim, self.raised_by, row(1, self.record), gap=6))
        self.add(self._lines)
        self.add(self.form)

    def show_view(self, view: ScoreView, *, may_change: bool) -> None:
        """Show those of this result."""
        self._view = view
        open_to = view.run.state in _MAY_BE_OBJECTED
        show_if(self.form, open_to and may_change)
        show_if(self, open_to or bool(view.objections))
        self._bench.operations.query(self, list_members, success=self._with_members)

    def _with_members(self, members: list[Member]) -> None:
        self._members = members
        view = self._view
        if view is None:
            return
        known = [(one.objection, one.grade) for one in view.objections]
        shown = [(one.data.objection, one.data.grade) for one in self.rows.values()]
        acting = self._bench.member().person.id
        if known == shown and all(one.acting == acting for one in self.rows.values()):
            return
        clear(self._lines)
        self.rows = {}
        for one in view.objections:
            made = ObjectionRow(self._bench, view, one, members)
            self.rows[one.objection.id] = made
            self._lines.addWidget(made)

    def _record(self) -> None:
        view = self._view
        if view is None or not self.claim.commit():
            return
        claim, raised_by = self.claim.value(), self.raised_by.value() or ""

        def done(_objection: object) -> None:
            self.claim.set_value("")
            self.claim.edit.clear()
            self.raised_by.set_value("")
            self.raised_by.write("")

        self._bench.operations.change(
            self,
            lambda ctx: record_objection(
                ctx,
                run_id=view.run.id,
                enterprise_id=view.subject.enterprise_id,
                claim=claim,
                raised_by=raised_by,
            ),
            success=done,
            failure=self.claim.refused,
        )


class ObjectionRow(QWidget):
    """One objection with what can be done about it now: answer it, or decide on the answer."""

    def __init__(
        self, bench: Workbench, view: ScoreView, data: NamedObjection, members: list[Member]
    ) -> None:
        super().__init__()
        self.data = data
        self.acting = bench.member().person.id
        said = data.objection
        head = row(
            Badge(words.objection_state(said.state), words.objection_tone(said.state)),
            1,
            label(f"{formats.day(said.raised_on)} {said.raised_by}".strip(), "dim"),
        )
        inside = column(head, selectable(said.claim), gap=4)
        for text in _history(view, data):
            inside.addWidget(selectable(text, "dim"))
        self.answer: AnswerForm | None = None
        self.decision: DecisionForm | None = None
        may_grade = may(bench.member().person.role, Action.GRADE)
        if said.state is ObjectionState.OPEN and may_grade:
            self.answer = AnswerForm(bench, view, data)
            inside.addWidget(self.answer)
        elif said.state is ObjectionState.PROPOSED and may_grade:
            self.decision = DecisionForm(bench, data, members)
            inside.addWidget(self.decision)
        inside.addWidget(line())
        self.setLayout(inside)


class AnswerForm(QWidget):
    """Not upheld, or another grade proposed; either with the reason."""

    def __init__(self, bench: Workbench, view: ScoreView, data: NamedObjection) -> None:
        super().__init__()
        self._operations = bench.operations
        self._key = data.objection.id
        self.text = NoteField("", rows=2, hint=tr("Reason of the answer"), required=True)
        self.text.edit.setAccessibleName(tr("Reason of the answer"))
        self.grade = ChoiceField(
            tr("New grade"),
            [
                (one, words.grade_name(view.run.scheme, one))
                for one in view.run.scheme.grades
                if one != data.grade
            ],
        )
        self.reject = changes(button(tr("Not upheld"), "", self._reject))
        self.propose = changes(button(tr("Propose this grade"), "", self._propose))
        self.setLayout(column(self.text, self.grade, row(1, self.reject, self.propose), gap=6))

    def _reject(self) -> None:
        if not self.text.commit():
            return
        answer, key = self.text.value(), self._key
        self._operations.change(
            self,
            lambda ctx: reject_objection(ctx, objection_id=key, answer=answer),
            failure=self.text.refused,
        )

    def _propose(self) -> None:
        grade: Any = self.grade.value()
        if grade is None:
            self.grade.set_error(tr("Choose a grade."))
            return
        if not self.text.commit():
            return
        answer, key = self.text.value(), self._key
        self._operations.change(
            self,
            lambda ctx: propose_regrade(ctx, objection_id=key, new_grade=grade, answer=answer),
            failure=self.text.refused,
        )


class DecisionForm(QWidget):
    """Approved or not, by somebody else than who proposed: whoever did is offered who may."""

    def __init__(self, bench: Workbench, data: NamedObjection, members: list[Member]) -> None:
        super().__init__()
        self._operations = bench.operations
        self._key = data.objection.id
        self.switches: dict[str, QPushButton] = {}
        self.text: NoteField | None = None
        self.approve: QPushButton | None = None
        self.refuse: QPushButton | None = None
        proposed_by = data.objection.answered_by
        if proposed_by == bench.member().person.id:
            inside = column(
                label(tr("Somebody else has to approve this. Acting as:"), "caution", wrap=True),
                gap=2,
            )
            for one in members:
                person = one.person
                if person.id != proposed_by and may(person.role, Action.GRADE):
                    words_of_one = f"{person.name} · {one.organisation.name}"
                    switch = button(words_of_one, "link", partial(bench.act_as, person.id))
                    self.switches[person.id] = switch
                    inside.addLayout(row(switch, 1))
        else:
            self.text = NoteField("", rows=2, hint=tr("Opinion"))
            self.text.edit.setAccessibleName(tr("Opinion"))
            self.approve = changes(button(tr("Approve"), "", partial(self._decide, True)))
            self.refuse = changes(button(tr("Do not approve"), "", partial(self._decide, False)))
            inside = column(self.text, row(1, self.refuse, self.approve), gap=6)
        self.setLayout(inside)

    def _decide(self, approved: bool) -> None:
        assert self.text is not None, "who proposed does not decide"
        opinion, key = self.text.value(), self._key
        self._operations.change(
            self,
            lambda ctx: decide_regrade(ctx, objection_id=key, approved=approved, opinion=opinion),
            failure=self.text.refused,
        )


def _history(view: ScoreView, data: NamedObjection) -> list[str]:
    """What was answered and decided so far."""
    said = data.objection
    found: list[str] = []
    if said.new_grade is not None:
        found.append(
            tr(
                "{person} proposed {grade}: {reason}",
                person=data.answered_by,
                grade=words.grade_name(view.run.scheme, said.new_grade),
                reason=said.answer,
            )
        )
    elif said.answer:
        found.append(tr("{person}: {reason}", person=data.answered_by, reason=said.answer))
    if said.approved_by is not None:
        done = said.state is ObjectionState.APPROVED
        what = tr("approved") if done else tr("did not approve")
        opinion = f"{tr(': ')}{said.approval}" if said.approval else ""
        found.append(f"{data.approved_by} {what}{opinion}")
    return found
