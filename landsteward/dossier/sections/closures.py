"""七、销号审批表: one form for each request, with room to sign and to put a seal."""

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable

from landsteward.app.dossier_view import DossierClosure, DossierView
from landsteward.domain.remedies import Closure
from landsteward.domain.states import SubjectKind
from landsteward.dossier.grid import Cell, Grid, Row
from landsteward.dossier.paper import Paper
from landsteward.dossier.sections.checkup import evidence_note
from landsteward.dossier.styles import CELL, CELL_RIGHT

_WIDTHS = (30 * mm, 48 * mm, 30 * mm, 48 * mm)
_OPINION_HEIGHT = 48 * mm
"""Room for a round official seal of 42 to 45 mm; none is ever drawn."""
_FORM_HEIGHT = 170 * mm


def closures(paper: Paper, view: DossierView, number: str) -> list[Flowable]:
    """Every request to close, by finding."""
    story = paper.section("titles.closure", number)
    if not view.closures:
        return story + paper.nothing("closure.nothing")
    for place, one in enumerate(view.closures):
        if place:
            story.append(CondPageBreak(_FORM_HEIGHT))
        finding = one.finding.finding
        title = paper.words(
            "closure.heading", number=finding.finding_no, title=paper.titled(finding)
        )
        story += paper.heading(title)
        story.append(_form(paper, view, one))
    return story


def _form(paper: Paper, view: DossierView, one: DossierClosure) -> Grid:
    words = paper.words
    closure, finding = one.closure, one.finding.finding
    proof = [
        number
        for kind, key in (
            (SubjectKind.RECTIFICATION, finding.id),
            (SubjectKind.CLOSURE, closure.id),
            (SubjectKind.BENEFIT, finding.id),
        )
        for number in view.evidence_numbers.get((kind, key), ())
    ]
    decision = "open" if closure.approved is None else "yes" if closure.approved else "no"
    holder = view.enterprise.name if view.enterprise else words("cover.holder_unknown")
    proofs = evidence_note(paper, tuple(dict.fromkeys(proof))) if proof else ""
    rows = [
        _wide(paper, "closure.enterprise", holder),
        _two(paper, ("closure.case_no", view.case.case_no), ("closure.number", finding.finding_no)),
        _wide(paper, "closure.finding", paper.titled(finding)),
        _wide(paper, "closure.demand", words.typed(finding.demand)),
        _two(
            paper,
            ("closure.deadline", words.day(finding.deadline_on)),
            ("closure.assigned_by", words.typed(one.finding.assigned_by)),
        ),
        _wide(paper, "closure.evidence", words.typed(proofs)),
        *_conditions(paper, closure),
        _opinion(
            paper,
            "closure.request",
            [
                words("closure.ground", text=words.typed(closure.ground)),
                words("closure.benefit", text=words.typed(closure.benefit)),
                words(
                    "closure.requested",
                    name=words.typed(one.requested_by),
                    organisation=words.typed(one.requested_for),
                    day=words.moment(closure.requested_at),
                ),
            ],
            "common.sign_date",
        ),
        _opinion(
            paper,
            "closure.decision",
            [
                words(f"closure.approved_{decision}"),
                *([closure.opinion] if closure.opinion.strip() else []),
                *_missing(paper, closure),
                *(
                    [
                        words(
                            "closure.decided",
                            name=words.typed(one.decided_by),
                            organisation=words.typed(one.decided_for),
                            day=words.moment(closure.decided_at),
                        )
                    ]
                    if closure.decided_at
                    else []
                ),
                *(
                    [words("closure.rebounded", day=words.day(closure.rebounded_on))]
                    if closure.rebounded_on
                    else []
                ),
            ],
            "common.sign_seal_date",
        ),
    ]
    return Grid(_WIDTHS, rows)


def _conditions(paper: Paper, closure: Closure) -> list[Row]:
    """The three conditions as they stood when it was asked for, or decided."""
    words = paper.words
    if not closure.conditions:
        return []
    lines = []
    for one in closure.conditions:
        sign = words("closure.met" if one.met else "closure.not_met")
        lines.append(f"{sign} {words(f'closing.{one.key}')}")
        lines += [f"　　{line}" for line in one.lines]
    return [_wide(paper, "closure.conditions", "\n".join(lines))]


def _missing(paper: Paper, closure: Closure) -> list[str]:
    """What a refusal misses, item by item."""
    words = paper.words
    if not closure.missing:
        return []
    return [
        words("closure.missing"),
        *(
            words("closure.missing_item", number=at, of=words(f"closing.{one.key}"), text=one.text)
            for at, one in enumerate(closure.missing, start=1)
        ),
    ]


def _wide(paper: Paper, label: str, value: str) -> Row:
    text = Cell(content=(paper.block(value, CELL),), span=3)
    return Row(cells=(paper.label(paper.words(label)), text))


def _two(paper: Paper, first: tuple[str, object], second: tuple[str, object]) -> Row:
    return Row(
        cells=tuple(
            cell
            for label, value in (first, second)
            for cell in (
                paper.label(paper.words(label)),
                Cell(content=(paper.block(str(value), CELL),), middle=True),
            )
        )
    )


def _opinion(paper: Paper, label: str, lines: list[str], foot: str) -> Row:
    """A box with what was said above, and room for hand and seal below."""
    return Row(
        cells=(
            paper.label(paper.words(label)),
            Cell(
                content=tuple(paper.block(line, CELL) for line in lines),
                foot=(paper.block(paper.words(foot), CELL_RIGHT),),
                span=3,
            ),
        ),
        least_height=_OPINION_HEIGHT,
    )
