"""The second look: what waits for it, the form line by line, who signs, and its end."""

from PySide6.QtWidgets import QCheckBox

from landsteward.app.context import Context
from landsteward.app.language import tr
from landsteward.app.recheck_sheet import RecheckSheet
from landsteward.app.rechecks import finish_recheck, start_recheck, summarise_recheck
from landsteward.domain.findings import Finding
from landsteward.domain.remedies import Recheck
from landsteward.domain.states import RecheckKind
from ui import formats
from ui import words as shared
from ui.pages.case import words
from ui.pages.case.checkup_signers import SignedForm
from ui.pages.case.reading import CaseHead
from ui.pages.case.recheck_line import Judged, JudgeRow
from ui.pages.case.signing_panel import SigningPanel, Told
from ui.pages.case.work import CaseWork
from ui.widgets.basics import Card, button, column, label, row
from ui.widgets.callout import Refusal
from ui.widgets.fields import NoteField
from ui.widgets.forms import keep
from ui.widgets.rows import Rows
from ui.widgets.signs import Badge

FORM = "recheck"
"""Under this name the draft of what is said beside the signatures is kept."""


class WaitingCard(Card):
    """Findings that wait for a second look, each to be left out by a tick; one button makes it."""

    def __init__(self, work: CaseWork, kind: RecheckKind) -> None:
        super().__init__(
            tr("Wait for the recheck") if kind is RecheckKind.RECHECK else tr("Look-back"), gap=8
        )
        self._work = work
        self._kind = kind
        self.said = label("", "dim", wrap=True)
        self.ticks: Rows[QCheckBox, str] = Rows(self._tick, QCheckBox.setText, gap=4)
        self.error = Refusal()
        self.start = button(
            tr("Start the recheck")
            if kind is RecheckKind.RECHECK
            else tr("Look back at what was closed"),
            "small",
            self.begin,
            changing=True,
        )
        self.blank = button(tr("Print a blank form"), "quiet", self._print)
        self.add(self.said)
        self.add(self.ticks.layout)
        self.add(row(self.blank, 1, self.error, self.start))

    def present(self, findings: list[tuple[Finding, str]]) -> None:
        """Name the findings, each with what is said behind it (when it is due)."""
        self.setVisible(bool(findings))
        if self._kind is RecheckKind.LOOK_BACK:
            self.said.setText(
                tr(
                    "{count} findings are closed. Some time later, look whether they stayed so; "
                    "what came back is assigned again.",
                    count=len(findings),
                )
            )
        self.said.setVisible(bool(self.said.text()))
        self.ticks.show(
            [
                (
                    one.id,
                    " · ".join(
                        part
                        for part in (f"{one.finding_no}  {words.finding_title(one)}", behind)
                        if part
                    ),
                )
                for one, behind in findings
            ]
        )
        self._enable()

    @property
    def chosen(self) -> list[str]:
        """Keys of the findings that are ticked."""
        return [key for key in self.ticks.keys if self.ticks.row(key).isChecked()]

    def begin(self) -> None:
        """Make a second look at exactly what is ticked."""
        case_id, kind, chosen = self._work.case_id, self._kind, self.chosen
        self._work.change(
            self,
            lambda ctx: start_recheck(ctx, case_id=case_id, kind=kind, finding_ids=chosen),
            error=self.error,
        )

    def _print(self) -> None:
        from ui.dialogs.recheck_paper import RecheckPaperDialog

        RecheckPaperDialog(
            self._work.bench,
            self,
            case_id=self._work.case_id,
            kind=self._kind,
            finding_ids=tuple(self.chosen),
        ).open()

    def _tick(self, _key: str) -> QCheckBox:
        made = QCheckBox()
        made.setChecked(True)
        made.toggled.connect(self._enable)
        return made

    def _enable(self) -> None:
        some = bool(self.chosen)
        self.start.setEnabled(some)
        self.blank.setEnabled(some)


