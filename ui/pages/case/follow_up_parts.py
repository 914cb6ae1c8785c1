"""Beside the entries: what is being put right, the plan's steps, and the ledger of metrics."""

from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtWidgets import QCheckBox, QFrame

from landsteward.app.context import Context
from landsteward.app.findings import move_finding
from landsteward.app.follow_ups import LedgerLine, complete_step
from landsteward.app.language import localised, render, tr
from landsteward.domain.casework import Evidence
from landsteward.domain.findings import Finding
from landsteward.domain.remedies import PlanStep
from landsteward.domain.states import CaseStage, FindingMove, FindingState, SubjectKind
from landsteward.domain.text import Message
from ui import formats
from ui import words as shared
from ui.pages.case import words
from ui.pages.case.finding_moves import MoveForm
from ui.pages.case.reading import CaseHead
from ui.pages.case.work import CaseWork
from ui.widgets.basics import Card, button, changes, column, label, row
from ui.widgets.callout import Refusal
from ui.widgets.edit_table import EditColumn, EditTable
from ui.widgets.fields import DateField
from ui.widgets.forms import keep
from ui.widgets.photos import PhotoStrip
from ui.widgets.signs import Badge


@dataclass(frozen=True, slots=True, kw_only=True)
class Rectified:
    """A finding being put right, with its proof and what stands against the moves."""

    finding: Finding
    proof: tuple[Evidence, ...]
    moves: tuple[tuple[FindingMove, Message | None], ...]
    head: CaseHead


class RectifyRow(QFrame):
    """A finding: its proof, 申请验收, 延期, and 继续整改 where it was returned."""

    def __init__(self, work: CaseWork, finding_id: str) -> None:
        super().__init__()
        self.setProperty("role", "row")
        self._work = work
        self._finding_id = finding_id
        self._finding: Finding | None = None
        self.name = label("", wrap=True)
        self.due = Badge()
        self.state = Badge()
        self.reason = label("", "dim", wrap=True)
        self.proof = PhotoStrip(work.thumbnails)
        work.serve(self.proof, SubjectKind.RECTIFICATION, partial(str, finding_id))
        self.submit = button(
            words.move(FindingMove.SUBMIT),
            "small",
            partial(self._move, FindingMove.SUBMIT),
            changing=True,
        )
        self.resume = button(
            words.move(FindingMove.RESUME),
            "small",
            partial(self._move, FindingMove.RESUME),
            changing=True,
        )
        self.extend = button(words.move(FindingMove.EXTEND), "small", self._extend, changing=True)
        self.error = Refusal()
        self.form: MoveForm | None = None
        self._place = column(gap=0)
        top = row(gap=8)
        top.addWidget(self.name, 1)
        for one in (self.due, self.state):
            top.addWidget(one)
        actions = row(self.submit, self.resume, self.extend, self.error, gap=6)
        layout = column(top, self.proof, self.reason, actions, self._place, gap=8)
        layout.setContentsMargins(16, 10, 16, 10)
        self.setLayout(layout)

    def fill(self, data: Rectified) -> None:
        """Show how far it is."""
        finding = self._finding = data.finding
        self.name.setText(f"{finding.finding_no}  {finding.title}")
        word, tone = shared.due(finding.deadline_on, data.head.today)
        self.due.show_word(word, tone)
        self.due.setToolTip(formats.day(finding.deadline_on))
        self.state.show_word(
            shared.finding_state(finding.state), shared.finding_tone(finding.state)
        )
        fixed = finding.state is FindingState.SUBMITTED
        self.proof.show_photos(data.proof, fixed=fixed)
        refusals = dict(data.moves)
        reasons = []
        for move, made in (
            (FindingMove.SUBMIT, self.submit),
            (FindingMove.RESUME, self.resume),
            (FindingMove.EXTEND, self.extend),
        ):
            made.setVisible(move in refusals)
            why = refusals.get(move)
            made.setEnabled(why is None)
            if why is not None:
                word = words.move(move).rstrip("…")
                reasons.append(tr("{move}: {reason}", move=word, reason=render(why)))
        if fixed:
            reasons.append(tr("Waits for the recheck."))
        self.reason.setText("\n".join(reasons))
        self.reason.setVisible(bool(reasons))
        if self.form is not None and FindingMove.EXTEND not in refusals:
            self._close()

    def _move(self, move: FindingMove) -> None:
        finding_id = self._finding_id
        self._work.change(
            self,
            lambda ctx: move_finding(ctx, finding_id=finding_id, move=move),
            error=self.error,
        )

    def _extend(self) -> None:
        if self._finding is None:
            return
        self._close()
        self.form = MoveForm(self._work, self._finding, FindingMove.EXTEND)
        self.form.closed.connect(self._close)
        self._place.addWidget(self.form)
        self.form.begin()

    def _close(self) -> None:
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
            self.form = None


