"""What the register's lists do to the chosen rows: a carrier for all, a case for each."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from landsteward.app.context import Context
from landsteward.app.language import tr
from ui.operations import Progress
from ui.widgets.outcome import Next, OutcomeLine
from ui.workbench import Place, Workbench

if TYPE_CHECKING:
    from landsteward.app.bulk_actions import CarrierAssigned, CasesOpened
    from landsteward.app.views import ListKind
    from landsteward.domain.organisations import Organisation


class BulkActions:
    """Asks, does it in the background, and says on one line what came of it."""

    def __init__(self, bench: Workbench, page: QWidget, line: OutcomeLine) -> None:
        self._bench = bench
        self._page = page
        self.line = line

    def choose_carrier(self, kind: ListKind, ids: list[str], under: QWidget) -> None:
        """Offer the carriers under a button, and put the rows under the one that is chosen."""
        from landsteward.domain.states import OrganisationKind

        def carriers(ctx: Context) -> list[Organisation]:
            return ctx.workspace.organisations.where(kind=OrganisationKind.CARRIER)

        def offer(found: list[Organisation]) -> None:
            menu = QMenu(self._page)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            for one in sorted(found, key=lambda carrier: (carrier.code or "~", carrier.name)):
                menu.addAction(one.name).triggered.connect(partial(self._assign, kind, ids, one.id))
            if not found:
                menu.addAction(tr("No carrier is known yet: add one in the settings.")).setEnabled(
                    False
                )
            menu.addSeparator()
            menu.addAction(tr("No carrier")).triggered.connect(
                partial(self._assign, kind, ids, None)
            )
            menu.popup(under.mapToGlobal(QPoint(0, under.height())))

        self._bench.operations.query(self._page, carriers, success=offer)

    def _assign(
        self, kind: ListKind, ids: list[str], carrier_id: str | None, _checked: bool = False
    ) -> None:
        self.assign(kind, ids, carrier_id)

    def assign(self, kind: ListKind, ids: list[str], carrier_id: str | None) -> None:
        """Put these rows under a carrier; it can be undone from the line that tells of it."""
        from landsteward.app.bulk_actions import assign_carrier

        def work(ctx: Context, progress: Progress) -> CarrierAssigned:
            return assign_carrier(ctx, kind=kind, ids=ids, carrier_id=carrier_id, told=progress)

        def done(assigned: CarrierAssigned) -> None:
            count = f"{len(assigned.before):,}"
            if assigned.carrier is None:
                text = tr("{count} rows have no carrier any more.", count=count)
            else:
                text = tr(
                    "{count} rows now belong to {name}.", count=count, name=assigned.carrier.name
                )
            undo: list[Next] = []
            if assigned.before:
                undo = [(tr("Undo"), lambda: self._take_back(assigned))]
            self.line.say(text, "good", *undo)

        running = self._bench.operations.long_change(
            self._page,
            work,
            success=done,
            progressed=self.line.progressed,
            stopped=self._stopped,
        )
        self.line.working(tr("Assigning the carrier…"), running.cancel)

    def _take_back(self, assigned: CarrierAssigned) -> None:
        from landsteward.app.bulk_actions import undo_assignment

        def work(ctx: Context, progress: Progress) -> int:
            return undo_assignment(ctx, assigned=assigned, told=progress)

        def done(count: int) -> None:
            self.line.say(
                tr("Undone: {count} rows stand where they stood.", count=f"{count:,}"), "good"
            )

        running = self._bench.operations.long_change(
            self._page, work, success=done, progressed=self.line.progressed, stopped=self._stopped
        )
        self.line.working(tr("Undoing…"), running.cancel)

    def start_cases(self, kind: ListKind, ids: list[str]) -> None:
        """Ask first, then open a case for each."""
        from ui.dialogs.ask import AskFirst

        AskFirst(
            self._page,
            title=tr("Start a checkup for {count}?", count=f"{len(ids):,}"),
            text=tr(
                "Each gets a case with a number of its own. Where one is under way already, "
                "nothing is done, and you are told."
            ),
            yes=tr("Open the cases"),
            run=lambda: self.open_cases(kind, ids),
            look="primary",
        ).open()

    def open_cases(self, kind: ListKind, ids: list[str]) -> None:
        """Open a case for each, and say what was done and what was refused."""
        from landsteward.app.bulk_actions import open_cases

        def work(ctx: Context, progress: Progress) -> CasesOpened:
            return open_cases(ctx, kind=kind, ids=ids, told=progress)

        def done(cases: CasesOpened) -> None:
            following: list[Next] = []
            if cases.opened:
                following.append(
                    (
                        tr("To the cases"),
                        lambda: self._bench.go(Place("checkups", "", "registered")),
                    )
                )
            text = tr("{count} cases opened.", count=f"{len(cases.opened):,}")
            if cases.refused:
                text += " " + tr("{count} were refused.", count=f"{len(cases.refused):,}")
                following.append((tr("Why"), lambda: self._show_refused(cases)))
            self.line.say(text, "caution" if cases.refused else "good", *following)

        running = self._bench.operations.long_change(
            self._page,
            work,
            success=done,
            progressed=self.line.progressed,
            stopped=self._stopped,
        )
        self.line.working(tr("Opening cases…"), running.cancel)

    def _show_refused(self, cases: CasesOpened) -> None:
        from ui.dialogs.not_opened import NotOpenedDialog

        NotOpenedDialog(self._page, cases.refused).open()

    def _stopped(self) -> None:
        self.line.say(tr("Stopped; nothing was changed."), "caution")
