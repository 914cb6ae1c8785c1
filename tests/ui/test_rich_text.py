"""Rich texts as they are written: keys, lists, pasting, undo, and what is kept of them."""

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QImage, QInputMethodEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from landsteward.app.language import Language, use_language
from ui.widgets.rich_document import list_of
from ui.widgets.rich_edit import RichEdit
from ui.widgets.rich_text import RichTextField

_held: list[QWidget] = []
_CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def field(qtbot: QtBot) -> RichTextField:
    """A field with the focus in it, and another one to go on to."""
    use_language(Language.ENGLISH)
    holder = QWidget()
    made = RichTextField("Cause analysis")
    layout = QVBoxLayout(holder)
    layout.addWidget(made)
    layout.addWidget(QLineEdit())
    qtbot.addWidget(holder, before_close_func=_held.remove)
    _held.append(holder)
    holder.show()
    qtbot.waitExposed(holder)
    holder.activateWindow()
    made.edit.setFocus()
    return made


def keys(field: RichTextField, *typed: str | Qt.Key | tuple[Qt.Key, Qt.KeyboardModifier]) -> None:
    """Type texts and press keys, some of them with others held."""
    for one in typed:
        if isinstance(one, str):
            QTest.keyClicks(field.edit, one)
        elif isinstance(one, tuple):
            QTest.keyClick(field.edit, one[0], one[1])
        else:
            QTest.keyClick(field.edit, one)


def show(field: RichTextField, text: str) -> None:
    """What is on record, shown before somebody writes."""
    field.edit.clearFocus()
    field.set_value(text)
    field.edit.setFocus()


def test_lists_begin_by_their_signs_and_have_two_levels(field: RichTextField) -> None:
    enter, tab = Qt.Key.Key_Return, Qt.Key.Key_Tab
    keys(field, "1. clear", enter, tab, "press", enter, "oven", enter)
    keys(field, (Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier), "lease", enter, enter)
    keys(field, "then:", enter, "- one", enter, "two")
    assert field.value() == "1. clear\n  1. press\n  2. oven\n2. lease\nthen:\n- one\n- two"


def test_tab_goes_on_to_the_next_field_elsewhere(field: RichTextField) -> None:
    keys(field, "- one", Qt.Key.Key_Tab)
    assert not field.edit.hasFocus()
    assert field.value() == "- one"


def test_headings_and_bold_by_keys(field: RichTextField) -> None:
    keys(field, (Qt.Key.Key_1, _CTRL), "Cause", Qt.Key.Key_Return, "orders ")
    keys(field, (Qt.Key.Key_B, _CTRL), "fell", (Qt.Key.Key_B, _CTRL), " twice")
    assert field.value() == "# Cause\norders **fell** twice"
    keys(field, (Qt.Key.Key_2, _CTRL))
    assert field.value() == "# Cause\n## orders fell twice"
    keys(field, (Qt.Key.Key_0, _CTRL))
    assert field.value() == "# Cause\norders fell twice"


def test_what_looks_like_marks_is_text(field: RichTextField) -> None:
    keys(field, "- ", (Qt.Key.Key_Z, _CTRL), "5 %", Qt.Key.Key_Return, "# 1 plant <b>**x**</b>")
    assert field.edit.toPlainText() == "- 5 %\n# 1 plant <b>**x**</b>"
    again = RichEdit()
    again.show_kept(field.value())
    assert again.toPlainText() == field.edit.toPlainText()
    again.deleteLater()


def test_undo_takes_back_one_thing_after_the_other(field: RichTextField) -> None:
    keys(field, "a", Qt.Key.Key_Return, "b")
    field.edit.selectAll()
    keys(field, (Qt.Key.Key_4, _CTRL))
    assert field.value() == "1. a\n2. b"
    keys(field, (Qt.Key.Key_Z, _CTRL))
    assert field.value() == "a\nb"
    keys(field, (Qt.Key.Key_Z, _CTRL | Qt.KeyboardModifier.ShiftModifier))
    assert field.value() == "1. a\n2. b"


