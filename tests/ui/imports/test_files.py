"""Files that are none, that change, that are left and come back: nothing is lost."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from landsteward.app.rosters_begun import begun_imports
from tests.helpers.roster_desk import ENTERPRISES, code
from tests.helpers.sheets import write_text, write_xls, write_xlsx
from tests.helpers.windows import Driver
from tests.helpers.wizard import Wizard, asked, press_link
from ui.pages.imports.page import ImportsPage
from ui.pages.imports.wizard import ImportPage

FIRMS = [[f"虚构{name}有限公司", code(at), "", "", "", "", ""] for at, name in enumerate("甲乙丙")]


def locked(path: Path) -> Path:
    path.mkdir()
    return path


TROUBLES: list[tuple[str, Callable[[Path], Path], str]] = [
    ("page.xls", lambda one: _written(one, b"<html><body>login</body></html>"), "web page"),
    ("empty.xlsx", lambda one: _written(one, b""), "The file is empty."),
    ("scan.xlsx", lambda one: _written(one, b"%PDF-1.7 ..."), "This is a PDF"),
    ("secret.xls", lambda one: write_xls(one, [["a"]], encrypted=True), "protected by a password"),
    ("blank.xlsx", lambda one: write_xlsx(one, [], header=None), "nothing in the file"),
    ("gone.xlsx", lambda one: one, "There is no such file."),
    ("folder.xlsx", locked, "This is a folder"),
]


def _written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


class TestTrouble:
    @pytest.mark.parametrize(("name", "make", "words"), TROUBLES)
    def test_what_is_no_table_is_refused_in_words_with_what_to_do(
        self,
        office_window: Driver,
        tmp_path: Path,
        name: str,
        make: Callable[[Path], Path],
        words: str,
    ) -> None:
        wizard = Wizard(office_window, make(tmp_path / name))
        trouble = wizard.page.trouble
        assert trouble.isVisible()
        assert words in trouble.title.text()
        assert name in trouble.text.text()
        assert len(trouble.text.text().splitlines()[1]) > 10, "what to do"
        assert not wizard.page.next.isVisible()
        assert wizard.page.again.isVisible()

    def test_a_file_that_another_program_keeps_to_itself_is_pointed_out(
        self, office_window: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file = write_xlsx(tmp_path / "roster.xlsx", FIRMS, header=ENTERPRISES)

        def refuse(_path: Path) -> bytes:
            raise PermissionError(13, "Permission denied")

        with monkeypatch.context() as patched:
            patched.setattr(Path, "read_bytes", refuse)
            wizard = Wizard(office_window, file)
            trouble = wizard.page.trouble
            assert trouble.title.text() == "The file cannot be read: Permission denied."
            assert "Close it in other programs" in trouble.text.text()
        office_window.click(wizard.page.again)
        wizard.rest()
        assert wizard.page.columns.isVisible()

    def test_what_was_mended_is_read_again(self, office_window: Driver, tmp_path: Path) -> None:
        file = tmp_path / "roster.xlsx"
        file.write_bytes(b"")
        wizard = Wizard(office_window, file)
        write_xlsx(file, FIRMS, header=ENTERPRISES)
        office_window.click(wizard.page.again)
        wizard.rest()
        assert wizard.page.columns.isVisible()
        assert wizard.page.next.isEnabled()

    def test_a_header_without_rows_is_refused_and_the_columns_stay(
        self, office_window: Driver, tmp_path: Path
    ) -> None:
        file = write_xlsx(tmp_path / "roster.xlsx", [], header=ENTERPRISES)
        wizard = Wizard(office_window, file)
        wizard.go_on()
        assert wizard.page.columns.isVisible()
        assert "no rows below it" in wizard.page.message.text.text()

    def test_cancelled_reading_is_said_and_begun_again(
        self, office_window: Driver, tmp_path: Path
    ) -> None:
        file = write_xlsx(tmp_path / "roster.xlsx", FIRMS, header=ENTERPRISES)
        office_window.shell.traffic.import_file(file)
        page = office_window.shell.page
        assert isinstance(page, ImportPage)
        press_link(page.line, "Cancel")
        office_window.settle()
        assert page.trouble.title.text() == "Reading was cancelled"
        office_window.click(page.again)
        office_window.settle()
        assert page.columns.isVisible()


class TestNothingIsLost:
    def test_what_was_said_is_there_again_after_escape_and_in_another_language(
        self, office_window: Driver, tmp_path: Path
    ) -> None:
        file = write_xlsx(tmp_path / "roster.xlsx", FIRMS, header=ENTERPRISES)
        wizard = Wizard(office_window, file)
        wizard.choose_field(5, "备注")
        QTest.keyClick(wizard.page, Qt.Key.Key_Escape)
        office_window.settle()
        imports = office_window.shell.page
        assert isinstance(imports, ImportsPage)
        (begun, _at) = asked(office_window, begun_imports)[0]
        assert begun.path == file
        assert imports.begun_card.isVisible()
        office_window.window.use_language("zh_CN")
        office_window.settle()
        office_window.window.use_language("en")
        office_window.settle()
        wizard = Wizard(office_window, file)
        assert wizard.taken()[5] == "备注 | F"
        wizard.go_on()
        office_window.window.use_language("zh_CN")
        wizard.rest()
        assert wizard.page.preview.isVisible(), "the same step in the other language"
        assert wizard.page.next.text() == "导入 3 行"
        office_window.window.use_language("en")
        wizard.rest()

    def test_an_import_begun_is_dropped_when_it_is_not_wanted(
        self, office_window: Driver, tmp_path: Path
    ) -> None:
        file = write_xlsx(tmp_path / "roster.xlsx", FIRMS, header=ENTERPRISES)
        wizard = Wizard(office_window, file)
        wizard.choose_field(5, "备注")
        office_window.go("imports")
        imports = office_window.shell.page
        assert isinstance(imports, ImportsPage)
        items = [imports.begun.itemAt(0)]
        (line,) = [item.widget() for item in items if item is not None]
        assert line is not None
        drop_it = next(
            one for one in line.findChildren(type(imports.choose)) if one.text() == "Drop it"
        )
        office_window.click(drop_it)
        office_window.settle()
        assert asked(office_window, begun_imports) == []
        assert not imports.begun_card.isVisible()
        assert file.exists()

    def test_an_import_that_was_done_is_no_longer_begun(
        self, office_window: Driver, tmp_path: Path
    ) -> None:
        file = write_xlsx(tmp_path / "roster.xlsx", FIRMS, header=ENTERPRISES)
        wizard = Wizard(office_window, file)
        wizard.choose_field(5, "备注")
        office_window.go("imports")
        assert len(asked(office_window, begun_imports)) == 1
        wizard = Wizard(office_window, file)
        wizard.go_on()
        wizard.go_on()
        assert asked(office_window, begun_imports) == []

    def test_a_file_that_was_written_to_meanwhile_is_read_again(
        self, office_window: Driver, tmp_path: Path
    ) -> None:
        file = write_xlsx(tmp_path / "roster.xlsx", FIRMS, header=ENTERPRISES)
        wizard = Wizard(office_window, file)
        office_window.go("imports")
        write_xlsx(file, FIRMS, header=[*ENTERPRISES[:5], "通讯地址", "备注"])
        os.utime(file, ns=(1, 1))
        wizard = Wizard(office_window, file)
        assert wizard.taken()[5] == "地址 | F"

    def test_a_text_parted_by_bars_is_shown_like_a_workbook(
        self, office_window: Driver, tmp_path: Path
    ) -> None:
        file = write_text(
            tmp_path / "roster.txt",
            [["虚构甲有限公司", code(1)]],
            header=("企业名称", "信用代码"),
            encoding="gbk",
        )
        wizard = Wizard(office_window, file)
        assert wizard.taken() == ["企业名称 | A", "统一社会信用代码 | B"]
