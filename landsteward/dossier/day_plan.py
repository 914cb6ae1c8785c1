"""入企体检日程表: who goes where on which day, to take along and to tick off."""

from collections.abc import Callable
from itertools import groupby
from pathlib import Path

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, Spacer

from landsteward.app.visit_lines import DayPlanSheet, PlannedVisit
from landsteward.dossier.fonts import load_fonts
from landsteward.dossier.page import print_pages
from landsteward.dossier.paper import Column, Line, Pair, Paper
from landsteward.dossier.styles import HEADING_2, STEP, TITLE
from landsteward.dossier.wording import Wording

_ROOM = 44 * mm
"""What must be free below the heading of a day."""


def build_day_plan(
    sheet: DayPlanSheet, *, fonts: Path, on_page: Callable[[int], None] | None = None
) -> bytes:
    """The plan as PDF, a table for each day. `fonts` is the folder of the bundled fonts.

    Raises RulePackError where the pack's wording lacks something.
    """
    words = Wording(sheet.wording)
    paper = Paper(load_fonts(fonts), words)
    title = words("day_plan.title")
    who = sheet.inspector or words("day_plan.everybody")
    span = words("day_plan.span", begin=words.day(sheet.first), end=words.day(sheet.last))
    story: list[Flowable] = [
        paper.block(title, TITLE),
        Spacer(0, 2 * STEP),
        paper.sheet(
            [
                Pair(words("day_plan.inspector"), who),
                Pair(words("day_plan.days"), span),
            ]
        ),
    ]
    for day, visits in groupby(sheet.visits, key=lambda one: one.day):
        lines = [_line(paper, sheet, one, place) for place, one in enumerate(visits, start=1)]
        heading = words("day_plan.day", day=words.day(day), count=len(lines))
        story += [CondPageBreak(_ROOM), paper.block(heading, HEADING_2)]
        story.append(paper.table(_columns(words), lines))
    if not sheet.visits:
        story += paper.nothing("day_plan.nothing")
    return print_pages(
        story,
        fonts=paper.fonts,
        title=f"{title} {span}",
        author=who,
        subject=span,
        made_on=sheet.on,
        head_left=title,
        head_right=who,
        on_page=on_page,
    )


def _columns(words: Wording) -> tuple[Column, ...]:
    return (
        Column(words("day_plan.number"), 12, "c"),
        Column(words("day_plan.enterprise"), 44),
        Column(words("day_plan.place"), 46),
        Column(words("day_plan.by"), 40),
        Column(words("day_plan.note"), 14),
    )


def _line(paper: Paper, sheet: DayPlanSheet, visit: PlannedVisit, place: int) -> Line:
    words = paper.words
    separator = words("common.list_separator")
    where = [visit.carrier, visit.address, f"{visit.contact} {visit.phone}".strip()]
    departments = [sheet.departments.get(key, key) for key in visit.departments]
    return Line(
        (
            str(place),
            "\n".join(part for part in (visit.enterprise, visit.uscc) if part),
            words.typed("\n".join(part for part in where if part)),
            words.typed("\n".join((separator.join(departments), separator.join(visit.inspectors)))),
            "",
        )
    )
