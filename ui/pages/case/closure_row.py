"""One finding on its way to closure: asked for by one person, decided by a second one."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QFrame, QPushButton

from landsteward.app.closing_conditions import conditions_of
from landsteward.app.closures import decide_closure, request_closure
from landsteward.app.context import Context
from landsteward.app.drafts import draft_of
from landsteward.app.language import render, tr
from landsteward.app.people import Member
from landsteward.domain.casework import Evidence
from landsteward.domain.closing import Condition, ConditionKey, LooseEnd, missing_of
from landsteward.domain.findings import Finding
from landsteward.domain.remedies import Closure
from landsteward.domain.states import FindingState, SubjectKind
from landsteward.domain.text import Message
from ui import formats
from ui import words as shared
from ui.pages.case import words
from ui.pages.case.closing_parts import no_benefit_field
from ui.pages.case.conditions import ConditionList, condition_word
from ui.pages.case.reading import CaseHead, second_people
from ui.pages.case.work import CaseWork, Drafts
from ui.widgets.basics import box, button, clear, column, label, row, selectable
from ui.widgets.callout import Refusal
from ui.widgets.fields import NoteField
from ui.widgets.flow import FlowLayout
from ui.widgets.photos import PhotoStrip
from ui.widgets.signs import Badge
from ui.widgets.twolines import TwoLines


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """A finding that passed its recheck, its requests, and why the acting person cannot close.

    `conditions` and `ends` are what closing rests on as it stands, `benefit` the evidence of it.
    """

    finding: Finding
    closures: tuple[Closure, ...]
    refusal: Message | None
    proof_count: int
    conditions: tuple[Condition, ...] = ()
    ends: tuple[LooseEnd, ...] = ()
    benefit: tuple[Evidence, ...] = ()

    @property
    def request(self) -> Closure | None:
        """The request that waits for a decision."""
        return next((one for one in self.closures if one.decided_at is None), None)


class ClosureRow(QFrame):
    """Ground and benefit to ask for it; opinion and decision of the second person."""

    def __init__(self, work: CaseWork, finding_id: str) -> None:
        super().__init__()
        self.setProperty("role", "row")
        self._work = work
        self._finding_id = finding_id
        self._data: Closing | None = None
        self.text = TwoLines()
        self.state = Badge()
        top = row(gap=12)
        top.addWidget(self.text, 1)
        top.addWidget(self.state)
        self.ground = NoteField(tr("Ground for closing"), rows=2)
        self.benefit = NoteField(
            tr("Benefit shown, or why none is due"),
            rows=2,
            hint=tr("e.g. tax per mu from 6.2 to 15.4"),
        )
        self.reason = no_benefit_field(work)
        self.reason.committed.connect(self._reason_chosen)
        self.conditions = ConditionList(work, finding_id)
        self.proof = PhotoStrip(work.thumbnails, width=66, height=52)
        work.serve(self.proof, SubjectKind.BENEFIT, lambda: finding_id)
        self.ask = button(tr("Request closure"), "small", self.request, changing=True)
        fields = row(gap=12)
        fields.addWidget(self.ground, 1)
        fields.addWidget(self.benefit, 1)
        self.not_asked = Refusal()
        shown = column(label(tr("Evidence of benefit"), "label"), self.proof, gap=4)
        benefit = row(gap=12)
        benefit.addWidget(self.reason, 1)
        benefit.addLayout(shown, 1)
        self.asking = box(column(fields, benefit, row(self.not_asked, self.ask), gap=8))
        self.said = selectable()
        self.needed = label("", "caution", wrap=True)
        self.people = FlowLayout(gap=6)
        self.switches: dict[str, QPushButton] = {}
        self.opinion = NoteField(tr("Opinion of the second person"), rows=2)
        self.missing = {
            key: NoteField(
                tr("Missing: {condition}", condition=condition_word(key)),
                rows=2,
                hint=tr("One item a line"),
            )
            for key in ConditionKey
        }
        lacking = row(gap=12)
        for field in self.missing.values():
            lacking.addWidget(field, 1)
        self.lacking = box(lacking)
        self.lacking.hide()
        self.refuse = button(tr("Refuse…"), "small", self.begin_refusing, changing=True)
        self.approve = button(
            tr("Agree to the closure"), "small", lambda: self.decide(approved=True), changing=True
        )
        self.error = Refusal()
        self.deciding = box(
            column(
                self.said,
                self.needed,
                self.people,
                self.opinion,
                self.lacking,
                row(self.error, self.refuse, self.approve),
                gap=8,
            )
        )
        self.past = selectable("", "dim")
        layout = column(top, self.past, self.conditions, self.asking, self.deciding, gap=8)
        layout.setContentsMargins(16, 12, 16, 12)
        self.setLayout(layout)
        self._request_drafts = Drafts(
            work,
            self,
            f"closure/{finding_id}",
            {"ground": self.ground, "benefit": self.benefit, "reason": self.reason},
        )
        self._decision_drafts = Drafts(
            work,
            self,
            f"decision/{finding_id}",
            {"opinion": self.opinion, **{str(key): one for key, one in self.missing.items()}},
        )
        for drafts in (self._request_drafts, self._decision_drafts):
            work.bench.operations.query(
                self,
                partial(draft_of, case_id=work.case_id, form=drafts.form),
                success=drafts.restore,
            )

    def fill(self, data: Closing) -> None:
        """Show how far the closure is."""
        self._data = data
        finding, head, request = data.finding, self._head, data.request
        owner = head.organisations.get(finding.assigned_by or "")
        under = [tr("Assigned by {organisation}", organisation=owner.name)] if owner else []
        under.append(tr("Pieces of proof: {count}", count=data.proof_count))
        self.text.show_text(
            f"{finding.finding_no}  {words.finding_title(finding)}", " · ".join(under)
        )
        in_recheck = finding.state is FindingState.RECHECK
        word, tone = (
            _readiness(data.conditions)
            if in_recheck and request is None
            else (
                (tr("Awaits the second person"), "caution")
                if in_recheck
                else (shared.finding_state(finding.state), shared.finding_tone(finding.state))
            )
        )
        self.state.show_word(word, tone)
        self.conditions.setVisible(in_recheck)
        if in_recheck:
            self.conditions.present(data.conditions, data.ends, fixed=request is not None)
            self.proof.show_photos(data.benefit)
            self._look_again(self.reason.value())
        self.asking.setVisible(in_recheck and request is None)
        self.deciding.setVisible(in_recheck and request is not None)
        self._show_past(data)
        if request is not None:
            self._show_request(data, request)

    @property
    def _head(self) -> CaseHead:
        """The case as it was read last; there is one before anything is shown."""
        head = self._work.head
        assert head is not None
        return head

    def begin(self) -> None:
        """Put the person at what is to be filled in."""
        if self.asking.isVisible():
            if self.complete and any(one.is_open for one in self.conditions.ends.all):
                self.conditions.begin()
                return
            (self.benefit if self.ground.edit.toPlainText().strip() else self.ground).setFocus()
        elif self.deciding.isVisible():
            self.opinion.setFocus()

    def _reason_chosen(self, reason: object) -> None:
        data = self._data
        if data is not None and data.request is None:
            self.conditions.present(data.conditions, data.ends)
            self.state.show_word(*_readiness(data.conditions))
        self._look_again(reason if isinstance(reason, str) else None)

    def _look_again(self, no_benefit: str | None) -> None:
        """What a reason chosen before closure is asked for makes of the conditions."""
        data = self._data
        if data is None or data.request is not None or no_benefit is None:
            return
        finding, ends = data.finding, data.ends

        def show(conditions: tuple[Condition, ...]) -> None:
            self.conditions.present(conditions, ends)
            self.state.show_word(*_readiness(conditions))

        self._work.bench.operations.query(
            self,
            lambda ctx: conditions_of(ctx, finding=finding, no_benefit=no_benefit),
            success=show,
        )

    @property
    def complete(self) -> bool:
        """Whether ground and benefit are both filled in."""
        return bool(
            self.ground.edit.toPlainText().strip() and self.benefit.edit.toPlainText().strip()
        )

    def request(self) -> None:
        """Ask for the closure; a refusal keeps what was typed."""
        finding_id, form = self._finding_id, self._request_drafts.form
        ground = self.ground.edit.toPlainText()
        benefit = self.benefit.edit.toPlainText()
        reason = self.reason.value()

        def run(ctx: Context) -> None:
            with ctx.change():
                request_closure(
                    ctx,
                    finding_id=finding_id,
                    ground=ground,
                    benefit=benefit,
                    no_benefit=reason,
                )
                self._work.sent(ctx, form)

        self._work.change(
            self, run, success=lambda _done: self._request_drafts.clear(), error=self.not_asked
        )

    def begin_refusing(self) -> None:
        """First say what is missing, then refuse."""
        if self.lacking.isHidden():
            self.lacking.show()
            self.refuse.setText(tr("Refuse the closure"))
            next(iter(self.missing.values())).setFocus()
        else:
            self.decide(approved=False)

    def decide(self, *, approved: bool) -> None:
        """Approve or refuse as the second person; a refusal keeps the opinion in its field."""
        data = self._data
        if data is None or data.request is None:
            return
        closure_id, form = data.request.id, self._decision_drafts.form
        opinion = self.opinion.edit.toPlainText().strip()
        missing = {
            key: field.edit.toPlainText()
            for key, field in self.missing.items()
            if field.edit.toPlainText().strip() and not approved
        }
        if not approved and not opinion and not missing:
            self.opinion.set_error(tr("Say why the closure is refused."))
            self.opinion.setFocus()
            return

        def run(ctx: Context) -> None:
            with ctx.change():
                decide_closure(
                    ctx,
                    closure_id=closure_id,
                    approved=approved,
                    opinion=opinion,
                    missing=missing,
                )
                self._work.sent(ctx, form)

        self._work.change(
            self, run, success=lambda _done: self._decision_drafts.clear(), error=self.error
        )

    def _show_request(self, data: Closing, request: Closure) -> None:
        self.said.setText(
            tr(
                "{person} asked on {at}. Ground: {ground} Benefit: {benefit}",
                person=self._head.name_of(request.requested_by),
                at=formats.moment(request.requested_at),
                ground=request.ground,
                benefit=request.benefit,
            )
        )
        self.needed.setVisible(data.refusal is not None)
        others = second_people(self._head, data.finding, request.requested_by)
        if data.refusal is None:
            others = []
            self.error.hide()
        else:
            need = render(data.refusal)
            if others:
                self.needed.setText(tr("{need} One of these can:", need=need))
            else:
                owner = self._head.organisations.get(data.finding.assigned_by or "")
                self.needed.setText(
                    tr(
                        "{need} Nobody else of {organisation} is on record yet; add a colleague "
                        "in the settings.",
                        need=need,
                        organisation=owner.name if owner else "",
                    )
                )
        self._offer(others)

    def _offer(self, others: list[Member]) -> None:
        if [one.person.id for one in others] == list(self.switches):
            return
        clear(self.people)
        self.switches = {}
        for one in others:
            made = button(
                tr("Go on as {person}", person=one.person.name),
                "small",
                partial(self._work.bench.act_as, one.person.id),
                hint=f"{one.organisation.name} · {shared.role(one.person.role)}",
                changing=True,
            )
            self.switches[one.person.id] = made
            self.people.addWidget(made)

    def _show_past(self, data: Closing) -> None:
        lines = []
        for one in data.closures:
            if one.decided_at is None:
                continue
            decision = tr("approved") if one.approved else tr("refused")
            line = tr(
                "{at} {person} {decision}",
                at=formats.moment(one.decided_at),
                person=self._head.name_of(one.decided_by),
                decision=decision,
            )
            asked = tr("asked by {person}", person=self._head.name_of(one.requested_by))
            lacking = "；".join(missed.text for missed in one.missing)
            parts = [
                line,
                asked,
                one.ground,
                one.benefit,
                one.opinion,
                tr("Missing: {condition}", condition=lacking) if lacking else "",
                tr("Came back on {day}", day=formats.day(one.rebounded_on))
                if one.rebounded_on
                else "",
            ]
            lines.append(" · ".join(part for part in parts if part))
        self.past.setText("\n".join(lines))
        self.past.setVisible(bool(lines))


def _readiness(conditions: tuple[Condition, ...]) -> tuple[str, str]:
    """Whether closure may be asked for, with its tone."""
    lacks = missing_of(conditions)
    if not lacks:
        return tr("Closure may be requested"), "good"
    return tr("Still missing: {count}", count=len(lacks)), "caution"
