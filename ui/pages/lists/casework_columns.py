"""The columns of what is found, planned and followed."""

from dataclasses import replace

from landsteward.app.language import tr
from ui import words
from ui.models.columns import Column
from ui.pages.lists.column_facts import ColumnFacts, case_no_column, colour_columns, subject_column


def findings(facts: ColumnFacts) -> tuple[Column, ...]:
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
        subject_column(),
        case_no_column(),
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


def plans(facts: ColumnFacts) -> tuple[Column, ...]:
    return (
        subject_column(),
        case_no_column(),
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


def follow_ups(facts: ColumnFacts) -> tuple[Column, ...]:
    return (
        Column(key="happened_on", header=tr("Day"), kind="date", width=110),
        subject_column(),
        case_no_column(),
        Column(key="content", header=tr("What was done"), width=360),
        Column(key="percent", header=tr("Progress (%)"), kind="number", width=100),
        Column(key="author", header=tr("Author"), width=110),
    )


def tracking(facts: ColumnFacts) -> tuple[Column, ...]:
    colour, why = colour_columns()
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
        subject_column(),
        case_no_column(),
        replace(why, shown=True),
        Column(key="kind", header=tr("What it is"), width=80, word=words.tracked, shown=False),
        Column(key="number", header=tr("No."), kind="number", width=60, shown=False),
    )


def look_backs(facts: ColumnFacts) -> tuple[Column, ...]:
    return (
        Column(
            key="due_on",
            header=tr("Due"),
            kind="badge",
            width=112,
            row_tone=facts.late_look_back,
            dated=True,
        ),
        subject_column(),
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
        case_no_column(),
        Column(
            key="department",
            header=tr("Department"),
            width=110,
            word=facts.departments.name,
            shown=False,
        ),
    )
