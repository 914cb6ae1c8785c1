"""The second step: what becomes of every row, decided and mended before anything is written."""

import threading
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from python_calamine import CalamineWorkbook

from landsteward.app.rosters import import_roster_table
from landsteward.app.rosters_plan import Decision, Mode
from tests.helpers.roster_desk import ENTERPRISES, code
from tests.helpers.sheets import write_xlsx
from tests.helpers.windows import Driver
from tests.helpers.wizard import Rows, Wizard, asked, imported, press_link, record_page
from ui.pages.imports.wizard import ImportPage

BAD = "911101085513850820"
KNOWN = "示例机械制造有限公司"


def firm(name: str, uscc: str = "", phone: str = "", carrier: str = "") -> list[object]:
    return [name, uscc, "", "", carrier, phone, ""]


def previewed(driver: Driver, folder: Path, rows: Rows, name: str = "roster.xlsx") -> Wizard:
    """A roster of enterprises at its preview, all rows shown."""
    wizard = Wizard(driver, write_xlsx(folder / name, rows, header=ENTERPRISES))
    wizard.go_on()
    wizard.filter("")
    return wizard


class TestRows:
    def test_every_row_is_shown_with_what_becomes_of_it_and_why_at_its_cell(
        self, office_window: Driver, tmp_path: Path
    ) -> None:
        wizard = previewed(
            office_window,
            tmp_path,
            [
                firm("虚构甲有限公司", code(1)),
                firm("虚构乙有限公司", BAD),
                firm("虚构丙有限公司", code(3), carrier="没有的园区"),
                firm(KNOWN, phone="1"),
                firm("虚构甲有限公司", code(1)),
            ],
        )
        assert wizard.fates() == [
            (2, "New"),
            (3, "Refused"),
            (4, "New"),
            (5, "Updated"),
            (6, "Unchanged"),
        ]
        assert wizard.counts() == (
            "All 5 · New 2 · Updated 1 · Unchanged 1 · Refused 1 · With remarks 1"
        )
        assert wizard.toned(3) == {"统一社会信用代码": "bad"}
        assert wizard.said(3).startswith("统一社会信用代码: The check digit does not fit")
        assert wizard.toned(4) == {"平台载体": "caution"}
        assert "No carrier of this name" in wizard.said(4)
        assert wizard.toned(5) == {"联系电话": "accent"}
        assert wizard.said(5) == "联系电话: (blank) → 1"
        assert asked(office_window, lambda ctx: ctx.workspace.enterprises.count()) == 1

    def test_refused_rows_are_in_front_and_each_filter_shows_its_own(
        self, office_window: Driver, tmp_path: Path
    ) -> None:
        rows = [
            firm("虚构甲", code(1)),
            firm("虚构乙", BAD),
            firm("虚构丙", code(3), carrier="无此园区"),
        ]
        wizard = Wizard(
            office_window, write_xlsx(tmp_path / "roster.xlsx", rows, header=ENTERPRISES)
        )
        wizard.go_on()
        assert wizard.fates() == [(3, "Refused")]
        wizard.filter("created")
        assert wizard.fates() == [(2, "New"), (4, "New")]
        wizard.filter("remarked")
        assert wizard.fates() == [(4, "New")]
        wizard.filter("updated")
        assert wizard.page.preview.nothing.isVisible()

    def test_lines_of_totals_are_shown_as_no_rows(
        self, office_window: Driver, tmp_path: Path
    ) -> None:
        wizard = previewed(office_window, tmp_path, [firm("虚构甲", code(1)), firm("合计", "1家")])
        assert wizard.fates() == [(2, "New"), (3, "Not a row")]
        assert wizard.said(3) == "A line of totals: passed over."

    def test_what_was_and_what_becomes_of_it_is_said(
        self, office_window: Driver, tmp_path: Path
    ) -> None:
        imported(
            office_window,
            write_xlsx(tmp_path / "old.xlsx", [firm("甲", code(1), "1")], header=ENTERPRISES),
        )
        wizard = previewed(office_window, tmp_path, [firm("甲改名", code(1), "2")])
        assert wizard.said(2) == "甲: 企业名称: 甲 → 甲改名; 联系电话: 1 → 2"
        assert wizard.toned(2) == {"企业名称": "accent", "联系电话": "accent"}
        assert "On record until now" not in wizard.said(2), "said once"

    def test_no_widget_is_made_for_a_row(self, office_window: Driver, tmp_path: Path) -> None:
        counts = []
        for number in (3, 400):
            rows = [firm(f"虚构{at}", BAD) for at in range(number)]
            wizard = previewed(office_window, tmp_path, rows, f"{number}.xlsx")
            assert len(wizard.lines()) == 2 * number
            counts.append(len(wizard.page.preview.table.findChildren(QWidget)))
        assert counts[0] == counts[1]


