"""The enterprise's objections to a finding: recorded, shown with their answers and letters."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from PySide6.QtWidgets import QWidget

from landsteward.app.language import tr
from landsteward.app.objections import raise_objection
from landsteward.domain.casework import Evidence
from landsteward.domain.disposals import Objection
from landsteward.domain.findings import Finding
from landsteward.domain.states import SubjectKind
from ui import formats
from ui import words as shared
from ui.pages.case.finding_form import Action, ActionForm, FormFacts
from ui.pages.case.reading import CaseHead
from ui.pages.case.work import CaseWork
from ui.widgets.basics import Card, column, label, row, selectable
from ui.widgets.fields import DateField, NoteField, TextField
from ui.widgets.forms import grid
from ui.widgets.photos import PhotoStrip
from ui.widgets.rows import Rows
from ui.widgets.signs import Badge


class ObjectionForm(ActionForm):
    """Who objects, when, to what, and until when it is answered."""

    def __init__(self, work: CaseWork, finding: Finding, facts: FormFacts) -> None:
        super().__init__(work, finding.id, "objection", tr("Record an objection"))
        self.raised_by = TextField(tr("Who speaks for the enterprise"))
        self.raised_on = DateField(tr("Raised on"))
        self.answer_by = DateField(tr("Answer by"))
        self.ground = NoteField(tr("What the enterprise objects"), rows=3)
        self._days = facts.answer_by - facts.today
        self.add(grid([self.raised_by, self.raised_on, self.answer_by], columns=3))
        self.add(self.ground)
        self.finish(
            {
                "raised_by": self.raised_by,
                "raised_on": self.raised_on,
                "answer_by": self.answer_by,
                "ground": self.ground,
            },
            {"raised_on": facts.today, "answer_by": facts.answer_by},
        )
        self.raised_on.committed.connect(self._follow)

    def _follow(self, raised_on: date | None) -> None:
        """The usual day of the answer is counted from when it was raised."""
        if raised_on is not None:
            self.answer_by.set_value(raised_on + timedelta(days=self._days.days))

    def prepared(self) -> Action | None:
        """Who, when and what must be said."""
        raised_by, raised_on = self.raised_by.value(), self.raised_on.value()
        ground, answer_by = self.ground.value(), self.answer_by.value()
        if not raised_by:
            self.missing(self.raised_by, tr("Say who objects on the enterprise's behalf."))
            return None
        if raised_on is None:
            self.missing(self.raised_on, tr("Say on which day."))
            return None
        if not ground:
            self.missing(self.ground, tr("Say what the enterprise objects."))
            return None
        finding_id = self.subject_id
        return lambda ctx: raise_objection(
            ctx,
            finding_id=finding_id,
            raised_on=raised_on,
            raised_by=raised_by,
            ground=ground,
            answer_by=answer_by,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionData:
    """An objection and the letters that came with it."""

    objection: Objection
    letters: tuple[Evidence, ...]
    head: CaseHead


class ObjectionCard(Card):
    """All objections to a finding; put away while there are none."""

    def __init__(self, work: CaseWork) -> None:
        super().__init__(tr("Objection of the enterprise"), gap=12)
        self._work = work
        self.rows: Rows[ObjectionRow, ObjectionData] = Rows(
            lambda key: ObjectionRow(work, key), ObjectionRow.fill, gap=12
        )
        self.add(self.rows.layout)
        self.hide()

    def present(self, objections: tuple[ObjectionData, ...]) -> None:
        """Show them, the latest first."""
        self.rows.show([(one.objection.id, one) for one in reversed(objections)])
        self.setVisible(bool(objections))


class ObjectionRow(QWidget):
    """Who said what when; the answer, or until when one is due."""

    def __init__(self, work: CaseWork, objection_id: str) -> None:
        super().__init__()
        self.who = label("", "dim")
        self.state = Badge()
        self.content = selectable()
        self.answer = selectable()
        self.letters = PhotoStrip(work.thumbnails)
        work.serve(self.letters, SubjectKind.OBJECTION, partial(str, objection_id))
        self.setLayout(
            column(
                row(self.who, 1, self.state),
                self.content,
                self.answer,
                label(tr("Letters and papers of the enterprise"), "label"),
                self.letters,
                gap=6,
            )
        )

    def fill(self, data: ObjectionData) -> None:
        """Show it as it stands."""
        one, head = data.objection, data.head
        self.who.setText(tr("{who}, {day}", who=one.raised_by, day=formats.day(one.raised_on)))
        self.content.setText(one.ground)
        if one.answered_on is None:
            word, tone = shared.due(one.answer_by, head.today)
            self.state.show_word(
                tr("Answer by {day}, {due}", day=formats.day(one.answer_by), due=word), tone
            )
        else:
            upheld = bool(one.upheld)
            self.state.show_word(
                tr("Objection upheld") if upheld else tr("Objection rejected"),
                "plain" if upheld else "accent",
            )
            self.answer.setText(
                tr(
                    "Answer of {name}, {day}: {answer}",
                    name=head.name_of(one.answered_by),
                    day=formats.day(one.answered_on),
                    answer=one.answer,
                )
            )
        self.answer.setVisible(one.answered_on is not None)
        self.letters.show_photos(data.letters)
