"""The steps of a plan's alternative: what, who, from when until when, result, cost."""

from typing import Any

from landsteward.app.context import Context
from landsteward.app.language import tr
from landsteward.app.plan_writing import StepChanges, add_step, edit_step, remove_step
from landsteward.domain.plans import PlanStep
from ui.pages.case.plan_rows import RowsCard
from ui.pages.case.work import CaseWork
from ui.widgets.edit_table import EditColumn


class StepsCard(RowsCard):
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
        self.hint.setText(tr("Type into the last row for a new step; Tab or Enter goes on"))

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
