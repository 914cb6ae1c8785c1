"""Signing the form on the pad, its lock, an addendum, and finding the form by its code."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from landsteward.app.checkups import (
    CheckupSheet,
    answer_rest_ok,
    checkup_sheet,
    finish_checkup,
)
from landsteward.app.context import Context
from landsteward.domain.casework import Case
from landsteward.domain.form_codes import form_code
from landsteward.domain.signatures import Signature
from landsteward.domain.states import CaseStep, ItemOutcome
from landsteward.domain.strokes import is_signature
from tests.helpers.casework import in_checkup
from tests.helpers.office import Office
from tests.ui.case.hand import Hand, at_the_case_page
from ui.dialogs.form_paper import FormPaperDialog
from ui.dialogs.signing import SigningDialog
from ui.pages.case.checkup_signers import SignerRow
from ui.pages.case.checkup_step import CheckupStep
from ui.widgets.sign_pad import SignPad


def all_answered(office: Office, case: Case) -> None:
    _, checkup = in_checkup(office, case)
    for department in checkup.departments:
        answer_rest_ok(office.land_inspector, checkup_id=checkup.id, department=department)


def finish_page(hand: Hand) -> CheckupStep:
    hand.page.show_step(CaseStep.CHECKUP)
    hand.settle()
    form = hand.step(CaseStep.CHECKUP)
    assert isinstance(form, CheckupStep)
    hand.click(form.sections["finish"])
    return form


def draw(pad: SignPad, left: int = 60) -> None:
    """A wave with the left button held."""
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(left, 120))
    for step in range(1, 30):
        QTest.mouseMove(pad, QPoint(left + 6 * step, 120 + 40 * (step % 5)))
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(left + 180, 120))


def sign(hand: Hand, row: SignerRow) -> None:
    hand.click(row.sign)
    dialog = row.dialog
    assert isinstance(dialog, SigningDialog)
    assert not dialog.keep.isEnabled(), "nothing is signed yet"
    draw(dialog.pad)
    hand.click(dialog.keep)
    hand.window.activateWindow()
    hand.settle()


def sheet(hand: Hand) -> CheckupSheet:
    def read_it(ctx: Context) -> CheckupSheet:
        (checkup,) = ctx.workspace.checkups.where()
        return checkup_sheet(ctx, checkup_id=checkup.id)

    return hand.ask(read_it)


def signatures(hand: Hand) -> list[Signature]:
    return hand.ask(lambda ctx: ctx.workspace.signatures.where())


def test_two_sign_on_the_pad_and_the_form_is_locked(tmp_path: Path) -> None:
    with at_the_case_page(tmp_path, before=all_answered) as hand:
        form = finish_page(hand)
        hand.write(form.finish.conclusion, "all fine")
        hand.write(form.finish.signing.representative, "Mr Jiang")
        hand.click(form.finish.button)
        assert form.finish.error.isVisible(), "nobody has signed"
        sign(hand, form.finish.signing.inspectors.all[0])
        sign(hand, form.finish.signing.signs)
        kept = {one.role.value: one for one in signatures(hand)}
        assert kept["representative"].name == "Mr Jiang"
        assert kept["inspector"].name == "林检查"
        (stroke,) = kept["inspector"].strokes
        assert stroke[0][:2] == (600, 1200)
        assert all(pressure is None for _, _, pressure in stroke), "a mouse tells no pressure"
        hand.click(form.finish.button)
        assert sheet(hand).intact is True
        form = finish_page(hand)
        assert form.finish.seal.isVisible()
        assert form.finish.seal.property("role") == "good"
        assert form.finish.signing.signs.view.isVisible()
        assert not form.finish.signing.signs.sign.isVisible()
        assert not form.finish.signing.on_paper.isVisible()


def test_a_change_after_signing_is_said_and_keeps_the_form_open(tmp_path: Path) -> None:
    with at_the_case_page(tmp_path, before=all_answered) as hand:
        form = finish_page(hand)
        hand.write(form.finish.signing.representative, "Mr Jiang")
        sign(hand, form.finish.signing.inspectors.all[0])
        sign(hand, form.finish.signing.signs)
        assert form.finish.signing.signs.state.property("badge") == "good"
        hand.write(form.finish.conclusion, "an afterthought")
        assert form.finish.signing.signs.state.property("badge") == "caution"
        hand.click(form.finish.button)
        assert "Mr Jiang" in form.finish.error.text()
        assert sheet(hand).checkup.finished_at is None
        for row in (form.finish.signing.inspectors.all[0], form.finish.signing.signs):
            sign(hand, row)
        hand.click(form.finish.button)
        assert sheet(hand).checkup.conclusion == "an afterthought"
        assert sheet(hand).checkup.finished_at is not None


def test_a_refusal_before_a_witness_who_signs(tmp_path: Path) -> None:
    with at_the_case_page(tmp_path, before=all_answered) as hand:
        form = finish_page(hand)
        sign(hand, form.finish.signing.inspectors.all[0])
        hand.click(form.finish.signing.refused)
        assert not form.finish.signing.signs.isVisible()
        hand.write(form.finish.signing.reason, "disagrees on the area")
        hand.write(form.finish.signing.witness, "Mr Lin")
        sign(hand, form.finish.signing.witnesses)
        hand.click(form.finish.button)
        checkup = sheet(hand).checkup
        assert checkup.representative_refused
        assert (checkup.refusal_reason, checkup.witness) == ("disagrees on the area", "Mr Lin")
        assert [one.name for one in signatures(hand) if one.role.value == "witness"] == ["Mr Lin"]


def test_an_addendum_is_written_signed_and_stands_beside_its_line(tmp_path: Path) -> None:
    with at_the_case_page(tmp_path, before=all_answered) as hand:
        form = finish_page(hand)
        hand.write(form.finish.signing.representative, "Mr Jiang")
        hand.click(form.finish.signing.on_paper)
        hand.click(form.finish.button)
        form = finish_page(hand)
        hand.click(form.sections["ecology"])
        line = form.lines.all[2]
        assert line.data is not None
        hand.press(line, Qt.Key.Key_A)
        panel = form.finish.addenda
        assert panel.item.value() == line.data.sheet.item.key
        hand.click(panel.add)
        assert panel.error.isVisible()
        assert not signatures(hand)
        hand.write(panel.text, "was not in use yet")
        hand.write(panel.reason, "papers came later")
        hand.click(panel.add)
        assert isinstance(panel.dialog, SigningDialog)
        draw(panel.dialog.pad)
        hand.click(panel.dialog.keep)
        (said,) = sheet(hand).addenda
        assert (said.number, said.text, said.reason) == (
            1,
            "was not in use yet",
            "papers came later",
        )
        assert len(panel.rows.all) == 1
        assert panel.text.edit.toPlainText() == ""
        hand.click(form.sections["ecology"])
        line = form.lines.all[2]
        hand.press(line, Qt.Key.Key_F)
        assert line.detail is not None
        assert "was not in use yet" in line.detail.addenda.text()
        assert sheet(hand).intact is True


def test_the_blank_form_is_seen_and_its_code_opens_the_checkup(tmp_path: Path) -> None:
    with at_the_case_page(tmp_path, before=all_answered) as hand:
        form = finish_page(hand)
        form.side.blank.trigger()
        hand.settle()
        (paper,) = form.findChildren(FormPaperDialog)
        assert paper.content.startswith(b"%PDF")
        target = tmp_path / "blank.pdf"
        paper.save_to(target)
        hand.settle()
        assert target.read_bytes() == paper.content
        paper.close()
        checkup_id = sheet(hand).checkup.id
        shell = hand.window.shell
        assert shell is not None
        hand.click(shell.rail.buttons["desk"])
        # A scanner types the code and Enter.
        box = shell.top.search
        box.setFocus()
        QTest.keyClicks(box, form_code(checkup_id).lower())
        QTest.keyClick(box, Qt.Key.Key_Return)
        hand.settle()
        assert hand.page.shown is CaseStep.CHECKUP


def test_what_was_drawn_stays_where_it_could_not_be_kept(tmp_path: Path) -> None:
    """Who signs is asked before the pad comes; a refusal afterwards leaves the strokes on it."""
    with at_the_case_page(tmp_path, before=all_answered) as hand:
        form = finish_page(hand)
        hand.click(form.finish.signing.signs.sign)
        assert not form.finish.signing.signs.findChildren(SigningDialog)
        assert form.finish.signing.representative.problem.isVisible()
        hand.write(form.finish.signing.representative, "Mr Jiang")
        hand.click(form.finish.signing.signs.sign)
        dialog = form.finish.signing.signs.dialog
        assert dialog is not None
        draw(dialog.pad)

        def locked_meanwhile(ctx: Context) -> None:
            (checkup,) = ctx.workspace.checkups.where()
            finish_checkup(ctx, checkup_id=checkup.id, representative="Mr Jiang")

        hand.ask(locked_meanwhile)
        hand.click(dialog.keep)
        assert dialog.isVisible()
        assert dialog.error.isVisible()
        assert dialog.pad.strokes
        assert not signatures(hand)
        dialog.reject()


def test_answers_are_as_large_as_a_finger(tmp_path: Path) -> None:
    """40 pixels at least, and no gap between two pills that would miss both."""
    with at_the_case_page(tmp_path, before=all_answered) as hand:
        form = finish_page(hand)
        hand.click(form.sections["ecology"])
        pills = form.lines.all[0].pills
        assert pills.height() >= 40
        hand.pill(pills, ItemOutcome.OK)
        assert pills.value() is None
        for outcome in ItemOutcome:
            middle = pills.centre_of(outcome)
            hand.click(pills, QPoint(round(middle.x()), round(middle.y()) - 19))
            assert pills.value() is outcome
        left, right = (pills.centre_of(one).x() for one in list(ItemOutcome)[:2])
        assert right - left >= 40
        before = pills.value()
        hand.click(pills, QPoint(round((left + right) / 2), round(pills.height() / 2)))
        assert pills.value() is not before, "between two pills one of them is meant"


# The pad itself


@pytest.fixture
def pad(qtbot: QtBot) -> SignPad:
    made = SignPad()
    qtbot.addWidget(made)
    made.resize(600, 300)
    made.show()
    qtbot.waitExposed(made)
    return made


def pen(pad: SignPad, kind: QEvent.Type, x: float, y: float, pressure: float) -> None:
    """An event of a pen that knows how hard it presses."""
    device = QPointingDevice(
        "pen",
        7,
        QInputDevice.DeviceType.Stylus,
        QPointingDevice.PointerType.Pen,
        QInputDevice.Capability.Position | QInputDevice.Capability.Pressure,
        1,
        1,
    )
    place = QPointF(x, y)
    down = kind != QEvent.Type.TabletRelease
    button = Qt.MouseButton.LeftButton
    event = QTabletEvent(
        kind,
        device,
        place,
        place,
        pressure,
        0,
        0,
        0,
        0,
        0,
        Qt.KeyboardModifier.NoModifier,
        button,
        button if down else Qt.MouseButton.NoButton,
    )
    QApplication.sendEvent(pad, event)


def test_a_pen_leaves_its_pressure(pad: SignPad) -> None:
    pen(pad, QEvent.Type.TabletPress, 50, 60, 0.2)
    pen(pad, QEvent.Type.TabletMove, 90, 60, 0.55)
    pen(pad, QEvent.Type.TabletMove, 130, 80, 1.0)
    pen(pad, QEvent.Type.TabletRelease, 150, 80, 0.0)
    assert pad.strokes == (
        ((500, 600, 200), (900, 600, 550), (1300, 800, 1000), (1500, 800, 1000)),
    )


def test_strokes_are_taken_back_and_cleared(pad: SignPad) -> None:
    def strokes() -> int:
        return len(pad.strokes)

    draw(pad)
    draw(pad, 300)
    assert strokes() == 2
    QTest.keyClick(pad, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert strokes() == 1
    assert is_signature(pad.strokes)
    QTest.keyClick(pad, Qt.Key.Key_Delete)
    assert strokes() == 0


def test_what_is_drawn_is_seen_while_it_is_drawn(pad: SignPad) -> None:
    before = pad.grab().toImage()
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(60, 120))
    for step in range(1, 20):
        QTest.mouseMove(pad, QPoint(60 + 8 * step, 120 + 3 * step))
    drawing = pad.grab().toImage()
    assert drawing != before
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(212, 177))
    assert pad.grab().toImage() != before
    pad.clear()
    assert pad.grab().toImage() == before