class RecheckCard(Card):
    """The recheck that is open: its form, and who signs it."""

    def __init__(self, work: CaseWork) -> None:
        super().__init__(tr("Recheck"), margin=0, gap=0)
        self._work = work
        self._recheck: Recheck | None = None
        self.count = Badge()
        self.meta = label("", "dim")
        self.keys_hint = label(tr("1 passed · 2 partly · 3 not passed · N note"), "dim")
        self.print = button(tr("Print the form"), "quiet", self._print)
        self.head.insertWidget(1, self.meta)
        self.head.insertWidget(2, self.keys_hint)
        self.head.addWidget(self.print)
        self.head.addWidget(self.count)
        self.rows: Rows[JudgeRow, Judged] = Rows(self._make, JudgeRow.fill)
        self.add(self.rows.layout)
        self.summary = NoteField(tr("Summary of the recheck"), rows=2)
        self.summary.set_value("")
        keep(self.summary, work.bench.operations, self._keep_summary)
        self.signing = SigningPanel(work, FORM)
        self.error = Refusal()
        self.end = button(tr("Finish the recheck"), "small", self.finish, changing=True)
        self.signing.witness.line.returnPressed.connect(self.end.setFocus)
        foot = column(
            self.summary,
            label(tr("Signatures"), "heading"),
            self.signing,
            row(self.error, self.end),
            gap=8,
        )
        foot.setContentsMargins(16, 12, 16, 12)
        self.add(foot)

    def present(self, head: CaseHead, sheet: RecheckSheet | None, draft: dict[str, str]) -> None:
        """Show the open recheck, or nothing."""
        self._recheck = sheet.recheck if sheet is not None else None
        self.setVisible(sheet is not None)
        if sheet is None:
            return
        recheck = sheet.recheck
        self.title.setText(shared.recheck_kind(recheck.kind))
        self.keys_hint.setVisible(recheck.kind is RecheckKind.RECHECK)
        self.meta.setText(
            " · ".join(
                one
                for one in (formats.day(recheck.planned_on), head.name_of(recheck.inspector_id))
                if one
            )
        )
        done = sum(one.result.passed is not None for one in sheet.lines)
        self.count.show_word(
            tr("{done} of {count} judged", done=done, count=len(sheet.lines)),
            "good" if done == len(sheet.lines) else "plain",
        )
        self.rows.show(
            [(one.result.id, Judged(line=one, kind=recheck.kind, head=head)) for one in sheet.lines]
        )
        self.summary.set_value(recheck.summary)
        self.signing.may_be_away = recheck.kind is RecheckKind.LOOK_BACK
        statement = tr(
            "{kind} of {case}, {day}: {done} of {count} findings judged.",
            kind=shared.recheck_kind(recheck.kind),
            case=head.overview.case.case_no,
            day=formats.day(recheck.planned_on),
            done=done,
            count=len(sheet.lines),
        )
        member = head.members.get(recheck.inspector_id or "")
        people = [(member.person.id, member.organisation.department or "")] if member else []
        self.signing.present(
            head,
            SignedForm(recheck_id=recheck.id, statement=statement),
            people=people,
            signatures=sheet.signatures,
            told=Told(),
            draft=draft,
        )

    def begin(self) -> None:
        """Put the person at the first finding that is not judged, or at the end."""
        for one in self.rows.all:
            if one.verdict is None:
                one.setFocus()
                return
        if self.signing.complete:
            self.summary.setFocus()
        else:
            self.signing.representative.setFocus()

    @property
    def all_judged(self) -> bool:
        """Whether every finding has its result, and all have signed or will."""
        judged = all(one.verdict is not None for one in self.rows.all)
        return judged and self.signing.complete

    def finish(self) -> None:
        """End it: what failed goes back, what passed may be closed."""
        recheck = self._recheck
        if recheck is None or not self.summary.commit():
            return
        told, on_paper = self.signing.told, self.signing.on_paper.isChecked()

        def run(ctx: Context) -> None:
            with ctx.change():
                finish_recheck(
                    ctx,
                    recheck_id=recheck.id,
                    representative=told.representative,
                    representative_refused=told.refused,
                    witness=told.witness,
                    refusal_reason=told.reason,
                    on_paper=on_paper,
                )
                self._work.sent(ctx, FORM)

        self._work.change(
            self, run, success=lambda _done: self.signing.drafts.clear(), error=self.error
        )

    def _print(self) -> None:
        from ui.dialogs.recheck_paper import RecheckPaperDialog

        if self._recheck is not None:
            RecheckPaperDialog(self._work.bench, self, recheck_id=self._recheck.id).open()

    def _keep_summary(self, ctx: Context, summary: str) -> Recheck:
        recheck = self._recheck
        assert recheck is not None
        return summarise_recheck(ctx, recheck_id=recheck.id, summary=summary)

    def _make(self, key: str) -> JudgeRow:
        made = JudgeRow(self._work, key)
        made.moved.connect(lambda by: self._move(key, by))
        made.answered.connect(lambda: self._move(key, 1))
        return made

    def _move(self, key: str, by: int) -> None:
        """The line below or above; below the last one the summary."""
        rows = self.rows.all
        place = self.rows.keys.index(key) + by
        if 0 <= place < len(rows):
            rows[place].setFocus()
        elif place >= len(rows):
            self.summary.setFocus()
