"""One way out of one finding: chosen or not, why it stands as it does, and how it goes."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QCheckBox, QPushButton, QWidget

from landsteward.app.chosen_ways import choose_way, explain_choice, unchoose_way
from landsteward.app.context import Context
from landsteward.app.language import localised, tr
from landsteward.app.ways_out import WaysOut
from landsteward.domain.chosen_ways import ChosenWay, ReasonKind, WayReason, WayState
from landsteward.domain.ways.judging import WayOut
from ui import theme
from ui.pages.case import way_words as words
from ui.pages.case.way_reason import HowItGoes, ReasonPanel
from ui.pages.case.work import CaseWork
from ui.widgets.basics import box, button, changes, clear, column, label, row, show_if
from ui.widgets.fields import NoteField
from ui.widgets.flow import FlowLayout
from ui.widgets.forms import keep
from ui.widgets.signs import Badge

_HOW, _MET = "how", "met"
"""What may be open under a way beside one of its conditions."""


class WayLine(QWidget):
    """A way with a tick, its reasons as chips, and what opens under them.

    `chosen` is None in a place where ways are only looked at.
    """

    def __init__(self, work: CaseWork, alternative_id: str, finding_id: str, way: str) -> None:
        super().__init__()
        self._work = work
        self._alternative_id = alternative_id
        self._finding_id = finding_id
        self._way = way
        self._shown: tuple[WayOut, ChosenWay | None, WayState, bool] | None = None
        self._ways: WaysOut | None = None
        self._chosen: ChosenWay | None = None
        self._open = ""
        self.tick = changes(QCheckBox())
        self.tick.clicked.connect(self._ticked)
        self.name = label("", wrap=True)
        self.since = Badge()
        self.how = button(tr("How it goes"), "link", lambda: self._toggle(_HOW))
        self.chips: dict[str, QPushButton] = {}
        self.panels: list[ReasonPanel] = []
        self._chips = FlowLayout(gap=6)
        self._under = column(gap=0)
        self.why = NoteField(tr("Why it is chosen nevertheless (required; it is printed)"), rows=1)
        keep(self.why, work.bench.operations, self._keep_why)
        inside = column(box(self._chips), self._under, self.why, gap=6)
        inside.setContentsMargins(theme.current().px(26), 0, 0, 0)
        head = row(self.tick, self.name, self.since, self.how, gap=8)
        head.setStretch(1, 1)
        self.setLayout(column(head, inside, gap=4))

    def present(
        self,
        ways: WaysOut,
        way: WayOut,
        chosen: ChosenWay | None,
        *,
        today: WayState,
        fixed: bool,
    ) -> None:
        """Show a way. One that was chosen also says how it stood then; handed in, how `today`."""
        self._ways, self._chosen = ways, chosen
        if self._shown == (way, chosen, today, fixed):
            return
        self._shown = (way, chosen, today, fixed)
        self.name.setText(localised(way.path.name, way.path.name_en))
        self.tick.setAccessibleName(self.name.text())
        self.tick.setChecked(chosen is not None)
        self.tick.setEnabled(not fixed)
        show_if(self.tick, bool(self._alternative_id))
        self.since.show_word(_since(way, chosen, today), "caution")
        asks = chosen is not None and (
            chosen.needs_why or way.state is not WayState.OPEN or bool(chosen.why)
        )
        self.why.setVisible(asks)
        self.why.set_value(chosen.why if chosen is not None else "")
        self.why.set_read_only(fixed)
        self._show_chips(way)
        self._show_open(way)

    def _show_chips(self, way: WayOut) -> None:
        clear(self._chips)
        self.chips = {}
        for reason in _in_order(way):
            self._chip(
                reason.condition,
                words.sign(reason),
                words.kind_tone(reason.kind),
                words.kind(reason.kind),
            )
        met = len(way.of_kind(ReasonKind.MET))
        if met:
            self._chip(_MET, tr("✓ {count} met", count=met), "good", words.kind(ReasonKind.MET))

    def _chip(self, key: str, text: str, tone: str, hint: str) -> None:
        made = button(text, "reason", partial(self._toggle, key), hint=hint)
        made.setCheckable(True)
        made.setProperty("tone", tone)
        self.chips[key] = made
        self._chips.addWidget(made)

    def _show_open(self, way: WayOut) -> None:
        for key, chip in self.chips.items():
            chip.setChecked(key == self._open)
        ways = self._ways
        if ways is None:
            return
        reasons = [
            one
            for one in way.reasons
            if one.condition == self._open or (self._open == _MET and one.kind is ReasonKind.MET)
        ]
        if reasons and [one.condition for one in reasons] == [one.condition for one in self.panels]:
            for panel, reason in zip(self.panels, reasons, strict=True):
                panel.present(ways, reason)
            return
        clear(self._under)
        answers = bool(self._alternative_id)
        self.panels = [ReasonPanel(self._work, ways, one, may_answer=answers) for one in reasons]
        for panel in self.panels:
            self._under.addWidget(panel)
        if self._open == _HOW:
            self._under.addWidget(HowItGoes(way))

    def _toggle(self, key: str) -> None:
        self._open = "" if self._open == key else key
        if self._shown is not None:
            self._show_open(self._shown[0])

    def _ticked(self) -> None:
        if self._chosen is None:
            choose = partial(_choose, self._alternative_id, self._finding_id, self._way)
            self._work.change(self, choose)
        else:
            self._work.change(self, partial(_unchoose, self._chosen.id))

    def _keep_why(self, ctx: Context, why: Any) -> ChosenWay | None:
        chosen = self._chosen
        return explain_choice(ctx, chosen_id=chosen.id, why=why) if chosen is not None else None


def _since(way: WayOut, chosen: ChosenWay | None, today: WayState) -> str:
    """That it stood otherwise when it was chosen, or stands otherwise today."""
    if chosen is None:
        return ""
    if today is not way.state:
        return tr("today: {state}", state=words.state(today))
    if chosen.state is not way.state:
        return tr("when chosen: {state}", state=words.state(chosen.state))
    return ""


def _choose(alternative_id: str, finding_id: str, way: str, ctx: Context) -> object:
    return choose_way(ctx, alternative_id=alternative_id, finding_id=finding_id, way=way)


def _unchoose(chosen_id: str, ctx: Context) -> None:
    unchoose_way(ctx, chosen_id=chosen_id)


def _in_order(way: WayOut) -> list[WayReason]:
    """What is not met: what bars first, then what is to be done, then what is to be found out."""
    order = (ReasonKind.BARRED, ReasonKind.TO_MEET, ReasonKind.UNKNOWN)
    return [reason for kind in order for reason in way.of_kind(kind)]
