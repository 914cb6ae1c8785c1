"""Many boundary files at once in the window: dropped, decided on, brought in, taken back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton, QWidget

from landsteward.app.context import Context
from landsteward.app.register import add_parcel
from landsteward.domain.boundaries import ParcelBoundary
from tests.helpers.boundaries import head, plot, square, text
from tests.helpers.windows import Driver, office_file
from tests.ui.test_register_pages import asked
from ui.pages.boundaries.page import BoundariesPage
from ui.pages.boundaries.plots import Part
from ui.pages.register.lists import RegisterPage


@pytest.fixture
def page(office_window: Driver) -> Iterator[BoundariesPage]:
    """The page, over a register with 甲, 乙 and two parcels named 同名."""

    def add(ctx: Context) -> None:
        for name in ("甲", "乙", "同名", "同名"):
            add_parcel(ctx, name=name)

    asked(office_window, add)
    office_window.go("boundaries")
    made = office_window.shell.page
    assert isinstance(made, BoundariesPage)
    yield made
    made.drop()


def write(folder: Path, name: str, *plots: list[str]) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_bytes(text(head(), *plots, end="\r\n").encode("gb18030"))
    return path


def named(name: str, *, east: int = 0, side: int = 100) -> list[str]:
    return plot(square(side, east=east), number="", name=name)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Six files: 甲 and 乙 overlap, 同名 may be two, 新 is not on record, two cannot be read."""
    there = tmp_path / "界址"
    write(there, "1.txt", named("甲"))
    write(there, "2.txt", named("乙", east=90))
    write(there, "3.txt", named("同名", east=400))
    write(there, "4.txt", named("新", east=800))
    (there / "5.geojson").write_text("{", "utf-8")
    write(there, "6.txt", ["4,1,x,y,面,,,,@", "J1,1,一,二"])
    return there


def settle(driver: Driver) -> None:
    for _round in range(3):
        driver.settle()


def rows(page: BoundariesPage) -> list[tuple[str, ...]]:
    return [page.model.words(at) for at in range(page.model.rowCount())]


def words(widget: QWidget) -> str:
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def boundaries(driver: Driver) -> dict[str, ParcelBoundary]:
    def look(ctx: Context) -> dict[str, ParcelBoundary]:
        found = ctx.workspace.parcel_boundaries.where()
        return {ctx.workspace.parcels.get(one.parcel_id).name: one for one in found}

    return asked(driver, look)


def press(driver: Driver, widget: QWidget, said: str) -> None:
    (one,) = [
        one for one in widget.findChildren(QPushButton) if said in one.text() and one.isVisible()
    ]
    driver.click(one)
    settle(driver)


def choose_row(driver: Driver, page: BoundariesPage, plot_: str) -> None:
    (row,) = [at for at, one in enumerate(rows(page)) if one[0] == plot_]
    place = page.table.visualRect(page.model.index(row, 0)).center()
    QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    settle(driver)


def test_a_folder_is_looked_through_plot_by_plot(
    page: BoundariesPage, office_window: Driver, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert page.empty.isVisible()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(folder))
    office_window.click(page.folder)
    settle(office_window)
    found = {one[0]: one for one in rows(page)}
    assert found["甲"][2:4] == ("甲", "New")
    assert found["同名"][2:4] == ("2 may be meant", "To decide")
    assert found["新"][2:4] == ("No parcel on record has this number or name.", "To decide")
    assert found["5.geojson"][3] == "Refused"
    assert "JSON" in found["5.geojson"][2]
    assert "coordinate" in found["y"][2]
    assert (found["甲"][6], found["乙"][6], found["新"][6]) == ("1", "1", "")
    assert found["甲"][4] == "15.00"
    assert "6 plots. 2 new, 0 updated, 0 unchanged, 4 left over" in page.summary.text()
    assert page.go.text() == "Import 2 boundaries"
    assert boundaries(office_window) == {}
    labels = {part: page.parts.buttons[part].text() for part in Part}
    assert labels[Part.ALL] == "All 6"
    assert labels[Part.UNDECIDED] == "To decide 2"
    office_window.click(page.parts.buttons[Part.UNDECIDED])
    assert {one[0] for one in rows(page)} == {"同名", "新"}
    office_window.click(page.parts.buttons[Part.REFUSED])
    assert len(rows(page)) == 2


def test_a_plot_is_drawn_and_what_is_said_of_it_stands_beside(
    page: BoundariesPage, office_window: Driver, folder: Path
) -> None:
    page.take([folder])
    settle(office_window)
    choose_row(office_window, page, "甲")
    said = words(page.detail)
    for part in ("For 甲, by name", "15.00 mu", "Overlaps the plot 乙 by 1.50 mu (1,000 m²)"):
        assert part in said, part
    assert page.detail.plan.plan() is not None
    choose_row(office_window, page, "5.geojson")
    assert not page.detail.plan.isVisible()
    assert not page.detail.choosing.isVisible()


def test_by_hand_one_of_several_a_new_one_and_none(
    page: BoundariesPage, office_window: Driver, folder: Path
) -> None:
    page.take([folder])
    settle(office_window)
    choose_row(office_window, page, "同名")
    candidates = [
        one for one in page.detail.findChildren(QPushButton) if one.text().startswith("同名")
    ]
    assert len(candidates) == 2
    office_window.click(candidates[1])
    settle(office_window)
    assert {one[0]: one[3] for one in rows(page)}["同名"] == "New"
    assert "chosen by hand" in words(page.detail)
    choose_row(office_window, page, "新")
    press(office_window, page.detail, "Make a new parcel")
    choose_row(office_window, page, "甲")
    press(office_window, page.detail, "Leave out")
    assert {one[0]: one[2] for one in rows(page)}["甲"] == "Left out by hand."
    assert page.go.text() == "Import 3 boundaries"
    press(office_window, page.detail, "As the file says")
    assert page.go.text() == "Import 4 boundaries"
    office_window.click(page.go)
    settle(office_window)
    assert set(boundaries(office_window)) == {"甲", "乙", "同名", "新"}


