"""The columns of the lists; keys are those of the lists of the workspace."""

from collections.abc import Callable
from datetime import date

from landsteward.app.language import tr
from landsteward.app.ports.surroundings import PackSource
from landsteward.app.views import ListKind
from ui import words
from ui.models.columns import Column
from ui.pages.lists.casework_columns import findings, follow_ups, look_backs, plans, tracking
from ui.pages.lists.column_facts import (
    ColumnFacts,
    case_no_column,
    colour_columns,
    grade_tone,
    subject_column,
)


def columns_of(kind: ListKind, *, packs: PackSource, today: date) -> tuple[Column, ...]:
    """The columns of one list, the most telling first.

    Findings name their departments by the current pack: whoever shows them has it read in the
    background first.
    """
    return _MAKERS[kind](ColumnFacts(packs, today))


def _enterprises(facts: ColumnFacts) -> tuple[Column, ...]:
    return (
        Column(key="name", header=tr("Name"), width=226),
        Column(key="short_name", header=tr("Short name"), width=120, shown=False),
        Column(key="uscc", header=tr("Credit code"), width=176),
        Column(key="district", header=tr("District"), width=76),
        Column(key="carrier", header=tr("Carrier"), width=140, shown=False),
        Column(key="industry", header=tr("Industry"), width=150, shown=False),
        Column(key="parcels", header=tr("Parcels"), kind="number", width=56),
        Column(key="area_m2", header=tr("Land (mu)"), kind="area", width=84),
        Column(key="tax_wan_per_mu", header=tr("Tax (10 000 yuan/mu)"), kind="number", width=146),
        Column(key="grade", header=tr("Grade"), kind="badge", width=56, tone=grade_tone),
        Column(key="case_no", header=tr("Case under way"), width=152),
        Column(
            key="stage",
            header=tr("Stage"),
            kind="badge",
            width=84,
            word=words.stage,
            tone=words.stage_tone,
        ),
    )


def _parcels(facts: ColumnFacts) -> tuple[Column, ...]:
    return (
        Column(key="name", header=tr("Parcel"), width=190),
        Column(key="holder", header=tr("Holder"), width=200),
        Column(key="district", header=tr("District"), width=88),
        Column(key="location", header=tr("Location"), width=180, shown=False),
        Column(key="area_m2", header=tr("Land (mu)"), kind="area", width=90),
        Column(key="land_use", header=tr("Land use"), width=90),
        Column(key="electronic_no", header=tr("Supervision no."), width=158),
        Column(key="unit_code", header=tr("Unit code"), width=240, shown=False),
        Column(key="contract_no", header=tr("Contract no."), width=150, shown=False),
        Column(key="signed_on", header=tr("Signed"), kind="date", width=100),
        Column(key="agreed_start_on", header=tr("Agreed start"), kind="date", width=100),
        Column(key="actual_start_on", header=tr("Actual start"), kind="date", width=100),
        Column(
            key="agreed_completion_on",
            header=tr("Agreed completion"),
            kind="date",
            width=120,
            shown=False,
        ),
        Column(
            key="actual_completion_on",
            header=tr("Actual completion"),
            kind="date",
            width=120,
            shown=False,
        ),
    )


def _cases(facts: ColumnFacts) -> tuple[Column, ...]:
    return (
        case_no_column(),
        subject_column(),
        Column(key="parcel", header=tr("Parcel"), width=180, shown=False),
        Column(key="district", header=tr("District"), width=88),
        Column(key="carrier", header=tr("Carrier"), width=130),
        Column(
            key="stage",
            header=tr("Stage"),
            kind="badge",
            width=96,
            word=words.stage,
            tone=words.stage_tone,
        ),
        *colour_columns(),
        Column(key="findings", header=tr("Findings"), kind="number", width=64),
        Column(key="open_findings", header=tr("Not closed"), kind="number", width=72),
        Column(key="opened_on", header=tr("Opened"), kind="date", width=104),
        Column(
            key="next_deadline_on",
            header=tr("Next deadline"),
            kind="badge",
            width=116,
            tone=facts.late,
            dated=True,
        ),
        Column(key="closed_on", header=tr("Closed on"), kind="date", width=100),
    )


def _rejects(facts: ColumnFacts) -> tuple[Column, ...]:
    return (
        Column(key="file", header=tr("File"), width=200),
        Column(key="row", header=tr("Row"), kind="number", width=70),
        Column(key="column", header=tr("Column"), width=140),
        Column(key="value", header=tr("Value"), width=180),
        Column(key="reason", header=tr("Reason"), width=360),
        Column(key="imported_at", header=tr("Imported"), width=160, shown=False),
    )


