"""What happened in a case, worded: the trail's entries as sentences a person says."""

from landsteward.app.language import localised, tr
from landsteward.app.views import TimelineEntry
from landsteward.domain.casework import CaseStage, ItemOutcome
from ui import words as shared
from ui.pages.case import words
from ui.pages.case.reading import CaseHead

_NOISE = frozenset(
    {"evidence_links", "plan_findings", "recheck_results:add", "checkup_inspectors"}
    | {"item_results:add", "item_results:retire"}
)
"""Entries that only ever come along with another one, by table or table and action."""


def told(head: CaseHead) -> list[tuple[str, str, str]]:
    """The timeline, newest first: when, what, who.

    Answers without a problem that one person gave one after the other are one line.
    """
    lines: list[tuple[str, str, str]] = []
    answered = 0
    for entry in head.timeline:
        what = happened(entry, head)
        if not what:
            continue
        at = entry.at.astimezone()
        when = f"{at:%H:%M}" if at.date() == head.today else f"{at:%m-%d}"
        plain = entry.table == "item_results" and not _is_problem(entry, head)
        line = (when, what, entry.actor)
        if plain and answered and lines[-1][0] == when and lines[-1][2] == entry.actor:
            answered += 1
            lines[-1] = (when, tr("{count} items answered", count=answered), entry.actor)
            continue
        answered = 1 if plain else 0
        if not lines or lines[-1] != line:
            lines.append(line)
    return lines


def _is_problem(entry: TimelineEntry, head: CaseHead) -> bool:
    result = next((one for one in head.results if one.id == entry.record_id), None)
    return result is not None and result.outcome is ItemOutcome.PROBLEM


def happened(entry: TimelineEntry, head: CaseHead) -> str:
    """One thing that happened, in a few words; empty where it is not worth a line."""
    if entry.table in _NOISE or f"{entry.table}:{entry.action}" in _NOISE:
        return ""
    special = {
        "cases": _case,
        "item_results": _item,
        "finding_events": _event,
        "checkups": _checkup,
        "findings": _finding,
    }.get(entry.table)
    if special is not None:
        return special(entry, head)
    word = _plain_words().get((entry.table, entry.action), "")
    telling = entry.table in ("evidence", "follow_ups", "plan_steps") and entry.action == "add"
    return (
        tr("{what}: {about}", what=word, about=entry.summary)
        if word and telling and entry.summary
        else word
    )


def _case(entry: TimelineEntry, head: CaseHead) -> str:
    if entry.action == "add":
        return tr("Case registered")
    if entry.fields == ("stage",) and entry.summary in set(CaseStage):
        return tr("Case: {stage}", stage=shared.stage(entry.summary))
    if "archived_on" in entry.fields:
        return tr("Case archived")
    if "closed_on" in entry.fields:
        return tr("Case closed")
    return tr("Case changed")


def _item(entry: TimelineEntry, head: CaseHead) -> str:
    place = next(
        (place for place, one in enumerate(head.results) if one.id == entry.record_id), None
    )
    if place is None:
        return tr("Items answered")
    result = head.results[place]
    item = next((one for one in head.pack.items if one.key == result.item_key), None)
    title = localised(item.title, item.title_en) if item is not None else result.item_key
    if entry.summary.isdigit() and not entry.fields:
        return tr("{count} items answered", count=entry.summary)
    if "outcome" in entry.fields and result.outcome is not None:
        return tr("{what}: {about}", what=title, about=shared.outcome(result.outcome))
    return title


def _event(entry: TimelineEntry, head: CaseHead) -> str:
    number = head.event_numbers.get(entry.record_id)
    word = words.moved(entry.summary)
    if number is None:
        return word
    return tr("Finding {number}: {move}", number=number, move=word)


def _checkup(entry: TimelineEntry, head: CaseHead) -> str:
    if entry.action == "add":
        return tr("Checkup scheduled")
    if "finished_at" in entry.fields:
        return tr("Checkup finished and locked")
    if "started_on" in entry.fields:
        return tr("Checkup begun")
    return tr("Schedule changed")


def _finding(entry: TimelineEntry, head: CaseHead) -> str:
    if entry.action == "add":
        return ""  # told by its first event
    if entry.fields == ("state", "assigned_by", "assigned_on") or "state" in entry.fields:
        return ""  # told by its move
    number = next(
        (one.finding_no for one in head.overview.findings if one.id == entry.record_id), None
    )
    return tr("Finding {number} edited", number=number) if number else tr("Findings edited")


def _plain_words() -> dict[tuple[str, str], str]:
    return {
        ("evidence", "add"): tr("Added"),
        ("evidence", "change"): tr("Photo described"),
        ("remedy_plans", "add"): tr("Plan begun"),
        ("remedy_plans", "change"): tr("Plan edited"),
        ("plan_steps", "add"): tr("Plan step added"),
        ("plan_steps", "change"): tr("Plan step edited"),
        ("plan_steps", "retire"): tr("Plan step taken out"),
        ("plan_targets", "add"): tr("Expected metric set"),
        ("plan_targets", "change"): tr("Expected metric edited"),
        ("plan_targets", "retire"): tr("Expected metric taken out"),
        ("follow_ups", "add"): tr("Follow-up"),
        ("rechecks", "add"): tr("Recheck begun"),
        ("rechecks", "change"): tr("Recheck finished"),
        ("recheck_results", "change"): tr("Recheck judged"),
        ("closures", "add"): tr("Closure requested"),
        ("closures", "change"): tr("Closure decided"),
        ("issued_documents", "add"): tr("Dossier numbered and kept"),
        ("issued_documents", "change"): tr("Dossier voided"),
    }
