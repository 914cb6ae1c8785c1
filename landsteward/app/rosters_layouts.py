"""Corrected readings of sheets, remembered in the workspace by the layout they belong to."""

import json
from collections.abc import Mapping
from typing import Any

from landsteward.app.context import Context
from landsteward.app.rosters_table import ColumnChoice, Correction, Remembered, RosterKind
from landsteward.domain.permissions import Action


def remember_layout(ctx: Context, *, kind: RosterKind, layout: str, correction: Correction) -> None:
    """Remember how sheets of this layout (`SheetSeen.layout`) are read: columns with their fields,
    units and years. What was remembered of other columns of the layout stays.

    Sheet, header row and the year of one file are not remembered: the next file has its own.
    """
    ctx.require(Action.IMPORT)
    kept = _kept(ctx, kind)
    kept[layout] = {**kept.get(layout, {}), **written_columns(correction.columns)}
    _keep(ctx, kind, kept)


def forget_layout(ctx: Context, *, kind: RosterKind, layout: str) -> None:
    """Read sheets of this layout as they are found again."""
    ctx.require(Action.IMPORT)
    kept = _kept(ctx, kind)
    if kept.pop(layout, None) is not None:
        _keep(ctx, kind, kept)


def remembered_layouts(ctx: Context, *, kind: RosterKind) -> Remembered:
    """Every correction that was ever remembered for this kind of roster."""
    return {
        layout: Correction(columns=read_columns(columns))
        for layout, columns in _kept(ctx, kind).items()
    }


def written_columns(columns: Mapping[int, ColumnChoice]) -> dict[str, Any]:
    """What was said of columns, as it is kept."""
    return {
        str(index): [choice.field, choice.unit, choice.year]
        for index, choice in sorted(columns.items())
    }


def read_columns(kept: Mapping[str, Any]) -> dict[int, ColumnChoice]:
    """What was said of columns, from how it was kept."""
    return {
        int(index): ColumnChoice(field=field, unit=unit, year=year)
        for index, (field, unit, year) in kept.items()
    }


def _keep(ctx: Context, kind: RosterKind, kept: Mapping[str, dict[str, Any]]) -> None:
    with ctx.change():
        ctx.workspace.set_setting(_key(kind), json.dumps(kept, ensure_ascii=False))


def _kept(ctx: Context, kind: RosterKind) -> dict[str, dict[str, Any]]:
    text = ctx.workspace.setting(_key(kind))
    return json.loads(text) if text else {}


def _key(kind: RosterKind) -> str:
    return f"import.layouts.{kind.value}"
