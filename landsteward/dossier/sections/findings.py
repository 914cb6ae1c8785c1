"""三、问题清单: the list, every finding with basis, demand, deadline, history; joint disposal."""

from reportlab.platypus import Flowable

from landsteward.app.dossier_view import DossierFinding, DossierView
from landsteward.domain.lifecycle import SETTLED_FINDING_STATES
from landsteward.domain.states import FindingState, SubjectKind
from landsteward.dossier.paper import Column, Line, Pair, Paper
from landsteward.dossier.sections.checkup import evidence_note
from landsteward.dossier.sections.disposals import joint, objections, slips


def findings(paper: Paper, view: DossierView, number: str) -> list[Flowable]:
    """The list and the single sheets."""
    story = paper.section("titles.findings", number)
    if not view.findings:
        return story + paper.nothing("findings.nothing")
    story.append(_list(paper, view))
    for one in view.findings:
        story += _sheet(paper, view, one)
    for together in view.joints:
        story += joint(paper, together)
    return story


def _overdue_days(view: DossierView, one: DossierFinding) -> int:
    """Days past the deadline on the day of the paper, 0 where none or where it is settled."""
    deadline = one.finding.deadline_on
    if deadline is None or one.finding.state in SETTLED_FINDING_STATES:
        return 0
    return max((view.on - deadline).days, 0)


def _state(paper: Paper, view: DossierView, one: DossierFinding) -> str:
    state = paper.words(f"finding_state.{one.finding.state}")
    days = _overdue_days(view, one)
    return paper.words("findings.overdue", state=state, days=days) if days else state


def _list(paper: Paper, view: DossierView) -> Flowable:
    words = paper.words
    columns = (
        Column(words("findings.number"), 12, "c"),
        Column(words("findings.title"), 49),
        Column(words("findings.department"), 33, "c"),
        Column(words("findings.severity"), 14, "c"),
        Column(words("findings.deadline"), 23, "c"),
        Column(words("findings.state"), 25, "c"),
    )
    return paper.table(
        columns,
        [
            Line(
                (
                    str(one.finding.finding_no),
                    paper.titled(one.finding),
                    one.department,
                    one.severity,
                    words.short_day(one.finding.deadline_on),
                    _state(paper, view, one),
                ),
                marked=one.finding.state not in SETTLED_FINDING_STATES,
            )
            for one in view.findings
        ],
    )


def _sheet(paper: Paper, view: DossierView, one: DossierFinding) -> list[Flowable]:
    words = paper.words
    finding = one.finding
    flags = [
        words(key)
        for key, set_ in (
            ("findings.supervised", finding.supervised),
            ("findings.interviewed", finding.interviewed),
        )
        if set_
    ]
    proof = [
        words(key, evidence=evidence_note(paper, numbers))
        for key, kind in (
            ("findings.proof_problem", SubjectKind.FINDING),
            ("findings.proof_result", SubjectKind.RECTIFICATION),
        )
        if (numbers := view.evidence_numbers.get((kind, finding.id), ()))
    ]
    title = words("findings.heading", number=finding.finding_no, title=paper.titled(finding))
    story = paper.heading(title)
    story.append(
        paper.sheet(
            [
                Pair(words("findings.department"), one.department),
                Pair(words("findings.severity"), one.severity),
                Pair(words("findings.category"), words.typed(one.category)),
                Pair(words("findings.violated_on"), words.day(finding.violated_on)),
                Pair(words("findings.origin"), words(f"finding_origin.{finding.origin}")),
                Pair(words("findings.disposal"), words(f"disposal.{finding.disposal}")),
                Pair(words("findings.assigned_by"), words.typed(one.assigned_by)),
                Pair(words("findings.assigned_on"), words.day(finding.assigned_on)),
                Pair(words("findings.deadline"), words.day(finding.deadline_on)),
                Pair(words("findings.state"), _state(paper, view, one)),
                Pair(words("findings.description"), words.typed(finding.description), wide=True),
                Pair(words("findings.bases"), words.bases(finding.bases), wide=True),
                Pair(words("findings.demand"), words.typed(finding.demand), wide=True),
                Pair(words("findings.root_cause"), words.typed(_cause(paper, one)), wide=True),
                *([Pair(words("findings.parcel"), one.parcel, wide=True)] if one.parcel else []),
                Pair(words("findings.evidence"), words.typed("\n".join(proof)), wide=True),
                *(
                    [Pair(words("findings.flags"), words("common.list_separator").join(flags))]
                    if flags
                    else []
                ),
            ]
        )
    )
    story += paper.subheading("findings.history")
    story.append(_history(paper, one))
    return story + objections(paper, view, one) + slips(paper, view, one)


def _cause(paper: Paper, one: DossierFinding) -> str:
    """The root cause as the pack calls it, and what was said about it."""
    said = one.finding.root_cause.strip()
    if one.root_cause and said:
        return paper.words("findings.root_cause_more", name=one.root_cause, text=said)
    return one.root_cause or said


def _history(paper: Paper, one: DossierFinding) -> Flowable:
    words = paper.words
    columns = (
        Column(words("findings.at"), 35, "c"),
        Column(words("findings.move"), 22, "c"),
        Column(words("findings.step"), 38, "c"),
        Column(words("findings.actor"), 20, "c"),
        Column(words("findings.reason"), 41),
    )

    def state(which: FindingState) -> str:
        return words(f"finding_state.{which}")

    lines = [
        Line(
            (
                f"{event.at:%Y-%m-%d %H:%M}",
                words(f"finding_move.{event.move}"),
                state(event.to_state)
                if event.from_state is event.to_state
                else words(
                    "findings.from_to", begin=state(event.from_state), end=state(event.to_state)
                ),
                words.typed(actor),
                event.reason,
            )
        )
        for event, actor in one.events
    ]
    if not lines:
        none = words("common.none")
        lines = [Line((none, none, state(one.finding.state), none, ""))]
    return paper.table(columns, lines)
