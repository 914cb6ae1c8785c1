"""发起批次: what is chosen in the register's list becomes a campaign, or goes into one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from landsteward.app.campaign_visits import EnterprisesAdded, add_enterprises
from landsteward.app.campaigns import next_name, plan_campaign
from landsteward.app.context import Context
from landsteward.app.language import tr
from landsteward.domain.campaigns import Campaign
from landsteward.domain.states import CampaignState
from ui.operations import Progress
from ui.widgets.outcome import OutcomeLine
from ui.widgets.signs import words_of
from ui.workbench import Place, Workbench


class ToCampaign:
    """Asks which campaign, and brings the enterprises there."""

    def __init__(self, bench: Workbench, page: QWidget, line: OutcomeLine) -> None:
        self._bench = bench
        self._page = page
        self._line = line

    def offer(self, chosen: Sequence[str], shown: Sequence[str], under: QWidget) -> None:
        """Offer a new campaign and those in preparation or under way, for the rows chosen and for
        all that are shown.
        """

        def living(ctx: Context) -> list[Campaign]:
            found = ctx.workspace.campaigns.where()
            return [one for one in found if one.state is not CampaignState.ENDED]

        def show(campaigns: list[Campaign]) -> None:
            menu = QMenu(self._page)
            menu.aboutToHide.connect(menu.deleteLater)
            if chosen:
                words = tr("The {count} selected", count=f"{len(chosen):,}")
                self._add_to(menu, words, chosen, campaigns)
            words = tr("All {count} shown", count=f"{len(shown):,}")
            self._add_to(menu, words, shown, campaigns)
            menu.popup(under.mapToGlobal(QPoint(0, under.height())))

        self._bench.operations.query(self._page, living, success=show)

    def _add_to(
        self, menu: QMenu, words: str, ids: Sequence[str], campaigns: Sequence[Campaign]
    ) -> None:
        menu.addSection(words)
        new = menu.addAction(tr("{what}: new campaign…", what=words))
        new.triggered.connect(partial(self._ask_name, ids))
        for one in campaigns:
            into = menu.addAction(tr("{what}: into {name}", what=words, name=one.name))
            into.triggered.connect(partial(self.add, ids, one.id))

    def _ask_name(self, ids: Sequence[str], _checked: bool = False) -> None:
        def ask(name: str) -> None:
            from ui.dialogs.ask import AskName

            dialog = AskName(self._page, tr("New campaign"), tr("Name of the campaign"))
            dialog.name.set_value(name)
            dialog.name.line.selectAll()
            dialog.named.connect(partial(self.plan, ids))
            dialog.open()

        self._bench.operations.query(self._page, next_name, success=ask)

    def plan(self, ids: Sequence[str], name: str) -> None:
        """A new campaign of these enterprises."""

        def work(ctx: Context, progress: Progress) -> tuple[Campaign, EnterprisesAdded]:
            with ctx.change():
                campaign = plan_campaign(ctx, name=name)
                added = add_enterprises(
                    ctx, campaign_id=campaign.id, enterprise_ids=ids, told=progress
                )
            return campaign, added

        running = self._bench.operations.long_change(
            self._page,
            work,
            success=lambda done: self._go(done[0].id, "overview"),
            failure=lambda error: self._line.say(words_of(error), "caution"),
            progressed=self._line.progressed,
            stopped=self._stopped,
        )
        self._line.working(tr("Choosing enterprises…"), running.cancel)

    def add(self, ids: Sequence[str], campaign_id: str, _checked: bool = False) -> None:
        """These enterprises into a campaign that is there."""

        def work(ctx: Context, progress: Progress) -> EnterprisesAdded:
            return add_enterprises(ctx, campaign_id=campaign_id, enterprise_ids=ids, told=progress)

        def done(added: EnterprisesAdded) -> None:
            text = tr("{count} enterprises added.", count=f"{added.enterprises:,}")
            if added.known:
                text += " " + tr("{count} were there already.", count=f"{added.known:,}")
            go = partial(self._go, campaign_id, "visits")
            self._line.say(text, "good", (tr("To the campaign"), go))

        running = self._bench.operations.long_change(
            self._page,
            work,
            success=done,
            failure=lambda error: self._line.say(words_of(error), "caution"),
            progressed=self._line.progressed,
            stopped=self._stopped,
        )
        self._line.working(tr("Choosing enterprises…"), running.cancel)

    def _go(self, campaign_id: str, step: str) -> None:
        self._line.settle()
        self._bench.go(Place("campaign", campaign_id, step))

    def _stopped(self) -> None:
        self._line.say(tr("Stopped; nothing was changed."), "caution")
