"""The steps of a plan's alternative: what, who, from when until when, result, cost."""

from collections.abc import Sequence
from typing import Any

from landsteward.app.context import Context
from landsteward.app.language import tr
from landsteward.app.plan_writing import StepChanges, add_step, edit_step, order_steps, remove_step
from landsteward.domain.plans import PlanStep
from ui.pages.case.plan_gantt import StepsGantt
from ui.pages.case.plan_rows import RowsCard
from ui.pages.case.steps_switch import StepsSwitch
from ui.pages.case.work import CaseWork
from ui.widgets.edit_table import EditColumn


class StepsCard(RowsCard[PlanStep]):
    """What is done by whom until when, what shows it, what it costs and who pays."""

    def __init__(self, work: CaseWork) -> None:
        super().__init__(
            work,
            tr("Steps"),
            [
                EditColumn("title", tr("Step")),
                EditColumn("responsible", tr("Responsible"), width=120),
                EditColumn("starts_on", tr("From"), "date", 96),
                EditColumn("due_on", tr("Until"), "date", 96),
                EditColumn("result", tr("What shows it")),
                EditColumn("cost_wan", tr("Cost (10k yuan)"), "decimal", 118),
                EditColumn("payer", tr("Payer"), width=84),
            ],
        )
        self.table.number_rows()
        self.table.order_asked.connect(self._order)
        self.hint.setText(tr("Type into the last row for a new step; Tab or Enter goes on"))
        self.bars = StepsGantt(work, self.edit_row)
        self.add(self.bars)
        self.switch = StepsSwitch(self.table, self.bars)
        self.switch.as_bars.connect(self._keep_chosen)
        self.head.addWidget(self.switch)

    def present(self, alternative_id: str, rows: Sequence[PlanStep], *, fixed: bool) -> None:
        """Show the steps, as rows and as bars."""
        super().present(alternative_id, rows, fixed=fixed)
        head = self._work.head
        if head is not None:
            self.bars.present(rows, head.today, fixed=fixed)
        self.hint.setVisible(not fixed and not self.switch.bars_shown)

    def _keep_chosen(self, bars: bool) -> None:
        """The step that was in front stays there."""
        self.hint.setVisible(not bars and not self.bars.gantt.fixed)
        model, view = self.table.model, self.table.view
        if bars:
            row = view.currentIndex().row()
            if row >= 0:
                self.bars.gantt.choose(model.key_at(row))
            self.bars.gantt.setFocus()
        elif self.bars.gantt.chosen in model.keys:
            view.setCurrentIndex(model.index(model.keys.index(self.bars.gantt.chosen), 0))

    def _order(self, keys: list[str]) -> None:
        """Keep another order, and offer to take it back."""
        alternative_id, before = self._alternative_id, [one.id for one in self._rows]
        self.offer_undo(
            lambda ctx: order_steps(ctx, alternative_id=alternative_id, step_ids=before)
        )
        self._work.change(
            self, lambda ctx: order_steps(ctx, alternative_id=alternative_id, step_ids=keys)
        )

    def add_row(self, ctx: Context, alternative_id: str, values: dict[str, Any]) -> PlanStep:
        """Add a step."""
        return add_step(ctx, alternative_id=alternative_id, **_typed(values))

    def edit_row(self, ctx: Context, key: str, values: dict[str, Any]) -> PlanStep:
        """Change a step."""
        return edit_step(ctx, step_id=key, **_typed(values))

    def remove_row(self, ctx: Context, key: str) -> None:
        """Take a step out."""
        remove_step(ctx, step_id=key)


def _typed(values: Any) -> StepChanges:
    """Values of columns as a use case takes them."""
    changes: StepChanges = values
    return changes
