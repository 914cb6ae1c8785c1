"""Finishing the checkup: what is still open, who signs, and the conclusion; then its seal."""

from PySide6.QtWidgets import QCheckBox

from landsteward.app.checkups import finish_checkup
from landsteward.app.context import Context
from landsteward.app.language import tr
from landsteward.domain.casework import Checkup
from landsteward.domain.states import CaseStep, ItemOutcome
from ui import formats
from ui.pages.case.reading import CaseHead
from ui.pages.case.work import CaseWork, Drafts
from ui.widgets.basics import Card, button, changes, label, row
from ui.widgets.callout import Refusal
from ui.widgets.fields import NoteField, TextField

FORM = "finish"
"""Under this name the form's draft is kept."""


class FinishCard(Card):
    """The last page of the form. After finishing it shows what was signed."""

    def __init__(self, work: CaseWork) -> None:
        super().__init__(tr("Finish the checkup"), gap=12)
        self._work = work
        self.summary = label("", wrap=True)
        self.open = label("", "caution", wrap=True)
        self.representative = TextField(tr("Enterprise's representative (signs)"))
        self.refused = changes(QCheckBox(tr("The representative refused to sign")))
        self.witness = TextField(tr("Witness"))
        self.conclusion = NoteField(tr("Conclusion"), rows=4)
        self.error = Refusal()
        self.button = button(tr("Finish and lock"), "small", self.finish, changing=True)
        self.hint = label(
            tr("Finishing locks all answers and makes the report; findings go on from there."),
            "dim",
            wrap=True,
        )
        for one in (
            self.summary,
            self.open,
            self.representative,
            self.refused,
            self.witness,
            self.conclusion,
            self.hint,
        ):
            self.add(one)
        self.add(row(self.error, self.button))
        self.body.addStretch(1)
        self.refused.toggled.connect(self._refusal_toggled)
        self.representative.line.returnPressed.connect(self._entered)
        self.witness.line.returnPressed.connect(self._entered)
        self._drafts = Drafts(
            work,
            self,
            FORM,
            {
                "representative": self.representative,
                "witness": self.witness,
                "conclusion": self.conclusion,
            },
            ticks={"refused": self.refused},
        )
        self._refusal_toggled(False)

    def present(self, head: CaseHead, draft: dict[str, str]) -> None:
        """Show what is open, or what was signed."""
        checkup = head.checkup
        assert checkup is not None
        problems = sum(one.outcome is ItemOutcome.PROBLEM for one in head.results)
        answered = sum(one.outcome is not None for one in head.results)
        self.summary.setText(
            tr(
                "{answered} of {count} items answered, {problems} with a problem.",
                answered=answered,
                count=len(head.results),
                problems=problems,
            )
        )
        finished = checkup.finished_at is not None
        if finished:
            self._sealed(head, checkup)
        else:
            self._drafts.restore(draft)
            left = []
            if head.facts.unanswered_items:
                left.append(tr("{count} items unanswered", count=head.facts.unanswered_items))
            if head.facts.unresolved_problems:
                left.append(
                    tr("{count} problems without a finding", count=head.facts.unresolved_problems)
                )
            self.open.setText(tr("Still open: {list}.", list=tr(", ").join(left)))
            self.open.setVisible(bool(left))
        for field in (self.representative, self.witness):
            field.set_read_only(finished)
        self.conclusion.set_read_only(finished)
        self.refused.setEnabled(not finished)
        self.button.setVisible(not finished)

    def _sealed(self, head: CaseHead, checkup: Checkup) -> None:
        self.title.setText(tr("Conclusion of the checkup"))
        self.open.hide()
        self.representative.set_value(checkup.enterprise_representative)
        self.witness.set_value(checkup.witness)
        self.conclusion.set_value(checkup.conclusion)
        self.refused.setChecked(checkup.representative_refused)
        self.refused.setVisible(checkup.representative_refused)
        self.representative.setVisible(bool(checkup.enterprise_representative))
        if checkup.finished_at is not None:
            self.hint.setText(
                tr(
                    "Finished {at} by {person}; all answers are locked.",
                    at=formats.moment(checkup.finished_at),
                    person=head.name_of(checkup.finished_by),
                )
            )

    def begin(self) -> None:
        """Put the person at the first field."""
        self.representative.setFocus()

    @property
    def complete(self) -> bool:
        """Whether somebody signs, or has refused before a witness."""
        if self.refused.isChecked():
            return bool(self.witness.line.text().strip())
        return bool(self.representative.line.text().strip())

    def finish(self) -> None:
        """Finish, lock, and go on to the findings."""
        head = self._work.head
        if head is None or head.checkup is None:
            return
        checkup_id = head.checkup.id
        representative = self.representative.line.text()
        refused = self.refused.isChecked()
        witness = self.witness.line.text()
        conclusion = self.conclusion.edit.toPlainText().strip()

        def run(ctx: Context) -> None:
            with ctx.change():
                finish_checkup(
                    ctx,
                    checkup_id=checkup_id,
                    conclusion=conclusion,
                    representative=representative,
                    representative_refused=refused,
                    witness=witness,
                )
                self._work.sent(ctx, FORM)

        self._work.change(
            self, run, success=lambda _done: self._work.go(CaseStep.FINDINGS), error=self.error
        )

    def _refusal_toggled(self, refused: bool) -> None:
        self.witness.setVisible(refused)
        self.representative.caption.setText(
            tr("Enterprise's representative (refused)")
            if refused
            else tr("Enterprise's representative (signs)")
        )

    def _entered(self) -> None:
        """Enter in the last short field goes on to the conclusion."""
        if not self.refused.isChecked() or self.sender() is self.witness.line:
            self.conclusion.setFocus()
