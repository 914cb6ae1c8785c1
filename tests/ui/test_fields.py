"""Fields: what may be typed, what is said about it, and that nothing typed is lost."""

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QCalendarWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from landsteward.app.language import Language, use_language
from landsteward.domain.errors import KnownError
from landsteward.domain.text import msg
from ui.widgets.fields import (
    ChoiceField,
    DateField,
    DecimalField,
    Field,
    NoteField,
    TextField,
    WholeField,
)


@pytest.fixture(autouse=True)
def english() -> None:
    use_language(Language.ENGLISH)


_held: list[QWidget] = []


def shown(qtbot: QtBot, *fields: Field) -> QWidget:
    holder = QWidget()
    layout = QVBoxLayout(holder)
    for field in fields:
        layout.addWidget(field)
    qtbot.addWidget(holder, before_close_func=_held.remove)
    _held.append(holder)
    holder.show()
    qtbot.waitExposed(holder)
    holder.activateWindow()
    return holder


@pytest.mark.parametrize(
    "typed",
    ["2026-11-22", "2026/11/22", "20261122", "2026.11.22", "2026年11月22日", "２０２６1122"],
)
def test_a_day_may_be_typed_in_any_usual_way(qtbot: QtBot, typed: str) -> None:
    field = DateField("Day")
    shown(qtbot, field)
    with qtbot.waitSignal(field.committed) as kept:
        field.line.setText(typed)
        QTest.keyClick(field.line, Qt.Key.Key_Return)
    assert kept.args == [date(2026, 11, 22)]
    assert field.line.text() == "2026-11-22"


@pytest.mark.parametrize("typed", ["2026-02-30", "yesterday", "22.11.2026", "2026"])
def test_no_day_is_refused_in_words_and_stays_as_typed(qtbot: QtBot, typed: str) -> None:
    field = DateField("Day")
    shown(qtbot, field)
    with qtbot.assertNotEmitted(field.committed):
        QTest.keyClicks(field.line, typed)
        QTest.keyClick(field.line, Qt.Key.Key_Return)
    assert field.problem.isVisible()
    assert "2026-11-22" in field.problem.text()
    assert field.line.text() == typed


def test_a_day_may_be_taken_away(qtbot: QtBot) -> None:
    field = DateField("Day")
    shown(qtbot, field)
    field.set_value(date(2026, 1, 2))
    with qtbot.waitSignal(field.committed) as kept:
        field.line.clear()
        QTest.keyClick(field.line, Qt.Key.Key_Return)
    assert kept.args == [None]


