"""One plot beside the table: drawn, what is said of it, and which parcel it is for."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from landsteward.app.boundaries_matching import PlotChoice, Verdict
from landsteward.app.boundaries_review import Claim, PlotReview
from landsteward.app.language import render, tr
from landsteward.app.views import Hit
from landsteward.domain.boundary_remarks import is_fault, worded
from landsteward.domain.register import Parcel
from ui import formats, theme
from ui.pages.boundaries.plots import mark_word
from ui.pages.register.boundary_plan import BoundaryPlan
from ui.shell.search import SearchBox
from ui.widgets.basics import Card, box, button, clear, column, label, row, selectable
from ui.workbench import Workbench

_MOST = 6


class PlotDetail(Card):
    """Shows one plot. `decided` carries a `PlotChoice`, None to leave it to the numbers again."""

    decided = Signal(object)

    def __init__(self, bench: Workbench, over: QWidget) -> None:
        super().__init__(margin=12, gap=8)
        look = theme.current()
        self.plan = BoundaryPlan()
        self.plan.setMinimumHeight(look.px(150))
        self.name = selectable("", "heading")
        self.search = SearchBox(
            bench.operations, over, hint=tr("Another parcel: name or number…"), kinds=("parcel",)
        )
        self.search.found.connect(self._found)
        self.new = button(tr("Make a new parcel"), "small", partial(self._say, Verdict.NEW))
        self.leave = button(tr("Leave out"), "small", partial(self._say, Verdict.LEAVE))
        self.undo = button(tr("As the file says"), "link", partial(self.decided.emit, None))
        self._facts = column(gap=2)
        self._candidates = column(gap=4)
        self.choosing = box(
            column(
                label(tr("Which parcel it is for"), "label"),
                self._candidates,
                self.search,
                row(self.new, self.leave, 1, gap=6),
                row(self.undo, 1),
                gap=6,
            )
        )
        self.add(self.name)
        self.add(self.plan, 1)
        self.add(self._facts)
        self.add(self.choosing)
        self.body.addStretch(0)
        self.setFixedWidth(look.px(300))
        self.hide()

    def show_plot(
        self, one: PlotReview | None, claims: Sequence[Claim], choice: PlotChoice | None
    ) -> None:
        """Show this plot, and what was chosen for it; None hides it all."""
        self.setVisible(one is not None)
        if one is None:
            return
        self.name.setText(one.plot.label or tr("Plot {row}", row=one.plot.row))
        self.plan.setVisible(one.boundary is not None)
        self.body.setStretch(self.body.count() - 1, 0 if one.boundary is not None else 1)
        if one.boundary is not None:
            self.plan.show_boundary(one.boundary)
        clear(self._facts)
        for text, role in _facts(one, claims):
            self._facts.addWidget(label(text, role, wrap=True))
        self.choosing.setVisible(one.plot.shape is not None)
        clear(self._candidates)
        for parcel in one.candidates[:_MOST]:
            self._candidates.addWidget(self._candidate(parcel, one))
        if len(one.candidates) > _MOST:
            more = tr("and {count} more", count=len(one.candidates) - _MOST)
            self._candidates.addWidget(label(more, "dim"))
        self.undo.setVisible(choice is not None)

    def _candidate(self, parcel: Parcel, one: PlotReview) -> QWidget:
        words = " · ".join(
            part for part in (parcel.name, parcel.electronic_no or "", parcel.location) if part
        )
        chosen = button(words, "side", partial(self._choose, parcel.id))
        chosen.setCheckable(True)
        chosen.setChecked(one.parcel is not None and one.parcel.id == parcel.id)
        chosen.setToolTip(words)
        return chosen

    def _found(self, hit: Hit) -> None:
        self._choose(hit.id)

    def _choose(self, parcel_id: str) -> None:
        self.decided.emit(PlotChoice(verdict=Verdict.PARCEL, parcel_id=parcel_id))

    def _say(self, verdict: Verdict) -> None:
        self.decided.emit(PlotChoice(verdict=verdict))


def _facts(one: PlotReview, claims: Sequence[Claim]) -> list[tuple[str, str]]:
    """Sentences with their roles."""
    found: list[tuple[str, str]] = []
    if one.parcel is not None:
        found.append(
            (
                tr("For {parcel}, {how}", parcel=one.parcel.name, how=mark_word(one.mark)),
                "",
            )
        )
    found += [(render(note.reason), "caution") for note in one.reasons]
    shape = one.plot.shape
    if shape is None:
        return found
    found.append((tr("Computed area: {area}", area=formats.area(shape.area_m2)), "dim"))
    deviation = one.deviation
    if deviation is not None:
        percent = formats.signed(deviation.percent)
        agreed = formats.area(deviation.agreed_m2)
        words = (
            tr("{percent} % against the contract's {agreed}.", percent=percent, agreed=agreed)
            if deviation.by_contract
            else tr("{percent} % against the {agreed} on record.", percent=percent, agreed=agreed)
        )
        found.append((words, "caution" if deviation.beyond else "dim"))
    for claim in claims[:_MOST]:
        area = formats.area(claim.area_m2)
        words = (
            tr("Overlaps the plot {name} by {area}.", name=claim.name, area=area)
            if claim.in_file
            else tr("Overlaps the parcel {name} by {area}.", name=claim.name, area=area)
        )
        found.append((words, "caution"))
    found += [
        (render(worded(remark)), "caution" if is_fault(remark) else "dim")
        for remark in shape.remarks
    ]
    return found
