"""Files into the pool by drop, paste and a watched folder: what is kept, said, asked, refused."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from landsteward.app.evidence import evidence_content, evidence_of, evidence_pool
from landsteward.app.evidence_intake import take_in
from landsteward.app.pictures import Arrival, copies_of
from landsteward.domain.casework import Case, Evidence
from landsteward.domain.states import SubjectKind
from tests.helpers.casework import in_checkup
from tests.helpers.dropping import drop, evidence, files, paste_files
from tests.helpers.office import Office
from tests.helpers.photos import heic, jpeg, read
from tests.ui.case.hand import Hand, at_the_case_page
from tests.ui.case.test_checkup import form_of
from ui.evidence.arrivals import Arrivals
from ui.pages.case.page import CasePage

TAKEN = "2026:03:02 08:59:00"


def pool(hand: Hand) -> list[Evidence]:
    return hand.ask(lambda ctx: evidence_pool(ctx, case_id=hand.case_id))


def photo(folder: Path, name: str, colour: str = "red") -> Path:
    path = folder / name
    path.write_bytes(jpeg(colour=colour, taken=TAKEN, offset="+08:00"))
    return path


class TestDropping:
    def test_one_bad_file_does_not_stop_the_rest_and_is_named(self, tmp_path: Path) -> None:
        folder = tmp_path / "card"
        folder.mkdir()
        good = [photo(folder, "1.jpg"), photo(folder, "2.jpg", "green")]
        (folder / "3.jpg").write_bytes(b"")
        (folder / "4.jpg").write_bytes(jpeg((900, 700))[:3000])
        (folder / "5.HEIC").write_bytes(heic())
        (folder / "6.txt").write_bytes("长".encode() * 1_000_000)
        with at_the_case_page(tmp_path) as hand:
            assert drop(hand.page.side.photos, files([folder]))
            hand.settle()
            kept = pool(hand)
            assert [one.file_name for one in kept] == [
                "1.jpg",
                "2.jpg",
                "4.jpg",
                "5.HEIC",
                "6.txt",
            ]
            contents = hand.ask(
                lambda ctx: [evidence_content(ctx, evidence_id=one.id) for one in kept]
            )
            assert contents == [(folder / one.file_name).read_bytes() for one in kept]
            line = hand.page.taking_in
            assert line.isVisible()
            assert line.text.text() == "收入 5 个；1 个未能收入"
            said = line.details.text()
            assert "3.jpg：文件是空的" in said
            assert "4.jpg" in said
            assert "5.HEIC" in said
            assert "1.jpg" not in said
            copies = hand.ask(lambda ctx: copies_of(ctx, sha256=kept[0].sha256))
            assert copies is not None
            assert copies.small is not None
            assert good[0].name == kept[0].file_name

    def test_dropped_on_an_item_it_belongs_to_it(self, tmp_path: Path) -> None:
        path = photo(tmp_path, "a.jpg")
        with at_the_case_page(tmp_path) as hand:
            line = form_of(hand).lines.all[0]
            assert drop(line, files([path]))
            hand.settle()
            (kept,) = pool(hand)
            assert line.data is not None
            result_id = line.data.sheet.result.id
            attached = hand.ask(
                lambda ctx: evidence_of(
                    ctx, subject_kind=SubjectKind.ITEM_RESULT, subject_id=result_id
                )
            )
            assert attached == [kept]
            assert not hand.page.taking_in.isVisible(), "one photo that is fine needs no words"

    def test_what_is_there_already_is_said_and_attached(self, tmp_path: Path) -> None:
        path = photo(tmp_path, "a.jpg")
        (tmp_path / "copy.jpg").write_bytes(path.read_bytes())
        with at_the_case_page(tmp_path) as hand:
            drop(hand.page.side.photos, files([path]))
            hand.settle()
            line = form_of(hand).lines.all[0]
            drop(line, files([tmp_path / "copy.jpg"]))
            hand.settle()
            assert len(pool(hand)) == 1
            assert line.detail is not None
            assert len(line.detail.photos.tiles) == 1
            assert "没有重复保存" in hand.page.taking_in.text.text()

    def test_a_tile_of_the_pool_is_dragged_to_an_item(self, tmp_path: Path) -> None:
        path = photo(tmp_path, "a.jpg")
        with at_the_case_page(tmp_path) as hand:
            form = form_of(hand)
            drop(hand.page.side.photos, files([path]))
            hand.settle()
            panel = hand.page.side.pool
            assert not panel.loose.isVisible(), "all of one is no choice"
            line = form.lines.all[0]
            drop(line, evidence(hand.page.side.photos.tiles[0].evidence.id))
            hand.settle()
            assert line.detail is not None
            assert len(line.detail.photos.tiles) == 1

    def test_only_what_is_attached_to_nothing_can_be_shown(self, tmp_path: Path) -> None:
        one, other = photo(tmp_path, "a.jpg"), photo(tmp_path, "b.jpg", "green")
        with at_the_case_page(tmp_path) as hand:
            drop(form_of(hand).lines.all[0], files([one]))
            drop(hand.page.side.photos, files([other]))
            hand.settle()
            panel = hand.page.side.pool
            assert len(panel.strip.tiles) == 2
            hand.click(panel.loose)
            assert [tile.evidence.file_name for tile in panel.strip.tiles] == ["b.jpg"]

    def test_files_are_pasted(self, tmp_path: Path) -> None:
        paths = [photo(tmp_path, "a.jpg"), photo(tmp_path, "b.jpg", "green")]
        with at_the_case_page(tmp_path) as hand:
            paste_files(hand.page.side.photos.add_tile, paths)
            hand.settle()
            assert [one.file_name for one in pool(hand)] == ["a.jpg", "b.jpg"]


class TestAsking:
    def test_a_large_file_is_asked_about(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        # The pack's 200 MB, in bytes of a thousandth.
        monkeypatch.setattr("ui.evidence.intake._MB", 1000)
        large = tmp_path / "video.mp4"
        large.write_bytes(b"\x00\x00\x00\x18ftypmp42" + b"\0" * 200_000)
        with at_the_case_page(tmp_path) as hand:
            line = hand.page.taking_in
            drop(hand.page.side.photos, files([large, photo(tmp_path, "a.jpg")]))
            hand.settle()
            assert [one.file_name for one in pool(hand)] == ["a.jpg"]
            assert "video.mp4" in line.details.text()
            # More files meanwhile do not answer it.
            drop(hand.page.side.photos, files([photo(tmp_path, "b.jpg", "green")]))
            hand.settle()
            hand.click(line.take)
            assert [one.file_name for one in pool(hand)] == ["a.jpg", "b.jpg", "video.mp4"]
            assert pool(hand)[2].media_type == "video/mp4"
            drop(hand.page.side.photos, files([_other(large)]))
            hand.settle()
            hand.click(line.leave)
            assert not line.isVisible()
            assert len(pool(hand)) == 3

    def test_the_rest_is_cancelled_and_what_is_in_stays(self, tmp_path: Path) -> None:
        folder = tmp_path / "card"
        folder.mkdir()
        for number in range(30):
            (folder / f"{number:02}.jpg").write_bytes(jpeg((1200, 900 + number)))
        with at_the_case_page(tmp_path) as hand:
            page = hand.page
            drop(page.side.photos, files([folder]))
            for _turn in range(2000):
                QTest.qWait(2)
                if page.work.intake.running and page.taking_in.bar.value() >= 2:
                    break
            page.taking_in.cancel.click()
            hand.settle()
            kept = len(pool(hand))
            assert 2 <= kept < 30
            assert f"已取消，{30 - kept} 个没有收入" in page.taking_in.text.text()


class TestDoubts:
    def test_a_clock_that_is_wrong_is_said_once_for_many(self, tmp_path: Path) -> None:
        folder = tmp_path / "card"
        folder.mkdir()
        for number in range(3):
            content = jpeg((80, 60 + number), taken="2019:01:01 00:00:00")
            (folder / f"{number}.jpg").write_bytes(content)
        with at_the_case_page(tmp_path) as hand:
            drop(hand.page.side.photos, files([folder]))
            hand.settle()
            said = hand.page.taking_in.details.text()
            assert said.count("\n") == 0
            assert "2019-01-01" in said
            assert "另有 2 个" in said


class TestLists:
    def test_sixty_photos_are_shown_from_their_copies(self, tmp_path: Path) -> None:
        def before(office: Office, case: Case) -> None:
            in_checkup(office, case)
            for number in range(60):
                file = read(f"{number}.jpg", jpeg((80, 60 + number)))
                take_in(office.land_inspector, case_id=case.id, file=file)

        with at_the_case_page(tmp_path, before=before) as hand:
            tiles = hand.page.side.photos.tiles
            assert len(tiles) == 60
            assert not any(tile.image.isNull() for tile in tiles)

    def test_what_has_no_copies_yet_gets_them(self, tmp_path: Path) -> None:
        from landsteward.app.evidence import add_evidence

        def before(office: Office, case: Case) -> None:
            add_evidence(
                office.land_inspector, case_id=case.id, file_name="old.jpg", content=jpeg()
            )

        with at_the_case_page(tmp_path, before=before) as hand:
            (tile,) = hand.page.side.photos.tiles
            assert not tile.image.isNull()
            sha256 = tile.evidence.sha256
            assert hand.ask(lambda ctx: copies_of(ctx, sha256=sha256)) is not None

    def test_a_photo_lying_on_its_side_stands_in_the_list(self, tmp_path: Path) -> None:
        path = tmp_path / "a.jpg"
        path.write_bytes(jpeg((400, 300), orientation=6, taken=TAKEN))
        with at_the_case_page(tmp_path) as hand:
            drop(hand.page.side.photos, files([path]))
            hand.settle()
            image = hand.page.side.photos.tiles[0].image
            assert image.height() > image.width()
            assert image.pixelColor(QPoint(image.width() // 2, 10)).red() > 150
            assert image.pixelColor(QPoint(image.width() // 2, image.height() - 10)).red() < 60


class TestWatching:
    def test_what_arrives_is_taken_and_what_was_there_is_offered(self, tmp_path: Path) -> None:
        folder = tmp_path / "DCIM"
        folder.mkdir()
        photo(folder, "before.jpg")
        with at_the_case_page(tmp_path) as hand:
            page = hand.page
            panel = page.side.pool
            panel.watch_folder(folder)
            hand.settle()
            assert panel.watching.isVisible()
            assert not pool(hand)
            photo(folder, "new.jpg", "green")
            _until(hand, lambda: len(pool(hand)) == 1)
            assert pool(hand)[0].file_name == "new.jpg"
            hand.click(panel.watching.before)
            assert {one.file_name for one in pool(hand)} == {"new.jpg", "before.jpg"}
            assert not panel.watching.before.isVisible()
            hand.click(panel.watching.stop)
            assert not panel.watching.isVisible()
            photo(folder, "late.jpg", "blue")
            QTest.qWait(3500)
            hand.settle()
            assert len(pool(hand)) == 2

    def test_a_folder_that_goes_and_comes_back(self, tmp_path: Path) -> None:
        folder = tmp_path / "stick"
        folder.mkdir()
        with at_the_case_page(tmp_path) as hand:
            page = hand.page
            page.side.pool.watch_folder(folder)
            hand.settle()
            folder.rename(tmp_path / "pulled")
            _until(hand, lambda: page.work.watch.trouble is not None)
            assert "等待" in page.side.pool.watching.text.text()
            folder.mkdir()
            photo(folder, "a.jpg")
            _until(hand, lambda: len(pool(hand)) == 1)
            assert page.work.watch.trouble is None
            _stop(page)

    def test_a_file_is_whole_when_two_looks_find_it_alike(self) -> None:
        def at(name: str, size: int, time: int = 0) -> Arrival:
            return Arrival(path=Path(name), mark=(size, time))

        arrivals = Arrivals([at("old", 5), at("empty", 0)])
        assert arrivals.before == [Path("old")]
        assert arrivals.look([at("old", 5), at("new", 10)]) == []
        assert arrivals.look([at("old", 5), at("new", 20)]) == [], "still growing"
        assert arrivals.look([at("old", 5), at("new", 20, 1)]) == [], "written to again"
        assert arrivals.look([at("old", 5), at("new", 20, 1)]) == [Path("new")]
        assert arrivals.look([at("old", 5), at("new", 20, 1)]) == [], "once"
        assert arrivals.look([at("new", 20, 1), at("old", 6, 2)]) == []
        assert arrivals.look([at("new", 20, 1), at("old", 6, 2)]) == [Path("old")], "written anew"
        arrivals.again(Path("new"))
        arrivals.look([at("new", 20, 1)])
        assert arrivals.look([at("new", 20, 1)]) == [Path("new")], "tried again"


def _other(path: Path) -> Path:
    """Another content of the same size."""
    other = path.with_name("other.mp4")
    other.write_bytes(path.read_bytes()[:-1] + b"x")
    return other


def _until(hand: Hand, done: object) -> None:
    assert callable(done)
    for _turn in range(40):
        QTest.qWait(250)
        hand.settle()
        if done():
            return
    raise AssertionError("it did not come")


def _stop(page: CasePage) -> None:
    page.work.watch.stop()


def test_delete_takes_off_and_keeps_it_in_the_pool(tmp_path: Path) -> None:
    path = photo(tmp_path, "a.jpg")
    with at_the_case_page(tmp_path) as hand:
        line = form_of(hand).lines.all[0]
        drop(line, files([path]))
        hand.settle()
        assert line.detail is not None
        hand.press(line.detail.photos.tiles[0], Qt.Key.Key_Delete)
        assert not line.detail.photos.tiles
        assert len(pool(hand)) == 1
