"""One entry of the follow-up: the form that records or corrects it, and its row in the list."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from landsteward.app.context import Context
from landsteward.app.follow_ups import Entry, record_follow_up
from landsteward.app.language import localised, tr
from landsteward.domain.casework import Evidence
from landsteward.domain.follow_ups import FollowUp, MetricReading
from landsteward.domain.plans import PlanStep
from landsteward.domain.states import CaseStage, SubjectKind
from ui import formats
from ui import words as shared
from ui.pages.case.follow_up_readings import ReadingsForm
from ui.pages.case.reading import CaseHead
from ui.pages.case.work import CaseWork, Drafts
from ui.widgets.basics import Card, box, button, changes, column, label, row, selectable
from ui.widgets.callout import Refusal
from ui.widgets.fields import ChoiceField, DateField, NoteField, TextField, WholeField
from ui.widgets.forms import grid
from ui.widgets.photos import PhotoStrip
from ui.widgets.signs import Badge

FORM = "follow_up"
"""Under this name the form's draft is kept."""


class EntryForm(Card):
    """When, what, how far, for which step, and what metrics read now."""

    def __init__(self, work: CaseWork) -> None:
        super().__init__(tr("Record an entry"), gap=12)
        self._work = work
        self.day = DateField(tr("Day"))
        self.percent = WholeField(tr("Progress"), unit="%", maximum=100)
        self.step = ChoiceField(tr("Step of the plan"))
        self.content = NoteField(tr("What was done"), rows=2)
        self.readings = ReadingsForm()
        # Nobody types here: which entry is corrected outlives the program with the draft.
        self.corrects = TextField("")
        self.corrects.setParent(self)
        self.corrects.hide()
        self.correcting = label("", "dim", wrap=True)
        self.give_up = button(tr("Record a new one instead"), "link", self._give_up)
        correction = row(gap=8)
        correction.addWidget(self.correcting, 1)
        correction.addWidget(self.give_up)
        self.correction = box(correction)
        self.error = Refusal()
        self.send = button(tr("Record"), "small", self.record, changing=True)
        self.add(self.correction)
        self.add(grid([self.day, self.percent, self.step], columns=3))
        self.add(self.content)
        self.add(self.readings)
        self.add(row(self.error, self.send))
        self.drafts = Drafts(
            work,
            self,
            FORM,
            {
                "day": self.day,
                "percent": self.percent,
                "step": self.step,
                "content": self.content,
                "corrects": self.corrects,
                **self.readings.fields,
            },
        )
        self._steps: tuple[PlanStep, ...] | None = None
        self._ready = False
        self._known: dict[str, Entry] = {}

    def present(
        self,
        head: CaseHead,
        steps: tuple[PlanStep, ...],
        entries: tuple[Entry, ...],
        draft: dict[str, str],
    ) -> None:
        """Offer steps and metrics; put back, once, what was typed before."""
        self._known = {one.entry.id: one for one in entries}
        if steps != self._steps:
            self._steps = steps
            options: list[tuple[str | None, str]] = [(None, tr("The plan as a whole"))]
            self.step.set_options(
                options + [(one.id, f"{n}. {one.title}") for n, one in enumerate(steps, 1)]
            )
        if not self._ready:
            self._ready = True
            self.readings.offer(head.pack.metrics, head.today.year)
            self.day.set_value(head.today)
            self.drafts.restore(draft)
            self.readings.arrange()
        self._say_correction()

    def begin(self) -> None:
        """Put the person at what was done."""
        self.content.setFocus()

    def correct(self, entry: Entry) -> None:
        """Take an entry's words and figures, to be sent as the one that takes its place."""
        self.drafts.clear()
        self.corrects.set_value(entry.entry.id)
        self.day.set_value(entry.entry.happened_on)
        self.percent.set_value(entry.entry.percent)
        self.step.set_value(entry.entry.step_id)
        self.content.set_value(entry.entry.content)
        self.readings.show_readings(entry.readings)
        self.drafts.keep()
        self._say_correction()
        self.begin()

    @property
    def filled(self) -> bool:
        """Whether there is something to record."""
        return bool(self.content.edit.toPlainText().strip())

    def record(self) -> None:
        """Add the entry; a refusal keeps everything typed."""
        if not all([one.commit() for one in (self.day, self.percent)]):
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
        readings = self.readings.given() if self.readings.committed() else None
        if readings is None:
            return
        case_id, percent = self._work.case_id, self.percent.value()
        content = self.content.edit.toPlainText()
        step_id, corrects_id = self.step.value(), self.corrects.value() or None

        def run(ctx: Context) -> FollowUp:
            with ctx.change():
                entry = record_follow_up(
                    ctx,
                    case_id=case_id,
                    happened_on=day,
                    content=content,
                    percent=percent,
                    step_id=step_id,
                    readings=readings,
                    corrects_id=corrects_id,
                )
                self._work.sent(ctx, FORM)
            return entry

        self._work.change(self, run, success=self._recorded, error=self.error)

    def _recorded(self, _entry: FollowUp) -> None:
        self._empty()

    def _give_up(self) -> None:
        self._empty()
        self.drafts.keep()

    def _empty(self) -> None:
        day = self.day.value()
        self.drafts.clear()
        self.day.set_value(day)
        self.readings.arrange()
        self._say_correction()

    def _say_correction(self) -> None:
        old = self._known.get(self.corrects.value())
        self.correction.setVisible(old is not None)
        if old is not None:
            self.correcting.setText(
                tr(
                    "Corrects the entry of {day}: {content}",
                    day=formats.day(old.entry.happened_on),
                    content=old.entry.content,
                )
            )
        self.title.setText(tr("Correct an entry") if old else tr("Record an entry"))
        self.send.setText(tr("Correct") if old else tr("Record"))


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryData:
    """An entry with its photos and the titles of the steps."""

    entry: Entry
    photos: tuple[Evidence, ...]
    head: CaseHead
    steps: dict[str, str]


