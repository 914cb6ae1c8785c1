"""The columns of the lists; keys are those of the lists of the workspace."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from landsteward.app.language import localised, tr
from landsteward.app.ports.surroundings import PackSource
from landsteward.app.views import Cell, ListKind
from landsteward.domain.lifecycle import SETTLED_FINDING_STATES
from landsteward.domain.states import FindingState
from ui import words
from ui.models.columns import Column
from ui.visit_words import DepartmentWords


@dataclass(frozen=True, slots=True)
class _Facts:
    """What some columns are worded by."""

    packs: PackSource
    today: date

    def late(self, day: str) -> str:
        """The tone of a deadline."""
        return "bad" if day < self.today.isoformat() else "plain"

    def late_finding(self, cells: Mapping[str, Cell]) -> str:
        """The tone of a finding's deadline: a settled one is never late."""
        if FindingState(str(cells["state"])) in SETTLED_FINDING_STATES:
            return "plain"
        return self.late(str(cells["deadline_on"]))

    def late_look_back(self, cells: Mapping[str, Cell]) -> str:
        """The tone of a look-back's day: one that is done is never late."""
        return self.late(str(cells["due_on"])) if cells["waits"] == "1" else "plain"

    def category(self, key: str) -> str:
        """A category of findings."""
        found = self.packs.current().findings.category(key)
        return localised(found.name, found.name_en) if found else key

    def root_cause(self, key: str) -> str:
        """A root cause."""
        found = self.packs.current().findings.root_cause(key)
        return localised(found.name, found.name_en) if found else key

    @property
    def departments(self) -> DepartmentWords:
        """The departments in words."""
        return DepartmentWords(self.packs)

    def late_visit(self, cells: Mapping[str, Cell]) -> str:
        """The tone of a visit's day: one that has begun is never late."""
        if cells["stage"] not in ("planned", "scheduled"):
            return "plain"
        day, today = str(cells["day"]), self.today.isoformat()
        return "caution" if day == today else self.late(day)


def columns_of(kind: ListKind, *, packs: PackSource, today: date) -> tuple[Column, ...]:
    """The columns of one list, the most telling first.

    Findings name their departments by the current pack: whoever shows them has it read in the
    background first.
    """
    return _MAKERS[kind](_Facts(packs, today))


def _case_no() -> Column:
    return Column(key="case_no", header=tr("Case no."), width=144)


def _colour() -> tuple[Column, Column]:
    """One of the four colours, and why."""
    return (
        Column(
            key="colour",
            header=tr("Colour"),
            kind="badge",
            width=104,
            sorts=False,
            word=words.board_colour,
            tone=words.colour_tone,
        ),
        Column(key="why", header=tr("Why"), width=220, sorts=False, shown=False),
    )


def _subject() -> Column:
    return Column(key="enterprise", header=tr("Enterprise"), width=220)


def _enterprises(facts: _Facts) -> tuple[Column, ...]:
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


def _parcels(facts: _Facts) -> tuple[Column, ...]:
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


