"""The whole form without a mouse: from its first item to finished and locked."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from landsteward.app.checkups import CheckupSheet, SheetItem, checkup_sheet
from landsteward.app.context import Context
from landsteward.domain.casework import ItemResult
from landsteward.domain.states import CaseStep, ItemOutcome
from tests.ui.case.hand import Hand, at_the_case_page
from ui.pages.case.checkup_line import CheckLine
from ui.pages.case.checkup_step import CheckupStep

NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier


def focus() -> QWidget:
    """Where keys go."""
    found = QApplication.focusWidget()
    assert found is not None
    return found


def press(hand: Hand, *keys: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
    """Keys, each where the focus is by then; where there is none, the window has them."""
    for key in keys:
        QTest.keyClick(QApplication.focusWidget() or hand.window, key, held)
        hand.settle()


def type_in(hand: Hand, text: str) -> None:
    QTest.keyClicks(focus(), text)
    hand.settle()


def line_in_use() -> CheckLine:
    """The line that has the focus, itself or something in it."""
    found: QWidget | None = focus()
    while found is not None and not isinstance(found, CheckLine):
        found = found.parentWidget()
    assert found is not None
    return found


def item_in_use() -> str:
    data = line_in_use().data
    assert data is not None
    return data.sheet.item.key


def sheet(hand: Hand) -> CheckupSheet:
    def read_it(ctx: Context) -> CheckupSheet:
        (checkup,) = ctx.workspace.checkups.where()
        return checkup_sheet(ctx, checkup_id=checkup.id)

    return hand.ask(read_it)


def items(hand: Hand) -> dict[str, SheetItem]:
    return {one.item.key: one for section in sheet(hand).sections for one in section.items}


def go_to(hand: Hand, item: str) -> CheckLine:
    """Down the lines to an item."""
    for _ in range(40):
        if item_in_use() == item:
            return line_in_use()
        press(hand, Qt.Key.Key_Down)
    raise AssertionError(f"{item} is not below")


def begun(hand: Hand) -> CheckupStep:
    """The visit begun, by the key of the page's next step."""
    press(hand, Qt.Key.Key_Return, Qt.Key.Key_Return, held=CTRL)
    form = hand.step(CaseStep.CHECKUP)
    assert isinstance(form, CheckupStep)
    return form


def test_from_the_first_item_to_the_lock(tmp_path: Path) -> None:
    with at_the_case_page(tmp_path) as hand:
        form = begun(hand)
        assert item_in_use() == "start_overdue_1y"
        # What follows from an answer is the next line, as soon as it is there.
        press(hand, Qt.Key.Key_1)
        assert item_in_use() == "suspended_1y"
        press(hand, Qt.Key.Key_Up, Qt.Key.Key_2)
        assert item_in_use() == "start_overdue_2y"
        press(hand, Qt.Key.Key_Up, Qt.Key.Key_1, Qt.Key.Key_3)
        assert item_in_use() == "completion_overdue"
        # A value, held against the limit while it is typed, then answered.
        line = go_to(hand, "plot_ratio_short")
        press(hand, Qt.Key.Key_Return)
        type_in(hand, "0.62")
        assert line.strip is not None
        assert line.strip.isVisible()
        assert "0.38" in line.strip.missed.text()
        press(hand, Qt.Key.Key_Return, Qt.Key.Key_2)
        assert item_in_use() == "building_coefficient_short", "an answer goes on"
        # The note of the line above, and back.
        press(hand, Qt.Key.Key_Up, Qt.Key.Key_N)
        type_in(hand, "north-east empty")
        press(hand, Qt.Key.Key_Escape)
        assert item_in_use() == "plot_ratio_short"
        assert line.hasFocus()
        # An item that is not on the list.
        press(hand, Qt.Key.Key_A)
        type_in(hand, "Fence over the green line")
        press(hand, *[Qt.Key.Key_Tab] * 4)
        type_in(hand, "county rule 7")
        press(hand, Qt.Key.Key_Return, Qt.Key.Key_Space)
        assert item_in_use().startswith("added:")
        press(hand, Qt.Key.Key_2)
        # The rest, taken back, and again; department by department.
        press(hand, Qt.Key.Key_R)
        land = [one for one in items(hand).values() if one.item.department == "natural_resources"]
        assert all(one.result.outcome for one in land)
        line_in_use().setFocus()
        press(hand, Qt.Key.Key_Z)
        again = items(hand)
        assert sum(again[one.item.key].result.outcome is not None for one in land) == 4
        press(hand, Qt.Key.Key_R)
        for department in ("ecology", "market", "industry"):
            press(hand, Qt.Key.Key_PageDown)
            assert form.section == department
            press(hand, Qt.Key.Key_R)
        assert all(one.result.outcome for one in items(hand).values())
        # Findings, conclusion, who signs on paper, and the lock.
        press(hand, Qt.Key.Key_Return, Qt.Key.Key_Return, held=CTRL)
        assert form.section == "finish"
        assert focus() is form.finish.conclusion.edit
        type_in(hand, "Two problems")
        while focus() is not form.finish.signing.representative.line:
            press(hand, Qt.Key.Key_Tab)
        type_in(hand, "Mr Jiang")
        press(hand, Qt.Key.Key_Return, Qt.Key.Key_Space)
        assert form.finish.signing.on_paper.isChecked()
        press(hand, Qt.Key.Key_Return, held=CTRL)
        done = sheet(hand)
        assert done.checkup.finished_at is not None
        assert done.intact is True
        assert done.checkup.conclusion == "Two problems"
        assert done.checkup.enterprise_representative == "Mr Jiang"
        kept = items(hand)
        assert str(kept["plot_ratio_short"].result.value) == "0.62"
        assert kept["plot_ratio_short"].result.note == "north-east empty"
        findings = hand.ask(lambda ctx: ctx.workspace.findings.where(case_id=hand.case_id))
        assert [one.title for one in findings] == [
            "容积率低于合同约定",
            "Fence over the green line",
        ]
        assert [one.law for one in findings[1].bases] == ["county rule 7"]
        assert hand.page.shown is CaseStep.FINDINGS


