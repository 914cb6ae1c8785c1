"""The views that stand before the tables for whoever does not see everything (db/sight.py).

Whose a row is follows from the schema: of a table that refers to an enterprise, those that refer
to one that is seen; else of one that refers to a case, and so on. What the schema does not say by
itself stands in `_SEEN`.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from landsteward.domain.permissions import Sees
from landsteward.domain.sight import Restricted

if TYPE_CHECKING:
    from sqlcipher3 import dbapi2 as driver

_CARRIER, _FIRM = "(SELECT sight('carrier'))", "(SELECT sight('firm'))"
_ON, _SINCE = "(SELECT sight('on'))", "(SELECT sight('since'))"
_ENGAGED = (
    f"(SELECT enterprise_id FROM main.engaged_enterprises WHERE firm_id = {_FIRM} "
    f"AND from_on <= {_ON} AND last_on >= {_SINCE})"
)
KEPT = {
    Sees.ENGAGED: (
        f"SELECT id FROM main.enterprises WHERE id IN {_ENGAGED} "
        f"UNION SELECT id FROM main.enterprises WHERE merged_into IN {_ENGAGED}"
    )
}
"""Whose enterprises are dear to find out: they are kept until something is written."""
SEEN_ENTERPRISES = "seen_enterprises (id TEXT NOT NULL PRIMARY KEY) WITHOUT ROWID"
_OF_PARCEL = (
    ("occupancies", "enterprise_id"),
    ("supply_contracts", "holder_id"),
    ("output_contracts", "enterprise_id"),
    ("cases", "enterprise_id"),
)


def _of(table: str, column: str, *, key: str = "id") -> str:
    """The row of that key is seen."""
    return f"EXISTS (SELECT 1 FROM temp.{table} AS seen WHERE seen.{key} = t.{column})"


def _parcels(sees: Sees) -> str:
    """Parcels of enterprises that are seen; for carriers also their own, and nobody's."""
    ways = [
        f"EXISTS (SELECT 1 FROM main.{table} AS x CROSS JOIN temp.enterprises AS seen "
        f"WHERE x.parcel_id = t.id AND x.deleted_at IS NULL AND seen.id = x.{column})"
        for table, column in _OF_PARCEL
    ]
    if sees is Sees.OWN_CARRIER:
        held = " AND ".join(
            f"NOT EXISTS (SELECT 1 FROM main.{table} AS x WHERE x.parcel_id = t.id "
            f"AND x.deleted_at IS NULL AND x.{column} IS NOT NULL)"
            for table, column in _OF_PARCEL
        )
        ways += [f"t.carrier_id = {_CARRIER}", f"(t.carrier_id IS NULL AND {held})"]
    return " OR ".join(ways)


_SEEN: dict[Sees, dict[str, str]] = {
    Sees.OWN_CARRIER: {
        "enterprises": f"coalesce(t.carrier_id, {_CARRIER}) = {_CARRIER}",
        "parcels": _parcels(Sees.OWN_CARRIER),
        "import_rejects": (
            "EXISTS (SELECT 1 FROM main.import_batches AS b JOIN main.people AS p "
            f"ON p.id = b.imported_by WHERE b.id = t.batch_id AND p.organisation_id = {_CARRIER})"
        ),
        "engagements": f"coalesce(t.carrier_id, {_CARRIER}) = {_CARRIER}",
    },
    Sees.ENGAGED: {
        "enterprises": "t.id IN (SELECT id FROM temp.seen_enterprises)",
        "parcels": _parcels(Sees.ENGAGED),
        "import_rejects": "0",
        "dismissals": _of("cases", "case_id"),
        "engagements": f"t.firm_id = {_FIRM}",
        "engaged_enterprises": f"t.firm_id = {_FIRM}",
    },
    Sees.NOTHING: {"enterprises": "0", "parcels": "0", "import_rejects": "0", "engagements": "0"},
}
_ALIKE: dict[str, str] = {
    "export_notes": "0",
    # Whose the land is besides: without it, what an enterprise itself uses would be reckoned wrong.
    "occupancies": _of("parcels", "parcel_id"),
    "cases": (
        f"CASE WHEN t.enterprise_id IS NOT NULL THEN {_of('enterprises', 'enterprise_id')} "
        f"ELSE {_of('parcels', 'parcel_id')} END"
    ),
    "supply_contracts": (
        f"CASE WHEN t.holder_id IS NOT NULL THEN {_of('enterprises', 'holder_id')} "
        f"ELSE {_of('parcels', 'parcel_id')} END"
    ),
    "engagement_enterprises": (
        f"{_of('engagements', 'engagement_id')} AND {_of('enterprises', 'enterprise_id')}"
    ),
    "conflict_declarations": (
        f"{_of('engagements', 'engagement_id')} AND {_of('enterprises', 'enterprise_id')}"
    ),
    "enterprise_figures": _of("enterprises", "nr", key="nr"),
    "enterprise_order": _of("enterprises", "nr", key="nr"),
    "parcel_figures": _of("parcels", "nr", key="nr"),
    "parcel_order": _of("parcels", "nr", key="nr"),
}
"""Whose rows are where the schema does not say so by itself."""