class EntryRow(QFrame):
    """An entry as it was recorded; entries are never changed, photos may follow."""

    correction_asked = Signal(object)
    """The `Entry` somebody wants to correct."""

    def __init__(self, work: CaseWork, entry_id: str) -> None:
        super().__init__()
        self.setProperty("role", "row")
        self._entry: Entry | None = None
        self.day = label("", "heading")
        self.facts = label("", "dim", wrap=True)
        self.state = Badge()
        self.content = selectable()
        self.figures = label("", "", wrap=True)
        self.correct = changes(button(tr("Correct…"), "link", self._correct))
        self.photos = PhotoStrip(work.thumbnails, width=60, height=44)
        work.serve(self.photos, SubjectKind.FOLLOW_UP, lambda: entry_id)
        head = row(self.day, gap=10)
        head.addWidget(self.facts, 1)
        head.addWidget(self.state)
        head.addWidget(self.correct)
        layout = column(head, self.content, self.figures, self.photos, gap=4)
        layout.setContentsMargins(16, 10, 16, 10)
        self.setLayout(layout)

    def fill(self, data: EntryData) -> None:
        """Show the entry; one that was corrected says so and counts no more."""
        self._entry = data.entry
        entry, head = data.entry.entry, data.head
        self.day.setText(formats.day(entry.happened_on))
        facts = [head.name_of(entry.author_id)]
        if entry.percent is not None:
            facts.append(f"{entry.percent} %")
        if entry.step_id in data.steps:
            facts.append(data.steps[entry.step_id or ""])
        self.facts.setText(" · ".join(one for one in facts if one))
        self.content.setText(entry.content)
        self.figures.setText("\n".join(reading_words(head, one) for one in data.entry.readings))
        self.figures.setVisible(bool(data.entry.readings))
        word, tone = "", "plain"
        if not data.entry.counts:
            word = tr("Corrected")
        elif entry.corrects_id is not None:
            word, tone = tr("Correction"), "accent"
        self.state.show_word(word, tone)
        archived = head.overview.case.stage is CaseStage.ARCHIVED
        self.correct.setVisible(data.entry.counts and not archived)
        self.content.setEnabled(data.entry.counts)
        self.figures.setEnabled(data.entry.counts)
        self.photos.show_photos(data.photos, fixed=archived or not data.entry.counts)

    def _correct(self) -> None:
        if self._entry is not None:
            self.correction_asked.emit(self._entry)


def entry_row(work: CaseWork, asked: Callable[[Entry], None]) -> Callable[[str], EntryRow]:
    """Makes rows that ask for corrections there."""

    def make(key: str) -> EntryRow:
        made = EntryRow(work, key)
        made.correction_asked.connect(asked)
        return made

    return make


def reading_words(head: CaseHead, reading: MetricReading) -> str:
    """A figure in one line: of what and when, how much, who says so."""
    kind = next((one for one in head.pack.metrics if one.key == reading.metric), None)
    name = localised(kind.name, kind.name_en) if kind else reading.metric
    value = f"{formats.plain(reading.value)} {reading.unit}".strip()
    when = shared.year_and_quarter(reading.year, reading.quarter)
    return tr(
        "{metric} {when}: {value} ({source})",
        metric=name,
        when=when,
        value=value,
        source=reading.source,
    )
