"""企业意见 on the alternative in front: signed on the pad, signed on paper, or refused."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QFrame

from landsteward.app.context import Context
from landsteward.app.language import tr
from landsteward.app.plan_consents import (
    Consent,
    record_paper_consent,
    record_refusal,
    sign_consent,
    take_consent_back,
)
from landsteward.app.plan_reading import AlternativeSheet, PlanSheet
from landsteward.domain.casework import Evidence
from landsteward.domain.plans import PlanConsent
from landsteward.domain.states import ConsentKind, PlanStatus
from ui import formats
from ui.dialogs.signing import Drawn, SigningDialog
from ui.pages.case import plan_words as words
from ui.pages.case.reading import CaseHead
from ui.pages.case.work import CaseWork
from ui.widgets.basics import Card, box, button, column, label, row, show_if
from ui.widgets.callout import Refusal
from ui.widgets.fields import ChoiceField, NoteField, TextField
from ui.widgets.rows import Rows
from ui.widgets.signature import SignatureView
from ui.widgets.signs import Badge

_OVER = frozenset({PlanStatus.RETURNED, PlanStatus.SUPERSEDED})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Given:
    consent: Consent
    alternative: str
    head: CaseHead
    decided: bool


class ConsentCard(Card):
    """What the enterprise says, and how it comes on record."""

    def __init__(self, work: CaseWork) -> None:
        super().__init__(tr("The enterprise's opinion"), margin=16, gap=8)
        self._work = work
        self._sheet: PlanSheet | None = None
        self._front: AlternativeSheet | None = None
        self.dialog: SigningDialog | None = None
        self.rows: Rows[ConsentRow, _Given] = Rows(
            lambda key: ConsentRow(work, key), lambda one, given: one.fill(given)
        )
        self.add(self.rows.layout)
        self.about = label("", "dim", wrap=True)
        self.name = TextField(tr("Who answers for the enterprise"))
        self.reason = NoteField(tr("Reason, where it does not agree"), rows=1)
        self.scan = ChoiceField(tr("Scan, where it is signed on paper"))
        self.sign = button(tr("Sign on the pad"), "small", self.to_sign, changing=True)
        self.paper = button(tr("Signed on paper"), "small", self.on_paper, changing=True)
        self.refuse = button(tr("Does not agree"), "small", self.not_agreed, changing=True)
        self.error = Refusal()
        fields = row(gap=12)
        for field, stretch in ((self.name, 2), (self.scan, 2), (self.reason, 3)):
            fields.addWidget(field, stretch)
        self._form = box(
            column(
                self.about,
                fields,
                row(self.error, 1, self.refuse, self.paper, self.sign, gap=8),
                gap=8,
            )
        )
        self.add(self._form)

    def present(
        self,
        head: CaseHead,
        sheet: PlanSheet,
        front: AlternativeSheet,
        consents: tuple[Consent, ...],
        pool: tuple[Evidence, ...],
    ) -> None:
        """Show the opinions on a version."""
        self._sheet, self._front = sheet, front
        marks = words.ordinals(sheet)
        named = {
            one.alternative.id: words.alternative(marks[one.alternative.id], one)
            for one in sheet.alternatives
        }
        decided = sheet.plan.decided_at is not None
        self.rows.show(
            [
                (
                    one.consent.id,
                    _Given(
                        consent=one,
                        alternative=named.get(one.consent.alternative_id, ""),
                        head=head,
                        decided=decided,
                    ),
                )
                for one in consents
            ]
        )
        several = len(sheet.alternatives) > 1
        self.about.setText(
            tr("On {alternative}, as it stands now", alternative=named[front.alternative.id])
        )
        show_if(self.about, several)
        self.scan.set_options([("", ""), *((one.id, one.file_name) for one in pool)])
        over = sheet.plan.status in _OVER
        show_if(self._form, not over)
        self.setVisible(bool(consents) or not over)

    def to_sign(self) -> None:
        """Open the pad."""
        front, name = self._front, self._named()
        if front is None or self._sheet is None or not name:
            return
        findings = "、".join(str(one.finding_no) for one in self._sheet.findings)
        what = tr(
            "I agree to the remedy plan, version {version}, for finding {findings}.",
            version=self._sheet.plan.version,
            findings=findings,
        )
        dialog = self.dialog = SigningDialog(self, who=name, what=what)
        key = front.alternative.id

        def sign(drawn: Drawn) -> None:
            self._work.bench.operations.change(
                dialog,
                lambda ctx: sign_consent(
                    ctx,
                    alternative_id=key,
                    name=name,
                    strokes=drawn.strokes,
                    width=drawn.width,
                    height=drawn.height,
                ),
                success=lambda _kept: self._kept(dialog),
                failure=dialog.refuse,
            )

        dialog.signed.connect(sign)
        dialog.open()

    def on_paper(self) -> None:
        """Keep that it was signed on paper."""
        front, name, scan = self._front, self._named(), self.scan.value()
        if front is None or not name:
            return
        if not scan:
            self.scan.set_error(tr("Choose the scan among the case's evidence."))
            return
        key = front.alternative.id
        self._change(
            lambda ctx: record_paper_consent(ctx, alternative_id=key, name=name, evidence_id=scan)
        )

    def not_agreed(self) -> None:
        """Keep that the enterprise does not agree."""
        front, name = self._front, self._named()
        if front is None or not name:
            return
        key, reason = front.alternative.id, self.reason.edit.toPlainText()
        self._change(lambda ctx: record_refusal(ctx, alternative_id=key, name=name, reason=reason))

    def _named(self) -> str:
        name = str(self.name.value() or "").strip()
        if not name:
            self.name.set_error(tr("Say who speaks for the enterprise."))
            self.name.setFocus()
        return name

    def _change(self, run: Callable[[Context], PlanConsent]) -> None:
        self._work.change(self, run, success=lambda _made: self._emptied(), error=self.error)

    def _kept(self, dialog: SigningDialog) -> None:
        dialog.kept()
        self.dialog = None
        self._emptied()

    def _emptied(self) -> None:
        self.reason.set_value("")
        self.scan.set_value("")


class ConsentRow(QFrame):
    """One opinion."""

    def __init__(self, work: CaseWork, consent_id: str) -> None:
        super().__init__()
        self.setProperty("role", "row")
        self._work = work
        self._id = consent_id
        self.kind = Badge()
        self.who = label("", wrap=True)
        self.stale = label("", "caution", wrap=True)
        self.reason = label("", wrap=True)
        self.picture = SignatureView()
        self.back = button(tr("Take it back"), "link", self._take_back, changing=True)
        line = row(self.kind, self.who, self.picture, self.back, gap=10)
        line.setStretch(1, 1)
        self.setLayout(column(line, self.reason, self.stale, gap=2))

    def fill(self, given: _Given) -> None:
        """Show it."""
        one: PlanConsent = given.consent.consent
        refused = one.kind is ConsentKind.REFUSED
        self.kind.show_word(words.consent(one.kind), "bad" if refused else "good")
        said = [given.alternative, one.name, formats.moment(one.given_at)]
        self.who.setText(" · ".join(text for text in said if text))
        self.reason.setText(one.reason)
        show_if(self.reason, bool(one.reason))
        self.stale.setText(
            tr("The plan was changed since: this is not what was signed.")
            if not refused
            else tr("The plan was changed since: this is not what was refused.")
        )
        show_if(self.stale, not given.consent.current)
        self.picture.show_strokes(one.strokes, tr("Signature of {name}", name=one.name))
        show_if(self.picture, bool(one.strokes))
        show_if(self.back, not given.decided)

    def _take_back(self) -> None:
        key = self._id
        self._work.change(self, lambda ctx: take_consent_back(ctx, consent_id=key))