def test_a_day_is_picked_from_the_calendar(qtbot: QtBot) -> None:
    field = DateField("Day")
    holder = shown(qtbot, field)
    field.set_value(date(2026, 11, 22))
    QTest.keyClick(field.line, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    calendar = field.findChild(QCalendarWidget)
    assert isinstance(calendar, QCalendarWidget)
    assert calendar.selectedDate().day() == 22
    days = calendar.findChild(QAbstractItemView)
    assert isinstance(days, QAbstractItemView)
    model = days.model()
    monday = next(
        index
        for row in range(model.rowCount())
        for column in range(model.columnCount())
        if (index := model.index(row, column)).data() == 23
    )
    with qtbot.waitSignal(field.committed) as kept:
        QTest.mouseClick(
            days.viewport(), Qt.MouseButton.LeftButton, pos=days.visualRect(monday).center()
        )
    assert kept.args == [date(2026, 11, 23)]
    assert holder.isVisible()


def test_figures_are_exact_and_checked(qtbot: QtBot) -> None:
    field = DecimalField("Area", unit="m²", places=2)
    shown(qtbot, field)
    with qtbot.waitSignal(field.committed) as kept:
        QTest.keyClicks(field.line, "12,345.60")
        QTest.keyClick(field.line, Qt.Key.Key_Return)
    assert kept.args == [Decimal("12345.60")]
    for wrong in ("12.345", "-1", "abc", "NaN", "1e999999999"):
        field.line.setText(wrong)
        assert not field.commit(), wrong
        assert field.problem.text()
        assert field.line.text() == wrong


def test_whole_numbers_have_limits(qtbot: QtBot) -> None:
    field = WholeField("Percent", maximum=100)
    shown(qtbot, field)
    for wrong in ("101", "1.5", "x"):
        field.line.setText(wrong)
        assert not field.commit(), wrong
    field.line.setText("100")
    assert field.commit()
    assert field.value() == 100


def test_enter_goes_on_to_the_next_field(qtbot: QtBot) -> None:
    first, second = TextField("One"), TextField("Two")
    shown(qtbot, first, second)
    first.line.setFocus()
    qtbot.waitUntil(first.line.hasFocus)
    QTest.keyClick(first.line, Qt.Key.Key_Return)
    assert second.line.hasFocus()


def test_leaving_a_field_announces_it_once(qtbot: QtBot) -> None:
    first, second = TextField("One"), TextField("Two")
    shown(qtbot, first, second)
    heard: list[object] = []
    first.committed.connect(heard.append)
    first.line.setFocus()
    qtbot.waitUntil(first.line.hasFocus)
    QTest.keyClicks(first.line, "kept")
    QTest.keyClick(first.line, Qt.Key.Key_Tab)
    first.line.setFocus()
    QTest.keyClick(first.line, Qt.Key.Key_Tab)
    assert heard == ["kept"]


def test_a_refresh_does_not_overwrite_what_is_being_typed(qtbot: QtBot) -> None:
    field = TextField("Name")
    shown(qtbot, field)
    field.set_value("on record")
    field.line.setFocus()
    qtbot.waitUntil(field.line.hasFocus)
    field.line.setText("on record, and mo")
    field.set_value("changed elsewhere")
    assert field.line.text() == "on record, and mo"


def test_a_refused_value_stays_with_its_reason_and_is_tried_again(qtbot: QtBot) -> None:
    field = TextField("Code")
    shown(qtbot, field)
    heard: list[object] = []
    field.committed.connect(heard.append)
    field.line.setText("wrong")
    field.commit()
    field.refused(KnownError(msg("No such code."), remedy=msg("Look it up.")))
    assert field.line.text() == "wrong"
    assert field.problem.text() == "No such code. Look it up."
    field.commit()
    assert heard == ["wrong", "wrong"]


def test_several_lines_are_kept_when_left(qtbot: QtBot) -> None:
    note, other = NoteField("Note"), TextField("Other")
    shown(qtbot, note, other)
    note.edit.setFocus()
    qtbot.waitUntil(note.edit.hasFocus)
    QTest.keyClicks(note.edit, "one")
    QTest.keyClick(note.edit, Qt.Key.Key_Return)
    QTest.keyClicks(note.edit, "two <b>&")
    with qtbot.waitSignal(note.committed) as kept:
        other.line.setFocus()
    assert kept.args == ["one\ntwo <b>&"]


def test_several_lines_are_kept_after_a_pause(qtbot: QtBot) -> None:
    note = NoteField("Note")
    shown(qtbot, note)
    note.edit.setFocus()
    qtbot.waitUntil(note.edit.hasFocus)
    with qtbot.waitSignal(note.committed, timeout=4000) as kept:
        QTest.keyClicks(note.edit, "typed and left standing")
    assert kept.args == ["typed and left standing"]


def test_a_choice_keeps_its_key_when_the_options_change(qtbot: QtBot) -> None:
    field = ChoiceField("Kind", [(None, "–"), ("a", "First"), ("b", "Second")])
    shown(qtbot, field)
    field.set_value("b")
    field.set_options([("b", "Second, renamed"), ("c", "Third")])
    assert field.value() == "b"
    with qtbot.waitSignal(field.committed) as kept:
        field.box.setFocus()
        QTest.keyClick(field.box, Qt.Key.Key_Down)
        field.box.activated.emit(field.box.currentIndex())
    assert kept.args == ["c"]


def test_required_text_is_asked_for(qtbot: QtBot) -> None:
    field = TextField("Name", required=True)
    shown(qtbot, field)
    assert not field.commit()
    assert field.problem.text() == "This must be filled in."


def test_what_is_wrong_is_said_without_pushing_anything_away(qtbot: QtBot) -> None:
    first, second = DateField("Day"), TextField("Below")
    holder = shown(qtbot, first, second)
    before = (second.geometry(), holder.size())
    first.line.setFocus()
    qtbot.waitUntil(first.line.hasFocus)
    QTest.keyClicks(first.line, "tomorrow")
    QTest.keyClick(first.line, Qt.Key.Key_Tab)
    QTest.qWait(20)
    assert first.problem.isVisible()
    assert (second.geometry(), holder.size()) == before
    words = first.problem.mapTo(holder, first.problem.rect().topLeft())
    below = first.line.mapTo(holder, first.line.rect().bottomLeft())
    assert (words.x(), words.y() - below.y()) == (below.x(), 2), "right under the editor"


def test_what_is_wrong_is_no_longer_said_once_it_is_mended(qtbot: QtBot) -> None:
    field, note = DecimalField("Area"), NoteField("Opinion")
    shown(qtbot, field, note)
    field.line.setFocus()
    qtbot.waitUntil(field.line.hasFocus)
    QTest.keyClicks(field.line, "12x")
    assert not field.commit()
    QTest.keyClicks(field.line, "y")
    assert field.problem.isVisible(), "still no number"
    QTest.keyClick(field.line, Qt.Key.Key_Backspace)
    QTest.keyClick(field.line, Qt.Key.Key_Backspace)
    assert not field.problem.isVisible(), "a number while it is still being typed"
    assert not field.editor.property("wrong")
    note.set_error("Say why.")
    note.edit.setFocus()
    qtbot.waitUntil(note.edit.hasFocus)
    QTest.keyClicks(note.edit, "b")
    assert not note.problem.isVisible()


def test_what_could_not_be_kept_outlasts_a_refresh(qtbot: QtBot) -> None:
    field, other = DateField("Day"), TextField("Other")
    shown(qtbot, field, other)
    field.set_value(date(2026, 1, 2))
    field.line.setFocus()
    qtbot.waitUntil(field.line.hasFocus)
    QTest.keyClick(field.line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(field.line, "2026-13-1")
    other.line.setFocus()
    assert field.problem.isVisible()
    field.set_value(date(2026, 1, 2))
    assert field.line.text() == "2026-13-1", "another field was saved and all was read again"
    assert field.problem.isVisible()
    field.set_read_only(True)
    assert field.line.text() == "2026-01-02", "what can no longer be mended gives way"
    assert not field.problem.isVisible()


def test_the_words_go_with_their_field(qtbot: QtBot) -> None:
    field = TextField("Name", required=True)
    holder = shown(qtbot, field)
    assert not field.commit()
    problem = field.problem
    field.hide()
    assert not problem.isVisible()
    field.show()
    assert problem.isVisible()
    with qtbot.waitSignal(problem.destroyed):
        field.hide()
        field.deleteLater()
    holder.resize(500, 300)