def test_any_other_parcel_is_found_by_typing(
    page: BoundariesPage, office_window: Driver, folder: Path
) -> None:
    page.take([folder / "4.txt"])
    settle(office_window)
    search = page.detail.search
    office_window.type(search, "乙")
    office_window.settle()
    kinds = {search.results.item(at).text() for at in range(search.results.count())}
    assert all(one.startswith("乙") for one in kinds)
    QTest.keyClick(search, Qt.Key.Key_Return)
    settle(office_window)
    assert rows(page)[0][2] == "乙"
    office_window.click(page.go)
    settle(office_window)
    assert set(boundaries(office_window)) == {"乙"}


def test_brought_in_shown_on_the_map_and_taken_back(
    page: BoundariesPage, office_window: Driver, folder: Path
) -> None:
    page.take([folder])
    settle(office_window)
    office_window.click(page.go)
    settle(office_window)
    assert "Brought in: 2 new, 0 updated. Left over: 4." in page.line.text.text()
    assert page.line.isVisible(), "what was done is to be read, also after the page looked again"
    assert not page.go.isEnabled()
    assert {one[0]: one[3] for one in rows(page)}["甲"] == "Unchanged"
    assert boundaries(office_window)["甲"].file_name == "1.txt"
    press(office_window, page.line, "Take back")
    assert boundaries(office_window) == {}
    assert "Taken back: 2 removed" in page.line.text.text()
    assert page.go.text() == "Import 2 boundaries"
    office_window.click(page.go)
    settle(office_window)
    press(office_window, page.line, "Show on the map")
    shown = office_window.shell.page
    assert isinstance(shown, RegisterPage)
    assert shown.tabs.current == "map"
    office_window.qtbot.waitUntil(lambda: shown.map.canvas.still, timeout=10_000)
    settle(office_window)
    assert shown.map.content is not None
    assert len(shown.map.content.parcels) == 2


def test_what_is_left_over_is_saved_as_a_sheet_with_reasons(
    page: BoundariesPage,
    office_window: Driver,
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out = tmp_path / "剩下.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(out), ""))
    page.take([folder])
    settle(office_window)
    office_window.click(page.go)
    settle(office_window)
    press(office_window, page.line, "Save what is left over")
    assert out.stat().st_size > 1000
    assert "Saved 剩下.xlsx" in page.message.text.text()


def test_parcels_are_made_of_all_that_are_not_on_record(
    page: BoundariesPage, office_window: Driver, folder: Path
) -> None:
    page.take([folder])
    settle(office_window)
    office_window.click(page.new_parcels)
    settle(office_window)
    assert page.go.text() == "Import 3 boundaries"


def test_a_stopped_import_keeps_nothing(
    page: BoundariesPage, office_window: Driver, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.take([folder])
    settle(office_window)
    page._import()
    assert page._work is not None
    page._work.cancel()
    settle(office_window)
    assert boundaries(office_window) == {}


def test_one_file_that_cannot_be_read_is_said_with_what_to_do(
    page: BoundariesPage, office_window: Driver, tmp_path: Path
) -> None:
    file = tmp_path / "a.kml"
    file.write_bytes(b"no kml")
    page.take([file])
    settle(office_window)
    assert page.message.isVisible()
    assert "a.kml" in page.message.text.text()
    assert page.empty.isVisible()


def drop(widget: QWidget, files: list[Path]) -> bool:
    """Whether it was welcome."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(one)) for one in files])
    enter = QDragEnterEvent(
        QPointF(30, 30),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(widget, enter)
    if not enter.isAccepted():
        return False
    event = QDropEvent(
        QPointF(30, 30),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(widget, event)
    return True


def test_files_dropped_on_the_page_are_read(
    page: BoundariesPage, office_window: Driver, folder: Path
) -> None:
    assert drop(page, [folder / "1.txt", folder / "2.txt"])
    settle(office_window)
    assert [one[0] for one in rows(page)] == ["甲", "乙"]


@pytest.mark.parametrize("what", ["folder", "boundary text", "supplies"])
def test_boundaries_dropped_on_the_window_come_here_and_sheets_do_not(
    what: str, office_window: Driver, folder: Path, tmp_path: Path
) -> None:
    sheet = tmp_path / "供地.txt"
    sheet.write_text("行政区|电子监管号|土地使用权人\n", "utf-8")
    files = {"folder": folder, "boundary text": folder / "1.txt", "supplies": sheet}
    assert drop(office_window.window, [files[what]])
    settle(office_window)
    page = office_window.shell.page
    assert isinstance(page, BoundariesPage) is (what != "supplies")
    if isinstance(page, BoundariesPage):
        assert rows(page)
    for dialog in QApplication.topLevelWidgets():
        if dialog is not office_window.window:
            dialog.close()


def test_whoever_may_only_read_may_not_bring_in(driver: Driver, tmp_path: Path) -> None:
    driver.open(office_file(tmp_path), person="查阅")
    driver.go("boundaries")
    page = driver.shell.page
    assert isinstance(page, BoundariesPage)
    assert not page.choose.isEnabled()
    assert not page.acceptDrops()
    page.take([tmp_path])
    settle(driver)
    assert page.empty.isVisible()
