"""Beside the entries: how the case stands, what is being put right, and the plan's steps."""

from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtWidgets import QCheckBox, QFrame

from landsteward.app.context import Context
from landsteward.app.extensions import ExtensionCount
from landsteward.app.findings import move_finding
from landsteward.app.follow_ups import complete_step
from landsteward.app.language import render, tr
from landsteward.domain.casework import Evidence
from landsteward.domain.colours import Standing
from landsteward.domain.findings import Finding
from landsteward.domain.plans import PlanStep
from landsteward.domain.states import CaseStage, FindingMove, FindingState, SubjectKind
from landsteward.domain.text import Message
from ui import formats
from ui import words as shared
from ui.pages.case import words
from ui.pages.case.follow_up_extensions import ExtensionForm, count_words
from ui.pages.case.reading import CaseHead
from ui.pages.case.work import CaseWork
from ui.widgets.basics import Card, button, changes, column, label, row
from ui.widgets.callout import Refusal
from ui.widgets.fields import DateField
from ui.widgets.forms import keep
from ui.widgets.photos import PhotoStrip
from ui.widgets.signs import Badge


@dataclass(frozen=True, slots=True, kw_only=True)
class Rectified:
    """A finding being put right, with its proof and what stands against the moves; `asked`: an
    extension waits for its decision.
    """

    finding: Finding
    proof: tuple[Evidence, ...]
    moves: tuple[tuple[FindingMove, Message | None], ...]
    extended: ExtensionCount | None
    asked: bool
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
        self.extended = label("", "dim", wrap=True)
        self.error = Refusal()
        self.form: ExtensionForm | None = None
        self._place = column(gap=0)
        top = row(gap=8)
        top.addWidget(self.name, 1)
        for one in (self.due, self.state):
            top.addWidget(one)
        actions = row(self.submit, self.resume, self.extend, self.error, gap=6)
        layout = column(top, self.proof, self.extended, self.reason, actions, self._place, gap=8)
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
        extended = count_words(data.extended)
        self.extended.setText(extended)
        self.extended.setVisible(bool(extended))
        self.extend.setVisible(finding.state is FindingState.RECTIFYING and not data.asked)
        if self.form is not None and self.extend.isHidden():
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
        self.form = ExtensionForm(
            self._work, was_on=self._finding.deadline_on, finding_id=self._finding_id
        )
        self.form.closed.connect(self._close)
        self._place.addWidget(self.form)
        self.form.begin()

    def _close(self) -> None:
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
            self.form = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepData:
    """A step of the accepted plan with its colour, and how much more time it was given."""

    step: PlanStep
    standing: Standing
    extended: ExtensionCount | None
    asked: bool
    head: CaseHead


class DoneRow(QFrame):
    """A step of the accepted plan: ticked off with the day it was done; its colour and why."""

    def __init__(self, work: CaseWork, step_id: str) -> None:
        super().__init__()
        self.setProperty("role", "row")
        self._work = work
        self._step_id = step_id
        self._step: PlanStep | None = None
        self._today: date | None = None
        self.tick = changes(QCheckBox())
        self.title = label("", wrap=True)
        self.facts = label("", "dim", wrap=True)
        self.why = label("", "dim", wrap=True)
        self.colour = Badge()
        self.extend = button(words.move(FindingMove.EXTEND), "link", self._extend, changing=True)
        self.done = DateField("")
        self.done.line.setAccessibleName(tr("Done on"))
        self.done.setFixedWidth(134)
        keep(self.done, work.bench.operations, self._keep)
        self.tick.clicked.connect(self._ticked)
        self.form: ExtensionForm | None = None
        self._place = column(gap=0)
        layout = row(self.tick, gap=10)
        below = row(self.extend, 1)
        layout.addLayout(column(self.title, self.facts, self.why, below, gap=0), 1)
        layout.addLayout(column(row(1, self.colour), self.done, gap=6))
        whole = column(layout, self._place, gap=6)
        whole.setContentsMargins(16, 6, 12, 6)
        self.setLayout(whole)

    def fill(self, data: StepData) -> None:
        """Show the step."""
        step, head = data.step, data.head
        self._step, self._today = step, head.today
        archived = head.overview.case.stage is CaseStage.ARCHIVED
        self.tick.setEnabled(not archived)
        self.done.set_read_only(archived)
        self.title.setText(step.title)
        self.tick.setAccessibleName(step.title)
        until = tr("until {day}", day=formats.day(step.until))
        facts = [step.responsible, until, count_words(data.extended), step.result]
        self.facts.setText(" · ".join(one for one in facts if one))
        self.tick.setChecked(step.done_on is not None)
        self.done.set_value(step.done_on)
        colour = data.standing.colour
        word = shared.board_colour(colour)
        if step.done_on is None and data.standing.percent:
            word = f"{word} {data.standing.percent} %"
        self.colour.show_word(word, shared.colour_tone(colour))
        why = "; ".join(render(one) for one in data.standing.reasons)
        self.why.setText(why)
        self.why.setVisible(bool(why))
        self.extend.setVisible(step.done_on is None and not data.asked and not archived)
        if self.form is not None and self.extend.isHidden():
            self._close()

    def _ticked(self, on: bool) -> None:
        step_id, day = self._step_id, self._today if on else None
        self._work.change(self, lambda ctx: complete_step(ctx, step_id=step_id, done_on=day))

    def _keep(self, ctx: Context, day: date | None) -> PlanStep:
        return complete_step(ctx, step_id=self._step_id, done_on=day)

    def _extend(self) -> None:
        if self._step is None:
            return
        self._close()
        self.form = ExtensionForm(self._work, was_on=self._step.until, step_id=self._step_id)
        self.form.closed.connect(self._close)
        self._place.addWidget(self.form)
        self.form.begin()

    def _close(self) -> None:
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
            self.form = None


class StandingCard(Card):
    """The colour of the case, how far its plan is beside how far it should be, and the reasons."""

    def __init__(self) -> None:
        super().__init__(tr("How it stands"), gap=6)
        self.colour = Badge()
        self.progress = label("", wrap=True)
        self.reasons = label("", "dim", wrap=True)
        line = row(self.colour, self.progress, gap=10)
        line.setStretch(1, 1)
        self.add(line)
        self.add(self.reasons)

    def present(self, standing: Standing) -> None:
        """Show it."""
        self.colour.show_word(
            shared.board_colour(standing.colour), shared.colour_tone(standing.colour)
        )
        said = ""
        if standing.percent is not None and standing.planned is not None:
            said = tr(
                "Progress {percent} %, by the plan {planned} %",
                percent=standing.percent,
                planned=standing.planned,
            )
        elif standing.percent is not None:
            said = tr("Progress {percent} %", percent=standing.percent)
        self.progress.setText(said)
        self.reasons.setText("\n".join(render(one) for one in standing.reasons))
        self.reasons.setVisible(bool(standing.reasons))
