"""The map as a tab of the register: what it shows, says, finds and leads to."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from landsteward.app.boundaries import import_boundaries
from landsteward.app.cases import open_case
from landsteward.app.context import Context
from landsteward.app.register import add_enterprise, record_year
from landsteward.app.views import Facet, Flag, ListFilter
from landsteward.exchange.boundary_files import GeometryFiles
from tests.helpers.boundaries import head, plot, square, text
from tests.helpers.windows import Driver
from tests.ui.map.conftest import Park
from tests.ui.test_register_pages import asked
from ui.map.look import Colouring
from ui.pages.case.page import CasePage
from ui.pages.register.enterprise import EnterprisePage
from ui.pages.register.lists import RegisterPage
from ui.pages.register.parcel import ParcelPage


def words(widget: QWidget) -> str:
    """Everything a widget says now."""
    said = [one.text() for one in widget.findChildren(QLabel) if one.isVisible()]
    return "\n".join(said + [one.text() for one in buttons(widget)])


def buttons(widget: QWidget) -> list[QPushButton]:
    return [one for one in widget.findChildren(QPushButton) if one.isVisible()]


def press(park: Park, widget: QWidget, text_: str) -> None:
    (one,) = [one for one in buttons(widget) if text_ in one.text()]
    park.driver.click(one)


class TestContent:
    def test_all_parcels_with_a_place_are_there_and_the_county_is_in_view(self, park: Park) -> None:
        content = park.map.content
        assert content is not None
        assert set(content.shape_of) == {park.ids[name] for name in ("甲", "乙", "丙", "远")}
        view = park.map.canvas.camera.box
        scene = park.map.canvas.scene
        assert scene is not None
        for name in ("甲", "乙", "丙"):
            assert scene.shapes.box(park.shape(name)).meets(view)
        assert not scene.shapes.box(park.shape("远")).meets(view)

    def test_what_is_missing_is_counted_named_and_led_to(self, park: Park) -> None:
        gaps = park.map.gaps
        said = words(gaps)
        assert "2 without a boundary" in said
        assert "1 cannot be put on the map" in said
        assert "1 outside the county" in said
        press(park, gaps, "cannot be put")
        assert gaps.list.count() == 1
        assert "Xian 1980" in gaps.list.item(0).text()
        press(park, gaps, "outside")
        item = gaps.list.item(0)
        assert item.text().startswith("远\nIt lies outside the county")
        QTest.mouseClick(
            gaps.list.viewport(),
            Qt.MouseButton.LeftButton,
            pos=gaps.list.visualItemRect(item).center(),
        )
        park.settle()
        assert park.map.chosen_id == park.ids["远"]
        scene = park.map.canvas.scene
        assert scene is not None
        assert scene.shapes.box(park.shape("远")).meets(park.map.canvas.camera.box)

    def test_what_cannot_be_placed_leads_to_its_page(self, park: Park) -> None:
        gaps = park.map.gaps
        press(park, gaps, "cannot be put")
        gaps.list.setCurrentRow(0)
        gaps.list.itemActivated.emit(gaps.list.item(0))
        park.driver.settle()
        page = park.driver.shell.page
        assert isinstance(page, ParcelPage)
        assert page.place().record_id == park.ids["老"]

    def test_those_without_a_boundary_are_listed_in_the_register(self, park: Park) -> None:
        press(park, park.map.gaps, "without a boundary")
        park.driver.settle()
        assert park.page.tabs.current == "parcels"
        model = park.page.parcels.model
        assert park.ids["无"] in model.ids
        assert park.ids["甲"] not in model.ids
        assert "No boundary" in words(park.page.parcels.filters)

    def test_a_change_elsewhere_is_seen_and_the_outlines_are_kept(self, park: Park) -> None:
        before = park.map.content
        assert before is not None

        held = before.parcels[park.shape("甲")]
        assert held is not None
        enterprise_id = held.enterprise_id
        assert enterprise_id is not None

        def regrade(ctx: Context) -> None:
            record_year(ctx, enterprise_id=enterprise_id, year=2026, grade="D")

        park.driver.window.operations.change(park.map, regrade)
        park.settle()
        after = park.map.content
        assert after is not None
        assert after.outlines is before.outlines
        assert after.counts[Colouring.GRADE]["D"] == 1
        assert "D" in park.map.legend.lines

    def test_a_new_boundary_comes_without_moving_the_map(self, park: Park, tmp_path: Path) -> None:
        park.map.canvas.zoom(1.4)
        park.click("甲")
        camera, old = park.map.canvas.camera, park.map.canvas.scene
        assert old is not None
        file = tmp_path / "无.txt"
        file.write_text(text(head(), plot(square(east=900), number="", name="无")), "utf-8")
        park.driver.window.operations.change(
            park.map,
            lambda ctx: import_boundaries(ctx, path=file, files=GeometryFiles()),
        )
        park.settle()
        scene = park.map.canvas.scene
        assert scene is not None
        assert scene is not old
        assert park.map.canvas.camera.scale == camera.scale
        now = park.map.canvas.camera.x + scene.shapes.plane.east
        assert now == pytest.approx(camera.x + old.shapes.plane.east)
        assert park.map.chosen_id == park.ids["甲"]
        assert len(scene.shapes) == 5


class TestColours:
    def test_the_legend_counts_and_filters(self, park: Park) -> None:
        legend, canvas = park.map.legend, park.map.canvas
        assert "2" in words(legend)
        assert canvas.scene is not None
        park.driver.click(legend.lines["B"])
        park.settle()
        assert legend.chosen == ("B",)
        assert {at for at in range(4) if canvas.scene.shown(at)} == {park.shape("甲")}
        park.driver.click(legend.lines["A"])
        park.settle()
        assert {at for at in range(4) if canvas.scene.shown(at)} == {
            park.shape("甲"),
            park.shape("乙"),
        }
        park.driver.click(legend.lines["B"])
        park.driver.click(legend.all)
        park.settle()
        assert canvas.scene.faint == frozenset()
        assert not legend.lines["C"].isEnabled()

    def test_keys_work_the_legend_too(self, park: Park) -> None:
        line = park.map.legend.lines["A"]
        line.setFocus()
        QTest.keyClick(line, Qt.Key.Key_Space)
        assert park.map.legend.chosen == ("A",)

    def test_colours_say_grade_stage_or_problem(self, park: Park) -> None:
        park.driver.click(park.map.legend.lines["B"])
        for colouring, key in ((Colouring.STAGE, "registered"), (Colouring.PROBLEM, "1")):
            pills = park.map.colouring
            QTest.mouseClick(
                pills, Qt.MouseButton.LeftButton, pos=pills.centre_of(colouring).toPoint()
            )
            park.settle()
            assert key in park.map.legend.lines
            assert park.map.legend.chosen == (), "a choice among grades means nothing here"
            assert park.map.canvas.scene is not None
            assert park.map.canvas.scene.faint == frozenset()

    def test_what_the_list_shows_is_what_the_map_shows(self, park: Park) -> None:
        park.page.tabs.show_tab("parcels")
        park.driver.settle()
        panel = park.page.parcels
        panel.model.show_only(
            ListFilter(
                chosen={Facet.FLAG: (Flag.NO_HOLDER,)}, on=park.driver.services.clock.today()
            )
        )
        park.driver.settle()
        park.page.tabs.show_tab("map")
        park.settle()
        scene = park.map.canvas.scene
        assert scene is not None
        assert not scene.shown(park.shape("甲"))
        assert scene.shown(park.shape("丙"))
        (chip,) = park.map.filters.chips()
        park.driver.click(chip)
        park.settle()
        assert scene.shown(park.shape("甲"))

    def test_names_are_those_of_parcels_enterprises_or_none(self, park: Park) -> None:
        labels = park.map.canvas.labels
        assert labels is not None

        def written() -> dict[int, str]:
            return {one.shape: one.text for one in labels.placed}

        assert written()[park.shape("甲")] == "B 甲"
        park.map.naming.box.setCurrentIndex(1)
        park.map.naming.box.activated.emit(1)
        park.settle()
        assert "示例机械" in written()[park.shape("甲")]
        park.map.naming.box.setCurrentIndex(2)
        park.map.naming.box.activated.emit(2)
        park.settle()
        assert written()[park.shape("甲")] == "B"


class TestCard:
    def test_a_click_shows_who_uses_the_land_and_leads_there(self, park: Park) -> None:
        park.click("甲")
        said = words(park.map.card)
        for part in ("甲", "示例机械制造有限公司", "B (2025)", "示例租户公司", "Lessee", "No case"):
            assert part in said
        assert park.page.isVisible()
        assert park.page.start.isEnabled()
        press(park, park.map.card, "Enterprise")
        park.driver.settle()
        assert isinstance(park.driver.shell.page, EnterprisePage)
        park.driver.shell.go_back()
        park.settle()
        assert park.map.chosen_id == park.ids["甲"]

    def test_a_case_with_its_next_step_is_a_click_away(self, park: Park) -> None:
        parcel = park.ids["甲"]
        held = park.map.content
        assert held is not None
        enterprise = held.parcels[park.shape("甲")]
        assert enterprise is not None
        asked(
            park.driver,
            lambda ctx: open_case(ctx, enterprise_id=enterprise.enterprise_id, parcel_id=parcel),
        )
        park.map.refresh()
        park.settle()
        park.click("甲")
        assert "Next: Schedule the checkup" in words(park.map.card)
        press(park, park.map.card, "Case")
        park.driver.settle()
        assert isinstance(park.driver.shell.page, CasePage)

    def test_a_click_on_the_ground_puts_the_card_away(self, park: Park) -> None:
        park.click("甲")
        assert park.map.card.isVisible()
        QTest.mouseClick(park.map.canvas, Qt.MouseButton.LeftButton, pos=park.place("甲") * 0)
        park.settle()
        assert not park.map.card.isVisible()
        assert not park.page.start.isEnabled()

    def test_enter_opens_the_enterprise_and_of_an_unknown_holder_the_parcel(
        self, park: Park
    ) -> None:
        park.click("丙")
        QTest.keyClick(park.map.canvas, Qt.Key.Key_Return)
        park.driver.settle()
        page = park.driver.shell.page
        assert isinstance(page, ParcelPage)
        assert page.place().record_id == park.ids["丙"]
        park.driver.go("register", step="map")
        park.settle()
        QTest.mouseDClick(park.map.canvas, Qt.MouseButton.LeftButton, pos=park.place("乙"))
        park.driver.settle()
        shown = park.driver.shell.page
        assert isinstance(shown, EnterprisePage)
        assert "示例第二公司" in words(shown)

    def test_the_line_below_says_what_is_pointed_at_and_where(self, park: Park) -> None:
        QTest.mouseMove(park.map.canvas, park.place("甲"))
        assert park.map.foot.pointed.text() == "甲 · 示例机械制造有限公司 and 1 more"
        where = park.map.foot.where.text()
        assert where.startswith("N 37476")
        assert "EPSG:4548" in where
        assert "1:" in where


class TestFinding:
    @pytest.mark.parametrize(("typed", "found"), [("乙", "乙"), ("sldegs", "乙")])
    def test_the_box_flies_to_a_parcel_or_an_enterprises_parcels(
        self, park: Park, typed: str, found: str
    ) -> None:
        park.map.canvas.zoom(8)
        park.settle()
        box = park.map.finder.box
        park.driver.type(box, typed)
        park.driver.settle()
        QTest.keyClick(box, Qt.Key.Key_Return)
        park.settle()
        assert park.map.chosen_id == park.ids[found]
        scene = park.map.canvas.scene
        assert scene is not None
        place = scene.shapes.box(park.shape(found))
        view = park.map.canvas.camera.box
        assert view.west < place.west
        assert place.north < view.north

    def test_what_has_no_place_is_said(self, park: Park) -> None:
        box = park.map.finder.box
        park.driver.type(box, "老")
        park.driver.settle()
        QTest.keyClick(box, Qt.Key.Key_Return)
        park.settle()
        assert "no boundary that can be put on the map" in park.map.line.text.text()

    def test_a_parcels_page_leads_to_it_on_the_map(self, park: Park) -> None:
        before = park.map.canvas.scene
        park.driver.go("parcel", park.ids["丙"])
        page = park.driver.shell.page
        assert isinstance(page, ParcelPage)
        park.driver.click(page.on_map)
        park.settle()
        assert park.page.tabs.current == "map"
        assert park.map.chosen_id == park.ids["丙"]
        assert park.map.canvas.scene is before, "the map is not made again for it"

    def test_the_place_is_kept_when_the_window_is_made_anew(self, park: Park) -> None:
        park.click("乙")
        assert park.page.place().step == f"map:{park.ids['乙']}"
        park.driver.window.use_look()
        park.settle()
        assert park.map.chosen_id == park.ids["乙"]


def marked(park: Park) -> bool:
    """Whether the map shows overlaps."""
    scene = park.map.canvas.scene
    return scene is not None and scene.overlaps is not None


class TestOverlaps:
    def test_they_are_listed_by_size_marked_and_flown_to(self, park: Park) -> None:
        park.driver.click(park.map.overlap_button)
        park.settle()
        overlaps = park.map.overlaps
        assert overlaps.list.count() == 1
        assert "500 m²" in overlaps.list.item(0).text()
        assert "1 places are claimed twice" in overlaps.text.text()
        assert marked(park)
        overlaps.list.itemActivated.emit(overlaps.list.item(0))
        park.settle()
        assert park.map.chosen_id in (park.ids["甲"], park.ids["乙"])
        overlaps.put_away()
        assert not marked(park)
        assert not overlaps.isVisible()


class TestEdges:
    def test_without_a_boundary_the_page_says_how_to_get_one(self, office_window: Driver) -> None:
        office_window.go("register", step="map")
        office_window.settle()
        page = office_window.shell.page
        assert isinstance(page, RegisterPage)
        panel = page.map
        assert panel.empty.isVisible()
        office_window.click(panel.empty.action)
        office_window.settle()
        assert office_window.shell.page is not None
        assert office_window.shell.page.place().page == "boundaries"

    def test_a_checkup_starts_from_the_map(self, park: Park) -> None:
        park.click("乙")
        park.driver.click(park.page.start)
        park.driver.settle()
        page = park.driver.shell.page
        assert isinstance(page, CasePage)
        assert page.work.head is not None
        assert page.work.head.overview.case.parcel_id == park.ids["乙"]

    def test_stopped_it_can_be_drawn_later(self, park: Park) -> None:
        panel = park.map
        panel.loader._outlines = None
        panel.refresh()
        panel._stop()
        park.driver.settle()
        assert "Stopped" in panel.line.text.text()
        press(park, panel.line, "Draw the map")
        park.settle()
        assert panel.content is not None

    def test_an_enterprise_added_elsewhere_does_not_lose_the_choice(self, park: Park) -> None:
        park.click("乙")
        park.driver.window.operations.change(
            park.map, lambda ctx: add_enterprise(ctx, name="新来的")
        )
        park.settle()
        assert park.map.chosen_id == park.ids["乙"]
        assert park.map.card.isVisible()
