"""The plan's steps: typed, pasted from a spreadsheet, taken back, and never lost."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from landsteward.app.language import Language
from landsteward.domain.plans import PlanStep
from landsteward.domain.states import CaseStep
from landsteward.domain.timeline import Grip
from tests.ui.case.hand import Hand, at_the_case_page
from tests.ui.case.test_findings import report_with_two
from ui.pages.case.plan_step import PlanStepPage
from ui.widgets.edit_table import EditTable

BLOCK = 'Fence\tZhang\t2026/4/1\t2026-05-01\n"Two\nlines"\tLi\t\t2026.6.1\nRoof\tWang\n'


def plan_of(hand: Hand) -> PlanStepPage:
    """A plan being written."""
    page = report_with_two(hand)
    hand.click(page.confirm)
    hand.click(page.assign)
    hand.page.show_step(CaseStep.PLAN)
    hand.settle()
    plan = hand.step(CaseStep.PLAN)
    assert isinstance(plan, PlanStepPage)
    hand.click(plan.compose.send)
    return plan


def steps(hand: Hand) -> list[tuple[str, str, str]]:
    found: list[PlanStep] = hand.ask(lambda ctx: ctx.workspace.plan_steps.where())
    return [(one.title, one.responsible, str(one.due_on or "")) for one in found]


def open_cell(table: EditTable, row: int, column: int) -> QLineEdit:
    """A click into a cell, and the editor that opens."""
    place = table.cell_place(row, column).center()
    QTest.mouseClick(table.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    editor = table.view.findChild(QLineEdit, "cell")
    assert isinstance(editor, QLineEdit)
    return editor


def paste(into: QLineEdit | EditTable, text: str) -> None:
    QApplication.clipboard().setText(text)
    widget = into.view if isinstance(into, EditTable) else into
    QTest.keyClick(widget, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def test_a_block_of_cells_becomes_rows_and_is_taken_back(tmp_path: Path) -> None:
    with at_the_case_page(tmp_path) as hand:
        plan = plan_of(hand)
        paste(open_cell(plan.steps.table, 0, 0), BLOCK)
        hand.settle()
        assert steps(hand) == [
            ("Fence", "Zhang", "2026-05-01"),
            ("Two lines", "Li", "2026-06-01"),
            ("Roof", "Wang", ""),
        ]
        assert plan.steps.table.model.rowCount() == 4
        hand.click(plan.steps.undo)
        assert steps(hand) == []


def test_a_block_goes_over_what_is_there_and_undo_brings_it_back(tmp_path: Path) -> None:
    with at_the_case_page(tmp_path) as hand:
        plan = plan_of(hand)
        table = plan.steps.table
        paste(open_cell(table, 0, 0), BLOCK)
        hand.settle()
        paste(open_cell(table, 1, 1), "Zhao\t2026-04-02\t2026-07-01\nQian\tsoon\t2026-08-01")
        hand.settle()
        assert steps(hand)[1:] == [
            ("Two lines", "Zhao", "2026-07-01"),
            ("Roof", "Qian", "2026-08-01"),
        ]
        assert hand.window.shell is not None
        assert "soon" in hand.window.shell.message.text.text(), "what found no use is named"
        hand.click(plan.steps.undo)
        assert steps(hand)[1:] == [("Two lines", "Li", "2026-06-01"), ("Roof", "Wang", "")]


def test_pasting_onto_a_cell_that_is_not_being_edited(tmp_path: Path) -> None:
    with at_the_case_page(tmp_path) as hand:
        plan = plan_of(hand)
        table = plan.steps.table
        editor = open_cell(table, 0, 0)
        QTest.keyClick(editor, Qt.Key.Key_Escape)
        QTest.qWait(20)
        paste(table, "Fence the site")
        hand.settle()
        assert [one[0] for one in steps(hand)] == ["Fence the site"]


def test_what_is_typed_while_the_row_is_being_made_is_kept(tmp_path: Path) -> None:
    with at_the_case_page(tmp_path) as hand:
        table = plan_of(hand).steps.table
        editor = open_cell(table, 0, 0)
        QTest.keyClicks(editor, "Fence")
        QTest.keyClick(editor, Qt.Key.Key_Tab)
        second = table.view.indexWidget(table.view.currentIndex())
        assert isinstance(second, QLineEdit)
        paste(second, "Zhang San")
        hand.window.close()
        assert steps_on_disk(tmp_path) == [("Fence", "Zhang San")]


def steps_on_disk(folder: Path) -> list[tuple[str, str]]:
    from db.workspace import open_workspace

    workspace = open_workspace(folder / "office.lsw", read_only=True)
    try:
        return [(one.title, one.responsible) for one in workspace.plan_steps.where()]
    finally:
        workspace.close()


def test_closing_in_the_middle_of_a_cell_keeps_it(tmp_path: Path) -> None:
    with at_the_case_page(tmp_path) as hand:
        table = plan_of(hand).steps.table
        QTest.keyClicks(open_cell(table, 0, 0), "Fence")
        hand.window.close()
        assert steps_on_disk(tmp_path) == [("Fence", "")]


def test_closing_with_a_cell_that_makes_no_sense_is_asked_about(tmp_path: Path) -> None:
    with at_the_case_page(tmp_path) as hand:
        table = plan_of(hand).steps.table
        paste(open_cell(table, 0, 0), "Fence\tZhang")
        hand.settle()
        QTest.keyClicks(open_cell(table, 0, 3), "soon")
        hand.window.close()
        assert hand.window.isVisible(), "what makes no sense is not thrown away unasked"
        assert table.problem.isVisible()
        hand.window.close()
        assert not hand.window.isVisible()


@pytest.mark.parametrize("text", ["one\r\n", "one"])
def test_one_cell_is_pasted_as_text(tmp_path: Path, text: str) -> None:
    with at_the_case_page(tmp_path) as hand:
        table = plan_of(hand).steps.table
        editor = open_cell(table, 0, 0)
        paste(editor, text)
        QTest.keyClick(editor, Qt.Key.Key_Tab)
        hand.settle()
        assert [one[0].strip() for one in steps(hand)] == ["one"]


def test_a_step_is_dragged_taken_back_and_opened_in_the_gantt(tmp_path: Path) -> None:
    """The bars are the same steps: what is refused in the table is refused here in its words."""
    with at_the_case_page(tmp_path, language=Language.ENGLISH) as hand:
        plan = plan_of(hand)
        paste(open_cell(plan.steps.table, 0, 0), "Fence\tZhang\t2026-04-01\t2026-04-30")
        hand.settle()
        open_cell(plan.steps.table, 0, 1)
        hand.click(plan.steps.switch.gantt)
        plan.area.ensureWidgetVisible(plan.steps.bars)
        hand.settle()
        gantt = plan.steps.bars.gantt
        key = gantt.bars[0].key
        assert gantt.chosen == key, "the row that was in front"
        begin = gantt.place_of(key, Grip.DUE).toPoint()
        end = begin + QPoint(round(-5 * gantt.day_width), 0)
        QTest.mousePress(gantt.viewport(), Qt.MouseButton.LeftButton, pos=begin)
        QTest.mouseMove(gantt.viewport(), end)
        assert gantt.said == "2026-4-1 Wed to 2026-4-25 Sat · 25 days"
        QTest.mouseRelease(gantt.viewport(), Qt.MouseButton.LeftButton, pos=end)
        hand.settle()
        assert steps(hand) == [("Fence", "Zhang", "2026-04-25")]
        hand.press(gantt, Qt.Key.Key_Right)
        assert steps(hand)[0][2] == "2026-04-26"
        for wanted in ("2026-04-25", "2026-04-30"):
            QTest.keyClick(gantt, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
            hand.settle()
            assert steps(hand)[0][2] == wanted
        for _press in range(5):
            QTest.keyClick(
                gantt,
                Qt.Key.Key_Left,
                Qt.KeyboardModifier.ShiftModifier,
            )
        hand.settle()
        assert steps(hand)[0][2] == "2026-04-25", "keys count however fast they are pressed"

        # Enter opens the step; its due day is refused under its field, Esc leads back.
        hand.press(gantt, Qt.Key.Key_Return)
        facts = plan.steps.bars.facts
        assert QApplication.focusWidget() is facts.fields["title"].editor
        hand.write(facts.fields["due_on"], "2026-03-01")
        refusal = "The step would end before it starts."
        assert refusal in facts.fields["due_on"].problem.text()
        hand.write(facts.fields["due_on"], "2026-04-02")
        hand.write(facts.fields["result"], "- photos")
        step = hand.ask(lambda ctx: ctx.workspace.plan_steps.where()[0])
        assert (str(step.due_on), step.result) == ("2026-04-02", "- photos")
        hand.press(gantt, Qt.Key.Key_Return)
        hand.press(facts.fields["title"].editor, Qt.Key.Key_Escape)
        assert gantt.hasFocus()
        for _press in range(3):
            hand.press(gantt, Qt.Key.Key_Left)
        QTest.keyClick(gantt, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
        QTest.keyClick(gantt, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
        hand.settle()
        assert refusal in gantt.problem.text()
        assert gantt.bar_at(0).days == 1, "the bar went back to what is kept"


def test_rows_are_moved_by_keys_and_dragged_and_taken_back(tmp_path: Path) -> None:
    with at_the_case_page(tmp_path) as hand:
        plan = plan_of(hand)
        table = plan.steps.table
        paste(open_cell(table, 0, 0), "A\tX\nB\tX\nC\tX")
        hand.settle()
        QTest.keyClick(open_cell(table, 0, 0), Qt.Key.Key_Escape)
        QTest.keyClick(table.view, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
        hand.settle()
        assert [values["title"] for values in table.model.values] == ["B", "A", "C"]
        table.view.verticalHeader().moveSection(2, 0)
        hand.settle()
        assert [values["title"] for values in table.model.values] == ["C", "B", "A"]
        hand.click(plan.steps.undo)
        assert [values["title"] for values in table.model.values] == ["B", "A", "C"]
