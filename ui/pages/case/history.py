"""What happened in a case, worded: the trail's entries as sentences a person says."""

from collections.abc import Mapping
from typing import NamedTuple

from landsteward.app.language import localised, tr
from landsteward.app.views import TimelineEntry
from landsteward.domain.states import CaseStage, ItemOutcome
from ui import words as shared
from ui.pages.case import words
from ui.pages.case.reading import CaseHead

_NOISE = frozenset(
    {"evidence_links", "plan_findings", "recheck_results:add", "checkup_inspectors"}
    | {"item_results:add", "item_results:retire"}
)
"""Entries that only ever come along with another one, by table or table and action."""


_TELLING = frozenset({"follow_ups", "plan_steps", "added_items", "signatures", "addenda"})
"""Of what is new in these tables, it is said what it is."""


class Line(NamedTuple):
    """A line of the timeline. `parts` are what a line about several things is made of."""

    when: str
    what: str
    actor: str
    parts: tuple[str, ...] = ()


def told(head: CaseHead) -> list[Line]:
    """The timeline, newest first.

    Items that were answered alike in one sitting are one line, and so are files that came in one
    after another on one day.
    """
    lines: list[Line] = []
    plain = _plain_words()
    files: list[TimelineEntry] = []
    for entry in head.timeline:
        what = happened(entry, head, plain)
        if not what:
            continue
        if (entry.table, entry.action) == ("evidence", "add"):
            if files and (files[0].actor, files[0].at.date()) == (entry.actor, entry.at.date()):
                files.append(entry)
                lines[-1] = _files(lines[-1], files)
                continue
            files = [entry]
        else:
            files = []
        at = entry.at.astimezone()
        when = f"{at:%H:%M}" if at.date() == head.today else f"{at:%m-%d}"
        answered = entry.answers if len(entry.answers) > 1 else ()
        parts = tuple(_answer(head, key, outcome) for key, outcome in answered)
        line = Line(when, what, entry.actor, parts)
        if not lines or lines[-1] != line:
            lines.append(line)
    return lines


def _files(newest: Line, files: list[TimelineEntry]) -> Line:
    """Several files as one line, under the time of the newest."""
    what = tr("{count} files added", count=len(files))
    return newest._replace(what=what, parts=tuple(one.summary for one in files))


def happened(entry: TimelineEntry, head: CaseHead, plain: Mapping[tuple[str, str], str]) -> str:
    """One thing that happened, in a few words; empty where it is not worth a line.

    `plain` are the words for what needs no more, by table and action.
    """
    if entry.table in _NOISE or f"{entry.table}:{entry.action}" in _NOISE:
        return ""
    special = {
        "cases": _case,
        "item_results": _item,
        "finding_events": _event,
        "checkups": _checkup,
        "findings": _finding,
        "evidence": _evidence,
    }.get(entry.table)
    if special is not None:
        return special(entry, head)
    word = plain.get((entry.table, entry.action), "")
    telling = entry.table in _TELLING and entry.action == "add"
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
    (key, outcome), *more = entry.answers
    if not more:
        changed = "outcome" in entry.fields
        return _answer(head, key, outcome if changed else "")
    count = len(entry.answers)
    if outcome == ItemOutcome.OK:
        return tr("The other {count} items: no problem", count=count)
    if not outcome:
        return tr("Answers of {count} items taken back", count=count)
    return tr("{count} items: {outcome}", count=count, outcome=shared.outcome(outcome))


def _answer(head: CaseHead, result_id: str, outcome: str) -> str:
    """An item, and what it was answered with."""
    result = next((one for one in head.results if one.id == result_id), None)
    if result is None:
        return tr("Items answered")
    item = next((one for one in head.pack.items if one.key == result.item_key), None)
    title = (
        localised(item.title, item.title_en)
        if item is not None
        else head.added_titles.get(result.item_key, result.item_key)
    )
    if not outcome:
        return title
    return tr("{what}: {about}", what=title, about=shared.outcome(outcome))


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
    if entry.fields == ("conclusion",):
        return tr("Conclusion written")
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


