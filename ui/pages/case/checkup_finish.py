"""Finishing the checkup: what is still open, the conclusion, who signs; then its seal."""

from landsteward.app.checkups import CheckupSheet, finish_checkup, set_conclusion
from landsteward.app.context import Context
from landsteward.app.language import tr
from landsteward.domain.states import CaseStep, ItemOutcome
from ui import formats
from ui.pages.case.checkup_addenda import AddendaPanel
from ui.pages.case.checkup_signers import SignedForm
from ui.pages.case.reading import CaseHead
from ui.pages.case.signing_panel import SigningPanel, Told
from ui.pages.case.work import CaseWork
from ui.widgets.basics import Card, box, button, column, label, row
from ui.widgets.callout import Refusal
from ui.widgets.fields import NoteField
from ui.widgets.forms import keep

FORM = "finish"
"""Under this name the form's draft is kept."""

_HASH_SHOWN = 16


class FinishCard(Card):
    """The last page of the form. After finishing it shows what was signed, and its addenda."""

    def __init__(self, work: CaseWork) -> None:
        super().__init__(tr("Finish the checkup"), gap=12)
        self._work = work
        self._checkup_id = ""
        self._statement = ""
        self.summary = label("", wrap=True)
        self.open = label("", "caution", wrap=True)
        self.conclusion = NoteField(tr("Conclusion"), rows=3)
        self.conclusion.set_value("")
        keep(
            self.conclusion,
            work.bench.operations,
            lambda ctx, text: set_conclusion(ctx, checkup_id=self._checkup_id, conclusion=text),
        )
        self.signing = SigningPanel(work, FORM)
        self.error = Refusal()
        self.button = button(tr("Finish and lock"), "small", self.finish, changing=True)
        self.hint = label(
            tr("Finishing locks all answers and makes the report; findings go on from there."),
            "dim",
            wrap=True,
        )
        self.seal = label("", "good", wrap=True)
        self.addenda = AddendaPanel(work)
        self.add(column(self.summary, self.open, self.conclusion, gap=12))
        self.add(label(tr("Signatures"), "heading"))
        for one in (self.signing, self.hint, self.seal):
            self.add(one)
        self.last = box(row(self.error, self.button))
        self.add(self.last)
        self.add(self.addenda)
        self.body.addStretch(1)
        self.signing.witness.line.returnPressed.connect(self.button.setFocus)

    def present(
        self,
        head: CaseHead,
        sheet: CheckupSheet,
        draft: dict[str, str],
        addendum: dict[str, str],
    ) -> None:
        """Show what is open, or what was signed."""
        checkup = sheet.checkup
        self._checkup_id = checkup.id
        results = [one.result for section in sheet.sections for one in section.items]
        problems = sum(one.outcome is ItemOutcome.PROBLEM for one in results)
        answered = sum(one.outcome is not None for one in results)
        self.summary.setText(
            tr(
                "{answered} of {count} items answered, {problems} with a problem.",
                answered=answered,
                count=len(results),
                problems=problems,
            )
        )
        self._statement = tr(
            "Checkup form of {case}, {day}: {count} items, {problems} with a problem.",
            case=head.overview.case.case_no,
            day=formats.day(checkup.started_on),
            count=len(results),
            problems=problems,
        )
        finished = checkup.finished_at is not None
        self.conclusion.set_value(checkup.conclusion)
        if finished:
            self._sealed(head, sheet)
        else:
            self._say_left(head)
        self.signing.present(
            head,
            SignedForm(checkup_id=checkup.id, statement=self._statement, fixed=finished),
            people=[(one.person_id, one.department) for one in sheet.inspectors],
            signatures=sheet.signatures,
            told=Told(
                representative=checkup.enterprise_representative,
                refused=checkup.representative_refused,
                witness=checkup.witness,
                reason=checkup.refusal_reason,
            ),
            draft=draft,
        )
        self.conclusion.set_read_only(finished)
        self.last.setVisible(not finished)
        self.seal.setVisible(finished and sheet.intact is not None)
        self.addenda.setVisible(finished)
        if finished:
            self.addenda.present(head, sheet, addendum)

    def _say_left(self, head: CaseHead) -> None:
        left = []
        if head.facts.unanswered_items:
            left.append(tr("{count} items unanswered", count=head.facts.unanswered_items))
        if head.facts.unresolved_problems:
            left.append(
                tr("{count} problems without a finding", count=head.facts.unresolved_problems)
            )
        self.open.setText(tr("Still open: {list}.", list=tr(", ").join(left)))
        self.open.setVisible(bool(left))

    def _sealed(self, head: CaseHead, sheet: CheckupSheet) -> None:
        checkup = sheet.checkup
        self.title.setText(tr("Conclusion of the checkup"))
        self.open.hide()
        if checkup.finished_at is not None:
            self.hint.setText(
                tr(
                    "Finished {at} by {person}; all answers are locked.",
                    at=formats.moment(checkup.finished_at),
                    person=head.name_of(checkup.finished_by),
                )
            )
        mark = checkup.content_hash[:_HASH_SHOWN]
        self.seal.setText(
            tr("✓ The form says what was locked (mark {mark}).", mark=mark)
            if sheet.intact
            else tr("✗ The form was changed after it was locked (mark {mark}).", mark=mark)
        )
        self.seal.setProperty("role", "good" if sheet.intact else "bad")

    def begin(self) -> None:
        """Put the person at the first field."""
        self.conclusion.setFocus()

    @property
    def complete(self) -> bool:
        """Whether all have signed, will sign on paper, or have refused before a witness."""
        return self.signing.complete

    def finish(self) -> None:
        """Finish, lock, and go on to the findings."""
        head = self._work.head
        if head is None or head.checkup is None or not self.conclusion.commit():
            return
        checkup_id = head.checkup.id
        told, on_paper = self.signing.told, self.signing.on_paper.isChecked()

        def run(ctx: Context) -> None:
            with ctx.change():
                finish_checkup(
                    ctx,
                    checkup_id=checkup_id,
                    representative=told.representative,
                    representative_refused=told.refused,
                    witness=told.witness,
                    refusal_reason=told.reason,
                    on_paper=on_paper,
                )
                self._work.sent(ctx, FORM)

        self._work.change(
            self, run, success=lambda _done: self._work.go(CaseStep.FINDINGS), error=self.error
        )
