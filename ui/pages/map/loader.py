"""Brings the map's content in: outlines only when they are others now, the rest at every change."""

from PySide6.QtCore import QObject, Signal

from landsteward.app.map_shapes import MapShapes
from landsteward.app.parcel_map import (
    OddBoundary,
    OutlinePage,
    ParcelMap,
    map_outlines,
    parcel_map,
)
from landsteward.app.rings import Rings
from ui.operations import Progress, Work
from ui.pages.map.content import Content, Outlines, content_of
from ui.workbench import Workbench


class MapLoader(QObject):
    """One load at a time. `loaded` carries the `Content`."""

    loaded = Signal(object)
    begun = Signal()
    """Outlines are being fetched: that takes a while."""
    progressed = Signal(int, int)

    def __init__(self, bench: Workbench, parent: QObject) -> None:
        super().__init__(parent)
        self._bench = bench
        self._outlines: Outlines | None = None
        self._work: Work | None = None
        self._map: ParcelMap | None = None
        self._keys: list[str] = []
        self._rings = Rings()
        self._odd: list[OddBoundary] = []

    def refresh(self) -> None:
        """Ask what there is; what is under way already gives way."""
        self.stop()
        self._work = self._bench.operations.query(self, parcel_map, success=self._asked)

    def stop(self) -> None:
        """Nobody waits for it any more."""
        if self._work is not None:
            self._work.cancel()
            self._work = None

    def _asked(self, found: ParcelMap) -> None:
        self._map = found
        if self._outlines is not None and self._outlines.stamp == found.stamp:
            self._arrange(self._outlines)
            return
        self._keys, self._rings, self._odd = [], Rings(), []
        self.begun.emit()
        self._fetch(0)

    def _fetch(self, after: int) -> None:
        self._work = self._bench.operations.query(
            self, lambda ctx: map_outlines(ctx, after=after), success=self._fetched
        )

    def _fetched(self, page: OutlinePage) -> None:
        self._keys += page.parcel_ids
        self._rings.extend(page.outlines)
        self._odd += page.odd
        assert self._map is not None
        self.progressed.emit(len(self._keys), 2 * max(len(self._map.parcels), len(self._keys), 1))
        if page.next is not None:
            self._fetch(page.next)
            return
        geometry, rings, count = self._bench.services.map_geometry, self._rings, len(self._keys)

        def project(progress: Progress) -> MapShapes:
            def told(done: int, total: int) -> None:
                progress(count + count * done // total, 2 * count)

            return geometry().shapes(rings, told)

        self._work = self._bench.operations.task(
            self, project, success=self._projected, progressed=self.progressed.emit
        )

    def _projected(self, shapes: MapShapes) -> None:
        assert self._map is not None
        self._outlines = Outlines(self._map.stamp, tuple(self._keys), shapes, tuple(self._odd))
        self._keys, self._rings, self._odd = [], Rings(), []
        self._arrange(self._outlines)

    def _arrange(self, outlines: Outlines) -> None:
        found = self._map
        assert found is not None
        self._work = self._bench.operations.task(
            self, lambda _progress: content_of(found, outlines), success=self._arranged
        )

    def _arranged(self, content: Content) -> None:
        self._work = None
        self.loaded.emit(content)
