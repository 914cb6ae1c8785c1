"""年度指标 of an enterprise: what the figures make, and the figures themselves."""

from decimal import Decimal
from functools import partial

from PySide6.QtWidgets import QHBoxLayout

from landsteward.app.grading_views import enterprise_gradings
from landsteward.app.language import tr
from landsteward.app.register_sheets import EnterpriseHead
from landsteward.app.removals import Removable
from landsteward.domain.gradings import GradingResult, GradingRun, RunState
from landsteward.domain.indicators import FORMULAS
from landsteward.domain.register import YearlyMetrics
from landsteward.domain.sight import Restricted
from ui.pages.grading.words import run_state
from ui.pages.register.indicators import IndicatorPanel
from ui.pages.register.sheet import Part, Removals
from ui.pages.register.years import YearsTable
from ui.widgets.basics import button, clear, column, label
from ui.widgets.year_chart import Goal
from ui.workbench import Place, Workbench

_MOST_GRADINGS = 6
_AGREED = {"tax_per_mu": "tax_wan_per_mu", "revenue_per_mu": "revenue_wan_per_mu"}
"""Which term of an output contract is a goal of which indicator."""


class FiguresPart(Part):
    """Indicators above, the table to type in below."""

    def __init__(
        self, bench: Workbench, enterprise_id: str, removals: Removals, *, may_edit: bool
    ) -> None:
        super().__init__()
        self._bench = bench
        self._may_edit = may_edit
        self._removals = removals
        known = {one.key for one in FORMULAS}
        self._metrics = [one for one in bench.services.packs.current().metrics if one.key in known]
        self.indicators = IndicatorPanel(self._metrics)
        self.table = YearsTable(
            bench.operations, enterprise_id, bench.services.clock.today().year, self._remove
        )
        self.restricted = label(
            tr("Restricted: your role sees no tax figures, nor what is worked out from them."),
            "caution",
            wrap=True,
        )
        self.restricted.hide()
        self.gradings = QHBoxLayout()
        self.gradings.setSpacing(4)
        self.setLayout(
            column(
                self.restricted,
                self.gradings,
                self.indicators,
                label(tr("Figures"), "heading"),
                self.table,
                1,
                gap=10,
            )
        )

    def present(self, head: EnterpriseHead) -> None:
        """Show the figures and what they make."""
        self.restricted.setVisible(Restricted.TAX in head.masked)
        self.indicators.show_years(head.years, head.land.years, self._goals(head))
        self.table.show_years([one.figures for one in head.years], read_only=not self._may_edit)

        self._bench.operations.query(
            self,
            lambda ctx: enterprise_gradings(ctx, enterprise_id=head.enterprise.id),
            success=self._show_gradings,
        )

    def _show_gradings(self, found: list[tuple[GradingRun, GradingResult]]) -> None:
        """Each grading it was part of leads to its score."""
        clear(self.gradings)
        if not found:
            return
        self.gradings.addWidget(label(tr("Gradings"), "label"))
        for run, result in found[:_MOST_GRADINGS]:
            said = tr(
                "{year}: {grade}",
                year=run.year,
                grade=result.grade or tr("no grade"),
            )
            if run.state is not RunState.FINAL:
                said = tr("{said} ({state})", said=said, state=run_state(run.state))
            go = partial(self._bench.go, Place("score", result.id))
            self.gradings.addWidget(button(said, "link", go))
        self.gradings.addStretch(1)

    def _remove(self, year: YearlyMetrics) -> None:
        self._removals.take_out(
            Removable.YEAR, year.id, tr("The figures of {year} were taken out.", year=year.year)
        )

    def _goals(self, head: EnterpriseHead) -> dict[str, list[Goal]]:
        """What is agreed per mu, and the county's baselines."""
        goals: dict[str, list[Goal]] = {}
        latest = [one for one in head.outputs if one.latest]
        for metric in self._metrics:
            found: dict[Decimal, Goal] = {}
            for view in latest:
                agreed = getattr(view.contract, _AGREED.get(metric.key, ""), None)
                if agreed is not None:
                    word = (
                        tr("Contract, {parcel}", parcel=view.parcel.name)
                        if len(latest) > 1
                        else tr("Contract")
                    )
                    found.setdefault(agreed, Goal(word, agreed))
            baseline = metric.baseline(head.enterprise.scale)
            lines = list(found.values())
            if baseline is not None:
                lines.append(Goal(tr("County's baseline"), baseline))
            goals[metric.key] = lines
        return goals
