"""The desk in the window: for whom, by day, a line that leads on, and what leaves it."""

from pathlib import Path

from landsteward.domain.desk import Scope, Span
from landsteward.domain.exports import Exported, ExportNote
from tests.helpers.casework import rectifying
from tests.helpers.office import open_office
from tests.helpers.pdf_reading import page_texts
from tests.helpers.windows import Driver
from ui.pages.case.page import CasePage
from ui.pages.desk.page import DeskPage
from ui.pages.desk.tasks import SpanHeading, TaskRow


def test_lines_by_day_and_for_whom_and_the_papers_of_the_desk(
    driver: Driver, tmp_path: Path
) -> None:
    office = open_office(tmp_path)
    rectifying(office, "start")
    office.workspace.close()
    driver.open(office.path, "沈负责")
    page = driver.shell.page
    assert isinstance(page, DeskPage)
    assert page.scope is Scope.ME
    assert not page.findChildren(TaskRow), "another department's case"
    driver.click(page.segments[Scope.ALL])
    driver.settle()
    (heading,) = page.findChildren(SpanHeading)
    assert (heading.span, heading.words.text()) == (Span.LATER, "Later · 1")
    (line,) = page.findChildren(TaskRow)
    assert line.colour.text() == "On track"
    sheet, calendar = tmp_path / "due.pdf", tmp_path / "due.ics"
    driver.type(page.papers.days.line, "25", enter=True)
    page.papers.save_sheet(sheet, mine=False)
    driver.settle()
    assert "补办手续" in "".join(page_texts(sheet.read_bytes()))
    page.papers.save_calendar(calendar)
    driver.settle()
    assert calendar.read_bytes().count(b"BEGIN:VEVENT") >= 2
    notes: list[ExportNote] = []
    driver.window.operations.query(
        driver.window, lambda ctx: ctx.workspace.export_notes.where(), success=notes.extend
    )
    driver.settle()
    assert [(one.kind, one.file_name) for one in notes] == [
        (Exported.PAPER, "due.pdf"),
        (Exported.LIST, "due.ics"),
    ]
    driver.click(line.action)
    driver.settle()
    assert isinstance(driver.shell.page, CasePage)
