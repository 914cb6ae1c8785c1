"""Obstacles (阻碍): the form that reports one, and the row that says when it was cleared."""

from dataclasses import dataclass

from PySide6.QtWidgets import QFrame

from landsteward.app.language import tr
from landsteward.app.obstacles import clear_obstacle, report_obstacle, stand_again
from landsteward.domain.follow_ups import Obstacle
from landsteward.domain.plans import PlanStep
from landsteward.domain.states import CaseStage
from ui import formats
from ui.pages.case.finding_form import Action, ActionForm
from ui.pages.case.reading import CaseHead
from ui.pages.case.work import CaseWork
from ui.widgets.basics import button, column, label, row
from ui.widgets.callout import Callout
from ui.widgets.fields import ChoiceField, DateField, TextField
from ui.widgets.forms import grid
from ui.widgets.signs import Badge


class ObstacleForm(ActionForm):
    """What stands in the way, since when, of which step, and who has to act."""

    def __init__(self, work: CaseWork, head: CaseHead, steps: tuple[PlanStep, ...]) -> None:
        super().__init__(work, work.case_id, "obstacle", tr("Report an obstacle"))
        self.cause = TextField(tr("What stands in the way"))
        self.must_act = TextField(tr("Who has to act"))
        self.since = DateField(tr("Since"))
        options: list[tuple[str | None, str]] = [(None, tr("The case as a whole"))]
        options += [(one.id, f"{number}. {one.title}") for number, one in enumerate(steps, 1)]
        self.step = ChoiceField(tr("Step of the plan"), options)
        self.add(self.cause)
        self.add(grid([self.must_act, self.since, self.step], columns=3))
        fields = {
            "cause": self.cause,
            "must_act": self.must_act,
            "since": self.since,
            "step": self.step,
        }
        self.finish(fields, {"since": head.today})

    def prepared(self) -> Action | None:
        """Cause, who and since when must be there."""
        cause, must_act, since = self.cause.value(), self.must_act.value(), self.since.value()
        if not cause:
            self.missing(self.cause, tr("Say what stands in the way."))
            return None
        if not must_act:
            self.missing(self.must_act, tr("Say who has to act."))
            return None
        if since is None:
            self.missing(self.since, tr("Say since when."))
            return None
        case_id, step_id = self.work.case_id, self.step.value()
        return lambda ctx: report_obstacle(
            ctx, case_id=case_id, cause=cause, since_on=since, must_act=must_act, step_id=step_id
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ObstacleData:
    """An obstacle with the title of its step."""

    obstacle: Obstacle
    step: str
    head: CaseHead


class ObstacleRow(QFrame):
    """What stands in the way; cleared, since when it does no more."""

    def __init__(self, work: CaseWork, key: str) -> None:
        super().__init__()
        self.setProperty("role", "row")
        self._work = work
        self._key = key
        self.cause = label("", wrap=True)
        self.state = Badge()
        self.facts = label("", "dim", wrap=True)
        self.day = DateField("")
        self.day.line.setAccessibleName(tr("Cleared on"))
        self.day.setFixedWidth(134)
        self.how = TextField("", hint=tr("How it was cleared"))
        self.clear = button(tr("Cleared"), "small", self._clear, changing=True)
        self.again = button(tr("It still stands"), "link", self._again, changing=True)
        self.error = Callout(self.clear)
        actions = row(self.day, self.how, self.clear, gap=8)
        actions.setStretch(1, 1)
        top = row(self.cause, self.state, gap=8)
        top.setStretch(0, 1)
        below = row(self.facts, self.again, gap=8)
        below.setStretch(0, 1)
        layout = column(top, below, actions, gap=4)
        layout.setContentsMargins(16, 10, 16, 10)
        self.setLayout(layout)

    def fill(self, data: ObstacleData) -> None:
        """Show how it stands."""
        obstacle, head = data.obstacle, data.head
        self.cause.setText(obstacle.cause)
        cleared = obstacle.cleared_on
        days = ((cleared or head.today) - obstacle.since_on).days
        word = tr("Cleared") if cleared else tr("{days} days", days=days)
        self.state.show_word(word, "good" if cleared else "caution")
        facts = [
            data.step,
            tr("Since {day}", day=formats.day(obstacle.since_on)),
            tr("{name} has to act", name=obstacle.must_act),
        ]
        if cleared is not None:
            facts.append(tr("Cleared on {day}", day=formats.day(cleared)))
            facts.append(obstacle.cleared_how)
        self.facts.setText(" · ".join(one for one in facts if one))
        archived = head.overview.case.stage is CaseStage.ARCHIVED
        for one in (self.day, self.how, self.clear):
            one.setVisible(cleared is None and not archived)
        self.again.setVisible(cleared is not None and not archived)
        if self.day.value() is None:
            self.day.set_value(head.today)

    def _clear(self) -> None:
        if not self.day.commit():
            return
        key, day, how = self._key, self.day.value(), self.how.value()
        if day is None:
            self.day.set_error(tr("Say on which day."))
            return
        self._work.change(
            self,
            lambda ctx: clear_obstacle(ctx, obstacle_id=key, cleared_on=day, how=how),
            error=self.error,
        )

    def _again(self) -> None:
        key = self._key
        self._work.change(self, lambda ctx: stand_again(ctx, obstacle_id=key), error=self.error)
