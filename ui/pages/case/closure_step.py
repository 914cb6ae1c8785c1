"""复检销号: the second look, the second person, and the end of the case."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QStackedWidget

from landsteward.app.case_closing import close_case
from landsteward.app.closing_conditions import (
    case_conditions,
    case_ends,
    conditions_of,
    loose_ends,
)
from landsteward.app.context import Context
from landsteward.app.drafts import draft_of
from landsteward.app.evidence import evidence_of, rectification_evidence
from landsteward.app.finding_facts import why_not
from landsteward.app.language import tr
from landsteward.app.look_backs import DueLookBack, due_look_backs
from landsteward.app.recheck_sheet import RecheckSheet, recheck_sheet
from landsteward.domain import order
from landsteward.domain.closing import Condition, LooseEnd
from landsteward.domain.findings import Finding
from landsteward.domain.lifecycle import SETTLED_FINDING_STATES
from landsteward.domain.remedies import Recheck, RecheckResult
from landsteward.domain.states import (
    CaseStage,
    CaseStep,
    FindingMove,
    FindingState,
    NextStep,
    RecheckKind,
    SubjectKind,
)
from ui import formats
from ui import words as shared
from ui.pages.case.closing_parts import look_back_words
from ui.pages.case.closure_row import Closing, ClosureRow
from ui.pages.case.conditions import ConditionList
from ui.pages.case.reading import CaseHead
from ui.pages.case.recheck_parts import FORM, RecheckCard, WaitingCard
from ui.pages.case.step import StepPage
from ui.pages.case.work import CaseWork
from ui.widgets.basics import Card, box, button, column, label, row, scrolled
from ui.widgets.callout import Refusal
from ui.widgets.rows import Rows
from ui.widgets.signs import EmptyState

_ENDED = (CaseStage.CLOSED, CaseStage.ARCHIVED)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosureData:
    """The open recheck, the findings on their way to closure, and rechecks that are over.

    `look_backs` are the next ones at closed findings, `case` what closing the whole rests on.
    """

    findings: tuple[Finding, ...]
    sheet: RecheckSheet | None
    closing: tuple[Closing, ...]
    past: tuple[tuple[Recheck, tuple[RecheckResult, ...]], ...]
    look_backs: tuple[DueLookBack, ...]
    case: tuple[Condition, ...]
    ends: tuple[LooseEnd, ...]
    draft: dict[str, str]


class ClosureStep(StepPage[ClosureData]):
    """One card after the other, in the order things are done."""

    step = CaseStep.CLOSURE

    def __init__(self, work: CaseWork) -> None:
        super().__init__(work)
        self.waiting = WaitingCard(work, RecheckKind.RECHECK)
        self.recheck = RecheckCard(work)
        self.rows: Rows[ClosureRow, Closing] = Rows(
            lambda key: ClosureRow(work, key), ClosureRow.fill
        )
        self.closing = Card(tr("Closure"), margin=0, gap=0)
        self.closing.add(self.rows.layout)
        self.end = Card(tr("The case"), gap=8)
        self.end_words = label("", wrap=True)
        self.error = Refusal()
        self.close_case = button(tr("Close the case"), "small", self.finish_case, changing=True)
        self.to_dossier = button(tr("To the dossier"), "small", lambda: work.go(CaseStep.DOSSIER))
        self.conditions = ConditionList(work, None)
        self.end.add(self.end_words)
        self.end.add(self.conditions)
        self.end.add(row(self.error, self.to_dossier, self.close_case))
        self.look_back = WaitingCard(work, RecheckKind.LOOK_BACK)
        self.past = Card(tr("Earlier rechecks"), gap=6)
        self.past_words = label("", "dim", wrap=True)
        self.past.add(self.past_words)
        cards = column(
            self.waiting,
            self.recheck,
            self.closing,
            self.end,
            self.look_back,
            self.past,
            1,
            gap=12,
        )
        self.area = scrolled(box(cards))
        self.empty = EmptyState(
            tr("Nothing to recheck yet"),
            tr(
                "Once acceptance is requested for a finding, the recheck of exactly those findings "
                "starts here."
            ),
            tr("To the follow-up"),
            lambda: work.go(CaseStep.FOLLOW_UP),
            primary=False,
        )
        self.stack = QStackedWidget()
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self.area)
        self.outer.addWidget(self.stack, 1)

    def read(self, ctx: Context) -> ClosureData:
        """Findings, rechecks and requests."""
        space, case_id = ctx.workspace, self.work.case_id
        findings = space.findings.where(case_id=case_id)
        rechecks = sorted(space.rechecks.where(case_id=case_id), key=order.looked)
        sheets = (
            recheck_sheet(ctx, recheck_id=one.id)
            for one in reversed(rechecks)
            if one.done_on is None
        )
        sheet = next((one for one in sheets if one.lines), None)
        under_look = {one.finding.id for one in sheet.lines} if sheet is not None else set()
        case = space.cases.get(case_id)
        return ClosureData(
            findings=tuple(findings),
            sheet=sheet,
            closing=tuple(
                self._closing(ctx, one)
                for one in findings
                if one.id not in under_look
                and (
                    one.state in (FindingState.RECHECK, FindingState.CLOSED)
                    or space.closures.count(finding_id=one.id)
                )
            ),
            past=tuple(
                (one, tuple(space.recheck_results.where(recheck_id=one.id)))
                for one in reversed(rechecks)
                if one.done_on is not None
            ),
            look_backs=tuple(due_look_backs(ctx, until=date.max, case_id=case_id)),
            case=case_conditions(ctx, case=case),
            ends=case_ends(ctx, case=case),
            draft=draft_of(ctx, case_id=case_id, form=FORM),
        )

    @staticmethod
    def _closing(ctx: Context, finding: Finding) -> Closing:
        closures = ctx.workspace.closures.where(finding_id=finding.id)
        rechecked = finding.state is FindingState.RECHECK
        return Closing(
            finding=finding,
            closures=tuple(sorted(closures, key=order.requested)),
            refusal=why_not(ctx, finding=finding, move=FindingMove.CLOSE),
            proof_count=len(rectification_evidence(ctx, finding_id=finding.id)),
            conditions=conditions_of(ctx, finding=finding) if rechecked else (),
            ends=loose_ends(ctx, finding=finding) if rechecked else (),
            benefit=tuple(
                evidence_of(ctx, subject_kind=SubjectKind.BENEFIT, subject_id=finding.id)
            ),
        )

    def present(self, data: ClosureData) -> None:
        """The cards that have something to say."""
        head = self.work.head
        assert head is not None
        submitted = [(one, "") for one in data.findings if one.state is FindingState.SUBMITTED]
        stage = head.overview.case.stage
        open_findings = [one for one in data.findings if one.state not in SETTLED_FINDING_STATES]
        ready = stage in (CaseStage.REPORTED, CaseStage.IN_REMEDY) and not open_findings
        shown = submitted or data.sheet or data.closing or data.past or ready or stage in _ENDED
        if not shown:
            self.stack.setCurrentWidget(self.empty)
            return
        self.waiting.present(submitted)
        self.recheck.present(head, data.sheet, data.draft)
        self.closing.setVisible(bool(data.closing))
        self.rows.show([(one.finding.id, one) for one in data.closing])
        self._present_end(head, stage, len(data.findings), ready=ready)
        self.conditions.setVisible(ready)
        if ready:
            self.conditions.present(data.case, data.ends)
        self.look_back.present(self._to_look_back(data))
        self.past.setVisible(bool(data.past))
        self.past_words.setText("\n".join(_past_line(head, *one) for one in data.past))
        self.stack.setCurrentWidget(self.area)

    def _to_look_back(self, data: ClosureData) -> list[tuple[Finding, str]]:
        """Closed findings, each with the day of its next look-back."""
        due = {one.finding.id: one for one in data.look_backs}
        return [
            (one, look_back_words(due[one.id]) if one.id in due else tr("No look-back is due"))
            for one in data.findings
            if one.state is FindingState.CLOSED
        ]

    def do_next(self, step: NextStep) -> None:
        """Start, judge, ask, approve or close: whichever comes next."""
        if step is NextStep.START_RECHECK:
            self.waiting.begin()
        elif step is NextStep.JUDGE_RECHECK:
            if self.recheck.isVisible() and self.recheck.all_judged:
                self.recheck.finish()
            else:
                self.recheck.begin()
        elif step is NextStep.REQUEST_CLOSURE:
            self._request_all()
        elif step is NextStep.APPROVE_CLOSURE:
            self._approve_first()
        elif step is NextStep.CLOSE_CASE:
            self.finish_case()

    def finish_case(self) -> None:
        """Close the case."""
        case_id = self.work.case_id
        self.work.change(self, lambda ctx: close_case(ctx, case_id=case_id), error=self.error)

    def _request_all(self) -> None:
        """Ask for every closure that is filled in; the first that is not gets the person."""
        asking = [one for one in self.rows.all if one.asking.isVisible()]
        for one in asking:
            if one.complete:
                one.request()
        unfilled = next((one for one in asking if not one.complete), None)
        if unfilled is not None:
            self.area.ensureWidgetVisible(unfilled)
            unfilled.begin()

    def _approve_first(self) -> None:
        """Approve where this person may; otherwise show who can."""
        deciding = [one for one in self.rows.all if one.deciding.isVisible()]
        able = [one for one in deciding if one.needed.isHidden()]
        for one in able:
            one.decide(approved=True)
        if not able and deciding:
            first = deciding[0]
            self.area.ensureWidgetVisible(first)
            if first.switches:
                next(iter(first.switches.values())).setFocus()

    def _present_end(self, head: CaseHead, stage: CaseStage, count: int, *, ready: bool) -> None:
        self.end.setVisible(ready or stage in _ENDED)
        self.close_case.setVisible(ready)
        self.to_dossier.setVisible(stage in _ENDED)
        case = head.overview.case
        if stage in _ENDED:
            self.end_words.setText(
                tr("The case was closed on {day}.", day=formats.day(case.closed_on))
            )
        elif count:
            self.end_words.setText(
                tr("All {count} findings are settled; the case can be closed.", count=count)
            )
        else:
            self.end_words.setText(tr("The checkup found no problem; the case can be closed."))


def _past_line(head: CaseHead, recheck: Recheck, results: tuple[RecheckResult, ...]) -> str:
    passed = sum(one.passed is True for one in results)
    line = tr(
        "{day} {kind}: {passed} of {count} passed",
        day=formats.day(recheck.done_on),
        kind=shared.recheck_kind(recheck.kind),
        passed=passed,
        count=len(results),
    )
    who = head.name_of(recheck.inspector_id)
    return " · ".join(one for one in (line, who, recheck.summary) if one)
