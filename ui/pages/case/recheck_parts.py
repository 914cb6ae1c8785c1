"""The second look: what waits for it, each finding judged with note and photos, and its end."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QFrame

from landsteward.app.context import Context
from landsteward.app.language import tr
from landsteward.app.rechecks import finish_recheck, judge_recheck, start_recheck
from landsteward.domain.casework import Evidence
from landsteward.domain.findings import Finding
from landsteward.domain.remedies import Recheck, RecheckResult
from landsteward.domain.states import RecheckKind, SubjectKind
from ui import formats
from ui import words as shared
from ui.pages.case.reading import CaseHead
from ui.pages.case.work import CaseWork, Drafts
from ui.widgets.basics import Card, button, changes, column, label, row
from ui.widgets.callout import Refusal
from ui.widgets.fields import NoteField, TextField
from ui.widgets.forms import keep
from ui.widgets.photos import PhotoStrip
from ui.widgets.pills import Pills
from ui.widgets.rows import Rows
from ui.widgets.signs import Badge
from ui.widgets.twolines import TwoLines

FORM = "recheck"
"""Under this name the summary's draft is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A finding under recheck: its result, the photos of the second look, the proof handed in."""

    result: RecheckResult
    finding: Finding
    photos: tuple[Evidence, ...]
    proof: tuple[Evidence, ...]
    head: CaseHead
    kind: RecheckKind


class JudgeRow(QFrame):
    """One finding: passed or not, why, and photos of the second look."""

    def __init__(self, work: CaseWork, result_id: str) -> None:
        super().__init__()
        self.setProperty("role", "row")
        self._work = work
        self._result_id = result_id
        self._result: RecheckResult | None = None
        self.text = TwoLines()
        self.pills = changes(
            Pills([(True, tr("Passed"), "good"), (False, tr("Not passed"), "bad")])
        )
        self.note = NoteField(tr("What was seen"), rows=2)
        self.photos = PhotoStrip(work.thumbnails)
        self.proof = PhotoStrip(work.thumbnails)
        self.proof_word = label(tr("Handed in as proof"), "label")
        work.serve(self.photos, SubjectKind.RECHECK_RESULT, partial(str, result_id))
        self.proof.opened.connect(work.photo_asked)
        keep(self.note, work.bench.operations, self._keep_note)
        self.pills.chosen.connect(self._judge)
        top = row(gap=12)
        top.addWidget(self.text, 1)
        top.addWidget(self.pills)
        seen = column(label(tr("Photos of the second look"), "label"), self.photos, gap=4)
        handed = column(self.proof_word, self.proof, gap=4)
        below = row(gap=16)
        below.addLayout(seen, 1)
        below.addLayout(handed, 1)
        layout = column(top, self.note, below, gap=8)
        layout.setContentsMargins(16, 12, 16, 12)
        self.setLayout(layout)

    def fill(self, data: Judged) -> None:
        """Show what was judged so far."""
        self._result = data.result
        finding = data.finding
        self.text.show_text(
            f"{finding.finding_no}  {finding.title}",
            " · ".join(
                one
                for one in (data.head.department_name(finding.department), finding.demand)
                if one
            ),
        )
        self.pills.set_value(data.result.passed)
        self.note.set_value(data.result.note)
        self.photos.show_photos(data.photos)
        self.proof.show_photos(data.proof, fixed=True)
        self.proof.setVisible(bool(data.proof))
        self.proof_word.setVisible(bool(data.proof))

    def _judge(self, passed: bool | None) -> None:
        result_id, note = self._result_id, self.note.edit.toPlainText().strip()
        self._work.change(
            self,
            lambda ctx: judge_recheck(ctx, result_id=result_id, passed=passed, note=note),
        )
        if passed is False and not note:
            self.note.setFocus()

    def _keep_note(self, ctx: Context, note: str) -> RecheckResult:
        passed = ctx.workspace.recheck_results.get(self._result_id).passed
        return judge_recheck(ctx, result_id=self._result_id, passed=passed, note=note)


