"""Finishing the checkup: what is still open, the conclusion, who signs; then its seal."""

from PySide6.QtWidgets import QCheckBox

from landsteward.app.checkups import CheckupSheet, finish_checkup, set_conclusion
from landsteward.app.context import Context
from landsteward.app.language import tr
from landsteward.app.signing import Signed
from landsteward.domain.signatures import SignatureRole
from landsteward.domain.states import CaseStep, ItemOutcome
from ui import formats
from ui.pages.case.checkup_addenda import AddendaPanel
from ui.pages.case.checkup_signers import Signer, SignerRow
from ui.pages.case.reading import CaseHead
from ui.pages.case.work import CaseWork, Drafts
from ui.widgets.basics import Card, box, button, changes, column, label, row
from ui.widgets.callout import Refusal
from ui.widgets.fields import NoteField, TextField
from ui.widgets.forms import keep
from ui.widgets.rows import Rows

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
        self.inspectors: Rows[SignerRow, Signer] = Rows(lambda _key: SignerRow(work), self._fill)
        self.representative = TextField(tr("Enterprise's representative"))
        self.signs = SignerRow(work)
        self.on_paper = changes(QCheckBox(tr("Signatures are given on the printed form")))
        self.refused = changes(QCheckBox(tr("The representative refused to sign")))
        self.reason = TextField(tr("Reason given"))
        self.witness = TextField(tr("Witness"))
        self.witnesses = SignerRow(work)
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
        self.add(self.inspectors.layout)
        for one in (
            self.representative,
            self.signs,
            self.on_paper,
            self.refused,
            self.reason,
            self.witness,
            self.witnesses,
            self.hint,
            self.seal,
        ):
            self.add(one)
        self.last = box(row(self.error, self.button))
        self.add(self.last)
        self.add(self.addenda)
        self.body.addStretch(1)
        self.refused.toggled.connect(self._refusal_toggled)
        for field, after in (
            (self.representative, self.on_paper),
            (self.reason, self.witness),
            (self.witness, self.button),
        ):
            field.line.returnPressed.connect(after.setFocus)
        self._drafts = Drafts(
            work,
            self,
            FORM,
            {
                "representative": self.representative,
                "reason": self.reason,
                "witness": self.witness,
            },
            ticks={"refused": self.refused, "on_paper": self.on_paper},
        )
        self._fixed = False
        self._refusal_toggled(False)

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
        self._fixed = finished = checkup.finished_at is not None
        self.conclusion.set_value(checkup.conclusion)
        if finished:
            self._sealed(head, sheet)
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
        self._signers(head, sheet)
        for field in (self.representative, self.reason, self.witness, self.conclusion):
            field.set_read_only(finished)
        for tick in (self.refused, self.on_paper):
            tick.setEnabled(not finished)
        self.on_paper.setVisible(not finished)
        self.last.setVisible(not finished)
        self.seal.setVisible(finished and sheet.intact is not None)
        self.addenda.setVisible(finished)
        if finished:
            self.addenda.present(head, sheet, addendum)

    def _signers(self, head: CaseHead, sheet: CheckupSheet) -> None:
        signed = {(one.signature.role, one.signature.person_id): one for one in sheet.signatures}
        me = self._work.bench.member()
        people = [(one.person_id, one.department) for one in sheet.inspectors] or [
            (me.person.id, me.organisation.department or "")
        ]
        known = {person_id for person_id, _ in people}
        people += [
            (person_id, "")
            for role, person_id in signed
            if role is SignatureRole.INSPECTOR and person_id and person_id not in known
        ]
        signers = [
            Signer(
                role=SignatureRole.INSPECTOR,
                name=head.name_of(person_id),
                under=tr("Inspector, {department}", department=head.department_name(department))
                if department
                else tr("Inspector"),
                person_id=person_id,
                signed=signed.get((SignatureRole.INSPECTOR, person_id)),
            )
            for person_id, department in people
        ]
        self.inspectors.show([(one.key, one) for one in signers])
        for shown, role, under, name in (
            (
                self.signs,
                SignatureRole.REPRESENTATIVE,
                tr("Representative's signature"),
                self.representative,
            ),
            (self.witnesses, SignatureRole.WITNESS, tr("Witness's signature"), self.witness),
        ):
            mine: Signed | None = signed.get((role, None))
            shown.present(
                Signer(
                    role=role,
                    name=mine.signature.name if mine is not None else "",
                    under=under,
                    signed=mine,
                ),
                checkup_id=self._checkup_id,
                statement=self._statement,
                fixed=self._fixed,
                name=name,
            )
        self._refusal_toggled(self.refused.isChecked())

    def _fill(self, shown: SignerRow, signer: Signer) -> None:
        shown.present(
            signer, checkup_id=self._checkup_id, statement=self._statement, fixed=self._fixed
        )

    def _sealed(self, head: CaseHead, sheet: CheckupSheet) -> None:
        checkup = sheet.checkup
        self.title.setText(tr("Conclusion of the checkup"))
        self.open.hide()
        self.representative.set_value(checkup.enterprise_representative)
        self.witness.set_value(checkup.witness)
        self.reason.set_value(checkup.refusal_reason)
        self.refused.setChecked(checkup.representative_refused)
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
        inspected = self.on_paper.isChecked() or any(one.signed for one in self.inspectors.all)
        if self.refused.isChecked():
            told = self.witness.line.text().strip() and self.reason.line.text().strip()
            return inspected and bool(told)
        if self.signs.signed is not None:
            return inspected
        return self.on_paper.isChecked() and bool(self.representative.line.text().strip())

    def finish(self) -> None:
        """Finish, lock, and go on to the findings."""
        head = self._work.head
        if head is None or head.checkup is None or not self.conclusion.commit():
            return
        checkup_id = head.checkup.id
        representative = self.representative.line.text()
        refused, on_paper = self.refused.isChecked(), self.on_paper.isChecked()
        witness, reason = self.witness.line.text(), self.reason.line.text()

        def run(ctx: Context) -> None:
            with ctx.change():
                finish_checkup(
                    ctx,
                    checkup_id=checkup_id,
                    representative=representative,
                    representative_refused=refused,
                    witness=witness,
                    refusal_reason=reason,
                    on_paper=on_paper,
                )
                self._work.sent(ctx, FORM)

        self._work.change(
            self, run, success=lambda _done: self._work.go(CaseStep.FINDINGS), error=self.error
        )

    def _refusal_toggled(self, refused: bool) -> None:
        self.reason.setVisible(refused)
        self.witness.setVisible(refused)
        self.witnesses.setVisible(refused and not (self._fixed and self.witnesses.signed is None))
        self.refused.setVisible(refused or not self._fixed)
        self.representative.setVisible(
            not self._fixed or bool(self.representative.line.text().strip())
        )
        self.signs.setVisible(not refused and not (self._fixed and self.signs.signed is None))
