"""Corrected readings of sheets, remembered in the workspace by the layout they belong to."""

import json
from typing import Any

from landsteward.app.context import Context
from landsteward.app.rosters_table import ColumnChoice, Correction, Remembered, RosterKind
from landsteward.domain.permissions import Action


def remember_layout(ctx: Context, *, kind: RosterKind, layout: str, correction: Correction) -> None:
    """Remember how sheets of this layout (`SheetSeen.layout`) are read: columns with their fields,
    units and years.

    Sheet, header row and the year of one file are not remembered: the next file has its own.
    """
    ctx.require(Action.IMPORT)
    kept = _kept(ctx, kind)
    kept[layout] = {
        str(index): [choice.field, choice.unit, choice.year]
        for index, choice in sorted(correction.columns.items())
    }
    with ctx.change():
        ctx.workspace.set_setting(_key(kind), json.dumps(kept, ensure_ascii=False))


def remembered_layouts(ctx: Context, *, kind: RosterKind) -> Remembered:
    """Every correction that was ever remembered for this kind of roster."""
    return {
        layout: Correction(
            columns={
                int(index): ColumnChoice(field=field, unit=unit, year=year)
                for index, (field, unit, year) in columns.items()
            }
        )
        for layout, columns in _kept(ctx, kind).items()
    }


def _kept(ctx: Context, kind: RosterKind) -> dict[str, dict[str, Any]]:
    text = ctx.workspace.setting(_key(kind))
    return json.loads(text) if text else {}


def _key(kind: RosterKind) -> str:
    return f"import.layouts.{kind.value}"
