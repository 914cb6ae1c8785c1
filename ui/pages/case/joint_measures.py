"""The measures of a joint disposal: who does what until when, and what came of it."""

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from landsteward.app.joint_disposals import (
    add_measure,
    bring_measure_back,
    edit_measure,
    remove_measure,
)
from landsteward.app.language import localised, tr
from landsteward.domain.disposals import JointMeasure
from ui import formats
from ui import words as shared
from ui.pages.case.finding_form import Action, ActionForm
from ui.pages.case.reading import CaseHead
from ui.pages.case.work import CaseWork
from ui.widgets.basics import button, column, label, row
from ui.widgets.fields import ChoiceField, DateField, NoteField, TextField
from ui.widgets.forms import grid
from ui.widgets.rows import Rows
from ui.widgets.signs import Badge
from ui.widgets.twolines import TwoLines


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureData:
    """A measure, and whether it can still be changed."""

    measure: JointMeasure
    fixed: bool
    head: CaseHead


class Measures(QWidget):
    """A line for each; one more is added, or one is done, in a form that opens in place."""

    def __init__(self, work: CaseWork) -> None:
        super().__init__()
        self._work = work
        self._joint_id = ""
        self.form: ActionForm | None = None
        self.rows: Rows[MeasureRow, MeasureData] = Rows(self._make_row, MeasureRow.fill)
        self.add = button(tr("Add a measure…"), "small", self.open_form, changing=True)
        self._removed = ""
        self.undo = button(tr("Undo"), "link", self._bring_back, changing=True)
        self.undo.hide()
        self._place = column(gap=0)
        self.setLayout(
            column(
                row(label(tr("Agreed measures"), "label"), 1, self.undo, self.add),
                self.rows.layout,
                self._place,
                gap=4,
            )
        )

    def present(
        self, head: CaseHead, joint_id: str, measures: tuple[JointMeasure, ...], *, fixed: bool
    ) -> None:
        """Show them."""
        self._joint_id = joint_id
        self.rows.show(
            [(one.id, MeasureData(measure=one, fixed=fixed, head=head)) for one in measures]
        )
        self.add.setVisible(not fixed)
        if fixed:
            self.close_form()

    def open_form(self) -> None:
        """Ask for one more measure."""
        head = self._work.head
        if head is not None:
            self._open(MeasureForm(self._work, self._joint_id, head))

    def open_done(self, measure: JointMeasure) -> None:
        """Ask when a measure was done and what came of it."""
        head = self._work.head
        if head is not None:
            self._open(DoneForm(self._work, measure, head))

    def remove(self, measure_id: str) -> None:
        """Take a measure out, and offer to bring it back."""

        def removed(_done: object) -> None:
            self._removed = measure_id
            self.undo.show()

        self._work.change(
            self, lambda ctx: remove_measure(ctx, measure_id=measure_id), success=removed
        )

    def _bring_back(self) -> None:
        joint_id, measure_id = self._joint_id, self._removed
        self._work.change(
            self,
            lambda ctx: bring_measure_back(ctx, joint_id=joint_id, measure_id=measure_id),
            success=lambda _done: self.undo.hide(),
        )

    def close_form(self) -> None:
        """Put the open form away; what was typed is kept."""
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
            self.form = None

    def _open(self, form: ActionForm) -> None:
        self.close_form()
        self.form = form
        form.closed.connect(self.close_form)
        self._place.addWidget(form)
        form.begin()

    def _make_row(self, measure_id: str) -> "MeasureRow":
        return MeasureRow(self, measure_id)


class MeasureRow(QWidget):
    """What, who, until when; done or not."""

    def __init__(self, measures: Measures, measure_id: str) -> None:
        super().__init__()
        self._measure_id = measure_id
        self._data: MeasureData | None = None
        self._measures = measures
        self.text = TwoLines()
        self.state = Badge()
        self.done = button(tr("Done…"), "small", self._ask_done, changing=True)
        self.away = button("×", "quiet", self._remove, changing=True)
        self.away.setToolTip(tr("Take this measure out"))
        inside = row(gap=8)
        inside.addWidget(self.text, 1)
        for one in (self.state, self.done, self.away):
            inside.addWidget(one)
        inside.setContentsMargins(0, 4, 0, 4)
        self.setLayout(inside)

    def fill(self, data: MeasureData) -> None:
        """Show it."""
        self._data = data
        one, head = data.measure, data.head
        under = [head.department_name(one.department)]
        under += [one.responsible] if one.responsible else []
        if one.result:
            under.append(one.result)
        self.text.show_text(one.measure, " · ".join(under))
        self.away.setAccessibleName(tr("Take out: {basis}", basis=one.measure))
        if one.done_on is not None:
            self.state.show_word(tr("done {day}", day=formats.day(one.done_on)), "good")
        elif one.due_on is not None:
            word, tone = shared.due(one.due_on, head.today)
            self.state.show_word(f"{formats.day(one.due_on)} {word}", tone)
        self.state.setVisible(one.done_on is not None or one.due_on is not None)
        self.done.setVisible(not data.fixed and one.done_on is None)
        self.away.setVisible(not data.fixed)

    def _ask_done(self) -> None:
        if self._data is not None:
            self._measures.open_done(self._data.measure)

    def _remove(self) -> None:
        self._measures.remove(self._measure_id)


class MeasureForm(ActionForm):
    """Which department does what, by whom and until when."""

    def __init__(self, work: CaseWork, joint_id: str, head: CaseHead) -> None:
        super().__init__(work, joint_id, "measure", tr("Add the measure"))
        self._joint_id = joint_id
        self.department = ChoiceField(
            tr("Department"),
            [(one.key, localised(one.short_name, one.name_en)) for one in head.pack.departments],
        )
        self.measure = TextField(tr("What it does"))
        self.responsible = TextField(tr("Responsible"))
        self.due = DateField(tr("Until"))
        self.add(grid([self.department, self.measure, self.responsible, self.due], columns=2))
        self.finish(
            {
                "department": self.department,
                "measure": self.measure,
                "responsible": self.responsible,
                "due": self.due,
            },
            {"department": head.pack.departments[0].key},
        )

    def prepared(self) -> Action | None:
        """Department and measure must be said."""
        department, measure = self.department.value(), self.measure.value()
        if department is None:
            self.missing(self.department, tr("Say which department does it."))
            return None
        if not measure:
            self.missing(self.measure, tr("Say what is done."))
            return None
        joint_id, responsible, due_on = self._joint_id, self.responsible.value(), self.due.value()
        return lambda ctx: add_measure(
            ctx,
            joint_id=joint_id,
            department=department,
            measure=measure,
            responsible=responsible,
            due_on=due_on,
        )


class DoneForm(ActionForm):
    """When it was done, and what came of it."""

    def __init__(self, work: CaseWork, measure: JointMeasure, head: CaseHead) -> None:
        super().__init__(work, measure.id, "done", tr("The measure is done"))
        self.done_on = DateField(tr("Done on"))
        self.result = NoteField(tr("Result"), rows=2)
        self.add(self.done_on)
        self.add(self.result)
        self.finish({"done_on": self.done_on, "result": self.result}, {"done_on": head.today})

    def prepared(self) -> Action | None:
        """The day must be said."""
        day, result, measure_id = self.done_on.value(), self.result.value(), self.subject_id
        if day is None:
            self.missing(self.done_on, tr("Say on which day."))
            return None
        return lambda ctx: edit_measure(ctx, measure_id=measure_id, done_on=day, result=result)