class DoneRow(QFrame):
    """A step of the accepted plan: ticked off with the day it was done."""

    def __init__(self, work: CaseWork, step_id: str) -> None:
        super().__init__()
        self.setProperty("role", "row")
        self._work = work
        self._step_id = step_id
        self._today: date | None = None
        self.tick = changes(QCheckBox())
        self.title = label("", wrap=True)
        self.facts = label("", "dim", wrap=True)
        self.late = Badge()
        self.done = DateField("")
        self.done.line.setAccessibleName(tr("Done on"))
        self.done.setFixedWidth(134)
        keep(self.done, work.bench.operations, self._keep)
        self.tick.clicked.connect(self._ticked)
        layout = row(self.tick, gap=10)
        layout.addLayout(column(self.title, self.facts, gap=0), 1)
        layout.addWidget(self.late)
        layout.addWidget(self.done)
        layout.setContentsMargins(16, 6, 12, 6)
        self.setLayout(layout)

    def fill(self, data: tuple[PlanStep, CaseHead]) -> None:
        """Show the step."""
        step, head = data
        self._today = head.today
        archived = head.overview.case.stage is CaseStage.ARCHIVED
        self.tick.setEnabled(not archived)
        self.done.set_read_only(archived)
        self.title.setText(step.title)
        self.tick.setAccessibleName(step.title)
        until = tr("until {day}", day=formats.day(step.due_on))
        self.facts.setText(" · ".join(one for one in (step.responsible, until, step.result) if one))
        self.tick.setChecked(step.done_on is not None)
        self.done.set_value(step.done_on)
        late = step.done_on is None and step.due_on is not None and step.due_on < head.today
        self.late.show_word(shared.due(step.due_on, head.today)[0] if late else "", "bad")

    def _ticked(self, on: bool) -> None:
        step_id, day = self._step_id, self._today if on else None
        self._work.change(self, lambda ctx: complete_step(ctx, step_id=step_id, done_on=day))

    def _keep(self, ctx: Context, day: date | None) -> PlanStep:
        return complete_step(ctx, step_id=self._step_id, done_on=day)


class LedgerCard(Card):
    """Baseline, target and latest reading of every expected metric."""

    def __init__(self) -> None:
        super().__init__(tr("Ledger of metrics"), margin=0, gap=0)
        self.table = EditTable(
            [
                EditColumn("metric", tr("Metric"), fixed=True),
                EditColumn("year", tr("Year"), width=54, fixed=True),
                EditColumn("baseline", tr("Baseline"), "decimal", 70, fixed=True),
                EditColumn("target", tr("Target"), "decimal", 70, fixed=True),
                EditColumn("reading", tr("Latest"), "decimal", 70, fixed=True),
                EditColumn("sign", "", width=64, fixed=True),
            ],
            blank=False,
        )
        self.nothing = label(tr("The accepted plan names no expected metrics."), "dim", wrap=True)
        self.nothing.setContentsMargins(16, 12, 16, 12)
        self.add(self.nothing)
        self.add(self.table)

    def present(self, head: CaseHead, lines: list[LedgerLine]) -> None:
        """Show the lines."""
        kinds = {one.key: one for one in head.pack.metrics}
        self.nothing.setVisible(not lines)
        self.table.setVisible(bool(lines))
        rows = []
        for line in lines:
            target = line.target
            kind = kinds.get(target.metric)
            name = localised(kind.name, kind.name_en) if kind else target.metric
            reached = (
                line.reading is not None
                and target.target is not None
                and line.reading >= target.target
            )
            sign = "" if line.reading is None else (tr("Reached") if reached else tr("Short"))
            rows.append(
                (
                    target.id,
                    {
                        "metric": f"{name}\n{kind.unit}" if kind else name,
                        "year": target.year,
                        "baseline": target.baseline,
                        "target": target.target,
                        "reading": line.reading,
                        "sign": sign,
                    },
                )
            )
        self.table.show_rows(rows, fixed=True)
