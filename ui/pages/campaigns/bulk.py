"""What is done to many visits at once; what came of it is said on one line, with its undoing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QWidget

from landsteward.app.context import Context
from landsteward.app.language import tr
from landsteward.app.people import Member, list_members
from landsteward.domain.errors import KnownError
from landsteward.domain.permissions import Action, may
from ui.operations import Progress
from ui.widgets.outcome import Next, OutcomeLine
from ui.widgets.signs import words_of
from ui.workbench import Place, Workbench

if TYPE_CHECKING:
    from landsteward.app.campaign_joint import DrawnTogether, JointProposal
    from landsteward.app.campaign_visits import VisitsArranged, VisitsRemoved
    from landsteward.domain.casework import Case

_Result = TypeVar("_Result")


class VisitBulk:
    """Asks, does it in the background, and says what came of it."""

    def __init__(self, bench: Workbench, page: QWidget, line: OutcomeLine) -> None:
        self._bench = bench
        self._page = page
        self.line = line

    def open(self, visit_id: str) -> None:
        """Open a visit and go on in its case; who only reads goes to a case that is there."""
        from landsteward.app.campaign_visits import case_of_visit, open_visit

        def case(ctx: Context) -> Case:
            there = case_of_visit(ctx, visit_id=visit_id)
            return there or open_visit(ctx, visit_id=visit_id)

        def opened(case: Case) -> None:
            self._bench.go(Place("case", case.id))

        self._bench.operations.change(self._page, case, success=opened)

    def ask_days(self, visit_ids: Sequence[str]) -> None:
        """Ask on which day these visits are made."""
        from ui.pages.campaigns.asks import AskDays

        today = self._bench.services.clock.today()
        ask = AskDays(
            self._page,
            tr("On which day?")
            if len(visit_ids) == 1
            else tr("Days of {count} visits", count=f"{len(visit_ids):,}"),
            first=today,
            count=len(visit_ids),
        )
        ask.chosen.connect(lambda day, a_day, _carrier: self.set_days(visit_ids, day, a_day))
        ask.open()

    def ask_carrier_days(
        self, campaign_id: str, carriers: Sequence[tuple[str, str]], count: int
    ) -> None:
        """Ask for a carrier and on which day its visits are made."""
        from ui.pages.campaigns.asks import AskDays

        ask = AskDays(
            self._page,
            tr("A carrier's days"),
            first=self._bench.services.clock.today(),
            count=count,
            carriers=carriers,
        )

        def chosen(day: date, a_day: int | None, carrier_id: str) -> None:
            def visits(ctx: Context) -> list[str]:
                lines = ctx.workspace.visit_reports.of_campaign(campaign_id)
                return [one.id for one in lines if (one.carrier_id or "") == carrier_id]

            self._bench.operations.query(
                self._page, visits, success=lambda ids: self.set_days(ids, day, a_day)
            )

        ask.chosen.connect(chosen)
        ask.open()

    def set_days(self, visit_ids: Sequence[str], day: date, a_day: int | None) -> None:
        """Set the days of visits, in their order."""
        from landsteward.app.campaign_visits import set_days

        def work(ctx: Context, progress: Progress) -> VisitsArranged:
            return set_days(ctx, visit_ids=visit_ids, first=day, a_day=a_day, told=progress)

        def done(arranged: VisitsArranged) -> None:
            count = f"{len(arranged.before):,}"
            self._arranged(tr("{count} visits have their day.", count=count), arranged)

        self._run(work, done, tr("Setting days…"))

    def ask_inspectors(self, visit_ids: Sequence[str], now: Sequence[str] = ()) -> None:
        """Ask who makes these visits."""

        def ask(members: list[Member]) -> None:
            from ui.pages.campaigns.asks import AskInspectors

            able = [
                one for one in members if one.person.active and may(one.person.role, Action.CHECK)
            ]
            dialog = AskInspectors(self._page, able, now=now)
            dialog.chosen.connect(lambda people: self.assign(visit_ids, people))
            dialog.open()

        self._bench.operations.query(self._page, list_members, success=ask)

    def assign(self, visit_ids: Sequence[str], people: Sequence[str]) -> None:
        """Say who makes these visits."""
        from landsteward.app.campaign_visits import assign_inspectors

        def work(ctx: Context, progress: Progress) -> VisitsArranged:
            return assign_inspectors(ctx, visit_ids=visit_ids, inspector_ids=people, told=progress)

        def done(arranged: VisitsArranged) -> None:
            count = f"{len(arranged.before):,}"
            self._arranged(tr("{count} visits have their inspectors.", count=count), arranged)

        self._run(work, done, tr("Assigning…"))

    def _arranged(self, text: str, arranged: VisitsArranged) -> None:
        if arranged.begun:
            text += " " + tr("{count} have begun and stay.", count=f"{arranged.begun:,}")
        undo: list[Next] = []
        if arranged.before:
            undo = [(tr("Undo"), lambda: self._take_back(arranged))]
        self.line.say(text, "caution" if arranged.begun else "good", *undo)

    def _take_back(self, arranged: VisitsArranged) -> None:
        from landsteward.app.campaign_visits import undo_arrangement

        def work(ctx: Context, progress: Progress) -> VisitsArranged:
            return undo_arrangement(ctx, arranged=arranged, told=progress)

        def done(undone: VisitsArranged) -> None:
            count = f"{len(undone.before):,}"
            self.line.say(tr("Undone: {count} visits are as they were.", count=count), "good")

        self._run(work, done, tr("Undoing…"))

    def remove(self, visit_ids: Sequence[str]) -> None:
        """Take visits out of their campaign."""
        from landsteward.app.campaign_visits import bring_visits_back, remove_visits

        def work(ctx: Context, progress: Progress) -> VisitsRemoved:
            return remove_visits(ctx, visit_ids=visit_ids, told=progress)

        def back(removed: VisitsRemoved) -> None:
            self._bench.operations.change(
                self._page,
                lambda ctx: bring_visits_back(ctx, removed=removed),
                success=lambda _nothing: self.line.settle(),
            )

        def done(removed: VisitsRemoved) -> None:
            text = tr("{count} visits were taken out.", count=f"{len(removed.visit_ids):,}")
            if removed.begun:
                text += " " + tr("{count} have begun and stay.", count=f"{removed.begun:,}")
            undo: list[Next] = []
            if removed.visit_ids:
                undo = [(tr("Undo"), lambda: back(removed))]
            self.line.say(text, "caution" if removed.begun else "good", *undo)

        self._run(work, done, tr("Taking visits out…"))

    def draw(self, proposals: Sequence[JointProposal]) -> None:
        """Draw visits together as they were shown."""
        from landsteward.app.campaign_joint import draw_together

        def work(ctx: Context, progress: Progress) -> DrawnTogether:
            return draw_together(ctx, proposals=proposals, told=progress)

        def done(drawn: DrawnTogether) -> None:
            text = tr(
                "{count} enterprises are visited once; {saved} visits were saved.",
                count=f"{len(drawn.host_ids):,}",
                saved=f"{drawn.visits:,}",
            )
            self.line.say(text, "good", (tr("Undo"), lambda: self.part(drawn.host_ids)))

        self._run(work, done, tr("Drawing visits together…"))

    def part(self, visit_ids: Sequence[str]) -> None:
        """Part joint visits again."""
        from landsteward.app.campaign_joint import take_apart

        def work(ctx: Context, progress: Progress) -> list[str]:
            return take_apart(ctx, visit_ids=visit_ids, told=progress)

        def done(free: list[str]) -> None:
            count = f"{len(free):,}"
            if free:
                self.line.say(tr("{count} visits stand for themselves again.", count=count), "good")
            else:
                self.line.say(tr("None of them is a joint visit."), "caution")

        self._run(work, done, tr("Taking joint visits apart…"))

    def _run(
        self,
        work: Callable[[Context, Progress], _Result],
        done: Callable[[_Result], None],
        doing: str,
    ) -> None:
        running = self._bench.operations.long_change(
            self._page,
            work,
            success=done,
            failure=self._failed,
            progressed=self.line.progressed,
            stopped=self._stopped,
        )
        self.line.working(doing, running.cancel)

    def _failed(self, error: KnownError) -> None:
        self.line.say(words_of(error), "caution")

    def _stopped(self) -> None:
        self.line.say(tr("Stopped; nothing was changed."), "caution")
