"""提醒单: a sheet for each person, what waits for them and what falls due."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from reportlab.platypus import Flowable, Spacer

from landsteward.app.desk import DeskTask
from landsteward.app.language import for_paper
from landsteward.app.reminders import Reminder, ReminderSheet
from landsteward.domain.dues import Due, DueKind
from landsteward.domain.guidance import words_for
from landsteward.dossier.fonts import load_fonts
from landsteward.dossier.page import print_pages
from landsteward.dossier.paper import Column, Line, Pair, Paper
from landsteward.dossier.styles import HEADING_2, STEP, TITLE
from landsteward.dossier.wording import Wording


def build_reminders(
    sheet: ReminderSheet, *, fonts: Path, on_page: Callable[[int], None] | None = None
) -> bytes:
    """The sheets as one PDF, each person on a page of their own. `fonts` is the bundled folder.

    Raises RulePackError where the pack's wording lacks something.
    """
    words = Wording(sheet.wording)
    paper = Paper(load_fonts(fonts), words)
    title = words("reminder.title")
    span = words("reminder.span", begin=words.day(sheet.on), end=words.day(sheet.until))
    story: list[Flowable] = []
    for place, one in enumerate(sheet.reminders):
        if place:
            story.append(paper.new_page())
        story += _of_person(paper, sheet, one, span)
    names = [one.member.person.name for one in sheet.reminders]
    who = names[0] if len(names) == 1 else words("reminder.everybody")
    return print_pages(
        story,
        fonts=paper.fonts,
        title=f"{title} {who}",
        author=who,
        subject=span,
        made_on=sheet.on,
        head_left=title,
        head_right=who,
        on_page=on_page,
    )


def _of_person(paper: Paper, sheet: ReminderSheet, one: Reminder, span: str) -> list[Flowable]:
    words = paper.words
    story: list[Flowable] = [
        paper.block(words("reminder.title"), TITLE),
        Spacer(0, 2 * STEP),
        paper.sheet(
            [
                Pair(words("reminder.person"), one.member.person.name),
                Pair(words("reminder.organisation"), one.member.organisation.name),
                Pair(words("reminder.days"), span),
            ]
        ),
    ]
    story.append(paper.block(words("reminder.tasks", count=len(one.tasks)), HEADING_2))
    if one.tasks:
        lines = [Line(_task(paper, task, sheet.on)) for task in one.tasks]
        story += [paper.table(_task_columns(words), lines), Spacer(0, STEP)]
    else:
        story += paper.nothing("reminder.nothing")
    story.append(paper.block(words("reminder.dues", count=len(one.dues)), HEADING_2))
    if one.dues:
        lines = [Line(_due(paper, due, sheet.on)) for due in one.dues]
        story.append(paper.table(_due_columns(words), lines))
    else:
        story += paper.nothing("reminder.nothing")
    return story


def _task_columns(words: Wording) -> tuple[Column, ...]:
    return (
        Column(words("reminder.due"), 26, "c"),
        Column(words("reminder.subject"), 66),
        Column(words("reminder.step"), 64),
    )


def _due_columns(words: Wording) -> tuple[Column, ...]:
    return (
        Column(words("reminder.due"), 26, "c"),
        Column(words("reminder.subject"), 52),
        Column(words("reminder.what"), 44),
        Column(words("reminder.who"), 34),
    )


def _task(paper: Paper, task: DeskTask, today: date) -> tuple[str, ...]:
    step = for_paper(words_for(task.step))
    return (
        _when(paper, task.due_on, today),
        f"{task.subject}\n{task.case_no}".strip(),
        f"{step}\n{task.about}".strip(),
    )


def _due(paper: Paper, due: Due, today: date) -> tuple[str, ...]:
    words = paper.words
    kind = words("reminder.step_due" if due.kind is DueKind.STEP else "reminder.finding")
    return (
        _when(paper, due.due_on, today),
        f"{due.subject}\n{due.case_no}".strip(),
        f"{kind}\n{due.title}".strip(),
        words.typed(due.who),
    )


def _when(paper: Paper, day: date | None, today: date) -> str:
    """The day, and by how much it is late."""
    words = paper.words
    late = (today - day).days if day is not None else 0
    said = words.short_day(day)
    return f"{said}\n{words('reminder.late', days=late)}" if late > 0 else said
