"""What a firm declared about conflicts of interest; those nobody decided on come first."""

from PySide6.QtWidgets import QFrame

from landsteward.app.conflicts import DeclarationView, decide_conflict
from landsteward.app.firms import FirmSheet
from landsteward.app.language import tr
from landsteward.domain.conflict_terms import ConflictTerms
from landsteward.domain.errors import KnownError
from ui.firms import words
from ui.firms.decision import ConflictDecision
from ui.widgets.basics import Card, box, button, column, label, row, scrolled, show_if
from ui.widgets.rows import Rows
from ui.widgets.signs import Badge, EmptyState, words_of
from ui.workbench import Place, Workbench

_SHOWN = 300


class DeclarationRow(QFrame):
    """One declaration, and the decision where one is due."""

    def __init__(self, bench: Workbench, declaration_id: str) -> None:
        super().__init__()
        self.setProperty("role", "row")
        self._bench = bench
        self._id = declaration_id
        self._enterprise_id = ""
        self.enterprise = button("", "link", self._go)
        self.state = Badge()
        self.text = label("", "dim", wrap=True)
        self.decision = ConflictDecision(self._decide)
        held = column(row(self.enterprise, self.state, 1, gap=8), self.text, self.decision, gap=4)
        held.setContentsMargins(14, 8, 14, 8)
        self.setLayout(held)

    def fill(self, terms: ConflictTerms, view: DeclarationView, *, may_decide: bool) -> None:
        """Show it."""
        self._enterprise_id = view.declaration.enterprise_id
        self.enterprise.setText(view.enterprise)
        self.state.show_word(*words.declaration_state(view.declaration))
        self.text.setText(words.answer(terms, view))
        show_if(self.decision, view.declaration.blocks and may_decide and not view.own)

    def _go(self) -> None:
        self._bench.go(Place("enterprise", self._enterprise_id))

    def _decide(self, approved: bool, reason: str) -> None:
        key = self._id

        def refused(error: KnownError) -> None:
            self.decision.error.say(words_of(error))

        self._bench.operations.change(
            self,
            lambda ctx: decide_conflict(ctx, declaration_id=key, approved=approved, reason=reason),
            success=lambda _done: self.decision.reason.set_value(""),
            failure=refused,
        )


class ConflictsPanel(Card):
    """All declarations of a firm."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(margin=0, gap=0)
        self.rows: Rows[DeclarationRow, tuple[ConflictTerms, DeclarationView, bool]] = Rows(
            lambda key: DeclarationRow(bench, key),
            lambda line, data: line.fill(data[0], data[1], may_decide=data[2]),
        )
        self.nothing = EmptyState(
            tr("Nothing declared yet"),
            tr(
                "Before a firm works for an enterprise it is asked whether it audits, represents "
                "or holds a stake in it; each consultant is asked before the first plan."
            ),
        )
        self.more = label("", "dim")
        self.more.setContentsMargins(14, 8, 14, 8)
        self.add(self.nothing)
        self.add(scrolled(box(column(self.rows.layout, self.more, 1, gap=0))), 1)

    def present(self, sheet: FirmSheet) -> None:
        """Show the declarations of a firm."""
        shown = sheet.declarations[:_SHOWN]
        self.nothing.setVisible(not shown)
        self.rows.show(
            [(one.declaration.id, (sheet.terms, one, sheet.may_engage)) for one in shown]
        )
        left = len(sheet.declarations) - len(shown)
        show_if(self.more, left > 0)
        self.more.setText(tr("{count} more without a conflict.", count=f"{left:,}"))
