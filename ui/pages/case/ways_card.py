"""The ways out of a plan's findings: open, open if, barred; chosen with a reason where needed."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QButtonGroup, QPushButton, QVBoxLayout

from landsteward.app.language import tr
from landsteward.app.ways_out import WaysOut
from landsteward.domain.chosen_ways import ChosenWay, WayState
from landsteward.domain.ways.judging import WayOut
from ui.pages.case import way_words as words
from ui.pages.case.way_line import WayLine
from ui.pages.case.work import CaseWork
from ui.widgets.basics import Card, box, button, clear, label, row, show_if
from ui.widgets.flow import FlowLayout
from ui.widgets.signs import Badge


class WaysCard(Card):
    """One finding at a time; its ways in three groups, and those the pack names for others.

    Without an alternative's key the ways are only looked at.
    """

    def __init__(self, work: CaseWork, alternative_id: str = "") -> None:
        super().__init__(tr("Ways out"), margin=16, gap=10)
        self._work = work
        self._alternative_id = alternative_id
        self._ways: tuple[WaysOut, ...] = ()
        self._chosen: tuple[ChosenWay, ...] = ()
        self._fixed = False
        self._finding = ""
        self._further = False
        self.count = label("", "dim")
        self.head.addWidget(self.count)
        self.findings: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._flow = FlowLayout(gap=6)
        self._tabs = box(self._flow)
        self.add(self._tabs)
        self.lines: dict[str, WayLine] = {}
        self._groups = QVBoxLayout()
        self._groups.setSpacing(10)
        self.add(self._groups)
        self.further = button("", "link", self._toggle_further)
        self.add(row(self.further, 1))
        self._order: tuple[object, ...] = ()
        self._laid_out = ""

    def present(self, ways: Sequence[WaysOut], chosen: Sequence[ChosenWay], *, fixed: bool) -> None:
        """Show the ways of these findings, and which of them are chosen."""
        self._ways, self._chosen, self._fixed = tuple(ways), tuple(chosen), fixed
        keys = [one.finding.id for one in ways]
        if self._finding not in keys:
            self._finding = keys[0] if keys else ""
        self.count.setText(tr("{count} chosen", count=len(chosen)) if self._alternative_id else "")
        self._show_findings()
        self._show_ways()

    def select(self, finding_id: str) -> None:
        """Show the ways of another finding."""
        self._finding = finding_id
        self._show_findings()
        self._show_ways()

    def _show_findings(self) -> None:
        keys = [one.finding.id for one in self._ways]
        if keys != list(self.findings):
            clear(self._flow)
            self.findings = {}
            for key in keys:
                made = button("", "segment", partial(self.select, key))
                made.setCheckable(True)
                self._group.addButton(made)
                self._flow.addWidget(made)
                self.findings[key] = made
        for one in self._ways:
            made = self.findings[one.finding.id]
            count = sum(way.finding_id == one.finding.id for way in self._chosen)
            name = f"{one.finding.finding_no}  {one.finding.title}"
            made.setText(f"{name}  ✓ {count}" if count else name)
            made.setChecked(one.finding.id == self._finding)
        show_if(self._tabs, len(keys) > 1)

    def _show_ways(self) -> None:
        ways = next((one for one in self._ways if one.finding.id == self._finding), None)
        if ways is None:
            clear(self._groups)
            self._order, self.lines = (), {}
            self.further.hide()
            return
        chosen = {one.way: one for one in self._chosen if one.finding_id == self._finding}
        today = {way.path.key: way.state for way in ways.ways}
        grouped = self._grouped(ways, chosen)
        order = (
            self._finding,
            tuple((state, tuple(w.path.key for w in of)) for state, of in grouped),
        )
        if order != self._order:
            self._order = order
            self._lay_out(grouped)
        for _state, of in grouped:
            for way in of:
                key = way.path.key
                self.lines[key].present(
                    ways, way, chosen.get(key), today=today[key], fixed=self._fixed
                )
        hidden = sum(not way.fits and way.path.key not in chosen for way in ways.ways)
        show_if(self.further, bool(hidden) and not self._fixed)
        self.further.setText(
            tr("Only those for such a finding")
            if self._further
            else tr("{count} further ways, not meant for such a finding", count=hidden)
        )

    def _grouped(
        self, ways: WaysOut, chosen: dict[str, ChosenWay]
    ) -> list[tuple[WayState, list[WayOut]]]:
        """While a plan is written as they stand today; of one handed in the chosen, as then."""
        if self._fixed:
            shown = [
                replace(way, state=kept.state, reasons=kept.reasons)
                for way in ways.ways
                if (kept := chosen.get(way.path.key)) is not None
            ]
        else:
            shown = [
                way for way in ways.ways if way.fits or self._further or way.path.key in chosen
            ]
        found = [(state, [way for way in shown if way.state is state]) for state in WayState]
        return [(state, of) for state, of in found if of]

    def _lay_out(self, grouped: list[tuple[WayState, list[WayOut]]]) -> None:
        """Lines stay the same ones where they move: somebody may be typing in them."""
        old = self.lines if self._laid_out == self._finding else {}
        for kept in old.values():
            self._groups.removeWidget(kept)
        clear(self._groups)
        self.lines, self._laid_out = {}, self._finding
        for state, of in grouped:
            sign = Badge(words.state(state), words.state_tone(state))
            self._groups.addLayout(row(sign, label(str(len(of)), "dim"), 1))
            for way in of:
                key = way.path.key
                made = old.pop(key, None) or WayLine(
                    self._work, self._alternative_id, self._finding, key
                )
                self.lines[key] = made
                self._groups.addWidget(made)
        for gone in old.values():
            gone.hide()
            gone.deleteLater()

    def _toggle_further(self) -> None:
        self._further = not self._further
        self._show_ways()