_FIRST = ("enterprises", "cases", "parcels")
"""By whose key a row goes that has several."""

_MASKED: dict[Restricted, dict[str, tuple[str, ...]]] = {
    Restricted.TAX: {
        "yearly_metrics": ("tax_wan",),
        "enterprise_figures": ("tax_wan_per_mu",),
        "enterprise_order": ("tax_wan_per_mu",),
        "grading_subjects": ("tax_wan",),
        "grading_results": ("score",),
    },
    Restricted.COORDINATES: {"evidence": ("latitude", "longitude")},
    Restricted.PHONES: {
        "enterprises": ("phone",),
        "organisations": ("phone",),
        "people": ("phone",),
    },
    Restricted.ID_NUMBERS: {"enterprises": ("uscc",), "enterprise_order": ("uscc",)},
}
"""Which columns hold what may be masked."""

_HIDDEN: dict[Restricted, tuple[str, ...]] = {Restricted.COORDINATES: ("parcel_boundaries",)}
"""Tables of which nothing is left where that is masked."""

_ONLY_WHERE = {
    ("enterprises", "uscc"): "t.kind = 'person'",
    ("enterprise_order", "uscc"): (
        "(SELECT kind FROM main.enterprises AS e WHERE e.nr = t.nr) = 'person'"
    ),
}
"""Rows in which alone a column is masked: the code of an organisation is public."""

_TRAIL, _TRAIL_OF_SEEN = "change_log", "trail_of_seen"
"""The trail, and the same for questions about records that are seen: it is only masked."""


def masked_columns(kinds: frozenset[Restricted]) -> dict[str, frozenset[str]]:
    """By table: the columns that are empty where these kinds are masked."""
    found: dict[str, frozenset[str]] = {}
    for kind in sorted(kinds):
        for table, columns in _MASKED[kind].items():
            found[table] = found.get(table, frozenset()) | frozenset(columns)
    return found


def views(
    conn: "driver.Connection", sees: Sees, masked: frozenset[Restricted]
) -> Iterator[tuple[str, str]]:
    """A view for each table of which not everything is seen."""
    columns = _columns(conn)
    seen = {} if sees is Sees.ALL else _seen(conn, sees, columns)
    hidden = {table for kind in masked for table in _HIDDEN.get(kind, ())}
    empty = masked_columns(masked)
    for table in columns:
        if table in (_TRAIL, _TRAIL_OF_SEEN) or table not in {*seen, *hidden, *empty}:
            continue
        shown = ", ".join(
            _shown(table, name, kind, empty.get(table, frozenset()))
            for name, kind in columns[table]
        )
        condition = "0" if table in hidden else seen.get(table, "1")
        yield table, f"SELECT {shown} FROM main.{table} AS t WHERE {condition}"
    told = f"SELECT {_told(columns, empty)} FROM main.{_TRAIL} AS t"
    yield _TRAIL, f"{told} WHERE {_of_seen(columns, seen.keys() | hidden)}"
    if empty:
        yield _TRAIL_OF_SEEN, told


