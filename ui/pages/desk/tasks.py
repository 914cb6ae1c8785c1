"""The lines of the desk: headings of days, and one next thing each with the button that does it."""

from datetime import date

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from landsteward.app.desk import DeskTask
from landsteward.app.language import render, tr
from landsteward.domain.desk import Span
from landsteward.domain.guidance import STEP_OF, words_for
from ui import theme, words
from ui.widgets.basics import ElidedLabel, box, button, column, label, row
from ui.widgets.signs import Badge
from ui.workbench import Place, Workbench


class SpanHeading(QWidget):
    """Overdue, today, this week …, with how many there are."""

    def __init__(self, span: Span, count: int) -> None:
        super().__init__()
        self.span = span
        self.words = label(f"{span_word(span)} · {count:,}", "label")
        layout = row(self.words, 1)
        layout.setContentsMargins(14, 10, 12, 4)
        self.setLayout(layout)


class TaskRow(QFrame):
    """One case, slip or extension that waits: when, what, how it stands, and the button."""

    def __init__(self, bench: Workbench, task: DeskTask, today: date) -> None:
        super().__init__()
        self.setProperty("role", "row")
        self.task = task
        self._bench = bench
        look = theme.current()
        self.setMinimumHeight(look.px(56))
        word, tone = words.due(task.due_on, today)
        badge = Badge(word or words.stage(task.stage), tone if word else "plain")
        held = box(row(badge, 1))
        held.setFixedWidth(look.px(104))
        below = [task.case_no]
        if task.about:
            below.append(task.about)
        if task.open_findings:
            below.append(tr("open findings: {count}", count=task.open_findings))
        if task.standing is not None:
            below += [render(one) for one in task.standing.reasons[:1]]
        text = column(ElidedLabel(task.subject), ElidedLabel(" · ".join(below), "dim"), gap=0)
        self.colour = Badge()
        self.action = button(render(words_for(task.step)), "small", self._go)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 4, 12, 4)
        layout.setSpacing(8)
        layout.addWidget(held)
        layout.addLayout(text, 1)
        layout.addWidget(self.colour)
        layout.addWidget(self.action)
        if task.standing is not None:
            colour = task.standing.colour
            self.colour.show_word(words.board_colour(colour), words.colour_tone(colour))
            self.colour.setToolTip("\n".join(render(one) for one in task.standing.reasons))

    def _go(self) -> None:
        self._bench.go(Place("case", self.task.case_id, STEP_OF[self.task.step]))


def span_word(span: Span) -> str:
    """What a heading says."""
    return {
        Span.OVERDUE: tr("Overdue"),
        Span.TODAY: tr("Due today"),
        Span.THIS_WEEK: tr("This week"),
        Span.NEXT_WEEK: tr("Next week"),
        Span.LATER: tr("Later"),
        Span.NO_DAY: tr("No deadline"),
    }[span]
