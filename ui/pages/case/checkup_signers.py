"""Who signs the form of a checkup or recheck: a row for each, the signature or the way to it."""

from dataclasses import dataclass

from PySide6.QtWidgets import QFrame

from landsteward.app.context import Context
from landsteward.app.language import tr
from landsteward.app.signing import Signed, sign_form, take_signature_back
from landsteward.domain.signatures import Signature, SignatureRole
from ui import formats, theme
from ui.dialogs.signing import Drawn, SigningDialog
from ui.pages.case.work import CaseWork
from ui.widgets.basics import button, changes, row
from ui.widgets.fields import TextField
from ui.widgets.signature import SignatureView
from ui.widgets.signs import Badge
from ui.widgets.twolines import TwoLines


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedForm:
    """The form that is signed, and in a sentence what it is; `fixed` once it is locked."""

    checkup_id: str | None = None
    recheck_id: str | None = None
    statement: str = ""
    fixed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Somebody who signs. `under` says as what; a name that is not known yet is asked for."""

    role: SignatureRole
    name: str
    under: str
    person_id: str | None = None
    signed: Signed | None = None

    @property
    def key(self) -> str:
        """One signer of a form."""
        return f"{self.role}/{self.person_id or ''}"


class SignerRow(QFrame):
    """Name, signature, and the buttons to sign, to sign again, to take it off."""

    def __init__(self, work: CaseWork) -> None:
        super().__init__()
        self.setProperty("role", "row")
        self._work = work
        self._signer: Signer | None = None
        self._form = SignedForm()
        self._name: TextField | None = None
        self.head = TwoLines()
        self.view = SignatureView()
        self.state = Badge()
        self.sign = changes(button("", "small", self.ask))
        self.sign.setMinimumHeight(theme.current().px(40))
        self.off = changes(button("×", "quiet", self._take_off, hint=tr("Take the signature off")))
        self.off.setFixedWidth(theme.current().px(40))
        layout = row(gap=12)
        layout.addWidget(self.head, 1)
        for one in (self.view, self.state, self.off, self.sign):
            layout.addWidget(one)
        layout.setContentsMargins(0, 4, 0, 4)
        self.setLayout(layout)
        self.dialog: SigningDialog | None = None

    def present(self, signer: Signer, form: SignedForm, *, name: TextField | None = None) -> None:
        """Show a signer; `name` is the field in which it is typed who that is, if it is typed."""
        self._signer, self._form, self._name = signer, form, name
        fixed = form.fixed
        self.head.show_text(signer.name or signer.under, signer.under if signer.name else "")
        signed = signer.signed
        self.view.setVisible(signed is not None)
        if signed is not None:
            one = signed.signature
            self.view.show_strokes(one.strokes, tr("Signature of {name}", name=one.name))
            at = formats.moment(one.signed_at)
            if signed.current:
                self.state.show_word(tr("Signed {at}", at=at), "good")
            else:
                self.state.show_word(tr("Changed since signed"), "bad" if fixed else "caution")
        else:
            self.state.show_word(tr("Not signed here"), "plain")
        self.sign.setText(tr("Sign again…") if signed is not None else tr("Sign…"))
        self.sign.setAccessibleName(f"{self.sign.text()} {signer.name}")
        self.sign.setVisible(not fixed)
        self.off.setVisible(not fixed and signed is not None)

    @property
    def signed(self) -> Signed | None:
        """The signature shown."""
        return self._signer.signed if self._signer is not None else None

    def ask(self) -> None:
        """Bring the pad."""
        signer, field = self._signer, self._name
        if signer is None:
            return
        name = signer.name if field is None else field.line.text().strip()
        if not name and field is not None:
            field.set_error(tr("Say who signs."))
            field.setFocus()
            return
        dialog = self.dialog = SigningDialog(self, who=name, what=self._form.statement)
        dialog.signed.connect(lambda drawn: self._keep(dialog, signer, name, drawn))
        dialog.open()

    def _keep(self, dialog: SigningDialog, signer: Signer, name: str, drawn: Drawn) -> None:
        form = self._form

        def run(ctx: Context) -> Signature:
            return sign_form(
                ctx,
                checkup_id=form.checkup_id,
                recheck_id=form.recheck_id,
                role=signer.role,
                name=name,
                person_id=signer.person_id,
                strokes=drawn.strokes,
                width=drawn.width,
                height=drawn.height,
            )

        self._work.bench.operations.change(
            dialog, run, success=lambda _kept: dialog.kept(), failure=dialog.refuse
        )

    def _take_off(self) -> None:
        signed = self.signed
        if signed is not None:
            key = signed.signature.id
            self._work.change(self, lambda ctx: take_signature_back(ctx, signature_id=key))
