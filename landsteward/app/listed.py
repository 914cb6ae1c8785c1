"""Lists with what is computed for them: the colours, by one rule for all, in rows and filters."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from landsteward.app.colours import all_standings, standings
from landsteward.app.context import Context
from landsteward.app.language import render
from landsteward.app.tracking import tracked_standings
from landsteward.app.views import RESTRICTED_CELL, Facet, ListFilter, ListKind, ListRow, Sort
from landsteward.domain.colours import Standing
from landsteward.domain.sight import Restricted
from landsteward.domain.states import EnterpriseKind

COMPUTED = {
    ListKind.CASES: ("colour", "why"),
    ListKind.TRACKING: ("colour", "why", "planned"),
}
"""Cells that no list of the workspace has; by them nothing is sorted."""


def listed_ids(
    ctx: Context, *, kind: ListKind, wanted: ListFilter, sort: Sort, most: int | None = None
) -> list[str]:
    """The keys of all rows that fit, in order; colours are asked of the rule that gives them."""
    colours = wanted.chosen.get(Facet.COLOUR)
    if colours:
        found = all_standings(ctx) if kind is ListKind.CASES else tracked_standings(ctx)
        others = dict(wanted.chosen)
        del others[Facet.COLOUR]
        only = tuple(key for key, one in found.items() if one.colour in colours)
        wanted = replace(wanted, chosen=others, only=only)
    return ctx.workspace.lists.ids(kind, wanted, sort, most=most)


def listed_rows(ctx: Context, *, kind: ListKind, ids: Sequence[str]) -> list[ListRow]:
    """The rows of these keys, in their order; a key that is gone is left out."""
    rows = _without_masked(ctx, kind, ctx.workspace.lists.rows(kind, ids))
    if kind not in COMPUTED or not rows:
        return rows
    found: Mapping[str, Standing] = (
        standings(ctx, case_ids=ids)
        if kind is ListKind.CASES
        else tracked_standings(ctx, case_ids=[str(row.cells["case_id"]) for row in rows])
    )
    return [_told(row, found.get(row.id), COMPUTED[kind]) for row in rows]


_MASKABLE = {
    (ListKind.ENTERPRISES, "tax_wan_per_mu"): Restricted.TAX,
    (ListKind.GRADING, "tax_wan"): Restricted.TAX,
    (ListKind.GRADING, "score"): Restricted.TAX,
}
"""Columns of lists that hold what may be masked, or what is worked out from it."""


def _without_masked(ctx: Context, kind: ListKind, rows: list[ListRow]) -> list[ListRow]:
    masked = ctx.sight.masked
    names = [name for (of, name), what in _MASKABLE.items() if of is kind and what in masked]
    persons = kind is ListKind.ENTERPRISES and Restricted.ID_NUMBERS in masked
    if not names and not persons:
        return rows
    return [_emptied(row, names, persons=persons) for row in rows]


def _emptied(row: ListRow, names: Sequence[str], *, persons: bool) -> ListRow:
    cells = {**row.cells, **dict.fromkeys(names, RESTRICTED_CELL)}
    if persons and row.cells["kind"] == EnterpriseKind.PERSON:
        cells["uscc"] = RESTRICTED_CELL
    return replace(row, cells=cells)


def _told(row: ListRow, standing: Standing | None, names: Sequence[str]) -> ListRow:
    cells = {**dict.fromkeys(names), **row.cells}
    if standing is not None:
        cells["colour"] = standing.colour.value
        cells["why"] = "; ".join(render(one) for one in standing.reasons)
        if "planned" in cells:
            cells["planned"] = standing.planned
    return replace(row, cells=cells)