def test_numbers_go_on_over_what_is_deleted_and_begin_anew_after_text(
    field: RichTextField,
) -> None:
    show(field, "1. a\n2. b\n3. c\n4. d")
    cursor = field.edit.textCursor()
    cursor.setPosition(field.edit.document().findBlockByNumber(1).position())
    field.edit.setTextCursor(cursor)
    keys(field, Qt.Key.Key_Backspace)
    assert field.value() == "1. a\nb\n1. c\n2. d"
    keys(field, Qt.Key.Key_Backspace)
    assert field.value() == "1. ab\n2. c\n3. d"
    assert _numbers_shown(field.edit) == ["1.", "2.", "3."]


def _numbers_shown(edit: RichEdit) -> list[str]:
    block = edit.document().begin()
    shown = []
    while block.isValid():
        listed = list_of(block)
        shown.append(listed.itemText(block) if listed is not None else "")
        block = block.next()
    return shown


def test_an_input_method_writes_into_a_list(field: RichTextField) -> None:
    keys(field, "1")
    composed = QInputMethodEvent()
    composed.setCommitString("、")
    QApplication.sendEvent(field.edit, composed)
    keys(field, " ")
    composed.setCommitString("清点设备")
    QApplication.sendEvent(field.edit, composed)
    assert field.value() == "1. 清点设备"


_WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p{color:red}</style>
</head><body><!--StartFragment-->
<h1 style='mso-style-name:x'><span lang=EN-US>原因</span></h1>
<p class=MsoNormal><b><span>订单</span></b><span>下滑 &lt;b&gt;</span><o:p></o:p></p>
<p class=MsoListParagraph style='text-indent:-22pt;mso-list:l0 level1 lfo1'><![if !supportLists]>
<span style='mso-list:Ignore'>1.<span>&nbsp;&nbsp;&nbsp;</span></span><![endif]>清点</p>
<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><!--[if !supportLists]--><span>l<span>
&nbsp;&nbsp;</span></span><!--[endif]--><span>冲压机</span></p>
<p><img src="file:///C:/secret.png"></p>
<table><tr><td>甲</td><td>乙</td></tr></table>
<ul><li>网页<ul><li>下级</li></ul></li></ul>
<!--EndFragment--></body></html>"""


def test_pasting_from_word_takes_what_is_known_and_says_what_is_not(field: RichTextField) -> None:
    data = QMimeData()
    data.setHtml(_WORD)
    QApplication.clipboard().setMimeData(data)
    keys(field, (Qt.Key.Key_V, _CTRL))
    assert field.value() == (
        "# 原因\n**订单**下滑 <b>\n1. 清点\n  - 冲压机\n\n- 网页\n  - 下级"
    ).replace("\n\n", "\n")
    assert field.notice.text() == (
        "Not taken over: pictures: 1 · tables: 1. Attach them to the case as evidence."
    )
    keys(field, "x")
    assert field.notice.text() == ""


def test_a_picture_alone_is_refused_in_words(field: RichTextField) -> None:
    data = QMimeData()
    data.setImageData(QImage(4, 4, QImage.Format.Format_RGB32))
    QApplication.clipboard().setMimeData(data)
    keys(field, (Qt.Key.Key_V, _CTRL))
    assert field.value() == ""
    assert "pictures: 1" in field.notice.text()


def test_plain_lines_are_pasted_as_they_are(field: RichTextField) -> None:
    QApplication.clipboard().setText("- 5 %\n* 6 %\r\n　　第二段")
    keys(field, (Qt.Key.Key_V, _CTRL))
    assert field.edit.toPlainText() == "- 5 %\n* 6 %\n　　第二段"


def test_saved_when_left_and_only_if_changed(field: RichTextField, qtbot: QtBot) -> None:
    show(field, "** an old text")
    with qtbot.assertNotEmitted(field.committed):
        field.edit.clearFocus()
    field.edit.setFocus()
    field.edit.moveCursor(QTextCursor.MoveOperation.End)
    keys(field, "!")
    with qtbot.waitSignal(field.committed) as kept:
        field.edit.clearFocus()
    assert kept.args == ["\\*\\* an old text!"]


def test_tools_are_there_while_writing_and_say_what_holds(field: RichTextField) -> None:
    assert field.tools.isVisible()
    bullets = field.tools.buttons["bullets"]
    QTest.mouseClick(bullets, Qt.MouseButton.LeftButton)
    keys(field, "one")
    assert bullets.isChecked()
    assert field.edit.hasFocus()
    assert field.value() == "- one"
    field.edit.clearFocus()
    assert not field.tools.isVisible()
    field.set_read_only(True)
    field.edit.setFocus()
    assert not field.tools.isVisible()
