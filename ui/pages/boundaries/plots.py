"""The plots of the files as a table: which parcel each is for, and what is odd about it."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from landsteward.app.boundaries_file import ParcelMark
from landsteward.app.boundaries_review import BoundaryReview, Claim, PlotReview
from landsteward.app.importing import Outcome
from landsteward.app.language import render, tr
from landsteward.domain.boundary_remarks import is_fault, worded
from ui import formats, theme

AnyIndex = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()
_SHOWN = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
_AREA, _DEVIATION, _OVERLAPS = 4, 5, 6
_WIDTHS = {0: 140, 1: 110, 2: 150, 3: 90, 4: 84, 5: 70, 6: 74}


class Part(StrEnum):
    """Which plots are listed."""

    ALL = "all"
    READY = "ready"
    UNDECIDED = "undecided"
    REFUSED = "refused"
    REMARKED = "remarked"


def part_word(part: Part) -> str:
    """What a part is called."""
    return {
        Part.ALL: tr("All"),
        Part.READY: tr("Ready"),
        Part.UNDECIDED: tr("To decide"),
        Part.REFUSED: tr("Unreadable"),
        Part.REMARKED: tr("To look into"),
    }[part]


_FITS: dict[Part, Callable[[PlotReview], bool]] = {
    Part.ALL: lambda _one: True,
    Part.READY: lambda one: one.outcome in (Outcome.CREATED, Outcome.UPDATED),
    Part.UNDECIDED: lambda one: one.undecided,
    Part.REFUSED: lambda one: one.plot.shape is None,
    Part.REMARKED: lambda one: bool(faults_of(one)),
}


def faults_of(one: PlotReview) -> list[str]:
    """What somebody should look into about a plot's shape and area, in sentences."""
    shape = one.plot.shape
    said = [render(worded(remark)) for remark in shape.remarks if is_fault(remark)] if shape else []
    if one.deviation is not None and one.deviation.beyond:
        said.append(tr("Its area is not the agreed one."))
    return said


def outcome_word(one: PlotReview) -> str:
    """What becomes of a plot."""
    if one.outcome is Outcome.REJECTED:
        return tr("To decide") if one.undecided else tr("Refused")
    return {
        Outcome.CREATED: tr("New"),
        Outcome.UPDATED: tr("Updated"),
        Outcome.UNCHANGED: tr("Unchanged"),
    }[one.outcome]


def mark_word(mark: ParcelMark | None) -> str:
    """By what a plot was matched."""
    if mark is None:
        return tr("chosen by hand")
    return {
        ParcelMark.UNIT_CODE: tr("by unit code"),
        ParcelMark.LAND_CODE: tr("by land code"),
        ParcelMark.ELECTRONIC_NO: tr("by supervision number"),
        ParcelMark.NAME: tr("by name"),
    }[mark]


def parcel_word(one: PlotReview) -> str:
    """Which parcel a plot is for, or why none."""
    if one.parcel is not None:
        return one.parcel.name
    if one.undecided and len(one.candidates) > 1:
        return tr("{count} may be meant", count=len(one.candidates))
    return " ".join(render(note.reason) for note in one.reasons)


class PlotsModel(QAbstractTableModel):
    """The plots of one part, and whose land others claim too once that is known."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.headers = (
            tr("Plot"),
            tr("File"),
            tr("Parcel"),
            tr("Becomes"),
            tr("Area, mu"),
            tr("Off, %"),
            tr("Overlaps"),
            tr("Remarks"),
        )
        self._plots: Sequence[PlotReview] = ()
        self._claims: Mapping[int, Sequence[Claim]] | None = None
        self._part = Part.ALL
        self.places: list[int] = []

    def show_review(self, review: BoundaryReview, part: Part) -> None:
        """Show the plots of a part."""
        self.beginResetModel()
        self._plots, self._part = review.plots, part
        self.places = [at for at, one in enumerate(self._plots) if _FITS[part](one)]
        self.endResetModel()

    def show_claims(self, claims: Mapping[int, Sequence[Claim]] | None) -> None:
        """Say which land is claimed twice; None: it is not known yet."""
        self._claims = claims
        if self.places:
            column = self.index(0, _OVERLAPS), self.index(len(self.places) - 1, _OVERLAPS)
            self.dataChanged.emit(*column)

    def rowCount(self, parent: AnyIndex = _TOP) -> int:
        """One for each plot of the part."""
        return 0 if parent.isValid() else len(self.places)

    def columnCount(self, parent: AnyIndex = _TOP) -> int:
        """One for each header."""
        return 0 if parent.isValid() else len(self.headers)

    def words(self, row: int) -> tuple[str, ...]:
        """What stands in a row."""
        at = self.places[row]
        one = self._plots[at]
        shape, deviation = one.plot.shape, one.deviation
        if self._claims is None:
            overlaps = "…" if shape is not None else ""
        else:
            overlaps = f"{len(self._claims[at])}" if at in self._claims else ""
        faults = faults_of(one)
        where = f"{one.plot.file} · {one.plot.row}" if one.plot.file else f"{one.plot.row}"
        return (
            one.plot.label or "–",
            where,
            parcel_word(one),
            outcome_word(one),
            formats.mu(shape.area_m2) if shape is not None else "",
            formats.signed(deviation.percent) if deviation is not None else "",
            overlaps,
            " ".join(faults),
        )

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What stands in a cell; figures at the right, what needs a look in its colour."""
        if role in _SHOWN:
            return self.words(index.row())[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(index.column())
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._tone(index)
        return None

    def _tone(self, index: AnyIndex) -> Any:
        one = self._plots[self.places[index.row()]]
        beyond = one.deviation is not None and one.deviation.beyond
        match index.column():
            case 2 | 3 if one.outcome is Outcome.REJECTED:
                return theme.current().colour("caution" if one.undecided else "bad")
            case 5 if beyond:
                return theme.current().colour("caution")
            case 6 | 7:
                return theme.current().colour("caution")
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """What the columns are."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.headers[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        return None


def _alignment(column: int) -> int:
    figures = column in (_AREA, _DEVIATION, _OVERLAPS)
    side = Qt.AlignmentFlag.AlignRight if figures else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignVCenter)


def counts_of(review: BoundaryReview) -> dict[Part, int]:
    """How many plots each part has."""
    return {part: sum(map(fits, review.plots)) for part, fits in _FITS.items()}


def plots_table(model: PlotsModel) -> QTableView:
    """The table; the remarks take what is left."""
    look = theme.current()
    table = QTableView()
    table.setModel(model)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
    table.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
    table.setAccessibleName(tr("Plots of the files"))
    side = table.verticalHeader()
    side.hide()
    side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    side.setDefaultSectionSize(look.px(36))
    for number, width in _WIDTHS.items():
        table.setColumnWidth(number, look.px(width))
    table.horizontalHeader().setStretchLastSection(True)
    table.horizontalHeader().setHighlightSections(False)
    return table
