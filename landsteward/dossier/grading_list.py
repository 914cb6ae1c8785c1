"""公示名单: a grading's results as a PDF, group by group; the same grading gives the same bytes."""

from collections.abc import Callable, Iterator
from pathlib import Path

from reportlab.platypus import CondPageBreak, Flowable, Spacer

from landsteward.app.grading_paper import GradedLine, GradingPaper
from landsteward.domain.gradings import RunState
from landsteward.domain.states import Scale
from landsteward.dossier.fonts import load_fonts
from landsteward.dossier.headings import Heading
from landsteward.dossier.page import print_pages
from landsteward.dossier.paper import Column, Line, Paper
from landsteward.dossier.styles import HEADING_2, NOTE, STEP, SUBTITLE, TITLE
from landsteward.dossier.wording import Wording

_ROOM = 10 * STEP
"""What must be free for a heading and the first rows below it."""
_PIECE = 400
"""Rows in one table: a long one is measured again and again."""


def build_grading_list(
    view: GradingPaper, *, fonts: Path, on_page: Callable[[int], None] | None = None
) -> bytes:
    """The list as PDF. Raises RulePackError where the pack's wording lacks something."""
    paper = Paper(load_fonts(fonts), Wording(view.wording))
    title = paper.words("grading.title", year=view.run.year)
    return print_pages(
        list(_story(paper, view, title)),
        fonts=paper.fonts,
        title=title,
        author=view.office,
        subject=title,
        made_on=view.on,
        head_left=paper.words("grading.head"),
        head_right=title,
        on_page=on_page,
    )


def _story(paper: Paper, view: GradingPaper, title: str) -> Iterator[Flowable]:
    words, run = paper.words, view.run
    yield paper.block(title, TITLE)
    yield paper.block(_standing(paper, view), SUBTITLE)
    yield Spacer(0, STEP)
    yield paper.block(words("grading.scheme", name=run.scheme.name, version=run.pack_version), NOTE)
    for scale in (*Scale, None):
        lines = [one for one in view.lines if one.scale is scale]
        if lines:
            yield from _group(paper, view, scale, lines)
    yield Spacer(0, STEP)
    yield paper.block(words("grading.ties"), NOTE)
    if view.unscored:
        yield paper.block(words("grading.unscored", count=view.unscored), NOTE)
    if run.state is RunState.NOTICE:
        yield paper.block(words("grading.objections"), NOTE)


def _standing(paper: Paper, view: GradingPaper) -> str:
    words, run = paper.words, view.run
    if run.state is RunState.DRAFT:
        return words("grading.draft")
    if run.state is RunState.NOTICE:
        return words(
            "grading.notice", first=words.day(run.notice_from), last=words.day(run.notice_until)
        )
    if run.state is RunState.FINAL:
        return words("grading.final", day=words.day(run.final_on))
    return words("grading.taken_back", reason=run.reason)


def _group(
    paper: Paper, view: GradingPaper, scale: Scale | None, lines: list[GradedLine]
) -> Iterator[Flowable]:
    words, scheme = paper.words, view.run.scheme
    counts = words("grading.separator").join(
        words("grading.grade_count", grade=_grade(view, grade), count=count)
        for grade in scheme.grades
        if (count := sum(one.grade == grade for one in lines))
    )
    ranked = sum(one.rank is not None for one in lines)
    group = words(f"scale.{scale.value}") if scale is not None else words("common.none")
    title = words("grading.group", group=group, count=ranked, grades=counts)
    yield CondPageBreak(_ROOM)
    yield Heading(title, HEADING_2, paper.fonts, paper.contents, 0)
    columns = (
        Column(words("grading.rank"), 14, "r"),
        Column(words("grading.enterprise"), 59),
        Column(words("grading.uscc"), 49),
        Column(words("grading.score"), 16, "r"),
        Column(words("grading.grade"), 18, "c"),
    )
    none = words("grading.ungraded_by_rank")
    for start in range(0, len(lines), _PIECE):
        yield paper.table(
            columns,
            [
                Line(
                    (
                        str(one.rank) if one.rank is not None else none,
                        one.name,
                        one.uscc,
                        words("common.restricted") if one.restricted else one.score or none,
                        one.grade,
                    )
                )
                for one in lines[start : start + _PIECE]
            ],
        )


def _grade(view: GradingPaper, grade: str) -> str:
    found = next(one for one in view.run.scheme.shares if one.grade == grade)
    return f"{grade} {found.name}"