def _shown(table: str, column: str, declared: str, empty: frozenset[str]) -> str:
    if column not in empty:
        return f't."{column}"'
    nothing = "''" if declared == "NOT NULL" else "NULL"
    if only := _ONLY_WHERE.get((table, column)):
        return f'iif({only}, {nothing}, t."{column}") AS "{column}"'
    return f'{nothing} AS "{column}"'


def _of_seen(columns: dict[str, list[tuple[str, str]]], seen: set[str]) -> str:
    """An entry of the trail is about something that is seen."""
    known = " ".join(
        f"WHEN '{table}' THEN EXISTS (SELECT 1 FROM temp.{table} AS s WHERE s.id = t.record_id)"
        for table in sorted(seen)
        if any(name == "id" for name, _ in columns[table])
    )
    return f"CASE t.table_name {known} ELSE 1 END" if known else "1"


def _told(columns: dict[str, list[tuple[str, str]]], empty: dict[str, frozenset[str]]) -> str:
    """What an entry of the trail says, without what is masked."""
    shown = []
    for name, _ in columns[_TRAIL]:
        if name in ("before", "after") and empty:
            cases = " ".join(
                f"WHEN '{table}' THEN json_set(t.{name}, "
                + ", ".join(f"'$.{one}', {_nothing(columns[table], one)}" for one in sorted(gone))
                + ")"
                for table, gone in sorted(empty.items())
            )
            shown.append(
                f"iif(t.{name} IS NULL, NULL, CASE t.table_name {cases} ELSE t.{name} END) "
                f"AS {name}"
            )
        else:
            shown.append(f"t.{name}")
    return ", ".join(shown)


def _nothing(columns: Sequence[tuple[str, str]], name: str) -> str:
    return "''" if dict(columns)[name] == "NOT NULL" else "NULL"


def _seen(
    conn: "driver.Connection", sees: Sees, columns: dict[str, list[tuple[str, str]]]
) -> dict[str, str]:
    """By table or view: which of its rows (`t`) are seen; what is everybody's is not there."""
    seen = {
        table: condition
        for table, condition in {**_ALIKE, **_SEEN[sees]}.items()
        if table in columns
    }
    refers = {table: _references(conn, table) for table in columns}
    waiting = [table for table in columns if table not in seen and table != _TRAIL]
    found = True
    while found:
        found = False
        for table in list(waiting):
            condition = _by_reference(refers[table], seen)
            if condition is None and any(name == "enterprise_id" for name, _ in columns[table]):
                condition = _of("enterprises", "enterprise_id")
            if condition is not None:
                seen[table] = condition
                waiting.remove(table)
                found = True
    return seen


def _by_reference(references: Sequence[tuple[str, str, bool]], seen: dict[str, str]) -> str | None:
    """By what a row refers to: what it must refer to counts before what it may."""
    known = [one for one in references if one[1] in seen]
    must = [one for one in known if one[2]] or known
    for first in _FIRST:
        if chosen := [one for one in must if one[1] == first]:
            must = chosen
            break
    if not must:
        return None
    return " AND ".join(
        _of(table, column) if needed else f"(t.{column} IS NULL OR {_of(table, column)})"
        for column, table, needed in must
    )


def _columns(conn: "driver.Connection") -> dict[str, list[tuple[str, str]]]:
    """Tables and views of the file with their columns, each with whether it may be empty."""
    names = conn.execute(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'view') "
        "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"
    ).fetchall()
    return {
        name: [
            (column, "NOT NULL" if needed else "")
            for column, needed in conn.execute(
                "SELECT name, \"notnull\" FROM pragma_table_xinfo(?, 'main')", [name]
            )
        ]
        for (name,) in names
    }


def _references(conn: "driver.Connection", table: str) -> list[tuple[str, str, bool]]:
    """Column, table it refers to, and whether it must refer to something."""
    return [
        (column, other, bool(needed))
        for column, other, needed in conn.execute(
            'SELECT f."from", f."table", c."notnull" '
            "FROM pragma_foreign_key_list(?1, 'main') AS f "
            "JOIN pragma_table_xinfo(?1, 'main') AS c ON c.name = f.\"from\" "
            'WHERE f."table" <> ?1 ORDER BY f.id DESC',
            [table],
        )
    ]