class WaitingCard(Card):
    """Findings whose rectification was reported, and the button that makes their recheck."""

    def __init__(self, work: CaseWork, kind: RecheckKind) -> None:
        super().__init__(
            tr("Wait for the recheck") if kind is RecheckKind.RECHECK else tr("Look-back"), gap=8
        )
        self._work = work
        self._kind = kind
        self.list = label("", wrap=True)
        self.error = Refusal()
        word = (
            tr("Start the recheck")
            if kind is RecheckKind.RECHECK
            else tr("Look back at what was closed")
        )
        self.start = button(word, "small", self.begin, changing=True)
        self.add(self.list)
        self.add(row(self.error, self.start))

    def present(self, findings: list[Finding]) -> None:
        """Name the findings."""
        self.setVisible(bool(findings))
        if self._kind is RecheckKind.RECHECK:
            self.list.setText("\n".join(f"{one.finding_no}  {one.title}" for one in findings))
        else:
            self.list.setText(
                tr(
                    "{count} findings are closed. Some time later, look whether they stayed so; "
                    "what came back is assigned again.",
                    count=len(findings),
                )
            )

    def begin(self) -> None:
        """Make a second look at exactly what waits."""
        case_id, kind = self._work.case_id, self._kind
        self._work.change(
            self, lambda ctx: start_recheck(ctx, case_id=case_id, kind=kind), error=self.error
        )


class RecheckCard(Card):
    """The recheck that is open."""

    def __init__(self, work: CaseWork) -> None:
        super().__init__(tr("Recheck"), margin=0, gap=0)
        self._work = work
        self._recheck: Recheck | None = None
        self.count = Badge()
        self.meta = label("", "dim")
        self.head.insertWidget(1, self.meta)
        self.head.addWidget(self.count)
        self.rows: Rows[JudgeRow, Judged] = Rows(lambda key: JudgeRow(work, key), JudgeRow.fill)
        self.add(self.rows.layout)
        self.summary = NoteField(tr("Summary of the recheck"), rows=2)
        self.error = Refusal()
        self.end = button(tr("Finish the recheck"), "small", self.finish, changing=True)
        self.representative = TextField(tr("Enterprise's representative"))
        foot = column(self.summary, self.representative, row(self.error, self.end), gap=8)
        foot.setContentsMargins(16, 12, 16, 12)
        self.add(foot)
        self._drafts = Drafts(
            work, self, FORM, {"summary": self.summary, "representative": self.representative}
        )

    def present(
        self, head: CaseHead, recheck: Recheck | None, judged: list[Judged], draft: dict[str, str]
    ) -> None:
        """Show the open recheck, or nothing."""
        self._recheck = recheck
        self.setVisible(recheck is not None)
        if recheck is None:
            return
        self._drafts.restore(draft)
        self.title.setText(shared.recheck_kind(recheck.kind))
        self.meta.setText(
            " · ".join(
                one
                for one in (formats.day(recheck.planned_on), head.name_of(recheck.inspector_id))
                if one
            )
        )
        done = sum(one.result.passed is not None for one in judged)
        self.count.show_word(
            tr("{done} of {count} judged", done=done, count=len(judged)),
            "good" if done == len(judged) else "plain",
        )
        self.rows.show([(one.result.id, one) for one in judged])

    def begin(self) -> None:
        """Put the person at the first finding that is not judged, or at the end."""
        for one in self.rows.all:
            if one.pills.value() is None:
                one.pills.setFocus()
                return
        self.summary.setFocus()

    @property
    def all_judged(self) -> bool:
        """Whether every finding has its result."""
        return all(one.pills.value() is not None for one in self.rows.all)

    def finish(self) -> None:
        """End it: what failed goes back, what passed may be closed."""
        recheck = self._recheck
        if recheck is None:
            return
        summary = self.summary.edit.toPlainText().strip()
        representative = self.representative.line.text()

        def run(ctx: Context) -> None:
            with ctx.change():
                finish_recheck(
                    ctx, recheck_id=recheck.id, summary=summary, representative=representative
                )
                self._work.sent(ctx, FORM)

        self._work.change(self, run, success=lambda _done: self._drafts.clear(), error=self.error)
