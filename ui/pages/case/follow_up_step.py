"""跟踪问效: how it stands, what was done since, what is put right, and what the figures say."""

from dataclasses import dataclass

from PySide6.QtWidgets import QStackedWidget

from landsteward.app.colours import standing, step_standings
from landsteward.app.context import Context
from landsteward.app.drafts import draft_of
from landsteward.app.evidence import evidence_of
from landsteward.app.extensions import counted, decision_refusal, extensions_of
from landsteward.app.finding_facts import why_not
from landsteward.app.follow_ups import Entry, entries_of
from landsteward.app.language import tr
from landsteward.app.ledgers import LedgerLine, ledger
from landsteward.app.obstacles import obstacles_of
from landsteward.app.plan_reading import accepted_plans, leading_steps
from landsteward.domain.casework import Evidence
from landsteward.domain.colours import Standing
from landsteward.domain.findings import Finding
from landsteward.domain.follow_ups import Extension, Obstacle
from landsteward.domain.lifecycle import open_finding_moves
from landsteward.domain.plans import PlanStep
from landsteward.domain.states import (
    CaseStage,
    CaseStep,
    FindingMove,
    FindingState,
    NextStep,
    SubjectKind,
)
from landsteward.domain.text import Message
from ui.pages.case.follow_up_entry import FORM, EntryData, EntryForm, EntryRow, entry_row
from ui.pages.case.follow_up_extensions import ExtensionData, ExtensionRow
from ui.pages.case.follow_up_obstacles import ObstacleData, ObstacleForm, ObstacleRow
from ui.pages.case.follow_up_parts import Rectified, RectifyRow, StandingCard, StepData
from ui.pages.case.follow_up_steps import FollowedSteps
from ui.pages.case.reading import photos_of
from ui.pages.case.step import StepPage
from ui.pages.case.work import CaseWork
from ui.pages.register.ledger import LedgerCard
from ui.widgets.basics import Card, box, button, column, label, row, scrolled
from ui.widgets.rows import Rows
from ui.widgets.signs import EmptyState

_UNDER_WAY = (FindingState.RETURNED, FindingState.RECTIFYING, FindingState.SUBMITTED)
_MOVES = (FindingMove.SUBMIT, FindingMove.RESUME)


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpData:
    """Entries, findings under way, steps of accepted plans, what is in the way, and the ledger."""

    standing: Standing
    entries: tuple[Entry, ...]
    photos: dict[str, tuple[Evidence, ...]]
    findings: tuple[
        tuple[Finding, tuple[Evidence, ...], tuple[tuple[FindingMove, Message | None], ...]], ...
    ]
    names: dict[str, str]
    steps: tuple[tuple[PlanStep, Standing], ...]
    extensions: tuple[tuple[Extension, Message | None], ...]
    obstacles: tuple[Obstacle, ...]
    lines: tuple[LedgerLine, ...]
    draft: dict[str, str]


