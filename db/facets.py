"""What the facets of a list mean in SQL: for each, the `nr` of all rows that fit.

Whole sets instead of a condition on each row: a set is found by an index or one walk over a table,
and they are intersected in memory.
"""

from collections.abc import Iterator

import msgspec

from landsteward.app.views import Facet, Flag, ListFilter, ListKind

_CHOSEN = "(SELECT value FROM json_each(:chosen))"
_ENDED = "(SELECT value FROM json_each(:ended))"
_SETTLED = "(SELECT value FROM json_each(:settled))"
_OPEN = f"f.deleted_at IS NULL AND f.state NOT IN {_SETTLED}"

# Findings and cases, said of the thing they belong to: {subject} is a column of cases.
_FINDINGS = (
    "SELECT c.{subject} FROM findings AS f "
    "JOIN cases AS c ON c.id = f.case_id AND c.deleted_at IS NULL "
    "WHERE c.{subject} IS NOT NULL AND "
)
_STAGES = f"""
    SELECT {{subject}} AS subject, stage, row_number() OVER (
        PARTITION BY {{subject}} ORDER BY stage IN {_ENDED}, opened_on DESC, nr DESC
    ) AS place
    FROM cases WHERE {{subject}} IS NOT NULL AND deleted_at IS NULL
"""
_OF_CASES: dict[Facet | Flag, str] = {
    Facet.DEPARTMENT: f"id IN ({_FINDINGS} {_OPEN} AND f.department IN {_CHOSEN})",
    Facet.STAGE: (
        f"(id IN (SELECT subject FROM ({_STAGES}) WHERE place = 1 AND stage IN {_CHOSEN}) "
        f"OR '' IN {_CHOSEN} AND id NOT IN (SELECT subject FROM ({_STAGES})))"
    ),
    Facet.YEAR: (
        "id IN (SELECT {subject} FROM cases WHERE {subject} IS NOT NULL AND deleted_at IS NULL "
        f"AND substr(opened_on, 1, 4) IN {_CHOSEN})"
    ),
    Flag.OVERDUE: f"id IN ({_FINDINGS} {_OPEN} AND f.deadline_on < :on)",
    Flag.SUSPECTED: (
        f"id IN ({_FINDINGS} f.deleted_at IS NULL AND f.origin = 'rule' AND f.state = 'draft')"
    ),
    Flag.NO_CASE: (
        "id NOT IN (SELECT {subject} FROM cases WHERE {subject} IS NOT NULL "
        f"AND deleted_at IS NULL AND stage NOT IN {_ENDED})"
    ),
}

# Slips of a finding that want a reply which is not in, and objections without an answer.
_WAITING = (
    "id IN (SELECT x.finding_id FROM (SELECT id, finding_id FROM referrals UNION ALL "
    "SELECT referral_id, finding_id FROM referral_findings WHERE deleted_at IS NULL) AS x "
    "JOIN referrals AS r ON r.id = x.id "
    "JOIN issued_documents AS d ON d.id = r.document_id AND d.voided_on IS NULL "
    "WHERE r.reply_by IS NOT NULL AND r.replied_on IS NULL AND r.deleted_at IS NULL{late})"
)
_OF_FINDINGS: dict[Facet | Flag, str] = {
    Facet.CARRIER: (
        "case_id IN (SELECT id FROM cases WHERE deleted_at IS NULL "
        f"AND coalesce(carrier_id, '') IN {_CHOSEN})"
    ),
    Facet.DEPARTMENT: f"department IN {_CHOSEN}",
    Facet.CATEGORY: f"coalesce(category, '') IN {_CHOSEN}",
    # What was chosen is text, a severity a number.
    Facet.SEVERITY: f"CAST(severity AS TEXT) IN {_CHOSEN}",
    Facet.DISPOSAL: f"disposal IN {_CHOSEN}",
    Facet.ROOT_CAUSE: f"coalesce(root_cause_key, '') IN {_CHOSEN}",
    Flag.OVERDUE: f"state NOT IN {_SETTLED} AND deadline_on < :on",
    Flag.REPLY_WAITING: _WAITING.format(late=""),
    Flag.REPLY_OVERDUE: _WAITING.format(late=" AND r.reply_by < :on"),
    Flag.ANSWER_WAITING: (
        "id IN (SELECT finding_id FROM objections WHERE answered_on IS NULL AND deleted_at IS NULL)"
    ),
    Flag.SUPERVISED: "supervised = 1",
    Flag.JOINT: "id IN (SELECT finding_id FROM joint_findings WHERE deleted_at IS NULL)",
}
_CARRIER = f"coalesce(carrier_id, '') IN {_CHOSEN}"
_NOT_VISITED = (
    "id NOT IN (SELECT c.enterprise_id FROM checkups AS k JOIN cases AS c ON c.id = k.case_id "
    "WHERE c.enterprise_id IS NOT NULL AND k.started_on >= (SELECT min(value) FROM "
    "json_each(:chosen)) AND k.deleted_at IS NULL AND c.deleted_at IS NULL)"
)
# Of visits the one that is made is asked about, see visits_made.
_MADE = "made_id IN (SELECT made.id FROM visits_made AS made WHERE {0})"


