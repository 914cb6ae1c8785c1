"""What people added to a run: bonus points, vetoes, objections; each line leads to its score."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from landsteward.app.context import Context
from landsteward.app.grading_marks import bring_mark_back, remove_mark
from landsteward.app.grading_views import NamedMark, NamedObjection
from landsteward.app.language import localised, tr
from landsteward.domain.gradings import GradingMark, GradingRun, MarkKind, ObjectionState, RunState
from ui import formats
from ui.pages.grading import words
from ui.widgets.basics import (
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
from ui.widgets.signs import Badge, EmptyState, MessageBar
from ui.workbench import Place, Workbench


def mark_in_words(run: GradingRun, mark: GradingMark) -> str:
    """What a mark does."""
    if mark.kind is MarkKind.BONUS:
        points = mark.points
        assert points is not None, "a bonus has points"
        return tr("{points} points", points=f"{points:+f}")
    veto = run.scheme.veto(mark.veto or "")
    if veto is None:
        return mark.veto or ""
    return tr(
        "Veto: {name}, at most {grade}",
        name=localised(veto.name, veto.name_en),
        grade=veto.at_most,
    )


class MarksList(QWidget):
    """The bonuses and vetoes of a run or of one enterprise; those of a draft can be taken off."""

    def __init__(self, bench: Workbench, *, named: bool = True) -> None:
        super().__init__()
        self._bench = bench
        self._named = named
        self.message = MessageBar()
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self.setLayout(column(self.message, self._lines, 1, gap=4, margin=8))

    def show_marks(self, run: GradingRun, marks: Sequence[NamedMark], *, may_change: bool) -> None:
        """Show these."""
        clear(self._lines)
        if not marks and self._named:
            self._lines.addWidget(
                EmptyState(
                    tr("No bonus points and no vetoes"),
                    tr("They are added on the page of a score, each with its reason."),
                )
            )
        for one in marks:
            self._lines.addWidget(self._line(run, one, may_change=may_change))

    def _line(self, run: GradingRun, one: NamedMark, *, may_change: bool) -> QWidget:
        bonus = one.mark.kind is MarkKind.BONUS
        badge = Badge(mark_in_words(run, one.mark), "accent" if bonus else "bad")
        reason, by = selectable(one.mark.reason), label(one.by, "dim")
        off = changes(button(tr("Take off"), "quiet", partial(self._remove, one.mark.id)))
        show_off = run.state is RunState.DRAFT and may_change
        if self._named:
            inside = row(badge, label(one.enterprise), reason, by, off, gap=10)
            inside.setStretch(2, 1)
            inside.setContentsMargins(4, 4, 4, 4)
            held = column(inside, line(), gap=0)
        else:
            held = column(row(badge, 1, by, off, gap=6), reason, line(), gap=4)
        made = box(held)
        show_if(off, show_off)
        return made

    def _remove(self, mark_id: str) -> None:
        operations = self._bench.operations

        def undo() -> None:
            operations.change(self, lambda ctx: bring_mark_back(ctx, mark_id=mark_id))

        def work(ctx: Context) -> None:
            remove_mark(ctx, mark_id=mark_id)

        def done(_nothing: None) -> None:
            self.message.say(tr("Taken off."), "accent", action=tr("Undo"), run=undo)

        operations.change(self, work, success=done)


class ObjectionsList(QWidget):
    """The objections of a run; answering is done on the page of the score."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench = bench
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self.setLayout(column(self._lines, 1, gap=4, margin=8))

    def show_objections(self, run: GradingRun, objections: Sequence[NamedObjection]) -> None:
        """Show these, those that wait first."""
        clear(self._lines)
        if not objections:
            self._lines.addWidget(
                EmptyState(
                    tr("No objections"),
                    tr("While on notice and after, they are recorded on the page of a score."),
                )
            )
        order = list(ObjectionState)
        for one in sorted(objections, key=lambda one: order.index(one.objection.state)):
            self._lines.addWidget(self._line(one))

    def _line(self, one: NamedObjection) -> QWidget:
        said = one.objection
        name = button(one.enterprise, "link", partial(self._open, one))
        parts = [
            Badge(words.objection_state(said.state), words.objection_tone(said.state)),
            name,
            selectable(said.claim),
            label(formats.day(said.raised_on), "dim"),
            label(said.raised_by or tr("by the office itself"), "dim"),
        ]
        inside = row(*parts, gap=10)
        inside.setStretch(2, 1)
        inside.setContentsMargins(4, 4, 4, 4)
        return box(column(inside, line(), gap=0))

    def _open(self, one: NamedObjection) -> None:
        run_id, enterprise_id = one.objection.run_id, one.objection.enterprise_id

        def find(ctx: Context) -> str:
            found = ctx.workspace.grading_results.first(run_id=run_id, enterprise_id=enterprise_id)
            return found.id if found is not None else ""

        def go(result_id: str) -> None:
            if result_id:
                self._bench.go(Place("score", result_id))

        self._bench.operations.query(self, find, success=go)
