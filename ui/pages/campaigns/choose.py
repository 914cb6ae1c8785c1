"""Choosing enterprises: from the register by filter, or by a list of names and credit codes."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from landsteward.app.campaign_visits import EnterprisesAdded, VisitsRemoved
from landsteward.app.campaigns import living_campaign
from landsteward.app.context import Context
from landsteward.app.language import tr
from landsteward.app.views import Facet
from landsteward.app.visit_caps import CapView, cap_if_visited
from ui.choosing.chooser import EnterpriseChooser
from ui.operations import Progress, Work
from ui.pages.campaigns.too_often import TooOftenDialog
from ui.widgets.basics import ElidedLabel, button, column, show_if
from ui.widgets.outcome import Next, OutcomeLine
from ui.widgets.signs import words_of
from ui.workbench import Workbench

_LOOK_AFTER_MS = 250
_MOST_LOOKED_AT = 5000
"""Of more chosen enterprises the cap is told once they are in the campaign."""


class ChoosePanel(QWidget):
    """`added`: enterprises came into the campaign."""

    added = Signal()

    def __init__(self, bench: Workbench, campaign_id: str, line: OutcomeLine) -> None:
        super().__init__()
        self._bench = bench
        self._campaign_id = campaign_id
        self._line = line
        self._looking: Work | None = None
        self.cap = CapView(warnings=(), names={})
        self._chosen: list[str] = []
        self.warning = ElidedLabel("", "caution")
        self.which = button(tr("Which visits count"), "link", self._show_cap)
        self.leave_out = button(tr("Leave these out"), "link", self._add_without, changing=True)
        self.chooser = EnterpriseChooser(
            bench,
            self.add,
            name="campaign-choose",
            kept_as=campaign_id,
            # What is in the campaign already need not be chosen; the chip shows it again.
            chosen={Facet.NOT_IN: (campaign_id,)},
            said=(self.warning, self.which, self.leave_out),
        )
        self.register, self.tabs = self.chooser.register, self.chooser.tabs
        self.names = self.chooser.names
        self.add_chosen, self.add_all = self.chooser.add_chosen, self.chooser.add_all
        self.setLayout(column(self.chooser))
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_LOOK_AFTER_MS)
        self._soon.timeout.connect(self._look_at_cap)
        self.chooser.selected.connect(self._selected)
        self._selected()

    def refresh(self) -> None:
        """Ask for the register again."""
        self.chooser.refresh()

    def _selected(self) -> None:
        self._chosen = self.chooser.ids
        self._say_cap(CapView(warnings=(), names={}))
        if 0 < len(self._chosen) <= _MOST_LOOKED_AT:
            self._soon.start()

    def _look_at_cap(self) -> None:
        ids, campaign_id = self._chosen, self._campaign_id

        def look(ctx: Context) -> CapView:
            campaign = living_campaign(ctx, campaign_id=campaign_id)
            known = {
                one.enterprise_id for one in ctx.workspace.visits.where(campaign_id=campaign_id)
            }
            return cap_if_visited(
                ctx,
                enterprise_ids=[one for one in ids if one not in known],
                departments=campaign.departments,
                year=campaign.year,
            )

        if self._looking is not None:
            self._looking.cancel()
        self._looking = self._bench.operations.query(
            self, look, success=self._say_cap, failure=lambda _error: None
        )

    def _say_cap(self, cap: CapView) -> None:
        self.cap = cap
        count = len(cap.enterprise_ids)
        self.warning.setText(
            tr("{count} would be visited more often than the cap.", count=f"{count:,}")
            if count
            else ""
        )
        show_if(self.which, bool(count))
        show_if(self.leave_out, 0 < count < len(self._chosen))

    def _show_cap(self) -> None:
        TooOftenDialog(self._bench, self, self.cap).open()

    def _add_without(self) -> None:
        left_out = set(self.cap.enterprise_ids)
        self.add([one for one in self._chosen if one not in left_out])

    def add(self, ids: list[str]) -> None:
        """Choose these enterprises, and say what came of it."""
        from landsteward.app.campaign_visits import add_enterprises

        campaign_id = self._campaign_id

        def work(ctx: Context, progress: Progress) -> EnterprisesAdded:
            return add_enterprises(ctx, campaign_id=campaign_id, enterprise_ids=ids, told=progress)

        running = self._bench.operations.long_change(
            self,
            work,
            success=self._added,
            failure=lambda error: self._line.say(words_of(error), "caution"),
            progressed=self._line.progressed,
            stopped=lambda: self._line.say(tr("Stopped; nothing was changed."), "caution"),
        )
        self._line.working(tr("Choosing enterprises…"), running.cancel)

    def _added(self, added: EnterprisesAdded) -> None:
        text = tr("{count} enterprises added.", count=f"{added.enterprises:,}")
        if added.known:
            text += " " + tr("{count} were there already.", count=f"{added.known:,}")
        following: list[Next] = []
        if added.visit_ids:
            following.append((tr("Undo"), lambda: self._take_back(added)))
        self._line.say(text, "good", *following)
        self.chooser.settle()
        self.added.emit()

    def _take_back(self, added: EnterprisesAdded) -> None:
        from landsteward.app.campaign_visits import remove_visits

        def work(ctx: Context, progress: Progress) -> VisitsRemoved:
            return remove_visits(ctx, visit_ids=added.visit_ids, told=progress)

        running = self._bench.operations.long_change(
            self,
            work,
            success=lambda removed: self._line.say(
                tr("{count} visits were taken out.", count=f"{len(removed.visit_ids):,}"), "good"
            ),
            progressed=self._line.progressed,
        )
        self._line.working(tr("Undoing…"), running.cancel)
