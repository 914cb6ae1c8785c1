"""The Gantt: dragged by mouse, moved by keys, read by whoever cannot see it."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from landsteward.app.language import Language, use_language
from landsteward.domain.timeline import Bar, Grip, Scale
from ui.widgets.gantt.view import Gantt

TODAY = date(2026, 3, 16)
_DAY = timedelta(days=1)
_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_LEFT = Qt.MouseButton.LeftButton
BARS = (
    Bar(
        key="fence",
        title="Fence <b>the</b> site",
        responsible="Zhang",
        starts_on=date(2026, 3, 2),
        due_on=date(2026, 3, 13),
    ),
    Bar(key="report", title="Report", due_on=date(2026, 3, 27)),
    Bar(key="later", title="Later"),
)
_held: list[QWidget] = []
Asked = list[tuple[str, date | None, date | None]]


@pytest.fixture
def gantt(qtbot: QtBot) -> Gantt:
    """Three steps a person may change, a day wide enough to hit."""
    use_language(Language.ENGLISH)
    holder = QWidget()
    made = Gantt()
    QVBoxLayout(holder).addWidget(made)
    holder.resize(1100, 420)
    qtbot.addWidget(holder, before_close_func=_held.remove)
    _held.append(holder)
    made.show_bars(BARS, TODAY, fixed=False)
    holder.show()
    qtbot.waitExposed(holder)
    holder.activateWindow()
    made.setFocus()
    return made


@pytest.fixture
def asked(gantt: Gantt) -> Asked:
    """What dates were asked for."""
    found: Asked = []
    gantt.dates_asked.connect(lambda *one: found.append(one))
    return found


def drag(gantt: Gantt, key: str, days: int, grip: Grip = Grip.WHOLE, *, drop: bool = True) -> None:
    begin = gantt.place_of(key, grip).toPoint()
    end = begin + QPoint(round(days * gantt.day_width), 0)
    seen = gantt.viewport()
    QTest.mousePress(seen, _LEFT, Qt.KeyboardModifier.NoModifier, begin)
    QTest.mouseMove(seen, (begin + end) / 2)
    QTest.mouseMove(seen, end)
    if drop:
        QTest.mouseRelease(seen, _LEFT, Qt.KeyboardModifier.NoModifier, end)


def test_a_bar_is_dragged_whole_and_by_its_edges(gantt: Gantt, asked: Asked) -> None:
    drag(gantt, "fence", 3)
    drag(gantt, "fence", 2, Grip.DUE)
    drag(gantt, "fence", -4, Grip.START)
    assert asked == [
        ("fence", date(2026, 3, 5), date(2026, 3, 16)),
        ("fence", date(2026, 3, 5), date(2026, 3, 18)),
        ("fence", date(2026, 3, 1), date(2026, 3, 18)),
    ]
    assert gantt.bar_at(0).days == 18, "what was asked for is seen until it is answered"


def test_while_it_is_dragged_the_dates_are_said_in_words(gantt: Gantt) -> None:
    drag(gantt, "fence", 3, drop=False)
    assert gantt.said == "2026-3-5 Thu to 2026-3-16 Mon · 12 days"
    QTest.keyClick(gantt, Qt.Key.Key_Escape)
    assert gantt.said == ""
    assert gantt.bar_at(0) == BARS[0], "Esc gives up"


def test_an_end_before_the_start_is_said_and_goes_back_when_refused(
    gantt: Gantt, asked: Asked
) -> None:
    drag(gantt, "fence", -12, Grip.DUE, drop=False)
    assert gantt.said == "The step would end before it starts."
    QTest.mouseRelease(gantt.viewport(), _LEFT)
    assert asked[0][2] == date(2026, 3, 1)
    gantt.answered("fence", "The step would end before it starts.")
    assert gantt.bar_at(0) == BARS[0]
    assert gantt.problem.text() == "The step would end before it starts."


def test_keys_move_lengthen_and_open(gantt: Gantt, asked: Asked, qtbot: QtBot) -> None:
    QTest.keyClick(gantt, Qt.Key.Key_Down)
    assert gantt.chosen == "fence"
    QTest.keyClick(gantt, Qt.Key.Key_Right)
    QTest.keyClick(gantt, Qt.Key.Key_Right, _CTRL)
    QTest.keyClick(gantt, Qt.Key.Key_Left, _SHIFT)
    QTest.keyClick(gantt, Qt.Key.Key_Left, _CTRL | _SHIFT)
    assert [(one[1], one[2]) for one in asked] == [
        (date(2026, 3, 3), date(2026, 3, 14)),
        (date(2026, 3, 10), date(2026, 3, 21)),
        (date(2026, 3, 10), date(2026, 3, 20)),
        (date(2026, 3, 9), date(2026, 3, 20)),
    ]
    with qtbot.waitSignals([gantt.opened, gantt.undo_asked]):
        QTest.keyClick(gantt, Qt.Key.Key_Return)
        QTest.keyClick(gantt, Qt.Key.Key_Z, _CTRL)


def test_keys_pressed_faster_than_they_are_answered_all_count(gantt: Gantt, asked: Asked) -> None:
    gantt.choose("fence")
    QTest.keyClick(gantt, Qt.Key.Key_Right)
    QTest.keyClick(gantt, Qt.Key.Key_Right)
    gantt.answered("fence")
    moved = Bar(key="fence", title="Fence", starts_on=date(2026, 3, 3), due_on=date(2026, 3, 14))
    gantt.show_bars([moved, *BARS[1:]], TODAY, fixed=False)
    QTest.keyClick(gantt, Qt.Key.Key_Right)
    assert asked[-1] == ("fence", date(2026, 3, 5), date(2026, 3, 16))


def test_steps_without_dates_get_them(gantt: Gantt, asked: Asked) -> None:
    """A milestone gets a start by its first day, an undated row is drawn into."""
    gantt.choose("report")
    QTest.keyClick(gantt, Qt.Key.Key_Left, _CTRL | _SHIFT)
    assert asked == [("report", date(2026, 3, 26), date(2026, 3, 27))]
    here = QPoint(gantt.place_of("fence").toPoint().x(), gantt.place_of("report").toPoint().y())
    here += QPoint(0, here.y() - gantt.place_of("fence").toPoint().y())
    there = here + QPoint(round(4 * gantt.day_width), 0)
    QTest.mousePress(gantt.viewport(), _LEFT, Qt.KeyboardModifier.NoModifier, here)
    QTest.mouseMove(gantt.viewport(), there)
    QTest.mouseRelease(gantt.viewport(), _LEFT, Qt.KeyboardModifier.NoModifier, there)
    key, starts, due = asked[1]
    assert key == "later"
    assert starts is not None
    assert due == starts + 4 * _DAY


def test_a_fixed_one_is_read_and_not_dragged(gantt: Gantt, asked: Asked) -> None:
    gantt.show_bars(BARS, TODAY, fixed=True)
    gantt.zoom_to(Scale.DAYS)
    before = gantt.horizontalScrollBar().value()
    gantt.choose("fence")
    drag(gantt, "fence", -3)
    QTest.keyClick(gantt, Qt.Key.Key_Right)
    assert asked == []
    assert gantt.bar_at(0) == BARS[0]
    assert gantt.horizontalScrollBar().value() > before, "the ground is pushed instead"


def test_what_is_chosen_is_said_to_who_cannot_see_it(gantt: Gantt) -> None:
    gantt.choose("fence")
    assert gantt.accessibleDescription() == (
        "1. Fence <b>the</b> site · Zhang · 2026-3-2 Mon to 2026-3-13 Fri · 12 days"
        " · 3 days overdue"
    )
    QTest.keyClick(gantt, Qt.Key.Key_Right, _SHIFT)
    assert "2026-3-14 Sat · 13 days" in gantt.accessibleDescription()


def test_a_tip_says_the_step_and_typed_text_is_text(gantt: Gantt) -> None:
    at = gantt.place_of("fence").toPoint()
    event = QHelpEvent(QHelpEvent.Type.ToolTip, at, gantt.viewport().mapToGlobal(at))
    QApplication.sendEvent(gantt.viewport(), event)
    assert "Fence &lt;b&gt;the&lt;/b&gt; site" in QToolTip.text()
    QToolTip.hideText()


def test_zoom_keeps_the_day_under_the_mouse(gantt: Gantt) -> None:
    gantt.zoom_to(Scale.DAYS)
    before = gantt.place_of("fence")
    for _turn in range(3):
        turn_wheel(gantt, before, -120, _CTRL)
    assert gantt.scale is Scale.WEEKS
    assert abs(gantt.place_of("fence").x() - before.x()) < 2 * gantt.day_width + 2


def test_the_wheel_scrolls_the_page_where_all_rows_are_seen(gantt: Gantt) -> None:
    assert not turn_wheel(gantt, QPointF(400, 80), -120, Qt.KeyboardModifier.NoModifier)
    many = [
        Bar(key=str(number), title=f"Step {number}", due_on=TODAY + number * _DAY)
        for number in range(60)
    ]
    gantt.show_bars(many, TODAY, fixed=False)
    QApplication.processEvents()
    assert turn_wheel(gantt, QPointF(400, 80), -120, Qt.KeyboardModifier.NoModifier)
    gantt.choose("59")
    assert gantt.viewport().rect().contains(gantt.place_of("59").toPoint())


def turn_wheel(gantt: Gantt, at: QPointF, turned: int, held: Qt.KeyboardModifier) -> bool:
    event = QWheelEvent(
        at,
        QPointF(gantt.viewport().mapToGlobal(at.toPoint())),
        QPoint(),
        QPoint(0, turned),
        Qt.MouseButton.NoButton,
        held,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    event.setAccepted(False)
    gantt.wheelEvent(event)
    return event.isAccepted()
