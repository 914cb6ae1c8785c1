"""A parcel's boundary: brought in from a file, drawn, its points, its area, its neighbours."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QFileDialog, QHeaderView, QTableView, QWidget

from landsteward.app.boundaries import (
    BoundaryImport,
    BoundarySheet,
    Deviation,
    boundary_sheet,
    export_boundaries,
    import_boundary_of,
)
from landsteward.app.boundaries_file import BoundaryFile, BoundaryFormat
from landsteward.app.context import Context
from landsteward.app.files import write_whole
from landsteward.app.importing import Outcome
from landsteward.app.language import render, tr
from landsteward.domain.boundaries import ParcelBoundary, edges
from landsteward.domain.boundary_plan import edge_length_m
from landsteward.domain.boundary_remarks import is_fault, worded
from landsteward.domain.errors import KnownError
from landsteward.domain.exports import Exported
from landsteward.domain.quantities import shown
from ui import formats, theme
from ui.exporting import note, refused
from ui.pages.register.boundary_plan import BoundaryPlan
from ui.widgets.basics import box, button, changes, clear, column, label, restyle, row
from ui.widgets.signs import MessageBar
from ui.workbench import Place, Workbench

_Index = QModelIndex | QPersistentModelIndex
_SUFFIXES = ("txt", "geojson", "json", "shp", "kml", "kmz", "dxf", "zip")
_COLUMNS = 5
_NARROW = {0: 58, 1: 46, 4: 84}
"""Widths of the columns that need little, so that coordinates are seen whole."""


class VertexTable(QAbstractTableModel):
    """The points of a boundary in their order: number, ring, north, east, length to the next."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[tuple[str, ...]] = []

    def show_points(self, boundary: ParcelBoundary) -> None:
        """Show the points of this boundary, with the figures as its file has them."""
        self.beginResetModel()
        self._rows = [
            (
                one.number,
                str(place),
                f"{one.north:f}",
                f"{one.east:f}",
                f"{edge_length_m(one, other, boundary):.2f}",
            )
            for place, ring in enumerate(boundary.rings, 1)
            for one, other in (edges(ring) or [(one, one) for one in ring.vertices])
        ]
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        """As many as there are points."""
        return len(self._rows)

    def columnCount(self, parent: _Index | None = None) -> int:
        """Number, ring, two coordinates, length."""
        return _COLUMNS

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The text of a cell; figures stand at the right."""
        if role == Qt.ItemDataRole.DisplayRole:
            return self._rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() >= 2:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """What the columns are called."""
        if role != Qt.ItemDataRole.DisplayRole or orientation is Qt.Orientation.Vertical:
            return None
        return (
            tr("Point"),
            tr("Ring"),
            tr("North"),
            tr("East"),
            tr("Length, m"),
        )[section]


class BoundaryPanel(QWidget):
    """The boundary of one parcel, whole, or the offer to bring one in."""

    def __init__(self, bench: Workbench, parcel_id: str, *, may_edit: bool) -> None:
        super().__init__()
        self._bench = bench
        self._parcel_id = parcel_id
        self._sheet: BoundarySheet | None = None
        self.message = MessageBar()
        self.importing = changes(button(tr("Import a boundary file…"), "", self._ask_file))
        self.importing.setEnabled(may_edit)
        self.exports = {
            BoundaryFormat.TXT: button(
                tr("Save as boundary TXT…"), "", partial(self._ask_target, BoundaryFormat.TXT)
            ),
            BoundaryFormat.GEOJSON: button(
                tr("Save as GeoJSON…"), "", partial(self._ask_target, BoundaryFormat.GEOJSON)
            ),
        }
        self.none = label(
            tr(
                "No boundary on record. Boundary TXT, GeoJSON, Shapefile (also zipped), KML and "
                "DXF can be read."
            ),
            "dim",
            wrap=True,
        )
        self.plan = BoundaryPlan()
        self.facts = label("", wrap=True)
        self.deviation = label("", wrap=True)
        self._overlaps = column(gap=2)
        self._remarks = column(gap=2)
        self.points = VertexTable()
        self.points.setParent(self)
        self.table = _table(self.points)
        words = column(self.facts, self.deviation, self._overlaps, self._remarks, self.table, gap=8)
        words.setStretch(4, 1)
        parts = row(self.plan, box(words), gap=16)
        parts.setStretch(0, 3)
        parts.setStretch(1, 2)
        self._whole = box(parts)
        self._whole.hide()
        self.setLayout(
            column(
                self.message,
                row(self.importing, *self.exports.values(), 1),
                self.none,
                self._whole,
                gap=12,
            )
        )

    def refresh(self) -> None:
        """Ask for the boundary again."""
        files, key = self._bench.services.boundary_files, self._parcel_id
        self._bench.operations.query(
            self,
            lambda ctx: boundary_sheet(ctx, parcel_id=key, files=files()),
            success=self._show,
        )

    def bring_in(self, file: Path) -> None:
        """Read a file and make its plot this parcel's boundary."""
        files = self._bench.services.boundary_files
        self.importing.setEnabled(False)
        self._bench.operations.task(
            self,
            lambda _progress: files().read(file),
            success=self._keep,
            failure=self._failed,
        )

    def save_to(self, file: Path, form: BoundaryFormat) -> None:
        """Write the boundary into a file for other programs."""
        if refused(self._bench):
            return

        def written(_nothing: object) -> None:
            self.message.say(tr("Saved {file}", file=file.name), "good")
            note(self._bench, Exported.BOUNDARIES, "", file, rows=1)

        files, key = self._bench.services.boundary_files, self._parcel_id

        def work(ctx: Context) -> None:
            content = export_boundaries(ctx, parcel_ids=[key], form=form, files=files())
            write_whole(file, content)

        self._bench.operations.query(
            self,
            work,
            success=written,
            failure=self.message.fail,
        )

    def _keep(self, read: BoundaryFile) -> None:
        key = self._parcel_id

        def work(ctx: Context) -> BoundaryImport:
            return import_boundary_of(ctx, read=read, parcel_id=key)

        self._bench.operations.change(self, work, success=self._kept, failure=self._failed)

    def _kept(self, done: BoundaryImport) -> None:
        self.importing.setEnabled(True)
        (one,) = done.plots
        if one.outcome is Outcome.REJECTED:
            reasons = " ".join(render(note.reason) for note in done.refused)
            self.message.say(tr("Not taken over: {reasons}", reasons=reasons), "bad")
        elif one.outcome is Outcome.UNCHANGED:
            self.message.say(tr("This is the boundary on record already."), "accent")
        else:
            self.message.say(tr("The boundary was taken over."), "good")

    def _failed(self, error: KnownError) -> None:
        self.importing.setEnabled(True)
        self.message.fail(error)

    def _show(self, sheet: BoundarySheet | None) -> None:
        self.none.setVisible(sheet is None)
        self._whole.setVisible(sheet is not None)
        for export in self.exports.values():
            export.setVisible(sheet is not None)
        if sheet is None or sheet == self._sheet:
            self._sheet = sheet
            return
        self._sheet = sheet
        boundary = sheet.boundary
        self.plan.show_boundary(boundary)
        self.points.show_points(boundary)
        self.facts.setText(_facts(boundary))
        self.deviation.setText(_deviation(sheet.deviation))
        beyond = sheet.deviation is not None and sheet.deviation.beyond
        self.deviation.setProperty("role", "caution" if beyond else "")
        restyle(self.deviation)
        self._fill_overlaps(sheet)
        clear(self._remarks)
        for remark in boundary.remarks:
            role = "caution" if is_fault(remark) else "dim"
            self._remarks.addWidget(label(render(worded(remark)), role, wrap=True))

    def _fill_overlaps(self, sheet: BoundarySheet) -> None:
        clear(self._overlaps)
        if not sheet.overlaps:
            words = (
                tr("Overlaps no other parcel on record.")
                if sheet.boundary.extent is not None
                else tr("Whether it overlaps other parcels cannot be told.")
            )
            self._overlaps.addWidget(label(words, "dim", wrap=True))
        for one in sheet.overlaps:
            words = (
                tr("Overlaps by {area}:", area=formats.area(one.area_m2))
                if one.area_m2 is not None
                else tr("May overlap; the area cannot be computed:")
            )
            opener = button(
                one.parcel.name,
                "link",
                partial(self._bench.go, Place("parcel", one.parcel.id, "boundary")),
            )
            self._overlaps.addWidget(box(row(label(words, "caution"), opener, 1, gap=4)))

    def _ask_file(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(
            self.window(),
            tr("Import a boundary file…"),
            "",
            tr("Boundary files") + " (" + " ".join(f"*.{one}" for one in _SUFFIXES) + ")",
        )
        if chosen:
            self.bring_in(Path(chosen))

    def _ask_target(self, form: BoundaryFormat) -> None:
        name = self._sheet.boundary.plot_name if self._sheet is not None else ""
        chosen, _kind = QFileDialog.getSaveFileName(
            self.window(),
            tr("Save the boundary"),
            f"{name or tr('boundary')}.{form}",
            f"*.{form}",
        )
        if chosen:
            self.save_to(Path(chosen), form)


def _table(model: VertexTable) -> QTableView:
    table = QTableView()
    table.setModel(model)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setShowGrid(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(theme.current().px(28))
    header = table.horizontalHeader()
    header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    for section, width in _NARROW.items():
        header.setSectionResizeMode(section, QHeaderView.ResizeMode.Fixed)
        header.resizeSection(section, theme.current().px(width))
    header.setHighlightSections(False)
    table.setMinimumHeight(theme.current().px(150))
    table.setAccessibleName(tr("Points of the boundary"))
    return table


def _facts(boundary: ParcelBoundary) -> str:
    perimeter = formats.NONE if boundary.perimeter_m is None else f"{shown(boundary.perimeter_m)} m"
    return "\n".join(
        (
            tr("Computed area: {area}", area=formats.area(boundary.area_m2)),
            tr("Perimeter: {perimeter}", perimeter=perimeter),
            tr("Coordinate system: {name}", name=boundary.crs_name or tr("not known")),
            tr("From: {file}", file=boundary.file_name),
        )
    )


def _deviation(found: Deviation | None) -> str:
    if found is None:
        return tr("There is no area on record to compare it with.")
    agreed, percent = formats.area(found.agreed_m2), formats.signed(found.percent)
    if found.by_contract and found.beyond:
        return tr(
            "{percent} % against the contract's {agreed}: beyond the tolerance.",
            percent=percent,
            agreed=agreed,
        )
    if found.by_contract:
        return tr("{percent} % against the contract's {agreed}.", percent=percent, agreed=agreed)
    if found.beyond:
        return tr(
            "{percent} % against the {agreed} on record: beyond the tolerance.",
            percent=percent,
            agreed=agreed,
        )
    return tr("{percent} % against the {agreed} on record.", percent=percent, agreed=agreed)