class TestKnown:
    ROWS = (
        firm(KNOWN, phone="1"),
        firm("虚构甲有限公司", code(1)),
        firm("先前一厂", code(2), "22"),
        firm("先前二厂", code(3), "33"),
    )

    @pytest.fixture
    def wizard(self, office_window: Driver, tmp_path: Path) -> Wizard:
        """Three of the four are on record and differ."""
        before = [firm("先前一厂", code(2), "2"), firm("先前二厂", code(3), "3")]
        imported(office_window, write_xlsx(tmp_path / "b.xlsx", before, header=ENTERPRISES))
        return previewed(office_window, tmp_path, self.ROWS)

    def phones(self, driver: Driver) -> list[str]:
        firms = asked(driver, lambda ctx: ctx.workspace.enterprises.where())
        return [one.phone for one in firms if one.name != "虚构甲有限公司"]

    def test_known_records_are_left_as_they_are(
        self, wizard: Wizard, office_window: Driver
    ) -> None:
        assert wizard.page.preview.known.text() == "3 on record differ from their rows:"
        office_window.click(wizard.page.preview.modes[Mode.SKIP])
        wizard.rest()
        assert wizard.fates()[0] == (2, "Unchanged")
        assert wizard.said(2) == "联系电话: (blank) stays, the sheet says 1"
        assert wizard.toned(2) == {}
        assert wizard.page.next.text() == "Import 1 row"
        wizard.go_on()
        assert self.phones(office_window) == ["", "2", "3"]

    def test_they_are_decided_one_by_one_by_clicks_and_keys(
        self, wizard: Wizard, office_window: Driver
    ) -> None:
        step = wizard.page.preview
        office_window.click(step.modes[Mode.ASK])
        wizard.rest()
        assert wizard.fates() == [(2, "To decide"), (4, "To decide"), (5, "To decide")]
        assert step.undecided.text() == "3 to decide"
        wizard.click_pill(2, Decision.UPDATE)
        assert step.table.rows.decision(wizard.lines()[0].item) is Decision.UPDATE, "at once"
        wizard.rest()
        assert wizard.fates() == [(2, "Updated"), (4, "To decide"), (5, "To decide")]
        at = next(at for at, line in enumerate(wizard.lines()) if line.item.row == 4)
        step.table.setCurrentIndex(step.table.rows.index(at, 0))
        QTest.keyClick(step.table, Qt.Key.Key_2)
        QTest.keyClick(step.table, Qt.Key.Key_1)
        wizard.rest()
        assert wizard.fates() == [(2, "Updated"), (4, "Unchanged"), (5, "Updated")]
        assert not step.undecided.isVisible()
        assert wizard.page.next.text() == "Import 3 rows"
        wizard.go_on()
        assert self.phones(office_window) == ["1", "2", "33"]

    def test_the_rest_is_decided_at_once(self, wizard: Wizard, office_window: Driver) -> None:
        step = wizard.page.preview
        office_window.click(step.modes[Mode.ASK])
        wizard.rest()
        wizard.click_pill(2, Decision.SKIP)
        wizard.rest()
        office_window.click(step.update_rest)
        wizard.rest()
        assert wizard.fates() == [(2, "Unchanged"), (4, "Updated"), (5, "Updated")]
        wizard.go_on()
        assert self.phones(office_window) == ["", "22", "33"]

    def test_what_nobody_decided_is_kept_with_the_refused_rows(
        self, wizard: Wizard, office_window: Driver
    ) -> None:
        office_window.click(wizard.page.preview.modes[Mode.ASK])
        wizard.rest()
        wizard.go_on()
        assert self.phones(office_window) == ["", "2", "3"]
        assert wizard.page.record is not None
        reasons = {one.reason for one in wizard.page.record.refused.model.rejects}
        assert any("decide whether to update it" in one for one in reasons)

    def test_decisions_are_there_again_after_the_page_was_left(
        self, wizard: Wizard, office_window: Driver, tmp_path: Path
    ) -> None:
        office_window.click(wizard.page.preview.modes[Mode.ASK])
        wizard.rest()
        wizard.click_pill(2, Decision.SKIP)
        wizard.rest()
        office_window.window.use_language("zh_CN")
        office_window.window.use_language("en")
        wizard.rest()
        page = office_window.shell.page
        assert isinstance(page, ImportPage)
        assert page.flow.options.decisions == {2: Decision.SKIP}
        office_window.go("imports")
        write_xlsx(tmp_path / "roster.xlsx", [firm(KNOWN, phone="5")], header=ENTERPRISES)
        office_window.go("import", str(tmp_path / "roster.xlsx"), "preview")
        wizard.rest()
        assert wizard.page.flow.options.decisions == {}, "they were of the rows of another file"
        assert "The file has changed since" in wizard.page.preview.notice.text()


