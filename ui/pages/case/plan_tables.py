"""The plan's tables: steps edited in place, and expected metrics by year."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from landsteward.app.context import Context
from landsteward.app.language import localised, tr
from landsteward.app.plans import add_step, edit_step, remove_step, remove_target, set_target
from landsteward.domain.errors import KnownError
from landsteward.domain.remedies import PlanStep, PlanTarget
from ui.pages.case.reading import CaseHead
from ui.pages.case.work import CaseWork, Drafts
from ui.widgets.basics import Card, box, button, label
from ui.widgets.edit_model import Pasted
from ui.widgets.edit_table import EditColumn, EditTable
from ui.widgets.fields import ChoiceField, DecimalField, WholeField
from ui.widgets.signs import words_of

TARGET_FORM = "plan_target"
"""Under this name is kept what was typed of an expected metric that is not added yet."""
_FIELDS = ("title", "responsible", "starts_on", "due_on", "result", "cost_wan", "payer")


class StepsCard(Card):
    """What is done by whom until when, what shows it, what it costs and who pays."""

    def __init__(self, work: CaseWork) -> None:
        super().__init__(tr("Steps"), margin=0, gap=4)
        self._work = work
        self._plan_id = ""
        self._taken_back: Callable[[Context], object] | None = None
        self._making: list[str] = []
        self._steps: tuple[PlanStep, ...] = ()
        self.undo = button(tr("Undo"), "link", self._take_back, changing=True)
        self.undo.hide()
        self.hint = label(tr("Type into the last row for a new step; Tab or Enter goes on"), "dim")
        self.head.addWidget(self.hint)
        self.head.addWidget(self.undo)
        self.table = EditTable(
            [
                EditColumn("title", tr("Step")),
                EditColumn("responsible", tr("Responsible"), width=120),
                EditColumn("starts_on", tr("From"), "date", 96),
                EditColumn("due_on", tr("Until"), "date", 96),
                EditColumn("result", tr("What shows it")),
                EditColumn("cost_wan", tr("Cost (10k yuan)"), "decimal", 118),
                EditColumn("payer", tr("Payer"), width=84),
            ]
        )
        self.add(self.table)
        self.table.committed.connect(self._keep)
        self.table.row_wanted.connect(self._make)
        self.table.row_more.connect(self._more)
        self.table.row_removed.connect(self._remove)
        self.table.block_pasted.connect(self._paste)

    def present(self, plan_id: str, steps: tuple[PlanStep, ...], *, fixed: bool) -> None:
        """Show the steps."""
        if plan_id != self._plan_id:
            self._offer_undo(None)
        self._plan_id = plan_id
        self._steps = steps
        self.hint.setVisible(not fixed)
        self.table.show_rows(
            [(one.id, {name: getattr(one, name) for name in _FIELDS}) for one in steps],
            fixed=fixed,
        )

    def _keep(self, key: str, column: str, value: Any) -> None:
        self._work.bench.operations.change(
            self,
            lambda ctx: edit_step(ctx, step_id=key, **_one(column, value)),
            failure=lambda error: self.table.model.refuse(key, column, words_of(error)),
        )

    def _make(self, column: str, value: Any) -> None:
        plan_id = self._plan_id
        # Filled on the database thread, where what is typed next comes after it.
        making: list[str] = []
        self._making = making

        def make(ctx: Context) -> PlanStep:
            step = add_step(ctx, plan_id=plan_id, **_one(column, value))
            making.append(step.id)
            return step

        def refused(error: KnownError) -> None:
            self.table.model.not_made()
            self.table.model.refuse("", column, words_of(error))

        self._work.bench.operations.change(
            self,
            make,
            success=lambda step: self.table.row_made(step.id),
            failure=refused,
        )

    def _more(self, column: str, value: Any) -> None:
        making = self._making
        self._work.bench.operations.change(
            self,
            lambda ctx: [edit_step(ctx, step_id=key, **_one(column, value)) for key in making],
            failure=lambda error: self.table.model.refuse(
                making[0] if making else "", column, words_of(error)
            ),
        )

    def _paste(self, pasted: Pasted) -> None:
        """Keep a block of cells in one go, and offer to take all of it back."""
        plan_id = self._plan_id
        known = {one.id: one for one in self._steps}
        before = [
            (key, {name: getattr(known[key], name) for name in meant})
            for key, meant in pasted.changed
            if key in known
        ]

        def keep(ctx: Context) -> list[str]:
            with ctx.change():
                for key, meant in pasted.changed:
                    # Empty cells of the block empty their cells here too.
                    edit_step(ctx, step_id=key, **_typed(meant))
                return [add_step(ctx, plan_id=plan_id, **_typed(one)).id for one in pasted.added]

        def kept(added: list[str]) -> None:
            def take_back(ctx: Context) -> None:
                with ctx.change():
                    for key in added:
                        remove_step(ctx, step_id=key)
                    for key, values in before:
                        edit_step(ctx, step_id=key, **_typed(values))

            self._offer_undo(take_back)
            if pasted.left_out:
                self._work.say(
                    tr("Not taken over: {texts}", texts=" · ".join(pasted.left_out)), "caution"
                )

        self._work.change(self, keep, success=kept)

    def _remove(self, key: str) -> None:
        step = next((one for one in self._steps if one.id == key), None)
        if step is None:
            return
        plan_id, values = self._plan_id, {name: getattr(step, name) for name in _FIELDS}
        self._offer_undo(lambda ctx: add_step(ctx, plan_id=plan_id, **_typed(values)))
        self._work.change(self, lambda ctx: remove_step(ctx, step_id=key))

    def _offer_undo(self, taken_back: Callable[[Context], object] | None) -> None:
        self._taken_back = taken_back
        self.undo.setVisible(taken_back is not None)

    def _take_back(self) -> None:
        taken_back = self._taken_back
        self._offer_undo(None)
        if taken_back is not None:
            self._work.change(self, taken_back)


def _one(column: str, value: Any) -> Any:
    return {column: value}


def _typed(values: dict[str, Any]) -> Any:
    """Values of columns as a use case takes them."""
    return values


class TargetsCard(Card):
    """What each metric should be in which year, beside what it is today."""

    def __init__(self, work: CaseWork) -> None:
        super().__init__(tr("Expected metrics"), margin=0, gap=0)
        self._work = work
        self._plan_id = ""
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
        self.drafts = Drafts(
            work, self, TARGET_FORM, {"baseline": self.baseline, "target": self.target}
        )
        self._ready = False

    def present(
        self, head: CaseHead, plan_id: str, targets: tuple[PlanTarget, ...], *, fixed: bool
    ) -> None:
        """Show the targets."""
        self._plan_id = plan_id
        self._targets = targets
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
        plan_id = self._plan_id

        def done(_target: PlanTarget) -> None:
            self.drafts.clear()
            self.year.set_value(year + 1)
            self.baseline.setFocus()

        def run(ctx: Context) -> PlanTarget:
            with ctx.change():
                self._work.sent(ctx, TARGET_FORM)
                return set_target(
                    ctx, plan_id=plan_id, metric=metric, year=year, baseline=baseline, target=target
                )

        self._work.bench.operations.change(
            self,
            run,
            success=done,
            failure=lambda error: self.target.set_error(words_of(error)),
        )

    def _keep(self, key: str, column: str, value: Any) -> None:
        self._keep_all(key, {column: value})

    def _paste(self, pasted: Pasted) -> None:
        for key, meant in pasted.changed:
            self._keep_all(key, meant)

    def _keep_all(self, key: str, meant: dict[str, Any]) -> None:
        old = next((one for one in self._targets if one.id == key), None)
        if old is None or not meant:
            return
        plan_id = self._plan_id

        def run(ctx: Context) -> PlanTarget:
            return set_target(
                ctx,
                plan_id=plan_id,
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