def _said_of(subject: str) -> dict[Facet | Flag, str]:
    return {name: sql.format(subject=subject) for name, sql in _OF_CASES.items()}


_CONDITIONS: dict[ListKind, dict[Facet | Flag, str]] = {
    ListKind.ENTERPRISES: {
        **_said_of("enterprise_id"),
        Facet.CARRIER: _CARRIER,
        Facet.SCALE: f"coalesce(scale, '') IN {_CHOSEN}",
        Facet.NOT_VISITED: _NOT_VISITED,
        Facet.NOT_IN: (
            "id NOT IN (SELECT enterprise_id FROM visits "
            f"WHERE deleted_at IS NULL AND campaign_id IN {_CHOSEN})"
        ),
        Facet.GRADE: (
            f"(nr IN (SELECT nr FROM enterprise_figures WHERE grade IN {_CHOSEN}) "
            f"OR '' IN {_CHOSEN} "
            "AND nr NOT IN (SELECT nr FROM enterprise_figures WHERE grade IS NOT NULL))"
        ),
        Flag.NO_CODE: "uscc IS NULL AND kind = 'organisation'",
        Flag.NO_LAND: "nr IN (SELECT nr FROM enterprise_figures WHERE parcels = 0)",
    },
    ListKind.PARCELS: {
        **_said_of("parcel_id"),
        Facet.CARRIER: _CARRIER,
        Facet.YEAR: (
            "id IN (SELECT parcel_id FROM supply_contracts "
            f"WHERE deleted_at IS NULL AND substr(signed_on, 1, 4) IN {_CHOSEN})"
        ),
        Flag.NO_HOLDER: (
            "id NOT IN (SELECT parcel_id FROM supply_contracts "
            "WHERE holder_id IS NOT NULL AND deleted_at IS NULL) "
            "AND id NOT IN (SELECT parcel_id FROM occupancies "
            "WHERE (to_on IS NULL OR to_on >= :on) AND deleted_at IS NULL)"
        ),
        Flag.NOT_STARTED: (
            "id IN (SELECT parcel_id FROM supply_contracts WHERE deleted_at IS NULL "
            "AND agreed_start_on < :on AND actual_start_on IS NULL)"
        ),
        Flag.NO_BOUNDARY: (
            "(SELECT sight('coordinates')) IS NULL "
            "AND id NOT IN (SELECT parcel_id FROM parcel_boundaries WHERE deleted_at IS NULL)"
        ),
    },
    ListKind.CASES: {
        **_said_of("id"),
        Facet.CARRIER: _CARRIER,
    },
    ListKind.FINDINGS: _OF_FINDINGS,
    ListKind.VISITS: {
        Facet.CARRIER: f"enterprise_id IN (SELECT id FROM enterprises WHERE {_CARRIER})",
        Facet.DEPARTMENT: (
            "made_id IN (SELECT m.made_id FROM visits AS m "
            "JOIN json_each(m.departments) AS d "
            f"WHERE m.deleted_at IS NULL AND d.value IN {_CHOSEN})"
        ),
        Facet.STAGE: _MADE.format(f"made.stage IN {_CHOSEN}"),
        Facet.INSPECTOR: (
            "made_id IN (SELECT m.made_id FROM visits AS m "
            "JOIN json_each(m.inspectors) AS i JOIN visits_made AS made "
            "ON made.id = m.made_id AND made.checkup_id IS NULL "
            f"WHERE m.deleted_at IS NULL AND i.value IN {_CHOSEN} "
            "UNION ALL SELECT h.id FROM checkup_inspectors AS i "
            "JOIN visits AS h ON h.checkup_id = i.checkup_id "
            f"WHERE i.deleted_at IS NULL AND i.person_id IN {_CHOSEN})"
        ),
        Flag.TODAY: _MADE.format("made.day = :on AND made.stage <> 'reported'"),
        Flag.LATE: _MADE.format("made.day < :on AND made.stage IN ('planned', 'scheduled')"),
        Flag.NO_DAY: _MADE.format("made.day IS NULL"),
        Flag.PROBLEMS: _MADE.format(
            "made.case_id IN (SELECT case_id FROM findings "
            "WHERE state <> 'terminated' AND deleted_at IS NULL)"
        ),
    },
}

