"""The map on paper: PNG and PDF with legend, scale, mark and date."""

from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QFileDialog

from landsteward.app.map_picture import PictureCaptions, picture_captions
from landsteward.app.saved_views import views_of
from tests.ui.map.conftest import Park
from tests.ui.test_register_pages import asked
from ui import theme
from ui.map.sheet import HEIGHT_MM, WIDTH_MM, MapSheet, SheetWords
from ui.pages.map.picture import AskPicture

WORDS = SheetWords(
    title="宗地分布图", mark="内部资料", maker="示例局", day="2026-03-02", system="", legend="等级"
)


def captions(park: Park) -> PictureCaptions:
    return asked(park.driver, picture_captions)


def test_a_pdf_has_its_words_and_remembers_its_mark(park: Park, tmp_path: Path) -> None:
    file = tmp_path / "图.pdf"
    park.map.picture.save_to(file, captions(park), title="宗地分布图", mark="内部资料")
    park.settle()
    (page,) = PdfReader(file).pages
    text = page.extract_text()
    for part in ("宗地分布图", "内部资料", "Scale", "2026-03-02", "CGCS", "Not"):
        assert part in text, part
    assert float(page.mediabox.width) == pytest.approx(WIDTH_MM / 25.4 * 72, abs=1)
    assert "Saved 图.pdf" in park.map.line.text.text()
    assert captions(park).mark == "内部资料"
    assert asked(park.driver, lambda ctx: views_of(ctx, of="parcels")) == []


def test_a_png_shows_the_parcels_in_their_colours_on_white(park: Park, tmp_path: Path) -> None:
    file = tmp_path / "图.png"
    park.map.picture.save_to(file, captions(park), title="宗地分布图", mark="")
    park.settle()
    image = QImage(str(file))
    assert image.width() / image.height() == pytest.approx(WIDTH_MM / HEIGHT_MM, abs=0.01)
    assert QColor(image.pixel(5, 5)) == QColor("white")
    there = {
        QColor(image.pixel(x, y)).name()
        for x in range(0, image.width(), 9)
        for y in range(0, image.height(), 9)
    }
    blue = QColor(theme.current().colours["map_blue"])
    assert any(
        abs(QColor(one).hue() - blue.hue()) < 12 and QColor(one).saturation() > 90 for one in there
    )


def test_the_scale_is_round_and_holds_all_that_was_in_view(park: Park) -> None:
    scene, camera = park.map.canvas.scene, park.map.canvas.camera
    assert scene is not None
    for factor in (1, 1.3, 1.7, 2.9, 5, 11):
        looked = camera.zoomed(factor, 200, 200)
        sheet = MapSheet(scene, looked, [], WORDS, str)
        digits = f"{sheet.scale:.0f}".rstrip("0")
        assert len(digits) <= 2, sheet.scale
        map_m = sheet.scale * (WIDTH_MM - 24 - 52) / 1000
        assert map_m >= looked.box.width * 0.999
        assert sheet.scale <= 2 * max(
            looked.box.width * 1000 / (WIDTH_MM - 76), looked.box.height * 1000 / (HEIGHT_MM - 45)
        )


def test_the_button_asks_for_words_and_a_file(
    park: Park, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "出图.png"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(file), ""))
    park.driver.click(park.map.picture_button)
    park.driver.settle()
    asking = park.map.picture.asking
    assert isinstance(asking, AskPicture)
    assert asking.heading.value() == "Map of the parcels: Grade"
    asking.heading.write("")
    park.driver.click(asking.png)
    assert not file.exists(), "a picture without a title is not made"
    asking.heading.write("东区")
    park.driver.click(asking.png)
    park.settle()
    assert QImage(str(file)).width() > 2000


def test_a_picture_that_cannot_be_written_is_said(park: Park, tmp_path: Path) -> None:
    park.map.picture.save_to(tmp_path / "none" / "x.png", captions(park), title="x", mark="")
    park.settle()
    assert "cannot be written" in park.driver.shell.message.text.text()
    assert not park.map.line.isVisible()
