"""Corrected readings of sheets, remembered in the workspace by the layout they belong to."""

import json

from landsteward.app.context import Context
from landsteward.app.rosters_table import ColumnChoice, Correction, RosterKind
from landsteward.domain.permissions import Action


def _key(kind: RosterKind, layout: str) -> str:
    return f"import.{kind.value}.{layout}"


def remember_layout(ctx: Context, *, kind: RosterKind, layout: str, correction: Correction) -> None:
    """Remember how sheets of this layout are read: columns with their fields, units and years.

    Sheet, header row and the year of one file are not remembered: the next file has its own.
    """
    ctx.require(Action.IMPORT)
    columns = {
        str(index): [choice.field, choice.unit, choice.year]
        for index, choice in sorted(correction.columns.items())
    }
    with ctx.change():
        ctx.workspace.set_setting(_key(kind, layout), json.dumps(columns, ensure_ascii=False))


def remembered_layout(ctx: Context, *, kind: RosterKind, layout: str) -> Correction | None:
    """How sheets of this layout are read, or None where nobody ever corrected it."""
    text = ctx.workspace.setting(_key(kind, layout))
    columns = json.loads(text) if text else {}
    if not columns:
        return None
    return Correction(
        columns={
            int(index): ColumnChoice(field=field, unit=unit, year=year)
            for index, (field, unit, year) in columns.items()
        }
    )