class TestCodes:
    def test_a_code_that_fails_its_check_is_kept_with_a_reason_at_its_cell(
        self, office_window: Driver, tmp_path: Path
    ) -> None:
        wizard = previewed(office_window, tmp_path, [firm("虚构乙有限公司", BAD)])
        assert not wizard.page.next.isEnabled()
        office_window.type(wizard.click_offer(2), "on the licence", enter=True)
        wizard.rest()
        assert wizard.fates() == [(2, "New")]
        assert "Kept though it fails its check: on the licence" in wizard.said(2)
        wizard.go_on()
        (kept,) = asked(office_window, lambda ctx: ctx.workspace.enterprises.where(uscc=BAD))
        assert kept.uscc_reason == "on the licence"

    def test_a_reason_is_changed_and_taken_back_in_the_same_place(
        self, office_window: Driver, tmp_path: Path
    ) -> None:
        wizard = previewed(office_window, tmp_path, [firm("虚构乙有限公司", BAD)])
        office_window.type(wizard.click_offer(2), "old", enter=True)
        wizard.rest()
        editor = wizard.click_offer(2)
        assert editor.text() == "old"
        office_window.type(editor, "new", enter=True)
        wizard.rest()
        assert "check: new" in wizard.said(2)
        office_window.type(wizard.click_offer(2), "", enter=True)
        wizard.rest()
        assert wizard.fates() == [(2, "Refused")]

    def test_escape_leaves_the_reason_and_not_the_page(
        self, office_window: Driver, tmp_path: Path
    ) -> None:
        wizard = previewed(office_window, tmp_path, [firm("虚构乙有限公司", BAD)])
        editor = wizard.click_offer(2)
        QTest.keyClicks(editor, "never mind")
        QTest.keyClick(editor, Qt.Key.Key_Escape)
        office_window.settle()
        assert isinstance(office_window.shell.page, ImportPage)
        assert wizard.fates() == [(2, "Refused")]
        table = wizard.page.preview.table
        table.setCurrentIndex(table.rows.index(0, 0))
        QTest.keyClick(table, Qt.Key.Key_Return)
        assert table.focusWidget() is not table, "the keyboard opens it, too"


