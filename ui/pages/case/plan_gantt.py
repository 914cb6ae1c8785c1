"""The steps of a plan as a Gantt: what is dragged is kept as if it were typed into the table."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from landsteward.app.context import Context
from landsteward.app.language import tr
from landsteward.domain.errors import KnownError
from landsteward.domain.plans import PlanStep
from landsteward.domain.timeline import Scale, bar_of
from ui.pages.case.work import CaseWork
from ui.widgets.basics import button, column, label, line, row
from ui.widgets.field import Field
from ui.widgets.fields import DateField, DecimalField, TextField
from ui.widgets.forms import RecordForm
from ui.widgets.gantt import words
from ui.widgets.gantt.view import Gantt
from ui.widgets.rich_text import RichTextField
from ui.widgets.signs import words_of

Edit = Callable[[Context, str, dict[str, Any]], object]
"""The use case that keeps values of a step, by its key."""


class ScaledGantt(QWidget):
    """A Gantt with the names of its scales above it; for reading as it is."""

    def __init__(self) -> None:
        super().__init__()
        self.gantt = Gantt()
        self.scales: dict[Scale, QPushButton] = {}
        self._group = QButtonGroup(self)
        self.head = row(gap=6)
        self.head.setContentsMargins(12, 8, 12, 8)
        for scale in Scale:
            made = button(words.scale_name(scale), "segment")
            made.setCheckable(True)
            made.clicked.connect(lambda _on=False, key=scale: self.gantt.zoom_to(key))
            self._group.addButton(made)
            self.scales[scale] = made
            self.head.addWidget(made)
        self.whole = button(tr("All"), "quiet", self.gantt.fit)
        self.head.addWidget(self.whole)
        self.hint = label("", "dim")
        self.head.addWidget(self.hint)
        self.head.addStretch(1)
        self.body = column(self.head, line(), self.gantt, gap=0)
        self.setLayout(self.body)
        self.gantt.scale_changed.connect(self._show_scale)
        self._show_scale(self.gantt.scale)

    def _show_scale(self, scale: Scale) -> None:
        self.scales[scale].setChecked(True)


@dataclass(frozen=True, slots=True)
class _Change:
    """Dates of a step, before and after somebody moved it."""

    key: str
    before: dict[str, Any]
    after: dict[str, Any]


class StepsGantt(ScaledGantt):
    """The steps of an alternative, dragged; below them the facts of the chosen one."""

    def __init__(self, work: CaseWork, edit: Edit) -> None:
        super().__init__()
        self._work = work
        self._edit = edit
        self._dates: dict[str, dict[str, Any]] = {}
        self._under_way: Counter[str] = Counter()
        self._done: list[_Change] = []
        self._undone: list[_Change] = []
        self._steps: tuple[PlanStep, ...] = ()
        self.facts = StepFacts(work, edit)
        self.facts.hide()
        self.body.addWidget(self.facts)
        self.gantt.dates_asked.connect(self._keep)
        self.gantt.undo_asked.connect(lambda: self._take_back(self._done, self._undone))
        self.gantt.redo_asked.connect(lambda: self._take_back(self._undone, self._done))
        self.gantt.chosen_changed.connect(lambda _key: self._show_facts())
        self.gantt.opened.connect(lambda _key: self.facts.begin())
        self.facts.left.activated.connect(self.gantt.setFocus)

    def present(self, steps: Sequence[PlanStep], today: date, *, fixed: bool) -> None:
        """Show the steps as they are on record."""
        if {one.id for one in steps}.isdisjoint(self._dates):
            self._done.clear()
            self._undone.clear()
        self._steps = tuple(steps)
        kept = {key: self._dates[key] for key, count in self._under_way.items() if count}
        self._dates = {one.id: _dates_of(one.starts_on, one.due_on) for one in steps} | kept
        self.gantt.show_bars([bar_of(one) for one in steps], today, fixed=fixed)
        self.hint.setText(
            tr("Enter opens a step")
            if fixed
            else tr("Drag bars and their ends, or arrows; Shift for the end; Ctrl+Z takes back")
        )
        self.facts.set_read_only(fixed)
        self._show_facts()

    def _show_facts(self) -> None:
        step = next((one for one in self._steps if one.id == self.gantt.chosen), None)
        self.facts.setVisible(step is not None)
        if step is not None:
            self.facts.show_step(step)

    def _keep(self, key: str, starts: date | None, due: date | None) -> None:
        change = _Change(key, self._dates[key], _dates_of(starts, due))

        def kept() -> None:
            self._undone.clear()
            self._done.append(change)

        self._write(change, kept)

    def _write(self, change: _Change, kept: Callable[[], object]) -> None:
        """Keep the dates by the same use case as the table; a refusal puts the bar back."""
        key = change.key
        self._dates[key] = change.after
        self._under_way[key] += 1

        def done(_result: object) -> None:
            self._under_way[key] -= 1
            self.gantt.answered(key)
            kept()

        def refused(error: KnownError) -> None:
            self._under_way[key] -= 1
            self._dates[key] = change.before
            self.gantt.answered(key, words_of(error))

        self._work.bench.operations.change(
            self,
            lambda ctx: self._edit(ctx, key, change.after),
            success=done,
            failure=refused,
        )

    def _take_back(self, source: list[_Change], target: list[_Change]) -> None:
        """Give the last moved step its dates back, if nobody changed them since."""
        while source:
            last = source.pop()
            if self._dates.get(last.key) == last.after:
                back = _Change(last.key, last.after, last.before)
                self.gantt.choose(last.key)
                self._write(back, partial(target.append, back))
                return


class StepFacts(QWidget):
    """What is on record of the chosen step, each field saved as it is left."""

    def __init__(self, work: CaseWork, edit: Edit) -> None:
        super().__init__()
        self.fields: dict[str, Field] = {
            "title": TextField(tr("Step")),
            "responsible": TextField(tr("Responsible")),
            "payer": TextField(tr("Payer")),
            "starts_on": DateField(tr("From")),
            "due_on": DateField(tr("Until")),
            "cost_wan": DecimalField(tr("Cost (10k yuan)")),
            "result": RichTextField(tr("What shows it"), rows=2),
        }
        self._form = RecordForm(work.bench.operations, self.fields, edit)
        layout = column(line(), self._form, gap=12)
        self._form.setContentsMargins(16, 0, 16, 12)
        self.setLayout(layout)
        self.left = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        self.left.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def show_step(self, step: PlanStep) -> None:
        """Show this step."""
        self._form.show_record(step)

    def set_read_only(self, fixed: bool) -> None:
        """Only read, or written into."""
        self._form.set_read_only(fixed)

    def begin(self) -> None:
        """Put the keyboard into the first field."""
        self.fields["title"].setFocus()


def _dates_of(starts: date | None, due: date | None) -> dict[str, Any]:
    return {"starts_on": starts, "due_on": due}
