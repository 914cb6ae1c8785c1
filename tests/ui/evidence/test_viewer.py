"""The viewer: walking, zoom, turns, marks with undo, what a photo belongs to, pairs."""

import sqlite3
from pathlib import Path

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu

from landsteward.app.checkups import answer_rest_ok, finish_checkup
from landsteward.app.evidence import attach_evidence
from landsteward.app.evidence_intake import take_in
from landsteward.app.evidence_subjects import subjects_of
from landsteward.domain.casework import Case, Evidence
from landsteward.domain.photos import MarkColour, MarkKind
from landsteward.domain.states import CaseStep, SubjectKind
from tests.helpers.casework import in_checkup, line, problem
from tests.helpers.dropping import drop, evidence
from tests.helpers.office import Office
from tests.helpers.photos import heic, jpeg, read
from tests.ui.case.hand import Hand, at_the_case_page
from ui.pages.case.findings_step import FindingsStep
from ui.viewer.canvas import PhotoCanvas
from ui.viewer.dialog import PhotoDialog

LEFT = Qt.MouseButton.LeftButton
Place = tuple[float, float]


def three(office: Office, case: Case) -> None:
    """A visit under way with three photos; the second lies on its side, the third is HEIC."""
    _case, checkup = in_checkup(office, case)
    for name, content in (
        ("a.jpg", jpeg((800, 600), place=(33.85, 115.78), model="DJI Mini")),
        ("b.jpg", jpeg((800, 600), colour="green", orientation=6)),
        ("c.heic", heic()),
    ):
        take_in(office.land_inspector, case_id=case.id, file=read(name, content))
    first = office.workspace.evidence.where()[0]
    attach_evidence(
        office.land_inspector,
        evidence_id=first.id,
        subject_kind=SubjectKind.ITEM_RESULT,
        subject_id=line(office, checkup, _an_item(office, checkup.id)).id,
    )


def _an_item(office: Office, checkup_id: str) -> str:
    return office.workspace.item_results.where(checkup_id=checkup_id)[0].item_key


def opened(hand: Hand, number: int = 0) -> PhotoDialog:
    """The viewer at one of the photos, its original arrived."""
    hand.click(hand.page.side.photos.tiles[number])
    (dialog,) = hand.page.findChildren(PhotoDialog)
    dialog.activateWindow()
    QTest.qWait(400)
    hand.settle()
    return dialog


def record(hand: Hand, number: int = 0) -> Evidence:
    return hand.ask(lambda ctx: ctx.workspace.evidence.where()[number])


