"""Land that two parcels claim: looked for when somebody asks, listed by size, marked on the map."""

from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from landsteward.app.language import tr
from landsteward.app.map_shapes import MapShapes, Overlaps
from ui import formats
from ui.operations import Progress, Work
from ui.pages.map.content import Content
from ui.widgets.basics import Card, button, label
from ui.widgets.outcome import OutcomeLine
from ui.workbench import Workbench

_MOST = 500
_SEEN = 4


class OverlapList(Card):
    """The overlaps of the parcels on the map. `found` carries them, None once they are put away."""

    found = Signal(object)
    picked = Signal(object)
    """The `Overlap` somebody wants to see."""

    def __init__(self, bench: Workbench, line: OutcomeLine) -> None:
        super().__init__(tr("Overlaps"), margin=8, gap=4)
        self._bench = bench
        self._line = line
        self._content: Content | None = None
        self._shapes: MapShapes | None = None
        self._work: Work | None = None
        self.head.addWidget(button("×", "quiet", self.put_away, hint=tr("Put away")))
        self.text = label("", "dim", wrap=True)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Overlaps, the largest first"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setWordWrap(True)
        self.list.itemActivated.connect(self._pick)
        self.list.itemClicked.connect(self._pick)
        self.add(self.text)
        self.add(self.list)
        self.hide()

    def look(self, content: Content) -> None:
        """Look for them; over a second that is said and can be stopped."""
        self.stop()
        self._content = content
        shapes, files = content.outlines.shapes, self._bench.services.boundary_files

        def work(progress: Progress) -> Overlaps:
            least = float(files().limits.overlap_m2)
            return shapes.overlaps(least_m2=least, progress=progress)

        self._line.working(tr("Looking for overlaps…"), self.put_away)
        self._work = self._bench.operations.task(
            self,
            work,
            success=lambda overlaps: self._show(shapes, overlaps),
            progressed=self._line.progressed,
        )

    def refresh(self, content: Content) -> None:
        """The map is another one now: what is shown of overlaps is looked for again."""
        if (self.isVisible() or self._work is not None) and (
            self._shapes is not content.outlines.shapes
        ):
            self.look(content)

    def stop(self) -> None:
        """Look no further."""
        if self._work is not None:
            self._work.cancel()
            self._work = None
            self._line.settle()

    def put_away(self) -> None:
        """Show none any more."""
        self.stop()
        self.hide()
        self._shapes = None
        self.found.emit(None)

    def _show(self, shapes: MapShapes, overlaps: Overlaps) -> None:
        self._work = None
        self._line.settle()
        self._shapes = shapes
        self.list.clear()
        for one in overlaps.found[:_MOST]:
            names = " – ".join(self._name(shape) for shape in (one.one, one.other))
            area = formats.area(Decimal(str(round(one.area_m2, 2))))
            item = QListWidgetItem(f"{names}\n{area}")
            item.setData(Qt.ItemDataRole.UserRole, one)
            self.list.addItem(item)
        rows = min(len(overlaps.found), _SEEN)
        self.list.setFixedHeight(rows * (self.list.sizeHintForRow(0) if rows else 0) + 4)
        self.list.setVisible(bool(overlaps.found))
        said = [
            tr("{count} places are claimed twice.", count=f"{len(overlaps.found):,}")
            if overlaps.found
            else tr("No parcel overlaps another one.")
        ]
        if len(overlaps.found) > _MOST:
            said.append(tr("The first {count} are listed.", count=_MOST))
        if overlaps.unclear:
            said.append(
                tr(
                    "Of {count} it cannot be told: their outlines are faulty.",
                    count=f"{len(overlaps.unclear):,}",
                )
            )
        self.text.setText(" ".join(said))
        self.show()
        self.found.emit(overlaps)

    def _name(self, shape: int) -> str:
        assert self._content is not None
        parcel = self._content.parcels[shape]
        return parcel.name if parcel is not None else "–"

    def _pick(self, item: QListWidgetItem) -> None:
        self.picked.emit(item.data(Qt.ItemDataRole.UserRole))
