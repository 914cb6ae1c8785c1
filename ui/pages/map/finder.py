"""Finding parcels on the map by what people remember of them, their enterprises or their cases."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from landsteward.app.context import Context
from landsteward.app.language import tr
from landsteward.app.views import Hit
from ui import theme
from ui.shell.search import SearchBox
from ui.workbench import Workbench


class Finder(QObject):
    """The map's search box. `found` carries the keys of parcels, the best first."""

    found = Signal(object)

    def __init__(self, bench: Workbench, over: QWidget) -> None:
        super().__init__(over)
        self._bench = bench
        self.box = SearchBox(
            bench.operations,
            over,
            hint=tr("Find a parcel or an enterprise on the map…"),
            kinds=("enterprise", "case", "parcel"),
        )
        self.box.setMaximumWidth(theme.current().px(300))
        self.box.setMinimumWidth(theme.current().px(110))
        self.box.found.connect(self._take)

    def _take(self, hit: Hit) -> None:
        self._bench.operations.query(
            self, lambda ctx: _parcels_of(ctx, hit), success=self.found.emit
        )


def _parcels_of(ctx: Context, hit: Hit) -> list[str]:
    """The parcels that something found is about."""
    if hit.kind == "parcel":
        return [hit.id]
    space = ctx.workspace
    enterprise_id: str | None = hit.id
    first: list[str] = []
    if hit.kind == "case":
        case = space.cases.get(hit.id)
        if case.parcel_id is not None:
            return [case.parcel_id]
        enterprise_id = case.enterprise_id
    if enterprise_id is None:
        return []
    first += [one.parcel_id for one in space.supply_contracts.where(holder_id=enterprise_id)]
    first += [one.parcel_id for one in space.occupancies.where(enterprise_id=enterprise_id)]
    return list(dict.fromkeys(first))
