"""A firm's contracts, the newest first; each leads to its page."""

from datetime import date
from functools import partial

from PySide6.QtWidgets import QFrame, QPushButton

from landsteward.app.firms import EngagementCard, FirmSheet
from landsteward.app.language import tr
from ui import formats
from ui.firms import words
from ui.widgets.basics import Card, ElidedLabel, box, button, clear, column, label, row, scrolled
from ui.widgets.signs import Badge, EmptyState
from ui.workbench import Place, Workbench


class ContractsPanel(Card):
    """One row a contract: its number, days, fee, for how many, and who else is engaged for them."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(margin=0, gap=0)
        self._bench = bench
        self._shown: tuple[EngagementCard, ...] | None = None
        self.links: dict[str, QPushButton] = {}
        self._list = column(gap=0)
        self.nothing = EmptyState(
            tr("Not engaged yet"),
            tr("A contract says for which enterprises the firm works, from when to when."),
        )
        self.add(self.nothing)
        self.add(scrolled(box(column(self._list, 1, gap=0))), 1)

    def present(self, sheet: FirmSheet) -> None:
        """Show the contracts of a firm."""
        if sheet.engagements == self._shown:
            return
        self._shown = sheet.engagements
        self.nothing.setVisible(not sheet.engagements)
        clear(self._list)
        self.links = {}
        today = self._bench.services.clock.today()
        for card in sheet.engagements:
            self._list.addWidget(self._row(card, today))

    def _row(self, card: EngagementCard, today: date) -> QFrame:
        one = card.engagement
        made = QFrame()
        made.setProperty("role", "row")
        name = button(
            one.contract_no or tr("Contract without a number"),
            "link",
            partial(self._bench.go, Place("engagement", one.id)),
        )
        self.links[one.id] = name
        facts = [card.carrier, words.days(one)]
        if one.fee_wan is not None:
            facts.append(f"{formats.exact(one.fee_wan)} 万元")
        facts.append(words.covered(card))
        first = row(name, Badge(*words.engagement_state(one, today)), gap=8)
        first.addWidget(ElidedLabel(" · ".join(facts), "dim"), 1)
        held = column(first, gap=2)
        if one.scope:
            held.addWidget(ElidedLabel(one.scope, "dim"))
        if one.end_reason:
            held.addWidget(label(tr("Ended because: {reason}", reason=one.end_reason), wrap=True))
        for text in words.overlapping(card.overlaps):
            held.addWidget(label(text, "caution", wrap=True))
        held.setContentsMargins(14, 8, 14, 8)
        made.setLayout(held)
        return made
