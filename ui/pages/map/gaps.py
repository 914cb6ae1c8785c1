"""What the map cannot show, and what is odd about what it shows: counted, named, led to."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from landsteward.app.language import render, tr
from landsteward.app.parcel_map import OddBoundary
from landsteward.domain.boundary_remarks import is_fault, worded
from ui import theme
from ui.pages.map.content import Content, lies_outside, marked
from ui.widgets.basics import Card, button, column, label

_MOST = 500


class Gaps(Card):
    """A line for each kind of gap; one opens to the parcels it is about. `picked` has a parcel."""

    picked = Signal(str, bool)
    """A parcel's key, and whether it is on the map."""

    def __init__(
        self, *, show_without: Callable[[], object], bring_in: Callable[[], object]
    ) -> None:
        """`show_without` lists the parcels without a boundary, `bring_in` leads to importing."""
        super().__init__(tr("Boundaries"), margin=8, gap=0)
        self._groups: dict[str, Sequence[OddBoundary]] = {}
        self.bring_in = button(tr("Import boundaries…"), "link", bring_in)
        self.head.addWidget(self.bring_in)
        self.whole = label(
            tr("Every parcel on record is drawn, and none is odd."), "dim", wrap=True
        )
        self.whole.setContentsMargins(6, 0, 0, 0)
        self.without = button("", "link", show_without)
        self.openers = {
            "unplaced": button("", "link", lambda: self._open("unplaced")),
            "outside": button("", "link", lambda: self._open("outside")),
            "broken": button("", "link", lambda: self._open("broken")),
        }
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Parcels that are not quite on the map"))
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFixedHeight(theme.current().px(150))
        self.list.itemActivated.connect(self._pick)
        self.list.itemClicked.connect(self._pick)
        self.list.hide()
        self.more = label("", "dim")
        self.more.hide()
        openers = self.openers.values()
        lines = column(self.whole, self.without, *openers, self.list, self.more, gap=0)
        lines.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self.add(lines)
        self._opened = ""

    def show_content(self, content: Content) -> None:
        """Count again."""
        odd = content.outlines.odd
        far = set(content.outlines.shapes.lost)
        lost = [one for one in odd if content.shape_of.get(one.parcel_id) in far]
        self._groups = {
            "unplaced": [one for one in odd if not one.placed] + lost,
            "outside": [one for one in odd if one.placed and lies_outside(one) and one not in lost],
            "broken": [one for one in odd if one.placed and marked(one) and not lies_outside(one)],
        }
        self.without.setText(
            tr("{count} without a boundary: list them", count=f"{content.without:,}")
        )
        self.without.setVisible(content.without > 0)
        for key, text in (
            ("unplaced", tr("{count} cannot be put on the map", count=self._count("unplaced"))),
            ("outside", tr("{count} outside the county", count=self._count("outside"))),
            ("broken", tr("{count} with a faulty outline", count=self._count("broken"))),
        ):
            self.openers[key].setText(text)
            self.openers[key].setVisible(bool(self._groups[key]))
        self.whole.setVisible(not content.without and not any(self._groups.values()))
        if self._opened:
            self._fill()

    def _count(self, key: str) -> str:
        return f"{len(self._groups[key]):,}"

    def _open(self, key: str) -> None:
        self._opened = "" if key == self._opened else key
        self._fill()

    def _fill(self) -> None:
        self.list.clear()
        group = self._groups.get(self._opened, ())
        for one in group[:_MOST]:
            reasons = " ".join(render(worded(remark)) for remark in one.remarks if is_fault(remark))
            item = QListWidgetItem(f"{one.name}\n{reasons}" if reasons else one.name)
            item.setToolTip(reasons)
            item.setData(Qt.ItemDataRole.UserRole, one)
            self.list.addItem(item)
        self.list.setVisible(bool(group))
        self.more.setText(tr("The first {count} are listed.", count=_MOST))
        self.more.setVisible(len(group) > _MOST)

    def _pick(self, item: QListWidgetItem) -> None:
        one: OddBoundary = item.data(Qt.ItemDataRole.UserRole)
        self.picked.emit(one.parcel_id, one.placed)
