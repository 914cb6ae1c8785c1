"""Who plans in the case: the firm, its engagement, and whether it declared a conflict."""

from landsteward.app.conflicts import FirmOnCase, decide_conflict, declare_conflicts
from landsteward.app.engagements import engage_for_case
from landsteward.app.language import tr
from landsteward.domain.engagements import ConflictDeclaration, Engagement
from ui.firms import words
from ui.firms.decision import ConflictDecision
from ui.firms.question import ConflictQuestion
from ui.pages.case.work import CaseWork
from ui.widgets.basics import Card, ElidedLabel, button, clear, column, label, row, show_if
from ui.widgets.callout import Refusal
from ui.widgets.signs import Badge
from ui.workbench import Place


class FirmCard(Card):
    """One line while all is well; the question, or the decision, where one is due."""

    def __init__(self, work: CaseWork) -> None:
        super().__init__(margin=12, gap=8)
        self._work = work
        self._shown: FirmOnCase | None = None
        self.state = Badge()
        self.firm = button("", "link", self._to_firm)
        self.contract = ElidedLabel("", "dim")
        self.error = Refusal()
        self.error.setMinimumHeight(0)
        self.engage = button(
            tr("Engage it for this enterprise"), "small", self._engage, changing=True
        )
        line = row(self.firm, self.state, gap=8)
        line.addWidget(self.contract, 1)
        line.addWidget(self.engage)
        self.add(line)
        self._answers = column(gap=2)
        self.add(self._answers)
        self.question = ConflictQuestion(self._declare)
        self.add(self.question)
        self.decision = ConflictDecision(self._decide)
        self.add(self.decision)
        self.add(self.error)
        self.hide()

    def present(self, firm: FirmOnCase | None) -> None:
        """Show how the firm stands to the case's enterprise; without one nothing is shown."""
        if firm == self._shown:
            return
        self._shown = firm
        self.setVisible(firm is not None)
        if firm is None:
            return
        standing = firm.standing
        self.state.show_word(*words.standing_state(standing))
        self.firm.setText(firm.firm.name)
        self.contract.setText(_contracts(standing.engagements))
        show_if(self.engage, not standing.engagements and firm.may_engage)
        clear(self._answers)
        for view in firm.declarations:
            role = "caution" if view.declaration.blocks else "dim"
            self._answers.addWidget(label(words.answer(firm.terms, view), role, wrap=True))
        show_if(self.question, standing.to_be_asked and (firm.own or firm.may_engage))
        self.question.ask(firm.terms)
        show_if(self.decision, firm.may_engage and self._open() is not None)

    def _open(self) -> ConflictDeclaration | None:
        """The conflict the acting person may decide on."""
        if self._shown is None:
            return None
        return next(
            (
                view.declaration
                for view in self._shown.declarations
                if view.declaration.blocks and not view.own
            ),
            None,
        )

    def _to_firm(self) -> None:
        if self._shown is not None:
            self._work.bench.go(Place("firm", self._shown.firm.id))

    def _engage(self) -> None:
        if self._shown is None:
            return
        firm_id, case_id = self._shown.firm.id, self._work.case_id
        self._work.change(
            self,
            lambda ctx: engage_for_case(ctx, firm_id=firm_id, case_id=case_id),
            error=self.error,
        )

    def _declare(self, kinds: tuple[str, ...], detail: str) -> None:
        firm = self._shown
        if firm is None or firm.enterprise_id is None or not firm.standing.engagements:
            return
        engagement_id, enterprise_id = firm.standing.engagements[0].id, firm.enterprise_id
        self._work.change(
            self,
            lambda ctx: declare_conflicts(
                ctx,
                engagement_id=engagement_id,
                enterprise_ids=[enterprise_id],
                kinds=kinds,
                detail=detail,
            ),
            success=lambda _done: self.question.clear(),
            error=self.question.error,
        )

    def _decide(self, approved: bool, reason: str) -> None:
        declaration = self._open()
        if declaration is None:
            return
        key = declaration.id
        self._work.change(
            self,
            lambda ctx: decide_conflict(ctx, declaration_id=key, approved=approved, reason=reason),
            success=lambda _done: self.decision.reason.set_value(""),
            error=self.decision.error,
        )


def _contracts(engagements: tuple[Engagement, ...]) -> str:
    return "   ".join(f"{one.contract_no} {words.days(one)}".strip() for one in engagements)