class TestBeforeImporting:
    def test_a_cancelled_import_leaves_nothing(
        self, office_window: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        pressed = threading.Event()
        real = import_roster_table

        def slow(ctx: Any, *, progress: Any, **given: Any) -> Any:
            def told(done: int, total: int) -> None:
                progress(done, total)
                pressed.wait(10)
                progress(done, total)

            return real(ctx, progress=told, **given)

        monkeypatch.setattr("ui.pages.imports.flow.import_roster_table", slow)
        wizard = previewed(office_window, tmp_path, [firm("虚构甲", code(1))])
        page = wizard.page
        office_window.click(page.next)
        office_window.qtbot.waitUntil(page.line.isVisible)
        assert "all of it is kept, or nothing" in page.line.text.text()
        assert not page.next.isEnabled()
        press_link(page.line, "Cancel")
        pressed.set()
        wizard.rest()
        assert page.line.text.text() == "Cancelled. Nothing was imported."
        assert asked(office_window, lambda ctx: ctx.workspace.enterprises.count()) == 1
        assert asked(office_window, lambda ctx: ctx.workspace.import_batches.count()) == 0
        assert page.preview.isEnabled()
        wizard.go_on()
        assert asked(office_window, lambda ctx: ctx.workspace.enterprises.count()) == 2

    def test_a_cancel_that_comes_too_late_is_told_what_came_of_it(
        self, office_window: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        pressed = threading.Event()
        real = import_roster_table

        def slow(ctx: Any, **given: Any) -> Any:
            done = real(ctx, **given)
            pressed.wait(10)
            return done

        monkeypatch.setattr("ui.pages.imports.flow.import_roster_table", slow)
        wizard = previewed(office_window, tmp_path, [firm("虚构甲", code(1))])
        page = wizard.page
        office_window.click(page.next)
        office_window.qtbot.waitUntil(page.line.isVisible)
        press_link(page.line, "Cancel")
        pressed.set()
        wizard.rest()
        assert page.line.text.text() == "1 row is in."
        assert page.record is not None

    def test_a_file_imported_before_is_said_and_leads_to_that_import(
        self, office_window: Driver, tmp_path: Path
    ) -> None:
        rows = [firm("虚构甲", code(1)), firm("虚构乙", BAD)]
        file = write_xlsx(tmp_path / "roster.xlsx", rows, header=ENTERPRISES)
        batch = imported(office_window, file)
        wizard = Wizard(office_window, file)
        wizard.go_on()
        assert "This very file was imported on" in wizard.page.preview.notice.text()
        assert "林检查" in wizard.page.preview.notice.text()
        assert not wizard.page.next.isEnabled()
        office_window.click(wizard.page.preview.earlier)
        office_window.settle()
        page = office_window.shell.page
        assert page is not None
        assert (page.place().page, page.place().record_id) == ("imports", batch)

    @pytest.mark.parametrize(
        ("rows", "words"),
        [
            ([firm("", "1"), firm("", "2")], "Every row is refused."),
            ([firm(KNOWN)], "Nothing in it is new"),
        ],
    )
    def test_a_sheet_with_nothing_to_import_says_so(
        self, office_window: Driver, tmp_path: Path, rows: Rows, words: str
    ) -> None:
        wizard = previewed(office_window, tmp_path, rows)
        assert words in wizard.page.preview.notice.text()
        assert not wizard.page.next.isEnabled()

    def test_refused_rows_are_saved_before_anything_is_imported(
        self, office_window: Driver, tmp_path: Path
    ) -> None:
        wizard = previewed(office_window, tmp_path, [firm("", code(1), "7")])
        refused = tmp_path / "refused.xlsx"
        wizard.page.save_refused_to(refused)
        office_window.qtbot.waitUntil(refused.exists)
        office_window.settle()
        rows = CalamineWorkbook.from_path(str(refused)).get_sheet_by_index(0).to_python()
        assert rows[1][1:3] == [2.0, ""]
        assert "7" in rows[1]
        office_window.click(wizard.page.message.action)
        office_window.settle()
        assert office_window.shell.page is not None
        assert office_window.shell.page.place().record_id == str(refused)

    def test_back_to_the_columns_and_on_again(self, office_window: Driver, tmp_path: Path) -> None:
        wizard = previewed(office_window, tmp_path, [firm("虚构甲", code(1), "7")])
        stepper = wizard.page.stepper
        place = stepper.place_of("columns").toPoint()
        QTest.mouseClick(stepper, Qt.MouseButton.LeftButton, pos=place)
        assert wizard.page.columns.isVisible()
        wizard.choose_field(5, "Not imported")
        wizard.go_on()
        wizard.go_on()
        (kept,) = asked(office_window, lambda ctx: ctx.workspace.enterprises.where(uscc=code(1)))
        assert kept.phone == ""

    def test_a_reader_may_not_import(self, office_window: Driver, tmp_path: Path) -> None:
        people = asked(office_window, lambda ctx: ctx.workspace.people.where())
        reader = next(one for one in people if one.name == "查阅")
        office_window.window.switch_person(reader.id)
        office_window.settle()
        file = write_xlsx(tmp_path / "roster.xlsx", [firm("虚构甲", code(1))], header=ENTERPRISES)
        wizard = Wizard(office_window, file)
        wizard.go_on()
        assert "Your role does not allow this step." in wizard.page.message.text.text()
        assert asked(office_window, lambda ctx: ctx.workspace.enterprises.count()) == 1


def test_what_was_taken_back_is_no_earlier_import(office_window: Driver, tmp_path: Path) -> None:
    file = write_xlsx(tmp_path / "roster.xlsx", [firm("虚构甲", code(1))], header=ENTERPRISES)
    page = record_page(office_window, imported(office_window, file))
    office_window.click(page.panel.take_back)
    office_window.settle()
    office_window.click(page.panel.yes)
    office_window.settle()
    wizard = Wizard(office_window, file)
    wizard.go_on()
    assert not wizard.page.preview.notice.isVisible()
    assert wizard.page.next.text() == "Import 1 row"
