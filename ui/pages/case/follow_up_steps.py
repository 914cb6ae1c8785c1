"""Beside the entries: the plan's steps, ticked off in rows, or read as bars with their progress."""

from collections.abc import Sequence
from datetime import date

from landsteward.app.follow_ups import Entry
from landsteward.app.language import tr
from landsteward.domain.timeline import bar_of
from ui.pages.case.follow_up_parts import DoneRow, StepData
from ui.pages.case.plan_gantt import ScaledGantt
from ui.pages.case.steps_switch import StepsSwitch
from ui.pages.case.work import CaseWork
from ui.widgets.basics import Card, box
from ui.widgets.rows import Rows


class FollowedSteps(Card):
    """Steps of accepted plans as rows or as bars; a bar that is opened leads to its row."""

    def __init__(self, work: CaseWork) -> None:
        super().__init__(tr("Steps of the plan"), margin=0, gap=0)
        self.rows: Rows[DoneRow, StepData] = Rows(lambda key: DoneRow(work, key), DoneRow.fill)
        listed = box(self.rows.layout)
        self.bars = ScaledGantt()
        self.bars.hint.setText(tr("Enter leads to the step"))
        self.switch = StepsSwitch(listed, self.bars)
        self.head.addWidget(self.switch)
        self.add(listed)
        self.add(self.bars)
        self.bars.gantt.opened.connect(self._to_row)

    def present(self, steps: Sequence[StepData], entries: Sequence[Entry], today: date) -> None:
        """Show the steps as they stand."""
        self.setVisible(bool(steps))
        self.rows.show([(one.step.id, one) for one in steps])
        said = percents(entries)
        self.bars.gantt.show_bars(
            [bar_of(one.step, said.get(one.step.id)) for one in steps], today, fixed=True
        )

    def _to_row(self, key: str) -> None:
        self.switch.show_bars(False)
        self.rows.row(key).tick.setFocus()


def percents(entries: Sequence[Entry]) -> dict[str, int]:
    """How far each step is, as the latest entry that still counts says."""
    said: dict[str, int] = {}
    for one in sorted(entries, key=lambda one: (one.entry.happened_on, one.entry.id)):
        entry = one.entry
        if one.counts and entry.step_id is not None and entry.percent is not None:
            said[entry.step_id] = entry.percent
    return said
