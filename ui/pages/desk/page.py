"""工作台: today, what waits by day with one action each, four numbers, the board."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from landsteward.app.desk import FIRST_LINES, DeskView, look_at_desk
from landsteward.app.language import tr
from landsteward.domain.desk import Scope, Span
from landsteward.domain.permissions import Action, may
from landsteward.domain.quantities import shown
from landsteward.domain.states import Role
from ui import formats
from ui.pages.base import Page
from ui.pages.desk.board import Board, legend_note
from ui.pages.desk.papers import DeskPapers
from ui.pages.desk.tasks import SpanHeading, TaskRow
from ui.widgets.basics import (
    Card,
    ElidedLabel,
    box,
    button,
    clear,
    column,
    label,
    restyle,
    row,
    scrolled,
)
from ui.widgets.signs import EmptyState
from ui.workbench import Place, Workbench


class NumberCard(Card):
    """A figure with its name above and what belongs to it below."""

    def __init__(self, name: str) -> None:
        super().__init__(margin=14, gap=0)
        self.number = label("–", "figure")
        self.note = ElidedLabel("", "dim")
        for widget in (label(name, "label"), self.number, self.note):
            self.add(widget)

    def say(self, number: str, note: str = "", tone: str = "dim") -> None:
        """Show another figure."""
        self.number.setText(number)
        self.note.setText(note)
        self.note.setProperty("role", tone)
        restyle(self.note)


class DeskPage(Page):
    """The first page of the day."""

    def __init__(self, bench: Workbench, place: Place) -> None:
        super().__init__(bench, place)
        self.today = bench.services.clock.today()
        self._view: DeskView | None = None
        self.heading = label("", "title")
        self.summary = label("", "dim")
        self.papers = DeskPapers(bench)
        self.start = button(tr("Start a checkup"), "primary", self._start)
        self.cases = NumberCard(tr("Cases under way"))
        self.findings = NumberCard(tr("Findings not closed"))
        self.plans = NumberCard(tr("Plans to review"))
        self.tax = NumberCard(tr("Tax per mu (10 000 yuan/mu)"))
        numbers = QGridLayout()
        numbers.setSpacing(12)
        for place_, card in enumerate((self.cases, self.findings, self.plans, self.tax)):
            numbers.addWidget(card, 0, place_)
            numbers.setColumnStretch(place_, 1)
        reads = bench.member().person.role is Role.READER
        self.scope = Scope.ALL if reads else Scope.ME
        self._most = FIRST_LINES
        self.waiting = Card(tr("What waits"), margin=0, gap=0)
        self.segments = {
            Scope.ME: button(tr("Mine"), "segment"),
            Scope.ORGANISATION: button(tr("My organisation"), "segment"),
            Scope.ALL: button(tr("All"), "segment"),
        }
        for scope, segment in self.segments.items():
            segment.setCheckable(True)
            segment.setAutoExclusive(True)
            segment.setChecked(scope is self.scope)
            segment.clicked.connect(partial(self._show_scope, scope))
            self.waiting.head.addWidget(segment)
        self._tasks = column(gap=0)
        self.waiting.add(scrolled(box(self._tasks)), 1)
        self.progress = Card(tr("Where the cases stand"))
        self.board = Board()
        self.board.chosen.connect(self._show_stage)
        self.progress.add(scrolled(box(column(self.board, label(legend_note(), "dim"), 1))), 1)
        head = row(self.heading, self.summary, 1, self.papers, self.start)
        head.setAlignment(self.summary, Qt.AlignmentFlag.AlignVCenter)
        lower = QGridLayout()
        lower.setSpacing(12)
        lower.addWidget(self.waiting, 0, 0)
        lower.addWidget(self.progress, 0, 1)
        lower.setColumnStretch(0, 1)
        lower.setColumnStretch(1, 1)
        page = column(head, numbers, gap=12)
        page.addLayout(lower, 1)
        self.setLayout(page)

    def refresh(self) -> None:
        """Ask for the desk again."""
        look = partial(look_at_desk, scope=self.scope, most=self._most)
        self.bench.operations.query(self, look, success=self._show)

    def _show(self, view: DeskView) -> None:
        before, self._view = self._view, view
        self.today = view.today
        self.heading.setText(tr("Today, {day}", day=formats.long_day(view.today)))
        parts = []
        if view.due_today:
            parts.append(tr("{count} due today", count=view.due_today))
        if view.overdue:
            parts.append(tr("{count} overdue", count=view.overdue))
        self.summary.setText(", ".join(parts) if parts else tr("Nothing due today"))
        self.start.setEnabled(may(self.bench.member().person.role, Action.OPEN_CASE))
        self.cases.say(
            f"{view.open_cases:,}",
            tr(
                "{opened} opened and {closed} closed this month",
                opened=view.opened_this_month,
                closed=view.closed_this_month,
            ),
        )
        late = view.overdue_findings
        self.findings.say(
            f"{view.open_findings:,}",
            tr("{count} overdue", count=late) if late else tr("None overdue"),
            "bad" if late else "dim",
        )
        waited = view.oldest_plan_days
        self.plans.say(
            f"{view.plans_waiting:,}",
            tr("longest wait {days} days", days=waited) if waited is not None else "",
        )
        self._show_tax(view)
        self.board.show_rows(view.board)
        if (
            before is None
            or (before.tasks, before.spans) != (view.tasks, view.spans)
            or before.enterprises != view.enterprises
        ):
            self._fill_tasks(view)

    def _show_tax(self, view: DeskView) -> None:
        if view.tax_per_mu is None:
            self.tax.say("–", tr("No yearly figures yet"))
            return
        note, tone = tr("in {year}", year=view.tax_year), "dim"
        if view.tax_before is not None:
            change = view.tax_per_mu - view.tax_before
            sign = "+" if change >= 0 else "−"
            note = tr(
                "{year}, {change} on the year before",
                year=view.tax_year,
                change=f"{sign}{shown(abs(change))}",
            )
            tone = "good" if change >= 0 else "bad"
        self.tax.say(shown(view.tax_per_mu), note, tone)

    def _show_scope(self, scope: Scope) -> None:
        if scope is not self.scope:
            self.scope = scope
            self._most = FIRST_LINES
            self.refresh()

    def _show_more(self) -> None:
        self._most *= 4
        self.refresh()

    def _fill_tasks(self, view: DeskView) -> None:
        """Lines under the headings of their days; further ones where somebody asks for them."""
        clear(self._tasks)
        heading: Span | None = None
        for task in view.tasks:
            if task.span is not heading:
                heading = task.span
                self._tasks.addWidget(SpanHeading(heading, view.spans[heading]))
            self._tasks.addWidget(TaskRow(self.bench, task, view.today))
        left = sum(view.spans.values()) - len(view.tasks)
        if not view.tasks:
            self._tasks.addWidget(self._nothing(view), 1)
            return
        if left:
            more = button(tr("Show more ({count} left)", count=f"{left:,}"), "link")
            more.clicked.connect(self._show_more)
            self._tasks.addLayout(row(1, more, 1))
        self._tasks.addStretch(1)

    def _nothing(self, view: DeskView) -> QWidget:
        if view.enterprises == 0:
            return EmptyState(
                tr("The register is empty"),
                tr(
                    "Import rosters and land supplies as they come, or drop the file on this "
                    "window. Then screen them or start a checkup."
                ),
                tr("Import…"),
                lambda: self.bench.go(Place("imports")),
                primary=False,
            )
        return EmptyState(
            tr("Nothing waits for you"),
            tr("Cases whose next step is yours appear here, the most urgent first."),
        )

    def _start(self) -> None:
        self.bench.go(Place("register"))
        self.bench.say(tr("Choose the enterprise, then “Start a checkup”."), "accent")

    def _show_stage(self, stage: str) -> None:
        self.bench.go(Place("checkups", step=stage))
