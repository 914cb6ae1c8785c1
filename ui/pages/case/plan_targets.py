"""What an alternative of a plan should bring, by metric and year."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from landsteward.app.context import Context
from landsteward.app.language import localised, tr
from landsteward.app.plan_reading import AlternativeSheet
from landsteward.app.plan_writing import edit_alternative, remove_target, set_target
from landsteward.domain.plans import PlanAlternative, PlanTarget
from ui.pages.case.reading import CaseHead
from ui.pages.case.work import CaseWork, Drafts
from ui.widgets.basics import Card, box, button, column, show_if
from ui.widgets.edit_model import Pasted
from ui.widgets.edit_table import EditColumn, EditTable
from ui.widgets.fields import ChoiceField, DecimalField, NoteField, WholeField
from ui.widgets.forms import keep
from ui.widgets.signs import words_of

TARGET_FORM = "plan_target"
"""Under this name is kept what was typed of an expected metric that is not added yet."""


class TargetsCard(Card):
    """What each metric should be in which year, beside what it is today."""

    def __init__(self, work: CaseWork) -> None:
        super().__init__(tr("Expected metrics"), margin=0, gap=0)
        self._work = work
        self._alternative_id = ""
        self._targets: tuple[PlanTarget, ...] = ()
        self.table = EditTable(
            [
                EditColumn("metric", tr("Metric"), fixed=True),
                EditColumn("unit", tr("Unit"), width=120, fixed=True),
                EditColumn("year", tr("Year"), width=72, fixed=True),
                EditColumn("baseline", tr("Baseline"), "decimal", 120),
                EditColumn("target", tr("Target"), "decimal", 120),
            ],
            blank=False,
        )
        self.add(self.table)
        self.kind = ChoiceField(tr("Metric"))
        self.year = WholeField(tr("Year"), minimum=2000, maximum=2100)
        self.baseline = DecimalField(tr("Baseline"), minimum=None)
        self.target = DecimalField(tr("Target"), minimum=None)
        self.send = button(tr("Add"), "small", self.put, changing=True)
        form = QGridLayout()
        form.setContentsMargins(16, 10, 16, 12)
        form.setHorizontalSpacing(12)
        top = Qt.AlignmentFlag.AlignTop
        for place, (field, stretch) in enumerate(
            ((self.kind, 3), (self.year, 1), (self.baseline, 2), (self.target, 2))
        ):
            form.addWidget(field, 0, place, top)
            form.setColumnStretch(place, stretch)
        form.addWidget(self.send, 0, 4, Qt.AlignmentFlag.AlignBottom)
        self._form = box(form)
        self.add(self._form)
        self.target.line.returnPressed.connect(self.put)
        self.table.committed.connect(self._keep)
        self.table.row_removed.connect(self._remove)
        self.table.block_pasted.connect(self._paste)
        self.reason = NoteField(tr("Or why none are expected"), rows=1)
        self._reason = box(column(self.reason, margin=16))
        self.add(self._reason)
        keep(self.reason, work.bench.operations, self._keep_reason)
        self.drafts = Drafts(
            work, self, TARGET_FORM, {"baseline": self.baseline, "target": self.target}
        )
        self._ready = False

    def present(self, head: CaseHead, sheet: AlternativeSheet, *, fixed: bool) -> None:
        """Show the targets, or the reason why there are none."""
        targets = sheet.targets
        self._alternative_id = sheet.alternative.id
        self._targets = targets
        self.reason.set_value(sheet.alternative.no_target_reason)
        self.reason.set_read_only(fixed)
        show_if(self._reason, not targets and not (fixed and not self.reason.value()))
        if not self._ready:
            self._ready = True
            self.kind.set_options(
                [
                    (one.key, f"{localised(one.name, one.name_en)} · {one.unit}")
                    for one in head.pack.metrics
                ]
            )
            self.kind.set_value(head.pack.metrics[0].key if head.pack.metrics else None)
            self.year.set_value(head.today.year + 1)
        kinds = {one.key: one for one in head.pack.metrics}
        self.table.setVisible(bool(targets))
        self.table.show_rows(
            [
                (
                    one.id,
                    {
                        "metric": localised(kinds[one.metric].name, kinds[one.metric].name_en)
                        if one.metric in kinds
                        else one.metric,
                        "unit": kinds[one.metric].unit if one.metric in kinds else "",
                        "year": one.year,
                        "baseline": one.baseline,
                        "target": one.target,
                    },
                )
                for one in targets
            ],
            fixed=fixed,
        )
        self._form.setVisible(not fixed)

    def put(self) -> None:
        """Set the target of a metric in a year."""
        fields = (self.year, self.baseline, self.target)
        if not all([field.commit() for field in fields]):
            return
        metric, year = self.kind.value(), self.year.value()
        baseline, target = self.baseline.value(), self.target.value()
        if metric is None or year is None:
            self.year.set_error(tr("Choose metric and year."))
            return
        if target is None:
            self.target.set_error(tr("Say what it should be."))
            self.target.setFocus()
            return
        alternative_id = self._alternative_id

        def done(_target: PlanTarget) -> None:
            self.drafts.clear()
            self.year.set_value(year + 1)
            self.baseline.setFocus()

        def run(ctx: Context) -> PlanTarget:
            with ctx.change():
                self._work.sent(ctx, TARGET_FORM)
                return set_target(
                    ctx,
                    alternative_id=alternative_id,
                    metric=metric,
                    year=year,
                    baseline=baseline,
                    target=target,
                )

        self._work.bench.operations.change(
            self,
            run,
            success=done,
            failure=lambda error: self.target.set_error(words_of(error)),
        )

    def _keep_reason(self, ctx: Context, text: str) -> PlanAlternative:
        return edit_alternative(ctx, alternative_id=self._alternative_id, no_target_reason=text)

    def _keep(self, key: str, column: str, value: Any) -> None:
        self._keep_all(key, {column: value})

    def _paste(self, pasted: Pasted) -> None:
        for key, meant in pasted.changed:
            self._keep_all(key, meant)

    def _keep_all(self, key: str, meant: dict[str, Any]) -> None:
        old = next((one for one in self._targets if one.id == key), None)
        if old is None or not meant:
            return
        alternative_id = self._alternative_id

        def run(ctx: Context) -> PlanTarget:
            return set_target(
                ctx,
                alternative_id=alternative_id,
                metric=old.metric,
                year=old.year,
                baseline=meant.get("baseline", old.baseline),
                target=meant.get("target", old.target),
            )

        self._work.bench.operations.change(
            self,
            run,
            failure=lambda error: self.table.model.refuse(key, next(iter(meant)), words_of(error)),
        )

    def _remove(self, key: str) -> None:
        self._work.change(self, lambda ctx: remove_target(ctx, target_id=key))
