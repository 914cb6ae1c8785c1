"""The chart of a figure over the years, as it is painted and read."""

from collections.abc import Sequence
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ui import theme
from ui.widgets.year_chart import Goal, Point, YearChart


def chart(
    qtbot: QtBot, points: Sequence[tuple[int, str | None]], goals: Sequence[Goal] = ()
) -> YearChart:
    made = YearChart()
    qtbot.addWidget(made)
    made.resize(480, 240)
    known = [Point(year, None if value is None else Decimal(value)) for year, value in points]
    made.show_figure("Tax per mu", "万元/亩", known, goals)
    made.show()
    qtbot.waitExposed(made)
    return made


def columns_with(image: QImage, colour: QColor) -> set[int]:
    return {
        x
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y) == colour
    }


def rows_with(image: QImage, colour: QColor) -> dict[int, int]:
    found: dict[int, int] = {}
    for y in range(image.height()):
        count = sum(image.pixelColor(x, y) == colour for x in range(image.width()))
        if count:
            found[y] = count
    return found


def test_a_missing_year_is_a_gap_and_no_zero(qtbot: QtBot) -> None:
    made = chart(qtbot, [(2020, "8"), (2021, "8"), (2022, None), (2023, "8"), (2024, "8")])
    seen = columns_with(made.grab().toImage(), theme.current().colour("accent"))
    frame = made._frame(made._ticks())
    whole = [frame.x(year) for year in (2020, 2021, 2023, 2024)]
    assert int((whole[0] + whole[1]) / 2) in seen, "two years side by side are joined"
    assert int((whole[2] + whole[3]) / 2) in seen
    middle = int(frame.x(2022))
    assert not seen & set(range(middle - 20, middle + 20))


def test_years_nobody_has_figures_of_have_their_room(qtbot: QtBot) -> None:
    made = chart(qtbot, [(2019, "1"), (2024, "2")])
    assert made._frame(made._ticks()).years == (2019, 2020, 2021, 2022, 2023, 2024)
    accent = theme.current().colour("accent")
    frame = made._frame(made._ticks())
    seen = columns_with(made.grab().toImage(), accent)
    assert not seen & set(range(int(frame.x(2020)), int(frame.x(2023))))


def test_a_goal_above_all_values_is_in_the_picture(qtbot: QtBot) -> None:
    made = chart(qtbot, [(2023, "3"), (2024, "4")], [Goal("Contract", Decimal(15))])
    frame = made._frame(made._ticks())
    rows = rows_with(made.grab().toImage(), theme.current().colour("caution"))
    line = max(rows, key=lambda y: rows[y])
    assert abs(line - frame.y(15)) <= 1
    assert rows[line] > frame.field.width() / 3, "a broken line across all years"


def test_grid_lines_are_one_sharp_pixel(qtbot: QtBot) -> None:
    made = chart(qtbot, [(2023, "3"), (2024, "4")])
    frame = made._frame(made._ticks())
    rows = rows_with(made.grab().toImage(), theme.current().colour("line"))
    full = [y for y, count in rows.items() if count > frame.field.width() * 0.9]
    assert len(full) == len(made._ticks())


@pytest.mark.parametrize(
    "points",
    [
        [],
        [(2024, None)],
        [(2024, "0")],
        [(2024, "-3.5"), (2025, "2")],
        [(2024, "0.0001")],
        [(year, "123456789.5") for year in range(1990, 2026)],
    ],
)
def test_whatever_is_on_record_is_drawn(
    qtbot: QtBot, points: Sequence[tuple[int, str | None]]
) -> None:
    made = chart(qtbot, points)
    assert not made.grab().isNull()
    for key in (Qt.Key.Key_Left, Qt.Key.Key_End, Qt.Key.Key_Right, Qt.Key.Key_Home):
        QTest.keyClick(made, key)
    assert not made.grab().isNull()
    assert made.year == (points[0][0] if points else None)


def test_values_below_nothing_have_their_room(qtbot: QtBot) -> None:
    made = chart(qtbot, [(2024, "-30"), (2025, "20")])
    ticks = made._ticks()
    assert ticks[0] <= -30
    assert ticks[-1] >= 20
    assert 0 in ticks


def test_leaving_takes_the_value_away(qtbot: QtBot) -> None:
    made = chart(qtbot, [(2024, "3"), (2025, "2")])
    made.activateWindow()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    assert made.accessibleDescription() == "2025　2 万元/亩"
    made.clearFocus()
    assert made.accessibleDescription() == "2024　3 万元/亩; 2025　2 万元/亩"