def stroke(hand: Hand, canvas: PhotoCanvas, one: Place, other: Place) -> None:
    """Press, draw and let go, from one place of the upright picture to another."""
    start, end = canvas.shown_at(*one).toPoint(), canvas.shown_at(*other).toPoint()
    QTest.mousePress(canvas, LEFT, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(canvas, (start + end) / 2)
    QTest.mouseMove(canvas, end)
    QTest.mouseRelease(canvas, LEFT, Qt.KeyboardModifier.NoModifier, end)
    hand.settle()


def colour_at(canvas: PhotoCanvas, x: float, y: float) -> tuple[int, int, int]:
    shown = canvas.grab().toImage()
    ratio = shown.devicePixelRatio()
    at = canvas.shown_at(x, y)
    pixel = shown.pixelColor(QPoint(int(at.x() * ratio), int(at.y() * ratio)))
    return pixel.red(), pixel.green(), pixel.blue()


def test_photos_are_walked_through_by_key_button_and_finger(tmp_path: Path) -> None:
    with at_the_case_page(tmp_path, before=three) as hand:
        dialog = opened(hand)
        assert dialog.count.text() == "1 / 3"
        assert "北纬 33.850000°" in dialog.facts.facts.text()
        assert "DJI Mini" in dialog.facts.facts.text()
        assert "✓" in dialog.facts.check.text()
        assert colour_at(dialog.canvas, 0.25, 0.5)[0] > 150, "red at the left"
        assert colour_at(dialog.canvas, 0.75, 0.5)[0] < 60
        hand.press(dialog.canvas, Qt.Key.Key_Right)
        assert dialog.evidence.file_name == "b.jpg"
        area = dialog.canvas.area()
        assert area.height() > area.width(), "it stands upright"
        assert colour_at(dialog.canvas, 0.5, 0.25)[1] > 90, "green at the top"
        middle = dialog.canvas.rect().center()
        QTest.mousePress(dialog.canvas, LEFT, Qt.KeyboardModifier.NoModifier, middle)
        QTest.mouseMove(dialog.canvas, middle - QPoint(150, 0))
        QTest.mouseRelease(
            dialog.canvas, LEFT, Qt.KeyboardModifier.NoModifier, middle - QPoint(150, 0)
        )
        QTest.qWait(400)
        hand.settle()
        assert dialog.evidence.file_name == "c.heic"
        assert "HEIC" in dialog.facts.doubts.text()
        assert not dialog.after.isEnabled()
        hand.click(dialog.before)
        assert dialog.evidence.file_name == "b.jpg"
        dialog.close()


def test_zoom_stays_at_the_pointer_and_never_leaves_the_picture(tmp_path: Path) -> None:
    with at_the_case_page(tmp_path, before=three) as hand:
        dialog = opened(hand)
        canvas = dialog.canvas
        at = canvas.shown_at(0.25, 0.4)
        before = canvas.place_of(at)
        event = QWheelEvent(
            at,
            QPointF(canvas.mapToGlobal(at.toPoint())),
            QPoint(),
            QPoint(0, 360),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(canvas, event)
        assert canvas.zoom > 1.9
        after = canvas.place_of(at)
        assert abs(after[0] - before[0]) < 0.01
        assert abs(after[1] - before[1]) < 0.01
        QTest.mousePress(canvas, LEFT, Qt.KeyboardModifier.NoModifier, QPoint(300, 200))
        QTest.mouseMove(canvas, QPoint(3000, 2000))
        QTest.mouseRelease(canvas, LEFT, Qt.KeyboardModifier.NoModifier, QPoint(3000, 2000))
        assert dialog.evidence.file_name == "a.jpg", "pushing a large one walks nowhere"
        area = canvas.area()
        assert area.left() <= 0.5
        assert area.right() >= canvas.width() - 0.5
        hand.press(canvas, Qt.Key.Key_0)
        assert canvas.zoom == 1.0
        dialog.close()


def test_marks_are_drawn_moved_deleted_and_undone(tmp_path: Path) -> None:
    with at_the_case_page(tmp_path, before=three) as hand:
        dialog = opened(hand)
        canvas, tools = dialog.canvas, dialog.tools
        hand.click(tools.tools[MarkKind.ARROW])
        stroke(hand, canvas, (0.1, 0.8), (0.4, 0.5))
        hand.click(tools.colours[MarkColour.YELLOW])
        hand.click(tools.tools[MarkKind.BOX])
        stroke(hand, canvas, (0.6, 0.2), (0.9, 0.5))
        arrow, box = record(hand).marks
        assert (arrow.kind, arrow.colour) == (MarkKind.ARROW, MarkColour.RED)
        assert abs(arrow.x1 - 0.1) < 0.01
        assert abs(arrow.y2 - 0.5) < 0.01
        assert (box.kind, box.colour) == (MarkKind.BOX, MarkColour.YELLOW)
        assert colour_at(canvas, 0.75, 0.2)[:2] > (200, 150), "the box is to be seen"
        assert hand.page.side.photos.tiles[0].evidence.marks == (arrow, box), "in the list too"
        hand.click(tools.tools[MarkKind.TEXT])
        QTest.mouseClick(
            canvas, LEFT, Qt.KeyboardModifier.NoModifier, canvas.shown_at(0.3, 0.1).toPoint()
        )
        (typing,) = canvas.findChildren(QLineEdit)
        QTest.keyClicks(typing, "no label")
        QTest.keyClick(typing, Qt.Key.Key_Return)
        hand.settle()
        text = record(hand).marks[2]
        assert (text.kind, text.text) == (MarkKind.TEXT, "no label")
        hand.click(tools.undo)
        assert record(hand).marks == (arrow, box)
        hand.click(tools.redo)
        assert record(hand).marks == (arrow, box, text)
        # A mark is taken hold of and moved; the arrow's middle is at (0.25, 0.65).
        tools.tools[MarkKind.TEXT].click()
        stroke(hand, canvas, (0.25, 0.65), (0.35, 0.75))
        moved = record(hand).marks[0]
        assert abs(moved.x1 - 0.2) < 0.02
        assert abs(moved.y1 - 0.9) < 0.02
        assert abs((moved.x2 - moved.x1) - (arrow.x2 - arrow.x1)) < 0.001
        hand.press(canvas, Qt.Key.Key_Delete)
        assert record(hand).marks == (box, text)
        QTest.keyClick(canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        hand.settle()
        assert record(hand).marks == (moved, box, text)
        dialog.close()


def test_a_turn_is_kept_and_marks_turn_along(tmp_path: Path) -> None:
    with at_the_case_page(tmp_path, before=three) as hand:
        dialog = opened(hand)
        canvas = dialog.canvas
        hand.click(dialog.tools.tools[MarkKind.BOX])
        stroke(hand, canvas, (0.1, 0.1), (0.3, 0.3))
        before = record(hand).marks
        dialog.tools.tools[MarkKind.BOX].click()
        hand.click(dialog.turn)
        assert record(hand).turn == 1
        assert record(hand).marks == before
        assert canvas.area().height() > canvas.area().width()
        # Turned clockwise, what was at the left is at the top.
        at = canvas.shown_at(0.0, 0.0)
        assert abs(at.x() - canvas.area().right()) < 1
        assert abs(at.y() - canvas.area().top()) < 1
        assert colour_at(canvas, 0.25, 0.9)[0] > 150
        tile = hand.page.side.photos.tiles[0]
        assert tile.image.height() > tile.image.width()
        dialog.close()


def test_caption_and_place_are_kept_and_what_it_belongs_to_is_taken_off(tmp_path: Path) -> None:
    with at_the_case_page(tmp_path, before=three) as hand:
        dialog = opened(hand)
        hand.write(dialog.facts.caption, "大门")
        hand.write(dialog.facts.place, "北侧")
        kept = record(hand)
        assert (kept.caption, kept.place) == ("大门", "北侧")
        belongs = hand.ask(lambda ctx: subjects_of(ctx, evidence_id=kept.id))
        assert len(belongs) == 1
        dialog.facts.taken_off.emit(belongs[0])
        hand.settle()
        assert hand.ask(lambda ctx: subjects_of(ctx, evidence_id=kept.id)) == ()
        dialog.close()


def test_a_photo_is_attached_by_menu_from_the_viewer(tmp_path: Path) -> None:
    with at_the_case_page(tmp_path, before=_paired_photos) as hand:
        dialog = opened(hand, 1)
        assert dialog.evidence.file_name == "after.jpg"
        hand.click(dialog.facts.attach)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        item, finding = menu.actions()
        assert item.text().startswith("体检：")
        assert finding.text().startswith("问题 1：")
        finding.trigger()
        menu.close()
        hand.settle()
        kept = record(hand, 1)
        belongs = hand.ask(lambda ctx: subjects_of(ctx, evidence_id=kept.id))
        assert [one.kind for one in belongs] == [SubjectKind.RECTIFICATION, SubjectKind.FINDING]
        dialog.close()


def test_what_a_finished_checkup_rests_on_takes_no_marks_and_says_why(tmp_path: Path) -> None:
    def finished(office: Office, case: Case) -> None:
        three(office, case)
        (checkup,) = office.workspace.checkups.where(case_id=case.id)
        ctx = office.land_inspector
        for department in checkup.departments:
            answer_rest_ok(ctx, checkup_id=checkup.id, department=department)
        finish_checkup(ctx, checkup_id=checkup.id, representative="乙示例")

    with at_the_case_page(tmp_path, before=finished) as hand:
        dialog = opened(hand)
        assert not dialog.tools.tools[MarkKind.ARROW].isVisible()
        assert dialog.tools.why.text() == "体检已结束并锁定。"
        assert not dialog.turn.isEnabled()
        dialog.close()


def test_a_content_that_is_not_what_was_taken_in_is_said(tmp_path: Path) -> None:
    def before(office: Office, case: Case) -> None:
        three(office, case)

    with at_the_case_page(tmp_path, before=before) as hand:
        path = tmp_path / "office.lsw"
        sha256 = record(hand).sha256
        other = sqlite3.connect(path)
        names = [
            name
            for (name,) in other.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            if name.startswith("blobs_")
        ]
        for name in names:
            other.execute(f"DROP TRIGGER {name}")
        other.execute(
            "UPDATE blobs SET content = zeroblob(length(content)) WHERE sha256 = ?", [sha256]
        )
        other.commit()
        other.close()
        dialog = opened(hand)
        assert "✗" in dialog.facts.check.text()
        dialog.close()


class TestPairs:
    def test_a_pair_is_set_by_dropping_and_shown_side_by_side(self, tmp_path: Path) -> None:
        def before(office: Office, case: Case) -> None:
            _paired_photos(office, case)

        with at_the_case_page(tmp_path, before=before) as hand:
            hand.page.show_step(CaseStep.FINDINGS)
            hand.settle()
            step = hand.step(CaseStep.FINDINGS)
            assert isinstance(step, FindingsStep)
            detail = step.detail
            assert detail is not None
            panel = detail.pairs
            keys = {
                one.file_name: one.id
                for one in hand.ask(lambda ctx: ctx.workspace.evidence.where())
            }
            assert not drop(panel.after, evidence(keys["before.jpg"])), "the wrong way round"
            assert drop(panel.before, evidence(keys["before.jpg"]))
            menu = panel.after.menu()
            (only,) = menu.actions()
            assert only.text() == "after.jpg"
            only.trigger()
            menu.deleteLater()
            hand.settle()
            (pair,) = hand.ask(lambda ctx: ctx.workspace.photo_pairs.where())
            assert (pair.before_id, pair.after_id) == (keys["before.jpg"], keys["after.jpg"])
            (row,) = panel.rows
            assert [tile.evidence.file_name for tile in row.tiles] == ["before.jpg", "after.jpg"]
            row.tiles[0].opened.emit(keys["before.jpg"])
            hand.settle()
            assert panel.compare is not None
            left, right = panel.compare.canvases
            assert colour_at(left, 0.25, 0.5)[0] > 150
            assert colour_at(right, 0.25, 0.5)[1] > 90
            panel.compare.close()
            row.part.click()
            hand.settle()
            assert not panel.rows
            assert not hand.ask(lambda ctx: ctx.workspace.photo_pairs.where())


def _paired_photos(office: Office, case: Case) -> None:
    """A finding of the case, with a photo of it and one of its cure."""
    _case, checkup = in_checkup(office, case)
    finding = problem(office, checkup, _an_item(office, checkup.id))
    ctx = office.land_inspector
    for name, colour, kind in (
        ("before.jpg", "red", SubjectKind.FINDING),
        ("after.jpg", "green", SubjectKind.RECTIFICATION),
    ):
        taken = take_in(ctx, case_id=case.id, file=read(name, jpeg((400, 300), colour=colour)))
        attach_evidence(
            ctx, evidence_id=taken.evidence.id, subject_kind=kind, subject_id=finding.id
        )