def _evidence(entry: TimelineEntry, head: CaseHead) -> str:
    if entry.action == "add":
        return tr("{what}: {about}", what=tr("Added"), about=entry.summary)
    if "marks" in entry.fields:
        return tr("Photo marked")
    return tr("Photo turned") if "turn" in entry.fields else tr("Photo described")


def _plain_words() -> dict[tuple[str, str], str]:
    return {
        ("added_items", "add"): tr("Item added on the spot"),
        ("added_items", "retire"): tr("Item added on the spot taken off"),
        ("signatures", "add"): tr("Signature"),
        ("signatures", "retire"): tr("Signature taken off"),
        ("addenda", "add"): tr("Addendum"),
        ("photo_pairs", "add"): tr("Before and after set side by side"),
        ("photo_pairs", "retire"): tr("Before and after taken apart"),
        ("remedy_plans", "add"): tr("Plan begun"),
        ("remedy_plans", "change"): tr("Plan edited"),
        ("plan_steps", "add"): tr("Plan step added"),
        ("plan_steps", "change"): tr("Plan step edited"),
        ("plan_steps", "retire"): tr("Plan step taken out"),
        ("plan_alternatives", "add"): tr("Alternative added"),
        ("plan_alternatives", "change"): tr("Alternative edited"),
        ("plan_alternatives", "retire"): tr("Alternative taken out"),
        ("plan_risks", "add"): tr("Risk added"),
        ("plan_risks", "change"): tr("Risk edited"),
        ("plan_risks", "retire"): tr("Risk taken out"),
        ("plan_comments", "add"): tr("Comment on the plan"),
        ("plan_comments", "change"): tr("Comment answered or settled"),
        ("plan_consents", "add"): tr("The enterprise's opinion recorded"),
        ("plan_consents", "retire"): tr("The enterprise's opinion taken back"),
        ("chosen_ways", "add"): tr("Way out chosen"),
        ("chosen_ways", "change"): tr("Choice of a way out explained"),
        ("chosen_ways", "retire"): tr("Way out no longer chosen"),
        ("case_facts", "add"): tr("Found out for a way out"),
        ("case_facts", "change"): tr("Found out for a way out"),
        ("plan_targets", "add"): tr("Expected metric set"),
        ("plan_targets", "change"): tr("Expected metric edited"),
        ("plan_targets", "retire"): tr("Expected metric taken out"),
        ("plan_effects", "add"): tr("Expected effect taken from a what-if"),
        ("plan_effects", "change"): tr("Expected effect taken anew"),
        ("plan_effects", "retire"): tr("Expected effect taken out"),
        ("follow_ups", "add"): tr("Follow-up"),
        ("rechecks", "add"): tr("Recheck begun"),
        ("rechecks", "change"): tr("Recheck finished"),
        ("recheck_results", "change"): tr("Recheck judged"),
        ("closures", "add"): tr("Closure requested"),
        ("closures", "change"): tr("Closure decided"),
        ("explanations", "add"): tr("Explained what was left open"),
        ("explanations", "retire"): tr("Explanation taken back"),
        ("look_backs", "add"): tr("Look-back set"),
        ("look_backs", "change"): tr("Look-back planned or done"),
        ("referral_findings", "add"): tr("Further finding on a slip"),
        ("slip_replies", "add"): tr("Reply logged"),
        ("issued_documents", "add"): tr("Paper numbered and kept"),
        ("issued_documents", "change"): tr("Paper voided"),
        ("objections", "change"): tr("Objection edited"),
        ("referrals", "change"): tr("Receipt or reply logged"),
        ("joint_disposals", "add"): tr("Joint disposal begun"),
        ("joint_disposals", "change"): tr("Joint disposal edited"),
        ("joint_findings", "retire"): tr("Finding taken out of the joint disposal"),
        ("joint_measures", "add"): tr("Joint measure added"),
        ("joint_measures", "change"): tr("Joint measure edited"),
        ("joint_measures", "retire"): tr("Joint measure taken out"),
    }