_YEARS_OF_CASES = (
    "SELECT DISTINCT substr(opened_on, 1, 4) FROM cases WHERE deleted_at IS NULL ORDER BY 1 DESC"
)
_VALUES: dict[tuple[ListKind, Facet], str] = {
    (ListKind.ENTERPRISES, Facet.GRADE): (
        "SELECT DISTINCT grade FROM enterprise_figures WHERE grade IS NOT NULL ORDER BY grade"
    ),
    (ListKind.ENTERPRISES, Facet.YEAR): _YEARS_OF_CASES,
    (ListKind.CASES, Facet.YEAR): _YEARS_OF_CASES,
    (ListKind.PARCELS, Facet.YEAR): (
        "SELECT DISTINCT substr(signed_on, 1, 4) FROM supply_contracts "
        "WHERE signed_on IS NOT NULL AND deleted_at IS NULL ORDER BY 1 DESC"
    ),
}


def conditions(kind: ListKind, wanted: ListFilter) -> Iterator[tuple[str, dict[str, str]]]:
    """Queries of one column `nr`, one for each facet and each flag, with their parameters.

    A facet this list does not have is an error of ours.
    """
    known = _CONDITIONS.get(kind, {})
    if wanted.only is not None:
        sql = f"SELECT nr FROM {kind.value} WHERE id IN (SELECT value FROM json_each(:only))"
        yield sql, {"only": msgspec.json.encode(wanted.only).decode()}
    on = wanted.on.isoformat() if wanted.on is not None else ""
    for facet, values in wanted.chosen.items():
        parts: list[tuple[Facet | Flag, tuple[str, ...]]] = [(facet, values)]
        if facet is Facet.FLAG:
            parts = [(Flag(value), ()) for value in values]
        for part, chosen in parts:
            if part not in known:
                raise ValueError(f"the list {kind} has no facet {part!r}")
            sql = f"SELECT nr FROM {kind.value} WHERE deleted_at IS NULL AND {known[part]}"
            yield sql, {"chosen": msgspec.json.encode(chosen).decode(), "on": on}


# Short lists are asked about the columns of their own query.
_COLUMNS: dict[ListKind, dict[Facet | Flag, str]] = {
    ListKind.TRACKING: {
        Facet.CARRIER: "coalesce(carrier_id, '') IN {chosen}",
        Facet.DEPARTMENT: "department IN {chosen}",
        Facet.KIND: "kind IN {chosen}",
        Flag.OVERDUE: "next_on < {on}",
    },
    ListKind.PLANS: {
        Facet.CARRIER: "coalesce(carrier_id, '') IN {chosen}",
        Facet.FIRM: "coalesce(firm_id, '') IN {chosen}",
        Facet.TURN: "coalesce(waits_for, '') IN {chosen}",
        Flag.OVERDUE: "due_on < {on}",
        Flag.COMMENTED: "comments > 0",
    },
}


def short_conditions(kind: ListKind, wanted: ListFilter) -> Iterator[tuple[str, dict[str, str]]]:
    """The same for lists that have no `nr`: conditions, each with parameters of names of its own.

    A facet this list does not have is an error of ours.
    """
    if wanted.only is not None:
        only = msgspec.json.encode(wanted.only).decode()
        yield "id IN (SELECT value FROM json_each(:only))", {"only": only}
    known = _COLUMNS.get(kind, {})
    number = 0
    for facet, values in wanted.chosen.items():
        parts: list[tuple[Facet | Flag, tuple[str, ...]]] = [(facet, values)]
        if facet is Facet.FLAG:
            parts = [(Flag(value), ()) for value in values]
        for part, chosen in parts:
            if part not in known:
                raise ValueError(f"the list {kind} has no facet {part!r}")
            number += 1
            sql = known[part].format(
                chosen=f"(SELECT value FROM json_each(:chosen_{number}))", on=f":on_{number}"
            )
            given = {}
            if f":chosen_{number}" in sql:
                given[f"chosen_{number}"] = msgspec.json.encode(chosen).decode()
            if f":on_{number}" in sql:
                given[f"on_{number}"] = wanted.on.isoformat() if wanted.on is not None else ""
            yield sql, given


def values_sql(kind: ListKind, facet: Facet) -> str:
    """The query for the values of a facet that are on record."""
    return _VALUES[kind, facet]
