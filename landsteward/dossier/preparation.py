"""体检准备单 as PDF: to take along, with room to write beside what has to be looked at."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from reportlab.platypus import Flowable

from landsteward.app.language import for_paper
from landsteward.app.output_contracts import OutputView
from landsteward.app.preparation import PreparationSheet, ToAsk
from landsteward.app.screening import FoundSuspicion, SubjectRef
from landsteward.dossier.fonts import load_fonts
from landsteward.dossier.page import print_pages
from landsteward.dossier.paper import Column, Line, Pair, Paper
from landsteward.dossier.styles import NOTE, TITLE
from landsteward.dossier.wording import Wording

_NUMERALS = "一二三四五六七"


def build_preparation(view: PreparationSheet, *, fonts: Path) -> bytes:
    """The sheet as PDF, in the wording of the case's rule pack. Raises RulePackError where that
    lacks something.
    """
    paper = Paper(load_fonts(fonts), Wording(view.pack.wording))
    words = paper.words
    holder = view.enterprise.name if view.enterprise else words("cover.holder_unknown")
    title = words("preparation.title")
    story: list[Flowable] = [paper.block(title, TITLE), paper.sheet(_head(paper, view, holder))]
    parts = (
        _suspicions,
        _to_ask,
        _findings,
        _problems,
        _contracts,
        _permits,
    )
    for numeral, part in zip(_NUMERALS, parts, strict=False):
        story += part(paper, view, numeral)
    story.append(paper.block(words("preparation.note"), NOTE))
    return print_pages(
        story,
        fonts=paper.fonts,
        title=f"{title} {view.case.case_no}",
        author="",
        subject=view.case.case_no,
        made_on=view.on,
        head_left=view.case.case_no,
        head_right=holder,
        on_page=None,
    )


def _head(paper: Paper, view: PreparationSheet, holder: str) -> list[Pair]:
    words = paper.words
    checkup = view.checkup
    departments = (
        words("common.list_separator").join(
            view.pack.department(key).short_name for key in checkup.departments
        )
        if checkup is not None
        else ""
    )
    parcels = words("common.list_separator").join(one.name for one in view.parcels)
    return [
        Pair(words("preparation.enterprise"), holder, wide=True),
        Pair(words("preparation.case_no"), view.case.case_no),
        Pair(
            words("preparation.visit_on"),
            words.day(checkup.started_on or checkup.scheduled_on if checkup else None),
        ),
        Pair(words("preparation.departments"), words.typed(departments), wide=True),
        Pair(words("preparation.parcels"), words.typed(parcels), wide=True),
        Pair(
            words("preparation.made_on_label"),
            words(
                "preparation.made_on",
                day=words.day(view.on),
                pack=view.pack.name,
                version=view.pack.version,
            ),
            wide=True,
        ),
    ]


def _suspicions(paper: Paper, view: PreparationSheet, number: str) -> list[Flowable]:
    words = paper.words
    story = paper.section("preparation.suspicions", number)
    if not view.suspicions:
        return story + paper.nothing("preparation.no_suspicions")
    for at, one in enumerate(view.suspicions, start=1):
        story += paper.heading(f"{at}. {one.suspicion.rule.title}")
        explained = one.suspicion.explain()
        story.append(
            paper.sheet(
                [
                    Pair(words("preparation.about"), _about(paper, one.subject), wide=True),
                    Pair(
                        words("preparation.severity"),
                        view.pack.severity(one.suspicion.severity).name,
                    ),
                    Pair(
                        words("preparation.department"),
                        view.pack.department(one.suspicion.rule.department).short_name,
                    ),
                    Pair(
                        words("preparation.arithmetic"),
                        "\n".join(map(for_paper, explained.arithmetic)),
                        wide=True,
                    ),
                    Pair(words("preparation.basis"), words.bases(explained.bases), wide=True),
                    Pair(words("preparation.on_site"), _on_site(paper, one), wide=True),
                ]
            )
        )
    return story


def _on_site(paper: Paper, one: FoundSuspicion) -> str:
    """What became of it, or the boxes to tick."""
    words = paper.words
    if one.finding_id is not None:
        return words("preparation.is_finding")
    if one.dismissal is not None:
        key = "preparation.dismissed" if one.stands else "preparation.dismissed_before"
        said = words(key, day=words.day(one.dismissal.dismissed_on), reason=one.dismissal.reason)
        return said if one.stands else f"{said}\n{words('preparation.boxes')}"
    return words("preparation.boxes")


def _about(paper: Paper, subject: SubjectRef) -> str:
    parts = (subject.parcel, subject.label, subject.electronic_no)
    said = " · ".join(part for part in parts if part)
    return said or paper.words.typed(subject.enterprise)


def _to_ask(paper: Paper, view: PreparationSheet, number: str) -> list[Flowable]:
    words = paper.words
    story = paper.section("preparation.to_ask", number)
    if not view.to_ask and not view.no_permit:
        return story + paper.nothing("preparation.nothing_to_ask")
    columns = (
        Column(words("preparation.about"), 36),
        Column(words("preparation.because"), 50),
        Column(words("preparation.entered_at"), 28),
        Column(words("preparation.answer"), 42),
    )
    lines = [_asked(paper, one) for one in view.to_ask]
    lines += [
        Line(
            (
                one.name,
                words("preparation.no_permit"),
                words("entered_at.permits"),
                "",
            )
        )
        for one in view.no_permit
    ]
    story.append(paper.table(columns, lines))
    return story


def _asked(paper: Paper, one: ToAsk) -> Line:
    words = paper.words
    return Line(
        (
            _about(paper, one.subject),
            for_paper(one.missing.because),
            words(f"entered_at.{one.missing.at}"),
            "",
        )
    )


def _findings(paper: Paper, view: PreparationSheet, number: str) -> list[Flowable]:
    words = paper.words
    story = paper.section("preparation.findings", number)
    if not view.findings:
        return story + paper.nothing("preparation.no_findings")
    columns = (
        Column(words("preparation.case_no"), 36),
        Column(words("findings.number"), 12, "c"),
        Column(words("findings.title"), 60),
        Column(words("findings.deadline"), 23, "c"),
        Column(words("findings.state"), 25, "c"),
    )
    story.append(
        paper.table(
            columns,
            [
                Line(
                    (
                        case.case_no,
                        str(one.finding_no),
                        one.title,
                        words.short_day(one.deadline_on),
                        words(f"finding_state.{one.state}"),
                    ),
                    marked=one.deadline_on is not None and one.deadline_on < view.on,
                )
                for case, one in view.findings
            ],
        )
    )
    return story


def _problems(paper: Paper, view: PreparationSheet, number: str) -> list[Flowable]:
    words = paper.words
    story = paper.section("preparation.problems", number)
    if view.last_checkup is None:
        return story + paper.nothing("preparation.no_last_checkup")
    if not view.problems:
        return story + paper.nothing("preparation.no_problems")
    columns = (
        Column(words("checkup.item"), 78),
        Column(words("checkup.value"), 28, "c"),
        Column(words("checkup.note"), 50),
    )
    story.append(
        paper.table(
            columns,
            [
                Line(
                    (
                        one.item.title,
                        f"{words.figure(one.result.value)} {one.item.unit}".strip()
                        if one.result.value is not None
                        else "",
                        one.result.note,
                    )
                )
                for one in view.problems
            ],
        )
    )
    return story


def _contracts(paper: Paper, view: PreparationSheet, number: str) -> list[Flowable]:
    words = paper.words
    story = paper.section("preparation.contracts", number)
    if not view.supplies and not view.outputs:
        return story + paper.nothing("preparation.no_contracts")
    for one in view.supplies:
        supply = one.supply
        story += paper.heading(words("preparation.supply", parcel=one.parcel.name))
        story.append(
            paper.sheet(
                [
                    Pair(words("register.electronic_no"), words.typed(supply.electronic_no or "")),
                    Pair(words("register.signed_on"), words.day(supply.signed_on)),
                    Pair(words("register.agreed_start_on"), words.day(supply.agreed_start_on)),
                    Pair(words("register.actual_start_on"), words.day(supply.actual_start_on)),
                    Pair(
                        words("register.agreed_completion_on"),
                        words.day(supply.agreed_completion_on),
                    ),
                    Pair(
                        words("register.actual_completion_on"),
                        words.day(supply.actual_completion_on),
                    ),
                    Pair(
                        words("register.plot_ratio"),
                        words.bounds(supply.plot_ratio_min, supply.plot_ratio_max),
                    ),
                    Pair(words("register.phased"), words.yes_no(supply.phased)),
                ]
            )
        )
    for view_of in view.outputs:
        if view_of.latest:
            story += _output(paper, view_of)
    return story


def _output(paper: Paper, one: OutputView) -> list[Flowable]:
    words = paper.words
    story = paper.heading(words("preparation.output", parcel=one.parcel.name))
    if not one.lines:
        return story + paper.nothing("preparation.no_terms")
    columns = (
        Column(words("preparation.term"), 46),
        Column(words("preparation.agreed"), 40, "r"),
        Column(words("preparation.actual"), 40, "r"),
        Column(words("preparation.standing"), 30, "c"),
    )
    story.append(
        paper.table(
            columns,
            [
                Line(
                    (
                        words(f"output_term.{line.term}"),
                        _value(paper, line.agreed),
                        _value(paper, line.actual),
                        words(f"output_standing.{line.standing}"),
                    )
                )
                for line in one.lines
            ],
        )
    )
    return story


def _value(paper: Paper, value: object) -> str:
    if isinstance(value, Decimal):
        return paper.words.figure(value, 2)
    if isinstance(value, date):
        return paper.words.short_day(value)
    return paper.words("common.none") if value is None else str(value)


def _permits(paper: Paper, view: PreparationSheet, number: str) -> list[Flowable]:
    words = paper.words
    story = paper.section("preparation.permits", number)
    if not view.permits:
        return story + paper.nothing("preparation.no_permits")
    names = {one.key: one.name for one in view.pack.permits}
    columns = (
        Column(words("preparation.permit_kind"), 44),
        Column(words("preparation.permit_subject"), 40),
        Column(words("preparation.permit_number"), 42),
        Column(words("preparation.valid_to"), 30, "c"),
    )
    story.append(
        paper.table(
            columns,
            [
                Line(
                    (
                        names.get(one.kind, one.kind),
                        words.typed(one.subject),
                        words.typed(one.number),
                        words("preparation.unlimited")
                        if one.unlimited
                        else words.short_day(one.valid_to),
                    ),
                    marked=one.valid_to is not None and one.valid_to < view.on,
                )
                for one in view.permits
            ],
        )
    )
    return story
