"""跟踪问效: what was done since, what is put right, which steps are done, what the figures say."""

from dataclasses import dataclass

from PySide6.QtWidgets import QStackedWidget

from landsteward.app.context import Context
from landsteward.app.drafts import draft_of
from landsteward.app.evidence import evidence_of
from landsteward.app.finding_facts import why_not
from landsteward.app.follow_ups import LedgerLine, ledger
from landsteward.app.language import tr
from landsteward.domain.casework import Evidence
from landsteward.domain.findings import Finding
from landsteward.domain.lifecycle import open_finding_moves
from landsteward.domain.remedies import FollowUp, PlanStep
from landsteward.domain.states import (
    CaseStage,
    CaseStep,
    FindingMove,
    FindingState,
    NextStep,
    PlanStatus,
    SubjectKind,
)
from landsteward.domain.text import Message
from ui.pages.case.follow_up_entry import FORM, EntryForm, EntryRow
from ui.pages.case.follow_up_parts import DoneRow, LedgerCard, Rectified, RectifyRow
from ui.pages.case.reading import CaseHead, photos_of
from ui.pages.case.step import StepPage
from ui.pages.case.work import CaseWork
from ui.widgets.basics import Card, box, column, label, row, scrolled
from ui.widgets.rows import Rows
from ui.widgets.signs import EmptyState

_UNDER_WAY = (FindingState.RETURNED, FindingState.RECTIFYING, FindingState.SUBMITTED)
_MOVES = (FindingMove.SUBMIT, FindingMove.RESUME, FindingMove.EXTEND)


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpData:
    """Entries, findings under way, steps of accepted plans, and the ledger."""

    entries: tuple[FollowUp, ...]
    photos: dict[str, tuple[Evidence, ...]]
    findings: tuple[
        tuple[Finding, tuple[Evidence, ...], tuple[tuple[FindingMove, Message | None], ...]], ...
    ]
    steps: tuple[PlanStep, ...]
    lines: tuple[LedgerLine, ...]
    draft: dict[str, str]


class FollowUpStep(StepPage[FollowUpData]):
    """Entries at the left; findings, steps and ledger at the right."""

    step = CaseStep.FOLLOW_UP

    def __init__(self, work: CaseWork) -> None:
        super().__init__(work)
        self.form = EntryForm(work)
        self.findings: Rows[RectifyRow, Rectified] = Rows(
            lambda key: RectifyRow(work, key), RectifyRow.fill
        )
        self.steps: Rows[DoneRow, tuple[PlanStep, CaseHead]] = Rows(
            lambda key: DoneRow(work, key), DoneRow.fill
        )
        self.entries: Rows[
            EntryRow, tuple[FollowUp, tuple[Evidence, ...], CaseHead, dict[str, str]]
        ] = Rows(lambda key: EntryRow(work, key), EntryRow.fill)
        self.findings_card = Card(tr("Being put right"), margin=0, gap=0)
        self.findings_card.add(self.findings.layout)
        self.steps_card = Card(tr("Steps of the plan"), margin=0, gap=0)
        self.steps_card.add(self.steps.layout)
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
        right = column(self.findings_card, self.steps_card, self.ledger, 1, gap=12)
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

    def read(self, ctx: Context) -> FollowUpData:
        """Everything that is followed."""
        space = ctx.workspace
        case_id = self.work.case_id
        entries = space.follow_ups.where(case_id=case_id)
        plans = space.remedy_plans.where(case_id=case_id, status=PlanStatus.ACCEPTED)
        steps = [
            step
            for plan in plans
            for step in sorted(
                space.plan_steps.where(plan_id=plan.id), key=lambda one: one.position
            )
        ]
        findings = [one for one in space.findings.where(case_id=case_id) if one.state in _UNDER_WAY]
        return FollowUpData(
            entries=tuple(sorted(entries, key=lambda one: (one.happened_on, one.id), reverse=True)),
            photos=photos_of(ctx, SubjectKind.FOLLOW_UP, [one.id for one in entries]),
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
            steps=tuple(steps),
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
        self.form.setVisible(head.overview.case.stage is not CaseStage.ARCHIVED)
        self.form.present(head, data.steps, data.draft)
        self.findings_card.setVisible(bool(data.findings))
        self.findings.show(
            [
                (one.id, Rectified(finding=one, proof=proof, moves=moves, head=head))
                for one, proof, moves in data.findings
            ]
        )
        self.steps_card.setVisible(bool(data.steps))
        self.steps.show([(one.id, (one, head)) for one in data.steps])
        self.ledger.present(head, list(data.lines))
        titles = {one.id: one.title for one in data.steps}
        self.nothing.setVisible(not data.entries)
        self.entries.show(
            [(one.id, (one, data.photos[one.id], head, titles)) for one in data.entries]
        )
        self.stack.setCurrentWidget(self.area)

    def do_next(self, step: NextStep) -> None:
        """Record the entry in the form, or put the person there."""
        if self.form.filled:
            self.form.record()
        else:
            self.form.begin()
