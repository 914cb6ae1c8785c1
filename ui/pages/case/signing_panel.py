"""Who signs a form: inspectors, the enterprise's representative, or a witness to the refusal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QCheckBox, QWidget

from landsteward.app.language import tr
from landsteward.app.signing import Signed
from landsteward.domain.signatures import SignatureRole
from ui.pages.case.checkup_signers import SignedForm, Signer, SignerRow
from ui.pages.case.reading import CaseHead
from ui.pages.case.work import CaseWork, Drafts
from ui.widgets.basics import changes, column
from ui.widgets.fields import TextField
from ui.widgets.rows import Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is said beside the signatures."""

    representative: str = ""
    refused: bool = False
    witness: str = ""
    reason: str = ""


class SigningPanel(QWidget):
    """Rows to sign in, names, and the refusal; what is typed is kept as a draft until it is sent.

    `form` is the draft's name. Where the representative `may_be_away`, nobody need sign for the
    enterprise.
    """

    def __init__(self, work: CaseWork, form: str) -> None:
        super().__init__()
        self._work = work
        self._form = SignedForm()
        self.may_be_away = False
        self.inspectors: Rows[SignerRow, Signer] = Rows(lambda _key: SignerRow(work), self._fill)
        self.representative = TextField(tr("Enterprise's representative"))
        self.signs = SignerRow(work)
        self.on_paper = changes(QCheckBox(tr("Signatures are given on the printed form")))
        self.refused = changes(QCheckBox(tr("The representative refused to sign")))
        self.reason = TextField(tr("Reason given"))
        self.witness = TextField(tr("Witness"))
        self.witnesses = SignerRow(work)
        self.setLayout(
            column(
                self.inspectors.layout,
                self.representative,
                self.signs,
                self.on_paper,
                self.refused,
                self.reason,
                self.witness,
                self.witnesses,
            )
        )
        self.refused.toggled.connect(self._refusal_toggled)
        for field, after in ((self.representative, self.on_paper), (self.reason, self.witness)):
            field.line.returnPressed.connect(after.setFocus)
        self.drafts = Drafts(
            work,
            self,
            form,
            {
                "representative": self.representative,
                "reason": self.reason,
                "witness": self.witness,
            },
            ticks={"refused": self.refused, "on_paper": self.on_paper},
        )
        self._refusal_toggled(False)

    def present(
        self,
        head: CaseHead,
        form: SignedForm,
        *,
        people: Sequence[tuple[str, str]],
        signatures: Sequence[Signed],
        told: Told,
        draft: Mapping[str, str],
    ) -> None:
        """Show who signs: `people` are inspectors with their departments.

        Of a locked form what was `told`, else what was typed before.
        """
        self._form = form
        if form.fixed:
            self.representative.set_value(told.representative)
            self.witness.set_value(told.witness)
            self.reason.set_value(told.reason)
            self.refused.setChecked(told.refused)
        else:
            self.drafts.restore(dict(draft))
        self._signers(head, people, signatures)
        for field in (self.representative, self.reason, self.witness):
            field.set_read_only(form.fixed)
        for tick in (self.refused, self.on_paper):
            tick.setEnabled(not form.fixed)
        self.on_paper.setVisible(not form.fixed)

    @property
    def told(self) -> Told:
        """What is said beside the signatures now."""
        return Told(
            representative=self.representative.line.text().strip(),
            refused=self.refused.isChecked(),
            witness=self.witness.line.text().strip(),
            reason=self.reason.line.text().strip(),
        )

    @property
    def complete(self) -> bool:
        """Whether all have signed, will sign on paper, or have refused before a witness."""
        inspected = self.on_paper.isChecked() or any(one.signed for one in self.inspectors.all)
        told = self.told
        if told.refused:
            return inspected and bool(told.witness and told.reason)
        if self.signs.signed is not None or self.may_be_away:
            return inspected
        return self.on_paper.isChecked() and bool(told.representative)

    def _signers(
        self, head: CaseHead, people: Sequence[tuple[str, str]], signatures: Sequence[Signed]
    ) -> None:
        signed = {(one.signature.role, one.signature.person_id): one for one in signatures}
        me = self._work.bench.member()
        listed = list(people) or [(me.person.id, me.organisation.department or "")]
        known = {person_id for person_id, _ in listed}
        listed += [
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
            for person_id, department in listed
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
            mine = signed.get((role, None))
            signer = Signer(
                role=role,
                name=mine.signature.name if mine is not None else "",
                under=under,
                signed=mine,
            )
            shown.present(signer, self._form, name=name)
        self._refusal_toggled(self.refused.isChecked())

    def _fill(self, shown: SignerRow, signer: Signer) -> None:
        shown.present(signer, self._form)

    def _refusal_toggled(self, refused: bool) -> None:
        fixed = self._form.fixed
        self.reason.setVisible(refused)
        self.witness.setVisible(refused)
        self.witnesses.setVisible(refused and not (fixed and self.witnesses.signed is None))
        self.refused.setVisible(refused or not fixed)
        self.representative.setVisible(not fixed or bool(self.representative.line.text().strip()))
        self.signs.setVisible(not refused and not (fixed and self.signs.signed is None))
