"""An import that was made: what it did, its refused rows, and taking it back whole."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from landsteward.app.context import Context
from landsteward.app.import_batches import (
    ImportRecord,
    TakenBack,
    import_record,
    obstacles_to_undo,
    undo_import,
)
from landsteward.app.importing import Outcome, refused_rows
from landsteward.app.language import render, tr
from landsteward.domain.documents import ImportBatch, ImportReject
from landsteward.domain.errors import KnownError
from landsteward.domain.permissions import Action, may
from landsteward.domain.text import Message
from ui import formats
from ui.operations import Progress
from ui.pages.base import Page
from ui.pages.imports.refused import RefusedCard
from ui.pages.imports.words import fate_word, kind_word, next_place
from ui.widgets.basics import (
    Card,
    ElidedLabel,
    button,
    changes,
    column,
    label,
    row,
)
from ui.widgets.outcome import OutcomeLine
from ui.widgets.signs import Badge, MessageBar
from ui.workbench import Place, Workbench


@dataclass(frozen=True, slots=True)
class _Read:
    record: ImportRecord
    rejects: list[ImportReject]


class RecordPanel(QWidget):
    """One import. `shown` tells that it was read, `gone` that it does not stand any more."""

    shown = Signal()
    gone = Signal()

    def __init__(self, bench: Workbench, batch_id: str) -> None:
        super().__init__()
        self._bench = bench
        self._batch_id = batch_id
        self.record: ImportRecord | None = None
        self._taking_back = False
        self.message = MessageBar()
        self.message.stand()
        self.line = OutcomeLine()
        self.facts = label("", "dim", wrap=True)
        self.counts: dict[Outcome, QLabel] = {}
        numbers = row(gap=12)
        for outcome in Outcome:
            card = Card(margin=12, gap=0)
            card.add(label(fate_word(outcome), "label"))
            self.counts[outcome] = label("–", "figure")
            card.add(self.counts[outcome])
            numbers.addWidget(card)
        self.refused = RefusedCard(bench)
        self.refused.hide()
        self._allowed = may(bench.member().person.role, Action.IMPORT)
        self.take_back = changes(button(tr("Take back this import…"), "danger", self._look_first))
        self.take_back.setEnabled(False)
        self.will_do = label("", wrap=True)
        self.yes = changes(button(tr("Take back"), "danger", self._take_back))
        self.no = button(tr("Leave it"), "", self._leave)
        self.asking = Card(margin=12)
        asked = row(self.will_do, self.no, self.yes)
        asked.setStretch(0, 1)
        self.asking.add(asked)
        self.asking.hide()
        page = column(
            self.message,
            self.line,
            self.facts,
            numbers,
            row(1, self.take_back),
            self.asking,
            gap=12,
        )
        page.addWidget(self.refused, 1)
        page.addStretch(0)
        self.setLayout(page)

    def refresh(self) -> None:
        """Read it again; not while it is being taken back."""
        if self._taking_back:
            return
        key = self._batch_id

        def read(ctx: Context) -> _Read:
            record = import_record(ctx, batch_id=key)
            return _Read(record, refused_rows(ctx, batch_id=key))

        self._bench.operations.query(self, read, success=self._show, failure=self._missing)

    def _show(self, read: _Read) -> None:
        if self.record == read.record:
            return
        first, self.record = self.record is None, read.record
        batch = read.record.batch
        self.facts.setText(
            tr(
                "{kind} · {when} · {who} · {rows} rows",
                kind=kind_word(batch.kind),
                when=formats.moment(batch.imported_at),
                who=read.record.by,
                rows=f"{batch.rows:,}",
            )
        )
        for outcome, count in (
            (Outcome.CREATED, batch.created),
            (Outcome.UPDATED, batch.updated),
            (Outcome.UNCHANGED, batch.unchanged),
            (Outcome.REJECTED, batch.rejected),
        ):
            self.counts[outcome].setText(f"{count:,}")
        stands = read.record.taken_back_at is None
        if stands or first:
            self.refused.show_rows(batch.file_name, read.rejects)
        self.take_back.setVisible(stands)
        self.take_back.setEnabled(stands and self._allowed)
        self.shown.emit()
        if not stands:
            self.facts.setText(f"{self.facts.text()}\n{_withdrawn(read.record)}")
            self.gone.emit()

    def _missing(self, error: KnownError) -> None:
        self.message.fail(error)

    # --- taking it back -------------------------------------------------------------------------

    def _look_first(self) -> None:
        """What stands against it is found out before anybody is asked."""
        key = self._batch_id

        def look(ctx: Context) -> list[Message]:
            return obstacles_to_undo(ctx, batch_id=key)

        self.take_back.setEnabled(False)
        work = self._bench.operations.query(
            self, look, success=self._looked, failure=self._not_taken
        )

        def stop() -> None:
            work.cancel()
            self.line.settle()
            self._leave()

        self.line.working(tr("Looking whether anything was built on it…"), stop)

    def _looked(self, obstacles: list[Message]) -> None:
        self.line.settle()
        if obstacles:
            self.message.say(
                tr("It cannot be taken back, something has been built on it:")
                + "\n"
                + "\n".join(f"· {render(one)}" for one in obstacles)
                + "\n"
                + tr("Take that back first, or correct the records one by one in the register."),
                "caution",
            )
            self.take_back.setEnabled(self._allowed)
            return
        if self.record is None:
            return
        self.will_do.setText(_will_do(self.record.batch))
        self.take_back.hide()
        self.asking.show()
        self.no.setFocus()

    def _leave(self) -> None:
        self.asking.hide()
        self.take_back.show()
        self.take_back.setEnabled(self._allowed)

    def _take_back(self) -> None:
        key = self._batch_id

        def work(ctx: Context, progress: Progress) -> TakenBack:
            return undo_import(ctx, batch_id=key, progress=progress)

        self.asking.hide()
        running = self._bench.operations.long_change(
            self,
            work,
            success=self._taken,
            failure=self._not_taken,
            progressed=self.line.progressed,
            stopped=self._stopped,
        )
        self._taking_back = True
        self.line.working(tr("Taking back… all of it, or nothing."), running.stop)

    def _taken(self, done: TakenBack) -> None:
        self._taking_back = False
        self.take_back.hide()
        self.line.say(
            tr(
                "Taken back: {removed} records gone, {restored} as they were before.",
                removed=f"{done.removed:,}",
                restored=f"{done.restored:,}",
            ),
            "good",
            (tr("Imports made"), partial(self._bench.go, Place("imports"))),
        )

    def _not_taken(self, error: KnownError) -> None:
        self._taking_back = False
        self.line.settle()
        self._leave()
        self.message.fail(error)

    def _stopped(self) -> None:
        self._taking_back = False
        self._leave()
        self.line.say(tr("Stopped; nothing was taken back."), "caution")


def _withdrawn(record: ImportRecord) -> str:
    """When an import was taken back, and by whom."""
    at = record.taken_back_at
    when = formats.moment(at) if at is not None else ""
    return tr("Taken back {when} by {who}.", when=when, who=record.taken_back_by)


def _will_do(batch: ImportBatch) -> str:
    """What taking an import back does."""
    said = []
    if batch.created:
        said.append(tr("What its {count} new rows added goes.", count=f"{batch.created:,}"))
    if batch.updated:
        said.append(
            tr(
                "What its {count} updated rows changed gets back the values it had.",
                count=f"{batch.updated:,}",
            )
        )
    if batch.rejected:
        said.append(tr("Its {count} refused rows go as well.", count=f"{batch.rejected:,}"))
    said.append(tr("The same file can be imported again."))
    return " ".join(said)


class RecordPage(Page):
    """An import of those that were made; `place.record_id` is its key."""

    def __init__(self, bench: Workbench, place: Place) -> None:
        super().__init__(bench, place)
        self.panel = RecordPanel(bench, place.record_id)
        self.panel.shown.connect(self._shown)
        self.panel.gone.connect(self._gone)
        self.name = ElidedLabel("", "title")
        self.state = Badge()
        back = button("←", "quiet", partial(bench.go, Place("imports")), hint=tr("To the imports"))
        back.setFixedWidth(32)
        self.next = button("", "primary", self._go_on)
        page = column(row(back, self.name, self.state, 1, self.next), gap=12)
        page.addWidget(self.panel, 1)
        self.setLayout(page)
        self.next.hide()

    def refresh(self) -> None:
        """Read it again."""
        self.panel.refresh()

    def _shown(self) -> None:
        record = self.panel.record
        if record is None:
            return
        self.name.setText(record.batch.file_name)
        self.set_title(record.batch.file_name)
        _place, word = next_place(record.batch.kind)
        self.next.setText(word)
        self.next.show()

    def _gone(self) -> None:
        self.state.show_word(tr("Taken back"), "plain")
        self.next.hide()

    def _go_on(self) -> None:
        if self.panel.record is not None:
            self.bench.go(next_place(self.panel.record.batch.kind)[0])
