"""What the map shows of every parcel with a boundary, and what it cannot show."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from db.workspace import SqlWorkspace
from landsteward.app.boundaries import import_boundaries
from landsteward.app.cases import open_case
from landsteward.app.import_batches import undo_import
from landsteward.app.list_filters import choices_of
from landsteward.app.occupancies import record_occupancy
from landsteward.app.parcel_card import parcel_card
from landsteward.app.parcel_map import MapParcel, map_outlines, parcel_map
from landsteward.app.register import add_enterprise, add_parcel, record_year
from landsteward.app.underlays import UnderlayEntry, keep_underlays, underlays_of
from landsteward.app.views import Facet, Flag, ListFilter, ListKind, Sort
from landsteward.domain.boundary_remarks import RemarkKind
from landsteward.domain.errors import DamagedError, RecordNotFoundError
from landsteward.domain.states import Severity
from landsteward.exchange.boundary_files import GeometryFiles
from tests.helpers.boundaries import head, plot, square, text
from tests.helpers.casework import reported
from tests.helpers.office import Office, open_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    here = open_office(tmp_path)
    yield here
    here.workspace.close()


def bring_in(
    office: Office,
    folder: Path,
    name: str,
    system: str = "2000国家大地坐标系",
    *,
    side: int = 100,
    north: int = 0,
    east: int = 0,
) -> str:
    """The key of the import."""
    path = folder / f"{name}.txt"
    outline = square(side, north=north, east=east)
    path.write_text(text(head(system=system), plot(outline, number="", name=name)), "utf-8")
    done = import_boundaries(office.administrator, path=path, files=GeometryFiles())
    assert done.batch is not None
    return done.batch.id


def shown(office: Office) -> dict[str, MapParcel]:
    return {one.name: one for one in parcel_map(office.administrator).parcels}


class TestParcels:
    def test_a_parcel_comes_with_holder_grade_and_case(
        self, office: Office, tmp_path: Path
    ) -> None:
        ctx = office.administrator
        add_parcel(ctx, name="无主")
        for name in (office.parcel.name, "无主"):
            bring_in(office, tmp_path, name)
        for year, grade in ((2023, "D"), (2024, "B"), (2025, None)):
            record_year(ctx, enterprise_id=office.enterprise.id, year=year, grade=grade)
        case = open_case(ctx, enterprise_id=office.enterprise.id, parcel_id=None)
        held, free = shown(office)[office.parcel.name], shown(office)["无主"]
        assert (held.parcel_id, held.enterprise_id) == (office.parcel.id, office.enterprise.id)
        assert (held.enterprise, held.grade) == (office.enterprise.name, "B")
        assert (held.stage, held.severity, held.open_findings) == (case.stage, None, 0)
        assert (free.enterprise_id, free.grade, free.stage) == (None, None, None)

    def test_without_a_supply_the_owner_holds_it_and_the_others_are_counted(
        self, office: Office, tmp_path: Path
    ) -> None:
        ctx = office.administrator
        parcel = add_parcel(ctx, name="自有")
        bring_in(office, tmp_path, "自有")
        owner, *lessees = (add_enterprise(ctx, name=f"示例{at}公司") for at in range(4))
        record_occupancy(ctx, parcel_id=parcel.id, enterprise_id=owner.id)
        for one in lessees[:2]:
            record_occupancy(ctx, parcel_id=parcel.id, enterprise_id=one.id)
        record_occupancy(
            ctx, parcel_id=parcel.id, enterprise_id=lessees[2].id, to_on=date(2020, 1, 1)
        )
        found = shown(office)["自有"]
        assert (found.enterprise_id, found.others) == (owner.id, 2)
        card = parcel_card(ctx, parcel_id=parcel.id)
        assert card.holder == owner
        assert {one.enterprise.id for one in card.users} == {one.id for one in lessees[:2]}

    def test_parcels_that_are_gone_are_not_on_the_map(self, office: Office, tmp_path: Path) -> None:
        ctx = office.administrator
        parcel = add_parcel(ctx, name="撤销")
        bring_in(office, tmp_path, "撤销")
        assert "撤销" in shown(office)
        with ctx.change():
            ctx.workspace.parcels.retire(parcel.id)
        assert "撤销" not in shown(office)
        assert map_outlines(ctx).parcel_ids == ()

    def test_what_has_no_boundary_is_counted_and_can_be_listed(
        self, office: Office, tmp_path: Path
    ) -> None:
        ctx = office.administrator
        for name in ("甲", "乙"):
            add_parcel(ctx, name=name)
        bring_in(office, tmp_path, "甲")
        assert parcel_map(ctx).without == 2
        wanted = ListFilter(chosen={Facet.FLAG: (Flag.NO_BOUNDARY,)}, on=ctx.today())
        ids = ctx.workspace.lists.ids(ListKind.PARCELS, wanted, Sort(column="name"))
        names = {ctx.workspace.parcels.get(one).name for one in ids}
        assert names == {"乙", office.parcel.name}
        offered = choices_of(ctx, kind=ListKind.PARCELS)[Facet.FLAG]
        assert Flag.NO_BOUNDARY in {one.value for one in offered}


class TestOutlines:
    def test_they_come_by_pieces_in_degrees(self, office: Office, tmp_path: Path) -> None:
        ctx = office.administrator
        names = [f"地块{at}" for at in range(5)]
        ids = []
        for at, name in enumerate(names):
            ids.append(add_parcel(ctx, name=name).id)
            bring_in(office, tmp_path, name, east=200 * at)
        first = map_outlines(ctx, most=3)
        assert first.next is not None
        second = map_outlines(ctx, after=first.next, most=3)
        assert second.next is None
        assert [*first.parcel_ids, *second.parcel_ids] == ids
        place = first.outlines.of(0)[0][0]
        assert (round(place[0], 6), round(place[1], 6)) == (115.78, 33.85)
        assert map_outlines(ctx, most=5).next is not None
        last = map_outlines(ctx, most=5).next
        assert last is not None
        assert map_outlines(ctx, after=last).parcel_ids == ()

    def test_what_is_odd_is_named_and_what_cannot_be_placed_too(
        self, office: Office, tmp_path: Path
    ) -> None:
        ctx = office.administrator
        for name in ("老坐标", "远处", "好的"):
            add_parcel(ctx, name=name)
        bring_in(office, tmp_path, "老坐标", system="1980西安坐标系")
        bring_in(office, tmp_path, "远处", north=-400_000)
        bring_in(office, tmp_path, "好的")
        page = map_outlines(ctx)
        assert len(page.parcel_ids) == 2
        odd = {one.name: one for one in page.odd}
        assert odd.keys() == {"老坐标", "远处"}
        assert not odd["老坐标"].placed
        assert {one.kind for one in odd["老坐标"].remarks} >= {RemarkKind.NO_TRANSFORMATION}
        assert odd["远处"].placed
        assert RemarkKind.OUTSIDE in {one.kind for one in odd["远处"].remarks}

    def test_the_stamp_is_another_one_when_outlines_are_and_only_then(
        self, office: Office, tmp_path: Path
    ) -> None:
        ctx = office.administrator
        for name in ("甲", "乙"):
            add_parcel(ctx, name=name)
        stamps = [parcel_map(ctx).stamp]
        bring_in(office, tmp_path, "甲")
        stamps.append(parcel_map(ctx).stamp)
        record_year(ctx, enterprise_id=office.enterprise.id, year=2024, grade="A")
        assert parcel_map(ctx).stamp == stamps[-1]
        bring_in(office, tmp_path, "甲", side=120)
        stamps.append(parcel_map(ctx).stamp)
        batch = bring_in(office, tmp_path, "乙", east=500)
        stamps.append(parcel_map(ctx).stamp)
        assert len(set(stamps)) == len(stamps)
        undo_import(ctx, batch_id=batch)
        assert parcel_map(ctx).stamp != stamps[-1]

    def test_damage_in_the_file_is_named(self, office: Office, tmp_path: Path) -> None:
        ctx = office.administrator
        bring_in(office, tmp_path, office.parcel.name)
        damage(office, "outline", '[["x"]]')
        with pytest.raises(DamagedError) as caught:
            map_outlines(ctx)
        assert "parcel_boundaries" in caught.value.where
        damage(office, "outline", "[]")
        damage(office, "remarks", '[{"kind": "?"}]')
        with pytest.raises(DamagedError):
            map_outlines(ctx)


def damage(office: Office, column: str, value: str) -> None:
    space = office.workspace
    assert isinstance(space, SqlWorkspace)
    with office.administrator.change():
        space._session.conn.execute(f"UPDATE parcel_boundaries SET {column} = ?", [value])


class TestCard:
    def test_a_parcel_in_short(self, office: Office) -> None:
        ctx = office.administrator
        record_year(ctx, enterprise_id=office.enterprise.id, year=2024, grade="C")
        before = parcel_card(ctx, parcel_id=office.parcel.id)
        assert before.holder == office.enterprise
        assert before.graded is not None
        assert before.graded.grade == "C"
        assert before.case is None
        case = open_case(ctx, enterprise_id=office.enterprise.id, parcel_id=None)
        after = parcel_card(ctx, parcel_id=office.parcel.id)
        assert after.case is not None
        assert after.case.case == case
        assert after.problems == ()

    def test_the_worst_open_problem_comes_first(self, office: Office) -> None:
        _case, findings = reported(office, "fence", "permit")
        ctx = office.administrator
        with ctx.change():
            for at, one in enumerate(findings):
                severity = Severity.HINT if at == 0 else Severity.MAJOR
                ctx.workspace.findings.save(replace(one, severity=severity))
        card = parcel_card(ctx, parcel_id=office.parcel.id)
        assert [one.severity for one in card.problems] == [Severity.MAJOR, Severity.HINT]

    def test_one_that_is_not_there_is_said(self, office: Office) -> None:
        with pytest.raises(RecordNotFoundError):
            parcel_card(office.administrator, parcel_id="nobody")


def test_what_lies_under_the_map_is_remembered_in_its_order(office: Office) -> None:
    ctx = office.administrator
    assert underlays_of(ctx) == []
    entries = [
        UnderlayEntry(path="D:/图/影像.gpkg"),
        UnderlayEntry(path="/x/y.tif", opacity=30, shown=False, system="EPSG:4548"),
    ]
    keep_underlays(ctx, entries=entries)
    assert underlays_of(ctx) == entries
