"""Somebody who imports sheets of land supply made on the spot."""

from pathlib import Path
from typing import Any

from landsteward.app.context import Context
from landsteward.app.land_supply import ImportResult, import_land_supply
from landsteward.tabular.land_supply import LandSupplySheets
from tests.helpers.sheets import write_xlsx


class SupplyDesk:
    """Somebody who imports sheets made on the spot."""

    def __init__(self, ctx: Context, folder: Path) -> None:
        self.ctx = ctx
        self._folder = folder

    def sheet(self, *rows: list[object]) -> Path:
        """A workbook of these rows."""
        return write_xlsx(self._folder / "month.xlsx", rows)

    def run(self, *rows: list[object]) -> ImportResult:
        """Import these rows."""
        return self.take(self.sheet(*rows))

    def take(self, path: Path) -> ImportResult:
        """Import a file."""
        return import_land_supply(self.ctx, path=path, reader=LandSupplySheets())

    def everything(self) -> dict[str, list[Any]]:
        """All records an import could touch."""
        space = self.ctx.workspace
        return {
            "enterprises": space.enterprises.where(),
            "parcels": space.parcels.where(),
            "contracts": space.supply_contracts.where(),
            "occupancies": space.occupancies.where(),
            "aliases": space.supply_aliases.where(),
            "batches": space.import_batches.where(),
            "rejects": space.import_rejects.where(),
        }


def outcomes(result: ImportResult) -> list[str]:
    """What became of each row."""
    return [row.outcome.value for row in result.outcomes]
