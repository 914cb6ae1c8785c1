"""One entry of the follow-up: the form that records it, and how it reads in the list."""

from PySide6.QtWidgets import QFrame

from landsteward.app.context import Context
from landsteward.app.follow_ups import record_follow_up
from landsteward.app.language import localised, tr
from landsteward.domain.casework import Evidence
from landsteward.domain.remedies import FollowUp, PlanStep
from landsteward.domain.states import CaseStage, SubjectKind
from ui import formats
from ui.pages.case.reading import CaseHead
from ui.pages.case.work import CaseWork, Drafts
from ui.widgets.basics import Card, button, column, label, row, selectable
from ui.widgets.callout import Refusal
from ui.widgets.fields import ChoiceField, DateField, DecimalField, NoteField, WholeField
from ui.widgets.forms import grid
from ui.widgets.photos import PhotoStrip

FORM = "follow_up"
"""Under this name the form's draft is kept."""


class EntryForm(Card):
    """When, what, how far, for which step, and what a metric reads now."""

    def __init__(self, work: CaseWork) -> None:
        super().__init__(tr("Record an entry"), gap=12)
        self._work = work
        self.day = DateField(tr("Day"))
        self.percent = WholeField(tr("Progress"), unit="%", maximum=100)
        self.step = ChoiceField(tr("Step of the plan"))
        self.content = NoteField(tr("What was done"), rows=2)
        self.kind = ChoiceField(tr("Metric"))
        self.reading = DecimalField(tr("Reading"), minimum=None)
        self.error = Refusal()
        self.send = button(tr("Record"), "small", self.record, changing=True)
        self.add(grid([self.day, self.percent, self.step], columns=3))
        self.add(self.content)
        self.add(grid([self.kind, self.reading], columns=2))
        self.add(row(self.error, self.send))
        self.reading.line.returnPressed.connect(self.send.setFocus)
        self.drafts = Drafts(
            work,
            self,
            FORM,
            {
                "day": self.day,
                "percent": self.percent,
                "step": self.step,
                "content": self.content,
                "metric": self.kind,
                "reading": self.reading,
            },
        )
        self._steps: tuple[PlanStep, ...] | None = None
        self._ready = False

    def present(self, head: CaseHead, steps: tuple[PlanStep, ...], draft: dict[str, str]) -> None:
        """Offer steps and metrics; put back, once, what was typed before."""
        if steps != self._steps:
            self._steps = steps
            options: list[tuple[str | None, str]] = [(None, tr("None"))]
            self.step.set_options(
                options + [(one.id, f"{n}. {one.title}") for n, one in enumerate(steps, 1)]
            )
        if self._ready:
            return
        self._ready = True
        options = [(None, tr("None"))]
        self.kind.set_options(
            options
            + [
                (one.key, f"{localised(one.name, one.name_en)} · {one.unit}")
                for one in head.pack.metrics
            ]
        )
        self.day.set_value(head.today)
        self.drafts.restore(draft)

    def begin(self) -> None:
        """Put the person at what was done."""
        self.content.setFocus()

    @property
    def filled(self) -> bool:
        """Whether there is something to record."""
        return bool(self.content.edit.toPlainText().strip())

    def record(self) -> None:
        """Add the entry; a refusal keeps everything typed."""
        if not all([one.commit() for one in (self.day, self.percent, self.reading)]):
            return
        if not self.filled:
            self.content.set_error(tr("Say what was done."))
            self.content.setFocus()
            return
        day = self.day.value()
        if day is None:
            self.day.set_error(tr("Say on which day."))
            self.day.setFocus()
            return
        case_id, percent = self._work.case_id, self.percent.value()
        content = self.content.edit.toPlainText()
        step_id, metric, reading = self.step.value(), self.kind.value(), self.reading.value()

        def run(ctx: Context) -> FollowUp:
            with ctx.change():
                entry = record_follow_up(
                    ctx,
                    case_id=case_id,
                    happened_on=day,
                    content=content,
                    percent=percent,
                    step_id=step_id,
                    metric=metric,
                    reading=reading,
                )
                self._work.sent(ctx, FORM)
            return entry

        self._work.change(self, run, success=self._recorded, error=self.error)

    def _recorded(self, _entry: FollowUp) -> None:
        day = self.day.value()
        self.drafts.clear()
        self.day.set_value(day)


class EntryRow(QFrame):
    """An entry as it was recorded; entries are never changed, photos may follow."""

    def __init__(self, work: CaseWork, entry_id: str) -> None:
        super().__init__()
        self.setProperty("role", "row")
        self.day = label("", "heading")
        self.facts = label("", "dim", wrap=True)
        self.content = selectable()
        self.photos = PhotoStrip(work.thumbnails, width=60, height=44)
        work.serve(self.photos, SubjectKind.FOLLOW_UP, lambda: entry_id)
        head = row(self.day, gap=10)
        head.addWidget(self.facts, 1)
        layout = column(head, self.content, self.photos, gap=4)
        layout.setContentsMargins(16, 10, 16, 10)
        self.setLayout(layout)

    def fill(self, data: tuple[FollowUp, tuple[Evidence, ...], CaseHead, dict[str, str]]) -> None:
        """Show the entry."""
        entry, photos, head, steps = data
        self.day.setText(formats.day(entry.happened_on))
        facts = [head.name_of(entry.author_id)]
        if entry.percent is not None:
            facts.append(f"{entry.percent} %")
        if entry.step_id in steps:
            facts.append(steps[entry.step_id or ""])
        if entry.metric is not None:
            kind = next((one for one in head.pack.metrics if one.key == entry.metric), None)
            name = localised(kind.name, kind.name_en) if kind else entry.metric
            facts.append(f"{name} {formats.plain(entry.reading)} {kind.unit if kind else ''}")
        self.facts.setText(" · ".join(one for one in facts if one))
        self.content.setText(entry.content)
        archived = head.overview.case.stage is CaseStage.ARCHIVED
        self.photos.show_photos(photos, fixed=archived)
