"""Somebody who imports sheets of land supply made on the spot."""

from pathlib import Path
from typing import Any

from landsteward.app.context import Context
from landsteward.app.rosters import RosterResult, import_roster, plan_roster_import
from landsteward.app.rosters_table import RosterKind
from landsteward.tabular.rosters import RosterSheets
from tests.helpers.sheets import write_xlsx


class SupplyDesk:
    """Somebody who imports sheets made on the spot."""

    def __init__(self, ctx: Context, folder: Path) -> None:
        self.ctx = ctx
        self._folder = folder

    def sheet(self, *rows: list[object]) -> Path:
        """A workbook of these rows."""
        return write_xlsx(self._folder / "month.xlsx", rows)

    def run(self, *rows: list[object], **given: Any) -> RosterResult:
        """Import these rows."""
        return self.take(self.sheet(*rows), **given)

    def take(self, path: Path, **given: Any) -> RosterResult:
        """Import a file."""
        return import_roster(
            self.ctx, path=path, kind=RosterKind.LAND_SUPPLY, reader=RosterSheets(), **given
        )

    def plan(self, path: Path, **given: Any) -> RosterResult:
        """What importing a file would do."""
        return plan_roster_import(
            self.ctx, path=path, kind=RosterKind.LAND_SUPPLY, reader=RosterSheets(), **given
        )

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


def outcomes(result: RosterResult) -> list[str]:
    """What became of each row."""
    return [row.outcome.value for row in result.outcomes]