def _cases(facts: _Facts) -> tuple[Column, ...]:
    return (
        _case_no(),
        _subject(),
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
        *_colour(),
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


def _findings(facts: _Facts) -> tuple[Column, ...]:
    return (
        Column(key="title", header=tr("Finding"), width=260),
        Column(
            key="severity",
            header=tr("Severity"),
            kind="badge",
            width=84,
            word=lambda cell: words.severity(int(cell)),
            tone=lambda cell: words.severity_tone(int(cell)),
        ),
        Column(
            key="state",
            header=tr("State"),
            kind="badge",
            width=110,
            word=words.finding_state,
            tone=words.finding_tone,
        ),
        _subject(),
        _case_no(),
        Column(
            key="department",
            header=tr("Department"),
            width=104,
            word=facts.departments.name,
        ),
        Column(
            key="occurrence",
            header=tr("Occurrence"),
            kind="badge",
            width=84,
            word=words.occurrence,
            tone=lambda _cell: "bad",
        ),
        Column(
            key="deadline_on",
            header=tr("Deadline"),
            kind="badge",
            width=116,
            row_tone=facts.late_finding,
            dated=True,
        ),
        Column(
            key="reply_by",
            header=tr("Reply wanted by"),
            kind="badge",
            width=116,
            tone=facts.late,
            dated=True,
        ),
        Column(key="category", header=tr("Category"), width=130, word=facts.category),
        Column(
            key="disposal",
            header=tr("Disposal"),
            width=110,
            word=words.disposal,
            shown=False,
        ),
        Column(
            key="root_cause",
            header=tr("Root cause"),
            width=140,
            word=facts.root_cause,
            shown=False,
        ),
        Column(
            key="lead",
            header=tr("Lead department"),
            width=104,
            word=facts.departments.name,
            shown=False,
        ),
        Column(
            key="answer_by",
            header=tr("Answer by"),
            kind="badge",
            width=116,
            tone=facts.late,
            dated=True,
            shown=False,
        ),
        Column(key="assigned_on", header=tr("Assigned on"), kind="date", width=100),
    )


def _plans(facts: _Facts) -> tuple[Column, ...]:
    return (
        _subject(),
        _case_no(),
        Column(key="firm", header=tr("Firm"), width=200),
        Column(key="version", header=tr("Version"), kind="number", width=70),
        Column(
            key="status",
            header=tr("Status"),
            kind="badge",
            width=110,
            word=words.plan_status,
            tone=words.plan_tone,
        ),
        Column(key="waits_for", header=tr("Waits for"), width=110, word=words.plan_waits_for),
        Column(key="since_on", header=tr("Since"), kind="date", width=104),
        Column(
            key="due_on", header=tr("Due"), kind="badge", width=116, tone=facts.late, dated=True
        ),
        Column(key="alternatives", header=tr("Alternatives"), kind="number", width=96),
        Column(key="comments", header=tr("Open comments"), kind="number", width=110),
        Column(key="steps", header=tr("Steps"), kind="number", width=80),
        Column(key="steps_done", header=tr("Done"), kind="number", width=80),
        Column(
            key="next_due_on",
            header=tr("Next due"),
            kind="badge",
            width=120,
            tone=facts.late,
            dated=True,
        ),
    )


def _follow_ups(facts: _Facts) -> tuple[Column, ...]:
    return (
        Column(key="happened_on", header=tr("Day"), kind="date", width=110),
        _subject(),
        _case_no(),
        Column(key="content", header=tr("What was done"), width=360),
        Column(key="percent", header=tr("Progress (%)"), kind="number", width=100),
        Column(key="author", header=tr("Author"), width=110),
    )


def _tracking(facts: _Facts) -> tuple[Column, ...]:
    colour, why = _colour()
    return (
        Column(key="title", header=tr("Finding or step"), width=230),
        colour,
        Column(
            key="next_on", header=tr("Due"), kind="badge", width=112, tone=facts.late, dated=True
        ),
        Column(key="percent", header=tr("Progress (%)"), kind="number", width=92),
        Column(
            key="planned",
            header=tr("Planned (%)"),
            kind="number",
            width=92,
            sorts=False,
        ),
        Column(key="who", header=tr("Who"), width=180),
        _subject(),
        _case_no(),
        replace(why, shown=True),
        Column(key="kind", header=tr("What it is"), width=80, word=words.tracked, shown=False),
        Column(key="number", header=tr("No."), kind="number", width=60, shown=False),
    )


def _look_backs(facts: _Facts) -> tuple[Column, ...]:
    return (
        Column(
            key="due_on",
            header=tr("Due"),
            kind="badge",
            width=112,
            row_tone=facts.late_look_back,
            dated=True,
        ),
        _subject(),
        Column(key="title", header=tr("Finding"), width=240),
        Column(key="outcome", header=tr("Look-back"), width=104, word=words.look_back_outcome),
        Column(key="planned_on", header=tr("Visit on"), kind="date", width=104),
        Column(key="inspector", header=tr("Inspector"), width=96),
        Column(
            key="severity",
            header=tr("Severity"),
            width=72,
            word=lambda cell: words.severity(int(cell)),
        ),
        Column(key="closed_on", header=tr("Closed on"), kind="date", width=104),
        Column(key="done_on", header=tr("Done on"), kind="date", width=104),
        _case_no(),
        Column(
            key="department",
            header=tr("Department"),
            width=110,
            word=facts.departments.name,
            shown=False,
        ),
    )


def _rejects(facts: _Facts) -> tuple[Column, ...]:
    return (
        Column(key="file", header=tr("File"), width=200),
        Column(key="row", header=tr("Row"), kind="number", width=70),
        Column(key="column", header=tr("Column"), width=140),
        Column(key="value", header=tr("Value"), width=180),
        Column(key="reason", header=tr("Reason"), width=360),
        Column(key="imported_at", header=tr("Imported"), width=160, shown=False),
    )


def _grading(facts: _Facts) -> tuple[Column, ...]:
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


def _campaigns(facts: _Facts) -> tuple[Column, ...]:
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


def _visits(facts: _Facts) -> tuple[Column, ...]:
    departments = facts.departments
    return (
        _subject(),
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
        _case_no(),
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


def grade_tone(grade: str) -> str:
    """The tone of an 亩均 grade: A, B, C, D."""
    return {"A": "good", "B": "accent", "C": "caution", "D": "bad"}.get(grade[:1], "plain")


_MAKERS: dict[ListKind, Callable[[_Facts], tuple[Column, ...]]] = {
    ListKind.ENTERPRISES: _enterprises,
    ListKind.PARCELS: _parcels,
    ListKind.CASES: _cases,
    ListKind.FINDINGS: _findings,
    ListKind.PLANS: _plans,
    ListKind.FOLLOW_UPS: _follow_ups,
    ListKind.TRACKING: _tracking,
    ListKind.LOOK_BACKS: _look_backs,
    ListKind.REJECTS: _rejects,
    ListKind.GRADING: _grading,
    ListKind.CAMPAIGNS: _campaigns,
    ListKind.VISITS: _visits,
}
