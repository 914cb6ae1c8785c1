"""The histogram of scores, as it is counted, painted and read."""

from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ui import theme
from ui.pages.lists.column_facts import grade_tone
from ui.widgets.score_chart import ScoreChart, piles_of

SCORES = [(Decimal(score), grade) for score, grade in ((10, "C"), (20, "B"), (20, "B"), (34, "A"))]


def chart(qtbot: QtBot) -> ScoreChart:
    made = ScoreChart(grade_tone)
    qtbot.addWidget(made)
    made.resize(520, 180)
    made.show_scores("Above", SCORES, "ABCD")
    made.show()
    qtbot.waitExposed(made)
    return made


def test_everybody_is_in_one_column_and_the_highest_in_the_last() -> None:
    """10 to 34 in 24 columns of 1: 34 itself belongs to the last, from 33 to 34."""
    piles = piles_of(SCORES, "ABCD")
    assert sum(one.count for one in piles) == 4
    assert (piles[0].low, piles[-1].high) == (10, 34)
    assert dict(piles[-1].counts)["A"] == 1
    assert dict(piles[10].counts)["B"] == 2


@pytest.mark.parametrize("scores", [[], [(Decimal(7), "A")], [(Decimal("-3.2"), "D")] * 5])
def test_few_scores_are_drawn_too(qtbot: QtBot, scores: list[tuple[Decimal, str]]) -> None:
    made = chart(qtbot)
    made.show_scores("x", scores, "ABCD")
    assert not made.grab().isNull()
    assert sum(one.count for one in made.piles) == len(scores)


def test_each_grade_has_its_tone(qtbot: QtBot) -> None:
    image = chart(qtbot).grab().toImage()
    seen = {
        image.pixelColor(x, y).name()
        for x in range(0, image.width(), 2)
        for y in range(0, image.height(), 2)
    }
    for grade in "ABC":
        assert theme.current().colour(grade_tone(grade)).name() in seen, grade
    assert theme.current().colour("bad").name() not in seen, "nobody has D"


def test_a_column_says_how_many_by_mouse_and_by_key(qtbot: QtBot) -> None:
    made = chart(qtbot)
    field = made._field()
    at = QPoint(round(field.left() + field.width() * 10.5 / 24), round(field.center().y()))
    with qtbot.waitSignal(made.pointed) as told:
        QTest.mouseMove(made, at)
    assert told.args == [10]
    assert "2" in made.accessibleDescription()
    assert "B 2" in made.accessibleDescription()
    made.setFocus()
    QTest.keyClick(made, Qt.Key.Key_End)
    assert "A 1" in made.accessibleDescription()
    QTest.keyClick(made, Qt.Key.Key_Left)
    assert made.chosen == 22
