"""The few buttons that lie on a map."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QToolButton

from landsteward.app.language import tr
from ui import theme
from ui.icons import Icons
from ui.map.canvas import MapCanvas
from ui.widgets.basics import column, row

_SIDE = 32


def put_controls(canvas: MapCanvas, icons: Icons) -> dict[str, QToolButton]:
    """Closer, farther, all, and the chosen parcel: at the lower right of the map."""
    look = theme.current()
    made: dict[str, QToolButton] = {}
    for key, icon, word, run in (
        ("in", "mdi6.plus", tr("Closer (+)"), canvas.zoom_in),
        ("out", "mdi6.minus", tr("Farther (−)"), canvas.zoom_out),
        ("all", "mdi6.arrow-expand-all", tr("Show all (0)"), canvas.fit_all),
        ("choice", "mdi6.crosshairs", tr("Show what is chosen (F)"), canvas.fit_choice),
    ):
        button = QToolButton()
        button.setProperty("role", "onmap")
        button.setFixedSize(QSize(look.px(_SIDE), look.px(_SIDE)))
        button.setToolTip(word)
        button.setAccessibleName(word)
        button.clicked.connect(lambda _checked=False, run=run: run())
        icons.give(button, icon, "ink", size=18)
        made[key] = button
    corner = column(1, *made.values(), gap=4)
    outer = row(1, corner)
    outer.setContentsMargins(0, 0, look.px(12), look.px(12))
    canvas.setLayout(outer)
    return made
