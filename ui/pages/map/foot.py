"""The line under the map: what is pointed at, where that is, at which scale."""

from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QWidget

from landsteward.app.language import tr
from landsteward.app.parcel_map import MapParcel
from ui import theme
from ui.map.canvas import MapCanvas
from ui.map.furniture import scale_in_words
from ui.widgets.basics import ElidedLabel, label, row

_METRES_AN_INCH = 0.0254


class Foot(QWidget):
    """Speaks of one canvas."""

    def __init__(self, canvas: MapCanvas) -> None:
        super().__init__()
        self._canvas = canvas
        self.pointed = ElidedLabel("", "dim")
        self.where = label("", "dim")
        self.where.setFont(theme.tabular(self.where.font()))
        held = row(self.pointed, self.where, gap=16)
        held.setStretch(0, 1)
        held.setContentsMargins(12, 4, 12, 4)
        self.setLayout(held)
        canvas.moved.connect(lambda: self.say_place(None))
        canvas.pointer.connect(self.say_place)

    def say_parcel(self, parcel: MapParcel | None) -> None:
        """What the pointer is on."""
        if parcel is None:
            self.pointed.setText("")
            return
        who = parcel.enterprise or tr("Holder unknown")
        if parcel.others:
            who = tr("{name} and {count} more", name=who, count=parcel.others)
        self.pointed.setText(f"{parcel.name} · {who}")

    def say_place(self, place: QPointF | None) -> None:
        """Coordinates of a place, else of the middle of the view, and its scale on this screen."""
        canvas = self._canvas
        if canvas.scene is None:
            return
        plane, camera = canvas.scene.shapes.plane, canvas.camera
        x, y = (place.x(), place.y()) if place is not None else (camera.x, camera.y)
        dots = canvas.logicalDpiX() * canvas.devicePixelRatioF() / _METRES_AN_INCH
        self.where.setText(
            tr(
                "N {north} E {east} · EPSG:{epsg} · {scale}",
                north=f"{plane.north + y:.1f}",
                east=f"{plane.east + x:.1f}",
                epsg=plane.epsg,
                scale=scale_in_words(camera, dots),
            )
        )