def _grading(facts: ColumnFacts) -> tuple[Column, ...]:
    from ui.pages.grading import words as grading

    return (
        Column(key="rank", header=tr("Rank"), kind="number", width=60),
        Column(key="name", header=tr("Enterprise"), width=240),
        Column(key="scale", header=tr("Group"), width=128, word=grading.group),
        Column(key="uscc", header=tr("Credit code"), width=176, shown=False),
        Column(key="carrier", header=tr("Carrier"), width=140, shown=False),
        Column(key="industry", header=tr("Industry"), width=140),
        Column(key="land_m2", header=tr("Land (mu)"), kind="area", width=84),
        Column(key="tax_wan", header=tr("Tax (10 000 yuan)"), kind="number", width=120),
        Column(
            key="revenue_wan",
            header=tr("Revenue (10 000 yuan)"),
            kind="number",
            width=150,
            shown=False,
        ),
        Column(key="score", header=tr("Score"), kind="number", width=80),
        Column(key="bonus", header=tr("Bonus points"), kind="number", width=80, shown=False),
        Column(key="grade", header=tr("Grade"), kind="badge", width=64, tone=grade_tone),
        Column(
            key="previous_grade",
            header=tr("Year before"),
            kind="badge",
            width=80,
            tone=grade_tone,
        ),
        Column(
            key="change",
            header=tr("Change"),
            kind="badge",
            width=92,
            word=grading.change,
            tone=grading.change_tone,
        ),
        Column(
            key="lacking", header=tr("Cannot be scored, because"), width=230, word=grading.lacking
        ),
        Column(key="regraded_from", header=tr("Grade before"), width=90, shown=False),
    )


def _campaigns(facts: ColumnFacts) -> tuple[Column, ...]:
    return (
        Column(key="name", header=tr("Campaign"), width=240),
        Column(key="year", header=tr("Year"), kind="number", width=64),
        Column(
            key="state",
            header=tr("State"),
            kind="badge",
            width=96,
            word=words.campaign_state,
            tone=words.campaign_tone,
        ),
        Column(
            key="departments",
            header=tr("Departments"),
            width=210,
            sorts=False,
            word=facts.departments.listed,
        ),
        Column(key="from_on", header=tr("From"), kind="date", width=100),
        Column(key="to_on", header=tr("To"), kind="date", width=100),
        Column(key="enterprises", header=tr("Enterprises"), kind="number", width=84),
        Column(key="visits", header=tr("Visits"), kind="number", width=72),
        Column(key="done", header=tr("Reported"), kind="number", width=72),
        Column(key="findings", header=tr("Findings"), kind="number", width=72),
    )


def _visits(facts: ColumnFacts) -> tuple[Column, ...]:
    departments = facts.departments
    return (
        subject_column(),
        Column(
            key="day",
            header=tr("Day"),
            kind="badge",
            width=108,
            row_tone=facts.late_visit,
            dated=True,
        ),
        Column(
            key="stage",
            header=tr("Stage"),
            kind="badge",
            width=92,
            word=words.visit_stage,
            tone=words.visit_tone,
        ),
        Column(
            key="departments",
            header=tr("Departments"),
            width=230,
            sorts=False,
            word=departments.listed,
        ),
        Column(key="inspectors", header=tr("Inspectors"), width=130),
        Column(key="carrier", header=tr("Carrier"), width=140),
        Column(key="joint", header=tr("Joint with"), width=130),
        Column(
            key="times",
            header=tr("Visits in the year"),
            kind="badge",
            width=96,
            sorts=False,
            word=departments.times,
            row_tone=departments.times_tone,
        ),
        Column(key="findings", header=tr("Findings"), kind="number", width=64),
        case_no_column(),
        Column(key="campaign", header=tr("Campaign"), width=190),
        Column(key="uscc", header=tr("Credit code"), width=176, shown=False),
        Column(key="district", header=tr("District"), width=88, shown=False),
        Column(key="address", header=tr("Address"), width=180, shown=False),
        Column(
            key="grade",
            header=tr("Grade"),
            kind="badge",
            width=56,
            tone=grade_tone,
            shown=False,
        ),
    )


_MAKERS: dict[ListKind, Callable[[ColumnFacts], tuple[Column, ...]]] = {
    ListKind.ENTERPRISES: _enterprises,
    ListKind.PARCELS: _parcels,
    ListKind.CASES: _cases,
    ListKind.FINDINGS: findings,
    ListKind.PLANS: plans,
    ListKind.FOLLOW_UPS: follow_ups,
    ListKind.TRACKING: tracking,
    ListKind.LOOK_BACKS: look_backs,
    ListKind.REJECTS: _rejects,
    ListKind.GRADING: _grading,
    ListKind.CAMPAIGNS: _campaigns,
    ListKind.VISITS: _visits,
}
