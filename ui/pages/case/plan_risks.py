"""The risks of a plan's alternative: what may go wrong, how likely, what is done about it."""

from typing import Any

from landsteward.app.context import Context
from landsteward.app.language import tr
from landsteward.app.plan_writing import RiskChanges, add_risk, edit_risk, remove_risk
from landsteward.domain.plans import PlanRisk
from landsteward.domain.states import Likelihood
from ui import words
from ui.pages.case.plan_rows import RowsCard
from ui.pages.case.work import CaseWork
from ui.widgets.edit_table import EditColumn


class RisksCard(RowsCard[PlanRisk]):
    """What may go wrong."""

    def __init__(self, work: CaseWork) -> None:
        choices = tuple((one.value, words.likelihood(one)) for one in Likelihood)
        super().__init__(
            work,
            tr("Risks"),
            [
                EditColumn("risk", tr("Risk")),
                EditColumn("likelihood", tr("Likelihood"), "choice", 96, choices=choices),
                EditColumn("answer", tr("What is done about it")),
            ],
        )

    def add_row(self, ctx: Context, alternative_id: str, values: dict[str, Any]) -> PlanRisk:
        """Add a risk."""
        return add_risk(ctx, alternative_id=alternative_id, **_typed(values))

    def edit_row(self, ctx: Context, key: str, values: dict[str, Any]) -> PlanRisk:
        """Change a risk."""
        return edit_risk(ctx, risk_id=key, **_typed(values))

    def remove_row(self, ctx: Context, key: str) -> None:
        """Take a risk out."""
        remove_risk(ctx, risk_id=key)


def _typed(values: dict[str, Any]) -> RiskChanges:
    """Values of columns as a use case takes them: a choice is its member."""
    changes: Any = dict(values)
    if changes.get("likelihood") is not None:
        changes["likelihood"] = Likelihood(changes["likelihood"])
    risk: RiskChanges = changes
    return risk
