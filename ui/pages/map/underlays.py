"""What is laid under the map: added, shown, dimmed, taken away, and said where it is missing."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QMenu, QSlider, QWidget

from landsteward.app.language import render, tr
from landsteward.app.map_shapes import Box, Plane
from landsteward.app.underlays import Underlay, UnderlayEntry, keep_underlays, underlays_of
from landsteward.domain.errors import KnownError
from landsteward.domain.text import Message, msg
from ui import theme
from ui.map.underlay import Piece, UnderlayLayer, piece_of
from ui.operations import Work
from ui.widgets.basics import Card, button, clear, column, label, row
from ui.widgets.signs import words_of
from ui.workbench import Workbench

_SUFFIXES = ("gpkg", "tif", "tiff", "jpg", "jpeg", "png", "bmp", "webp")
_KEEP_AFTER_MS = 400
_FAR_SIZES = 20
_LEAST_M = 1000.0
"""What lies farther from the parcels than so many times their extent is likely in a wrong system.
"""


@dataclass(slots=True)
class _Open:
    """An entry with what became of its file."""

    entry: UnderlayEntry
    layer: UnderlayLayer | None = None
    error: KnownError | None = None
    work: Work | None = None
    fetching: Work | None = None


class Underlays(Card):
    """The list of files under the map. `changed`: they look different now."""

    changed = Signal()
    needed = Signal()
    """A file was opened: its pictures for what is in view are wanted."""
    placed = Signal(object)
    """The box of a file that a person has just added."""

    def __init__(self, bench: Workbench, *, near: Callable[[], Box | None]) -> None:
        """`near` is where the parcels are."""
        super().__init__(tr("Under the map"), margin=8, gap=4)
        self._bench = bench
        self._near = near
        self._plane: Plane | None = None
        self._open: list[_Open] = []
        self._asked: tuple[Box, float] | None = None
        self._read = False
        self._systems: list[tuple[str, str]] = []
        self.add_button = button(tr("Add a file…"), "link", self._ask_file)
        self.head.addWidget(self.add_button)
        self.none = label(
            tr("GeoPackage, GeoTIFF, or a picture with a world file."), "dim", wrap=True
        )
        self._rows = column(gap=4)
        self.add(self.none)
        self.add(self._rows)
        self._keeping = QTimer(self)
        self._keeping.setSingleShot(True)
        self._keeping.setInterval(_KEEP_AFTER_MS)
        self._keeping.timeout.connect(self._keep)

    # The files

    def show_plane(self, plane: Plane) -> None:
        """The map is drawn in this plane now: what is remembered is opened for it."""
        if plane == self._plane:
            return
        self._plane = plane
        files = self._bench.services.underlay_files
        self._bench.operations.task(
            self, lambda _progress: files().systems(plane), success=self._know_systems
        )
        if self._read:
            for one in self._open:
                self._start(one)
            return
        self._bench.operations.query(self, underlays_of, success=self._remembered)

    def _know_systems(self, systems: list[tuple[str, str]]) -> None:
        self._systems = systems

    def _remembered(self, entries: Sequence[UnderlayEntry]) -> None:
        self._read = True
        self._open = [_Open(one) for one in entries]
        for one in self._open:
            self._start(one)
        self._show()

    def lay_under(self, file: Path) -> None:
        """Add a file on top of those there are."""
        path = str(file.absolute())
        if any(one.entry.path == path for one in self._open):
            return
        added = _Open(UnderlayEntry(path=path))
        self._open.append(added)
        self._start(added, fly=True)
        self._keep()
        self._show()

    def layers(self) -> list[UnderlayLayer]:
        """What is to be painted, the lowest first."""
        return [one.layer for one in self._open if one.layer is not None and one.entry.shown]

    def drop(self) -> None:
        """Let go of all files; what was changed is kept first."""
        if self._keeping.isActive():
            self._keeping.stop()
            self._keep()
        for one in self._open:
            self._close(one)

    def _start(self, one: _Open, *, fly: bool = False) -> None:
        plane = self._plane
        if plane is None or not one.entry.shown:
            return
        self._close(one)
        one.error = None
        files, entry = self._bench.services.underlay_files, one.entry
        one.work = self._bench.operations.task(
            self,
            lambda _progress: files().open(Path(entry.path), plane, entry.system),
            success=lambda found: self._opened(one, found, fly=fly),
            failure=lambda error: self._failed(one, error),
        )

    def _opened(self, one: _Open, found: Underlay, *, fly: bool) -> None:
        if one not in self._open:
            found.close()
            return
        one.work = None
        one.layer = UnderlayLayer(found, one.entry.opacity / 100)
        self._show()
        self.changed.emit()
        self.needed.emit()
        if fly and found.box is not None:
            self.placed.emit(found.box)

    def _failed(self, one: _Open, error: KnownError) -> None:
        one.work, one.error = None, error
        self._show()

    def _close(self, one: _Open) -> None:
        for work in (one.work, one.fetching):
            if work is not None:
                work.cancel()
        one.work = one.fetching = None
        if one.layer is not None:
            one.layer.underlay.close()
            one.layer = None

    # Pictures for what is in view

    def fetch(self, box: Box, pixel_m: float) -> None:
        """Fetch the pictures of a box; what was asked for before is of no use any more."""
        self._asked = box, pixel_m
        for one in self._open:
            if one.layer is not None and one.entry.shown:
                self._fetch_for(one, one.layer, box, pixel_m)

    def _fetch_for(self, one: _Open, layer: UnderlayLayer, box: Box, pixel_m: float) -> None:
        if one.fetching is not None:
            one.fetching.cancel()
        have, underlay = layer.have, layer.underlay

        def work(_progress: object) -> list[Piece]:
            return [piece_of(found) for found in underlay.pictures(box, pixel_m, have)]

        def take(pieces: list[Piece]) -> None:
            one.fetching = None
            if pieces and one.layer is layer:
                layer.take(pieces, box)
                self.changed.emit()

        one.fetching = self._bench.operations.task(
            self, work, success=take, failure=lambda error: self._failed(one, error)
        )

    # What is shown of them

    def _show(self) -> None:
        clear(self._rows)
        self.none.setVisible(not self._open)
        for one in reversed(self._open):
            self._rows.addWidget(self._row(one))

    def _row(self, one: _Open) -> QWidget:
        entry = one.entry
        name = QCheckBox(Path(entry.path).name)
        name.setToolTip(entry.path)
        name.setChecked(entry.shown)
        name.toggled.connect(partial(self._show_one, one))
        menu = button("⋯", "quiet", hint=tr("More"))
        menu.setAccessibleName(tr("More about {file}", file=Path(entry.path).name))
        menu.clicked.connect(lambda: self._menu(one, menu))
        menu.setFixedWidth(theme.current().px(32))
        parts = column(row(name, 1, menu, gap=4), gap=2)
        if one.error is not None:
            parts.addWidget(label(words_of(one.error), "caution", wrap=True))
        elif one.layer is not None:
            parts.addWidget(self._slider(one))
            for note in (*one.layer.underlay.notes, *self._far(one.layer)):
                parts.addWidget(label(render(note), "dim", wrap=True))
        held = QWidget()
        held.setLayout(parts)
        return held

    def _far(self, layer: UnderlayLayer) -> list[Message]:
        """What lies nowhere near the parcels is in another system than it says, most likely."""
        here, there = self._near(), layer.underlay.box
        if here is None or there is None:
            return []
        if here.grown(_FAR_SIZES * max(here.width, here.height, _LEAST_M)).meets(there):
            return []
        (x, y), (other_x, other_y) = here.middle, there.middle
        far = math.hypot(x - other_x, y - other_y) / 1000
        return [
            msg(
                "It lies {far} km away from the parcels: is the coordinate system right?",
                far=f"{far:,.0f}",
            )
        ]

    def _slider(self, one: _Open) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(10, 100)
        slider.setValue(one.entry.opacity)
        slider.setAccessibleName(tr("Opacity of {file}", file=Path(one.entry.path).name))
        slider.setToolTip(tr("Opacity"))
        slider.valueChanged.connect(partial(self._dim, one))
        return slider

    def _dim(self, one: _Open, percent: int) -> None:
        one.entry = replace(one.entry, opacity=percent)
        if one.layer is not None:
            one.layer.opacity = percent / 100
        self._keeping.start()
        self.changed.emit()

    def _show_one(self, one: _Open, shown: bool) -> None:
        one.entry = replace(one.entry, shown=shown)
        if shown and one.layer is None:
            self._start(one)
        self._keep()
        self.changed.emit()
        self.needed.emit()

    def _menu(self, one: _Open, at: QWidget) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if one.layer is not None and (box := one.layer.underlay.box) is not None:
            menu.addAction(tr("Show all of it"), lambda: self.placed.emit(box))
        if one.error is not None:
            menu.addAction(tr("Choose where it is now…"), lambda: self._ask_file(one))
        systems = menu.addMenu(tr("Coordinate system"))
        for number, word in (("", tr("As the file says")), *self._systems):
            action = systems.addAction(word, partial(self._choose_system, one, number))
            action.setCheckable(True)
            action.setChecked(one.entry.system == number)
        menu.addAction(tr("Take away"), lambda: self.take_away(one.entry.path))
        menu.popup(at.mapToGlobal(QPoint(0, at.height())))

    def _choose_system(self, one: _Open, number: str) -> None:
        one.entry = replace(one.entry, system=number)
        self._start(one, fly=True)
        self._keep()
        self._show()

    def take_away(self, path: str) -> None:
        """Lay a file under the map no longer; the file itself stays."""
        for one in [one for one in self._open if one.entry.path == path]:
            self._close(one)
            self._open.remove(one)
        self._keep()
        self._show()
        self.changed.emit()

    def _ask_file(self, instead_of: _Open | None = None) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(
            self.window(),
            tr("Lay under the map"),
            "",
            tr("Maps and pictures") + " (" + " ".join(f"*.{one}" for one in _SUFFIXES) + ")",
        )
        if not chosen:
            return
        if instead_of is not None:
            self.take_away(instead_of.entry.path)
        self.lay_under(Path(chosen))

    def _keep(self) -> None:
        entries = [one.entry for one in self._open]
        self._bench.operations.change(
            self, lambda ctx: keep_underlays(ctx, entries=entries), failure=self._not_kept
        )

    def _not_kept(self, error: KnownError) -> None:
        """They stay under the map as long as it is open."""
        self._bench.say(words_of(error), "caution")