def test_digits_answer_and_arrows_move_on(tmp_path: Path) -> None:
    with at_the_case_page(tmp_path) as hand:
        begun(hand)
        asked = []
        for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3):
            asked.append(item_in_use())
            press(hand, key)
        here = item_in_use()
        assert here not in asked
        kept = items(hand)
        assert [kept[key].result.outcome for key in asked] == list(ItemOutcome)
        press(hand, Qt.Key.Key_Up)
        assert item_in_use() == asked[-1]
        press(hand, Qt.Key.Key_3)
        assert item_in_use() == here, "the same answer again only goes on"


def test_the_last_answer_of_a_department_leads_to_the_next(tmp_path: Path) -> None:
    with at_the_case_page(tmp_path) as hand:
        form = begun(hand)
        first, last = form.lines.all[0], form.lines.all[-1]
        last.setFocus()
        press(hand, Qt.Key.Key_1)
        assert line_in_use() is first, "something is open above"
        press(hand, Qt.Key.Key_R)
        hand.pill(last.pills, ItemOutcome.NOT_APPLICABLE)
        assert form.section == "ecology"
        assert item_in_use() == "eia_missing"


def test_the_form_is_searched(tmp_path: Path) -> None:
    with at_the_case_page(tmp_path) as hand:
        form = begun(hand)
        press(hand, Qt.Key.Key_F, held=CTRL)
        assert focus() is form.card.search
        QApplication.clipboard().setText("53号 no such thing")
        QTest.keyClick(focus(), Qt.Key.Key_V, CTRL)
        hand.settle()
        assert not form.lines.all
        press(hand, Qt.Key.Key_A, held=CTRL)
        QApplication.clipboard().setText("许可证")
        QTest.keyClick(focus(), Qt.Key.Key_V, CTRL)
        hand.settle()
        found = [one.data.sheet.item for one in form.lines.all if one.data is not None]
        assert {one.department for one in found} == {"natural_resources", "ecology"}
        assert all("许可证" in one.title for one in found)
        press(hand, Qt.Key.Key_Down, Qt.Key.Key_1)
        first = items(hand)[found[0].key].result
        assert first.outcome is ItemOutcome.OK
        press(hand, Qt.Key.Key_F, held=CTRL)
        press(hand, Qt.Key.Key_Escape)
        assert form.section == "natural_resources"
        assert item_in_use() == "start_overdue_1y"


def test_a_refused_answer_does_not_stay_on_the_screen(tmp_path: Path) -> None:
    with at_the_case_page(tmp_path) as hand:
        form = begun(hand)
        go_to(hand, "use_changed")
        press(hand, Qt.Key.Key_2)
        line = form.lines.all[[_key(one) for one in form.lines.all].index("use_changed")]
        assert line.strip is not None
        hand.click(line.strip.action)
        line.setFocus()
        press(hand, Qt.Key.Key_1)
        assert line.pills.value() is ItemOutcome.PROBLEM
        kept: ItemResult = items(hand)["use_changed"].result
        assert kept.outcome is ItemOutcome.PROBLEM


def _key(line: CheckLine) -> str:
    assert line.data is not None
    return line.data.sheet.item.key