class FollowUpStep(StepPage[FollowUpData]):
    """Entries at the left; how it stands and everything else at the right."""

    step = CaseStep.FOLLOW_UP

    def __init__(self, work: CaseWork) -> None:
        super().__init__(work)
        self.form = EntryForm(work)
        self.standing = StandingCard()
        self.findings: Rows[RectifyRow, Rectified] = Rows(
            lambda key: RectifyRow(work, key), RectifyRow.fill
        )
        self.extensions: Rows[ExtensionRow, ExtensionData] = Rows(
            lambda key: ExtensionRow(work, key), ExtensionRow.fill
        )
        self.obstacles: Rows[ObstacleRow, ObstacleData] = Rows(
            lambda key: ObstacleRow(work, key), ObstacleRow.fill
        )
        self.entries: Rows[EntryRow, EntryData] = Rows(
            entry_row(work, self.form.correct), EntryRow.fill
        )
        self.findings_card = _card(tr("Being put right"), self.findings)
        self.steps = FollowedSteps(work)
        self.extensions_card = _card(tr("Extensions"), self.extensions)
        self.obstacles_card = Card(tr("Obstacles"), margin=0, gap=0)
        self.report = button(tr("Report…"), "link", self._report, changing=True)
        self.obstacles_card.head.addWidget(self.report)
        self.obstacle_form: ObstacleForm | None = None
        self._obstacle_place = column(gap=0)
        self.obstacles_card.add(self._obstacle_place)
        self.free = label(tr("Nothing stands in the way."), "dim", wrap=True)
        self.free.setContentsMargins(16, 12, 16, 12)
        self.obstacles_card.add(self.free)
        self.obstacles_card.add(self.obstacles.layout)
        self.ledger = LedgerCard()
        entries = Card(tr("Entries"), margin=0, gap=0)
        self.nothing = label(
            tr("Nothing recorded yet. Say above what was done since the plan was accepted."),
            "dim",
            wrap=True,
        )
        self.nothing.setContentsMargins(16, 12, 16, 12)
        entries.add(self.nothing)
        entries.add(self.entries.layout)
        left = column(self.form, entries, 1, gap=12)
        right = column(
            self.standing,
            self.findings_card,
            self.steps,
            self.obstacles_card,
            self.extensions_card,
            self.ledger,
            1,
            gap=12,
        )
        both = row(gap=12)
        both.addLayout(left, 1)
        both.addLayout(right, 1)
        self.area = scrolled(box(both))
        self.empty = EmptyState(
            tr("Nothing to follow yet"),
            tr(
                "Once a plan is accepted, or a finding is rectified without one, progress is "
                "recorded here."
            ),
            tr("To the plan"),
            lambda: work.go(CaseStep.PLAN),
            primary=False,
        )
        self.stack = QStackedWidget()
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self.area)
        self.outer.addWidget(self.stack, 1)
        self._steps: tuple[PlanStep, ...] = ()

    def read(self, ctx: Context) -> FollowUpData:
        """Everything that is followed."""
        space = ctx.workspace
        case_id = self.work.case_id
        entries = entries_of(ctx, case_id=case_id)
        plans = accepted_plans(ctx, case_id=case_id)
        steps = [step for plan in plans for step in leading_steps(ctx, plan)]
        all_findings = space.findings.where(case_id=case_id)
        findings = [one for one in all_findings if one.state in _UNDER_WAY]
        colours = step_standings(ctx, case_id=case_id)
        titles = {one.id: one.title for one in steps}
        return FollowUpData(
            standing=standing(ctx, case_id=case_id),
            entries=tuple(entries),
            photos=photos_of(ctx, SubjectKind.FOLLOW_UP, [one.entry.id for one in entries]),
            findings=tuple(
                (
                    one,
                    tuple(
                        evidence_of(ctx, subject_kind=SubjectKind.RECTIFICATION, subject_id=one.id)
                    ),
                    tuple(
                        (move, why_not(ctx, finding=one, move=move))
                        for move in open_finding_moves(one.state)
                        if move in _MOVES
                    ),
                )
                for one in findings
            ),
            names={one.id: f"{one.finding_no}  {one.title}" for one in all_findings} | titles,
            steps=tuple((one, colours[one.id]) for one in steps),
            extensions=tuple(
                (one, decision_refusal(ctx, one) if one.granted is None else None)
                for one in extensions_of(ctx, case_id=case_id)
            ),
            obstacles=tuple(obstacles_of(ctx, case_id=case_id)),
            lines=tuple(ledger(ctx, case_id=case_id)),
            draft=draft_of(ctx, case_id=case_id, form=FORM),
        )

    def present(self, data: FollowUpData) -> None:
        """Show it all as it stands."""
        head = self.work.head
        assert head is not None
        if not (data.entries or data.findings or data.steps):
            self.stack.setCurrentWidget(self.empty)
            return
        archived = head.overview.case.stage is CaseStage.ARCHIVED
        self._steps = tuple(step for step, _ in data.steps)
        self.form.setVisible(not archived)
        self.form.present(head, self._steps, data.entries, data.draft)
        self.standing.present(data.standing)
        given = counted([one for one, _ in data.extensions])
        asked = {one.finding_id or one.step_id for one, _ in data.extensions if one.granted is None}
        self.findings_card.setVisible(bool(data.findings))
        self.findings.show(
            [
                (
                    one.id,
                    Rectified(
                        finding=one,
                        proof=proof,
                        moves=moves,
                        extended=given.get(one.id),
                        asked=one.id in asked,
                        head=head,
                    ),
                )
                for one, proof, moves in data.findings
            ]
        )
        self.steps.present(
            [
                StepData(
                    step=one,
                    standing=colour,
                    extended=given.get(one.id),
                    asked=one.id in asked,
                    head=head,
                )
                for one, colour in data.steps
            ],
            data.entries,
            head.today,
        )
        self.extensions_card.setVisible(bool(data.extensions))
        self.extensions.show(
            [
                (
                    one.id,
                    ExtensionData(
                        extension=one,
                        subject=data.names.get(one.finding_id or one.step_id or "", ""),
                        refusal=refusal,
                        head=head,
                    ),
                )
                for one, refusal in data.extensions
            ]
        )
        self.report.setVisible(not archived)
        self.free.setVisible(not data.obstacles)
        self.obstacles.show(
            [
                (
                    one.id,
                    ObstacleData(
                        obstacle=one, step=data.names.get(one.step_id or "", ""), head=head
                    ),
                )
                for one in data.obstacles
            ]
        )
        self.ledger.present(data.lines)
        titles = {one.id: one.title for one in self._steps}
        self.nothing.setVisible(not data.entries)
        self.entries.show(
            [
                (
                    one.entry.id,
                    EntryData(entry=one, photos=data.photos[one.entry.id], head=head, steps=titles),
                )
                for one in data.entries
            ]
        )
        self.stack.setCurrentWidget(self.area)

    def do_next(self, step: NextStep) -> None:
        """Record the entry in the form, or put the person there."""
        if self.form.filled:
            self.form.record()
        else:
            self.form.begin()

    def _report(self) -> None:
        head = self.work.head
        if head is None:
            return
        self._close_obstacle()
        self.obstacle_form = ObstacleForm(self.work, head, self._steps)
        self.obstacle_form.closed.connect(self._close_obstacle)
        self._obstacle_place.addWidget(self.obstacle_form)
        self.obstacle_form.begin()

    def _close_obstacle(self) -> None:
        if self.obstacle_form is not None:
            self.obstacle_form.hide()
            self.obstacle_form.deleteLater()
            self.obstacle_form = None


def _card(
    title: str,
    rows: Rows[RectifyRow, Rectified] | Rows[ExtensionRow, ExtensionData],
) -> Card:
    made = Card(title, margin=0, gap=0)
    made.add(rows.layout)
    return made
