"""经过: what happened is told once, and nothing of it is left out."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest

from landsteward.domain.states import CaseStep
from tests.ui.case.hand import at_the_case_page
from ui.pages.case.checkup_step import CheckupStep


def test_the_rest_is_one_line_that_opens(tmp_path: Path) -> None:
    with at_the_case_page(tmp_path) as hand:
        hand.next()
        hand.next()
        form = hand.step(CaseStep.CHECKUP)
        assert isinstance(form, CheckupStep)
        hand.press(form.lines.all[0], Qt.Key.Key_2)
        titles = [line.head.text[0] for line in form.lines.all]
        hand.click(form.rest)
        timeline = hand.page.side.timeline
        lines = timeline.toPlainText().splitlines()
        rest = next(one for one in lines if "其余" in one)
        assert f"其余{len(titles) - 1}项：无问题" in rest
        assert any(titles[0] in one and "有问题" in one for one in lines), "by itself"
        cursor = timeline.document().find("其余")
        assert isinstance(cursor, QTextCursor)
        cursor.setPosition(cursor.selectionStart() + 1)
        place = timeline.cursorRect(cursor).center()
        QTest.mouseClick(timeline.viewport(), Qt.MouseButton.LeftButton, pos=place)
        opened = timeline.toPlainText().splitlines()
        for title in titles[1:]:
            assert f"{title}：无问题" in opened
        hand.settle()
        assert timeline.toPlainText().splitlines() == opened, "it stays open when read again"
        QTest.mouseClick(timeline.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert timeline.toPlainText().splitlines() == lines
